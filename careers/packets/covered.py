"""Coverage as a document shows it: criteria, their lamps, the best evidence of each. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from careers.coverage.days import name_month
from careers.journal.countable import Measure, MetricFacts, measure_of
from careers.packets.entries import Cited, number_criteria
from careers.packets.parts import Criterion, Dimension, EvidenceLine, Lamp, Reference
from careers.packets.wording import LAMPS, STATES, Words, say_change, say_numbers, word_of

BEST = 3
MOST_MARKS = 16  # more do not fit in a line of the front page
LAMP_STEP = 24

_ROLES = ("led", "co_led", "contributed", "supported")
_MEASURES = (Measure.MEASURED, Measure.ESTIMATED, Measure.NONE)

Row = Mapping[str, Any]


def present_criteria(document: Row, cited: Cited) -> dict[str, Criterion]:
    references = number_criteria(document)
    shared = _shared_reasons(document)
    entries = {entry["id"]: entry for entry in cited.entries}
    return {
        row["key"]: _criterion(row, references[row["key"]], shared, entries, cited)
        for row in document["criteria"]
    }


def present_dimensions(document: Row, criteria: Mapping[str, Criterion]) -> list[Dimension]:
    members: dict[str, list[Criterion]] = defaultdict(list)
    for row in document["criteria"]:
        members[row["dimension"]].append(criteria[row["key"]])
    return [_dimension(row, members[row["key"]], criteria) for row in document["dimensions"]]


def shared_lamp_notes(document: Row) -> list[str]:
    """Why a lamp is asked of no criterion at all, said once: "Corroborated: not asked while…"."""
    return [
        f"{word_of(LAMPS, name)}: {sentence}"
        for name, sentence in _shared_reasons(document).items()
    ]


def _shared_reasons(document: Row) -> dict[str, str]:
    """The lamps that no criterion asks for, all for the same reason."""
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in document["criteria"]:
        for name, lamp in row["lamps"].items():
            said[name].add((lamp["state"], lamp["sentence"]))
    return {
        name: next(iter(pairs))[1]
        for name in LAMPS
        if len(pairs := said[name]) == 1 and next(iter(pairs))[0] == "not_asked"
    }


def _dimension(
    row: Row, members: Sequence[Criterion], criteria: Mapping[str, Criterion]
) -> Dimension:
    weakest = criteria.get(row["weakest"] or "")
    required = row["required"]
    return Dimension(
        name=Words(row["name"]),
        met=row["met"],
        required=required,
        set_aside=row["set_aside"],
        marks=[place < row["met"] for place in range(required)] if required <= MOST_MARKS else [],
        weakest=Reference(weakest.number, weakest.anchor) if weakest else None,
        criteria=members,
    )


def _criterion(
    row: Row,
    reference: Reference,
    shared: Mapping[str, str],
    entries: Mapping[int, Row],
    cited: Cited,
) -> Criterion:
    lamps = _lamps(row["lamps"])
    counted = [entries[item["entry"]] for item in row["evidence"] if item["counted"]]
    others = [entries[item["entry"]] for item in row["evidence"] if not item["counted"]]
    best = _best(counted) or _best(others)
    shown = {entry["id"] for entry in best}
    return Criterion(
        number=reference.label,
        anchor=reference.anchor,
        text=Words(row["text"]),
        is_required=row["required"],
        is_proven=row["proven"],
        not_applicable_reason=Words(row["not_applicable_reason"].strip()),
        note=Words(row.get("note", "").strip()),
        facts=row.get("facts", ""),
        lamps=lamps,
        lamps_text="; ".join(f"{lamp.label}: {lamp.state_label}" for lamp in lamps),
        said=[lamp for lamp in lamps if lamp.name not in shared],
        best=[_line(entry, cited) for entry in best],
        counted_too=_references(counted, shown, cited),
        supporting=_references(others, shown, cited),
    )


def _references(entries: Sequence[Row], shown: set[int], cited: Cited) -> list[Reference]:
    rest = sorted(
        (entry for entry in entries if entry["id"] not in shown),
        key=lambda entry: (entry["happened_on"], entry["id"]),
    )
    return [cited.references[entry["id"]] for entry in rest]


def _lamps(lamps: Mapping[str, Row]) -> list[Lamp]:
    return [
        Lamp(
            name=name,
            label=word_of(LAMPS, name),
            letter=word_of(LAMPS, name)[:1],
            state=lamps[name]["state"],
            state_label=word_of(STATES, lamps[name]["state"]),
            sentence=lamps[name]["sentence"],
            x=place * LAMP_STEP,
        )
        for place, name in enumerate(name for name in LAMPS if name in lamps)
    ]


def _best(entries: Sequence[Row]) -> list[Row]:
    """Up to BEST, first one of each project: the measured, then the led, then the newest."""
    newest = sorted(entries, key=lambda entry: (entry["happened_on"], entry["id"]), reverse=True)
    ranked = sorted(newest, key=_rank)
    firsts = list({entry["project"]: entry for entry in reversed(ranked)}.values())
    firsts.sort(key=ranked.index)
    return [*firsts, *(entry for entry in ranked if entry not in firsts)][:BEST]


def _rank(entry: Row) -> tuple[int, int]:
    measures = [_MEASURES.index(_measure(metric)) for metric in entry["metrics"]]
    role = _ROLES.index(entry["role"]) if entry["role"] in _ROLES else len(_ROLES)
    return min(measures, default=len(_MEASURES)), role


def _measure(metric: Row) -> Measure:
    before, after = metric["before"], metric["after"]
    return measure_of(
        MetricFacts(
            before=None if before is None else Decimal(before),
            after=None if after is None else Decimal(after),
            unit=metric["unit"],
            basis=metric["basis"],
            is_new=metric["new"],
            for_whom=metric["for_whom"],
        )
    )


def _line(entry: Row, cited: Cited) -> EvidenceLine:
    metrics = sorted(
        (metric for metric in entry["metrics"] if metric["after"] is not None),
        key=lambda metric: _MEASURES.index(_measure(metric)),
    )
    figure = ""
    if metrics:
        figure = ", ".join(filter(None, (say_numbers(metrics[0]), say_change(metrics[0]))))
    reference = cited.references[entry["id"]]
    when = name_month(cited.presented[int(reference.label) - 1].on)
    return EvidenceLine(reference, Words(entry["title"]), when, Words(figure))
