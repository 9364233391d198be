"""A Markdown text as blocks, each with its lines: headings, items with what is below them, texts.

CommonMark by markdown-it-py, but without indented code, so that notes may be indented as one likes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from careers.journal.importers.reading import LABEL, LeftOut, Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

LONGEST_ADDRESS = 2_000
FRONT_MATTER = 60  # lines that it may have
_MARKUP = re.compile(r"[\[\]*_`<&~\\]|https?://")
_ATTRIBUTES = re.compile(r"(?<=\))\{:?[^{}\n]{0,80}\}")  # kramdown's, behind a link
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\]]+")
_FACT = re.compile(r"[\w-]{1,40}\s?:")
_TASK = re.compile(r"\A\s*\[[ xX]\]\s+")
_OPEN_TASK = re.compile(r"\A\s*\[ \]\s+\S")


@dataclass(slots=True)
class Block:
    """A heading (of `level`), an item, a text, a quote, a table's row, code or a rule.

    `text` is as it was written, `first` and `last` are line numbers from 1.
    """

    kind: str
    text: str
    first: int
    last: int
    level: int = 0
    children: list[Block] = field(default_factory=list)

    @property
    def lines(self) -> range:
        return range(self.first, self.last + 1)


def is_open_task(text: str) -> bool:
    """Whether an item is a box that nobody ticked."""
    return bool(_OPEN_TASK.match(text))


@dataclass(frozen=True, slots=True)
class Words:
    """A text without its markup, and its links."""

    text: str
    links: tuple[Link, ...]


def without_front_matter(text: str) -> tuple[str, list[LeftOut]]:
    """The text with the lines between --- at its very beginning blank."""
    if not text.startswith("---\n"):
        return text, []
    lines = text.split("\n")
    if not _FACT.match(lines[1]):
        return text, []
    for number, line in enumerate(lines[1:FRONT_MATTER], 2):
        if line.strip() in {"---", "..."}:
            said = " ".join(lines[1 : number - 1])[:200]
            left_out = [LeftOut(1, number, said, _("facts about the document"))]
            return "\n".join([""] * number + lines[number:]), left_out
    return text, []


def without_comments(text: str) -> tuple[str, list[LeftOut]]:
    """The text with HTML comments blank; one that never ends is none."""
    parts, left_out, at, line = [], [], 0, 1
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        comment = text[start : end + 3]
        first = line + text.count("\n", at, start)
        line = first + comment.count("\n")
        said = " ".join(comment.split())[:200]
        left_out.append(LeftOut(first, line, said, _("a comment")))
        parts += [text[at:start], "\n" * (line - first)]
        at = end + 3
    return "".join([*parts, text[at:]]), left_out


@cache
def _blocks() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "html_block"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _as_written(address: str) -> str:
    return address


@cache
def _inline() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    parser.normalizeLink = _as_written  # type: ignore[assignment, method-assign]
    return parser


class Outline:
    """The blocks of a Markdown text, and the addresses its references stand for."""

    def __init__(self, text: str) -> None:
        self._references: dict[str, Any] = {}
        self._last: tuple[str, str, str, tuple[Link, ...]] = ("", "", "", ())
        tokens = _blocks().parse(text, self._references)
        self.blocks = _build(tokens)

    def words(self, text: str, *, is_title: bool = False) -> Words:
        """What a reader sees of a text: without marks, line ends as spaces.

        A title goes without the addresses that stand bare in it; they are among its links.
        """
        if self._last[0] != text:  # an item is asked for its words more than once
            self._last = (text, *self._read(text))
        _text, title, said, links = self._last
        return Words(title if is_title else said, links)

    def _read(self, text: str) -> tuple[str, str, tuple[Link, ...]]:
        """The words of a title, those of any other text, and the links."""
        text = _TASK.sub("", _ATTRIBUTES.sub("", text), count=1)
        if not _MARKUP.search(text):
            text = " ".join(text.split())
            return text, text, ()
        (token,) = _inline().parseInline(text, self._references)
        said, links = _read_inline(token.children or [])
        title, bare = _without_addresses(said)
        known = {link.url for link in links}
        links += [link for link in bare if link.url not in known]
        return " ".join(title.split()), " ".join(said.split()), tuple(links)


def _read_inline(children: Sequence[Token]) -> tuple[str, list[Link]]:
    said: list[str] = []
    links: list[Link] = []
    address, start = "", 0
    for child in children:
        if child.type == "link_open":
            address, start = str(child.attrs.get("href", "")), len(said)
        elif child.type == "link_close":
            label = " ".join("".join(said[start:]).split())
            if address.startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS:
                links.append(Link(address, "" if label == address else label[:LABEL]))
            elif address.startswith("http"):
                said.append(f" ({address[:LONGEST_ADDRESS]})")
        elif child.type in {"softbreak", "hardbreak"}:
            said.append(" ")
        elif child.type == "image" or child.type in {
            "text",
            "code_inline",
            "text_special",
            "html_inline",
        }:
            said.append(child.content)
    return "".join(said), links


def _without_addresses(text: str) -> tuple[str, list[Link]]:
    """The text with bare addresses taken out, unless they are all of it."""
    links: list[Link] = []

    def take(match: re.Match[str]) -> str:
        address = match[0].rstrip(".,;:!?" if "(" in match[0] else ".,;:!?)")
        if len(address) > LONGEST_ADDRESS:
            return match[0]
        links.append(Link(address))
        return match[0][len(address) :]

    bare = _ADDRESS.sub(take, text)
    if not links or not re.search(r"\w", bare):
        return text, links
    bare = " ".join(bare.split())
    return re.sub(r" (?=[,.;:](?: |$))|\( ?\)", "", bare), links


def _build(tokens: Sequence[Token]) -> list[Block]:
    """The blocks of tokens; a list is nothing of its own, its items stand where it stood."""
    blocks: list[Block] = []
    cells: list[str] | None = None  # of the table's row that is open
    stack: list[tuple[Token, Block | None]] = []  # what is open, and the block that it fills
    for token in tokens:
        place = next((block.children for _open, block in reversed(stack) if block), blocks)
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            place.append(_block("row", "\t".join(cells or []), token, stack))
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(token.content)
        elif token.type == "inline":
            _add_words(token, stack, place)
        elif token.type in {"fence", "hr"}:
            place.append(_block({"fence": "code"}.get(token.type, "rule"), token.content, token))
        if token.nesting == 1:
            kind = _FILLED.get(token.type)
            block = _block(kind, "", token) if kind else None
            if block:
                place.append(block)
            stack.append((token, block))
        elif token.nesting == -1:
            stack.pop()
    return blocks


_FILLED = {"list_item_open": "item", "blockquote_open": "quote"}


def _block(
    kind: str, text: str, token: Token, stack: Sequence[tuple[Token, Block | None]] = ()
) -> Block:
    """A block with the lines of its token, or of the one that is open."""
    first, last = (token.map or (stack[-1][0].map if stack else None)) or (0, 0)
    return Block(kind, text, first + 1, max(first + 1, last))


def _add_words(
    token: Token, stack: Sequence[tuple[Token, Block | None]], place: list[Block]
) -> None:
    parent, owner = stack[-1][0] if stack else token, stack[-2][1] if len(stack) > 1 else None
    if parent.type == "heading_open":
        heading = _block("heading", token.content, token)
        heading.level = int(parent.tag[1:])
        place.append(heading)
    elif owner and owner.kind == "item" and not owner.text and not owner.children:
        owner.text = token.content  # an item's own words
    else:
        place.append(_block("text", token.content, token))
