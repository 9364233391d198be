"""What a log line holds and what it never holds."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from typing import Any

from careers.web import logs


def make_line(
    message: object, *args: object, name: str = "elsewhere", error: Any = None, **extra: object
) -> dict[str, Any]:
    record = logging.LogRecord(name, logging.WARNING, "file.py", 7, message, args, error)
    record.__dict__ |= extra
    text = logs.JsonFormatter().format(record)
    assert "\n" not in text
    assert "\r" not in text
    line: dict[str, Any] = json.loads(text)
    return line


def raise_planted() -> None:
    secret = "planted-local"
    try:
        raise ValueError(f"planted-message {secret}")
    except ValueError as error:
        raise LookupError("planted-outer") from error


def test_a_line_says_when_how_bad_what_and_who_says_so() -> None:
    line = make_line("disk is full")

    assert line.keys() == {"ts", "level", "event", "logger"}
    assert dt.datetime.fromisoformat(line["ts"]).utcoffset() == dt.timedelta(0)
    assert (line["level"], line["event"], line["logger"]) == (
        "warning",
        "disk is full",
        "elsewhere",
    )


def test_arguments_of_a_message_stay_out() -> None:
    line = make_line("%s sent %s", "maya@example.com", "planted")

    assert line["event"] == "%s sent %s"


def test_an_object_logged_as_a_message_leaves_its_type_alone() -> None:
    line = make_line(ValueError("planted"))

    assert line["event"] == "ValueError"


def test_fields_of_our_own_loggers_are_kept_and_those_of_others_are_not() -> None:
    ours = make_line("request", name="careers.request", fields={"status": 200})
    others = make_line("request", fields={"status": "planted"})

    assert ours["status"] == 200
    assert "status" not in others


def test_line_breaks_and_lone_surrogates_stay_inside_their_line() -> None:
    line = make_line("one\r\ntwo\ud800\u2028three")

    assert line["event"] == "one\r\ntwo\ud800\u2028three"


def test_a_long_event_is_cut() -> None:
    assert len(make_line("x" * 10_000)["event"]) == 200


def test_an_exception_leaves_types_and_places_and_neither_message_nor_locals() -> None:
    try:
        raise_planted()
    except LookupError:
        line = make_line("failure", error=sys.exc_info())

    assert [part["type"] for part in line["exception"]] == [
        "builtins.LookupError",
        "builtins.ValueError",
    ]
    assert line["exception"][0]["frames"][-1].startswith("tests/web/test_logs.py:")
    assert line["exception"][0]["frames"][-1].endswith(" raise_planted")
    assert "planted-" not in json.dumps(line)


def test_an_exception_that_is_its_own_cause_ends() -> None:
    error = ValueError()
    error.__context__ = other = LookupError()
    other.__context__ = error

    line = make_line("failure", error=(ValueError, error, None))

    assert len(line["exception"]) == 2


def test_a_path_is_cut_to_what_says_nothing_of_the_machine() -> None:
    assert logs.shorten("/some/where/of/somebody/careers/web/logs.py") == "careers/web/logs.py"


def test_the_id_of_the_request_is_in_every_line_written_meanwhile() -> None:
    token = logs.request_id.set("abc")
    try:
        line = make_line("disk is full")
    finally:
        logs.request_id.reset(token)

    assert line["request_id"] == "abc"
