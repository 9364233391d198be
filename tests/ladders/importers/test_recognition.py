"""Which kind a file is taken for, and what becomes of files that are none."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from careers.ladders.document import DocumentError, LadderDocument, read_ladder
from careers.ladders.importers import MAX_BYTES, read_document
from careers.ladders.importers.source import MAX_BYTES as MOST_TEXT
from careers.ladders.yaml_text import ladder_yaml
from tests.ladders.importers.reading import criteria, read, refusal
from tests.ladders.small import SMALL

CSV = "level,criterion\nL1,Tests\n"
MARKDOWN = "## L1: Junior\n- Tests\n"
NAMES = ["a.yaml", "a.csv", "a.md", "a.txt", "a"]
PIECES = [
    *("# ", "## L1: x\n", "## Senior\n", "- ", "* **a**: b\n", "**Scope:** c\n", "**D:**\n", "\n"),
    *("level,text\n", "L1,a\n", '"', ",", ";", "\t", "|L1|L2|\n", "|-|-|\n", "|a|b|\n", "```\n"),
    *("levels:\n", "competencies:\n", "- {id: a, name: b}\n", ": ", "<br>", "\u2028", "語", "\0"),
    *(
        "**Promotion to L1:**\n",
        "- 3-2 years\n",
        "❌ x\n",
        "L1 (x)",
        "Path,Job title,Key behavior\n",
    ),
]


@pytest.mark.parametrize("name", ["ladder.csv", "ladder.TSV", "ladder.txt", "ladder"])
def test_table_is_known_by_its_name_or_what_is_left(name: str) -> None:
    assert criteria(read(CSV, name=name)) == [("L1", "expectations", "Tests")]


@pytest.mark.parametrize("name", ["ladder.md", "ladder.Markdown", "ladder.txt", "ladder"])
def test_markdown_is_known_by_its_name_or_its_headings(name: str) -> None:
    assert criteria(read(MARKDOWN, name=name)) == [("L1", "expectations", "Tests")]


@pytest.mark.parametrize("name", ["ladder.yaml", "ladder.YML", "ladder.txt", "ladder"])
def test_ladder_of_ours_is_known_by_its_name_or_its_names(name: str) -> None:
    assert read_document(SMALL.encode(), name=name) == read_ladder(SMALL.encode())


@pytest.mark.parametrize("name", ["ladder.csv", "ladder.md"])
def test_ladder_of_ours_below_a_comment_is_ours_whatever_the_name(name: str) -> None:
    data = f"# our ladder\n{SMALL}".encode()

    assert read_document(data, name=name) == read_ladder(SMALL.encode())


def test_json_may_escape_letters_beyond_the_first_plane() -> None:
    document = yaml.safe_load(SMALL)
    document["summary"] = "Two levels \N{ROCKET}."

    found = read_document(json.dumps(document).encode(), name="ladder.json")

    assert found.summary == "Two levels \N{ROCKET}."


@pytest.mark.parametrize("name", ["ladder.csv", "ladder.md"])
def test_what_begins_with_a_slug_is_ours_whatever_its_name(name: str) -> None:
    assert read_document(SMALL.encode(), name=name) == read_ladder(SMALL.encode())


def test_name_of_a_file_decides_before_its_content() -> None:
    assert refusal(MARKDOWN, name="ladder.csv")[0].startswith("line 1: The columns are not those")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 9, b"\xff\xfe\x00", b"\xef\xbb\xbf", b"x" * (MAX_BYTES + 1), b"[" * 100_000],
    ids=["empty", "nul", "half", "mark", "large", "deep"],
)
def test_no_ladder_is_refused_in_one_line(name: str, data: bytes) -> None:
    assert len(refusal(data, name=name)) == 1


@pytest.mark.parametrize("name", ["a.csv", "a.md"])
def test_table_or_text_larger_than_any_ladder_is_refused_unread(name: str) -> None:
    assert refusal(b"x" * (MOST_TEXT + 1), name=name) == [
        f"line 1: The file is larger than {MOST_TEXT} bytes."
    ]


@pytest.mark.parametrize("name", NAMES)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_anything_is_refused_or_can_be_exported_and_read_again(
    name: str, pieces: list[str]
) -> None:
    with suppress(DocumentError):
        document = read_document("".join(pieces).encode(), name=name)
        text = ladder_yaml(document)

        assert reread(text) == document


@given(data=st.binary(max_size=200), name=st.sampled_from(NAMES))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with suppress(DocumentError):
        read_document(data, name=name)


def reread(text: str) -> LadderDocument | str:
    """The ladder in a text of ours, or why it is none."""
    try:
        return read_ladder(text.encode())
    except DocumentError as error:
        return str(error)
