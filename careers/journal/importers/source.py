"""From bytes to text, or a sentence that says why not."""

from __future__ import annotations

import codecs
import re

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from careers.journal.importers.reading import ImportRefusedError

MOST_BYTES = 900_000  # some 4,000 commits, or eighty years of brag documents
MOST_LINES = 100_000

_KINDS = [
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word, Pages or ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
]
_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_HALF_LETTERS = re.compile("[\ud800-\udfff]")
# Controls that no text needs. Git's separators, 1e and 1f, stay.
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1b\x7f]")


def decode(data: bytes, *, most: int = MOST_BYTES) -> str:
    """The text of a file with line ends as \\n; raises ImportRefusedError with a sentence."""
    if len(data) > most:
        raise too_large(len(data), most)
    for beginning, name in _KINDS:
        if data.startswith(beginning):
            raise ImportRefusedError(
                _("This is a %(kind)s file. Copy its text and paste it.") % {"kind": name}
            )
    mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))
    try:
        return clean(data[len(mark) :].decode(encoding), most=most)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start + len(mark)) + 1
        raise ImportRefusedError(
            _("Line %(line)d is not UTF-8 text. Save the file as UTF-8, or paste its text.")
            % {"line": line}
        ) from None


def clean(text: str, *, most: int = MOST_BYTES) -> str:
    """The text with line ends as \\n and without controls; raises ImportRefusedError."""
    if "\x00" in text:
        raise ImportRefusedError(_("This is not text: it holds null characters."))
    if len(text) > most:
        raise too_large(len(text), most)
    text = _HALF_LETTERS.sub("\ufffd", text)
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise ImportRefusedError(_("There is nothing in it to read."))
    if (count := text.count("\n") + 1) > MOST_LINES:
        raise ImportRefusedError(
            _("It has %(count)d lines; at most %(most)d are read at once. Split it.")
            % {"count": count, "most": MOST_LINES}
        )
    return text


def too_large(size: int, most: int) -> ImportRefusedError:
    return ImportRefusedError(
        _("It has %(size)s; at most %(most)s are read at once. Split it, or leave out old years.")
        % {"size": filesizeformat(size), "most": filesizeformat(most)}
    )
