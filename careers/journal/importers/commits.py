"""Commits are not accomplishments: grouped by what they are about, each group one row.

First by issue or pull request, which no group tears apart. Then by subject: a conventional scope,
a folder or a word that several commits within a month share. What remains of a month stands
together, not ticked. Dependency bumps, formatting, changelogs and merges are left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.journal.importers.noise import MERGED_REQUEST, noise_of
from careers.journal.importers.numbers import find_numbers
from careers.journal.importers.reading import (
    COLLABORATORS,
    MOST_METRICS,
    WHAT,
    LeftOut,
    Reading,
    Row,
    key_of,
    titled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careers.journal.importers.gitlog import Commit

COMMITS_PER_ROW = 8  # at least, on the average; of small things that nobody would tell
FEWEST_ROWS = 8
THEME = 3  # commits that make a subject of a month
MOST_TOLD = 60  # commits whose subjects the details list

_ISSUE = re.compile(
    r"(?<![\w/&])(?:GH-|[\w.-]{1,60}/[\w.-]{1,60}#|#)(?P<number>\d{1,7})\b"
    r"|\b(?P<name>(?!(?:UTF|ISO|RFC|SHA|CVE|PEP|HTTP|TLS|ES|GPT)-)[A-Z][A-Z0-9]{1,9}-\d{1,6})\b"
)
_CONVENTIONAL = re.compile(
    r"(?P<type>[a-z]{2,12})(?:\((?P<scope>[^)]{1,60})\))?!?:\s+(?P<rest>\S.*)"
)
_FEATURE = re.compile(
    r"(?:add|implement|introduce|support|design|migrate|rewrite|replace|store|upgrade)\b",
    re.IGNORECASE,
)
_SQUASHED = re.compile(r"(?:fixup|squash|amend)! (?P<subject>.+)")

_WORD = re.compile(r"[^\W\d_][\w'-]*")
# Words of every other subject, which say nothing of what it is about.
_DULL = frozenset(
    re.findall(
        r"\w+",
        """a about above add added adding adds after all allow also an and any app apps are as at
        avoid back be been before better bit bits both but by call can cc change changed changes
        check clarify class clean cleanup cmd code com correct create current data db default delete
        different disable do doc docs document does drop each enable ensure error errors extra false
        field fields file files first fix fixed fixes fixing for form from function get give handle
        handling has have hc help hide http https if implement improve improved in incorrect instead
        internal into introduce is issue it its just keep key last lib line lines link list log
        longer loop made main make makes making manually method minor missing more move moved name
        names needed new no non none not note now obsolete of old on one only optimize option or
        other our out over page pass path pkg preserve prevent py re redundant refactor refactored
        release remove removed rename replace request reset response result return revert same
        section see self set setting settings show simpler simplify single small some sort src stop
        string style support switch table tag test tests text than that the their them then there
        they this time to too true try tweak two type types unify unneeded unused up update updated
        updates upgrade use used user users uses using value values variable version via view views
        was we were when where which while will with without work working works wrong www you your
        """,
    )
)


@dataclass(slots=True)
class Group:
    """Commits that are about one thing; `topic` is its word when that is no issue."""

    commits: list[Commit]
    issues: set[str] = field(default_factory=set)
    topic: str = ""
    is_remainder: bool = False

    @property
    def day(self) -> dt.date | None:
        return max((c.day for c in self.commits if c.day), default=None)


def read_commits(
    commits: Sequence[Commit], *, me: Iterable[str] = (), today: dt.date, year: int | None = None
) -> Reading:
    """Rows of groups of commits; of a log of several people only what `me` wrote, if anything.

    `me` are names and e-mail addresses. There is at most one row for COMMITS_PER_ROW commits, but
    never fewer rows than there are issues with several commits.
    """
    once, again = _distinct(commits)
    own, others = _split_by_author(once, {name.casefold() for name in me})
    kept, left_out = _without_noise(own)
    left_out += [_left(commit, _("the same commit again")) for commit in again]
    left_out += [_left(commit, _("written by %s") % commit.author) for commit in others]
    groups = _grouped(kept, most=max(FEWEST_ROWS, len(own) // COMMITS_PER_ROW))
    groups.sort(key=lambda group: group.commits[0].first)
    names = {commit.author for commit in own} | {commit.email for commit in own}
    rows = [_row(group, names, today, year) for group in groups]
    left_out.sort(key=lambda part: part.first)
    return Reading("git", tuple(rows), tuple(left_out), year=year)


def _distinct(commits: Sequence[Commit]) -> tuple[list[Commit], list[Commit]]:
    """Each commit once, and those that stand in the log again."""
    seen: set[str] = set()
    once: list[Commit] = []
    again: list[Commit] = []
    for commit in commits:
        (again if _key(commit) in seen else once).append(commit)
        seen.add(_key(commit))
    return once, again


def _split_by_author(commits: Sequence[Commit], me: set[str]) -> tuple[list[Commit], list[Commit]]:
    own = [c for c in commits if {c.email.casefold(), c.author.casefold()} & me]
    if not own:
        return list(commits), []
    keys = {id(commit) for commit in own}
    return own, [commit for commit in commits if id(commit) not in keys]


# --- what is left out ---------------------------------------------------------------------------


def _without_noise(commits: Sequence[Commit]) -> tuple[list[Commit], list[LeftOut]]:
    """Commits that say something, and those left out; one of an issue goes with its issue."""
    reasons = {id(commit): noise_of(commit) for commit in commits}
    telling = {issue for c in commits if not reasons[id(c)] for issue in issues_of(c)}
    kept, left_out = [], []
    for commit in commits:
        reason = reasons[id(commit)]
        if reason and not issues_of(commit) & telling:
            left_out.append(_left(commit, reason))
        else:
            kept.append(commit)
    return kept, left_out


def issues_of(commit: Commit) -> set[str]:
    """Issues and pull requests that a message names."""
    found = _ISSUE.finditer(commit.message)
    return {f"#{match['number']}" if match["number"] else match["name"] for match in found}


def _left(commit: Commit, reason: str) -> LeftOut:
    return LeftOut(commit.first, commit.last, commit.subject[:200], reason)


# --- groups -------------------------------------------------------------------------------------


def _grouped(commits: Sequence[Commit], *, most: int) -> list[Group]:
    """Issues with several commits, the largest themes, what is told alone, the rest by time."""
    atoms = _by_issue(commits)
    whole = [atom for atom in atoms if len(atom.commits) > 1]
    themes, rest = _by_theme([atom for atom in atoms if len(atom.commits) == 1])
    room = max(1, most - len(whole))
    themes.sort(key=lambda theme: len(theme.commits), reverse=True)
    for theme in themes[room - room // 4 - 1 :]:  # a quarter of the rows is for the rest
        rest += [Group([commit], issues=issues_of(commit)) for commit in theme.commits]
    del themes[room - room // 4 - 1 :]
    remainder = _by_time(rest, most=max(1, room // 3))
    room -= len(themes) + len(remainder)
    rest.sort(key=_weight, reverse=True)
    alone = [atom for atom in rest[: max(0, room)] if _weight(atom)[0]]
    told = {id(atom) for atom in alone}
    left = [atom for atom in rest if id(atom) not in told]
    return [*whole, *themes, *alone, *_by_time(left, most=max(1, len(remainder)))]


def _by_issue(commits: Sequence[Commit]) -> list[Group]:
    """Commits that share an issue, directly or through others, together."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    subjects = {commit.subject: f"commit {n}" for n, commit in enumerate(commits)}
    for number, commit in enumerate(commits):
        links = issues_of(commit)
        if squashed := _SQUASHED.match(commit.subject):
            links.add(subjects.get(squashed["subject"], f"commit {number}"))
        for link in links:
            parent[root(link)] = root(f"commit {number}")
    groups: dict[str, Group] = {}
    for number, commit in enumerate(commits):
        group = groups.setdefault(root(f"commit {number}"), Group([]))
        group.commits.append(commit)
        group.issues |= issues_of(commit)
    return list(groups.values())


def _by_theme(singles: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Groups of THEME or more that share a word within a month, the largest first; and the rest."""
    by_month: dict[str, list[Group]] = defaultdict(list)
    for atom in singles:
        by_month[_month(atom)].append(atom)
    common = Counter(word for atom in singles for word in _topics(atom.commits[0]))
    themes, rest = [], []
    for atoms in by_month.values():
        left = atoms
        while left:
            shared: dict[str, list[Group]] = defaultdict(list)
            for atom in left:
                for word in _topics(atom.commits[0]):
                    shared[word].append(atom)
            word = max(shared, key=lambda w: (len(shared[w]), -common[w], len(w), w), default="")
            if not word or len(shared[word]) < THEME:
                break
            taken = {id(atom) for atom in shared[word]}
            merged = Group([c for atom in shared[word] for c in atom.commits], topic=word)
            merged.issues = {issue for atom in shared[word] for issue in atom.issues}
            themes.append(merged)
            left = [atom for atom in left if id(atom) not in taken]
        rest += left
    return themes, rest


def _topics(commit: Commit) -> set[str]:
    """What a commit may be about: its scope, its folders, the telling words of its subject."""
    match = _CONVENTIONAL.match(commit.subject)
    subject = match["rest"] if match else commit.subject
    words = {_stem(word) for word in _WORD.findall(subject)}
    words |= {_stem(part) for path in commit.paths for part in path.split("/")[:-1]}
    if match and match["scope"]:
        words.add(match["scope"].casefold())
    return {word for word in words if len(word) > 2 and word not in _DULL}


def _stem(word: str) -> str:
    word = word.casefold().strip("'-")
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > 3 and word[-2] not in "su" else word


def _month(atom: Group) -> str:
    return f"{atom.day:%Y-%m}" if atom.day else ""


def _weight(atom: Group) -> tuple[int, int, int]:
    """How much a commit that stands alone looks like something to tell; 0 first for not at all."""
    commit = atom.commits[0]
    match = _CONVENTIONAL.match(commit.subject)
    is_feature = bool(
        (match and match["type"] in {"feat", "feature", "perf"})
        or _FEATURE.match(match["rest"] if match else commit.subject)
    )
    is_told = len(commit.body.split()) > 12
    return 2 * bool(atom.issues) + is_feature + is_told, commit.changed, len(commit.message)


def _by_time(rest: Sequence[Group], *, most: int) -> list[Group]:
    """What no group took, a month together, or as many months as make it at most `most`."""
    spans: dict[int, list[Commit]] = {}
    for months in (1, 3, 12, 120, 12_000):
        spans = defaultdict(list)
        for atom in rest:
            day = atom.day or dt.date.min
            spans[(day.year * 12 + day.month - 1) // months].extend(atom.commits)
        if len(spans) <= most:
            break
    groups = []
    for commits in spans.values():
        commits.sort(key=lambda commit: commit.first)
        issues = {issue for commit in commits for issue in issues_of(commit)}
        groups.append(Group(commits, issues=issues, is_remainder=len(commits) > 1))
    return groups


# --- rows ---------------------------------------------------------------------------------------


def _row(group: Group, names: set[str], today: dt.date, year: int | None) -> Row:
    day = group.day
    proposed = min(dt.date(year, 12, 31), today) if year else today
    people = {
        name: None
        for commit in group.commits
        for name, email in commit.co_authors()
        if not {name, email} & names
    }
    texts = [commit.message for commit in group.commits]
    numbers = [number for text in texts for number in find_numbers(text)][:MOST_METRICS]
    reason = str(_("small changes that share no subject")) if group.is_remainder else ""
    title, rest = titled(_title(group))
    return Row(
        title=title,
        keys=tuple(dict.fromkeys(_key(commit) for commit in group.commits)),
        lines=tuple(n for c in group.commits for n in range(c.first, c.last + 1)),
        what=_told(group, rest)[:WHAT],
        happened_on=day or proposed,
        is_day_proposed=day is None,
        kind=_kind(group),
        collaborators=", ".join(people)[:COLLABORATORS],
        numbers=tuple(numbers),
        is_ticked=not reason,
        reason=reason,
    )


def _key(commit: Commit) -> str:
    return f"commit {commit.key}" if commit.hash else key_of(commit.subject, str(commit.day))


def _title(group: Group) -> str:
    """The subject that shares most words with the others; of a theme with its size."""
    if group.is_remainder:
        days = [commit.day for commit in group.commits if commit.day]
        if not days:
            return _("%(count)d smaller changes") % {"count": len(group.commits)}
        first, last = f"{min(days):%b %Y}", f"{max(days):%b %Y}"
        span = first if first == last else f"{first} – {last}"
        return _("%(count)d smaller changes, %(span)s") % {
            "count": len(group.commits),
            "span": span,
        }
    told = [commit for commit in group.commits if not noise_of(commit)] or group.commits
    shared = Counter(word for commit in told for word in _topics(commit))
    best = max(told, key=lambda commit: (_centrality(commit, shared), commit.first))
    subject = _subject(best)
    if len(group.commits) == 1 or group.issues and not group.topic:
        return subject
    return _("%(subject)s, and %(count)d more about %(topic)s") % {
        "subject": subject.rstrip("."),
        "count": len(group.commits) - 1,
        "topic": group.topic,
    }


def _centrality(commit: Commit, shared: Counter[str]) -> float:
    topics = _topics(commit)
    return sum(shared[word] for word in topics) / (len(topics) + 2)


def _subject(commit: Commit) -> str:
    if MERGED_REQUEST.match(commit.subject):
        return next(line for line in commit.body.split("\n") if line.strip()).strip()
    match = _CONVENTIONAL.match(commit.subject)
    subject = match["rest"] if match else commit.subject
    subject = re.sub(r"\s*\((?:#|GH-)\d+\)\s*\Z", "", subject) or commit.subject
    return subject[:1].upper() + subject[1:]


def _told(group: Group, rest: str) -> str:
    """The details: of one commit its body, of several their subjects with their days."""
    issues = ", ".join(sorted(group.issues, key=lambda name: (len(name), name)))
    about = [_("About %s") % issues] if issues else []
    if len(group.commits) == 1:
        body = group.commits[0].body
        said = re.sub(r"(?im)^\s*(?:co-authored-by|signed-off-by|cc|change-id):.*$\n?", "", body)
        return "\n".join(filter(None, [rest, said.strip(), *about]))
    told = sorted(group.commits, key=lambda c: (c.day or dt.date.min, -c.first))
    lines = [
        f"- {commit.day:%d %b %Y}: {commit.subject}" if commit.day else f"- {commit.subject}"
        for commit in told[:MOST_TOLD]
    ]
    if more := len(told) - MOST_TOLD:
        lines += [_("and %d more") % more] if more > 0 else []
    return "\n".join(filter(None, [rest, *lines, *about]))


def _kind(group: Group) -> str:
    fixes = sum(
        bool(re.match(r"(?:fix|bug|hotfix|repair|correct)", commit.subject, re.IGNORECASE))
        for commit in group.commits
    )
    return "fixed" if 2 * fixes > len(group.commits) else "shipped"
