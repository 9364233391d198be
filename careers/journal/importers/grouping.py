"""Commits by what they are about: an issue, a theme of their month, or the time that is left."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.journal.importers.gitlog import Commit

THEME = 3  # commits that make a subject of a month

_ISSUE = re.compile(
    r"(?<![\w/&])(?:GH-|[\w.-]{1,60}/[\w.-]{1,60}#|#)(?P<number>\d{1,7})\b"
    r"|\b(?P<name>(?!(?:AES|COVID|CVE|ES|GPT|HTTP|IPV|ISO|MD|PEP|RFC|RS|SHA|TLS|UTF|X86)-)[A-Z][A-Z0-9]{1,9}-\d{1,6})\b"
)
CONVENTIONAL = re.compile(
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


def issues_of(commit: Commit) -> set[str]:
    """Issues and pull requests that a message names."""
    found = _ISSUE.finditer(commit.message)
    return {f"#{match['number']}" if match["number"] else match["name"] for match in found}


def grouped(commits: Sequence[Commit], *, most: int) -> list[Group]:
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
    common = Counter(word for atom in singles for word in topics_of(atom.commits[0]))
    themes, rest = [], []
    for atoms in by_month.values():
        found, left = _themes_of(atoms, common)
        themes += found
        rest += left
    return themes, rest


def _themes_of(atoms: list[Group], common: Counter[str]) -> tuple[list[Group], list[Group]]:
    """The themes of a month and what has none. Of the words that most commits share the rarest
    elsewhere is a theme, then of those that are left; sizes in the heap may be out of date."""
    topics = [topics_of(atom.commits[0]) for atom in atoms]
    with_word: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(topics):
        for word in words:
            with_word[word].append(number)
    sizes = {word: len(numbers) for word, numbers in with_word.items()}
    heap = [(-size, common[word], -len(word), word) for word, size in sizes.items()]
    heapify(heap)
    taken: set[int] = set()
    themes = []
    while heap and -heap[0][0] >= THEME:
        size, _common, _length, word = heappop(heap)
        if -size != sizes[word]:
            heappush(heap, (-sizes[word], common[word], -len(word), word))
            continue
        own = [number for number in with_word[word] if number not in taken]
        taken.update(own)
        for number in own:
            for other in topics[number]:
                sizes[other] -= 1
        commits = [commit for number in own for commit in atoms[number].commits]
        issues = {issue for number in own for issue in atoms[number].issues}
        themes.append(Group(commits, issues=issues, topic=word))
    return themes, [atom for number, atom in enumerate(atoms) if number not in taken]


def topics_of(commit: Commit) -> set[str]:
    """What a commit may be about: its scope, its folders, the telling words of its subject."""
    match = CONVENTIONAL.match(commit.subject)
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
    match = CONVENTIONAL.match(commit.subject)
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
