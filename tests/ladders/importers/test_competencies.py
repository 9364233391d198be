from __future__ import annotations

import pytest

from careers.ladders.document import GuidancePart
from careers.ladders.importers import read_document
from tests.ladders.importers.reading import criteria, keys, read, refusal

SOURCE = """\
name: Baking
summary: |
  Competencies of bakers.
sheetId: 1Gdn
levels:
  - id: junior
    name: Junior Baker
  - id: senior-2-ic
    name: Senior Baker 2 (Individual Contributor)
  - id: senior-2-pm
    name: Senior Baker 2 (People Manager)
  - id: head
    name: Head of Baking
themes:
  - id: dough-work
    name: Dough
    summary: What rises.
  - id: oven
    name: Oven
competencies:
  - id: 0b7c5e0e-3d6f-4b62-9d6c-0c2f1f5a7d11
    level: junior
    theme: oven
    summary: Watches the oven.
    examples:
      - Sets a timer
      - Asks before opening
    supportingUrls: [{label: Ovens, url: https://example.com/}]
    proficiency: Awareness
  - id: 3b6a5ad9-8a0d-4f0e-8e6a-5f6e0e7f1c22
    level: senior-2-ic
    theme: dough-work
    summary: |
      1. Makes new doughs.
      2. Knows why they rise.
    proficiency: Expert
  - {id: c, level: senior-2-pm, theme: oven, summary: Buys ovens.}
  - {id: d, level: head, theme: oven, summary: Builds bakeries.}
"""


def test_competencies_become_criteria_known_by_their_ids() -> None:
    document = read(SOURCE, name="bakers.yml")

    assert (document.slug, document.name, document.summary) == (
        "baking",
        "Baking",
        "Competencies of bakers.",
    )
    assert criteria(document) == [
        ("junior", "oven", "Watches the oven."),
        ("senior-2-ic", "dough-work", "1. Makes new doughs.\n2. Knows why they rise."),
        ("senior-2-pm", "oven", "Buys ovens."),
        ("head", "oven", "Builds bakeries."),
    ]
    assert keys(document)["Watches the oven."] == "0b7c5e0e-3d6f-4b62-9d6c-0c2f1f5a7d11"


def test_levels_are_one_track_in_their_order() -> None:
    document = read(SOURCE, name="bakers.yml")

    assert [(track.key, [level.code for level in track.levels]) for track in document.tracks] == [
        ("main", ["junior", "senior-2-ic", "senior-2-pm", "head"]),
    ]
    assert [(level.label, level.rank) for level in document.levels] == [
        ("Junior", "junior"),
        ("Senior 2 IC", "senior"),
        ("Senior 2 PM", ""),
        ("Head", ""),
    ]


def test_dimensions_are_the_themes_in_their_order() -> None:
    document = read(SOURCE, name="bakers.yml")

    assert [part.key for part in document.dimensions] == ["dough-work", "oven"]


def test_examples_proficiency_and_themes_become_guidance() -> None:
    document = read(SOURCE, name="bakers.yml")

    assert document.guidance == (GuidancePart(kind="pillar", title="Dough", text="What rises."),)
    assert document.levels[0].guidance == (
        GuidancePart(kind="example", title="Watches the oven.", text="Sets a timer"),
        GuidancePart(kind="example", title="Watches the oven.", text="Asks before opening"),
        GuidancePart(kind="proficiency", title="Oven", text="Awareness"),
    )


def test_rewording_and_reordering_keep_the_keys() -> None:
    changed = SOURCE.replace("Buys ovens.", "Buys and sells ovens.")

    assert {*keys(read(changed, name="a.yml")).values()} == {
        *keys(read(SOURCE, name="a.yml")).values()
    }


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "level: head, theme",
            "level: boss, theme",
            "line 38, competencies[3].level: There is no level “boss”.",
        ),
        (
            "theme: oven, summary: Buys",
            "theme: fire, summary: Buys",
            "line 37, competencies[2].theme: There is no theme “fire”.",
        ),
        ("id: d,", "id: c,", "line 38, competencies[3]: “c” is there already, on line 37."),
        ("id: head", "id: junior", "line 12, levels[3].id: “junior” is there already, on line 6."),
        ("summary: Buys ovens.", "other: x", "line 37, competencies[2].summary: This is missing."),
    ],
)
def test_errors_name_their_line_and_path(old: str, new: str, sentence: str) -> None:
    assert old in SOURCE

    assert sentence in refusal(SOURCE.replace(old, new), name="bakers.yml")


def test_json_of_the_same_shape_is_read() -> None:
    text = (
        '{"name": "Baking", "levels": [{"id": "a", "name": "A"}],'
        ' "themes": [{"id": "t", "name": "T"}],'
        ' "competencies": [{"id": "x", "level": "a", "theme": "t", "summary": "Bakes"}]}'
    )

    assert criteria(read(text, name="bakers.json")) == [("a", "t", "Bakes")]


def test_proficiency_that_several_competencies_reach_is_said_once() -> None:
    text = "levels:\n  - {id: a, name: Senior}\ncompetencies:\n" + "".join(
        f"  - {{id: c{n}, level: a, theme: t, summary: Does c{n}., proficiency: p{n % 3}}}\n"
        for n in range(9)
    )

    document = read_document(text.encode(), name="ladder.yaml")

    assert [part.text for part in document.levels[0].guidance] == ["p0", "p1", "p2"]
