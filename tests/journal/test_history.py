from __future__ import annotations

from typing import Any

import pytest

from careers.journal.actions import create_entry, update_entry
from careers.journal.content import EntryChange, Support, contents_of
from careers.journal.history import Difference, conflict_between, history_of
from careers.journal.models import Entry
from tests.factories import FRIDAY, CriterionFactory, EngineerFactory

pytestmark = pytest.mark.django_db

NEW = {
    "name": "alerts",
    "before": None,
    "after": 3,
    "unit": "a week",
    "better": "lower",
    "basis": "estimated",
    "is_new": True,
    "for_whom": "on-call",
}


@pytest.fixture
def entry() -> Entry:
    line = EntryChange(fields={"title": "Halved the build", "happened_on": FRIDAY})
    return create_entry(EngineerFactory.create(), change=line)


def save(entry: Entry, **change: Any) -> Entry:
    return update_entry(entry, change=EntryChange(**change), version=entry.version)


def content_of(entry: Entry) -> dict[str, Any]:
    return contents_of([entry])[entry.pk]


def test_history_tells_each_save_newest_first(entry: Entry) -> None:
    save(entry, fields={"title": "Halved every build", "role": "co_led"})
    save(entry, fields={"title": "Halved every build"})

    versions = history_of(entry)

    assert [(version.number, version.title, version.differences) for version in versions] == [
        (3, "Halved every build", ()),
        (
            2,
            "Halved every build",
            (
                Difference("What you did", "Halved the build", "Halved every build"),
                Difference("My role", "", "Co-led"),
            ),
        ),
        (1, "Halved the build", ()),
    ]


def test_history_says_in_words_what_became_of_the_parts(entry: Entry) -> None:
    criterion = CriterionFactory.create(text="Designs systems")
    save(
        entry,
        project_title="Builds",
        metrics=[NEW, {**NEW, "before": 12, "is_new": False, "after": None}],
        links=[{"url": "https://example.com/1", "label": "the change"}],
        evidence=[Support(criterion.pk, is_primary=True, note="all of it")],
    )

    newest = history_of(entry)[0]

    assert newest.differences == (
        Difference("Project", "", "Builds"),
        Difference(
            "Numbers",
            "",
            "alerts: new → 3 a week, estimated\nalerts: 12 → ? a week, estimated",
        ),
        Difference("Links", "", "the change https://example.com/1"),
        Difference("Evidence for", "", "Designs systems (primary): all of it"),
    )


def test_history_outlives_a_criterion(entry: Entry) -> None:
    criterion = CriterionFactory.create()
    save(entry, evidence=[Support(criterion.pk, is_primary=False)])
    save(entry, evidence=[])
    criterion.delete()

    newest = history_of(entry)[0]

    gone = "a criterion that is gone (supporting)"
    assert newest.differences == (Difference("Evidence for", gone, ""),)


def test_history_of_an_entry_without_saves_is_empty(entry: Entry) -> None:
    entry.revisions.all().delete()

    assert history_of(entry) == []


def test_history_takes_two_queries(entry: Entry, django_assert_num_queries: Any) -> None:
    for criterion in CriterionFactory.create_batch(20):
        save(entry, evidence=[Support(criterion.pk, is_primary=True)])

    with django_assert_num_queries(2):
        versions = history_of(entry)

    assert len(versions) == 21


def test_conflict_shows_where_what_was_sent_differs_from_what_is_saved(entry: Entry) -> None:
    saved = content_of(save(entry, fields={"title": "Saved", "outcome": "Saved too"}))
    sent = EntryChange(fields={"title": "Mine", "role": "led"}, project_title="Builds")

    both = conflict_between(saved, sent)

    assert both == (
        Difference("What you did", "Saved", "Mine"),
        Difference("My role", "", "Led"),
        Difference("Project", "", "Builds"),
    )


def test_conflict_about_the_same_text_is_none(entry: Entry) -> None:
    saved = content_of(save(entry, fields={"title": "Saved"}))

    assert conflict_between(saved, EntryChange(fields={"title": "Saved"})) == ()
