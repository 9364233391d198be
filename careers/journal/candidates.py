"""Candidates as the tray shows them, and a reading as its preview does."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from careers.journal.history import metric_text
from careers.journal.models import Candidate, Entry, Evidence
from careers.journal.suggestions import Suggester
from careers.journal.tray import compare
from careers.ladders.models import Criterion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careers.journal.evidence import Goals
    from careers.journal.importers.reading import Reading, Row
    from careers.journal.models.tray import CandidateQuerySet
    from careers.people.models import Engineer

PAGE = 100  # candidates
SHOWN = 200  # rows of a preview
LEARN_FROM = 3_000  # rows of evidence


@dataclass(frozen=True, slots=True)
class Proposal:
    """A criterion that a candidate may be evidence for; `words` led to it."""

    criterion: Criterion
    words: str


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A candidate in the list. `lacks` are the words for what its entry would lack to count."""

    candidate: Candidate
    happened_on: dt.date
    fields: Mapping[str, Any]
    kind: str
    role: str
    numbers: tuple[str, ...]
    criteria: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the tray's three lists: what to accept, what was left unticked, what was dismissed."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class TrayPage:
    tabs: tuple[Tab, ...]
    tab: str
    rows: tuple[CandidateRow, ...]
    number: int
    count: int  # pages
    total: int  # candidates in this list

    @property
    def has_next(self) -> bool:
        return self.number < self.count


TABS = {
    "ticked": Q(state=Candidate.State.PENDING, is_ticked=True),
    "unticked": Q(state=Candidate.State.PENDING, is_ticked=False),
    "dismissed": Q(state=Candidate.State.DISMISSED),
}


def in_tab(engineer: Engineer, tab: str) -> CandidateQuerySet:
    return engineer.candidates.filter(TABS[tab]).in_order()


def tray_page(engineer: Engineer, goals: Goals, *, tab: str = "", number: int = 1) -> TrayPage:
    """One of the lists, PAGE at a time; without a name the first that has something in it."""
    counts = engineer.candidates.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in TABS.items()}
    )
    if tab not in TABS:
        tab = next((name for name in TABS if counts[name]), "ticked")
    labels = {
        "ticked": _("To accept"),
        "unticked": _("Left unticked"),
        "dismissed": _("Dismissed"),
    }
    tabs = tuple(Tab(name, labels[name], counts[name]) for name in TABS)
    pages = Paginator(in_tab(engineer, tab), PAGE)
    pages.count = counts[tab]  # counted already
    page = pages.get_page(number)
    reader = CandidateReader(engineer, goals)
    rows = tuple(reader.row(candidate) for candidate in page)
    return TrayPage(tabs, tab, rows, page.number, pages.num_pages, counts[tab])


class CandidateReader:
    """Makes rows of candidates; reads what it needs for all of them in two queries."""

    def __init__(self, engineer: Engineer, goals: Goals) -> None:
        self.criteria = {
            criterion.pk: criterion
            for criterion in Criterion.objects.of_levels(goals.target, goals.held)
        }
        own = [
            criterion
            for criterion in self.criteria.values()
            if goals.target is None or criterion.level_id == goals.target.pk
        ]
        self.suggester = Suggester(
            {criterion.pk: criterion.keywords for criterion in own},
            _tagged(engineer, [criterion.pk for criterion in own]),
        )

    def row(self, candidate: Candidate) -> CandidateRow:
        content = candidate.content
        fields = content["fields"]
        known = [support["criterion"] for support in content["evidence"]]
        text = "\n".join([fields["title"], fields["what"], fields["outcome"], content["project"]])
        return CandidateRow(
            candidate=candidate,
            happened_on=dt.date.fromisoformat(fields["happened_on"]),
            fields=fields,
            kind=str(Entry.Kind(fields["kind"]).label),
            role=str(Entry.Role(fields["role"]).label) if fields["role"] else "",
            numbers=tuple(metric_text(metric) for metric in content["metrics"]),
            criteria=tuple(
                self.criteria[key].text if key in self.criteria else _("another level’s criterion")
                for key in known
            ),
            proposals=tuple(
                Proposal(self.criteria[found.criterion], ", ".join(found.words))
                for found in self.suggester.suggest(text, without=known)
            ),
            lacks=tuple(_lacks(fields, known)),
        )


def _lacks(fields: Mapping[str, Any], criteria: Sequence[int]) -> list[str]:
    """What its entry would lack to count, in a word or two."""
    lacking = [
        (_("why it mattered"), not fields["outcome"].strip()),
        (_("your role"), not fields["role"]),
        (_("an end"), fields["status"] == Entry.Status.IN_PROGRESS),
        (_("a criterion"), not criteria),
    ]
    return [word for word, is_lacking in lacking if is_lacking]


def _tagged(engineer: Engineer, criteria: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Texts of this engineer's entries with the criteria they are evidence for, newest first."""
    rows = (
        Evidence.objects.filter(
            entry__engineer=engineer, entry__deleted_at=None, criterion__in=criteria
        )
        .order_by("-pk")
        .values_list("entry_id", "entry__title", "entry__outcome", "criterion_id")[:LEARN_FROM]
    )
    texts: dict[int, str] = {}
    tagged: dict[int, list[int]] = defaultdict(list)
    for entry_id, title, outcome, criterion in rows:
        texts[entry_id] = f"{title}\n{outcome}"
        tagged[entry_id].append(criterion)
    return [(text, tagged[entry_id]) for entry_id, text in texts.items()]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    row: Row
    is_known: bool
    kind: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A reading before it comes in: its first SHOWN rows, and how many there are of each kind."""

    reading: Reading
    rows: tuple[PreviewRow, ...]
    known: int
    new: int
    ticked: int
    without_day: int
    more: int


def preview_of(engineer: Engineer, reading: Reading) -> Preview:
    arrivals = compare(engineer, reading)
    known = sum(arrival.is_known for arrival in arrivals)
    new = [arrival.row for arrival in arrivals if not arrival.is_known]
    return Preview(
        reading=reading,
        rows=tuple(
            PreviewRow(
                arrival.row,
                arrival.is_known,
                str(Entry.Kind(arrival.row.kind).label),
                tuple(
                    f"{number.name}: {number.before:f} → {number.after:f} {number.unit}".strip()
                    for number in arrival.row.numbers
                ),
            )
            for arrival in arrivals[:SHOWN]
        ),
        known=known,
        new=len(new),
        ticked=sum(row.is_ticked for row in new),
        without_day=sum(row.is_day_proposed and row.is_ticked for row in new),
        more=max(0, len(arrivals) - SHOWN),
    )
