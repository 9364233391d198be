"""Facts below a heading that is an entry itself, as exports of other tools write them.

A line of `Key: value`, a date line (`**Jun 15, 2026** · Category · Shipped`) or a table of two
columns right below the heading; then texts, a quote for the outcome, headings for longer fields.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from careers.journal.importers import sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careers.journal.importers.outline import Block
    from careers.journal.importers.pieces import Piece

MOST_FACTS = 20  # rows of a table
_DATELINE = re.compile(r"\*\*(?P<date>[^*\n]{6,40})\*\*(?P<rest>(?:\s*·[^\n]*)?)\s*\Z")
_TAGS = re.compile(r"(?:#[\w-]+\s*)+\Z")
_OF_AN_ENTRY = {"date", "project", "kind", "status"}
_WITH_HEADINGS = {"what", "outcome", "collaborators", "skills"}
_HEADS = {"", "field", "key", "property"}  # of a table of facts


def is_entry(heading: Block, below: Sequence[Block]) -> bool:
    """Whether a heading is an entry itself: facts stand right below it.

    At the top of a document they may be about the document; there it is an entry only when every
    heading below is one of its fields.
    """
    if not below or not (_are_facts(below[0]) or _is_table_of_facts(below)):
        return False
    headings = [block.text for block in below if block.kind == "heading"]
    return heading.level > 1 or all(sections.pair_of(f"{text}: x") for text in headings)


def _are_facts(block: Block) -> bool:
    if block.kind != "text":
        return False
    if _DATELINE.match(block.text):
        return True
    pairs = [sections.pair_of(line) for line in block.text.split("\n")]
    return all(pairs) and any(pair[0] in _OF_AN_ENTRY for pair in pairs if pair)


def _is_table_of_facts(below: Sequence[Block]) -> bool:
    """Whether a short table of two columns names a fact of an entry in its first."""
    rows = [block.text.split("\t") for block in takewhile(lambda b: b.kind == "row", below)]
    if not rows or len(rows) > MOST_FACTS or any(len(cells) != 2 for cells in rows):
        return False
    pairs = [sections.pair_of(f"{key}: x") for key, _value in rows]
    return any(pair[0] in _OF_AN_ENTRY for pair in pairs if pair)


def add_facts(piece: Piece, below: Iterable[Block]) -> None:
    """Gives `piece` everything that stands below its heading."""
    name = "what"
    for block in below:
        if block.kind == "heading":
            words = piece.words(block.text)
            pair = sections.pair_of(f"{words}: x")
            name = pair[0] if pair and pair[0] in _WITH_HEADINGS else "what"
            if not pair:
                piece.say("what", words)
        elif block.kind == "quote":
            piece.add(block.children, name="outcome")
        elif block.kind == "row":
            _add_row(piece, block)
        elif block.kind == "text":
            _add_text(piece, block, name)
        else:
            piece.add([block], name=name)


def _add_row(piece: Piece, block: Block) -> None:
    key, _tab, value = (cell.strip() for cell in block.text.partition("\t"))
    if value and not piece.set_pair(f"{key}: {value}") and key.casefold() not in _HEADS:
        piece.say("what", f"{key}: {piece.words(value)}")


def _add_text(piece: Piece, block: Block, name: str) -> None:
    if line := _DATELINE.match(block.text):
        piece.look_for_day(line["date"])
        for fact in (part.strip() for part in line["rest"].split("·")):
            piece.say("kind" if sections.kind_of(fact) else "status", fact)
    elif _TAGS.match(block.text):
        piece.say("what", block.text)
    elif rest := [line for line in block.text.split("\n") if not piece.set_pair(line)]:
        piece.say(name, piece.words("\n".join(rest)))
