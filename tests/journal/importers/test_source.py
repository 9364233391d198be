from __future__ import annotations

import codecs

import pytest

from careers.journal.importers.reading import ImportRefusedError
from careers.journal.importers.source import MOST_BYTES, MOST_LINES, clean, decode

THAI = "ปิดระบบแฟกซ์เก่า\n"


def refusal_of(data: bytes) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        decode(data)
    return str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        THAI.encode(),
        codecs.BOM_UTF8 + THAI.encode(),
        codecs.BOM_UTF16_LE + THAI.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + THAI.encode("utf-16-be"),
    ],
)
def test_decode_knows_the_marks_of_encodings(data: bytes) -> None:
    assert decode(data) == THAI


@pytest.mark.parametrize("data", [b"a\nb\nc\n", b"a\r\nb\r\nc\r\n", b"a\rb\rc\r", b"a\r\nb\rc\n"])
def test_decode_makes_line_ends_one(data: bytes) -> None:
    assert decode(data) == "a\nb\nc\n"


def test_decode_names_the_line_that_is_not_utf8() -> None:
    assert refusal_of(b"fine\nfine\ncaf\xe9\n") == (
        "Line 3 is not UTF-8 text. Save the file as UTF-8, or paste its text."
    )


def test_decode_names_the_first_line_after_a_mark() -> None:
    assert refusal_of(codecs.BOM_UTF8 + b"caf\xe9\n").startswith("Line 1 is not UTF-8")


def test_decode_refuses_half_a_letter_of_utf16() -> None:
    assert refusal_of(codecs.BOM_UTF16_LE + b"a\x00b").startswith("Line 1 is not UTF-8")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04...", "Word, Pages or ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_decode_names_the_kind_of_a_file_that_is_no_text(data: bytes, name: str) -> None:
    assert refusal_of(data) == f"This is a {name} file. Copy its text and paste it."


@pytest.mark.parametrize(
    "data",
    [b"a\x00b", codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), "ab".encode("utf-16-le")],
)
def test_decode_refuses_null_characters(data: bytes) -> None:
    assert refusal_of(data) == "This is not text: it holds null characters."


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", codecs.BOM_UTF8, "\u3000".encode()])
def test_decode_refuses_what_says_nothing(data: bytes) -> None:
    assert refusal_of(data) == "There is nothing in it to read."


def test_decode_refuses_what_is_too_large() -> None:
    assert refusal_of(b"a" * (MOST_BYTES + 1)) == (
        "It has 878.9\xa0KB; at most 878.9\xa0KB are read at once. "
        "Split it, or leave out old years."
    )


def test_decode_reads_what_is_just_not_too_large() -> None:
    assert len(decode(b"a" * MOST_BYTES)) == MOST_BYTES


def test_clean_refuses_too_many_lines() -> None:
    with pytest.raises(ImportRefusedError) as caught:
        clean("a\n" * MOST_LINES)

    assert str(caught.value) == ("It has 100001 lines; at most 100000 are read at once. Split it.")


def test_clean_reads_as_many_lines_as_are_allowed() -> None:
    assert clean("a\n" * (MOST_LINES - 1)).count("\n") == MOST_LINES - 1


def test_clean_removes_controls_but_those_of_git() -> None:
    assert clean("a\x07b\x1bc\x7f\td\x1ee\x1ff") == "abc\td\x1ee\x1ff"


def test_clean_refuses_only_controls() -> None:
    with pytest.raises(ImportRefusedError):
        clean("\x07\x1b")


def test_clean_refuses_a_text_longer_than_allowed() -> None:
    with pytest.raises(ImportRefusedError):
        clean("abc", most=2)
