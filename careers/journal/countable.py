"""What an entry lacks to count as evidence, when a metric is complete, the default window.

The part of design.md's section 4 that needs no rows and no clock: facts in, answers out.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MINYEAR, date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext, gettext_lazy

WINDOW_MONTHS = 18  # unless a ladder asks for others


class Lack(StrEnum):
    """One reason why an entry does not count, in the order in which reasons are told."""

    DELETED = "deleted"
    PRIVATE = "private"
    OUTSIDE = "outside"
    IN_PROGRESS = "in_progress"
    NO_OUTCOME = "no_outcome"
    NO_ROLE = "no_role"


class Measure(StrEnum):
    """How well a number is known, weakest first."""

    NONE = ""
    ESTIMATED = "estimated"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Window:
    """Two dates, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(gettext("A window cannot start after it ends."))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricFacts:
    """A number of an entry. `is_new` with `for_whom` stands in for a `before` that never was."""

    before: Decimal | None
    after: Decimal | None
    unit: str
    basis: str
    is_new: bool
    for_whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What the rules read of an entry; `measure` is the best of its complete metrics."""

    id: int
    project: int | None
    happened_on: date
    is_deleted: bool
    is_shareable: bool
    status: str
    has_outcome: bool
    role: str
    kind: str
    reach: str
    measure: Measure


_SENTENCES = {
    Lack.DELETED: gettext_lazy("It is in the trash; take it out and it can count again."),
    Lack.PRIVATE: gettext_lazy("It is private; only what may go into a packet can count."),
    Lack.OUTSIDE: gettext_lazy("Its day lies outside the window; only days inside it count."),
    Lack.IN_PROGRESS: gettext_lazy("It is still in progress; it counts once the work is done."),
    Lack.NO_OUTCOME: gettext_lazy(
        "It has no outcome; say why it mattered, or nobody can judge it."
    ),
    Lack.NO_ROLE: gettext_lazy("Your role is not chosen; say what part of it was yours."),
}


def default_window(today: date, months: int = WINDOW_MONTHS) -> Window:
    """From the same day `months` earlier, or that month's last, to `today`.

    A start before the calendar's first day becomes that day.
    """
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < MINYEAR:
        return Window(date.min, today)
    last_day = monthrange(year, month + 1)[1]
    return Window(date(year, month + 1, min(today.day, last_day)), today)


def missing_from_metric(metric: MetricFacts) -> tuple[str, ...]:
    """Which of after, unit, basis, before_or_for_whom a metric lacks; nothing when complete."""
    has_base = metric.before is not None or (metric.is_new and bool(metric.for_whom.strip()))
    present = {
        "after": metric.after is not None,
        "unit": bool(metric.unit.strip()),
        "basis": metric.basis in (Measure.MEASURED, Measure.ESTIMATED),
        "before_or_for_whom": has_base,
    }
    return tuple(part for part, is_present in present.items() if not is_present)


def measure_of(metric: MetricFacts) -> Measure:
    """The basis of a complete metric; of an incomplete one, none."""
    return Measure.NONE if missing_from_metric(metric) else Measure(metric.basis)


def best_measure(metrics: Iterable[MetricFacts]) -> Measure:
    """Measured before estimated before none; none also when there are no metrics."""
    measures = {measure_of(metric) for metric in metrics}
    return next((best for best in reversed(Measure) if best in measures), Measure.NONE)


def change_of(before: Decimal, after: Decimal) -> Decimal | None:
    """The change in per cent, not rounded: from 800 to 200 it is -75; from 0 there is none.

    A negative base counts by its size, so that the sign always tells up from down.
    """
    return None if before == 0 else (after - before) * 100 / abs(before)


def plain(number: Decimal | None) -> str | None:
    """A decimal as people write it: 45, not 45.000000."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def lacks(entry: EntryFacts, window: Window) -> tuple[Lack, ...]:
    """All that keeps an entry from counting, in the order of `Lack`; nothing when countable."""
    found = (  # pairs, not a dict: asked of every row of evidence, and enums hash slowly
        (Lack.DELETED, entry.is_deleted),
        (Lack.PRIVATE, not entry.is_shareable),
        (Lack.OUTSIDE, entry.happened_on not in window),
        (Lack.IN_PROGRESS, entry.status == "in_progress"),
        (Lack.NO_OUTCOME, not entry.has_outcome),
        (Lack.NO_ROLE, not entry.role),
    )
    return tuple([lack for lack, is_found in found if is_found])


def is_countable(entry: EntryFacts, window: Window) -> bool:
    """Whether an entry can be evidence at all; which criteria it counts for is coverage's."""
    return not lacks(entry, window)


def lack_sentence(lack: Lack) -> str:
    """For the owner: what is missing and why it matters."""
    return str(_SENTENCES[lack])
