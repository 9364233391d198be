from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.journal.actions import JournalError, create_entries
from careers.journal.content import EntryChange, Support, contents_of
from careers.journal.models import Entry, Project
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    LadderFactory,
    LevelFactory,
    ProjectFactory,
)
from tests.journal.trays import LINK, METRIC, criteria_of_one_level, primary

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def line(title: str = "Halved the build", **parts: Any) -> EntryChange:
    return EntryChange(fields={"title": title, "happened_on": FRIDAY}, **parts)


def projects_of(entries: list[Entry]) -> list[str]:
    return [entry.project.title if entry.project else "" for entry in entries]


def test_create_entries_makes_one_of_each_change_in_their_order(maya: Engineer) -> None:
    entries = create_entries(maya, changes=[line("First"), line("Second"), line("Third")])

    assert [entry.title for entry in entries] == ["First", "Second", "Third"]
    assert [*maya.entries.order_by("pk")] == entries
    assert [entry.version for entry in entries] == [1, 1, 1]


def test_create_entries_of_nothing_makes_nothing(maya: Engineer) -> None:
    assert create_entries(maya, changes=[]) == []
    assert Entry.objects.count() == 0


def test_create_entries_writes_every_part(maya: Engineer) -> None:
    criterion = CriterionFactory.create()
    other = {**METRIC, "name": "wait", "before": None, "is_new": True, "for_whom": "on-call"}
    links = [LINK, {"url": "https://example.com/0", "label": ""}]
    change = line(
        project_title="  Fast   builds ",
        metrics=[METRIC, other],
        links=links,
        evidence=[Support(criterion.pk, is_primary=False, note="measured it too")],
    )

    bare, whole = create_entries(maya, changes=[line("Bare"), change])

    contents = contents_of([bare, whole])
    written = contents[whole.pk]
    assert written["fields"]["title"] == "Halved the build"
    assert written["project"] == "Fast builds"
    assert written["metrics"] == [METRIC, other]
    assert written["links"] == links
    assert written["evidence"] == [
        {"criterion": criterion.pk, "is_primary": False, "note": "measured it too"}
    ]
    parts = ("project", "metrics", "links", "evidence")
    assert [contents[bare.pk][part] for part in parts] == ["", [], [], []]


def test_create_entries_leaves_a_revision_of_each(maya: Engineer) -> None:
    entries = create_entries(maya, changes=[line("First"), line("Second", metrics=[METRIC])])

    contents = contents_of(entries)
    for entry in entries:
        revision = entry.revisions.get()
        assert (revision.number, revision.engineer) == (1, maya)
        assert revision.content == contents[entry.pk]


# --- projects -----------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Fast builds", "FAST builds", " fast  builds"])
def test_create_entries_finds_a_project_whatever_its_capitals(maya: Engineer, title: str) -> None:
    known = ProjectFactory.create(engineer=maya, title="Fast builds")

    (entry,) = create_entries(maya, changes=[line(project_title=title)])

    assert entry.project == known
    assert Project.objects.count() == 1


def test_create_entries_finds_the_first_of_two_projects(maya: Engineer) -> None:
    first = ProjectFactory.create(engineer=maya, title="falcon")
    ProjectFactory.create(engineer=maya, title="Falcon")

    (entry,) = create_entries(maya, changes=[line(project_title="FALCON")])

    assert entry.project == first


def test_create_entries_makes_a_new_project_once_as_first_written(maya: Engineer) -> None:
    titles = ["Falcon", "FALCON", "", " falcon ", "Heron"]

    entries = create_entries(maya, changes=[line(project_title=title) for title in titles])

    assert projects_of(entries) == ["Falcon", "Falcon", "", "Falcon", "Heron"]
    assert maya.projects.count() == 2


@pytest.mark.parametrize("title", [None, "", "   "])
def test_create_entries_without_a_project_makes_none(maya: Engineer, title: str | None) -> None:
    (entry,) = create_entries(maya, changes=[line(project_title=title)])

    assert entry.project is None
    assert Project.objects.count() == 0


def test_create_entries_passes_over_projects_of_others(maya: Engineer) -> None:
    theirs = ProjectFactory.create(title="Falcon")

    (entry,) = create_entries(maya, changes=[line(project_title="Falcon")])

    assert entry.project is not None
    assert (entry.project != theirs, entry.project.engineer) == (True, maya)


# --- evidence -----------------------------------------------------------------------------------


def test_create_entries_allows_each_three_primaries_of_a_level(maya: Engineer) -> None:
    evidence = primary(*criteria_of_one_level(3), *criteria_of_one_level(3))

    entries = create_entries(maya, changes=[line(evidence=evidence), line(evidence=evidence)])

    assert [entry.evidence.count() for entry in entries] == [6, 6]


def test_create_entries_with_too_many_primaries_in_one_makes_none(maya: Engineer) -> None:
    fine = line("Fine", project_title="Falcon")
    excessive = line(evidence=primary(*criteria_of_one_level(4)))

    with pytest.raises(JournalError, match=r"at most 3 criteria of a level; here it is 4 of L6\+"):
        create_entries(maya, changes=[fine, excessive])

    assert (Entry.objects.count(), Project.objects.count()) == (0, 0)


def test_create_entries_heeds_the_limit_of_the_ladder(maya: Engineer) -> None:
    ladder = LadderFactory.create(rules={"primary_criteria_per_level": 1})
    level = LevelFactory.create(track__ladder=ladder)
    criteria = CriterionFactory.create_batch(2, level=level)

    with pytest.raises(JournalError, match="at most 1 criterion of a level"):
        create_entries(maya, changes=[line(evidence=primary(*criteria))])

    assert Entry.objects.count() == 0


# --- queries ------------------------------------------------------------------------------------


def test_create_entries_asks_as_often_for_thirty_as_for_three(maya: Engineer) -> None:
    evidence = primary(*criteria_of_one_level(3))

    def changes(count: int, project: str) -> list[EntryChange]:
        parts: dict[str, Any] = {"metrics": [METRIC], "links": [LINK], "evidence": evidence}
        return [line(project_title=f"{project} {n}", **parts) for n in range(count)]

    with CaptureQueriesContext(connection) as few:
        create_entries(maya, changes=changes(3, "Falcon"))
    with CaptureQueriesContext(connection) as many:
        create_entries(maya, changes=changes(30, "Heron"))

    assert len(many) == len(few)
