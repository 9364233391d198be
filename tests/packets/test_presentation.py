"""From the JSON to what a page shows."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from careers.packets.presentation import present
from careers.packets.publishing import html_file
from careers.packets.timeline import draw_timeline
from careers.packets.wording import (
    Words,
    say_change,
    say_numbers,
    short_address,
    shorten,
    width_of,
)
from tests.packets import sample
from tests.web.paper import ask, read, squeezed, text_of


def metric(**changes: Any) -> dict[str, Any]:
    made = {"name": "n", "before": "800", "after": "200", "unit": "ms", "basis": "measured"}
    return {**made, "better": "lower", "new": False, "for_whom": "", **changes}


@pytest.mark.parametrize(
    ("changes", "numbers", "change"),
    [
        ({}, "800 → 200 ms", "−75 %"),
        ({"before": "200", "after": "800"}, "200 → 800 ms", "+300 %"),
        ({"before": "4.1", "after": "3.8", "unit": "%"}, "4.1 → 3.8 %", "−7.3 %"),
        ({"before": "5", "after": "5"}, "5 → 5 ms", "±0.0 %"),
        ({"before": "0"}, "0 → 200 ms", ""),
        ({"before": None, "new": True, "after": "4", "unit": "teams"}, "4 teams", ""),
        ({"after": None}, "800 ms before, not measured since", ""),
        ({"before": None, "after": None}, "", ""),
    ],
)
def test_a_metric_does_its_own_arithmetic(
    changes: dict[str, Any], numbers: str, change: str
) -> None:
    made = metric(**changes)

    said = say_numbers(made), say_change(made)

    assert tuple(text.replace("\u00a0", " ") for text in said) == (numbers, change)


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://www.github.com/org/repository/pull/482", "github.com/…/482"),
        ("https://example.com", "example.com"),
        ("https://example.com/a?q=secret#f", "example.com/a"),
        ("https://user:pass@example.com/x/y", "example.com/…/y"),
        ("https://bücher.example/liste", "xn--bcher-kva.example/liste"),
        ("https://example.com/a/%E2%82%AC", "example.com/…/€"),
        ("https://[::1", "https://[::1"),
    ],
)
def test_a_link_is_printed_short(url: str, short: str) -> None:
    assert short_address(url) == short


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a@example.com/", "file:///etc"])
def test_an_address_that_is_not_of_the_web_is_not_followed(url: str) -> None:
    document = sample.document(1)
    document["entries"][0]["links"] = [{"url": url, "label": "there"}]

    shown = present(document)

    assert shown.months[0].entries[0].links[0].address == ""
    assert f'href="{url}"' not in html_file(shown)


def test_a_text_is_cut_after_a_word_and_never_silently() -> None:
    assert shorten("one two three four", 11) == "one two…"
    assert shorten("one two", 11) == "one two"
    assert width_of(shorten("移行" * 100, 40)) <= 42


def test_words_know_their_direction_and_language() -> None:
    assert Words("نقلتُ 3").attributes == ' dir="rtl"'
    assert Words("3: שלום").attributes == ' dir="rtl"'
    assert Words("移行した").attributes == ' lang="ja"'
    assert Words("ระบบ").attributes == ' lang="th"'
    assert Words("Μάγια").attributes == ""


def test_everything_is_resolved() -> None:
    document = sample.document(20)

    shown = present(document, sha256="ab" * 32, number=3, frozen_on=dt.date(2026, 11, 20))

    assert shown.levels == "L5 → L6"
    assert shown.window.replace("\u00a0", " ") == "20 May 2025 – 20 November 2026"
    assert shown.window_months == "18 months"
    assert shown.short_hash == "ab" * 6
    assert shown.proven == "4 of 12 required criteria proven"
    assert [highlight.title for highlight in shown.highlights] == [
        "Project 1",
        "Project 2",
        "Project 3",
    ]
    assert shown.lamp_notes == ["Corroborated: not asked while statements cannot be requested"]
    assert shown.concerns == [
        "8 required criteria not proven yet",
        "gate not met: mentoring or hiring",
    ]
    assert shown.voices[0].about == "Project 1"
    assert shown.voices[0].anchor == "highlight-1"
    assert [reference.label for reference in shown.voices[0].criteria] == ["1.1"]
    assert sum(len(month.entries) for month in shown.months) == shown.entry_count == 20


def test_the_best_evidence_is_measured_led_and_of_different_projects() -> None:
    document = sample.document(84)

    shown = present(document)

    for dimension in shown.dimensions:
        for criterion in dimension.criteria:
            assert 1 <= len(criterion.best) <= 3
    first = shown.dimensions[0].criteria[0]
    entries = {entry.number: entry for month in shown.months for entry in month.entries}
    projects = [entries[int(line.entry.label)].project for line in first.best]
    assert len(set(projects)) == 3
    assert entries[int(first.best[0].entry.label)].metrics[0].basis == "measured"


def test_every_month_of_the_window_is_drawn() -> None:
    drawn = draw_timeline(
        [dt.date(2025, 7, 1), dt.date(2025, 7, 9)],
        [dt.date(2025, 9, 30)],
        start=dt.date(2025, 6, 15),
        end=dt.date(2026, 1, 2),
    )

    assert drawn is not None
    assert [(bar.label, bar.counted, bar.supporting) for bar in drawn.bars] == [
        ("Jun", 0, 0),
        ("Jul", 2, 0),
        ("Aug", 0, 0),
        ("Sep", 0, 1),
        ("Oct", 0, 0),
        ("Nov", 0, 0),
        ("Dec", 0, 0),
        ("Jan", 0, 0),
    ]
    assert [year.name for year in drawn.years] == ["2025", "2026"]
    assert drawn.summary == "2 counted entries in 1 of 8 months of the window."
    assert "July 2025: 2; August 2025: 0; September 2025: 0 + 1" in drawn.text


def test_a_window_of_decades_is_drawn_by_year() -> None:
    days = [dt.date(1999, 12, 31)]

    drawn = draw_timeline(days, [], start=dt.date(1970, 1, 1), end=dt.date(2026, 11, 20))

    assert drawn is not None
    assert [bar.label for bar in drawn.bars if bar.counted] == ["1999"]


def test_an_empty_document_leaves_its_parts_out() -> None:
    empty: dict[str, Any] = {
        "thesis": "",
        "case": "",
        "headline_results": [],
        "highlights": [],
        "growth_areas": [],
        "gates": [],
    }

    page = html_file(present(sample.document(0, **empty)))

    for words in ("The case", "Highlights", "Headline", "What others say", "Growth", "Appendix"):
        assert f"<h2>{words}" not in page
    assert "no entry" in page
    assert "How this document was made" in page


def test_the_file_is_one_file_with_a_policy_of_its_own() -> None:
    page = html_file(present(sample.document(3)))

    assert len(re.findall(r"<style>", page)) == 1
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/]+={0,2}'", page)
    assert not re.search(r"<(script|link|img|iframe|object|embed)\b", page)
    assert not re.search(r"url\(|@import", page)
    assert re.findall(r"<h1", page) == ["<h1"]


def test_words_of_strength_are_nowhere() -> None:
    page = html_file(present(sample.document(20), sha256="ab" * 32, number=1)).lower()

    assert [word for word in ("luck", "pattern", "undeniable") if word in page] == []


WORDY = "Wherever documentation measurably simplified "


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "letters", [WORDY, "W", "移行", "ย้ายระบบ", "نقلتُ نظام "], ids=["words", "W", "ja", "th", "ar"]
)
def test_the_front_is_one_page_with_the_longest_texts(letters: str, paper: str) -> None:
    def long(length: int) -> str:
        return (letters * length)[:length]

    document = sample.document(0, criteria=12, highlights=[], case="A case.")
    document["packet"] |= {
        "title": long(160),
        "engineer": long(160),
        "written_by": f"{long(150)} too",
    }
    document["ladder"]["name"] = long(160)
    for level in document["levels"]:
        level["title"] = long(80)
    document |= {
        "thesis": long(600),
        "headline_results": [{"number": long(24), "text": long(120)}] * 3,
        "growth_areas": [{"gap": long(1000), "action": long(1000)}] * 6,
        "gates": [
            {**document["gates"][1], "code": code}
            for code in ("examples", "sustained", "reach", "mentoring", "growth_area")
        ],
        "dimensions": [
            {**document["dimensions"][place % 3], "key": f"d{place}", "name": long(60)}
            for place in range(12)
        ],
    }
    for place, row in enumerate(document["criteria"]):
        row["dimension"] = f"d{place % 12}"

    done = ask(sample.request_of(document, paper=paper, recipient=long(160)))

    pages = [page.extract_text() for page in read(done.stdout).pages]
    assert squeezed("its end says how to check it") in squeezed(pages[0])
    assert "The case" in pages[1]
    assert "and 3 more" not in pages[1]


SCRIPTS = {
    "th": "ระบบงานใหม่",
    "el": "Μετέφερα το σύστημα",
    "ja": "注文システムを移行",
    "ru": "Перенёс систему",
    "pl": "Łukasz Żółć",
}


def test_every_script_comes_back_as_it_was_written() -> None:
    document = sample.document(len(SCRIPTS), criteria=3)
    for entry, words in zip(document["entries"], SCRIPTS.values(), strict=True):
        entry |= {"title": words, "what": words}

    done = ask(sample.request_of(document))

    text = squeezed(text_of(read(done.stdout)))
    assert [words for words in SCRIPTS.values() if squeezed(words) not in text] == []


def test_the_document_is_not_changed() -> None:
    document = sample.document(5)
    before = json.dumps(document)

    present(document)

    assert json.dumps(document) == before
