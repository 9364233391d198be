"""For tests of the tray: rows as an importer reads them, contents as candidates have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careers.journal.content import Support
from careers.journal.importers.reading import Reading, Row, key_of
from tests.factories import FRIDAY, CriterionFactory, LevelFactory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careers.ladders.models import Criterion
    from careers.people.models import Engineer

METRIC = {
    "name": "build time",
    "before": "12",
    "after": "5.5",
    "unit": "min",
    "better": "lower",
    "basis": "estimated",
    "is_new": False,
    "for_whom": "",
}
LINK = {"url": "https://example.com/1", "label": "the change"}


def row(title: str = "Halved the build", *keys: str, **parts: Any) -> Row:
    """A row of one line of FRIDAY; its key is that of its title when none is named."""
    keys = keys or (key_of(title),)
    return Row(**{"title": title, "keys": keys, "lines": (1,), "happened_on": FRIDAY, **parts})


def reading(*rows: Row, **parts: Any) -> Reading:
    return Reading(**{"format": "markdown", "rows": rows, "left_out": (), **parts})


def content(
    title: str = "Halved the build",
    *,
    project: str = "",
    metrics: Iterable[Any] = (),
    links: Iterable[Any] = (),
    evidence: Iterable[Any] = (),
    **fields: str,
) -> dict[str, Any]:
    """The content of a candidate that is as short as one can be, and what is named besides."""
    return {
        "fields": {
            "title": title,
            "happened_on": FRIDAY.isoformat(),
            "what": "",
            "outcome": "",
            "kind": "shipped",
            "role": "",
            "reach": "team",
            "status": "shipped",
            "visibility": "shareable",
            "collaborators": "",
            **fields,
        },
        "project": project,
        "metrics": [*metrics],
        "links": [*links],
        "evidence": [*evidence],
    }


def tagged(*criteria: Criterion, is_primary: bool = True) -> list[dict[str, Any]]:
    """Evidence as a content has it."""
    return [{"criterion": c.pk, "is_primary": is_primary, "note": ""} for c in criteria]


def primary(*criteria: Criterion) -> list[Support]:
    """Evidence as a change has it."""
    return [Support(criterion.pk, is_primary=True) for criterion in criteria]


def criteria_of_one_level(count: int) -> list[Criterion]:
    return CriterionFactory.create_batch(count, level=LevelFactory.create(label="L6+"))


def titles_in_tray(engineer: Engineer) -> list[str]:
    """Of what is still to be accepted, in order."""
    candidates = engineer.candidates.pending().in_order()
    return [candidate.content["fields"]["title"] for candidate in candidates]
