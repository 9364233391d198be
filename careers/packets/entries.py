"""The entries that a document cites, numbered by date, and what each is evidence of. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careers.coverage.days import name_day
from careers.packets.parts import Entry, Link, Metric, Reference, Support
from careers.packets.wording import (
    BASES,
    KINDS,
    REACHES,
    ROLES,
    STATUSES,
    Words,
    paragraphs,
    safe_address,
    say_change,
    say_numbers,
    short_address,
    word_of,
)


@dataclass(frozen=True, slots=True)
class Dated:
    on: dt.date
    entry: Entry


@dataclass(frozen=True, slots=True)
class Cited:
    """`entries` as the document has them; the rest by their ids. `presented` is in their order."""

    entries: Sequence[Mapping[str, Any]]
    projects: Mapping[int, str]
    references: Mapping[int, Reference]
    presented: Sequence[Dated]
    counted: frozenset[int]

    @property
    def titles(self) -> dict[int, str]:
        return {entry["id"]: entry["title"] for entry in self.entries}

    @property
    def anchors(self) -> dict[int, str]:
        return {key: reference.anchor for key, reference in self.references.items()}

    def days_counted(self) -> list[dt.date]:
        return [_day(entry) for entry in self.entries if entry["id"] in self.counted]

    def days_supporting(self) -> list[dt.date]:
        return [_day(entry) for entry in self.entries if entry["id"] not in self.counted]


def cite(document: Mapping[str, Any]) -> Cited:
    entries = sorted(document["entries"], key=lambda entry: (entry["happened_on"], entry["id"]))
    projects = {project["id"]: project["title"] for project in document["projects"]}
    references = {
        entry["id"]: Reference(str(number), f"entry-{number}")
        for number, entry in enumerate(entries, 1)
    }
    supports, counted = _supports(document)
    presented = [
        Dated(_day(entry), _entry(number, entry, projects, supports[entry["id"]]))
        for number, entry in enumerate(entries, 1)
    ]
    return Cited(entries, projects, references, presented, frozenset(counted))


def number_criteria(document: Mapping[str, Any]) -> dict[str, Reference]:
    """A reference for each criterion's key: 2.3 is the third of the second dimension."""
    places = {dimension["key"]: n for n, dimension in enumerate(document["dimensions"], 1)}
    counts: dict[str, int] = defaultdict(int)
    references = {}
    for criterion in document["criteria"]:
        dimension = criterion["dimension"]
        counts[dimension] += 1
        label = f"{places.get(dimension, 0)}.{counts[dimension]}"
        references[criterion["key"]] = Reference(label, f"criterion-{label.replace('.', '-')}")
    return references


def _supports(document: Mapping[str, Any]) -> tuple[dict[int, list[Support]], set[int]]:
    references = number_criteria(document)
    supports: dict[int, list[Support]] = defaultdict(list)
    counted = set()
    for criterion in document["criteria"]:
        for evidence in criterion["evidence"]:
            if evidence["counted"]:
                counted.add(evidence["entry"])
            supports[evidence["entry"]].append(
                Support(references[criterion["key"]], evidence["counted"], Words(evidence["note"]))
            )
    return supports, counted


def _day(entry: Mapping[str, Any]) -> dt.date:
    return dt.date.fromisoformat(entry["happened_on"])


def _entry(
    number: int,
    entry: Mapping[str, Any],
    projects: Mapping[int, str],
    supports: Sequence[Support],
) -> Entry:
    return Entry(
        number=number,
        anchor=f"entry-{number}",
        day=name_day(_day(entry)),
        date=entry["happened_on"],
        title=Words(entry["title"]),
        what=paragraphs(entry["what"]),
        outcome=paragraphs(entry["outcome"]),
        project=Words(projects.get(entry["project"], "")),
        facts=_facts(entry),
        metrics=[present_metric(metric) for metric in entry["metrics"]],
        links=[present_link(link) for link in entry["links"]],
        supports=supports,
    )


def _facts(entry: Mapping[str, Any]) -> str:
    """Shipped · led · for several teams; what says a thing twice is said once."""
    words = [
        word_of(KINDS, entry["kind"]),
        word_of(ROLES, entry["role"]),
        word_of(REACHES, entry["reach"]),
        word_of(STATUSES, entry["status"]),
    ]
    if entry["status"] == "shipped":
        words.pop()
    return " · ".join(word for word in words if word)


def present_metric(metric: Mapping[str, Any]) -> Metric:
    return Metric(
        name=Words(metric["name"]),
        numbers=Words(say_numbers(metric)),
        change=say_change(metric),
        basis=word_of(BASES, metric["basis"]),
        for_whom=Words(metric["for_whom"]),
    )


def present_link(link: Mapping[str, Any]) -> Link:
    return Link(safe_address(link["url"]), Words(link["label"]), short_address(link["url"]))
