"""What one document of a ladder changes against another; pure: documents in, changes out.

A criterion is the same by its key, a level by its code, a track by its key, a dimension by its key
and its track's: whatever else is said of them may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.web.words import compare_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from careers.ladders.document import CriterionPart, GuidancePart, LadderDocument
    from careers.web.words import Run


class Fate(Enum):
    """What becomes of a part of a ladder."""

    NEW = "new"
    BACK = "back"
    CHANGED = "changed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """A track, a dimension or a level, by its name; `was` is "" where the name is as before."""

    kind: str
    name: str
    was: str = ""
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """A criterion and where it stands; what is "" in `was_…` is as before.

    `asks_anew` says that it is required or optional now, or that it asks for other lamps.
    """

    key: str
    text: str
    was_text: str = ""
    level: str
    was_level: str = ""
    dimension: str
    was_dimension: str = ""
    asks_anew: bool = False
    fate: Fate

    @property
    def words(self) -> tuple[list[Run], list[Run]]:
        """Both texts with what changed marked."""
        return compare_words(self.was_text, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """In the order of the ladder, what is retired last; `rest` names what else is different.

    Order, keywords and sources are named where nothing else is different.
    """

    parts: tuple[PartChange, ...] = ()
    criteria: tuple[CriterionChange, ...] = ()
    rest: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts or self.criteria or self.rest)

    @property
    def new(self) -> list[CriterionChange]:
        return [change for change in self.criteria if change.fate is Fate.NEW]

    @property
    def brought_back(self) -> list[CriterionChange]:
        return [change for change in self.criteria if change.fate is Fate.BACK]

    @property
    def changed(self) -> list[CriterionChange]:
        """Still asked, with other words, at another place or for other lamps."""
        return [change for change in self.criteria if change.fate is Fate.CHANGED]

    @property
    def retired(self) -> list[CriterionChange]:
        return [change for change in self.criteria if change.fate is Fate.RETIRED]

    @property
    def reworded(self) -> list[CriterionChange]:
        return [change for change in self.criteria if change.was_text]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is compared of a track, a dimension or a level: its name and all that stands beside."""

    kind: str
    name: str
    beside: object = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A criterion where it stands, by keys and as a reader sees it."""

    criterion: CriterionPart
    code: str
    level: str
    dimension: str


def changes(
    old: LadderDocument | None, new: LadderDocument, *, known: Collection[str] = ()
) -> Changes:
    """What `new` changes against `old`; with nothing before it, everything is new.

    `known` holds the keys of criteria of editions before `old`: what was asked once, was dropped
    and is asked again was brought back.
    """
    if old is None:
        return Changes(
            parts=tuple(_part_changes({}, _parts(new))),
            criteria=tuple(_criterion_changes({}, _places(new), known=known)),
        )
    parts = tuple(_part_changes(_parts(old), _parts(new)))
    criteria = tuple(_criterion_changes(_places(old), _places(new), known=known))
    rest = tuple(_rest(old, new))
    if old.canonical != new.canonical and not (parts or criteria or rest):
        rest = (_("the order, keywords or sources"),)
    return Changes(parts=parts, criteria=criteria, rest=rest)


def _parts(document: LadderDocument) -> dict[tuple[str, ...], _Part]:
    """By an identity of its own for each; tracks, then their dimensions, then their levels."""
    parts: dict[tuple[str, ...], _Part] = {}
    for track in document.tracks:
        parts["track", track.key] = _Part(_("track"), track.name, track.summary)
        for dimension in track.dimensions:
            parts["dimension", track.key, dimension.key] = _Part(_("dimension"), dimension.name)
        for level in track.levels:
            name = _level_name(level.label, level.title)
            said = _said(level.guidance)
            beside = (track.key, level.rank, level.years, level.scope, level.terminal, said)
            parts["level", level.code] = _Part(_("level"), name, beside)
    return parts


def _part_changes(
    old: Mapping[tuple[str, ...], _Part], new: Mapping[tuple[str, ...], _Part]
) -> Iterator[PartChange]:
    for key, part in new.items():
        before = old.get(key)
        if before is None:
            yield PartChange(kind=part.kind, name=part.name, fate=Fate.NEW)
        elif before != part:
            was = before.name if before.name != part.name else ""
            yield PartChange(kind=part.kind, name=part.name, was=was, fate=Fate.CHANGED)
    for key, part in old.items():
        if key not in new:
            yield PartChange(kind=part.kind, name=part.name, fate=Fate.RETIRED)


def _places(document: LadderDocument) -> dict[str, _Place]:
    """Every criterion by its key."""
    return {
        criterion.key: _Place(
            criterion=criterion,
            code=level.code,
            level=_level_name(level.label, level.title),
            dimension=names[criterion.dimension],
        )
        for track in document.tracks
        for names in [{dimension.key: dimension.name for dimension in track.dimensions}]
        for level in track.levels
        for criterion in level.criteria
    }


def _criterion_changes(
    old: Mapping[str, _Place], new: Mapping[str, _Place], *, known: Collection[str]
) -> Iterator[CriterionChange]:
    for key, place in new.items():
        before = old.get(key)
        if before is None:
            yield _change(place, Fate.BACK if key in known else Fate.NEW)
        elif change := _difference(before, place):
            yield change
    for key, place in old.items():
        if key not in new:
            yield _change(place, Fate.RETIRED)


def _change(place: _Place, fate: Fate) -> CriterionChange:
    return CriterionChange(
        key=place.criterion.key,
        text=place.criterion.text,
        level=place.level,
        dimension=place.dimension,
        fate=fate,
    )


def _difference(before: _Place, after: _Place) -> CriterionChange | None:
    """None where a criterion stays as it is; renaming its level or dimension does not move it."""
    old, new = before.criterion, after.criterion
    is_reworded = old.text != new.text
    has_other_level = before.code != after.code
    has_other_dimension = old.dimension != new.dimension
    asks_anew = (old.required, old.lamps) != (new.required, new.lamps)
    if not (is_reworded or has_other_level or has_other_dimension or asks_anew):
        return None
    was_level, level = _told_apart((before.level, before.code), (after.level, after.code))
    was_dimension, dimension = _told_apart(
        (before.dimension, old.dimension), (after.dimension, new.dimension)
    )
    return CriterionChange(
        key=new.key,
        text=new.text,
        was_text=old.text if is_reworded else "",
        level=level,
        was_level=was_level if has_other_level else "",
        dimension=dimension,
        was_dimension=was_dimension if has_other_dimension else "",
        asks_anew=asks_anew,
        fate=Fate.CHANGED,
    )


def _told_apart(before: tuple[str, str], after: tuple[str, str]) -> tuple[str, str]:
    """Two names, each with its identity where they differ in nothing else."""
    if before[0] == after[0] and before[1] != after[1]:
        return f"{before[0]} ({before[1]})", f"{after[0]} ({after[1]})"
    return before[0], after[0]


def _rest(old: LadderDocument, new: LadderDocument) -> Iterator[str]:
    """What is different of the ladder as a whole, each in a few words."""
    if old.name != new.name:
        yield _("the name")
    if old.summary != new.summary:
        yield _("the summary")
    if dict(old.rules) != dict(new.rules):
        yield _("the rules of coverage")
    if _steps(old) != _steps(new):
        yield _("what a step to another level asks")
    if _said(old.guidance) != _said(new.guidance):
        yield _("what is said around the levels")


def _steps(document: LadderDocument) -> list[tuple[object, ...]]:
    return [
        (
            step.from_code,
            step.to_code,
            step.months,
            step.open_ended,
            [condition.text for condition in step.conditions],
        )
        for step in document.transitions
    ]


def _said(guidance: tuple[GuidancePart, ...]) -> list[tuple[str, str, str]]:
    return [(part.kind, part.title, part.text) for part in guidance]


def _level_name(label: str, title: str) -> str:
    return f"{label}, {title}"
