from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.ladders.document import read_ladder
from careers.ladders.yaml_sections import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_VALUES,
    DocumentError,
    Problem,
    read_section,
)


def refusal(data: bytes) -> list[str]:
    """What reading `data` as a section is refused with, a line for each problem."""
    problems: list[Problem] = []
    try:
        read_section(data, problems)
    except DocumentError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in problems]


def test_names_and_values_are_read_without_complaint() -> None:
    assert refusal(b"a: 1\nb: [2, 3]\nc: {d: e}\n") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: The file is empty."),
        ("# only a comment\n", "line 1: The file is empty."),
        ("just words", "line 1: Write names and values here."),
        ("- a\n- b\n", "line 1: Write names and values here."),
        ("a: 1\n---\nb: 2\n", "line 2: A file holds one document; a second one begins here."),
        (
            "a: 1\nb: !!python/name:os.system x\n",
            "line 2: Tags (!name) are not read; leave it out.",
        ),
        ("a: 1\nb: !mine x\n", "line 2: Tags (!name) are not read; leave it out."),
        ("a: 1\n[b, c]: 2\n", "line 2: A name is a text."),
        ("a: 1\nb: 2\na: 3\n", "line 3, a: This name stands here twice."),
    ],
)
def test_refusal_names_the_line_and_the_reason(text: str, sentence: str) -> None:
    assert refusal(text.encode()) == [sentence]


def test_broken_yaml_is_refused_with_its_line() -> None:
    (found,) = refusal(b"a: 1\nb: 'open\n")

    assert found.startswith("line 3: This is not YAML: found unexpected end of stream")


def test_alias_that_would_unfold_into_gigabytes_is_refused_before_it_does() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]

    found = refusal("\n".join(rows).encode())

    assert found == ["line 1: Anchors and aliases (&name, *name) are not read; write it out."]


def test_alias_alone_is_refused() -> None:
    assert refusal(b"a: 1\nb: *nowhere\n") == [
        "line 2: Anchors and aliases (&name, *name) are not read; write it out."
    ]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_beyond_the_limit_is_refused_however_deep(opening: str) -> None:
    (found,) = refusal(b"a:\n  " + opening.encode() * 50_000)

    assert found in {
        f"line 2: This is nested more than {MAX_DEPTH} deep.",
        "line 2: This is not YAML: block sequence entries are not allowed in this context.",
    }


def test_file_larger_than_the_limit_is_refused() -> None:
    assert refusal(b"#" * (MAX_BYTES + 1)) == [
        f"line 1: The file is larger than {MAX_BYTES} bytes."
    ]


def test_more_values_than_the_limit_are_refused() -> None:
    found = refusal(b"a: [" + b"x," * (MAX_VALUES + 1) + b"x]")

    assert found == [f"line 1: There are more than {MAX_VALUES} values."]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a: 1\nb: \xff\n", "line 2: This is not UTF-8 text."),
        (b"a: 1\nb: \xed\xa0\x80\n", "line 2: This is not UTF-8 text."),
        (b"a: 1\nb: x\x00y\n", "line 2: A character cannot be printed."),
        (b"a: 1\nb: x\x1by\n", "line 2: A character cannot be printed."),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, sentence: str) -> None:
    assert refusal(data) == [sentence]


def test_byte_order_mark_is_passed_over() -> None:
    assert refusal(b"\xef\xbb\xbfa: 1\n") == []


@pytest.mark.parametrize("escape", ["\\0", "\\x1b"])
def test_unprintable_character_written_as_an_escape_is_refused(escape: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_ladder(f'slug: a\nname: "x{escape}y"\n'.encode())

    assert "line 2, name: There is a character in it that cannot be printed." in str(refused.value)


def is_read_or_refused(data: bytes) -> bool:
    try:
        read_ladder(data)
    except DocumentError as error:
        return error.problems != ()
    return True


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_read_or_refused(data)


@given(st.text(alphabet="abc:-[]{}&*!#'\"|>%@ \n\t0", max_size=80))
def test_anything_like_yaml_is_read_or_refused(text: str) -> None:
    assert is_read_or_refused(text.encode())
