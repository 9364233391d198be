"""The one text of a packet, and that it recomputes from itself."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from careers.feedback.models import Quote
from careers.packets.actions import save_packet
from careers.packets.document import canonical, compose
from careers.packets.models import Packet
from tests.factories import FRIDAY, EntryFactory, EvidenceFactory, MetricFactory
from tests.packets.drafts import SECRET, Draft, begin_draft, freeze, written

pytestmark = pytest.mark.django_db

KEYS = (
    "format language rules statements_available packet levels ladder dimensions criteria projects "
    "entries thesis case headline_results highlights growth_areas quotes gates statements "
    "manager_position"
)
STRENGTH = ("luck", "pattern", "undeniable")


def frozen(draft: Draft) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(freeze(draft).content)
    return document


def recompute(document: dict[str, Any], criterion: dict[str, Any]) -> dict[str, Any]:
    """Examples, three lamps and proven of a criterion, from the document's own rows and rules."""
    rules, entries = document["rules"], {entry["id"]: entry for entry in document["entries"]}
    counted = [entries[row["entry"]] for row in criterion["evidence"] if row["counted"]]
    days = [dt.date.fromisoformat(entry["happened_on"]) for entry in counted]
    end = dt.date.fromisoformat(document["packet"]["window_end_on"])
    lamps = dict.fromkeys(("sustained", "recent", "measured", "led"), "red")
    if counted:
        span, age = (max(days) - min(days)).days, (end - max(days)).days
        months = len({day.replace(day=1) for day in days})
        if span >= rules["sustained_days"] and months >= rules["sustained_months"]:
            lamps["sustained"] = "green"
        elif span >= rules["sustained_amber_days"]:
            lamps["sustained"] = "amber"
        if age <= rules["recent_days"]:
            lamps["recent"] = "green"
        elif age <= rules["recent_amber_days"]:
            lamps["recent"] = "amber"
        bases = {metric["basis"] for entry in counted for metric in entry["metrics"]}
        lamps["measured"] = next(
            (c for b, c in (("measured", "green"), ("estimated", "amber")) if b in bases), "red"
        )
        roles = {entry["role"] for entry in counted}
        lamps["led"] = next(
            (c for r, c in (("led", "green"), ("co_led", "amber")) if r in roles), "red"
        )
    examples = {entry["project"] for entry in counted}
    states = list(lamps.values())
    proven = (
        len(examples) >= rules["undeniable_examples"]
        and "red" not in states
        and states.count("amber") <= rules["amber_allowed"]
    )
    return {"examples": len(examples), "lamps": lamps, "proven": proven}


def test_a_document_has_the_keys_of_its_format() -> None:
    document = frozen(begin_draft())

    assert set(document) == set(KEYS.split())
    assert document["format"] == "careers-packet/1"


def test_the_text_is_canonical() -> None:
    content = freeze(begin_draft()).content

    assert content == canonical(json.loads(content))
    assert not content.endswith("\n")


def test_every_criterion_recomputes_from_the_documents_own_rows() -> None:
    document = frozen(begin_draft())

    for criterion in document["criteria"]:
        states = {name: lamp["state"] for name, lamp in criterion["lamps"].items()}
        assert states.pop("corroborated") == "not_asked"
        assert recompute(document, criterion) == {
            "examples": len(criterion["examples"]),
            "lamps": states,
            "proven": criterion["proven"],
        }
    assert [criterion["proven"] for criterion in document["criteria"]] == [True, False]


def test_the_gates_recompute_from_the_counted_entries() -> None:
    document = frozen(begin_draft())

    entries = {entry["id"]: entry for entry in document["entries"]}
    counted = {
        row["entry"]
        for criterion in document["criteria"]
        for row in criterion["evidence"]
        if row["counted"]
    }
    wide = {"several_teams", "organisation", "company", "industry"}
    assert {gate["code"]: gate["met"] for gate in document["gates"]} == {
        "examples": len({entries[key]["project"] for key in counted}) >= 3,
        "sustained": True,
        "reach": any(entries[key]["reach"] in wide for key in counted),
        "mentoring": any(entries[key]["kind"] in {"mentoring", "hiring"} for key in counted),
        "growth_area": bool(document["growth_areas"]),
    }


def test_every_entry_cited_is_there_and_no_other() -> None:
    draft = begin_draft()
    EntryFactory.create(engineer=draft.engineer, counted=True)

    document = frozen(draft)

    cited = {row["entry"] for c in document["criteria"] for row in c["evidence"]}
    assert {entry["id"] for entry in document["entries"]} == cited == {e.pk for e in draft.entries}


def test_nothing_private_and_no_word_of_strength_is_in_it() -> None:
    content = freeze(begin_draft()).content.lower()

    shown = content.replace("undeniable_examples", "")  # the name of a rule
    assert [word for word in (SECRET, *STRENGTH) if word in shown] == []


def test_a_quote_about_something_cited_is_in_it_and_another_is_not() -> None:
    draft = begin_draft()
    said = {"engineer": draft.engineer, "relation": "a peer", "said_on": FRIDAY}
    cited = Quote.objects.create(author="Ana", text="Good.", entry=draft.entries[0], **said)
    cited.criteria.add(draft.criterion)
    private = EntryFactory.create(engineer=draft.engineer, visibility="private")
    Quote.objects.create(author="Bo", text=SECRET, entry=private, **said)

    document = frozen(draft)

    assert document["quotes"] == [
        {
            "author": "Ana",
            "relation": "a peer",
            "on": "2026-11-20",
            "about": {"entry": draft.entries[0].pk},
            "criteria": ["designs"],
            "text": "Good.",
        }
    ]


def test_a_criterion_set_aside_leaves_the_count_and_says_why() -> None:
    draft = begin_draft()
    note = {"criterion_id": draft.other.pk, "note": "", "not_applicable_reason": "I have no team."}
    save_packet(draft.packet, content=written(draft, notes=[note]), version=1)

    document = frozen(draft)

    assert document["criteria"][1]["not_applicable_reason"] == "I have no team."
    (dimension,) = document["dimensions"]
    assert [dimension[name] for name in ("met", "required", "set_aside")] == [1, 1, 1]


def test_decimals_are_strings_and_the_edition_is_the_newest() -> None:
    document = frozen(begin_draft())

    metric = document["entries"][0]["metrics"][0]
    assert (metric["before"], metric["after"], metric["new"]) == ("800", "200", False)
    assert document["ladder"]["edition"] == 3


@pytest.mark.parametrize("more", [0, 40])
def test_composing_asks_as_often_for_many_entries(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft = begin_draft()
    for _entry in range(more):
        entry = EntryFactory.create(engineer=draft.engineer, counted=True)
        MetricFactory.create(entry=entry)
        EvidenceFactory.create(entry=entry, criterion=draft.criterion)
    packet = Packet.objects.select_related("engineer", "target_level__ladder").get()

    with django_assert_num_queries(14):
        compose(packet, today=FRIDAY)
