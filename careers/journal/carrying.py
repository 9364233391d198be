"""Carrying evidence over to another ladder: to the criteria there that ask the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from careers.journal.actions import PRIMARY_PER_LEVEL, JournalError, update_entry
from careers.journal.content import EntryChange, Support
from careers.journal.models import Evidence
from careers.web.words import compare_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careers.journal.models import Entry
    from careers.ladders.models import Criterion, Ladder
    from careers.people.models import Engineer
    from careers.web.words import Run


@dataclass(frozen=True, slots=True)
class Match:
    """A criterion of another ladder and the one here that asks the same.

    `entries` are those that are evidence there and not yet here; `was` and `now` are both texts
    with their changed words marked, empty where they say the same.
    """

    there: Criterion
    here: Criterion
    entries: Sequence[Entry]
    was: Sequence[Run] = ()
    now: Sequence[Run] = ()

    @property
    def is_reworded(self) -> bool:
        return bool(self.was)

    @property
    def mark(self) -> str:
        """What a form sends of it: another one where anything of what was looked at has changed."""
        texts = sha256(f"{self.there.text}\n{self.here.text}".encode()).hexdigest()
        return f"{self.there.pk}-{self.here.pk}-{texts[:12]}"


def find_matches(engineer: Engineer, ladder: Ladder) -> list[Match]:
    """What is evidence for other ladders and could be for this one, in the order of `ladder`.

    The same is asked by the same words, capitals and spaces aside, and by the same key at a level
    of the same code, which is how a copy begins. Two queries.
    """
    tagged = Evidence.objects.filter(entry__in=engineer.entries.live())
    rows = tagged.select_related("entry__engineer", "criterion__level__ladder")
    there: dict[Criterion, list[Entry]] = defaultdict(list)
    known: set[tuple[int, int]] = set()
    for row in rows.order_by("entry__happened_on", "entry_id"):
        known.add((row.entry_id, row.criterion_id))
        if row.criterion.ladder_id != ladder.pk:
            there[row.criterion].append(row.entry)
    found = []
    for old, new in _pairs(there, ladder):
        entries = [entry for entry in there[old] if (entry.pk, new.pk) not in known]
        if entries:
            is_same = _words(old) == _words(new)
            marked = ((), ()) if is_same else compare_words(old.text, new.text)
            found.append(Match(old, new, entries, *marked))
    return found


@transaction.atomic
def carry_over(matches: Iterable[Match]) -> tuple[int, list[Entry]]:
    """Tag the entries of `matches` here as they are tagged there; how many, and which could not be.

    Those were saved elsewhere meanwhile, or break a rule of another ladder already. What would be
    primary for more criteria of a level here than its ladder allows becomes supporting, the last in
    the order of the ladder first. Each entry gets a new version, from whose history it can be
    brought back.
    """
    wanted: dict[Entry, dict[int, Criterion]] = defaultdict(dict)
    for match in matches:
        for entry in match.entries:
            wanted[entry][match.there.pk] = match.here
    rows: dict[int, list[Evidence]] = defaultdict(list)
    tagged = Evidence.objects.filter(entry__in=wanted).select_related("criterion")
    for row in tagged.order_by("pk"):
        rows[row.entry_id].append(row)
    left_out = []
    for entry, here in wanted.items():
        own, carried = _supports(rows[entry.pk], here)
        change = EntryChange(evidence=[*own, *carried])
        try:
            update_entry(entry, change=change, version=entry.version)
        except JournalError:
            carried = []
        if not carried:
            left_out.append(entry)
    return len(wanted) - len(left_out), left_out


def _pairs(there: Iterable[Criterion], ladder: Ladder) -> list[tuple[Criterion, Criterion]]:
    """Each of `there` that has its like in `ladder`, with it; in the order of `ladder`."""
    here = list(
        ladder.criteria.filter(is_retired=False, level__is_retired=False)
        .select_related("level__ladder")
        .order_by("level__position", "level_id", "dimension__position", "position", "pk")
    )
    by_words = {_words(one): one for one in reversed(here)}
    by_level_and_words = {(one.level.code, _words(one)): one for one in here}
    by_key = {(one.level.code, one.key): one for one in here}
    pairs = [
        (old, new)
        for old in there
        if (
            new := by_level_and_words.get((old.level.code, _words(old)))
            or by_words.get(_words(old))
            or by_key.get((old.level.code, old.key))
        )
    ]
    places = {one: place for place, one in enumerate(here)}
    return sorted(pairs, key=lambda pair: places[pair[1]])


def _words(criterion: Criterion) -> str:
    return " ".join(criterion.text.casefold().split())


def _supports(
    rows: Sequence[Evidence], here: Mapping[int, Criterion]
) -> tuple[list[Support], list[Support]]:
    """What the rows of an entry say, and what of that is carried; `here` by the criterion there.

    Where two lead to one it is primary if either is, with the first note. A criterion that was
    untagged meanwhile leads nowhere.
    """
    carried: dict[int, Support] = {}
    for row in rows:
        if new := here.get(row.criterion_id):
            known = carried.get(new.pk, Support(new.pk, is_primary=False))
            is_primary = known.is_primary or row.is_primary
            carried[new.pk] = Support(new.pk, is_primary, known.note or row.note)
    primaries = Counter(row.criterion.level_id for row in rows if row.is_primary)
    for new in dict.fromkeys(here.values()):
        if (support := carried.get(new.pk)) is None:
            continue
        primaries[new.level_id] += support.is_primary
        most = new.level.ladder.rules.get("primary_criteria_per_level", PRIMARY_PER_LEVEL)
        if support.is_primary and primaries[new.level_id] > most:
            carried[new.pk] = replace(support, is_primary=False)
    own = [Support(row.criterion_id, row.is_primary, row.note) for row in rows]
    return own, list(carried.values())
