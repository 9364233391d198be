from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from careers.journal.actions import (
    BULK_LIMIT,
    EditConflictError,
    JournalError,
    change_entries,
    change_from,
    check_evidence,
    create_entry,
    find_or_make_project,
    make_own_project,
    restore_revision,
    trash_entries,
    update_entry,
)
from careers.journal.content import EntryChange, Support, contents_of
from careers.journal.models import Entry, Project
from careers.ladders.models import Criterion
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    LadderFactory,
    LevelFactory,
    MetricFactory,
    ProjectFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

OPERATION = UUID("00000000-0000-4000-8000-000000000001")
LINE = EntryChange(fields={"title": "Halved the build", "happened_on": FRIDAY})
FALLING = {
    "name": "build time",
    "before": Decimal(12),
    "after": Decimal("5.5"),
    "unit": "min",
    "better": "lower",
    "basis": "measured",
    "is_new": False,
    "for_whom": "",
}


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def content_of(entry: Entry) -> dict[str, Any]:
    return contents_of([entry])[entry.pk]


def line(title: str) -> EntryChange:
    """A whole new entry, as LINE is one."""
    return EntryChange(fields={**LINE.fields, "title": title})


def renamed(title: str) -> EntryChange:
    return EntryChange(fields={"title": title})


def criteria_of_one_level(count: int) -> list[Criterion]:
    return CriterionFactory.create_batch(count, level=LevelFactory.create(label="L6+"))


def primary(*criteria: Criterion) -> list[Support]:
    return [Support(criterion.pk, is_primary=True) for criterion in criteria]


# --- writing an entry ---------------------------------------------------------------------------


def test_create_entry_writes_what_was_named_and_version_one(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)

    assert (entry.title, entry.happened_on, entry.version) == ("Halved the build", FRIDAY, 1)
    assert [*maya.entries.all()] == [entry]


def test_create_entry_writes_every_part(maya: Engineer) -> None:
    criterion = CriterionFactory.create()
    change = EntryChange(
        fields=LINE.fields,
        project_title="  Fast   builds ",
        metrics=[FALLING],
        links=[{"url": "https://example.com/1", "label": "the change"}],
        evidence=[Support(criterion.pk, is_primary=False, note="measured it too")],
    )

    entry = create_entry(maya, change=change)

    content = content_of(entry)
    assert content["project"] == "Fast builds"
    assert content["metrics"] == [FALLING | {"before": "12", "after": "5.5"}]
    assert content["links"] == [{"url": "https://example.com/1", "label": "the change"}]
    assert content["evidence"] == [
        {"criterion": criterion.pk, "is_primary": False, "note": "measured it too"}
    ]


def test_create_entry_leaves_a_revision_with_the_whole_entry(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE, operation_id=OPERATION)

    revision = entry.revisions.get()
    assert (revision.number, revision.operation_id) == (1, OPERATION)
    assert revision.content == content_of(entry)


def test_update_entry_changes_what_was_named_and_nothing_else(maya: Engineer) -> None:
    entry = EntryFactory.create(engineer=maya, counted=True, project=None)
    MetricFactory.create(entry=entry)
    before = content_of(entry)

    update_entry(entry, change=EntryChange(fields={"reach": "company"}), version=1)

    after = content_of(entry)
    assert after == before | {"fields": before["fields"] | {"reach": "company"}}


def test_update_entry_counts_the_version_up_and_leaves_a_revision(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)

    saved = update_entry(entry, change=renamed("Halved every build"), version=1)

    assert saved.version == 2
    assert [
        (revision.number, revision.content["fields"]["title"])
        for revision in entry.revisions.order_by("number")
    ] == [(1, "Halved the build"), (2, "Halved every build")]


def test_update_entry_replaces_parts_in_the_order_given(maya: Engineer) -> None:
    entry = EntryFactory.create(engineer=maya)
    EntryLinkFactory.create_batch(2, entry=entry)
    urls = ["https://example.com/z", "https://example.com/a"]

    change = EntryChange(links=[{"url": url, "label": ""} for url in urls])
    update_entry(entry, change=change, version=1)

    assert [link["url"] for link in content_of(entry)["links"]] == urls


def test_update_entry_keeps_the_day_on_which_evidence_was_tagged(maya: Engineer) -> None:
    tagged_at = dt.datetime(2026, 1, 9, 16, tzinfo=dt.UTC)
    kept = EvidenceFactory.create(entry__engineer=maya, created_at=tagged_at)
    dropped = EvidenceFactory.create(entry=kept.entry)

    change = EntryChange(evidence=[Support(kept.criterion_id, is_primary=False, note="less")])
    update_entry(kept.entry, change=change, version=1)

    row = kept.entry.evidence.get()
    assert (row.criterion_id, row.created_at) == (kept.criterion_id, tagged_at)
    assert (row.is_primary, row.note) == (False, "less")
    assert row.criterion_id != dropped.criterion_id


# --- two tabs -----------------------------------------------------------------------------------


def test_update_entry_from_an_older_version_is_refused_and_writes_nothing(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)
    update_entry(entry, change=renamed("Saved meanwhile"), version=1)
    before = content_of(entry)

    with pytest.raises(EditConflictError, match="saved elsewhere") as conflict:
        update_entry(
            entry,
            change=EntryChange(
                fields={"title": "Mine"}, project_title="New project", metrics=[FALLING]
            ),
            version=1,
        )

    assert content_of(entry) == before
    assert conflict.value.entry.title == "Saved meanwhile"
    assert entry.revisions.count() == 2
    assert Project.objects.count() == 0


def test_update_entry_in_the_trash_is_refused(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)
    trash_entries(maya, entry_ids=[entry.pk])

    with pytest.raises(EditConflictError):
        update_entry(entry, change=renamed("Mine"), version=1)

    assert content_of(entry)["fields"]["title"] == "Halved the build"


# --- one operation, sent again ------------------------------------------------------------------


def test_creating_twice_in_one_operation_makes_one_entry(maya: Engineer) -> None:
    first = create_entry(maya, change=LINE, operation_id=OPERATION)

    again = create_entry(maya, change=LINE, operation_id=OPERATION)

    assert again == first
    assert (maya.entries.count(), maya.revisions.count()) == (1, 1)


def test_creating_again_with_other_text_saves_it_on_top(maya: Engineer) -> None:
    first = create_entry(maya, change=LINE, operation_id=OPERATION)
    other = line("Halved every build")

    again = create_entry(maya, change=other, operation_id=OPERATION)

    assert (again, again.title, again.version) == (first, "Halved every build", 2)
    assert maya.entries.count() == 1


def test_text_saved_on_top_may_be_sent_again_too(maya: Engineer) -> None:
    create_entry(maya, change=LINE, operation_id=OPERATION)
    other = line("Halved every build")
    create_entry(maya, change=other, operation_id=OPERATION)

    again = create_entry(maya, change=other, operation_id=OPERATION)

    assert (again.title, again.version) == ("Halved every build", 2)


def test_creating_again_after_an_edit_elsewhere_is_a_conflict(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE, operation_id=OPERATION)
    update_entry(entry, change=renamed("Edited elsewhere"), version=1)
    other = line("Typed meanwhile")

    with pytest.raises(EditConflictError):
        create_entry(maya, change=other, operation_id=OPERATION)

    assert content_of(entry)["fields"]["title"] == "Edited elsewhere"


def test_updating_twice_in_one_operation_saves_once(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)
    change = EntryChange(
        fields={"title": "Halved every build", "happened_on": FRIDAY},
        project_title="Builds",
        metrics=[FALLING],
        links=[{"url": "https://example.com/1", "label": ""}],
        evidence=primary(*criteria_of_one_level(2)),
    )
    update_entry(entry, change=change, version=1, operation_id=OPERATION)

    again = update_entry(entry, change=change, version=1, operation_id=OPERATION)

    assert again.version == 2
    assert entry.revisions.count() == 2


def test_updating_again_with_the_project_in_other_capitals_saves_once(maya: Engineer) -> None:
    ProjectFactory.create(engineer=maya, title="Falcon")
    entry = create_entry(maya, change=LINE)
    change = EntryChange(project_title="falcon")
    update_entry(entry, change=change, version=1, operation_id=OPERATION)

    again = update_entry(entry, change=change, version=1, operation_id=OPERATION)

    assert again.version == 2


def test_updating_again_with_other_text_saves_it_on_top(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)
    update_entry(entry, change=renamed("Once"), version=1, operation_id=OPERATION)

    again = update_entry(entry, change=renamed("Twice"), version=1, operation_id=OPERATION)

    assert (again.title, again.version) == ("Twice", 3)


def test_operation_of_one_entry_does_not_swallow_the_save_of_another(maya: Engineer) -> None:
    first, second = EntryFactory.create_batch(2, engineer=maya)
    update_entry(first, change=renamed("First"), version=1, operation_id=OPERATION)

    saved = update_entry(second, change=renamed("Second"), version=1, operation_id=OPERATION)

    assert (saved.pk, saved.title) == (second.pk, "Second")


def test_operation_id_of_another_engineer_does_no_harm(maya: Engineer) -> None:
    theirs = create_entry(EngineerFactory.create(), change=LINE, operation_id=OPERATION)

    mine = create_entry(maya, change=line("Mine"), operation_id=OPERATION)

    assert mine != theirs
    assert content_of(theirs)["fields"]["title"] == "Halved the build"
    assert content_of(mine)["fields"]["title"] == "Mine"


def create_line(maya: Engineer) -> Entry:
    return create_entry(maya, change=LINE, operation_id=OPERATION)


def rename_first(maya: Engineer) -> Entry:
    entry = maya.entries.get()
    return update_entry(entry, change=renamed("Twice"), version=1, operation_id=OPERATION)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("save", "version"), [(create_line, 1), (rename_first, 2)], ids=["create", "update"]
)
def test_one_operation_sent_twice_at_once_saves_once(
    save: Callable[[Engineer], Entry], version: int
) -> None:
    maya = EngineerFactory.create()
    if save == rename_first:
        create_entry(maya, change=LINE)

    def save_again() -> Entry:
        with closing(connection):
            return save(maya)

    with ThreadPoolExecutor() as threads:
        with transaction.atomic():
            first = save(maya)
            second = threads.submit(save_again)
            time.sleep(0.3)  # until the second waits for the first

        assert second.result() == first
    assert Entry.objects.get().version == version


# --- projects -----------------------------------------------------------------------------------


def test_find_or_make_project_makes_a_new_one(maya: Engineer) -> None:
    project = find_or_make_project(maya, title="  Fast \n builds ")

    assert project is not None
    assert (project.title, project.engineer) == ("Fast builds", maya)


@pytest.mark.parametrize("title", ["Fast builds", "FAST builds", " fast  builds"])
def test_find_or_make_project_finds_it_whatever_its_capitals(maya: Engineer, title: str) -> None:
    known = ProjectFactory.create(engineer=maya, title="Fast builds")

    assert find_or_make_project(maya, title=title) == known


@pytest.mark.parametrize("title", ["", "   ", "\n"])
def test_find_or_make_project_of_a_blank_title_is_none(maya: Engineer, title: str) -> None:
    assert find_or_make_project(maya, title=title) is None
    assert Project.objects.count() == 0


def test_find_or_make_project_passes_over_those_of_others(maya: Engineer) -> None:
    theirs = ProjectFactory.create(title="Falcon")

    mine = find_or_make_project(maya, title="Falcon")

    assert mine is not None
    assert (mine != theirs, mine.engineer) == (True, maya)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Halved the build", "Halved the build"),
        ("Halved  the\tbuild", "Halved the build"),
        ("x" * 300, "x" * 160),
        ("x" * 159 + " and more", "x" * 159),
    ],
)
def test_make_own_project_is_called_as_the_entry(maya: Engineer, title: str, expected: str) -> None:
    entry = EntryFactory.create(engineer=maya, title=title)

    project = make_own_project(entry)

    assert project.title == expected
    assert [*project.entries.all()] == [entry]


@pytest.mark.parametrize(
    ("taken", "title", "expected"),
    [
        (["Falcon"], "Falcon", "Falcon (2)"),
        (["Falcon", "Falcon (2)"], "Falcon", "Falcon (3)"),
        (["FALCON"], "Falcon", "Falcon (2)"),
        (["Falcon 9"], "Falcon", "Falcon"),
        (["x" * 160], "x" * 160, "x" * 150 + " (2)"),
    ],
)
def test_make_own_project_takes_a_number_when_the_title_is_taken(
    maya: Engineer, taken: list[str], title: str, expected: str
) -> None:
    others = [ProjectFactory.create(engineer=maya, title=known) for known in taken]
    entry = EntryFactory.create(engineer=maya, title=title)

    project = make_own_project(entry)

    assert project.title == expected
    assert project not in others


def test_own_project_sent_again_makes_one_project(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)
    change = EntryChange(fields={"outcome": "Faster."}, has_own_project=True)
    update_entry(entry, change=change, version=1, operation_id=OPERATION)

    update_entry(entry, change=change, version=1, operation_id=OPERATION)

    assert [project.title for project in maya.projects.all()] == ["Halved the build"]


# --- evidence -----------------------------------------------------------------------------------


def test_check_evidence_allows_three_primaries_of_each_level() -> None:
    supports = primary(*criteria_of_one_level(3), *criteria_of_one_level(3))

    check_evidence(supports)


def test_check_evidence_allows_any_number_of_supporting() -> None:
    supports = [
        Support(criterion.pk, is_primary=n < 3)
        for n, criterion in enumerate(criteria_of_one_level(9))
    ]

    check_evidence(supports)


def test_check_evidence_refuses_a_fourth_primary_of_one_level() -> None:
    supports = primary(*criteria_of_one_level(4))

    with pytest.raises(JournalError) as refusal:
        check_evidence(supports)

    assert str(refusal.value) == (
        "One entry is primary evidence for at most 3 criteria of a level; "
        "here it is 4 of L6+. Make the weaker ones supporting."
    )


def test_check_evidence_asks_the_ladder_how_many_primaries_it_allows() -> None:
    ladder = LadderFactory.create(rules={"primary_criteria_per_level": 1})
    level = LevelFactory.create(track__ladder=ladder)
    criteria = CriterionFactory.create_batch(2, level=level)

    check_evidence(primary(criteria[0]))
    with pytest.raises(JournalError, match="at most 1 criterion of a level; here it is 2"):
        check_evidence(primary(*criteria))


def test_too_many_primaries_write_nothing(maya: Engineer) -> None:
    entry = create_entry(maya, change=LINE)
    change = EntryChange(fields={"title": "Mine"}, evidence=primary(*criteria_of_one_level(4)))

    with pytest.raises(JournalError):
        update_entry(entry, change=change, version=1)

    assert content_of(entry)["fields"]["title"] == "Halved the build"
    assert content_of(entry)["evidence"] == []
    assert entry.revisions.count() == 1


# --- many at once -------------------------------------------------------------------------------


def test_change_entries_sets_the_same_on_each(maya: Engineer) -> None:
    entries = EntryFactory.create_batch(3, engineer=maya)
    change = EntryChange(fields={"role": "led", "outcome": "Faster."}, project_title="Builds")

    changed = change_entries(maya, entry_ids=[e.pk for e in entries[:2]], change=change)

    assert changed == entries[:2]
    rows = maya.entries.order_by("pk").values_list("role", "outcome", "project__title", "version")
    assert [*rows] == [("led", "Faster.", "Builds", 2)] * 2 + [("", "", None, 1)]


def test_change_entries_leaves_a_revision_of_each(maya: Engineer) -> None:
    entries = EntryFactory.create_batch(2, engineer=maya)

    change_entries(maya, entry_ids=[e.pk for e in entries], change=renamed("Same"))

    assert [
        (revision.entry_id, revision.number, revision.content)
        for revision in maya.revisions.order_by("entry")
    ] == [(entry.pk, 2, content_of(entry)) for entry in entries]


def test_change_entries_adds_evidence_and_takes_none_away(maya: Engineer) -> None:
    known = EvidenceFactory.create(entry__engineer=maya, is_primary=False, note="why")
    added = CriterionFactory.create()

    change_entries(
        maya,
        entry_ids=[known.entry_id],
        change=EntryChange(evidence=primary(known.criterion, added)),
    )

    rows = known.entry.evidence.order_by("pk").values_list("criterion", "is_primary", "note")
    assert [*rows] == [(known.criterion_id, False, "why"), (added.pk, True, "")]


def test_change_entries_changes_none_when_one_would_be_primary_too_often(maya: Engineer) -> None:
    criteria = criteria_of_one_level(4)
    free, full = EntryFactory.create_batch(2, engineer=maya)
    for criterion in criteria[:3]:
        EvidenceFactory.create(entry=full, criterion=criterion)
    change = EntryChange(fields={"role": "led"}, evidence=primary(criteria[3]))

    with pytest.raises(JournalError, match="here it is 4 of L6"):
        change_entries(maya, entry_ids=[free.pk, full.pk], change=change)

    assert [*maya.entries.values_list("role", "version")] == [("", 1)] * 2
    assert free.evidence.count() == 0
    assert maya.revisions.count() == 0


def test_change_entries_takes_five_hundred_and_no_more(maya: Engineer) -> None:
    most = range(1, BULK_LIMIT + 1)

    assert change_entries(maya, entry_ids=most, change=renamed("Same")) == []
    with pytest.raises(JournalError, match="Change at most 500 entries at once"):
        change_entries(maya, entry_ids=[*most, BULK_LIMIT + 1], change=renamed("Same"))


def test_change_entries_passes_over_others_and_trashed_ones(maya: Engineer) -> None:
    theirs = EntryFactory.create()
    trashed = EntryFactory.create(engineer=maya, deleted_at=timezone.now())

    changed = change_entries(
        maya,
        entry_ids=[theirs.pk, trashed.pk],
        change=EntryChange(fields={"title": "Mine"}, project_title="Mine"),
    )

    assert changed == []
    assert not Entry.objects.filter(title="Mine").exists()
    assert not Project.objects.exists()


def test_change_entries_asks_as_often_for_three_as_for_three_hundred(
    maya: Engineer, django_assert_num_queries: Any
) -> None:
    criteria = criteria_of_one_level(2)
    entries = EntryFactory.create_batch(303, engineer=maya)
    change = EntryChange(
        fields={"role": "led"}, project_title="Builds", evidence=primary(*criteria)
    )
    ProjectFactory.create(engineer=maya, title="Builds")

    for chosen in (entries[:3], entries[3:]):
        with django_assert_num_queries(14):
            change_entries(maya, entry_ids=[e.pk for e in chosen], change=change)


# --- the trash ----------------------------------------------------------------------------------


@pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False)
def test_trash_entries_takes_them_out_of_the_journal(maya: Engineer) -> None:
    entries = EntryFactory.create_batch(2, engineer=maya)

    count = trash_entries(maya, entry_ids=[entries[0].pk])

    assert count == 1
    assert [*maya.entries.live()] == [entries[1]]
    assert maya.entries.trashed().get().deleted_at == timezone.now()


def test_trash_entries_passes_over_others_and_those_in_it(maya: Engineer) -> None:
    theirs = EntryFactory.create()
    long_ago = dt.datetime(2026, 1, 9, tzinfo=dt.UTC)
    trashed = EntryFactory.create(engineer=maya, deleted_at=long_ago)

    count = trash_entries(maya, entry_ids=[theirs.pk, trashed.pk])

    trashed.refresh_from_db()
    theirs.refresh_from_db()
    assert (count, trashed.deleted_at, theirs.deleted_at) == (0, long_ago, None)


# --- going back ---------------------------------------------------------------------------------


@pytest.fixture
def whole(maya: Engineer) -> Entry:
    """An entry with every part, saved as version one."""
    criteria = CriterionFactory.create_batch(2)
    change = EntryChange(
        fields={
            "title": "Halved the build",
            "happened_on": dt.date(2026, 3, 6),
            "what": "Cached\r\nthe toolchain.",
            "outcome": "Forty people wait less.",
            "kind": "fixed",
            "role": "led",
            "reach": "company",
            "status": "outcome_known",
            "visibility": "private",
            "collaborators": "Sam",
        },
        project_title="Builds",
        metrics=[FALLING, FALLING | {"name": "caches", "before": None, "is_new": True}],
        links=[
            {"url": "https://example.com/2", "label": ""},
            {"url": "https://a.example/", "label": "a"},
        ],
        evidence=[
            Support(criteria[0].pk, is_primary=True, note="why"),
            Support(criteria[1].pk, is_primary=False),
        ],
    )
    return create_entry(maya, change=change)


def emptied(entry: Entry) -> Entry:
    """The entry with another value in every field and no part left."""
    fields = {
        "title": "x",
        "happened_on": FRIDAY,
        "what": "",
        "outcome": "",
        "kind": "shipped",
        "role": "",
        "reach": "team",
        "status": "shipped",
        "visibility": "shareable",
        "collaborators": "",
    }
    change = EntryChange(fields=fields, project_title="", metrics=[], links=[], evidence=[])
    return update_entry(entry, change=change, version=entry.version)


def test_restored_revision_is_the_whole_entry_as_it_was(whole: Entry) -> None:
    old = content_of(whole)
    emptied(whole)

    restored = restore_revision(whole, number=1)

    assert content_of(restored) == old
    assert restored.version == 3
    assert restored.revisions.count() == 3


def test_restored_revision_brings_back_a_project_that_was_deleted(whole: Entry) -> None:
    old = content_of(whole)
    emptied(whole)
    Project.objects.all().delete()

    restored = restore_revision(whole, number=1)

    assert content_of(restored) == old
    assert Project.objects.get().title == "Builds"


def test_restored_revision_keeps_a_retired_criterion(whole: Entry) -> None:
    old = content_of(whole)
    emptied(whole)
    criterion = Criterion.objects.get(pk=old["evidence"][0]["criterion"])
    criterion.is_retired = True
    criterion.save()

    restored = restore_revision(whole, number=1)

    assert content_of(restored)["evidence"] == old["evidence"]


def test_restored_revision_passes_over_a_criterion_that_is_gone(whole: Entry) -> None:
    old = content_of(whole)
    emptied(whole)
    Criterion.objects.get(pk=old["evidence"][0]["criterion"]).delete()

    restored = restore_revision(whole, number=1)

    assert content_of(restored)["evidence"] == old["evidence"][1:]


def test_content_survives_the_round_trip_through_a_change(whole: Entry) -> None:
    content = content_of(whole)
    other = EntryFactory.create(engineer=whole.engineer)

    update_entry(other, change=change_from(content), version=1)

    assert content_of(other) == content
