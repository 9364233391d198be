"""Commits are not accomplishments: grouped by what they are about, each group one row.

First by issue or pull request, which no group tears apart. Then by subject: a conventional scope,
a folder or a word that several commits within a month share. What remains of a month stands
together, not ticked. Dependency bumps, formatting, changelogs and merges are left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.journal.importers.grouping import CONVENTIONAL, Group, grouped, issues_of, topics_of
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
MOST_TOLD = 60  # commits whose subjects the details list


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
    groups = grouped(kept, most=max(FEWEST_ROWS, len(own) // COMMITS_PER_ROW))
    groups.sort(key=lambda group: group.commits[0].first)
    names = {commit.author for commit in own} | {commit.email for commit in own}
    rows = [_row(group, names, today, year) for group in groups]
    left_out.sort(key=lambda part: part.first)
    return Reading("git", tuple(rows), tuple(left_out), year=year)


def _distinct(commits: Sequence[Commit]) -> tuple[list[Commit], list[Commit]]:
    """Each commit once, under a key of its own, and those that stand in the log again."""
    hashes: dict[str, str] = {}
    told: set[str] = set()
    once: list[Commit] = []
    again: list[Commit] = []
    for commit in commits:
        commit.key = commit.key or key_of(commit.subject, str(commit.day))
        if hashes.setdefault(commit.key, commit.hash) != commit.hash:
            commit.key = commit.hash  # another that begins alike
        (again if commit.key in told else once).append(commit)
        told.add(commit.key)
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


def _left(commit: Commit, reason: str) -> LeftOut:
    return LeftOut(commit.first, commit.last, commit.subject[:200], reason)


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
        keys=tuple(f"commit {commit.key}" for commit in group.commits),
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
    shared = Counter(word for commit in told for word in topics_of(commit))
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
    topics = topics_of(commit)
    return sum(shared[word] for word in topics) / (len(topics) + 2)


def _subject(commit: Commit) -> str:
    if MERGED_REQUEST.match(commit.subject):
        return next(line for line in commit.body.split("\n") if line.strip()).strip()
    match = CONVENTIONAL.match(commit.subject)
    subject = match["rest"] if match else commit.subject
    subject = re.sub(r"(?<!\s)\s*\((?:#|GH-)\d+\)\s*\Z", "", subject) or commit.subject
    return subject[:1].upper() + subject[1:]


def _told(group: Group, rest: str) -> str:
    """The details: of one commit its body, of several their subjects with their days."""
    issues = ", ".join(sorted(group.issues, key=lambda name: (len(name), name)))
    about = [_("About %s") % issues] if issues else []
    if len(group.commits) == 1:
        body = group.commits[0].body
        said = re.sub(r"(?im)^[ \t]*(?:co-authored-by|signed-off-by|cc|change-id):.*$\n?", "", body)
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
