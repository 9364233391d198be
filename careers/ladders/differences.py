"""What one level asks and another does not: the criteria of two levels laid beside each other.

Ladders do not say which criterion of a level continues which of the level below, so it is found
from their words. Pure: criteria in, rows out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from careers.ladders.lamps import lamps_asked
from careers.web.words import SMALL_WORDS, Run, compare_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from careers.ladders.lamps import Lamp
    from careers.ladders.models import Criterion

type Pairing = Callable[[Sequence[Criterion], Sequence[Criterion]], list[tuple[int, int]]]

# Two criteria are one that changed from this likeness on: the share of their words that both have,
# plus half the share of their keywords. Found by reading the pairs of neighbouring levels of the
# built-in ladders: from 0.3 on nearly all are about one thing, below it nearly none.
ALIKE = 0.3
MOST_LIKENESSES = 10_000  # of two levels; beyond, only criteria of the same words are paired
MOST_MARKED = 200  # pairs; nobody reads the marks of more, and comparing their words takes long
STEM = 5  # letters by which "design", "designs" and "designed" are one word


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion and what continues it, in other words or in the same.

    Both texts with what changed marked, unless they share nothing or the levels have very many
    pairs; and the lamps that only the second asks for.
    """

    before: Criterion
    after: Criterion
    old_words: Sequence[Run]
    new_words: Sequence[Run]
    also_asked: Sequence[Lamp]

    @property
    def is_kept(self) -> bool:
        """Whether the second says the same, and asks for no more."""
        return (
            self.before.text == self.after.text
            and self.before.is_required == self.after.is_required
            and not self.also_asked
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A dimension at two levels; what is `gone` is not said any more at the second."""

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
    likenesses = sum(len(criteria) * len(new.get(name, ())) for name, criteria in old.items())
    pair = _pair_alike if likenesses <= MOST_LIKENESSES else _pair_same
    sides = [
        (old.get(name, ()), new.get(name, ()))
        for name in [*new, *(name for name in old if name not in new)]
    ]
    pairs = [pair(*side) for side in sides]
    is_marked = sum(map(len, pairs)) <= MOST_MARKED
    return [
        _difference(*side, found, is_marked=is_marked)
        for side, found in zip(sides, pairs, strict=True)
    ]


def _by_dimension(criteria: Iterable[Criterion]) -> Mapping[str, Sequence[Criterion]]:
    dimensions: dict[str, list[Criterion]] = {}
    for criterion in criteria:
        dimensions.setdefault(criterion.dimension.name.casefold(), []).append(criterion)
    return dimensions


def _difference(
    old: Sequence[Criterion],
    new: Sequence[Criterion],
    pairs: Sequence[tuple[int, int]],
    *,
    is_marked: bool,
) -> Difference:
    before, after = {place for place, _position in pairs}, {position for _place, position in pairs}
    alike = [_change(old[place], new[position], is_marked=is_marked) for place, position in pairs]
    return Difference(
        name=(new or old)[0].dimension.name,
        changes=[change for change in alike if not change.is_kept],
        new=[criterion for place, criterion in enumerate(new) if place not in after],
        kept=[change.after for change in alike if change.is_kept],
        gone=[criterion for place, criterion in enumerate(old) if place not in before],
    )


def _change(before: Criterion, after: Criterion, *, is_marked: bool) -> Change:
    old_words, new_words = [Run(before.text, False)], [Run(after.text, False)]
    if is_marked and before.text != after.text:
        marked = compare_words(before.text, after.text)
        # Where they have nothing in common, marks all over would say no more than none.
        if not all(run.is_changed for run in marked[1]):
            old_words, new_words = marked
    asked = lamps_asked(before, before.level)
    also = [lamp for lamp in lamps_asked(after, after.level) if lamp not in asked]
    return Change(before, after, old_words, new_words, also)


def _pair_same(old: Sequence[Criterion], new: Sequence[Criterion]) -> list[tuple[int, int]]:
    """Places in `old` and `new` of criteria of the same words."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, criterion in reversed([*enumerate(old)]):
        places[criterion.text].append(place)
    return [
        (places[criterion.text].pop(), position)
        for position, criterion in enumerate(new)
        if places[criterion.text]
    ]


def _pair_alike(old: Sequence[Criterion], new: Sequence[Criterion]) -> list[tuple[int, int]]:
    """Places in `old` and `new` of what is one criterion: the most alike first until none are.

    Where a dimension has one criterion at each level, they are one that changed.
    """
    if len(old) == len(new) == 1:
        return [(0, 0)]
    before, after = [_Words(one) for one in old], [_Words(one) for one in new]
    likeness = [
        (-one.likeness(other), place, position)
        for place, one in enumerate(before)
        for position, other in enumerate(after)
    ]
    pairs: dict[int, int] = {}
    free = set(range(len(new)))
    for unlike, place, position in sorted(likeness):
        if -unlike >= ALIKE and place not in pairs and position in free:
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


def _share(one: Collection[str], other: Collection[str]) -> float:
    """What both have of what they have together, from 0 to 1."""
    both = len({*one} & {*other})
    return 2 * both / (len(one) + len(other)) if both else 0.0
