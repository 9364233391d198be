"""A ladder as it was found in a source that knows no codes or keys of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from careers.ladders.yaml_sections import Problem

if TYPE_CHECKING:
    from careers.ladders.document import GuidancePart
    from careers.ladders.importers.naming import LevelName

NO_TRACK = ""  # the track of a level that the source puts into none
NO_DIMENSION = "Expectations"  # of a criterion that the source puts under no heading


@dataclass(slots=True, kw_only=True)
class DraftCriterion:
    """`identifier` is the source's own; `place` what it is known by within its level, if anything.

    `lead` is a bold word before it, where it stands in no group: a dimension perhaps. `path` leads
    to it in the source, for the sentence that says what is wrong with it.
    """

    text: str
    dimension: str = NO_DIMENSION
    line: int
    path: str
    identifier: str = ""
    place: str = ""
    lead: str = ""
    is_required: bool = True
    keywords: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class DraftTransition:
    """To the level called `to`, by its code or by another of its names; to the next without it."""

    to: str
    months: tuple[int, ...] = ()
    open_ended: bool = False
    conditions: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class DraftLevel:
    """`rank` is None where the title is to say it."""

    name: LevelName
    line: int
    track: str = NO_TRACK
    label: str = ""
    rank: str | None = None
    scope: str = ""
    is_terminal: bool = False
    criteria: list[DraftCriterion] = field(default_factory=list)
    guidance: list[GuidancePart] = field(default_factory=list)
    transitions: list[DraftTransition] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Draft:
    """`file` is the file's name without its ending; `dimensions` is their order, where known.

    `dimension_ids` are the source's own, by the names.
    """

    file: str
    name: str = ""
    summary: str = ""
    levels: list[DraftLevel] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    dimension_ids: dict[str, str] = field(default_factory=dict)
    guidance: list[GuidancePart] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _known: dict[tuple[str, str], DraftLevel] = field(default_factory=dict)

    def find_level(self, name: LevelName, *, line: int, track: str = NO_TRACK) -> DraftLevel:
        """The level of that code in the track, made where there is none yet."""
        key = (track, name.code.lower())
        if key not in self._known:
            self._known[key] = level = DraftLevel(name=name, line=line, track=track)
            self.levels.append(level)
        return self._known[key]

    def report(self, line: int, path: str, sentence: str) -> None:
        self.problems.append(Problem(line, path, sentence))
