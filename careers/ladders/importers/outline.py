"""A Markdown text as blocks with their lines: headings, texts, items, tables, code.

CommonMark by markdown-it-py. What is inside of a block is read when somebody asks for its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from careers.ladders.importers.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

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
    """The blocks in their order; an item's own lists are its children."""
    blocks: list[Block] = []
    stack: list[Token] = []
    items: list[Block] = []  # those that are open
    table: Block | None = None
    cells: list[str] = []  # of the table's row that is open
    for token in _blocks().parse(text):
        place = items[-1].children if items else blocks
        if token.type == "table_open":
            table = Block("table", _line(token))
            place.append(table)
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and table:
            table.rows.append(Row(_line(stack[-1], table.line), tuple(cells)))
        elif token.type == "list_item_open":
            items.append(Block("item", _line(token)))
            place.append(items[-1])
        elif token.type == "list_item_close":
            items.pop()
        elif token.type == "inline" and table and stack[-1].type in {"th_open", "td_open"}:
            lines = _BREAK.sub("\n", token.content).split("\n")
            cells.append("\n".join(words_of(line).text for line in lines).strip())
        elif token.type == "inline":
            _add_text(token, stack, place, items)
        elif token.type == "fence":
            language = token.info.strip().split(" ")[0].lower()
            place.append(Block("code", _line(token), token.content, language=language))
        table = None if token.type == "table_close" else table
        if token.nesting == 1:
            stack.append(token)
        elif token.nesting == -1:
            stack.pop()
    return blocks


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


def _add_text(
    token: Token, stack: Sequence[Token], place: list[Block], items: Sequence[Block]
) -> None:
    parent = stack[-1] if stack else token
    if parent.type == "heading_open":
        place.append(Block("heading", _line(token), token.content, level=int(parent.tag[1:])))
    elif items and not items[-1].text and not items[-1].children:
        items[-1].text = token.content
    else:
        place.append(Block("text", _line(token), token.content))
