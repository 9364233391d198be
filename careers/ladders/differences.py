"""What one level asks and another does not: the criteria of two levels laid beside each other.

Ladders do not say which criterion of a level continues which of the level below, so it is found
from their words. Pure: criteria in, rows out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from careers.ladders.lamps import lamps_asked
from careers.web.words import Run, compare_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careers.ladders.lamps import Lamp
    from careers.ladders.models import Criterion

# Two criteria are one that changed from this likeness on: the share of their words that both have,
# plus half the share of their keywords. Found by reading the pairs of neighbouring levels of the
# built-in ladders: from 0.3 on nearly all are about one thing, below it nearly none.
ALIKE = 0.3
MOST_LIKENESSES = 40_000  # of one dimension; beyond, only criteria of the same words are paired
MOST_MARKED = 200  # changes whose words are compared; nobody reads what is marked beyond
STEM = 5  # letters by which "design", "designs" and "designed" are one word
SMALL_WORDS = re.compile(
    "an?|and|are|as|at|be|by|can|do|does|for|from|has|have|in|into|is|its?|no|not|of|on|one|or|so"
    "|than|that|the|their|them|then|they|this|to|what|when|where|which|who|with"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion and what continues it: both texts with what changed marked, and the lamps that
    only the second asks for.

    Of a page that has more than MOST_MARKED changes, the later ones have nothing marked.
    """

    before: Criterion
    after: Criterion
    old_words: Sequence[Run]
    new_words: Sequence[Run]
    also_asked: Sequence[Lamp]


@dataclass(frozen=True, slots=True)
class Difference:
    """A dimension at two levels; what is `gone` is not said any more at the second."""

    key: str
    name: str
    changes: Sequence[Change]
    new: Sequence[Criterion]
    kept: Sequence[Criterion]
    gone: Sequence[Criterion]


def compare_criteria(before: Iterable[Criterion], after: Iterable[Criterion]) -> list[Difference]:
    """Dimension by dimension in the order of `after`, then those that only `before` has.

    Dimensions are the same by name, since each track has its own; every criterion is in one place.
    """
    old, new = _by_dimension(before), _by_dimension(after)
    differences: list[Difference] = []
    room = MOST_MARKED
    for name in [*new, *(name for name in old if name not in new)]:
        difference = _difference(old.get(name, ()), new.get(name, ()), room=room)
        room -= len(difference.changes)
        differences.append(difference)
    return differences


def _by_dimension(criteria: Iterable[Criterion]) -> Mapping[str, Sequence[Criterion]]:
    dimensions: dict[str, list[Criterion]] = {}
    for criterion in criteria:
        dimensions.setdefault(criterion.dimension.name.casefold(), []).append(criterion)
    return dimensions


def _difference(old: Sequence[Criterion], new: Sequence[Criterion], *, room: int) -> Difference:
    """`room` is of how many changes the words may be compared."""
    pairs = _pairs(old, new)
    before, after = {place for place, _position in pairs}, {position for _place, position in pairs}
    alike = [(old[place], new[position]) for place, position in pairs]
    changed = [pair for pair in alike if pair[0].text != pair[1].text]
    dimension = (new or old)[0].dimension
    return Difference(
        key=dimension.key,
        name=dimension.name,
        changes=[_change(*pair, is_marked=number < room) for number, pair in enumerate(changed)],
        new=[criterion for place, criterion in enumerate(new) if place not in after],
        kept=[other for one, other in alike if one.text == other.text],
        gone=[criterion for place, criterion in enumerate(old) if place not in before],
    )


def _change(before: Criterion, after: Criterion, *, is_marked: bool) -> Change:
    old_words, new_words = [Run(before.text, False)], [Run(after.text, False)]
    if is_marked:
        old_words, new_words = compare_words(before.text, after.text)
    asked = lamps_asked(before, before.level)
    also = [lamp for lamp in lamps_asked(after, after.level) if lamp not in asked]
    return Change(before, after, old_words, new_words, also)


def _pairs(old: Sequence[Criterion], new: Sequence[Criterion]) -> list[tuple[int, int]]:
    """Places in `old` and `new` of what is one criterion: the most alike first until none are.

    Where a dimension has one criterion at each level, they are one that changed.
    """
    if len(old) == len(new) == 1:
        return [(0, 0)]
    if len(old) * len(new) > MOST_LIKENESSES:
        places = {criterion.text: place for place, criterion in enumerate(old)}
        found = ((places.get(criterion.text), position) for position, criterion in enumerate(new))
        return [(place, position) for place, position in found if place is not None]
    before, after = [_Words(one) for one in old], [_Words(one) for one in new]
    alike = [
        (-likeness, place, position)
        for place, one in enumerate(before)
        for position, other in enumerate(after)
        if (likeness := one.likeness(other)) >= ALIKE
    ]
    pairs: dict[int, int] = {}
    free = set(range(len(new)))
    for _unlike, place, position in sorted(alike):
        if place not in pairs and position in free:
            pairs[place] = position
            free.remove(position)
    return sorted(pairs.items(), key=lambda pair: pair[1])


class _Words:
    """The stems and the keywords of a criterion."""

    def __init__(self, criterion: Criterion) -> None:
        self._criterion = criterion

    @cached_property
    def stems(self) -> set[str]:
        words = re.findall(r"\w[\w/-]*", self._criterion.text.casefold())
        return {word[:STEM] for word in words if not SMALL_WORDS.fullmatch(word)}

    @cached_property
    def keywords(self) -> set[str]:
        return {keyword.casefold() for keyword in self._criterion.keywords}

    def likeness(self, other: _Words) -> float:
        if self._criterion.text == other._criterion.text:
            return 2.0
        return _share(self.stems, other.stems) + _share(self.keywords, other.keywords) / 2


def _share(one: set[str], other: set[str]) -> float:
    """What both have of what they have together, from 0 to 1."""
    both = len(one & other)
    return 2 * both / (len(one) + len(other)) if both else 0.0
