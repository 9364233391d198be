"""The output of `git log` as commits: default, any --date, --oneline, --numstat, our --pretty.

Ours is GIT_LOG below: fields that no message can hold between them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from itertools import islice

from careers.journal.importers.days import EARLIEST, find_days

GIT_LOG = (
    'git log --no-merges --author="$(git config user.email)" --date=iso-strict --numstat '
    "--pretty=format:'%x1e%H%x1f%an%x1f%ae%x1f%ad%x1f%s%x1f%b%x1f'"
)
KEY = 7  # digits of a hash that every format shows
MOST_PATHS = 50

_COMMIT = re.compile(r"commit (?P<hash>[0-9a-f]{7,64})\b")
_FIELD = re.compile(r"(?P<name>Author|AuthorDate|Date|Commit|CommitDate|Merge):\s*(?P<value>.*)")
_NUMSTAT = re.compile(r"(?P<added>\d+|-)\t(?P<removed>\d+|-)\t(?P<path>.+)\Z")
_STAT = re.compile(r" \S.* \|\s+(?:\d+|Bin)|\s\d+ files? changed")
_GRAPH = re.compile(r"\*[|/\\_ *]*(?:commit )?[0-9a-f]{7}")
_LANES = re.compile(r"[|/\\_* ]*")  # what --graph draws before every line
_ONELINE = re.compile(r"(?P<hash>[0-9a-f]{7,40})\s+(?:\([^)]*\)\s+)?(?P<rest>\S.*)\Z")
_SHORT_DAY = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ][\d:]+(?:Z|\s?[+-]\d\d:?\d\d)?)?\s*[-–|:]?\s*"
)
_AUTHOR = re.compile(r"(?P<name>[^<]*?)\s*<(?P<email>[^>]*)>")
_CO_AUTHOR = re.compile(
    r"^[ \t]*co-authored-by:[ \t]*(?P<name>[^<\n]+?)[ \t]*(?:<(?P<email>[^>\n]*)>)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SEEN = 400  # lines from which a format is recognised


@dataclass(slots=True)
class Commit:
    """One commit; `day` is None where the log says none, `first` and `last` are its lines."""

    hash: str
    first: int
    last: int
    author: str = ""
    email: str = ""
    day: dt.date | None = None
    subject: str = ""
    body: str = ""
    paths: list[str] = field(default_factory=list)
    changed: int = 0  # lines added and removed
    is_merge: bool = False
    key: str = ""  # by which it is known again, in a log of any format

    def __post_init__(self) -> None:
        self.key = self.hash[:KEY]

    @property
    def message(self) -> str:
        return f"{self.subject}\n{self.body}"

    def co_authors(self) -> list[tuple[str, str]]:
        """Names and addresses of Co-authored-by lines."""
        found = _CO_AUTHOR.finditer(self.body) if "uthored" in self.body else ()
        return [(match["name"], match["email"] or "") for match in found]


def is_git_log(text: str) -> bool:
    """Whether a text is a log, by its first lines."""
    if "\x1f" in text[:2_000] or "\x1e" in text[:2]:
        return True
    beginning = islice(text.split("\n", _SEEN), _SEEN)
    lines = [line for line in beginning if line.strip()]
    if lines and _GRAPH.match(lines[0]):
        lines = [line for line in map(_without_lanes, lines) if line]
    if not lines:
        return False
    if _COMMIT.match(lines[0]) and any(_FIELD.match(line) for line in lines[1:6]):
        return True
    said = [line for line in lines if not _NUMSTAT.match(line) and not _STAT.match(line)]
    hashes = [m for line in said if (m := _ONELINE.match(line)) and re.search(r"\d", m["hash"])]
    return len(said) > 0 and len(hashes) >= 0.9 * len(said)


def read_git_log(text: str, *, today: dt.date) -> list[Commit]:
    """Every commit of a log, in its order."""
    if "\x1f" in text[:2_000] or "\x1e" in text[:2]:
        return _read_records(text, today)
    return _read_lines(text.split("\n"), today)


def _read_lines(lines: list[str], today: dt.date) -> list[Commit]:
    """A commit begins with its line; what is not indented below its fields is its message too."""
    commits: list[Commit] = []
    is_head = False
    is_graph = any(_GRAPH.match(line) for line in lines[:_SEEN])
    message: list[str] = []

    def finish() -> None:
        if commits and message:
            said = "\n".join(message).strip("\n")
            commits[-1].subject, _end, body = said.partition("\n")
            commits[-1].body = body.strip("\n")
            message.clear()

    for number, written in enumerate(lines, 1):
        line = _without_lanes(written) if is_graph else written
        if match := _COMMIT.match(line):
            finish()
            commits.append(Commit(match["hash"], number, number))
            is_head = True
        elif is_head and (match := _FIELD.match(line)):
            _set_field(commits[-1], match["name"], match["value"], today)
        elif commits and (match := _NUMSTAT.match(line)):
            _add_path(commits[-1], match)
        elif commits and line.startswith("    "):
            is_head = False
            message.append(line[4:])
        elif match := _ONELINE.match(line):
            finish()
            commits.append(_one_line(match, number, today))
            is_head = False
        elif not line.strip() and message:
            message.append("")
        elif line.strip() and commits and (is_graph or not is_head) and not _STAT.match(line):
            is_head = False
            message.append(line)
        if commits and written.strip():
            commits[-1].last = number
    finish()
    return commits


def _without_lanes(line: str) -> str:
    return _LANES.sub("", line, count=1)


def _read_records(text: str, today: dt.date) -> list[Commit]:
    commits = []
    line = 1
    for record in text.split("\x1e") if "\x1e" in text else text.split("\n"):
        fields = record.split("\x1f")
        first = line + len(record) - len(record.lstrip("\n")) if record.strip() else line
        line += record.count("\n") + (0 if "\x1e" in text else 1)
        if len(fields) < 5:
            continue
        fields = [*(part.strip("\n") for part in fields), "", ""]
        commit = Commit(fields[0].strip(), first, first + record.strip("\n").count("\n"))
        commit.author, commit.email = fields[1], fields[2]
        commit.day = _day(fields[3], today)
        commit.subject, commit.body = fields[4], fields[5]
        for counted in fields[6].split("\n"):
            if match := _NUMSTAT.match(counted):
                _add_path(commit, match)
        commits.append(commit)
    return commits


def _set_field(commit: Commit, name: str, value: str, today: dt.date) -> None:
    if name == "Author":
        match = _AUTHOR.match(value)
        commit.author, commit.email = (match["name"], match["email"]) if match else (value, "")
    elif name in {"Date", "AuthorDate"}:
        commit.day = _day(value, today)
    elif name == "Merge":
        commit.is_merge = True


def _add_path(commit: Commit, match: re.Match[str]) -> None:
    if len(commit.paths) < MOST_PATHS:
        commit.paths.append(match["path"])
    commit.changed += sum(int(n) for n in (match["added"], match["removed"]) if n != "-")


def _one_line(match: re.Match[str], number: int, today: dt.date) -> Commit:
    commit = Commit(match["hash"], number, number, subject=match["rest"].strip())
    if dated := _SHORT_DAY.match(commit.subject):
        commit.day = _day(dated["day"], today)
        commit.subject = commit.subject[dated.end() :] or commit.subject
    return commit


def _day(text: str, today: dt.date) -> dt.date | None:
    """The author's day of a date in any of git's formats; None for a relative or impossible one."""
    day = _parsed(text.strip(), today)
    return day if day and day.year >= EARLIEST and day <= today + dt.timedelta(days=1) else None


def _parsed(text: str, today: dt.date) -> dt.date | None:
    try:
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return dt.date.fromisoformat(text[:10])
        if match := re.match(r"(\d{9,10})(?: ([+-])(\d\d)(\d\d))?\Z", text):
            ahead = dt.timedelta(hours=int(match[3] or 0), minutes=int(match[4] or 0))
            moment = dt.datetime.fromtimestamp(int(match[1]), dt.UTC)
            return (moment - ahead if match[2] == "-" else moment + ahead).date()
        if match := re.match(r"\w{3} (\w{3}) +(\d+) [\d:]+ (\d{4})", text):
            return parsedate_to_datetime(f"{match[2]} {match[1]} {match[3]} 00:00:00 +0000").date()
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError):
        days = find_days(text, year=None, today=today)
        return days[0].day if days else None
