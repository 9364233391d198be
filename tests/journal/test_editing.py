from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.http import QueryDict

from careers.journal.actions import update_entry
from careers.journal.content import EntryChange, Support, contents_of
from careers.journal.editing import EntryEditor
from careers.journal.evidence import goals_of
from tests.factories import (
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    MetricFactory,
    ProjectFactory,
    TargetFactory,
)

if TYPE_CHECKING:
    from careers.journal.models import Entry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False),
]


@pytest.fixture
def entry() -> Entry:
    """An entry with every part."""
    entry = EntryFactory.create(
        project=ProjectFactory.create(title="Falcon"), counted=True, what="Two\nlines", version=2
    )
    evidence = EvidenceFactory.create(entry=entry, note="why")
    TargetFactory.create(engineer=entry.engineer, level=evidence.criterion.level)
    MetricFactory.create(entry=entry, position=1, name="second")
    MetricFactory.create(entry=entry, position=0, name="first", after=Decimal("0.5"))
    EntryLinkFactory.create(entry=entry)
    return entry


def editor_of(entry: Entry, **data: str) -> EntryEditor:
    sent = QueryDict(mutable=True)
    sent.update(data)
    return EntryEditor(entry, goals_of(entry.engineer), sent)


def sent_by_page(entry: Entry) -> dict[str, str]:
    """What a browser sends of the page of an entry when nothing was changed."""
    editor = EntryEditor(entry, goals_of(entry.engineer))
    sent: dict[str, Any] = {name: editor.form[name].value() for name in editor.form.fields}
    for formset in (editor.metrics, editor.links):
        for form in (formset.management_form, *formset.forms):
            fields = {form.add_prefix(name): form[name].value() for name in form.fields}
            sent |= {name: value for name, value in fields.items() if value is not False}
    for group in editor.evidence.levels():
        for _name, choices in group.dimensions:
            for choice in choices:
                sent[f"evidence-{choice.criterion.pk}"] = choice.support
                sent[f"note-{choice.criterion.pk}"] = choice.note
    return {name: "" if value is None else str(value) for name, value in sent.items()}


def test_page_sent_back_as_it_came_changes_nothing(entry: Entry) -> None:
    before = contents_of([entry])
    editor = editor_of(entry, **sent_by_page(entry))
    assert editor.is_valid()

    update_entry(entry, change=editor.change(), version=editor.version)

    assert contents_of([entry]) == before


def test_part_that_was_not_sent_stays_as_it_is(entry: Entry) -> None:
    editor = editor_of(entry, version="2", title="Halved the build")

    assert editor.is_valid()
    evidence = entry.evidence.get()
    assert editor.change() == EntryChange(
        fields={"title": "Halved the build"},
        evidence=[Support(evidence.criterion_id, is_primary=True, note="why")],
    )


def test_metrics_are_shown_in_their_order_with_their_arithmetic(entry: Entry) -> None:
    editor = EntryEditor(entry, goals_of(entry.engineer))

    assert [(row["name"], row["arithmetic"]) for row in editor.metrics.initial or ()] == [
        ("first", "800 → 0.5 ms: −100 %"),
        ("second", "800 → 200 ms: −75 %"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"version": ""},
        {"operation_id": "x"},
        {"metrics-TOTAL_FORMS": "x"},
        {"metrics-0-before": "a lot"},
        {"links-0-url": "javascript:alert(1)"},
        {"links-TOTAL_FORMS": "1000"},
    ],
)
def test_one_bad_part_refuses_the_whole(entry: Entry, wrong: dict[str, str]) -> None:
    editor = editor_of(entry, **(sent_by_page(entry) | wrong))

    assert not editor.is_valid()


def test_every_bad_part_says_what_is_wrong_at_once(entry: Entry) -> None:
    key = entry.evidence.get().criterion_id
    wrong = {
        "title": "",
        "metrics-0-basis": "",
        "links-0-url": "ftp://example.com/",
        f"note-{key}": "x" * 501,
    }

    editor = editor_of(entry, **(sent_by_page(entry) | wrong))

    assert not editor.is_valid()
    assert editor.form.errors == {"title": ["This field is required."]}
    assert editor.metrics.errors[0] == {"basis": ["This field is required."]}
    assert editor.links.errors[0] == {"url": ["Write the whole address: https:// and the rest."]}
    assert editor.evidence.error == "A note may have 500 characters; shorten it."
