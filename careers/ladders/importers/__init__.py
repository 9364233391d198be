"""Ladders of others: YAML of competencies or of topics, tables as CSV, Markdown.

Pure: bytes in, a document out, or DocumentError with everything that is wrong by line and path.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from careers.ladders.document import read_ladder
from careers.ladders.importers.competencies import has_competencies, read_competencies
from careers.ladders.importers.markdown import read_markdown
from careers.ladders.importers.source import decode
from careers.ladders.importers.tables import read_table
from careers.ladders.importers.topics import has_topics, read_topics
from careers.ladders.yaml_sections import MAX_BYTES

if TYPE_CHECKING:
    from careers.ladders.document import LadderDocument

__all__ = ["MAX_BYTES", "read_document"]

SUFFIXES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "yaml",
    ".csv": "table",
    ".tsv": "table",
    ".md": "markdown",
    ".markdown": "markdown",
}

_HEADING = re.compile(rb"^#{1,6}[ \t]+\S|^ {0,3}\|?[ \t]{0,20}:?-{3,}:?[ \t]{0,20}\|", re.MULTILINE)
_SLUG_FIRST = re.compile(rb"\s*slug[ \t]*:")
_SLUG = re.compile(rb"^slug[ \t]*:", re.MULTILINE)
_TRACKS = re.compile(rb"^tracks[ \t]*:", re.MULTILINE)
# A letter beyond U+FFFF as JSON escapes it, in two halves, neither of which YAML takes.
_PAIR = re.compile(rb"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_NAMES = re.compile(rb"^(?:slug|tracks|levels|competencies)[ \t]*:", re.MULTILINE)


def read_document(data: bytes, *, name: str) -> LadderDocument:
    """The ladder in a file called `name`: by how the name ends, else by what stands in it.

    What has a slug first, or a slug and tracks, is ours whatever the name: in the browser it took a
    table's place.
    """
    path = PurePath(name)
    if has_topics(data, is_text=SUFFIXES.get(path.suffix.lower()) == "markdown"):
        return read_topics(data, file=path.stem)
    named = "yaml" if _is_ours(data) else SUFFIXES.get(path.suffix.lower())
    kind = named or _recognise(data)
    if kind == "yaml":
        if path.suffix.lower() == ".json":
            data = _PAIR.sub(_as_text, data)
        is_foreign = has_competencies(data)
        return read_competencies(data, file=path.stem) if is_foreign else read_ladder(data)
    text = decode(data)
    if kind == "markdown":
        return read_markdown(text, file=path.stem)
    return read_table(text, file=path.stem)


def _is_ours(data: bytes) -> bool:
    return bool(_SLUG_FIRST.match(data) or (_SLUG.search(data) and _TRACKS.search(data)))


def _as_text(pair: re.Match[bytes]) -> bytes:
    return bytes.fromhex((pair[1] + pair[2]).decode()).decode("utf-16-be").encode()


def _recognise(data: bytes) -> str:
    """What a file is whose name does not say it."""
    if _NAMES.search(data) or data.lstrip()[:1] == b"{":
        return "yaml"
    return "markdown" if _HEADING.search(data) else "table"
