from __future__ import annotations

import pytest

from careers.ladders.importers.naming import (
    LevelName,
    has_code,
    initials,
    is_level,
    level_name,
    name_of,
    rank_of,
    slug,
    years_of,
)


@pytest.mark.parametrize(
    ("text", "code", "label", "title"),
    [
        ("D1 - Developer 1", "D1", "D1", "Developer 1"),
        ("L3: Junior engineer", "L3", "L3", "Junior engineer"),
        ("L7+: Principal engineer", "L7", "L7+", "Principal engineer"),
        ("IC3 – Senior", "IC3", "IC3", "Senior"),
        ("L4 Engineer", "L4", "L4", "Engineer"),
        ("L4 (Engineer)", "L4", "L4", "Engineer"),
        ("Junior (L1-L2)", "L1", "L1-L2", "Junior"),
        ("Level 4A: Staff engineer", "4A", "Level 4A", "Staff engineer"),
        ("Level 3", "3", "Level 3", "Level 3"),
        ("IC5", "IC5", "IC5", "IC5"),
        ("Level 2.1: Engineer", "2-1", "Level 2.1", "Engineer"),
    ],
)
def test_name_with_a_code_is_taken_apart(text: str, code: str, label: str, title: str) -> None:
    assert level_name(text) == LevelName(code, label, title, has_code=True)


def test_name_without_a_code_gets_one_of_its_words() -> None:
    name = level_name("Senior  Engineer 2")

    assert name == LevelName("senior-engineer-2", "Senior Engineer 2", "Senior Engineer 2")


def test_name_without_a_latin_letter_gets_a_code_that_stays() -> None:
    assert level_name("シニア").code == level_name("シニア").code == "level-b46eac16"


def test_years_and_track_in_brackets_are_told_apart_from_the_title() -> None:
    junior = level_name("L3: Junior engineer (0-2 years experience)")
    manager = level_name("Level 4B: Manager (Management Track)")
    kept = level_name("Senior Engineer 2 (People Manager)")

    assert (junior.title, junior.years) == ("Junior engineer", "0–2")
    assert (manager.title, manager.track) == ("Manager", "Management")
    assert (kept.title, kept.track) == ("Senior Engineer 2 (People Manager)", "People Manager")


@pytest.mark.parametrize(
    "text",
    [
        "L3 → L4 (0-2 years)",
        "1. A career is long",
        "Step 1: ask",
        "3 engineers",
        "Overview",
        "1:1s",
    ],
)
def test_what_only_looks_like_a_level_is_none(text: str) -> None:
    assert (has_code(text), is_level(text) and "engineers" not in text) == (False, False)


def test_words_for_a_level_make_one_but_not_a_sentence_of_them() -> None:
    assert is_level("Staff engineer")
    assert not is_level("What a senior engineer and a manager do when they meet on Mondays")


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("Junior engineer", "junior"),
        ("Mid-level engineer", "mid"),
        ("Senior Engineer 2", "senior"),
        ("Staff+", "staff"),
        ("Principal engineer", "principal"),
        ("Distinguished engineer", "distinguished"),
        ("Engineer", ""),
        ("Senior staff engineer", ""),
        ("Senior engineering manager", ""),
        ("Head of staff", ""),
        ("Seniority", ""),
    ],
)
def test_rank_is_guessed_where_one_word_says_it_plainly(title: str, rank: str) -> None:
    assert rank_of(title) == rank


def test_slug_is_cut_at_the_end_of_a_word_and_of_a_number_of_words() -> None:
    assert slug("Write's Größe & more!", limit=80) == "writes-groe-more"
    assert slug("one two three four", limit=9) == "one-two"
    assert slug("one two three four", limit=80, words=3) == "one-two-three"
    assert slug("x" * 30, limit=10) == "x" * 10
    assert name_of("技術", kind="dimension", limit=64) == "dimension-7cc31f4f"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("0-2 years", "0–2"),
        ("12+ years of experience", "12+"),
        ("5-8 years total", "5–8 years total"),
    ],
)
def test_years_lose_the_word_that_the_page_says_itself(text: str, years: str) -> None:
    assert years_of(text) == years


def test_initials_are_those_of_several_words() -> None:
    assert [initials(t) for t in ("Senior Engineer 2", "Software Engineer II", "Senior")] == [
        "SE 2",
        "SE II",
        "",
    ]
