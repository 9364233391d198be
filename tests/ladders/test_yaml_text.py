from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given

from careers.ladders.document import (
    CriterionPart,
    GuidancePart,
    LadderDocument,
    document_of,
    read_ladder,
)
from careers.ladders.management.commands.load_ladders import BUILTIN
from careers.ladders.yaml_text import ORDER, ladder_yaml
from tests.ladders.documents import HOSTILE, documents
from tests.ladders.small import SMALL, many_criteria

AS_WRITTEN = """\
slug: small
name: Small ladder
summary: Two levels.

tracks:
  - key: ic
    name: Engineer
    dimensions:
      - key: craft
        name: Craft
      - key: people
        name: People
    levels:
      - code: A1
        title: Beginner
        rank: junior
        years: 0–2
        scope: Does what is described.
        criteria:
          - key: tests
            dimension: craft
            text: Writes tests.
            lamps: [recent]

          - key: asks
            dimension: people
            text: Asks early.
        guidance:
          - kind: project
            text: Mend a defect.

      - code: A2
        label: A2+
        title: Expert
        rank: senior
        terminal: true
        criteria:
          - key: designs
            dimension: craft
            text: Designs systems.

          - key: talks
            dimension: people
            text: Gives talks.
            required: false
            lamps: []

transitions:
  - from: A1
    to: A2
    months: [24, 36]
    conditions:
      - text: Delivers alone.

guidance:
  - kind: principle
    title: Fair
    text: The same bar for everybody.
"""


def read(text: str = SMALL) -> LadderDocument:
    return read_ladder(text.encode())


def written(text: str) -> str:
    """The lines of a criterion of that text, without the spaces before them."""
    level = read().tracks[0].levels[0]
    criteria = (CriterionPart(key="a", dimension="craft", text=text),)
    track = replace(read().tracks[0], levels=(replace(level, criteria=criteria, guidance=()),))
    yaml = ladder_yaml(LadderDocument(slug="a", name="A", tracks=(track,)))
    return yaml.partition("            text: ")[2].removesuffix("\n").replace(" " * 14, "")


def test_ladder_is_written_as_our_files_are() -> None:
    assert ladder_yaml(read()) == AS_WRITTEN


@pytest.mark.parametrize("path", sorted(BUILTIN.glob("*.yaml")), ids=lambda path: path.stem)
def test_builtin_ladders_come_back_unchanged(path: Path) -> None:
    document = read_ladder(path.read_bytes())

    text = ladder_yaml(document)

    assert read(text) == document
    assert read(text).sha256 == document.sha256
    assert ladder_yaml(read(text)) == text


@given(documents())
def test_any_ladder_comes_back_unchanged_and_is_written_the_same_way_again(
    document: LadderDocument,
) -> None:
    text = ladder_yaml(document)

    assert read(text) == document
    assert read(text).sha256 == document.sha256
    assert ladder_yaml(read(text)) == text


@given(documents())
def test_document_of_an_edition_is_the_one_that_was_published(document: LadderDocument) -> None:
    assert document_of(document.canonical) == document
    assert ladder_yaml(document_of(document.canonical)) == ladder_yaml(document)


@pytest.mark.parametrize("words", sorted({text.strip() for text in HOSTILE}))
def test_words_stay_words_wherever_they_stand(words: str) -> None:
    line = words.replace("\n", " ")[:80].strip()
    guidance = (GuidancePart(kind="tip", title=line, text=words, source=(line,)),)
    document = replace(read(), name=line, summary=words, source=(line,), guidance=guidance)

    assert read(ladder_yaml(document)) == document


def test_document_of_another_format_is_refused() -> None:
    other = read().canonical.replace("careers-ladder-1", "careers-ladder-2")

    with pytest.raises(ValueError, match="not a document of the format careers-ladder-1"):
        document_of(other)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Writes tests.", "Writes tests."),
        ("no", '"no"'),
        ("~", '"~"'),
        ("12", '"12"'),
        ("2026-11-20", '"2026-11-20"'),
        ("Two things: this, that.", '"Two things: this, that."'),
        ("It's \\ here", "It's \\ here"),
        ("One line.\nAnother: one.", "|-\nOne line.\nAnother: one."),
        ("Ends  \nin spaces.", '"Ends  \\nin spaces."'),
        (
            "Finds a cause: " + "looks where the light is, " * 4 + "and elsewhere.",
            ">-\nFinds a cause: "
            + "looks where the light is, " * 2
            + "looks where the light\nis, looks where the light is, and elsewhere.",
        ),
    ],
)
def test_texts_are_quoted_only_where_they_must_be(text: str, lines: str) -> None:
    assert written(text) == lines


def test_every_field_of_every_part_is_written() -> None:
    assert {kind: sorted(names.split()) for kind, names in ORDER.items()} == {
        kind: sorted(column.name for column in fields(kind)) for kind in ORDER
    }


def test_long_ladder_is_written_in_full() -> None:
    document = read(many_criteria(levels=40, each=50))

    assert read(ladder_yaml(document)) == document
