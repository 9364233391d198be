"""Rows for tests. No surprises: nothing random, nothing of today, and what belongs together does.

`EntryFactory.create()` is an entry as one line and Enter make it; with `counted=True` it counts. An
entry of a project belongs to the project's engineer.
"""
# factory_boy's declarations carry no types.
# mypy: disable-error-code="attr-defined, no-untyped-call"

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory, Password

from careers.journal.models import (
    Candidate,
    Entry,
    EntryLink,
    Evidence,
    Metric,
    Project,
    Revision,
    Week,
)
from careers.ladders.models import (
    Criterion,
    Dimension,
    Edition,
    Guidance,
    Ladder,
    Level,
    Placement,
    Target,
    Track,
    Transition,
)
from careers.people.models import Engineer

PASSWORD = "every-friday"
FRIDAY = dt.date(2026, 11, 20)  # today in every test that stops the clock


class EngineerFactory(DjangoModelFactory[Engineer]):
    class Meta:
        model = Engineer

    email = factory.Sequence(lambda n: f"engineer{n}@example.com")
    name = factory.Sequence(lambda n: f"Engineer {n}")
    password = Password(PASSWORD)


# --- ladders ------------------------------------------------------------------------------------


class LadderFactory(DjangoModelFactory[Ladder]):
    class Meta:
        model = Ladder

    slug = factory.Sequence(lambda n: f"ladder-{n}")
    name = factory.Sequence(lambda n: f"Ladder {n}")


class EditionFactory(DjangoModelFactory[Edition]):
    class Meta:
        model = Edition

    ladder = factory.SubFactory(LadderFactory)
    number = factory.Sequence(lambda n: n + 1)
    document = "{}"
    sha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # of the document


class TrackFactory(DjangoModelFactory[Track]):
    class Meta:
        model = Track

    ladder = factory.SubFactory(LadderFactory)
    key = factory.Sequence(lambda n: f"track-{n}")
    name = factory.Sequence(lambda n: f"Track {n}")
    position = factory.Sequence(lambda n: n)


class DimensionFactory(DjangoModelFactory[Dimension]):
    class Meta:
        model = Dimension

    track = factory.SubFactory(TrackFactory)
    key = factory.Sequence(lambda n: f"dimension-{n}")
    name = factory.Sequence(lambda n: f"Dimension {n}")
    position = factory.Sequence(lambda n: n)


class LevelFactory(DjangoModelFactory[Level]):
    class Meta:
        model = Level

    track = factory.SubFactory(TrackFactory)
    ladder = factory.SelfAttribute("track.ladder")
    code = factory.Sequence(lambda n: f"L{n}")
    label = factory.SelfAttribute("code")
    title = factory.LazyAttribute(lambda level: f"Title of {level.code}")
    rank = Level.Rank.SENIOR
    position = factory.Sequence(lambda n: n)


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    level = factory.SubFactory(LevelFactory)
    ladder = factory.SelfAttribute("level.ladder")
    dimension = factory.SubFactory(DimensionFactory, track=factory.SelfAttribute("..level.track"))
    key = factory.Sequence(lambda n: f"criterion-{n}")
    text = factory.Sequence(lambda n: f"Does what criterion {n} expects")
    position = factory.Sequence(lambda n: n)


class TransitionFactory(DjangoModelFactory[Transition]):
    class Meta:
        model = Transition

    from_level = factory.SubFactory(LevelFactory)
    to_level = factory.SubFactory(LevelFactory, track=factory.SelfAttribute("..from_level.track"))
    min_months = 18
    max_months = 36


class GuidanceFactory(DjangoModelFactory[Guidance]):
    class Meta:
        model = Guidance

    ladder = factory.SubFactory(LadderFactory)
    kind = "project"
    text = factory.Sequence(lambda n: f"Guidance {n}")
    position = factory.Sequence(lambda n: n)


class PlacementFactory(DjangoModelFactory[Placement]):
    class Meta:
        model = Placement

    engineer = factory.SubFactory(EngineerFactory)
    level = factory.SubFactory(LevelFactory)
    since_on = FRIDAY - dt.timedelta(days=730)
    employer = "Example Systems"


class TargetFactory(DjangoModelFactory[Target]):
    class Meta:
        model = Target

    engineer = factory.SubFactory(EngineerFactory)
    level = factory.SubFactory(LevelFactory)
    set_on = FRIDAY - dt.timedelta(days=365)


# --- the journal --------------------------------------------------------------------------------


class WeekFactory(DjangoModelFactory[Week]):
    class Meta:
        model = Week

    engineer = factory.SubFactory(EngineerFactory)
    monday = FRIDAY - dt.timedelta(days=4)
    is_quiet = True


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    engineer = factory.SubFactory(EngineerFactory)
    title = factory.Sequence(lambda n: f"Project {n}")


class EntryFactory(DjangoModelFactory[Entry]):
    class Meta:
        model = Entry

    class Params:
        counted = factory.Trait(outcome="Two teams stopped waiting.", role=Entry.Role.LED)

    project = None
    engineer = factory.Maybe(
        "project",
        yes_declaration=factory.SelfAttribute("project.engineer"),
        no_declaration=factory.SubFactory(EngineerFactory),
    )
    happened_on = FRIDAY
    title = factory.Sequence(lambda n: f"Entry {n}")


class MetricFactory(DjangoModelFactory[Metric]):
    """800 ms before, 200 ms after, measured: complete."""

    class Meta:
        model = Metric

    entry = factory.SubFactory(EntryFactory)
    name = "p99 latency"
    before = Decimal(800)
    after = Decimal(200)
    unit = "ms"
    better = Metric.Better.LOWER
    basis = Metric.Basis.MEASURED


class EntryLinkFactory(DjangoModelFactory[EntryLink]):
    class Meta:
        model = EntryLink

    entry = factory.SubFactory(EntryFactory)
    url = factory.Sequence(lambda n: f"https://example.com/changes/{n}")


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """Primary, and its entry counts."""

    class Meta:
        model = Evidence

    entry = factory.SubFactory(EntryFactory, counted=True)
    criterion = factory.SubFactory(CriterionFactory)
    is_primary = True


class CandidateFactory(DjangoModelFactory[Candidate]):
    """In the tray, ticked; as an entry it would lack why it mattered and a role."""

    class Meta:
        model = Candidate

    class Params:
        title = factory.Sequence(lambda n: f"Candidate {n}")

    engineer = factory.SubFactory(EngineerFactory)
    source = "brag.md"
    position = factory.Sequence(lambda n: n + 1)
    content = factory.LazyAttribute(
        lambda made: {
            "fields": {
                "title": made.title,
                "happened_on": FRIDAY.isoformat(),
                "what": "",
                "outcome": "",
                "kind": "shipped",
                "role": "",
                "reach": "team",
                "status": "shipped",
                "visibility": "shareable",
                "collaborators": "",
            },
            "project": "",
            "metrics": [],
            "links": [],
            "evidence": [],
        }
    )


class RevisionFactory(DjangoModelFactory[Revision]):
    class Meta:
        model = Revision

    entry = factory.SubFactory(EntryFactory)
    engineer = factory.SelfAttribute("entry.engineer")
    number = factory.SelfAttribute("entry.version")
    content = factory.LazyFunction(dict)
