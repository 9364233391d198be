"""What lies between two levels as its pages show it: the diff, and the step between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from careers.ladders.differences import compare_criteria
from careers.ladders.guidance import evidence_of, read_guidance_of
from careers.ladders.levels import read_levels
from careers.ladders.models import Criterion
from careers.ladders.steps import read_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careers.ladders.differences import Difference
    from careers.ladders.guidance import Elsewhere, GuidanceGroup, Topic
    from careers.ladders.models import Level
    from careers.ladders.steps import Step
    from careers.people.models import Engineer

# What is said at the level one leaves, in the order in which the page of a step tells it.
ON_THE_WAY = ("change", "milestone", "held-back", "pitfall", "stuck", "anti-pattern", "skill")
HINDRANCES = ("held-back", "pitfall", "stuck", "anti-pattern")
# What is said at the level one comes to.
THERE = ("difference", "trap", "not-needed")


@dataclass(frozen=True, slots=True)
class DiffPage:
    """Two levels compared; `step` where the ladder knows a way from the first to the second."""

    before: Level
    after: Level
    differences: Sequence[Difference]
    step: Step | None
    evidence: Sequence[GuidanceGroup]
    elsewhere: Elsewhere

    @property
    def levels(self) -> tuple[Level, Level]:
        return self.before, self.after

    @property
    def has_scope(self) -> bool:
        return any(level.scope or level.years for level in self.levels)

    @property
    def changed(self) -> int:
        return sum(len(difference.changes) for difference in self.differences)

    @property
    def kept(self) -> int:
        return sum(len(difference.kept) for difference in self.differences)

    @property
    def new(self) -> int:
        return sum(len(difference.new) for difference in self.differences)

    @property
    def gone(self) -> int:
        return sum(len(difference.gone) for difference in self.differences)


@dataclass(frozen=True, slots=True)
class TransitionPage:
    """`others` are the other steps onward from the level one leaves, `back` the step in return."""

    step: Step
    others: Sequence[Step]
    back: Step | None
    on_the_way: Sequence[GuidanceGroup]
    hindrances_elsewhere: Elsewhere
    there: Sequence[GuidanceGroup]
    evidence: Sequence[GuidanceGroup]
    elsewhere: Elsewhere

    @property
    def has_facts(self) -> bool:
        """Whether there is something to tell of the step in one line."""
        start: Any = self.step.from_level
        end: Any = self.step.to_level
        is_own = start.is_held or end.is_aimed
        return bool(is_own or self.step.time or self.step.is_change_of_track)


def read_diff_page(before: Level, after: Level, engineer: Engineer) -> DiffPage:
    """Three queries."""
    criteria: dict[int, list[Criterion]] = {before.pk: [], after.pk: []}
    for criterion in Criterion.objects.of_levels(before, after):
        criteria[criterion.level_id].append(criterion)
    evidence, elsewhere = read_guidance_of(after, engineer)
    steps = read_steps([before, after])
    return DiffPage(
        before=before,
        after=after,
        differences=compare_criteria(criteria[before.pk], criteria[after.pk]),
        step=next((step for step in steps if step.from_level == before), None),
        evidence=evidence_of(evidence),
        elsewhere=elsewhere,
    )


def read_transition_page(
    engineer: Engineer, *, slug: str, from_code: str, to_code: str
) -> TransitionPage | None:
    """The step between the levels of these codes, None where there is none; four queries."""
    levels = read_levels(engineer, slug=slug)
    steps = read_steps(levels)
    codes = {(step.from_level.code, step.to_level.code): step for step in steps}
    step = codes.get((from_code, to_code))
    if step is None:
        return None
    there, elsewhere = read_guidance_of(step.to_level, engineer)
    here, hindrances = read_guidance_of(step.from_level, engineer, lent=HINDRANCES)
    on_the_way = {group.kind: group for group in _towards(step.to_level, here, levels)}
    return TransitionPage(
        step=step,
        others=[other for other in steps if other.from_level == step.from_level and other != step],
        back=codes.get((to_code, from_code)),
        on_the_way=[on_the_way[kind] for kind in ON_THE_WAY if kind in on_the_way],
        hindrances_elsewhere=hindrances,
        there=[group for group in there if group.kind in THERE],
        evidence=evidence_of(there),
        elsewhere=elsewhere,
    )


def _towards(
    level: Level, groups: Iterable[GuidanceGroup], levels: Sequence[Level]
) -> Iterator[GuidanceGroup]:
    """`groups` without what leads to another of `levels`, as "Towards manager: …" does."""
    for group in groups:
        topics = [topic for topic in group.topics if not _is_towards_another(topic, level, levels)]
        if topics:
            yield replace(group, topics=topics)


def _is_towards_another(topic: Topic, level: Level, levels: Sequence[Level]) -> bool:
    """Whether its title names words of the title of another level, and not of this one's."""
    named = re.match(r"Towards ([^:]+)", topic.title)
    if named is None:
        return False
    words = re.compile(rf"\b{re.escape(named[1].strip())}\b", re.IGNORECASE)
    return not words.search(level.title) and any(words.search(other.title) for other in levels)
