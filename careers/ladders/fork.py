"""The fork of a ladder as its page shows it, and the archetypes of its levels.

Which items say what is a matter of their kind and title: fork-pro, fork-con and fork-best-for are
of the way that their title names; the title of a lateral move is "direction: aspect".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from careers.ladders.guidance import FORK, Topic, group_guidance
from careers.ladders.levels import read_levels
from careers.ladders.models import Guidance, Ladder
from careers.ladders.steps import read_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careers.ladders.guidance import GuidanceGroup
    from careers.ladders.models import Level
    from careers.ladders.steps import Step
    from careers.people.models import Engineer


@dataclass(frozen=True, slots=True)
class Way:
    """One side of the fork."""

    title: str
    pros: Sequence[str]
    cons: Sequence[str]
    best_for: Sequence[str]


@dataclass(frozen=True, slots=True)
class Move:
    """A change of track in one direction; a topic without a title is said of it as a whole."""

    direction: str
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class ForkPage:
    """`choices` are the levels from which steps lead into several tracks, with those steps."""

    choices: Sequence[tuple[Level, Sequence[Step]]]
    questions: Sequence[Topic]
    time: GuidanceGroup | None
    ways: Sequence[Way]
    experiments: Sequence[Topic]
    comparison: GuidanceGroup | None
    moves: Sequence[Move]
    elsewhere: Sequence[Ladder]

    @property
    def is_empty(self) -> bool:
        return not (
            self.choices
            or self.questions
            or self.time
            or self.ways
            or self.experiments
            or self.comparison
            or self.moves
        )


def read_fork_page(ladder: Ladder, engineer: Engineer) -> ForkPage:
    """Four queries."""
    said = ladder.guidance.filter(kind__in=FORK).order_by("position", "pk")
    groups = {group.kind: group for group in group_guidance(said)}
    return ForkPage(
        choices=choices_of(read_steps(read_levels(engineer, slug=ladder.slug))),
        questions=_topics(groups, "fork"),
        time=groups.get("fork-time"),
        ways=_ways(groups),
        experiments=_topics(groups, "fork-experiment"),
        comparison=groups.get("comparison"),
        moves=_moves(_topics(groups, "lateral")),
        elsewhere=list(
            Ladder.objects.readable_by(engineer)
            .filter(Exists(Guidance.objects.filter(ladder=OuterRef("pk"), kind__in=FORK)))
            .exclude(pk=ladder.pk)
        ),
    )


def read_archetypes(ladder: Ladder, engineer: Engineer) -> list[tuple[Level, Sequence[Topic]]]:
    """The levels that have archetypes, with them; two queries."""
    said = ladder.guidance.filter(kind="archetype").order_by("position", "pk")
    of_level = {
        pk: [topic for group in group_guidance(own) for topic in group.topics]
        for pk, own in groupby(said, key=lambda part: part.level_id)
    }
    levels = read_levels(engineer, slug=ladder.slug)
    return [(level, of_level[level.pk]) for level in levels if level.pk in of_level]


def choices_of(steps: Iterable[Step]) -> list[tuple[Level, Sequence[Step]]]:
    """The levels from which `steps`, in the order of the levels, lead into several tracks."""
    choices: list[tuple[Level, Sequence[Step]]] = []
    for level, own in groupby(steps, key=lambda step: step.from_level):
        onward = list(own)
        if len({step.to_level.track_id for step in onward}) > 1:
            choices.append((level, onward))
    return choices


def _topics(groups: dict[str, GuidanceGroup], kind: str) -> Sequence[Topic]:
    return groups[kind].topics if kind in groups else ()


def _ways(groups: dict[str, GuidanceGroup]) -> list[Way]:
    said = {
        kind: {topic.title: topic.texts for topic in _topics(groups, kind)}
        for kind in ("fork-pro", "fork-con", "fork-best-for")
    }
    titles = dict.fromkeys(title for texts in said.values() for title in texts)
    return [
        Way(
            title=title,
            pros=said["fork-pro"].get(title, ()),
            cons=said["fork-con"].get(title, ()),
            best_for=said["fork-best-for"].get(title, ()),
        )
        for title in titles
    ]


def _moves(topics: Iterable[Topic]) -> list[Move]:
    moves: dict[str, list[Topic]] = {}
    for topic in topics:
        direction, _colon, aspect = topic.title.partition(": ")
        moves.setdefault(direction, []).append(Topic(aspect[:1].upper() + aspect[1:], topic.texts))
    return [Move(direction, own) for direction, own in moves.items()]
