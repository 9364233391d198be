"""Log lines: one JSON object each, nothing personal in any.

What a logger elsewhere was told may hold anything, so of its record only the template stays: "%s is
late" without who. Ours say an event and its fields: `logger.info("request", extra={"fields": …})`.
Of an exception stay its type and the lines that it passed; its message may quote what was typed.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from contextvars import ContextVar
from pathlib import PurePath

# The id of the request that is being answered; the answer carries it in X-Request-Id.
request_id: ContextVar[str] = ContextVar("request_id", default="")

LONGEST_EVENT = 200


class JsonFormatter(logging.Formatter):
    """Records as lines with ts, level, event, logger, request_id, our fields and the exception."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "ts": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat("T", "milliseconds"),
            "level": record.levelname.lower(),
            "event": find_event(record),
            "logger": record.name,
        }
        if current := request_id.get():
            line["request_id"] = current
        if record.name.startswith("careers."):
            line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["exception"] = describe_exception(record.exc_info[1])
        return json.dumps(line, default=str)  # ASCII: a line break in a value stays in its line


def find_event(record: logging.LogRecord) -> str:
    """The record's template without its arguments; of an object logged as it is, the type."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    return record.msg[:LONGEST_EVENT]


def describe_exception(error: BaseException) -> list[dict[str, object]]:
    """The exception and what led to it, newest first: types and "file:line function"."""
    described: list[dict[str, object]] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        frames = [
            f"{shorten(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(cause.__traceback__)
        ]
        described.append(
            {"type": f"{type(cause).__module__}.{type(cause).__qualname__}", "frames": frames}
        )
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return described


def shorten(filename: str) -> str:
    """The last three parts of a path: enough to find it, nothing of whose machine it is."""
    return "/".join(PurePath(filename).parts[-3:])
