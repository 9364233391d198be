"""A row while it is put together from an item, a text or a heading with what is below it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.journal.importers import sections
from careers.journal.importers.days import Found, Precision, find_days, take_day
from careers.journal.importers.numbers import find_numbers
from careers.journal.importers.reading import (
    COLLABORATORS,
    MOST_LINKS,
    OUTCOME,
    PROJECT,
    WHAT,
    Link,
    Row,
    joined,
    key_of,
    titled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careers.journal.importers.outline import Block, Outline

_NAMED = re.compile(r"(?P<name>[^:：\n]{2,80}?)\s*(?::|：|\s—)\s+(?P<rest>\S.*)", re.DOTALL)
_OUTCOME = re.compile(r"(?P<title>.{12,}?)\s+—\s+(?P<outcome>\S+\s+\S+\s+\S.*)", re.DOTALL)
_POINTER = re.compile(r"See (?P<what>[^.!?]{1,40}?)(?: here)?\.?", re.IGNORECASE)
_HERE = {"here", "Here", "link", "this"}
_KINDS = [
    (re.compile(r"(?:mentor|coach)(?:ed|ing)\b", re.IGNORECASE), "mentoring"),
    (re.compile(r"interview(?:ed|ing)\b", re.IGNORECASE), "hiring"),
    (re.compile(r"(?:bug ?)?fix(?:ed|es)?\b", re.IGNORECASE), "fixed"),
]
_ROLE_VERBS = re.compile(
    r"(?:i )?(?:co-?led|led|drove|owned|contributed|helped|supported|assisted)\b", re.IGNORECASE
)


class TooLongError(Exception):
    """A text with more letters than an entry holds."""


class NothingSaidError(Exception):
    """A text without a word to call an entry by."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document something stands: below which headings, and what they say of it."""

    today: dt.date
    path: tuple[str, ...] = ()
    section: sections.Section = field(default_factory=sections.Section)
    project: str = ""
    year: int | None = None
    period: Found | None = None

    def day(self, found: Found | None) -> tuple[dt.date, bool]:
        """The day of what stands here, and whether it is only proposed; without a clue today."""
        if found:
            return found.day, not found.is_exact
        if self.period:
            return self.period.day, True
        if self.year:
            return min(dt.date(self.year, 12, 31), self.today), True
        return self.today, True


class Piece:
    """Collects what one row says; `row` makes it."""

    def __init__(self, outline: Outline, place: Place) -> None:
        self.outline = outline
        self.place = place
        self.fields: dict[str, list[str]] = {}
        self.links: list[Link] = []
        self.found: Found | None = None

    def words(self, text: str, *, is_title: bool = False) -> str:
        """The text as a reader sees it; its links are kept."""
        words = self.outline.words(text, is_title=is_title)
        self.links += words.links
        return words.text

    def say(self, name: str, text: str) -> None:
        if text.strip():
            self.fields.setdefault(name, []).append(text.rstrip())

    def set_pair(self, text: str) -> bool:
        """Takes a `Key: value` line; False when it is none."""
        pair = sections.pair_of(text)
        if pair is None:
            return False
        name, value = pair
        words = "\n".join(self.words(line) for line in value.split("\n"))
        if name not in {"what", "outcome"}:
            words = " ".join(words.split())
        if name == "date":
            self.look_for_day(words)
        elif name != "links" or not self.links:
            self.say(name, words)
        return True

    def look_for_day(self, text: str) -> None:
        days = find_days(text, year=self.place.year, today=self.place.today)
        best = max(days, key=lambda day: (day.precision, day.start), default=None)
        if best and (self.found is None or self.found.precision < Precision.DAY):
            self.found = best

    def add(self, blocks: Iterable[Block], *, depth: int = 0, name: str = "what") -> None:
        """What is below an item or a heading: `Key: value` sets a field, the rest is `name`."""
        for block in blocks:
            mark = "- " if block.kind == "item" and name == "what" else ""
            if block.kind in {"rule", "heading"}:
                continue
            if block.kind == "quote":
                self.add(block.children, depth=depth, name=name)
            elif block.kind == "code":
                self.say(name, block.text)
            elif depth or not self.set_pair(block.text):
                self.say(name, f"{'  ' * depth}{mark}{self.words(block.text)}".rstrip())
            if block.kind == "item":
                self.add(block.children, depth=depth + 1, name=name)

    def row(self, title: str, *, lines: Iterable[int], said: str, reason: str = "") -> Row:
        """The row called `title`; `said` is what it is known by when it is read again.

        Raises TooLongError when an entry cannot hold it, and NothingSaidError without a title.
        """
        place = self.place
        found, title = take_day(title, year=place.year, today=place.today)
        if found and (self.found is None or found.precision > self.found.precision):
            self.found = found
        project, title = self._project(title)
        outcome = joined(self.fields.get("outcome", ()))
        if not outcome and (parts := _OUTCOME.fullmatch(title)) and not place.section.reason:
            title, outcome = parts["title"], parts["outcome"]
        title, rest = titled(title, whole=self.links[0].label if self.links else "")
        if pointer := _POINTER.fullmatch(rest) if self.links else None:
            rest = ""
            self._name_links(pointer["what"])
        what = joined([rest, *self.fields.get("what", ()), *self._told_otherwise()])
        if not title:
            raise NothingSaidError
        if self.found is None:
            self.look_for_day(what)
        if len(what) > WHAT or len(outcome) > OUTCOME:
            raise TooLongError
        day, is_proposed = place.day(self.found)
        numbers = find_numbers(joined([title, what, outcome]), title=title)
        reason = reason or str(place.section.reason)
        return Row(
            title=title,
            keys=(key_of(*place.path, said),),
            lines=tuple(lines),
            what=what,
            outcome=outcome,
            project=project[:PROJECT],
            happened_on=day,
            is_day_proposed=is_proposed,
            kind=self._kind(title),
            role=self._role(title),
            status=sections.status_of(self._first("status")),
            collaborators=", ".join(self.fields.get("collaborators", ()))[:COLLABORATORS],
            links=tuple(dict.fromkeys(self.links))[:MOST_LINKS],
            numbers=tuple(numbers),
            is_ticked=not reason,
            reason=reason,
        )

    def _name_links(self, what: str) -> None:
        """A link called "here" is called by what it leads to."""
        self.links = [
            Link(link.url, what[:1].upper() + what[1:]) if link.label in _HERE else link
            for link in self.links
        ]

    def _first(self, name: str) -> str:
        return self.fields.get(name, [""])[0]

    def _project(self, title: str) -> tuple[str, str]:
        """The project, and the title without its name."""
        if named := self._first("project"):
            return ("" if named.startswith("(no ") else named), title
        is_named = self.place.section.is_projects and not self.place.project
        if is_named and (parts := _NAMED.fullmatch(title)):
            return parts["name"].strip(), parts["rest"]
        return self.place.project, title

    def _told_otherwise(self) -> list[str]:
        """Values that no column takes as they are, as lines of the details."""
        told = []
        role = self._first("role")
        if role and not (sections.role_of(role) and len(role.split()) < 3):
            told.append(f"{_('My role')}: {role}")
        if skills := self.fields.get("skills"):
            told.append(f"{_('Skills')}: {', '.join(skills)}")
        told += [f"{_('Numbers')}: {text}" for text in self.fields.get("numbers", ())]
        told += self.fields.get("links", ())
        told += [f"{_('Attachments')}: {text}" for text in self.fields.get("attachments", ())]
        rest = ", ".join(self.fields.get("collaborators", ()))
        return [*told, f"{_('With')}: {rest}"] if len(rest) > COLLABORATORS else told

    def _role(self, title: str) -> str:
        said = self._first("role") or (title if _ROLE_VERBS.match(title) else "")
        return sections.role_of(said)

    def _kind(self, title: str) -> str:
        if kind := sections.kind_of(self._first("kind")) if self._first("kind") else "":
            return kind
        own = self.place.section.kind
        told = next((kind for form, kind in _KINDS if form.match(title)), "")
        return told if told and own == "shipped" else own
