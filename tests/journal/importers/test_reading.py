from __future__ import annotations

import datetime as dt

import pytest

from careers.journal.importers import MOST_ROWS, read, recognise
from careers.journal.importers.reading import (
    SHORT_TITLE,
    ImportRefusedError,
    LeftOut,
    Row,
    gathered,
    joined,
    key_of,
    missing_lines,
    number_repeats,
    titled,
)

TODAY = dt.date(2026, 11, 21)
LOG = "commit 1a2b3c4d\nAuthor: Ines <ines@x.test>\nDate:   2026-06-27\n\n    Add quills\n"
PAGE = "This is the source of a web page. Copy what the browser shows and paste that."


def row(*keys: str, lines: tuple[int, ...] = (1,), is_ticked: bool = True) -> Row:
    return Row(title="a", keys=keys, lines=lines, happened_on=TODAY, is_ticked=is_ticked)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"format": "careers-journal/1", "entries": []}', "json"),
        ("\n " + '{"format": "careers-journal/1"', "json"),
        (LOG, "git"),
        ("1a2b3c4 Add quills\n2a2b3c4 Add moths\n", "git"),
        ("# 2025\n\nWords\n", "markdown"),
        ("- Retired it\n- Sold it\n", "markdown"),
        ("1. Retired it\n2. Sold it\n", "markdown"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |\n", "markdown"),
        ("Retired it\nSold it\n", "notes"),
        ("Retired it\nSold it\nLeft\nRested\n- once\n", "notes"),
        ('{"title": "of another tool"}', "notes"),
        ("#hashtag and words\n", "notes"),
        ("", "notes"),
    ],
)
def test_recognise_tells_what_a_text_looks_like(text: str, kind: str) -> None:
    assert recognise(text) == kind


def test_recognise_bears_many_blank_lines() -> None:
    assert recognise(f"Retired it{chr(10) * 1_000}Sold it") == "notes"


@pytest.mark.parametrize(
    ("text", "form"),
    [("# 2025\n\n- Retired it\n", "markdown"), ("Retired it\n", "notes"), (LOG, "git")],
)
def test_read_takes_the_format_that_it_recognises(text: str, form: str) -> None:
    reading = read(text, today=TODAY)

    assert (reading.format, len(reading.rows)) == (form, 1)


def test_read_takes_the_format_that_it_is_told() -> None:
    reading = read("- Retired it\n", today=TODAY, kind="notes")

    assert (reading.format, [part.title for part in reading.rows]) == ("notes", ["Retired it"])


def test_read_takes_the_year_of_the_file() -> None:
    reading = read("- Retired it in 2024\n", today=TODAY, name="brag_2023.md")

    assert (reading.year, reading.rows[0].happened_on) == (2023, dt.date(2023, 12, 31))


def test_read_takes_the_year_that_it_is_told_before_that_of_the_file() -> None:
    reading = read("- Retired it\n", today=TODAY, name="brag_2023.md", year=2022)

    assert reading.year == 2022


def test_read_takes_the_year_that_the_text_names_most() -> None:
    reading = read("- Retired it (2024)\n- Sold it on Mar 3\n", today=TODAY)

    assert reading.rows[1].happened_on == dt.date(2024, 3, 3)


def test_read_leaves_out_commits_of_others() -> None:
    text = LOG + LOG.replace("1a2b", "2a2b").replace("Ines <ines", "Tomas <tomas")

    reading = read(text, today=TODAY, me=["ines@x.test"])

    assert (len(reading.rows), len(reading.left_out)) == (1, 1)


@pytest.mark.parametrize("text", ["<!DOCTYPE html><p>a", "<html>", "  <?xml version='1.0'?>"])
def test_read_refuses_the_source_of_a_web_page(text: str) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        read(text, today=TODAY)

    assert str(caught.value) == PAGE


@pytest.mark.parametrize(("text", "kind"), [("", "auto"), ("\n \n", "markdown"), ("", "notes")])
def test_read_refuses_a_text_with_nothing_in_it(text: str, kind: str) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        read(text, today=TODAY, kind=kind)

    assert str(caught.value) == "There is nothing in it that could be an entry."


def test_read_refuses_more_rows_than_come_in_at_once() -> None:
    with pytest.raises(ImportRefusedError) as caught:
        read("- Retired it\n" * (MOST_ROWS + 1), today=TODAY)

    assert str(caught.value) == "It has 10001 rows; at most 10000 come in at once. Split it."


def test_read_tells_what_stands_before_the_first_commit() -> None:
    reading = read(f"$ git log\n{LOG}", today=TODAY, kind="git")

    assert [(part.first, part.text) for part in reading.left_out] == [(1, "$ git log")]


def test_read_tells_what_is_no_commit_between_the_marks_of_ours() -> None:
    text = "hello\n\x1e1a2b3c4\x1fI\x1fi@x.test\x1f2026-06-27\x1fAdd quills\x1f\x1f\n\x1ebroken\n"

    reading = read(text, today=TODAY, kind="git")

    assert [(part.first, part.text) for part in reading.left_out] == [(1, "hello"), (3, "broken")]


def test_ticked_counts_rows() -> None:
    reading = read("# 2025\n\n- Retired it\n\n## Goals\n\n- Sell it\n", today=TODAY)

    assert (len(reading.rows), reading.ticked) == (2, 1)


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Retired it", "Retired it", ""),
        ("Retired it.", "Retired it", ""),
        ("Retired the gateway. Nobody noticed.", "Retired the gateway", "Nobody noticed."),
        ("Retired the gateway! Nobody noticed.", "Retired the gateway!", "Nobody noticed."),
        ("Retired v1.2 of the gateway", "Retired v1.2 of the gateway", ""),
        ("Helped e.g. Support with it", "Helped e.g. Support with it", ""),
        ("Compared Ledger vs. Atlas", "Compared Ledger vs. Atlas", ""),
        ("Wrote the plan... Then rested", "Wrote the plan...", "Then rested"),
        ("  two   spaces \n and lines ", "two spaces and lines", ""),
        ("ปิดระบบแฟกซ์เก่า。 ไม่มีใครรู้", "ปิดระบบแฟกซ์เก่า", "ไม่มีใครรู้"),
        ("Oh. Retired the gateway", "Oh. Retired the gateway", ""),
        ("", "", ""),
        (".", ".", ""),
    ],
)
def test_titled_takes_the_first_sentence(text: str, title: str, rest: str) -> None:
    assert titled(text) == (title, rest)


def test_titled_keeps_the_title_of_something_else_whole() -> None:
    name = "Great work is not enough. You need to tell"

    assert titled(f"{name} @ Lisbon", whole=name) == (f"{name} @ Lisbon", "")


def test_titled_cuts_a_long_one_at_a_word_and_keeps_all_of_it() -> None:
    text = "word " * 80

    title, rest = titled(text)

    assert (len(title) <= SHORT_TITLE, title.endswith("word…"), rest) == (True, True, text.strip())


def test_titled_cuts_one_without_spaces() -> None:
    title, rest = titled("ก" * 400)

    assert (title, rest) == ("ก" * (SHORT_TITLE - 1) + "…", "ก" * 400)


def test_key_is_the_same_whatever_the_spacing_and_case() -> None:
    assert key_of("Retired  the\nGateway", "a") == key_of(" retired the gateway ", "A")


def test_key_tells_parts_apart() -> None:
    assert key_of("a b", "c") != key_of("a", "b c")


def test_key_is_stable_between_versions() -> None:
    assert key_of("Retired it") == "67713d1bf7bdcacce94c27f5f8bcdf86"


def test_number_repeats_keeps_the_first_key() -> None:
    first, second, third = number_repeats([row("a"), row("a"), row("b")])

    assert (first.keys, third.keys) == (("a",), ("b",))
    assert second.keys == (key_of("a", "2"),)


def test_missing_lines_are_those_in_no_row_and_not_left_out() -> None:
    lines = ["a", "", "b", "c", " ", "d"]

    missing = missing_lines(lines, [row("k", lines=(1,))], [LeftOut(3, 4, "b", "so")])

    assert missing == [6]


def test_gathered_puts_neighbours_together() -> None:
    parts = gathered([1, 2, 4], ["a", "b", "", "d"], "so")

    assert parts == [LeftOut(1, 2, "a b", "so"), LeftOut(4, 4, "d", "so")]


def test_joined_drops_what_says_nothing() -> None:
    assert joined(["a ", "", "  ", "b"]) == "a\nb"
