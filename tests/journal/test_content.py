from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from careers.journal.content import EntryChange, Support, contents_of, differs
from careers.journal.models import Entry
from tests.factories import (
    FRIDAY,
    EngineerFactory,
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    MetricFactory,
    ProjectFactory,
)

METRIC = {
    "name": "p99 latency",
    "before": "800",
    "after": "0.5",
    "unit": "ms",
    "better": "lower",
    "basis": "measured",
    "is_new": False,
    "for_whom": "",
}
LINK = {"url": "https://example.com/1", "label": "the change"}
CONTENT: dict[str, Any] = {
    "fields": {
        "title": "Halved the build",
        "happened_on": "2026-11-20",
        "what": "",
        "outcome": "",
        "kind": "shipped",
        "role": "",
        "reach": "team",
        "status": "shipped",
        "visibility": "shareable",
        "collaborators": "",
    },
    "project": "Falcon",
    "metrics": [METRIC],
    "links": [LINK],
    "evidence": [
        {"criterion": 1, "is_primary": True, "note": "why"},
        {"criterion": 2, "is_primary": False, "note": ""},
    ],
}
SUPPORTS = [Support(2, is_primary=False), Support(1, is_primary=True, note="why")]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(EntryChange(), id="nothing named"),
        pytest.param(EntryChange(fields={"title": "Halved the build"}), id="title"),
        pytest.param(EntryChange(fields={"happened_on": FRIDAY}), id="day"),
        pytest.param(EntryChange(fields={"role": ""}), id="no role"),
        pytest.param(EntryChange(project_title=" Falcon "), id="project"),
        pytest.param(EntryChange(project_title="falcon"), id="project in other capitals"),
        pytest.param(EntryChange(has_own_project=True), id="a project of its own, which it has"),
        pytest.param(
            EntryChange(
                metrics=[{**METRIC, "before": Decimal("800.000"), "after": Decimal(".50")}]
            ),
            id="numbers with other noughts",
        ),
        pytest.param(EntryChange(links=[LINK]), id="links"),
        pytest.param(EntryChange(evidence=SUPPORTS), id="evidence in any order"),
    ],
)
def test_content_does_not_differ_from_a_change_that_leaves_it_as_it_is(change: EntryChange) -> None:
    assert not differs(CONTENT, change)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(EntryChange(fields={"title": "Halved every build"}), id="title"),
        pytest.param(EntryChange(fields={"title": "halved the build"}), id="title's capitals"),
        pytest.param(EntryChange(fields={"role": "led"}), id="role"),
        pytest.param(EntryChange(project_title="Osprey"), id="project"),
        pytest.param(EntryChange(project_title=""), id="no project"),
        pytest.param(EntryChange(metrics=[]), id="no number"),
        pytest.param(EntryChange(metrics=[{**METRIC, "after": Decimal(1)}]), id="number"),
        pytest.param(EntryChange(metrics=[METRIC, METRIC]), id="another number"),
        pytest.param(EntryChange(links=[]), id="no link"),
        pytest.param(EntryChange(links=[{**LINK, "label": ""}]), id="label"),
        pytest.param(EntryChange(evidence=[]), id="no evidence"),
        pytest.param(EntryChange(evidence=SUPPORTS[:1]), id="less evidence"),
        pytest.param(
            EntryChange(evidence=[SUPPORTS[0], Support(1, is_primary=False, note="why")]),
            id="supporting, not primary",
        ),
        pytest.param(
            EntryChange(evidence=[SUPPORTS[0], Support(1, is_primary=True)]), id="no note"
        ),
    ],
)
def test_content_differs_from_a_change_that_would_change_it(change: EntryChange) -> None:
    assert differs(CONTENT, change)


@pytest.mark.django_db
def test_contents_of_hold_the_whole_of_each_entry() -> None:
    project = ProjectFactory.create(title="Falcon")
    entry = EntryFactory.create(project=project, title="Halved the build")
    MetricFactory.create(entry=entry, after=Decimal("0.5"))
    EntryLinkFactory.create(entry=entry, url=LINK["url"], label=LINK["label"])
    first = EvidenceFactory.create(entry=entry, note="why")
    second = EvidenceFactory.create(entry=entry, is_primary=False)

    contents = contents_of([entry])

    evidence = [
        {"criterion": first.criterion_id, "is_primary": True, "note": "why"},
        {"criterion": second.criterion_id, "is_primary": False, "note": ""},
    ]
    assert contents == {entry.pk: {**CONTENT, "evidence": evidence}}


@pytest.mark.django_db
def test_contents_of_take_four_queries_however_many_entries(django_assert_num_queries: Any) -> None:
    engineer = EngineerFactory.create()
    for entry in EntryFactory.create_batch(30, engineer=engineer):
        MetricFactory.create(entry=entry)
        EntryLinkFactory.create(entry=entry)
    entries = [*Entry.objects.all()]

    with django_assert_num_queries(4):
        contents = contents_of(entries)

    assert len(contents) == 30


def test_contents_of_nothing_are_nothing() -> None:
    assert contents_of([]) == {}
