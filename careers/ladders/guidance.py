"""What a ladder says besides its criteria, grouped for a page: typical projects, traps, advice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.ladders.models import Guidance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.utils.functional import _StrPromise

    from careers.ladders.models import Level
    from careers.people.models import Engineer

type Elsewhere = Sequence[tuple[Level, Sequence[GuidanceGroup]]]

NOT_SHOWN = {"pay"}  # kept as data: it is no expectation of a level
# What a person could do and show: the answer to "what would count as evidence of this?"
WORK = ("pattern", "project", "responsibility", "example", "evidence")
EVIDENCE = (*WORK, "milestone")  # milestones are a ladder's own; other ladders lend their work
# What the page of the fork shows.
FORK = {
    "fork",
    "fork-time",
    "fork-pro",
    "fork-con",
    "fork-best-for",
    "fork-experiment",
    "comparison",
    "lateral",
}
# Kinds whose items are the cells of a table: the title is the row, the text "column: cell".
TABLES = {"fork-time", "comparison"}
# Kinds whose texts begin with what they say: "How it shows: …", "The antidote: …".
LABELLED = {"anti-pattern"}

KINDS: dict[str, _StrPromise] = {
    "pattern": gettext_lazy("Projects that stand out"),
    "project": gettext_lazy("Typical projects"),
    "responsibility": gettext_lazy("Typical responsibilities"),
    "archetype": gettext_lazy("Ways to be at this level"),
    "skill": gettext_lazy("Skills to work on"),
    "principle": gettext_lazy("Principles"),
    "step": gettext_lazy("How a promotion is decided"),
    "timing": gettext_lazy("When to promote"),
    "difference": gettext_lazy("What is different here"),
    "trap": gettext_lazy("Traps"),
    "pitfall": gettext_lazy("Pitfalls"),
    "change": gettext_lazy("What changes on the way up"),
    "pillar": gettext_lazy("What the pillar is about"),
    "evidence": gettext_lazy("Work that shows it"),
    "held-back": gettext_lazy("What holds people back"),
    "anti-pattern": gettext_lazy("Habits that slow a career, and what helps"),
    "stuck": gettext_lazy("Stuck, and how to get on"),
    "not-yet": gettext_lazy("Not needed yet"),
    "not-needed": gettext_lazy("Not needed any more"),
    "cumulative": gettext_lazy("What is carried over"),
    "milestone": gettext_lazy("Milestones"),
    "certification": gettext_lazy("Certifications that help"),
    "example": gettext_lazy("Examples"),
    "challenge": gettext_lazy("What is hard about it"),
    "week": gettext_lazy("A usual week"),
    "time-split": gettext_lazy("Where the time goes"),
    "option": gettext_lazy("Ways on from here"),
    "odds": gettext_lazy("How many get there"),
    "owns": gettext_lazy("What the role owns"),
    "path": gettext_lazy("How to get there"),
    "market": gettext_lazy("Where the role is found"),
    "also-called": gettext_lazy("Also called"),
    "title": gettext_lazy("Also called"),
    "fork": gettext_lazy("Engineer or manager"),
    "fork-time": gettext_lazy("Where the time goes"),
    "fork-pro": gettext_lazy("What speaks for it"),
    "fork-con": gettext_lazy("What speaks against it"),
    "fork-best-for": gettext_lazy("Whom it suits"),
    "fork-experiment": gettext_lazy("How to try it"),
    "comparison": gettext_lazy("Engineer and manager side by side"),
    "scope": gettext_lazy("Creating scope"),
    "strategy": gettext_lazy("What to work on, by experience"),
    "checklist": gettext_lazy("Checklist for a task"),
    "tip": gettext_lazy("Tips"),
    "lateral": gettext_lazy("Changing tracks"),
    "conversation": gettext_lazy("Career talks"),
    "advice": gettext_lazy("Advice"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What guidance says under one title; the title may be empty."""

    title: str
    texts: Sequence[str]

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """Of texts that have labels: what they say without them, by label."""
        parts: dict[str, list[str]] = {}
        for text in self.texts:
            label, _colon, said = text.partition(": ")
            parts.setdefault(label, []).append(said)
        return list(parts.items())


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by columns; each row is its title and its cells, each with the name of its column."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class GuidanceGroup:
    kind: str
    name: str
    topics: Sequence[Topic]

    @property
    def is_labelled(self) -> bool:
        """Whether its texts are told by their labels, which then each of them has."""
        texts = (text for topic in self.topics for text in topic.texts)
        return self.kind in LABELLED and all(": " in text for text in texts)

    @property
    def table(self) -> Table | None:
        """The topics as a table; None where they are none, or differ in their columns."""
        if self.kind not in TABLES:
            return None
        rows = [(topic.title, [_cell(text) for text in topic.texts]) for topic in self.topics]
        columns = {tuple(column for column, _text in cells) for _title, cells in rows}
        if len(columns) != 1 or not all(text for _title, cells in rows for _column, text in cells):
            return None
        return Table(columns.pop(), rows)


def _cell(text: str) -> tuple[str, str]:
    column, _colon, said = text.partition(": ")
    return column, said


def group_guidance(guidance: Iterable[Guidance]) -> list[GuidanceGroup]:
    """By kind, then by title, each where it first appears."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for part in guidance:
        if part.kind in NOT_SHOWN:
            continue
        kinds.setdefault(part.kind, {}).setdefault(part.title, []).append(part.text)
    return [
        GuidanceGroup(
            kind=kind,
            name=str(
                KINDS.get(kind) or kind.replace("-", " ").strip().capitalize() or _("Besides")
            ),
            topics=[Topic(title, texts) for title, texts in topics.items()],
        )
        for kind, topics in kinds.items()
    ]


def evidence_of(groups: Iterable[GuidanceGroup]) -> list[GuidanceGroup]:
    """Those of `groups` that tell what would count, what is most telling first."""
    found = [group for group in groups if group.kind in EVIDENCE]
    return sorted(found, key=lambda group: EVIDENCE.index(group.kind))


def read_guidance_of(
    level: Level, engineer: Engineer, *, lent: Collection[str] = WORK
) -> tuple[list[GuidanceGroup], Elsewhere]:
    """What is said of `level`, and of the kinds in `lent` elsewhere at its rank; one query.

    Elsewhere is every other ladder that `engineer` may read, by name; what `level` itself says, as
    a copy does, is not repeated. A level without a rank has none.
    """
    readable = ~Q(ladder=level.ladder_id) & (Q(ladder__owner=None) | Q(ladder__owner=engineer))
    same_rank = ~Q(level__rank="") & Q(level__rank=level.rank, kind__in=lent)
    said = (
        Guidance.objects.filter(Q(level=level) | (readable & same_rank))
        .select_related("level__ladder", "level__track")
        .order_by("ladder__name", "ladder_id", "level__track__position", "position", "pk")
    )
    own = [part for part in said if part.level_id == level.pk]
    known = {(part.kind, part.text) for part in own}
    others = [
        part for part in said if part.level_id != level.pk and (part.kind, part.text) not in known
    ]
    by_level = groupby(others, key=lambda part: part.level)
    return group_guidance(own), [
        (other, group_guidance(parts)) for other, parts in by_level if other
    ]
