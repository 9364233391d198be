"""What stands below the heading of a level: criteria by dimension, fields, and advice.

A group of items begins with a heading or with a bold line, "**Technical skills:**"; a field is a
group on one line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from careers.ladders.importers.draft import NO_DIMENSION, DraftCriterion
from careers.ladders.importers.groups import Group, add_to_level, group_of
from careers.ladders.importers.naming import one_line
from careers.ladders.importers.outline import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.ladders.importers.draft import DraftLevel
    from careers.ladders.importers.outline import Block

LISTED = {"", "markdown", "md", "text", "txt", "yaml", "yml"}  # languages of code that is a list

_WITHIN_PAGE = re.compile(r"[^\w\[]*\[[^\]\n]*\]\(#[^)\n]*\)\W*")
_NEW_FIELD = re.compile(r"\n(?=\*\*|__)")
_LISTED_ITEM = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)]|(?P<not>❌)|[✅☑☐✔✓]\ufe0f?)\s+(?P<text>\S.*)")
_LABEL = re.compile(r"(?P<label>\S.{0,80}):\s*")
_CROSS = re.compile(r"❌\s*")


def read_level_section(blocks: Sequence[Block], level: DraftLevel) -> None:
    _LevelSection(level).read(blocks)


def use_leads(levels: Sequence[DraftLevel]) -> None:
    """Make dimensions of the bold words before criteria that are in no group.

    They are if several levels have them or another has a group of that name; a word that one level
    has, or that nothing follows, is part of the text.
    """
    loose = [(level, part) for level in levels for part in level.criteria if part.lead]
    groups = {part.dimension for level in levels for part in level.criteria}
    counts = Counter((id(level), part.lead) for level, part in loose)
    shared = Counter(lead for _level, lead in counts)
    for level, part in loose:
        rest = part.text.removeprefix(part.lead).lstrip(":：–—- ")
        if rest and (shared[part.lead] > 1 or part.lead in groups or len(levels) == 1):
            part.dimension = part.lead
            part.text = rest
            part.place = part.lead if counts[id(level), part.lead] == 1 else ""


class _LevelSection:
    """Reads blocks from the first to the last; a heading or a label begins a group."""

    def __init__(self, level: DraftLevel) -> None:
        self._level = level
        self._heading = Group()
        self._group = Group()

    def read(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if block.kind == "heading":
                self._heading = self._group = group_of(words_of(block.text).text)
            elif block.kind == "item":
                self._read_item(block)
            elif block.kind == "text":
                self._read_text(block)
            elif block.kind == "table":
                self._read_table(block)
            elif block.language in LISTED:
                self._read_listed(block)

    def _read_text(self, block: Block) -> None:
        """A label, fields each on a line, or prose."""
        line = block.line
        for field in _NEW_FIELD.split(block.text):
            words = words_of(field)
            if _WITHIN_PAGE.fullmatch(field):
                pass  # "Back to top"
            elif words.lead and not words.rest:
                self._begin(words.lead)
            elif words.lead:
                group = group_of(words.lead)
                is_dimension = not group.kind and not self._group.kind
                lead = words.lead if is_dimension else ""
                named = Group(words.lead) if is_dimension else group if group.kind else self._group
                self._add(words.rest if group.kind else words.text, line, group=named, lead=lead)
            elif words.text:
                self._read_prose(words.text, line)
            line += field.count("\n") + 1

    def _begin(self, label: str) -> None:
        """A label's own kind, or else that of the heading it stands under."""
        group = group_of(label)
        if not group.kind and self._heading.kind:
            group = replace(self._heading, name=label)
        self._group = group

    def _read_prose(self, text: str, line: int) -> None:
        if self._group.kind or (self._group.name and not text.endswith((":", "："))):
            self._add(text, line)
        elif not self._group.name:
            self._level.scope = "\n\n".join(filter(None, [self._level.scope, text]))

    def _read_item(self, block: Block, *, label: str = "") -> None:
        """An item; one that only introduces the items below it is a label of theirs."""
        words = words_of(block.text)
        below = [child for child in block.children if child.kind == "item"]
        if below and (words.text.endswith((":", "：")) or (words.lead and not words.rest)):
            self._read_below(below, label=words.text.rstrip(":： "))
            return
        more = [words_of(child.text).text for child in block.children if child.text]
        said = f"{label}: {words.text}" if label else words.text
        text = "\n".join([said, *(f"- {line}" for line in more if line)])
        lead = "" if self._group.name or self._group.kind else words.lead
        self._add(text, block.line, lead=lead)

    def _read_below(self, items: Sequence[Block], *, label: str) -> None:
        """Items with a label: a group, or within a dimension a part of what each of them says."""
        before, group = self._group, group_of(label)
        if before.kind and not group.kind:
            group = Group(label, before.kind)
        is_part = bool(before.name) and not group.kind
        self._group = before if is_part else group
        for item in items:
            self._read_item(item, label=label if is_part else "")
        self._group = before

    def _read_table(self, block: Block) -> None:
        """A dimension in the first column, in each other what is expected or what its name says."""
        columns = [group_of(one_line(name)) for name in block.rows[0].cells]
        named = Group()
        for row in block.rows[1:]:
            named = group_of(one_line(row.cell(0))) if row.cell(0) else named
            for column, text in zip(columns[1:], row.cells[1:], strict=True):
                self._add(text, row.line, group=replace(named, kind=named.kind or column.kind))

    def _read_listed(self, block: Block) -> None:
        """A list that is written as code; what stands before a colon introduces a part of it."""
        before, label = self._group, ""
        for number, line in enumerate(block.text.split("\n"), block.line + 1):
            if match := _LISTED_ITEM.fullmatch(line):
                if match["not"]:
                    self._add(match["text"], number, group=Group(label, "pitfall"))
                else:
                    self._add(f"{label}: {match['text']}" if label else match["text"], number)
            elif match := _LABEL.fullmatch(line.strip()):
                kind = group_of(match["label"]).kind
                self._group = Group(match["label"], kind) if kind else before
                is_name = block.language in {"yaml", "yml"} or bool(self._group.kind)
                label = match["label"] if is_name and not kind else ""
        self._group = before

    def _add(self, text: str, line: int, *, group: Group | None = None, lead: str = "") -> None:
        group = group or self._group
        text = _CROSS.sub("", text).strip()
        if not text:
            return
        if not group.expects(text):
            add_to_level(self._level, group, text)
            return
        self._level.criteria.append(
            DraftCriterion(
                text=text,
                dimension=NO_DIMENSION if lead else group.name or NO_DIMENSION,
                line=line,
                path=text[:40],
                lead=lead,
            )
        )
