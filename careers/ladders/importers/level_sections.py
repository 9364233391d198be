"""What stands below the heading of a level: criteria by dimension, fields, and advice.

A group of items begins with a heading or with a bold line, "**Technical skills:**". Groups and
fields that are no expectation (typical projects, years, pay, what a promotion asks) are told by
their names; every other group is a dimension.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from careers.ladders.document import GuidancePart
from careers.ladders.importers.draft import NO_DIMENSION, DraftCriterion, DraftTransition
from careers.ladders.importers.naming import one_line, years_of
from careers.ladders.importers.outline import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.ladders.importers.draft import DraftLevel
    from careers.ladders.importers.outline import Block

SCOPE, YEARS, ONWARD, TERMINAL = "scope", "years", "onward", "terminal"
GROUPS = [
    (SCOPE, r"scope( of (work|impact|influence))?|summary|overview|in short|description"),
    (YEARS, r"years( of)?( experience)?|experience|typical experience"),
    (ONWARD, r"(promotion|promoted|moving|advancing|path) (to|criteria).*|to (?P<to>.+)"),
    (TERMINAL, r"terminal( level)?"),
    ("project", r"(typical|example|sample) projects.*"),
    ("responsibility", r"typical responsibilities"),
    ("archetype", r"archetypes?\b.*"),
    ("skill", r"skills to (develop|learn|work on|build).*"),
    ("pitfall", r"(common )?(pitfalls?|traps?|mistakes)"),
    ("anti-pattern", r"anti ?patterns?.*"),
    ("milestone", r"(key )?milestones?"),
    ("certification", r"(recommended |helpful )?certifications?.*"),
    ("example", r"examples?( .*)?"),
    ("challenge", r"(common )?challenges"),
    ("week", r"(a )?(typical )?(week|day) in the life.*"),
    ("time-split", r"time (split|allocation|breakdown).*|where (the )?time goes"),
    ("stuck", r"getting stuck.*|why .* stuck.*"),
    ("not-needed", r"not (needed|expected|required).*"),
    ("also-called", r"(alternative|other|alternate|common) titles?|also (known as|called)|aka"),
    ("pay", r"(total |base )?(compensation|comp|salary|pay)( (range|band)s?)?"),
    ("option", r"option \d+.*|career path from here|next steps"),
    ("advice", r"career (advancement|development|growth).*|advice|tips|how to (grow|advance).*"),
]
SHORT_NAME = 3  # words that say no more than the kind: "Skills to develop"
LISTED = {"", "markdown", "md", "text", "txt", "yaml", "yml"}  # languages of code that is a list

_FORMS = [(kind, re.compile(form, re.IGNORECASE)) for kind, form in GROUPS]
_TO = re.compile(r".*?\bto (?P<to>\S.*)", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<least>\d{1,2})(?:\s?[-–]\s?(?P<most>\d{1,2}))?(?P<more>\+)?\s(?P<unit>months?|years?)\b",
    re.IGNORECASE,
)
_WITHIN_PAGE = re.compile(r"[^\w\[]*\[[^\]\n]*\]\(#[^)\n]*\)\W*")
_NEW_FIELD = re.compile(r"\n(?=\*\*|__)")
_LISTED_ITEM = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)]|(?P<not>❌)|[✅☑☐✔✓]\ufe0f?)\s+(?P<text>\S.*)")
_LABEL = re.compile(r"(?P<label>\S.{0,80}):\s*")
_CROSS = re.compile(r"❌\s*")


@dataclass(frozen=True, slots=True)
class _Group:
    """Where items go: `kind` is "" for a dimension called `name`."""

    name: str = ""
    kind: str = ""


def read_level_section(blocks: Sequence[Block], level: DraftLevel) -> None:
    _LevelSection(level).read(blocks)


def use_leads(levels: Sequence[DraftLevel]) -> None:
    """Make dimensions of the bold words before criteria that are in no group.

    They are if several levels have them or another has a group of that name; a word that one level
    has is part of the text.
    """
    loose = [(level, part) for level in levels for part in level.criteria if part.lead]
    groups = {part.dimension for level in levels for part in level.criteria}
    counts = Counter((id(level), part.lead) for level, part in loose)
    shared = Counter(lead for _level, lead in counts)
    for level, part in loose:
        if shared[part.lead] > 1 or part.lead in groups or len(levels) == 1:
            part.dimension = part.lead
            part.text = part.text.removeprefix(part.lead).lstrip(":：–—- ")
            part.place = part.lead if counts[id(level), part.lead] == 1 else ""


class _LevelSection:
    """Reads blocks from the first to the last; a heading or a label begins a group."""

    def __init__(self, level: DraftLevel) -> None:
        self._level = level
        self._heading = _Group()
        self._group = _Group()

    def read(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if block.kind == "heading":
                self._heading = self._group = _group_of(words_of(block.text).text)
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
                group = _group_of(words.lead)
                is_dimension = not group.kind and not self._group.kind
                lead = words.lead if is_dimension else ""
                named = _Group(words.lead) if is_dimension else group if group.kind else self._group
                self._add(words.rest if group.kind else words.text, line, group=named, lead=lead)
            elif words.text:
                self._read_prose(words.text, line)
            line += field.count("\n") + 1

    def _begin(self, label: str) -> None:
        """A label's own kind, or else that of the heading it stands under."""
        group = _group_of(label)
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
        before, group = self._group, _group_of(label)
        if before.kind and not group.kind:
            group = _Group(label, before.kind)
        is_part = bool(before.name) and not group.kind
        self._group = before if is_part else group
        for item in items:
            self._read_item(item, label=label if is_part else "")
        self._group = before

    def _read_table(self, block: Block) -> None:
        """Two columns are a dimension and what is expected in it."""
        for row in block.rows[1:]:
            if len(row.cells) == 2 and all(row.cells):
                self._add(row.cells[1], row.line, group=_group_of(one_line(row.cells[0])))

    def _read_listed(self, block: Block) -> None:
        """A list that is written as code; what stands before a colon introduces a part of it."""
        before, label = self._group, ""
        for number, line in enumerate(block.text.split("\n"), block.line + 1):
            if match := _LISTED_ITEM.fullmatch(line):
                if match["not"]:
                    self._add(match["text"], number, group=_Group(label, "pitfall"))
                else:
                    self._add(f"{label}: {match['text']}" if label else match["text"], number)
            elif match := _LABEL.fullmatch(line.strip()):
                kind = _group_of(match["label"]).kind
                self._group = _Group(match["label"], kind) if kind else before
                is_name = block.language in {"yaml", "yml"} or bool(self._group.kind)
                label = match["label"] if is_name and not kind else ""
        self._group = before

    def _add(self, text: str, line: int, *, group: _Group | None = None, lead: str = "") -> None:
        group = group or self._group
        text = _CROSS.sub("", text).strip()
        if not text:
            return
        if not group.kind:
            self._level.criteria.append(
                DraftCriterion(
                    text=text,
                    dimension=NO_DIMENSION if lead else group.name or NO_DIMENSION,
                    line=line,
                    path=text[:40],
                    lead=lead,
                )
            )
        elif group.kind == SCOPE:
            self._level.scope = "\n".join(filter(None, [self._level.scope, text]))
        elif group.kind == YEARS:
            self._level.name = replace(self._level.name, years=years_of(text))
        elif group.kind == TERMINAL:
            self._level.is_terminal = True
        elif group.kind == ONWARD:
            self._add_condition(text, to=_target(group.name))
        else:
            self._add_guidance(text, group)

    def _add_condition(self, text: str, *, to: str) -> None:
        """What a promotion asks for, or how long it takes."""
        onward = self._level.transitions
        if not onward or onward[-1].to != to:
            onward.append(DraftTransition(to=to))
        time = _TIME.match(text)
        if time is None or onward[-1].months:
            onward[-1].conditions.append(text)
            return
        each = 12 if time["unit"].lower().startswith("year") else 1
        least, most = int(time["least"]) * each, int(time["most"] or time["least"]) * each
        if least <= most:
            onward[-1].months = (least, most)
            onward[-1].open_ended = bool(time["more"])

    def _add_guidance(self, text: str, group: _Group) -> None:
        words = text.partition(": ") if group.kind == "archetype" else ("", "", text)
        title, text = (words[0], words[2]) if words[2] else ("", text)
        is_said_by_kind = bool(_kind_of(group.name)) and group.name.count(" ") < SHORT_NAME
        title = title or ("" if is_said_by_kind else group.name)
        self._level.guidance.append(
            GuidancePart(kind=group.kind, title=one_line(title)[:160].strip(), text=text)
        )


def _group_of(name: str) -> _Group:
    name = name.strip().rstrip(":：").strip()
    return _Group(name, _kind_of(name))


def _kind_of(name: str) -> str:
    """The kind of what a name heads; "" for a dimension."""
    words = " ".join(re.sub(r"\([^)]*\)|[^\w ]+", " ", name).split())
    return next((kind for kind, form in _FORMS if form.fullmatch(words)), "")


def _target(name: str) -> str:
    """The level that a promotion leads to; "" for the next."""
    match = _TO.fullmatch(name)
    return match["to"].strip() if match else ""
