"""YAML of topics with criteria by level."""

from __future__ import annotations

import pytest

from careers.ladders.document import GuidancePart
from tests.ladders.importers.reading import criteria, read, refusal

TOPICS = """\
path: '/framework/baker'
title: "🥐 Baker's Framework"
levels: 3
topics:
  - name: 'dough'
    title: '🍞 Dough'
    content:
      - level: 10
        criteria:
          - 'Teaches'
      - level: 1
        criteria:
          - 'Weighs flour'
          - 'Kneads'
        exampleCriteria:
          - criteria: 'Rests the dough'
            examples:
              - 'Waits for an hour'
              - 'Covers it'
  - name: ovens
    content:
      - level: 2
        criteria: Heats
"""
EXPECTED = [
    ("1", "dough", "Weighs flour"),
    ("1", "dough", "Kneads"),
    ("1", "dough", "Rests the dough"),
    ("2", "ovens", "Heats"),
    ("10", "dough", "Teaches"),
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("baker.yml", TOPICS),
        ("baker", TOPICS),
        ("baker.md", f"---\n{TOPICS}---\n\n# How to read it\n\n- L1: no level\n"),
        ("baker.md", f"---\n{TOPICS}---"),
    ],
)
def test_topics_are_dimensions_and_numbers_levels(name: str, text: str) -> None:
    document = read(text, name=name)

    assert document.name == "Baker's Framework"
    assert [dimension.name for dimension in document.tracks[0].dimensions] == ["Dough", "ovens"]
    assert [(level.code, level.title) for level in document.levels] == [
        ("1", "Level 1"),
        ("2", "Level 2"),
        ("10", "Level 10"),
    ]
    assert criteria(document) == EXPECTED
    assert document.levels[0].guidance == tuple(
        GuidancePart(kind="example", title="Rests the dough", text=text)
        for text in ("Waits for an hour", "Covers it")
    )


def test_bytes_that_mark_the_encoding_change_nothing() -> None:
    document = read(f"\ufeff---\n{TOPICS}---\n", name="baker.md")

    assert criteria(document) == EXPECTED


def test_text_with_topics_as_an_example_is_no_list_of_them() -> None:
    text = f"## L1: Baker\n\n- Bakes\n\n```python\n{TOPICS}```\n"

    assert criteria(read(text, name="a.md")) == [("L1", "expectations", "Bakes")]


def test_topic_keeps_the_mark_that_belongs_to_its_name() -> None:
    document = read(TOPICS.replace("🍞 Dough", ".NET"), name="a.yml")

    assert document.tracks[0].dimensions[0].name == ".NET"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "level: 10",
            "level: ten",
            "line 8, topics[0].content[0].level: Write a whole number from 0 to 9999.",
        ),
        (
            "criteria: 'Rests the dough'",
            "criterion: 'Rests'",
            "line 16, topics[0].content[1].exampleCriteria[0].criteria: This is missing.",
        ),
        ("- name: ovens\n", "- id: ovens\n", ""),
    ],
)
def test_mistakes_are_told_by_line(old: str, new: str, problem: str) -> None:
    text = TOPICS.replace(old, new)
    if problem:
        assert refusal(text, name="a.yml") == [problem]
    else:
        assert criteria(read(text, name="a.yml"))[3] == ("2", "expectations", "Heats")
