from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import (
    FRIDAY,
    CriterionFactory,
    DimensionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    LevelFactory,
    MetricFactory,
    PlacementFactory,
    ProjectFactory,
    TargetFactory,
    TrackFactory,
)
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.ladders.models import Criterion
    from careers.people.models import Engineer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False),
]

HTMX = {"HX-Request": "true"}
DAY = dt.timedelta(days=1)
MOST_QUERIES = 9  # of a page, the session and the person included


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create()
    client.force_login(engineer)
    return engineer


@pytest.fixture
def criterion(maya: Engineer) -> Criterion:
    """The one criterion of the level that Maya aims for."""
    track = TrackFactory.create()
    criterion = CriterionFactory.create(
        level=LevelFactory.create(track=track, code="L6", label="L6+"),
        dimension=DimensionFactory.create(track=track, name="Craft"),
        key="designs",
        text="Designs systems",
    )
    TargetFactory.create(engineer=maya, level=criterion.level)
    return criterion


def prove(criterion: Criterion, engineer: Engineer) -> None:
    for days in (200, 100, 0):
        entry = EntryFactory.create(
            project=ProjectFactory.create(engineer=engineer),
            counted=True,
            happened_on=FRIDAY - days * DAY,
        )
        MetricFactory.create(entry=entry)
        EvidenceFactory.create(entry=entry, criterion=criterion)


def gap_of(response: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.text)
    assert found is not None
    return found[1]


def almost_of(response: Any) -> list[str]:
    """The titles of the entries that almost count."""
    return re.findall(
        r'<li id="almost-\d+".*?class="entry-title"[^>]*>(.*?)</a>', response.text, re.DOTALL
    )


def test_coverage_without_a_target_says_what_to_do(client: Client, maya: Engineer) -> None:
    response = client.get("/coverage/")

    assert response.status_code == 200
    assert "Choose the level you aim for" in text_of(response)


def test_coverage_of_an_empty_journal_is_red(client: Client, criterion: Criterion) -> None:
    response = client.get("/coverage/")

    assert gap_of(response) == "0 of 1 required proven"
    assert re.findall(r'class="lamp (\w+)" title="(\w+):', response.text) == [
        ("red", "Sustained"),
        ("red", "Recent"),
        ("red", "Measured"),
        ("not_asked", "Corroborated"),
        ("red", "Led"),
    ]
    assert "Nothing yet." in text_of(response)


def test_coverage_shows_the_evidence_behind_each_criterion(
    client: Client, maya: Engineer, criterion: Criterion
) -> None:
    prove(criterion, maya)

    response = client.get("/coverage/")

    assert gap_of(response) == "1 of 1 required proven"
    text = text_of(response)
    assert "Craft 1 of 1" in text
    assert "Designs systems ✓ proven" in text
    assert "3 projects · May 2026 – Nov 2026 · 3 measured · led" in text
    for entry in maya.entries.all():
        assert f'href="/journal/entries/{entry.pk}/">{entry.title}</a>' in response.text


def test_coverage_leads_to_the_journal_where_there_is_much_evidence(
    client: Client, maya: Engineer, criterion: Criterion
) -> None:
    EvidenceFactory.create_batch(20, criterion=criterion, entry__engineer=maya)

    response = client.get("/coverage/")

    assert (
        f'<a href="/journal/?criterion={criterion.pk}">8 more in the journal</a>' in response.text
    )


def test_coverage_shows_the_level_held_beside_it(client: Client, criterion: Criterion) -> None:
    held = CriterionFactory.create(text="Writes tests", level__label="L5")
    PlacementFactory.create(engineer=criterion.level.targets.get().engineer, level=held.level)

    text = text_of(client.get("/coverage/"))

    assert "Reach · L6+" in text
    assert "Hold · L5" in text
    assert "0 of 1 proven" in text
    assert "Writes tests none" in text


def test_coverage_of_one_level_held_and_aimed_for_shows_it_once(
    client: Client, criterion: Criterion
) -> None:
    PlacementFactory.create(engineer=criterion.level.targets.get().engineer, level=criterion.level)

    assert "Hold ·" not in text_of(client.get("/coverage/"))


def test_coverage_for_htmx_is_the_part_that_changes(
    client: Client, maya: Engineer, criterion: Criterion
) -> None:
    prove(criterion, maya)

    response = client.get("/coverage/", headers=HTMX)

    assert response.text.lstrip().startswith('<div id="coverage"')
    assert gap_of(response) == "1 of 1 required proven"


def test_coverage_says_in_one_line_what_lies_outside(
    client: Client, maya: Engineer, criterion: Criterion
) -> None:
    for days in (0, 600, 700):
        EvidenceFactory.create(
            criterion=criterion, entry__engineer=maya, entry__happened_on=FRIDAY - days * DAY
        )

    default = text_of(client.get("/coverage/"))
    longer = text_of(client.get("/coverage/?from=2024-12-31"))

    assert "20 May 2025 – 20 Nov 2026 ; 2 tagged entries lie outside" in default
    assert "31 Dec 2024 – 20 Nov 2026 ; 1 tagged entry lies outside" in longer


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-11-20&to=2026-11-19", "The first day comes after the last."),
        ("from=0000-01-01", "Enter a valid date."),
        ("to=x", "Enter a valid date."),
        (f"to={'9' * 5_000}", "Enter a valid date."),
    ],
)
def test_coverage_of_a_window_that_is_none_says_so_and_shows_the_default(
    client: Client, criterion: Criterion, query: str, sentence: str, headers: dict[str, str]
) -> None:
    response = client.get(f"/coverage/?{query}", headers=headers)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "20 May 2025 – 20 Nov 2026" in text_of(response)


def test_coverage_of_a_packet_is_unknown_while_there_are_none(
    client: Client, criterion: Criterion
) -> None:
    assert client.get("/coverage/?packet=1").status_code == 404
    assert client.get("/coverage/?packet=").status_code == 200


def test_coverage_never_shows_what_is_private_or_somebody_elses(
    client: Client, maya: Engineer, criterion: Criterion
) -> None:
    for engineer, visibility in ((maya, "private"), (EngineerFactory.create(), "shareable")):
        EvidenceFactory.create(
            criterion=criterion,
            entry__engineer=engineer,
            entry__title="Planted",
            entry__visibility=visibility,
        )

    assert "Planted" not in client.get("/coverage/").text


# --- almost counts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "mend"),
    [
        ({"outcome": ""}, {"outcome": "Forty people wait less."}),
        ({"role": ""}, {"role": "led"}),
        ({"status": "in_progress"}, {"status": "shipped"}),
    ],
)
def test_entry_that_almost_counts_is_mended_in_place(
    client: Client,
    maya: Engineer,
    criterion: Criterion,
    fields: dict[str, str],
    mend: dict[str, str],
) -> None:
    entry = EntryFactory.create(**{"engineer": maya, "counted": True, **fields})
    EvidenceFactory.create(entry=entry, criterion=criterion)
    before = client.get("/coverage/")
    form = re.search(r'<form method="post" class="mend".*?</form>', before.text, re.DOTALL)
    assert form is not None
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))
    assert re.findall(r' name="(\w+)" [^>]*required', form[0]) == [*mend]

    saved = client.post(f"/journal/entries/{entry.pk}/edit/", sent | mend, headers=HTMX)
    after = client.get("/coverage/", headers=HTMX)

    assert saved.status_code == 200
    assert (almost_of(before), almost_of(after)) == ([entry.title], [])
    assert "luck" in text_of(after)


def test_entry_that_lacks_a_criterion_is_tagged_in_place(
    client: Client, maya: Engineer, criterion: Criterion
) -> None:
    entry = EntryFactory.create(engineer=maya, counted=True)
    before = client.get("/coverage/")
    assert f'<option value="{criterion.pk}">Designs systems</option>' in before.text

    sent = {"entry": entry.pk, "criteria": criterion.pk, "next": "/coverage/"}
    saved = client.post("/journal/entries/bulk/", sent)

    assert saved.headers["Location"] == "/coverage/"
    assert (almost_of(before), almost_of(client.get("/coverage/"))) == ([entry.title], [])


# --- queries ------------------------------------------------------------------------------------


def test_coverage_asks_as_often_for_three_hundred_entries_as_for_three(
    client: Client, maya: Engineer, criterion: Criterion, django_assert_max_num_queries: Any
) -> None:
    held = CriterionFactory.create()
    PlacementFactory.create(engineer=maya, level=held.level)
    prove(criterion, maya)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get("/coverage/")
    for _n in range(50):
        prove(criterion, maya)
        prove(held, maya)

    with django_assert_max_num_queries(len(few)):
        client.get("/coverage/")


@pytest.mark.parametrize("address", ["/", "/coverage/"])
def test_level_that_requires_nothing_says_so(
    client: Client, maya: Engineer, criterion: Criterion, address: str
) -> None:
    criterion.delete()

    text = text_of(client.get(address))

    assert "No criterion is required here" in text
    assert "0 of 0" not in text
    assert ("What its ladder says of it" in text) == (address == "/coverage/")
