from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from careers.journal.content import Support
from careers.journal.countable import Window
from careers.journal.evidence import EvidenceForm, Goals, criteria_choices, goals_of
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    DimensionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    LadderFactory,
    LevelFactory,
    PlacementFactory,
    TargetFactory,
    TrackFactory,
)
from tests.ladders.small import changed, publish

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from careers.journal.models import Evidence
    from careers.ladders.models import Criterion

pytestmark = pytest.mark.django_db

TAGGED_AT = dt.datetime(2026, 3, 6, 16, tzinfo=dt.UTC)
NOWHERE = Goals(target=None, held=None)


def criteria_of(*texts: str, **level: Any) -> list[Criterion]:
    """Criteria of one new level and one dimension, in this order."""
    row = LevelFactory.create(**level)
    dimension = DimensionFactory.create(track=row.track)
    return [CriterionFactory.create(level=row, dimension=dimension, text=text) for text in texts]


# --- goals --------------------------------------------------------------------------------------


def test_goals_are_the_level_aimed_for_and_the_one_held_now(django_assert_num_queries: Any) -> None:
    engineer = EngineerFactory.create()
    PlacementFactory.create(engineer=engineer, since_on=FRIDAY)
    target = TargetFactory.create(engineer=engineer)
    newest = PlacementFactory.create(engineer=engineer, since_on=FRIDAY + dt.timedelta(days=1))
    PlacementFactory.create(engineer=engineer, since_on=FRIDAY - dt.timedelta(days=1))
    TargetFactory.create()

    with django_assert_num_queries(1):
        goals = goals_of(engineer)
        ladders = [goals.target and goals.target.ladder, goals.held and goals.held.ladder]

    assert goals == Goals(target=target.level, held=newest.level)
    assert ladders == [target.level.ladder, newest.level.ladder]


def test_goals_that_nobody_said_are_none() -> None:
    assert goals_of(EngineerFactory.create()) == NOWHERE


def test_goals_of_one_level_aimed_for_and_held() -> None:
    level = LevelFactory.create()
    target = TargetFactory.create(level=level)
    PlacementFactory.create(engineer=target.engineer, level=level)

    assert goals_of(target.engineer) == Goals(target=level, held=level)


def test_window_is_as_long_as_the_ladder_of_the_target_asks_for() -> None:
    ladder = LadderFactory.create(rules={"window_months": 12})
    goals = Goals(target=LevelFactory.create(track__ladder=ladder), held=None)

    assert goals.window(FRIDAY) == Window(dt.date(2025, 11, 20), FRIDAY)
    assert NOWHERE.window(FRIDAY) == Window(dt.date(2025, 5, 20), FRIDAY)


def test_criteria_choices_list_the_target_level_then_the_one_held(
    django_assert_num_queries: Any,
) -> None:
    aimed = criteria_of("Designs systems", "Gives talks", position=1)
    held = criteria_of("Writes tests", position=2)
    criteria_of("Elsewhere")
    CriterionFactory.create(level=aimed[0].level, is_retired=True)
    target = TargetFactory.create(level=aimed[0].level)
    PlacementFactory.create(engineer=target.engineer, level=held[0].level)
    TargetFactory.create_batch(2, level=held[0].level)

    with django_assert_num_queries(1):
        choices = criteria_choices(target.engineer)

    assert choices == [
        (str(aimed[0].level), [(row.pk, row.text) for row in aimed]),
        (str(held[0].level), [(held[0].pk, "Writes tests")]),
    ]


def test_criteria_choices_of_one_level_aimed_for_and_held_list_it_once() -> None:
    level = criteria_of("Writes tests")[0].level
    target = TargetFactory.create(level=level)
    PlacementFactory.create(engineer=target.engineer, level=level)

    assert [label for label, _criteria in criteria_choices(target.engineer)] == [str(level)]


# --- what is offered ----------------------------------------------------------------------------


def offered(form: EvidenceForm) -> list[tuple[str, list[str]]]:
    """Each level's label with its criteria, as the page lists them."""
    return [
        (
            group.level.label,
            [choice.criterion.text for _name, choices in group.dimensions for choice in choices],
        )
        for group in form.levels()
    ]


def test_evidence_form_offers_the_tracks_of_both_levels_the_target_first() -> None:
    track = TrackFactory.create()
    for n in (1, 2, 3, 4):
        criteria_of(f"Criterion {n}", track=track, code=f"L{n}", position=n)
    elsewhere = criteria_of("Elsewhere")
    levels = {level.code: level for level in track.levels.all()}

    form = EvidenceForm(EntryFactory.create(), Goals(target=levels["L3"], held=levels["L2"]))

    assert [label for label, _criteria in offered(form)] == ["L3", "L2", "L1", "L4"]
    assert elsewhere[0] not in form.criteria


def test_evidence_form_without_goals_offers_nothing() -> None:
    criteria_of("Writes tests")

    assert EvidenceForm(EntryFactory.create(), NOWHERE).levels() == []


def test_evidence_form_offers_no_retired_criterion_but_keeps_one_that_was_tagged() -> None:
    kept, gone, tagged = criteria_of("Kept", "Gone", "Tagged")
    for criterion in (gone, tagged):
        criterion.is_retired = True
        criterion.save()
    evidence = EvidenceFactory.create(criterion=tagged)

    form = EvidenceForm(evidence.entry, Goals(target=kept.level, held=None))

    assert offered(form) == [(kept.level.label, ["Kept", "Tagged"])]
    assert form.supports() == [Support(tagged.pk, is_primary=True)]


def test_evidence_form_keeps_what_supports_a_level_nobody_aims_for_any_more() -> None:
    evidence = EvidenceFactory.create(criterion__text="Old", note="why")

    form = EvidenceForm(evidence.entry, NOWHERE)

    assert offered(form) == [(evidence.criterion.level.label, ["Old"])]
    assert form.supports() == [Support(evidence.criterion_id, is_primary=True, note="why")]


def test_evidence_form_offers_nothing_of_a_private_ladder_of_somebody_else() -> None:
    ladder = LadderFactory.create(owner=EngineerFactory.create())
    secret = criteria_of("Secret", track=TrackFactory.create(ladder=ladder))[0]

    form = EvidenceForm(EntryFactory.create(), Goals(target=secret.level, held=None))

    assert form.levels() == []


def test_level_is_open_when_it_is_the_target_or_something_of_it_is_chosen() -> None:
    track = TrackFactory.create()
    rows = [criteria_of("x", track=track, code=f"L{n}", position=n)[0] for n in (1, 2, 3)]
    evidence = EvidenceFactory.create(criterion=rows[0])

    form = EvidenceForm(evidence.entry, Goals(target=rows[2].level, held=None))

    assert [(group.level.code, group.chosen, group.is_open) for group in form.levels()] == [
        ("L3", 0, True),
        ("L1", 1, True),
        ("L2", 0, False),
    ]


@pytest.mark.parametrize(
    ("reworded_at", "is_reworded"),
    [
        (None, False),
        (TAGGED_AT - dt.timedelta(days=1), False),
        (TAGGED_AT + dt.timedelta(days=1), True),
    ],
)
def test_choice_says_when_the_criterion_was_reworded_since(
    reworded_at: dt.datetime | None, *, is_reworded: bool
) -> None:
    evidence = EvidenceFactory.create(created_at=TAGGED_AT, criterion__reworded_at=reworded_at)

    [group] = EvidenceForm(evidence.entry, NOWHERE).levels()

    [(_name, [choice])] = group.dimensions
    assert choice.is_reworded == is_reworded
    assert not choice.was  # no edition holds this criterion


@pytest.mark.parametrize(
    ("tagged_in", "said"),
    [(0, "Writes -tests.-"), (1, "Writes -tests.-"), (2, "Writes -many tests.-"), (3, "")],
)
def test_choice_says_what_a_reworded_criterion_said_when_it_was_tagged(
    tagged_in: int, said: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day, text in enumerate(["Writes tests", "Writes many tests", "Writes proofs"], start=1):
        with time_machine.travel(TAGGED_AT + dt.timedelta(days=day), tick=False):
            ladder = publish(changed(("Writes tests", text))).ladder
    evidence = EvidenceFactory.create(
        criterion=ladder.criteria.get(key="tests"),
        created_at=TAGGED_AT + dt.timedelta(days=tagged_in, hours=1),
    )
    form = EvidenceForm(evidence.entry, NOWHERE)

    with django_assert_max_num_queries(2):
        [group] = form.levels()

    [(_name, [choice])] = group.dimensions
    assert choice.is_reworded == bool(said)
    assert "".join(f"-{run.text}-" if run.is_changed else run.text for run in choice.was) == said


# --- what was sent ------------------------------------------------------------------------------


def sent(evidence: Evidence, /, **values: str) -> EvidenceForm:
    """The form of an entry that is `evidence`, with these values for its criterion."""
    data = {f"{name}-{evidence.criterion_id}": value for name, value in values.items()}
    return EvidenceForm(evidence.entry, Goals(target=evidence.criterion.level, held=None), data)


def test_criterion_that_was_not_sent_stays_as_it_is() -> None:
    evidence = EvidenceFactory.create(is_primary=False, note="why")

    assert sent(evidence).supports() == [
        Support(evidence.criterion_id, is_primary=False, note="why")
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"evidence": ""}, []),
        ({"evidence": "primary"}, [(True, "why")]),
        ({"evidence": "supporting", "note": " because "}, [(False, "because")]),
        ({"note": ""}, [(True, "")]),
    ],
)
def test_criterion_that_was_sent_changes(
    values: dict[str, str], expected: list[tuple[bool, str]]
) -> None:
    form = sent(EvidenceFactory.create(note="why"), **values)

    assert form.is_valid()
    assert [(support.is_primary, support.note) for support in form.supports()] == expected


def test_criterion_that_is_not_offered_is_passed_over() -> None:
    evidence = EvidenceFactory.create()
    elsewhere = CriterionFactory.create()
    goals = Goals(target=evidence.criterion.level, held=None)

    form = EvidenceForm(evidence.entry, goals, {f"evidence-{elsewhere.pk}": "primary"})

    assert [support.criterion_id for support in form.supports()] == [evidence.criterion_id]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"note": "x" * 501}, "A note may have 500 characters; shorten it."),
        ({"note": "a\x00b"}, "Null characters are not allowed."),
        ({"evidence": "maybe"}, "An entry supports a criterion as primary or supporting evidence."),
        ({"evidence": "\x00"}, "An entry supports a criterion as primary or supporting evidence."),
    ],
)
def test_evidence_form_refuses(values: dict[str, str], error: str) -> None:
    form = sent(EvidenceFactory.create(), **values)

    assert not form.is_valid()
    assert form.error == error


def test_evidence_form_refuses_a_fourth_primary_of_one_level() -> None:
    criteria = criteria_of("a", "b", "c", "d", label="L6+", code="L6")
    data = {f"evidence-{criterion.pk}": "primary" for criterion in criteria}

    form = EvidenceForm(EntryFactory.create(), Goals(target=criteria[0].level, held=None), data)

    assert not form.is_valid()
    assert form.error == (
        "One entry is primary evidence for at most 3 criteria of a level; "
        "here it is 4 of L6+. Make the weaker ones supporting."
    )
    assert [choice.support for choice in form.levels()[0].dimensions[0][1]] == ["primary"] * 4
