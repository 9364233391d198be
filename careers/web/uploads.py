"""Files that are looked at and not kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

BEGINNING = 16  # bytes: enough to tell what kind of file it is


class HashedFile(UploadedFile):  # type: ignore[type-arg] # generic to the checker only
    """A file of which only its hash and its first bytes were kept, in memory."""

    def __init__(self, *, name: str, size: int, sha256: str, beginning: bytes) -> None:
        super().__init__(file=None, name=name, size=size)
        self.sha256 = sha256
        self.beginning = beginning


class HashingHandler(FileUploadHandler):
    """Hashes a file while it arrives and stores none of it, neither in memory nor on disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.sha256 = hashlib.sha256()
        self.beginning = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.sha256.update(raw_data)
        if len(self.beginning) < BEGINNING:
            self.beginning = (self.beginning + raw_data)[:BEGINNING]

    def file_complete(self, file_size: int) -> HashedFile:
        return HashedFile(
            name=self.file_name or "",
            size=file_size,
            sha256=self.sha256.hexdigest(),
            beginning=self.beginning,
        )
