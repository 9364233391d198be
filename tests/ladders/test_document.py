from __future__ import annotations

import dataclasses
import json
import re
from hashlib import sha256

import pytest
import yaml

from careers.coverage.facts import LampName, Rules
from careers.ladders import document as documents
from careers.ladders.document import (
    ConditionPart,
    CriterionPart,
    DocumentError,
    GuidancePart,
    LadderDocument,
    TransitionPart,
    read_ladder,
)
from careers.ladders.models import Level
from tests.ladders.small import SMALL, changed


def read(text: str = SMALL) -> LadderDocument:
    return read_ladder(text.encode())


def refusal(text: str) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def test_document_holds_what_was_written() -> None:
    document = read()

    beginner, expert = document.levels
    assert (document.slug, document.name, document.summary) == (
        "small",
        "Small ladder",
        "Two levels.",
    )
    assert [dimension.key for dimension in document.dimensions] == ["craft", "people"]
    assert (beginner.code, beginner.rank, beginner.years) == ("A1", "junior", "0–2")
    assert beginner.guidance == (GuidancePart(kind="project", text="Mend a defect."),)
    assert (expert.label, expert.terminal) == ("A2+", True)
    assert expert.criteria[1] == CriterionPart(
        key="talks", dimension="people", text="Gives talks.", required=False, lamps=()
    )
    assert document.transitions == (
        TransitionPart(
            from_code="A1",
            to_code="A2",
            months=(24, 36),
            conditions=(ConditionPart(text="Delivers alone."),),
        ),
    )


def test_lamps_that_are_not_listed_are_none_and_an_empty_list_asks_for_nothing() -> None:
    lamps = [criterion.lamps for criterion in read().criteria]

    assert lamps == [("recent",), None, None, ()]


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    text = changed(
        ("years: 0–2", "years: 2"),
        ("title: Beginner", "title: no"),
        ("lamps: [recent]", "keywords: [on, 12, 1.5, 2026-11-20, 'null']"),
    )

    level = read(text).levels[0]

    assert (level.years, level.title) == ("2", "no")
    assert level.criteria[0].keywords == ("on", "12", "1.5", "2026-11-20", "null")


def test_label_that_is_left_out_is_the_code() -> None:
    assert read(changed(("        label: A1\n", ""))).levels[0].label == "A1"


def test_source_may_be_one_or_several() -> None:
    one = read(SMALL + "source: S2-01\n")
    several = read(SMALL + "source: [S2-01, S2-02]\n")

    assert (one.source, several.source) == (("S2-01",), ("S2-01", "S2-02"))


def test_canonical_text_is_sorted_json_without_floats_and_its_hash_is_of_its_bytes() -> None:
    document = read()

    content = json.loads(document.canonical, parse_float=lambda text: pytest.fail(text))
    assert document.canonical == json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert content["format"] == "careers-ladder-1"
    assert document.sha256 == sha256(document.canonical.encode()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Writes tests.,", "text: 'Writes tests.',"),
        ("summary: Two levels.", "# a comment\nsummary: >-\n  Two\n  levels."),
        ("lamps: [recent]", "lamps: recent"),
        ("slug: small\nname: Small ladder", "name: Small ladder\nslug: small"),
    ],
)
def test_writing_the_same_differently_keeps_the_hash(old: str, new: str) -> None:
    assert read(changed((old, new))).sha256 == read().sha256


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Writes tests.", "text: Writes good tests."),
        ("lamps: []", "lamps: [led]"),
        ("months: [24, 36]", "months: [24, 48]"),
        ("terminal: true", "terminal: false"),
    ],
)
def test_saying_something_else_changes_the_hash(old: str, new: str) -> None:
    assert read(changed((old, new))).sha256 != read().sha256


def test_lamps_in_another_order_are_no_change() -> None:
    one = read(changed(("lamps: []", "lamps: [led, recent]")))
    other = read(changed(("lamps: []", "lamps: [recent, led]")))

    assert one.sha256 == other.sha256


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("slug: small\n", "", "line 1, slug: This is missing."),
        ("slug: small", "slug:", "line 1, slug: This is missing."),
        ("slug: small", "slug: ''", "line 1, slug: This is empty."),
        ("slug: small", "slug: [a]", "line 1, slug: Write a text here."),
        (
            "slug: small",
            "slug: Small_1",
            "line 1, slug: Only small letters and digits, joined by hyphens, not “Small_1”.",
        ),
        (
            "slug: small",
            "slug: mine",
            "line 1, slug: “mine” is the address of one's own levels; take another.",
        ),
        (
            "name: Small ladder",
            f"name: {'x' * 161}",
            "line 2, name: At most 160 characters are possible.",
        ),
        ("name: Small ladder", 'name: "a\\nb"', "line 2, name: Write it on one line."),
        (
            "summary: Two levels.",
            "sumary: Two levels.",
            (
                "line 3, sumary: This name is not known here; known are slug, name, summary, "
                "source, tracks, transitions, guidance, rules."
            ),
        ),
        (
            "    name: Engineer\n",
            "    name: Engineer\n    colour: red\n",
            (
                "line 7, tracks[0].colour: This name is not known here; known are key, dimensions, "
                "name, summary, source, levels."
            ),
        ),
        (
            "key: ic",
            "key: I C",
            "line 5, tracks[0].key: Only small letters, digits and hyphens, not “I C”.",
        ),
        (
            "      - {key: people, name: People}",
            "      - {key: people, name: People}\n      - {key: craft, name: Skill}",
            "line 10, tracks[0].dimensions[2].key: “craft” is there already, on line 8.",
        ),
        (
            "      - {key: people, name: People}",
            "      - {key: people, name: People}\n      - skill",
            "line 10, tracks[0].dimensions[2]: Write names and values here.",
        ),
        (
            "transitions:\n",
            "      - {code: a1, title: Again}\ntransitions:\n",
            "line 30, tracks[0].levels[2].code: “a1” is there already, on line 11.",
        ),
        (
            "transitions:\n",
            "      - {code: A 3, title: More}\ntransitions:\n",
            "line 30, tracks[0].levels[2].code: Only letters, digits and hyphens, not “A 3”.",
        ),
        (
            "rank: senior",
            "rank: boss",
            (
                "line 25, tracks[0].levels[1].rank: Write one of: junior, mid, senior, staff, "
                "principal, distinguished."
            ),
        ),
        (
            "terminal: true",
            "terminal: yes",
            "line 26, tracks[0].levels[1].terminal: Write true or false.",
        ),
        (
            "key: asks",
            "key: tests",
            "line 19, tracks[0].levels[0].criteria[1].key: “tests” is there already, on line 18.",
        ),
        (
            "{key: asks, dimension: people,",
            "{key: asks, dimension: charm,",
            (
                "line 19, tracks[0].levels[0].criteria[1].dimension: The track has no dimension "
                "“charm”; it has craft, people."
            ),
        ),
        (
            "text: Asks early.",
            "text: ''",
            "line 19, tracks[0].levels[0].criteria[1].text: This is empty.",
        ),
        (
            "text: Asks early.",
            f"text: {'x' * 2_001}",
            "line 19, tracks[0].levels[0].criteria[1].text: At most 2000 characters are possible.",
        ),
        (
            "lamps: [recent]",
            "lamps: [recent, bright]",
            (
                "line 18, tracks[0].levels[0].criteria[0].lamps: There is no lamp bright; lamps "
                "are sustained, recent, measured, corroborated, led."
            ),
        ),
        (
            "lamps: [recent]",
            "lamps: [recent, recent]",
            "line 18, tracks[0].levels[0].criteria[0].lamps[1]: “recent” stands here twice.",
        ),
        (
            "lamps: [recent]",
            "lamps: [a, b, c, d, e, f]",
            "line 18, tracks[0].levels[0].criteria[0].lamps: At most 5 are possible.",
        ),
        (
            "required: false",
            "required: 0",
            "line 29, tracks[0].levels[1].criteria[1].required: Write true or false.",
        ),
        ("from: A1", "from: a1", "line 31, transitions[0].from: There is no level “a1”."),
        ("to: A2", "to: A1", "line 32, transitions[0].to: A transition leads to another level."),
        (
            "months: [24, 36]",
            "months: 24",
            "line 33, transitions[0].months: Write whole numbers, as in [12, 18].",
        ),
        (
            "months: [24, 36]",
            "months: [36, 24]",
            (
                "line 33, transitions[0].months: Write the least and the most, up to 600, as in "
                "[12, 18]."
            ),
        ),
        (
            "months: [24, 36]",
            "months: [24, 36, 48]",
            (
                "line 33, transitions[0].months: Write the least and the most, up to 600, as in "
                "[12, 18]."
            ),
        ),
        (
            "months: [24, 36]",
            "months: [24, 601]",
            (
                "line 33, transitions[0].months: Write the least and the most, up to 600, as in "
                "[12, 18]."
            ),
        ),
        (
            "      - text: Delivers alone.",
            "      - Delivers alone.",
            "line 35, transitions[0].conditions[0]: Write names and values here.",
        ),
        (
            "kind: principle, ",
            "kind: Big Idea, ",
            "line 37, guidance[0].kind: Only small letters, digits and hyphens, not “Big Idea”.",
        ),
    ],
)
def test_error_is_told_by_line_and_path(old: str, new: str, sentence: str) -> None:
    assert refusal(changed((old, new))) == [sentence]


def test_all_errors_are_told_at_once_in_the_order_of_their_lines() -> None:
    found = refusal(
        changed(("kind: principle", "kind: P"), ("key: ic", "key: IC"), ("slug: small", "slug: S"))
    )

    assert [line.split(":")[0] for line in found] == [
        "line 1, slug",
        "line 5, tracks[0].key",
        "line 37, guidance[0].kind",
    ]


def test_same_two_levels_have_one_transition() -> None:
    found = refusal(
        SMALL.replace(
            "guidance:\n  - {kind: pr", "  - {from: A1, to: A2}\nguidance:\n  - {kind: pr"
        )
    )

    assert found == [
        "line 36, transitions[1].to: “A1 → A2” is there already, on line 31.",
    ]


@pytest.mark.parametrize("name", ["tracks", "levels", "dimensions"])
def test_ladder_without_its_main_parts_is_refused(name: str) -> None:
    found = refusal(f"slug: a\nname: A\n{name}: []\n")

    assert any(
        line.startswith(("line 1, tracks: This is missing.", "line 3, tracks: Write"))
        for line in found
    )


def test_rules_are_those_of_the_coverage_and_so_are_lamps_and_ranks() -> None:
    fields = {field.name for field in dataclasses.fields(Rules)}

    assert set(documents.RULES) == fields
    assert documents.RULE_DEFAULTS.items() <= Rules().as_dict().items()
    assert list(documents.LAMPS) == [lamp.value for lamp in LampName]
    assert list(documents.RANKS) == Level.Rank.values


@pytest.mark.parametrize("name", documents.RULES)
def test_least_number_of_a_rule_is_taken_by_the_coverage_and_one_less_by_neither(name: str) -> None:
    least = documents.RULES[name]
    others = "\n  sustained_amber_days: 0" if name == "sustained_days" else ""
    others += "\n  recent_days: 0" if name == "recent_amber_days" else ""

    rules = read(SMALL + f"rules:\n  {name}: {least}{others}\n").rules

    assert Rules.from_mapping(rules).as_dict()[name] == least
    with pytest.raises(ValueError, match=name):
        Rules.from_mapping({**rules, name: least - 1})
    with pytest.raises(DocumentError):
        read(SMALL + f"rules:\n  {name}: {least - 1}{others}\n")


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            "undeniable_examples: 1",
            "line 39, rules.undeniable_examples: Write a whole number from 2 to 9999.",
        ),
        (
            "undeniable_examples: 2.5",
            "line 39, rules.undeniable_examples: Write a whole number from 2 to 9999.",
        ),
        (
            "undeniable_examples: '3'",
            "line 39, rules.undeniable_examples: Write a whole number from 2 to 9999.",
        ),
        (
            "recent_days: 300",
            "line 39, rules.recent_days: recent_days cannot be more than recent_amber_days.",
        ),
        (
            "sustained_days: 30",
            (
                "line 39, rules.sustained_days: sustained_amber_days cannot be more than "
                "sustained_days."
            ),
        ),
        (
            "examples: 3",
            (
                "line 39, rules.examples: This name is not known here; known are "
                f"{', '.join(documents.RULES)}."
            ),
        ),
    ],
)
def test_rule_that_cannot_be_is_refused(rules: str, sentence: str) -> None:
    assert refusal(SMALL + f"rules:\n  {rules}\n") == [sentence]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("['tracks']", "ic"),
        ("['tracks'][0]['dimensions']", "craft"),
        ("['tracks'][0]['levels']", "a1"),
        ("['tracks'][0]['levels'][0]['criteria']", "tests"),
        ("['transitions']", "A1 → A2"),
    ],
)
def test_what_is_there_twice_is_told_of_a_document_on_one_line(where: str, value: str) -> None:
    document = yaml.safe_load(SMALL)
    found = document
    for name in re.findall(r"\w+", where):
        found = found[int(name) if name.isdecimal() else name]
    found.append(found[0])

    with pytest.raises(DocumentError, match=f"“{value}” is there already, on line 1"):
        read_ladder(json.dumps(document).encode())
