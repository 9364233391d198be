"""A Markdown text as blocks with their lines: headings, texts, items, tables, code.

CommonMark by markdown-it-py. What is inside of a block is read when somebody asks for its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from careers.ladders.importers.html_tables import with_pipe_tables
from careers.ladders.importers.rows import Row
from careers.ladders.importers.source import refuse

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_LINES = 20_000  # of a text; the parser takes seconds for more
LONGEST = 5_000  # characters of a block that is looked into; no part of a ladder is longer

_MARKUP = re.compile(r"[\[\]*_`<&~\\!]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOX = re.compile(r"\A\s*(?:\[[ xX]\]|[✅☑☐✔✓]\ufe0f?)\s+")


@dataclass(slots=True)
class Block:
    """A heading of `level`, a text, an item with what is below it, a table's rows, or code.

    `text` is as it was written; for code, `language` is what it is said to be.
    """

    kind: str
    line: int
    text: str = ""
    level: int = 0
    language: str = ""
    rows: list[Row] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Words:
    """A text without its markup. `lead` is bold and stands before a colon or alone."""

    text: str
    lead: str = ""
    rest: str = ""


@cache
def _blocks() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@cache
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")


def read_outline(text: str) -> list[Block]:
    """The blocks in their order; an item's own lists are its children, HTML is read for tables."""
    if text.count("\n") > MOST_LINES:
        refuse(MOST_LINES + 1, _("There are more than %(most)d lines.") % {"most": MOST_LINES})
    tokens = _blocks().parse(text)
    if tables := [token.map for token in tokens if token.type == "html_block" and token.map]:
        tokens = _blocks().parse(with_pipe_tables(text, [(at, end) for at, end in tables]))
    outline = _Outline()
    for token in tokens:
        outline.take(token)
    return outline.blocks


class _Outline:
    """Blocks as they are built of tokens, with what is open at the moment."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._stack: list[Token] = []
        self._items: list[Block] = []
        self._table = Block("table", 0)
        self._cells: list[str] = []

    def take(self, token: Token) -> None:
        place = self._items[-1].children if self._items else self.blocks
        if token.type == "table_open":
            self._table = Block("table", _line(token))
            place.append(self._table)
        elif token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close":
            line = _line(self._stack[-1], self._table.line)
            self._table.rows.append(Row(line, tuple(self._cells)))
        elif token.type == "list_item_open":
            self._items.append(Block("item", _line(token)))
            place.append(self._items[-1])
        elif token.type == "list_item_close":
            self._items.pop()
        elif token.type == "inline":
            self._take_text(token, self._stack[-1], place)
        elif token.type == "fence":
            language = token.info.strip().split(" ")[0].lower()
            place.append(Block("code", _line(token), token.content, language=language))
        if token.nesting == 1:
            self._stack.append(token)
        elif token.nesting == -1:
            self._stack.pop()

    def _take_text(self, token: Token, parent: Token, place: list[Block]) -> None:
        if parent.type in {"th_open", "td_open"}:
            lines = _BREAK.sub("\n", token.content).split("\n")
            self._cells.append("\n".join(words_of(line).text for line in lines).strip())
        elif parent.type == "heading_open":
            place.append(Block("heading", _line(token), token.content, level=int(parent.tag[1:])))
        elif self._items and not self._items[-1].text and not self._items[-1].children:
            self._items[-1].text = token.content
        else:
            place.append(Block("text", _line(token), token.content))


def words_of(text: str) -> Words:
    """What a reader sees of a text, line ends as spaces."""
    text = _BOX.sub("", text, count=1)
    if len(text) > LONGEST or not _MARKUP.search(text):
        return Words(" ".join(text.split()))
    (token,) = _inline().parseInline(text)
    said: list[str] = []
    end = 0  # of a bold beginning, as a place in `said`
    for child in token.children or []:
        if child.type in {"text", "code_inline", "text_special"}:
            said.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or _BREAK.match(child.content):
            said.append(" ")
        elif child.type == "strong_open" and not "".join(said).strip():
            end = -1
        elif child.type == "strong_close" and end == -1:
            end = len(said)
    plain = " ".join("".join(said).split())
    if end <= 0:
        return Words(plain)
    lead, rest = "".join(said[:end]).strip(), " ".join("".join(said[end:]).split())
    if rest and not (lead.endswith((":", "：")) or rest.startswith((":", "：", "–", "—", "- "))):
        return Words(plain)
    return Words(plain, " ".join(lead.split()).rstrip(":： "), rest.lstrip(":：–—- "))


def _line(token: Token, otherwise: int = 1) -> int:
    return token.map[0] + 1 if token.map else otherwise
