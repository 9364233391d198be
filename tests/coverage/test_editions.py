"""What another edition of a ladder does to evidence, to levels and to what is proven."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
import time_machine

from careers.coverage.reader import read_levels
from careers.journal.evidence import goals_of
from careers.journal.models import Entry, Evidence
from careers.ladders.models import Level, Placement, Target
from tests.editions import (
    ADDED,
    MOVED,
    NOON,
    RENAMED,
    REWORDED,
    SPLIT,
    WITHOUT_DESIGNS,
    Case,
    criterion,
    make_case,
    publish_changed,
    read,
    without_level,
)
from tests.factories import FRIDAY, EntryFactory, EvidenceFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]


@pytest.fixture
def case(client: Client) -> Case:
    return make_case(client)


def tags() -> list[tuple[int, str]]:
    rows = Evidence.objects.order_by("pk").values_list("entry_id", "criterion__key")
    return list(rows)


def marks_of(client: Client, entry: Entry, key: str) -> list[str]:
    """What stands beside a criterion on the page of an entry."""
    page = client.get(f"/journal/entries/{entry.pk}/").text
    label = re.search(rf'<label for="evidence-{criterion(key).pk}">(.*?)</label>', page, re.DOTALL)
    assert label, f"{key} is not offered"
    marks = re.findall(r"<(?:em|small)[^>]*>(.*?)</(?:em|small)>", label[1], re.DOTALL)
    return [re.sub("<[^>]*>", "", mark).strip() for mark in marks]


def addresses(case: Case) -> list[str]:
    """Every page that shows something of the level aimed for or held."""
    packet = f"/packets/{case.packet.pk}/"
    return [
        "/",
        "/coverage/",
        f"/coverage/?packet={case.packet.pk}",
        "/journal/",
        f"/journal/entries/{case.entries[0].pk}/",
        f"/journal/entries/{case.mentoring.pk}/",
        "/journal/tray/",
        "/ladders/",
        "/ladders/mine/",
        "/ladders/rungs/",
        "/feedback/quotes/",
        "/packets/",
        packet,
        f"{packet}preview/",
        f"{packet}history/",
        f"{packet}snapshots/1/",
        f"{packet}snapshots/1/packet.json",
        f"{packet}snapshots/1/packet.md",
        f"{packet}snapshots/1/packet.html",
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param([REWORDED], id="reworded"),
        pytest.param([WITHOUT_DESIGNS], id="retired"),
        pytest.param([RENAMED], id="renamed"),
        pytest.param([MOVED], id="moved"),
        pytest.param([SPLIT], id="split"),
        pytest.param([without_level("L5")], id="target dropped"),
        pytest.param([without_level("L4")], id="level held dropped"),
    ],
)
def test_every_page_answers_and_nothing_of_mayas_is_lost(
    client: Client, case: Case, change: list[tuple[str, str]]
) -> None:
    tagged = tags()
    said = Placement.objects.get().level.code, Target.objects.get().level.code

    publish_changed(*change)

    statuses = {address: client.get(address).status_code for address in addresses(case)}
    assert {address: status for address, status in statuses.items() if status != 200} == {}
    assert tags() == tagged
    assert (Placement.objects.get().level.code, Target.objects.get().level.code) == said


# --- reworded -----------------------------------------------------------------------------------


def test_rewording_is_told_of_evidence_made_before_and_not_of_evidence_made_after(
    client: Client, case: Case
) -> None:
    before = case.entries[0]
    publish_changed(REWORDED)
    with time_machine.travel(NOON + dt.timedelta(days=2), tick=False):
        after = EvidenceFactory.create(
            entry=EntryFactory.create(engineer=case.maya, counted=True),
            criterion=criterion("designs"),
        ).entry

    assert marks_of(client, before, "designs") == [
        "reworded since you tagged it",
        "It said: Designs systems.",
    ]
    assert marks_of(client, after, "designs") == []
    assert marks_of(client, case.mentoring, "mentors") == []


def test_rewording_takes_no_proof_away(client: Client, case: Case) -> None:
    publish_changed(REWORDED)

    assert case.covered().coverage.proven == 1
    assert "Designs systems that last. ✓ proven" in read(client, "/coverage/")


# --- retired ------------------------------------------------------------------------------------


def test_retired_criterion_is_told_beside_the_evidence(client: Client, case: Case) -> None:
    publish_changed(WITHOUT_DESIGNS)

    assert marks_of(client, case.entries[0], "designs") == ["no longer asked"]
    assert marks_of(client, case.entries[0], "debugs") == []


def test_retired_criterion_is_asked_and_lit_no_more(client: Client, case: Case) -> None:
    before = read(client, "/coverage/")

    publish_changed(WITHOUT_DESIGNS)

    after, covered = read(client, "/coverage/"), case.covered()
    assert ("1 of 3 required proven" in before, "Designs systems." in before) == (True, True)
    assert ("0 of 2 required proven" in after, "Designs systems." in after) == (True, False)
    assert [row.criterion.key for row in covered.criteria] == ["debugs", "mentors"]
    assert {fact.criterion for fact in covered.evidence} == {"mentors"}


def test_coverage_says_how_much_evidence_is_no_longer_asked_and_leads_to_it(
    client: Client, case: Case
) -> None:
    assert "no longer asked" not in read(client, "/coverage/")

    publish_changed(WITHOUT_DESIGNS)

    sentence = "3 tagged entries are evidence for criteria no longer asked"
    listed = client.get("/journal/?lacking=no_longer_asked").text
    assert sentence in read(client, "/coverage/")
    assert "/journal/?lacking=no_longer_asked" in client.get("/coverage/").text
    assert [entry.title in listed for entry in case.entries] == [True, True, True]
    assert case.mentoring.title not in listed


def test_coverage_tells_of_a_new_edition_for_thirty_days_and_leads_to_what_it_changed(
    client: Client, case: Case
) -> None:
    assert "was changed on" not in read(client, "/coverage/")

    publish_changed(REWORDED)

    told = []
    for days in (2, 31, 32):
        with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
            client.force_login(case.maya)
            told.append("what edition 2 changed" in read(client, "/coverage/"))
    assert told == [True, True, False]


def test_retired_criterion_that_comes_back_counts_again(client: Client, case: Case) -> None:
    publish_changed(WITHOUT_DESIGNS)
    publish_changed(days=2)

    assert case.covered().coverage.proven == 1
    assert marks_of(client, case.entries[0], "designs") == []
    assert "no longer asked" not in read(client, "/coverage/")


def test_retired_criterion_does_not_use_up_what_an_entry_may_be_primary_for(
    client: Client, case: Case
) -> None:
    publish_changed(
        WITHOUT_DESIGNS, ("slug: rungs", "rules: {primary_criteria_per_level: 1}\nslug: rungs")
    )
    entry = case.entries[0]
    sent = {
        "title": entry.title,
        "happened_on": "2026-11-20",
        "outcome": entry.outcome,
        "role": "led",
        "kind": "shipped",
        "reach": "team",
        "status": "shipped",
        "visibility": "shareable",
        "version": str(entry.version),
        f"evidence-{criterion('debugs').pk}": "primary",
    }

    response = client.post(f"/journal/entries/{entry.pk}/", sent)

    assert response.status_code == 302
    assert {key for pk, key in tags() if pk == entry.pk} == {"designs", "debugs"}


# --- levels -------------------------------------------------------------------------------------


def test_renamed_level_keeps_who_holds_it_and_who_aims_for_it(client: Client, case: Case) -> None:
    level = Target.objects.get().level

    publish_changed(RENAMED)

    assert Target.objects.get().level == level
    assert "To L5+, Lead engineer" in read(client, "/")
    assert "L5+ Lead engineer" in read(client, "/coverage/")
    assert "L5+, Lead engineer" in read(client, "/ladders/mine/")
    assert case.covered().coverage.proven == 1


def test_dropped_target_is_told_in_words_with_what_to_do(client: Client, case: Case) -> None:
    publish_changed(without_level("L5"))

    told = "The newest edition of “Rungs” has no L5 any more"
    for address in ("/", "/coverage/", f"/packets/{case.packet.pk}/"):
        page = read(client, address)
        assert (address, told in page, "0 of 0" in page) == (address, True, False)
    for address in ("/", "/coverage/"):
        assert 'href="/ladders/mine/">Choose the level' in client.get(address).text
    assert "4 tagged entries are evidence" in read(client, "/coverage/")
    assert "L5, Senior engineer is no longer in “Rungs”" in read(client, "/ladders/mine/")
    assert client.get("/ladders/rungs/levels/L5/").status_code == 404


def test_dropped_level_is_linked_from_no_page(client: Client, case: Case) -> None:
    publish_changed(without_level("L5"), without_level("L4"), ADDED)

    pages = {address: client.get(address).text for address in addresses(case)}

    assert [address for address, page in pages.items() if "/levels/L5/" in page] == []
    assert [address for address, page in pages.items() if "/levels/L4/" in page] == []


def test_dropped_level_that_is_held_is_told_beside_the_target(client: Client, case: Case) -> None:
    publish_changed(without_level("L4"))

    page = read(client, "/coverage/")
    assert "1 of 3 required proven" in page
    assert "Hold · L4 Engineer No longer in the ladder It stays in your history." in page
    assert "L4, Engineer is no longer in “Rungs”" in read(client, "/ladders/mine/")


def test_coverage_leads_to_the_level_held_beside_the_target_while_there_is_one(
    client: Client, case: Case
) -> None:
    address = 'href="/ladders/rungs/diff/?from=L4&amp;to=L5">beside L4</a>'
    assert address in client.get("/coverage/").text

    publish_changed(without_level("L4"))

    page = client.get("/coverage/").text
    assert 'href="/ladders/rungs/diff/?to=L5">beside another level</a>' in page


def test_dropped_levels_stay_choices_so_that_saving_changes_nothing(
    client: Client, case: Case
) -> None:
    publish_changed(without_level("L5"))
    page = client.get("/ladders/mine/").text
    placement, target = Placement.objects.get(), Target.objects.get()
    sent = {"level": placement.level_id, "since_on": placement.since_on, "target": target.level_id}

    saved = client.post("/ladders/mine/", {**sent, "employer": placement.employer})

    assert '<optgroup label="No longer in the ladder">' in page
    assert saved.status_code == 302
    assert (Placement.objects.get(), Target.objects.get()) == (placement, target)


def test_level_that_comes_back_is_aimed_for_again(client: Client, case: Case) -> None:
    publish_changed(without_level("L5"))
    publish_changed(days=2)

    assert "1 of 3 required proven" in read(client, "/coverage/")
    assert "no longer in" not in read(client, "/ladders/mine/")


def test_split_takes_the_evidence_along_and_the_target_asks_for_its_own(
    client: Client, case: Case
) -> None:
    publish_changed(SPLIT)

    split = Level.objects.get(code="L5P")
    other = read_levels(case.maya, [split], window=goals_of(case.maya).window(FRIDAY))[split.pk]
    covered = case.covered()
    assert [row.criterion.key for row in covered.criteria] == ["designs", "debugs"]
    assert (covered.coverage.proven, covered.coverage.required) == (1, 2)
    assert [card.id for row in other.criteria for card in row.counted] == [case.mentoring.pk]
    assert "L5P Senior engineer, people (1)" in read(
        client, f"/journal/entries/{case.mentoring.pk}/"
    )
    assert marks_of(client, case.mentoring, "mentors") == []


def test_moving_a_criterion_moves_its_count_to_the_other_dimension(
    client: Client, case: Case
) -> None:
    EvidenceFactory.create(entry=case.entries[0], criterion=criterion("debugs"), is_primary=False)
    before = {one.name: one.coverage.required for one in case.covered().dimensions}

    publish_changed(MOVED)

    dimensions = case.covered().dimensions
    assert before == {"Craft": 2, "People": 1}
    assert {one.name: one.coverage.required for one in dimensions} == {"Craft": 1, "People": 2}
    assert {one.name: one.coverage.met for one in dimensions} == {"Craft": 1, "People": 0}
    [debugs] = [row for row in dimensions[1].criteria if row.criterion.key == "debugs"]
    assert [card.id for card in debugs.supporting] == [case.entries[0].pk]
    assert "Craft 1 of 1" in read(client, "/coverage/")
