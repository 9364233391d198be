"""From bytes to text, and to a sentence with its line where that cannot be."""

from __future__ import annotations

import codecs
import re
from typing import NoReturn

from django.utils.translation import gettext as _

from careers.ladders.yaml_sections import DocumentError, Problem

MAX_BYTES = 2_000_000  # of a table or a Markdown text; the longest ladders known have 100 kB

_KINDS = [
    (b"PK\x03\x04", "Excel, Word or ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel or Word"),
    (b"%PDF", "PDF"),
]
_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode(data: bytes) -> str:
    """The text of a file, its line ends as \\n."""
    if len(data) > MAX_BYTES:
        refuse(1, _("The file is larger than %(limit)d bytes.") % {"limit": MAX_BYTES})
    for beginning, kind in _KINDS:
        if data.startswith(beginning):
            refuse(1, _("This is a file of %(kind)s. Save it as CSV in UTF-8.") % {"kind": kind})
    mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start + len(mark)) + 1
        refuse(line, _("This is not UTF-8 text. Save the file as UTF-8."))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNPRINTABLE.search(text):
        refuse(text.count("\n", 0, found.start()) + 1, _("A character cannot be printed."))
    if not text.strip():
        refuse(1, _("The file is empty."))
    return text


def refuse(line: int, sentence: str) -> NoReturn:
    raise DocumentError([Problem(line, "", sentence)])
