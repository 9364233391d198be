from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from careers.journal.importers.ours import FORMAT, is_journal, read_journal
from careers.journal.importers.reading import TITLE, ImportRefusedError, Reading

TODAY = dt.date(2026, 11, 21)
REFUSAL = "This JSON is not a whole journal of Careers; perhaps it was cut off."
METRIC = {
    "name": "Checkout p95",
    "before": "1200",
    "after": "600.5",
    "unit": "ms",
    "better": "lower",
    "basis": "measured",
    "is_new": False,
    "for_whom": "shoppers",
}
ENTRY = {
    "title": "Cut checkout time in half",
    "what": "Moved the tax call.",
    "outcome": "Nobody waits.",
    "happened_on": "2026-06-15",
    "kind": "shipped",
    "role": "led",
    "reach": "team",
    "status": "shipped",
    "visibility": "shareable",
    "collaborators": "Ines",
    "project": "Checkout  exit",
    "metrics": [METRIC],
    "links": [{"url": "https://x.test/a", "label": "a"}],
    "evidence": [
        {"ladder": "small", "criterion": "execution", "is_primary": True, "note": "the whole of it"}
    ],
}


def read(*entries: Any, **more: Any) -> Reading:
    text = json.dumps({"format": FORMAT, "entries": entries, **more})
    return read_journal(text, today=TODAY)


def reasons(*entries: Any) -> list[str]:
    reading = read(*entries)
    assert reading.rows == ()
    return [part.reason for part in reading.left_out]


def with_metric(**values: Any) -> dict[str, Any]:
    return {**ENTRY, "metrics": [{**METRIC, **values}]}


def test_entry_is_a_row_with_its_whole_content() -> None:
    (row,) = read(ENTRY).rows

    assert (row.title, row.happened_on, row.lines) == (
        "Cut checkout time in half",
        dt.date(2026, 6, 15),
        (1,),
    )
    assert row.content == {
        "fields": {
            name: ENTRY[name]
            for name in (
                *("title", "what", "outcome", "collaborators", "happened_on"),
                *("kind", "role", "reach", "status", "visibility"),
            )
        },
        "project": "Checkout exit",
        "metrics": [METRIC],
        "links": ENTRY["links"],
        "evidence": ENTRY["evidence"],
    }


def test_entry_may_lack_what_is_optional() -> None:
    least = {
        "title": "Cut it",
        "happened_on": "2026-06-15",
        "kind": "fixed",
        "reach": "self",
        "status": "dropped",
        "visibility": "private",
    }

    (row,) = read(least).rows

    assert row.content is not None
    assert (row.content["fields"]["role"], row.content["metrics"], row.content["project"]) == (
        "",
        [],
        "",
    )


def test_key_is_that_of_the_content() -> None:
    (first,), (again,) = read(ENTRY).rows, read(ENTRY).rows
    (other,) = read({**ENTRY, "what": "Otherwise."}).rows

    assert (first.keys == again.keys, first.keys == other.keys) == (True, False)


def test_same_entry_twice_has_two_keys() -> None:
    first, second = read(ENTRY, ENTRY).rows

    assert first.keys != second.keys


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": ""}, "it has no title"),
        ({"title": " \n"}, "it has no title"),
        ({"title": None}, "its title is no text of at most 300 letters"),
        ({"title": 5}, "its title is no text of at most 300 letters"),
        ({"title": ["a"]}, "its title is no text of at most 300 letters"),
        ({"title": "a" * (TITLE + 1)}, "its title is no text of at most 300 letters"),
        ({"title": "a\x00b"}, "its title is no text of at most 300 letters"),
        ({"what": "a" * 20_001}, "its what is no text of at most 20000 letters"),
        ({"outcome": "a" * 5_001}, "its outcome is no text of at most 5000 letters"),
        ({"collaborators": "a" * 501}, "its collaborators is no text of at most 500 letters"),
        ({"project": "a" * 161}, "its project is no text of at most 160 letters"),
        ({"project": {}}, "its project is no text of at most 160 letters"),
        ({"happened_on": ""}, "it has no day"),
        ({"happened_on": "2026-02-30"}, "it has no day"),
        ({"happened_on": "yesterday"}, "it has no day"),
        ({"happened_on": "٢٠٢٦-١١-٢٠"}, "it has no day"),
        ({"happened_on": 20260615}, "its happened_on is no text of at most 10 letters"),
        ({"happened_on": "2026-06-15T10:00"}, "its happened_on is no text of at most 10 letters"),
        ({"happened_on": "1969-12-31"}, "its day is in no working life"),
        ({"happened_on": "9999-12-31"}, "its day is in no working life"),
        ({"happened_on": "2027-01-01"}, "its day is still to come"),
        ({"kind": ""}, "“” is no kind"),
        ({"kind": "unknown"}, "“unknown” is no kind"),
        ({"kind": "shipped fixed"}, "“shipped fixed” is no kind"),
        ({"kind": 1}, "its kind is no text of at most 20 letters"),
        ({"role": "owner"}, "“owner” is no role"),
        ({"reach": ""}, "“” is no reach"),
        ({"status": "done"}, "“done” is no status"),
        ({"visibility": "public"}, "“public” is no visibility"),
        ({"metrics": "many"}, "its metrics are no list"),
        ({"metrics": {"a": 1}}, "its metrics are no list"),
        ({"metrics": [METRIC] * 201}, "its metrics are no list"),
        ({"metrics": [1]}, "it is not written as an entry"),
        ({"links": 7}, "its links are no list"),
        ({"links": ["https://x.test"]}, "it is not written as an entry"),
        ({"links": [{"url": ""}]}, "a link of it is no address"),
        ({"links": [{"url": "javascript:alert(1)"}]}, "a link of it is no address"),
        ({"links": [{"url": "ftp://x.test/a"}]}, "a link of it is no address"),
        ({"links": [{"url": "http://[::1"}]}, "a link of it is no address"),
        (
            {"links": [{"url": "https://x.test/" + "a" * 2_000}]},
            "its url is no text of at most 2000 letters",
        ),
        (
            {"links": [{"url": "https://x.test/a", "label": "a" * 161}]},
            "its label is no text of at most 160 letters",
        ),
        ({"evidence": 1}, "its evidence are no list"),
        ({"evidence": [{"ladder": 5}]}, "its ladder is no text of at most 100 letters"),
        ({"evidence": [{"note": "a" * 501}]}, "its note is no text of at most 500 letters"),
    ],
)
def test_entry_with_a_bad_value_is_left_out(change: dict[str, Any], reason: str) -> None:
    assert reasons({**ENTRY, **change}) == [reason]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"before": "many"}, "a number of it is no number"),
        ({"before": [1]}, "a number of it is no number"),
        ({"before": True}, "a number of it is no number"),
        ({"before": ""}, "a number of it is no number"),
        ({"before": "NaN"}, "a number of it has too many digits"),
        ({"before": "sNaN"}, "a number of it has too many digits"),
        ({"after": "Infinity"}, "a number of it has too many digits"),
        ({"after": "1e400"}, "a number of it has too many digits"),
        ({"after": 10**14}, "a number of it has too many digits"),
        ({"after": "1234567890.123456"}, "a number of it has too many digits"),
        ({"after": "9" * 5_000}, "a number of it has too many digits"),
        ({"after": "1e-5000"}, "a number of it has too many digits"),
        ({"better": "faster"}, "a number of it is not complete"),
        ({"better": None}, "its better is no text of at most 8 letters"),
        ({"basis": ""}, "a number of it is not complete"),
        ({"is_new": True}, "a number of it is not complete"),
        ({"unit": "a" * 41}, "its unit is no text of at most 40 letters"),
        ({"name": "a" * 161}, "its name is no text of at most 160 letters"),
    ],
)
def test_entry_with_a_bad_number_is_left_out(change: dict[str, Any], reason: str) -> None:
    assert reasons(with_metric(**change)) == [reason]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("12.50", "12.50"),
        (12, "12"),
        (12.5, "12.5"),
        ("1e3", "1000"),
        (None, None),
        ("0e999999", "0"),
    ],
)
def test_number_is_kept_as_digits(value: Any, said: str | None) -> None:
    (row,) = read(with_metric(before=value)).rows

    assert row.content is not None
    assert row.content["metrics"][0]["before"] == said


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400"])
def test_number_outside_of_json_leaves_its_entry_out(number: str) -> None:
    text = json.dumps({"format": FORMAT, "entries": [with_metric(before=5), ENTRY]})

    reading = read_journal(text.replace('"before": 5', f'"before": {number}'), today=TODAY)

    assert [row.lines for row in reading.rows] == [(2,)]


def test_number_of_many_digits_leaves_only_its_entry_out() -> None:
    text = json.dumps({"format": FORMAT, "entries": [with_metric(before=5), ENTRY]})

    reading = read_journal(text.replace('"before": 5', f'"before": {"9" * 5_000}'), today=TODAY)

    assert [row.lines for row in reading.rows] == [(2,)]


@pytest.mark.parametrize("entry", [None, 5, "a", [], True, [ENTRY]])
def test_entry_that_is_none_is_left_out(entry: Any) -> None:
    assert reasons(entry) == ["it is not written as an entry"]


def test_entry_with_half_a_letter_is_left_out() -> None:
    reading = read({**ENTRY, "title": "Cut \ud800 it"}, ENTRY)

    assert [row.lines for row in reading.rows] == [(2,)]


def test_entries_around_a_bad_one_are_rows() -> None:
    reading = read(ENTRY, {**ENTRY, "kind": "x"}, {**ENTRY, "what": "Otherwise."})

    assert [row.lines for row in reading.rows] == [(1,), (3,)]
    assert [(part.first, part.last, part.text) for part in reading.left_out] == [
        (2, 2, "Cut checkout time in half")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "5",
        "null",
        "{}",
        '{"format": "careers-journal/2", "entries": []}',
        '{"format": "careers-journal/1"}',
        '{"format": "careers-journal/1", "entries": {}}',
        '{"format": "careers-journal/1", "entries": null}',
        '{"format": "careers-journal/1", "entries": [{"title": "a"',
        '{"format": ["careers-journal/1"], "entries": []}',
        '{"format": "careers-journal/1", "entries": ' + "[" * 200_000,
    ],
)
def test_file_that_is_no_journal_is_refused(text: str) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        read_journal(text, today=TODAY)

    assert str(caught.value) == REFUSAL


def test_projects_and_weeks_are_read() -> None:
    reading = read(
        ENTRY,
        projects=[{"title": " Checkout  exit ", "summary": "Out."}, {"title": ""}, 5],
        weeks=[
            {"monday": "2026-06-15", "is_quiet": True, "note": "Ill."},
            {"monday": "2026-06-16"},
            {"monday": "never"},
            None,
        ],
    )

    assert reading.projects == ({"title": "Checkout exit", "summary": "Out."},)
    assert reading.weeks == ({"monday": dt.date(2026, 6, 15), "is_quiet": True, "note": "Ill."},)


@pytest.mark.parametrize("value", [None, 5, True, "a", {"a": 1}, 0.5, [[]]])
@pytest.mark.parametrize("name", ["projects", "weeks"])
def test_projects_and_weeks_that_are_no_list_lose_no_entry(name: str, value: Any) -> None:
    reading = read(ENTRY, **{name: value})

    assert (len(reading.rows), reading.projects, reading.weeks) == (1, (), ())


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ('{"format": "careers-journal/1"', True),
        ('  \n{"format":"careers-journal/1"}', True),
        ('{"format": "careers-journal/2"}', False),
        ('["careers-journal/1"]', False),
        ("", False),
        ('# "careers-journal/1"', False),
    ],
)
def test_journal_is_recognised(text: str, *, is_ours: bool) -> None:
    assert is_journal(text) == is_ours
