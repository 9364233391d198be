import pytest

from careers.coverage.facts import DEFAULT_RULES, Rules
from tests.coverage.facts_for_tests import assess, evidence, letters


def test_rules_are_by_default_the_numbers_of_the_design() -> None:
    assert DEFAULT_RULES.as_dict() == {
        "undeniable_examples": 3,
        "sustained_days": 180,
        "sustained_months": 3,
        "sustained_amber_days": 90,
        "recent_days": 180,
        "recent_amber_days": 270,
        "gate_examples": 3,
        "primary_criteria_per_level": 3,
        "window_months": 18,
        "manager_position_days": 90,
        "amber_allowed": 1,
    }


def test_rules_come_back_from_their_mapping() -> None:
    rules = Rules(undeniable_examples=4, amber_allowed=0)

    assert Rules.from_mapping(rules.as_dict()) == rules
    assert Rules.from_mapping({"recent_days": 90}) == Rules(recent_days=90)


def test_rules_may_be_as_low_as_their_least_and_have_no_amber_between() -> None:
    least = Rules(
        undeniable_examples=2,
        sustained_days=0,
        sustained_months=1,
        sustained_amber_days=0,
        recent_days=0,
        recent_amber_days=0,
        gate_examples=1,
        primary_criteria_per_level=1,
        window_months=1,
        manager_position_days=0,
        amber_allowed=0,
    )

    assert letters(assess([evidence(1, 0)], rules=least))[:2] == "GG"
    assert letters(assess([evidence(1, 1)], rules=least))[:2] == "GR"


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"luck": 1, "charm": 2}, "There is no setting called charm, luck."),
        (
            {"undeniable_examples": 1},
            "undeniable_examples must be a whole number of at least 2.",
        ),
        ({"sustained_months": 0}, "sustained_months must be a whole number of at least 1."),
        ({"gate_examples": 0}, "gate_examples must be a whole number of at least 1."),
        (
            {"primary_criteria_per_level": 0},
            "primary_criteria_per_level must be a whole number of at least 1.",
        ),
        ({"window_months": 0}, "window_months must be a whole number of at least 1."),
        ({"amber_allowed": -1}, "amber_allowed must be a whole number of at least 0."),
        ({"recent_days": True}, "recent_days must be a whole number of at least 0."),
        ({"recent_days": "9"}, "recent_days must be a whole number of at least 0."),
        ({"sustained_days": 89}, "sustained_amber_days cannot be more than sustained_days."),
        ({"recent_days": 271}, "recent_days cannot be more than recent_amber_days."),
    ],
)
def test_rules_refuse_what_makes_no_sense(mapping: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole message is compared
        Rules.from_mapping(mapping)

    assert str(caught.value) == message
