"""What was read from a text: rows that may become entries, and what was left out, line by line.

The importers are pure: text in, a Reading out; no rows, no clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

# As many letters as the columns of an entry hold.
TITLE, WHAT, OUTCOME, PROJECT, COLLABORATORS, LABEL = 300, 20_000, 5_000, 160, 500, 160
SHORT_TITLE = 160  # longer than this a title is cut at the end of a sentence, or of a word
MOST_LINKS = MOST_METRICS = 20

# A sentence ends at a full stop before a capital, a bracket or a script without capitals, but not
# after an abbreviation.
_SENTENCE_END = re.compile(
    r"(?<![.\s]\w)(?<!e\.g)(?<!i\.e)(?<!\bvs)(?<!\betc)(?<!\bNo)(?<!\bDr)(?<!\bMr)(?<!\bMs)"
    r"(?<!\bapprox)(?<!\bca)(?P<mark>[.!?。])(?P<gap>\s+)(?=[^\sa-z0-9])"
)


class ImportRefusedError(Exception):
    """A text that cannot be read at all; the message says what to do and is fit to show."""


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A metric that a text tells: from `before` to `after`, both in `unit`."""

    name: str
    before: Decimal
    after: Decimal
    unit: str
    better: str  # lower, higher
    basis: str  # measured, estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that may be an accomplishment.

    `keys` name what it was made of, one for a bullet and one for every commit; read again they are
    the same. `lines` are the numbers of its lines, from 1. `reason` says why it is not ticked.
    With `is_day_proposed` the text names no day, and `happened_on` is the best guess, or None.
    """

    title: str
    keys: tuple[str, ...]
    lines: tuple[int, ...]
    happened_on: dt.date
    what: str = ""
    outcome: str = ""
    project: str = ""
    is_day_proposed: bool = False
    kind: str = "shipped"
    role: str = ""
    status: str = "shipped"
    collaborators: str = ""
    links: tuple[Link, ...] = ()
    numbers: tuple[Number, ...] = ()
    is_ticked: bool = True
    reason: str = ""
    content: Mapping[str, Any] | None = None  # the whole entry, when the source holds one


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines that are in no row, and why."""

    first: int
    last: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a source. Each line that is not blank is in a row or is left out."""

    format: str
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    year: int | None = None  # the one days without a year were read with
    projects: tuple[Mapping[str, Any], ...] = ()  # title, summary; of a journal of ours
    weeks: tuple[Mapping[str, Any], ...] = ()  # monday, is_quiet, note; of a journal of ours

    @property
    def ticked(self) -> int:
        return sum(row.is_ticked for row in self.rows)


def key_of(*parts: str) -> str:
    """The name of a piece of a source: the same for the same words, whatever their spacing."""
    said = "\x1f".join(" ".join(part.split()).casefold() for part in parts)
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:32]


def number_repeats(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows said twice in one source are two rows; from the second on the key counts."""
    seen: dict[str, int] = {}
    numbered = []
    for row in rows:
        keys = []
        for key in row.keys:
            seen[key] = count = seen.get(key, 0) + 1
            keys.append(key if count == 1 else key_of(key, str(count)))
        numbered.append(replace(row, keys=tuple(keys)))
    return tuple(numbered)


def titled(text: str, *, whole: str = "") -> tuple[str, str]:
    """A title and the rest of a text; nothing is lost.

    The title is the first sentence without its full stop, or more when the text begins with
    `whole`, the title of something else. One that is too long is cut at the end of a word, and
    then the rest is the whole text.
    """
    text = " ".join(text.split())
    end = _SENTENCE_END.search(text, max(12, len(whole) if text.startswith(whole) else 0))
    title = text[: end.start("gap")] if end else text
    if len(title) > SHORT_TITLE:
        room = SHORT_TITLE - 1
        cut = title.rfind(" ", room // 2, room)
        return f"{title[: cut if cut > 0 else room].rstrip(' ,;:')}…", text
    rest = text[len(title) :].strip()
    return _without_stop(title), rest


def _without_stop(title: str) -> str:
    is_stop = title.endswith((".", "。")) and not title.endswith("..")
    return title[:-1].rstrip() or title if is_stop else title


def joined(parts: Iterable[str]) -> str:
    """Paragraphs of those that say something."""
    return "\n".join(part.rstrip() for part in parts if part.strip()).strip("\n")


def missing_lines(
    lines: Sequence[str], rows: Iterable[Row], left_out: Iterable[LeftOut]
) -> list[int]:
    """The numbers of lines that say something and are neither in a row nor left out."""
    told = {number for row in rows for number in row.lines}
    for part in left_out:
        told.update(range(part.first, part.last + 1))
    return [n for n, line in enumerate(lines, 1) if line.strip() and n not in told]


def gathered(numbers: Iterable[int], lines: Sequence[str], reason: str) -> list[LeftOut]:
    """Those lines as parts that were left out, neighbours together."""
    parts: list[LeftOut] = []
    for number in numbers:
        text = lines[number - 1].strip()
        if parts and parts[-1].last == number - 1:
            first, said = parts[-1].first, parts[-1].text
            parts[-1] = LeftOut(first, number, f"{said} {text}"[:200], reason)
        else:
            parts.append(LeftOut(number, number, text[:200], reason))
    return parts
