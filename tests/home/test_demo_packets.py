"""The demo's packets: that they are sound, tell a story, and tell nothing private."""

import json
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from careers.feedback.models import Quote
from careers.home.demo_packets import link_token
from careers.home.demo_team import fill, read_team
from careers.journal.models import Entry
from careers.packets.content import content_of
from careers.packets.document import canonical, compose, digest
from careers.packets.models import (
    CriterionNote,
    GrowthArea,
    Highlight,
    Packet,
    PacketRevision,
    Snapshot,
)
from careers.people.models import Engineer
from careers.sharing.actions import find_share
from careers.sharing.models import Share, Visit
from careers.web.tokens import is_token

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = ("sustained", "recent", "measured", "corroborated", "led")
LETTERS = {"green": "G", "amber": "A", "red": "R", "not_asked": "-"}

# key: examples, lamps (sustained, recent, measured, corroborated, led), proven
SECOND = {
    "l6-expertise": (3, "GGG-G", True),
    "l6-org-scale": (2, "GAG-G", False),
    "l6-foresight": (2, "AG--G", False),
    "l6-hardest-faults": (3, "GGA-G", True),
    "l6-initiatives": (3, "GGR-G", False),
    "l6-strategy": (0, "RR--R", False),
    "l6-unblocks-teams": (4, "GGG-G", True),
    "l6-org-productivity": (3, "GGG-G", True),
    "l6-risk": (3, "GGG-G", True),
    "l6-mentors-seniors": (1, "AG--A", False),
    "l6-architecture-forum": (0, "RR--R", False),
    "l6-culture": (2, "GGG-G", False),
    "l6-leadership-partner": (0, "RR---", False),
    "l6-public-voice": (2, "AA--G", False),
}
FIRST = SECOND | {
    "l6-org-scale": (2, "GGG-G", False),
    "l6-foresight": (1, "RG--G", False),
    "l6-hardest-faults": (2, "AAA-G", False),
    "l6-public-voice": (2, "AG--G", False),
}


@pytest.fixture
def maya() -> Engineer:
    return make_team(SUNDAY)


def make_team(now: datetime) -> Engineer:
    with time_machine.travel(now, tick=False):
        call_command("load_ladders", stdout=StringIO())
        fill(read_team())
    return Engineer.objects.get(email="maya@example.com")


def documents_of(maya: Engineer) -> list[dict[str, Any]]:
    rows = Snapshot.objects.filter(packet__engineer=maya).order_by("number")
    return [json.loads(row.content) for row in rows]


def picture(document: dict[str, Any]) -> dict[str, tuple[int, str, bool]]:
    return {
        row["key"]: (
            len(row["examples"]),
            "".join(LETTERS[row["lamps"][name]["state"]] for name in NAMES),
            row["proven"],
        )
        for row in document["criteria"]
    }


def texts_in(value: Any) -> list[str]:
    """All that is written anywhere in plain data."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_in(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_in(part)]
    return [value] if isinstance(value, str) else []


def test_demo_packets_are_a_case_frozen_twice_and_a_draft(maya: Engineer) -> None:
    packets = {packet.title: packet for packet in maya.packets.order_by("pk")}

    frozen = Snapshot.objects.order_by("number").values_list("packet__title", "number")
    levels = maya.packets.values_list("from_level__code", "target_level__code")
    assert list(packets) == ["To Staff", "Draft for the spring cycle"]
    assert list(frozen) == [("To Staff", 1), ("To Staff", 2)]
    assert set(levels) == {("L5", "L6")}
    assert packets["Draft for the spring cycle"].window_end_on is None


def test_demo_packet_rows_are_ones_that_a_form_would_take(maya: Engineer) -> None:
    models = (Packet, Highlight, CriterionNote, GrowthArea, PacketRevision, Snapshot, Quote, Share)

    for model in (*models, Visit):
        rows = list(model._default_manager.all())
        assert rows
        for row in rows:
            row.full_clean()


def test_demo_snapshots_are_five_weeks_apart_and_end_on_their_day(maya: Engineer) -> None:
    frozen = [row.frozen_at.astimezone(maya.zone).date() for row in Snapshot.objects.order_by("pk")]
    ends = [document["packet"]["window_end_on"] for document in documents_of(maya)]

    assert frozen == [date(2026, 10, 1), date(2026, 11, 6)]
    assert ends == [day.isoformat() for day in frozen]


def test_demo_snapshots_are_canonical_and_the_newest_is_the_draft(maya: Engineer) -> None:
    first, second = Snapshot.objects.order_by("number")

    for snapshot in (first, second):
        assert canonical(json.loads(snapshot.content)) == snapshot.content
        assert digest(snapshot.content) == snapshot.sha256
    packet = maya.packets.get(title="To Staff")
    assert canonical(compose(packet, today=SUNDAY.date())) == second.content
    assert canonical(compose(packet, today=SUNDAY.date() + timedelta(days=200))) == second.content


@pytest.mark.parametrize("days", [1, 97, 193, 464])
def test_demo_snapshots_prove_the_same_whichever_day_it_is_filled(days: int) -> None:
    first, second = documents_of(make_team(SUNDAY + timedelta(days=days)))

    assert picture(first) == FIRST
    assert picture(second) == SECOND


def test_demo_snapshots_differ_by_a_mended_entry_a_gate_and_a_criterion_set_aside(
    maya: Engineer,
) -> None:
    first, second = documents_of(maya)

    proven = [
        [sum(row[part] for row in document["dimensions"]) for part in ("met", "required")]
        for document in (first, second)
    ]
    unmet = [[row["code"] for row in d["gates"] if not row["met"]] for d in (first, second)]
    aside = [
        [row["key"] for row in document["criteria"] if row["not_applicable_reason"]]
        for document in (first, second)
    ]
    assert proven == [[4, 13], [5, 12]]
    assert unmet == [["growth_area"], []]
    assert aside == [[], ["l6-leadership-partner"]]
    assert [len(d["highlights"]) for d in (first, second)] == [3, 4]
    assert [len(d["growth_areas"]) for d in (first, second)] == [1, 3]
    mended = maya.entries.get(title__startswith="Two unique indexes were not")
    assert [mended.pk in {e["id"] for e in d["entries"]} for d in (first, second)] == [False, True]


def test_demo_entry_was_mended_between_the_snapshots(maya: Engineer) -> None:
    entry = maya.entries.get(version=2)
    first, second = Snapshot.objects.order_by("number")

    before, after = entry.revisions.order_by("number")
    assert (before.content["fields"]["role"], after.content["fields"]["role"]) == ("", "led")
    assert first.frozen_at < after.saved_at < second.frozen_at
    assert entry.updated_at == after.saved_at


def test_demo_snapshots_show_lamps_of_every_colour(maya: Engineer) -> None:
    for document in documents_of(maya):
        states = {lamp["state"] for row in document["criteria"] for lamp in row["lamps"].values()}
        assert states == set(LETTERS)


def test_demo_packet_is_as_long_as_its_form_advises(maya: Engineer) -> None:
    for document in documents_of(maya):
        assert 150 <= len(document["case"].split()) <= 250
        assert document["thesis"].count(". ") == 1
        assert len(document["headline_results"]) == 3
        for row in document["headline_results"]:
            assert len(row["number"]) <= 24
            assert len(row["text"]) <= 120
        for row in document["highlights"]:
            told = [row[part] for part in ("problem", "did", "result", "mine")]
            assert all(told)
            assert len(" ".join(told).split()) <= 250


def test_demo_headline_results_are_numbers_of_one_cited_measure(maya: Engineer) -> None:
    for document in documents_of(maya):
        numbers: dict[str, set[str]] = defaultdict(set)
        for entry in document["entries"]:
            for metric in entry["metrics"]:
                numbers[metric["name"]] |= {metric["before"], metric["after"]}
        for row in document["headline_results"]:
            span = set(re.findall(r"\d+", row["number"]))
            assert [name for name, known in numbers.items() if span <= known]


def test_demo_highlights_are_of_cited_projects(maya: Engineer) -> None:
    for document in documents_of(maya):
        cited = {entry["project"] for entry in document["entries"]}
        assert {row["project"] for row in document["highlights"]} <= cited


def test_demo_quotes_are_of_cited_things_and_said_by_the_snapshots_day(maya: Engineer) -> None:
    first, second = documents_of(maya)

    authors = [quote["author"] for quote in second["quotes"]]
    assert authors == ["Nadia", "Ilse", "Tomas Havlik", "Piotr", "Oskar"]
    assert first["quotes"] == second["quotes"][:-1]
    assert second["quotes"][-1]["on"] > first["packet"]["window_end_on"]
    assert all(quote["criteria"] for quote in second["quotes"])


def test_demo_snapshots_hold_nothing_private_or_in_progress(maya: Engineer) -> None:
    hidden = maya.entries.filter(visibility=Entry.Visibility.PRIVATE)
    hidden |= maya.entries.filter(status=Entry.Status.IN_PROGRESS)
    sentences = {
        sentence
        for entry in hidden
        for text in (entry.title, entry.what, entry.outcome)
        for sentence in re.split(r"(?<=[.:?])\s+", text)
        if len(sentence) > 12
    }

    for document in documents_of(maya):
        texts = " ".join(texts_in(document))
        assert [sentence for sentence in sentences if sentence in texts] == []


def test_demo_drafts_have_the_revisions_that_made_them(maya: Engineer) -> None:
    for packet in maya.packets.all():
        rows = list(packet.revisions.order_by("number"))
        content = content_of(packet)
        content["fields"] |= {"window_start_on": None, "window_end_on": None}

        assert [row.number for row in rows] == list(range(1, packet.version + 1))
        assert rows[-1].content == content
        assert (rows[0].saved_at, rows[-1].saved_at) == (packet.created_at, packet.updated_at)
        assert [row.saved_at for row in rows] == sorted(row.saved_at for row in rows)


def test_demo_newest_snapshot_is_shared_by_a_live_and_a_revoked_link(maya: Engineer) -> None:
    newest = Snapshot.objects.get(number=2)

    links = {share.recipient: share for share in maya.shares.all()}
    assert {share.snapshot for share in links.values()} == {newest}
    live, revoked = links["Tomas Havlik"], links["Hana, Delivery Promise"]
    assert (live.revoked_at, live.expires_at) == (None, SUNDAY + timedelta(days=30))
    assert revoked.revoked_at
    assert revoked.revoked_at > revoked.created_at
    kinds = Visit.objects.values_list("share__recipient", "kind")
    assert Counter(kinds) == {
        ("Tomas Havlik", "page"): 2,
        ("Tomas Havlik", "pdf"): 1,
        ("Hana, Delivery Promise", "page"): 2,
    }
    assert is_token(link_token())
    with time_machine.travel(SUNDAY, tick=False):
        assert find_share(link_token()) == live


def test_demo_visits_lie_in_the_life_of_their_link(maya: Engineer) -> None:
    for visit in Visit.objects.select_related("share"):
        ended = visit.share.revoked_at or visit.share.expires_at
        assert visit.share.snapshot.frozen_at < visit.share.created_at
        assert visit.share.created_at < visit.happened_at < ended


@pytest.mark.parametrize("day", range(7))
def test_demo_filled_on_any_weekday_dates_nothing_in_the_future(day: int) -> None:
    now = (SUNDAY + timedelta(days=1 + day)).replace(hour=5)

    make_team(now)

    moments = [
        *Snapshot.objects.values_list("frozen_at", flat=True),
        *Share.objects.values_list("created_at", flat=True),
        *Visit.objects.values_list("happened_at", flat=True),
        *PacketRevision.objects.values_list("saved_at", flat=True),
        *Packet.objects.values_list("updated_at", flat=True),
    ]
    assert max(moments) <= now
