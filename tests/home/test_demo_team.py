"""The demo's team: that its rows are sound, and that what they prove keeps meaning something."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command

from careers.coverage.facts import CriterionFacts, EvidenceFacts, LampName, LevelCoverage, Strength
from careers.coverage.rules import assess_level
from careers.home.demo_team import fill, read_team
from careers.journal.content import contents_of
from careers.journal.countable import Lack, Measure, best_measure, default_window
from careers.journal.models import Entry, EntryLink, Evidence, Metric, Project, Revision, Week
from careers.ladders.models import Criterion
from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
WINDOW = default_window(SUNDAY.date())
LETTERS = {"green": "G", "amber": "A", "red": "R", "not_asked": "-"}

# key: strength, lamps (sustained, recent, measured, corroborated, led), proven
STAFF = {
    "l6-expertise": ("undeniable", "GGG-G", True),
    "l6-org-scale": ("pattern", "GAG-G", False),
    "l6-foresight": ("pattern", "AG--G", False),
    "l6-hardest-faults": ("undeniable", "GGA-G", True),
    "l6-initiatives": ("undeniable", "GGR-G", False),
    "l6-strategy": ("none", "RR--R", False),
    "l6-unblocks-teams": ("undeniable", "GGG-G", True),
    "l6-org-productivity": ("undeniable", "GGG-G", True),
    "l6-risk": ("undeniable", "GGG-G", True),
    "l6-mentors-seniors": ("luck", "AG--A", False),
    "l6-architecture-forum": ("none", "RR--R", False),
    "l6-culture": ("pattern", "GGG-G", False),
    "l6-leadership-partner": ("none", "RR---", False),
    "l6-public-voice": ("pattern", "AA--G", False),
}


@pytest.fixture
def maya() -> Engineer:
    """Maya of a team that was made on a Sunday, so that all of its last week has come."""
    return make_team(SUNDAY)


def make_team(now: datetime) -> Engineer:
    with time_machine.travel(now, tick=False):
        call_command("load_ladders", stdout=StringIO())
        fill(read_team())
    return Engineer.objects.get(email="maya@example.com")


def test_demo_team_has_a_manager_a_stranger_and_an_administrator(maya: Engineer) -> None:
    team = {engineer.email.split("@")[0]: engineer for engineer in Engineer.objects.all()}

    assert sorted(team) == ["admin", "maya", "sam", "tomas"]
    assert maya.manager == team["tomas"]
    assert team["sam"].manager is None
    assert team["sam"].team != maya.team
    assert [name for name, who in team.items() if who.is_superuser and who.is_staff] == ["admin"]
    assert {name: who.target.level.code for name, who in team.items() if name != "admin"} == {
        "maya": "L6",
        "sam": "L5",
        "tomas": "M5",
    }
    assert [
        (placement.level.code, str(placement.since_on))
        for placement in maya.placements.order_by("since_on")
    ] == [("L3", "2019-11-01"), ("L4", "2021-11-01"), ("L5", "2024-05-01")]


def test_demo_rows_are_ones_that_a_form_would_take(maya: Engineer) -> None:
    for model in (Engineer, Week, Project, Entry, Metric, EntryLink, Evidence):
        for row in model._default_manager.all():
            row.full_clean()


def test_demo_journal_is_the_size_it_is_shown_at(maya: Engineer) -> None:
    entries = maya.entries.all()

    assert (entries.count(), entries.within(WINDOW).count()) == (99, 96)
    assert (maya.projects.count(), maya.weeks.filter(is_quiet=True).count()) == (12, 9)
    assert {entry.kind for entry in entries} == set(Entry.Kind)
    assert {entry.role for entry in entries} == {"", *Entry.Role}
    assert {entry.reach for entry in entries} == set(Entry.Reach)
    assert {entry.status for entry in entries} == set(Entry.Status)
    lacks = Counter(lack for entry in entries for lack in entry.lacks(WINDOW))
    assert lacks == {
        Lack.PRIVATE: 5,
        Lack.OUTSIDE: 3,
        Lack.IN_PROGRESS: 2,
        Lack.NO_OUTCOME: 4,
        Lack.NO_ROLE: 10,
    }


def test_demo_titles_are_written_in_a_minute(maya: Engineer) -> None:
    assert [entry.title for entry in Entry.objects.all() if len(entry.title) > 90] == []


def test_demo_links_lead_to_invented_hosts(maya: Engineer) -> None:
    hosts = {str(urlsplit(link.url).hostname) for link in EntryLink.objects.all()}

    assert {host.partition(".")[2] for host in hosts} == {"example.com", "example.org"}


def test_demo_quiet_weeks_are_quiet(maya: Engineer) -> None:
    quiet = set(maya.weeks.filter(is_quiet=True).values_list("monday", flat=True))

    assert quiet & {entry.monday for entry in maya.entries.all()} == set()


def test_demo_entries_have_the_revisions_that_made_them(maya: Engineer) -> None:
    contents = contents_of(list(Entry.objects.all()))
    revisions = Revision.objects.order_by("number")

    assert {row.entry_id: row.content for row in revisions} == contents
    assert Counter(row.number for row in revisions) == {1: len(contents), 2: 1}
    assert {row.entry_id: row.number for row in revisions} == dict(
        Entry.objects.values_list("pk", "version")
    )


@pytest.mark.parametrize("day", range(7))
def test_demo_filled_on_any_weekday_has_three_entries_this_week(day: int) -> None:
    today = SUNDAY + timedelta(days=1 + day)

    maya = make_team(today)

    newest = list(maya.entries.newest_first()[:4])
    this_week = [entry.monday > SUNDAY.date() for entry in newest]
    assert [entry.title.split(" ")[0] for entry in newest[:3]] == ["Paired", "Going", "First"]
    assert this_week == [True, True, True, False]
    assert not any(entry.is_private for entry in newest)
    assert max(entry.happened_on for entry in newest) <= today.date()
    assert max(entry.created_at for entry in newest) <= today


def evidence_of(engineer: Engineer) -> list[EvidenceFacts]:
    rows = Evidence.objects.filter(entry__engineer=engineer).select_related("entry", "criterion")
    return [
        EvidenceFacts(
            criterion=row.criterion.key,
            entry=row.entry.facts(best_measure(m.facts() for m in row.entry.metrics.all())),
            is_primary=row.is_primary,
        )
        for row in rows.prefetch_related("entry__metrics").order_by("pk")
    ]


def criteria_of(code: str) -> list[CriterionFacts]:
    criteria = Criterion.objects.filter(ladder__slug="infrastructure", level__code=code)
    return [
        CriterionFacts(
            key=criterion.key,
            dimension=criterion.dimension.key,
            rank=criterion.level.rank,
            required=criterion.is_required,
            lamps=None if criterion.lamps is None else tuple(map(LampName, criterion.lamps)),
        )
        for criterion in criteria.select_related("level", "dimension").order_by("position")
    ]


def filled_on(day: date, evidence: Iterable[EvidenceFacts]) -> list[EvidenceFacts]:
    """The same evidence as if the demo had been filled on another day."""
    shift = timedelta(days=(day - SUNDAY.date()).days + 6 - day.weekday())
    return [
        replace(
            row,
            entry=replace(row.entry, happened_on=min(row.entry.happened_on + shift, day)),
        )
        for row in evidence
    ]


def assess(code: str, evidence: Iterable[EvidenceFacts]) -> LevelCoverage:
    return assess_level(criteria_of(code), evidence=evidence, window=WINDOW)


def picture(covered: LevelCoverage) -> dict[str, tuple[str, str, bool]]:
    return {
        row.key: (
            row.strength.value,
            "".join(LETTERS[lamp.state] for lamp in row.lamps),
            row.is_proven,
        )
        for row in covered.criteria
    }


def mended(maya: Engineer, title: str, **fields: str) -> dict[str, tuple[str, str, bool]]:
    entry = maya.entries.get(title__startswith=title)
    assert len(entry.lacks(WINDOW)) == 1
    assert picture(assess("L6", evidence_of(maya))) == STAFF

    Entry.objects.filter(pk=entry.pk).update(**fields)

    found = picture(assess("L6", evidence_of(maya)))
    return {key: found[key] for key in STAFF if found[key] != STAFF[key]}


def test_demo_proves_five_of_thirteen_of_the_level_aimed_for(maya: Engineer) -> None:
    covered = assess("L6", evidence_of(maya))

    assert (covered.proven, covered.required) == (5, 13)
    assert [(d.key, d.met, d.required) for d in covered.dimensions] == [
        ("technical", 2, 4),
        ("impact", 3, 5),
        ("collaboration", 0, 4),
    ]
    assert [row.key for row in covered.criteria if row.strength == Strength.NONE] == [
        "l6-strategy",
        "l6-architecture-forum",
        "l6-leadership-partner",
    ]
    assert picture(covered) == STAFF
    assert all(gate.is_met for gate in covered.gates)


def test_demo_proves_the_level_held_but_for_mentoring(maya: Engineer) -> None:
    covered = assess("L5", evidence_of(maya))

    assert (covered.proven, covered.required) == (12, 13)
    assert {key: row for key, row in picture(covered).items() if not row[2]} == {
        "l5-mentors": ("pattern", "AR--G", False)
    }


def test_demo_proves_the_same_whichever_day_it_is_filled_and_four_weeks_later(
    maya: Engineer,
) -> None:
    evidence, levels = evidence_of(maya), [criteria_of("L5"), criteria_of("L6")]
    expected = {
        row
        for criteria in levels
        for row in picture(assess_level(criteria, evidence=evidence, window=WINDOW)).items()
    }

    for count in range(0, 2 * 366, 5):
        day = date(2027, 1, 1) + timedelta(days=count)
        rows = filled_on(day, evidence)
        for window in (default_window(day), default_window(day + timedelta(weeks=4))):
            found = {
                row
                for criteria in levels
                for row in picture(assess_level(criteria, evidence=rows, window=window)).items()
            }
            assert (window, found - expected) == (window, set())


def test_demo_shows_lamps_of_every_colour(maya: Engineer) -> None:
    covered = assess("L6", evidence_of(maya))

    states = Counter(lamp.state for row in covered.criteria for lamp in row.lamps)
    assert sorted(states) == ["amber", "green", "not_asked", "red"]


def test_demo_entry_is_primary_for_at_most_three_criteria_of_a_level(maya: Engineer) -> None:
    rows = Evidence.objects.filter(is_primary=True).values_list("entry", "criterion__level")

    assert max(Counter(rows).values()) <= 3


def test_demo_outcome_written_proves_a_criterion(maya: Engineer) -> None:
    changed = mended(maya, "Data and Shop Portal took over", outcome="Nobody asks where to begin.")

    assert changed == {"l6-culture": ("undeniable", "GGG-G", True)}


def test_demo_role_chosen_turns_a_red_lamp_and_proves_a_criterion(maya: Engineer) -> None:
    changed = mended(maya, "Switched off the last", role="led")

    assert changed == {"l6-initiatives": ("undeniable", "GGG-G", True)}


def test_demo_role_chosen_turns_an_amber_lamp(maya: Engineer) -> None:
    changed = mended(maya, "31 databases lose support", role="led")

    assert changed == {"l6-foresight": ("pattern", "GG--G", False)}


def test_demo_end_of_what_is_in_progress_lights_an_empty_criterion(maya: Engineer) -> None:
    changed = mended(maya, "First round of all 17 leads", status="outcome_known")

    assert changed == {"l6-architecture-forum": ("luck", "RG--G", False)}


def test_demo_tag_lights_an_empty_criterion(maya: Engineer) -> None:
    entry = maya.entries.get(title__startswith="Two pages")
    assert entry.lacks(WINDOW) == ()
    assert entry.evidence.count() == 0

    strategy = Criterion.objects.get(key="l6-strategy", ladder__slug="infrastructure")
    Evidence.objects.create(entry=entry, criterion=strategy)

    found = picture(assess("L6", evidence_of(maya)))
    assert found["l6-strategy"] == ("luck", "RG--G", False)


def test_demo_has_numbers_measured_estimated_and_missing(maya: Engineer) -> None:
    metrics = Metric.objects.filter(entry__engineer=maya).select_related("entry")

    measures = Counter(best_measure([metric.facts()]) for metric in metrics)
    assert measures == {Measure.MEASURED: 52, Measure.ESTIMATED: 3, Measure.NONE: 1}


def test_notes_of_mayas_wait_in_her_tray(maya: Engineer) -> None:
    fill(read_team())

    assert [(str(row), row.is_ticked) for row in maya.candidates.pending().in_order()] == [
        ("Showed the two teams from Lyon how a rollback works; they did the next one alone", True),
        ("Median of the queue at noon: 18 min to 4 min since the second builder", True),
        ("Wrote down who presses the button when I am away", True),
        ("Review of the runbook with Ilse and Oskar", True),
        ("Ask Greta whether Finance sees the same bill as we do", False),
    ]
