"""A ladder as one document: our YAML checked and read, and the canonical JSON that is published.

Pure: bytes in, frozen parts out. Every error is told with its line and path, all of them at once.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from careers.ladders.naming import CODE, KEY, SLUG
from careers.ladders.size import too_much_of
from careers.ladders.yaml_sections import (
    MAX_BYTES,
    DocumentError,
    Problem,
    Section,
    read_section,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["MAX_BYTES", "DocumentError", "LadderDocument", "document_of", "read_ladder"]

FORMAT = "careers-ladder-1"
RANKS = ("junior", "mid", "senior", "staff", "principal", "distinguished")
# The lamps and rules of design.md, section 4, with the least number that makes sense. They are
# careers.coverage's, which this package may not import; a test holds the two together.
LAMPS = ("sustained", "recent", "measured", "corroborated", "led")
RULES = {
    "undeniable_examples": 2,
    "sustained_days": 0,
    "sustained_months": 1,
    "sustained_amber_days": 0,
    "recent_days": 0,
    "recent_amber_days": 0,
    "gate_examples": 1,
    "primary_criteria_per_level": 1,
    "window_months": 1,
    "manager_position_days": 0,
    "amber_allowed": 0,
}
RULE_DEFAULTS = {
    "sustained_days": 180,
    "sustained_amber_days": 90,
    "recent_days": 180,
    "recent_amber_days": 270,
}
MAX_MONTHS = 600
MOST_NAMED = 20  # of what is known, in a sentence


@dataclass(frozen=True, kw_only=True)
class GuidancePart:
    kind: str
    title: str = ""
    text: str
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CriterionPart:
    """`lamps` is None where the criterion does not list what it asks for."""

    key: str
    dimension: str
    text: str
    required: bool = True
    lamps: tuple[str, ...] | None = None
    keywords: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LevelPart:
    code: str
    label: str
    title: str
    rank: str = ""
    years: str = ""
    scope: str = ""
    terminal: bool = False
    criteria: tuple[CriterionPart, ...] = ()
    guidance: tuple[GuidancePart, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DimensionPart:
    key: str
    name: str
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrackPart:
    key: str
    name: str
    summary: str = ""
    dimensions: tuple[DimensionPart, ...]
    levels: tuple[LevelPart, ...]
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConditionPart:
    text: str
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TransitionPart:
    """`months` is empty or the least and the most; `open_ended` says that it may take longer."""

    from_code: str
    to_code: str
    months: tuple[int, ...] = ()
    open_ended: bool = False
    conditions: tuple[ConditionPart, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LadderDocument:
    slug: str
    name: str
    summary: str = ""
    tracks: tuple[TrackPart, ...]
    transitions: tuple[TransitionPart, ...] = ()
    guidance: tuple[GuidancePart, ...] = ()
    rules: Mapping[str, int] = field(default_factory=dict)
    source: tuple[str, ...] = ()

    @property
    def levels(self) -> list[LevelPart]:
        return [level for track in self.tracks for level in track.levels]

    @property
    def criteria(self) -> list[CriterionPart]:
        return [criterion for level in self.levels for criterion in level.criteria]

    @property
    def dimensions(self) -> list[DimensionPart]:
        return [dimension for track in self.tracks for dimension in track.dimensions]

    @cached_property
    def canonical(self) -> str:
        """JSON with everything in it: keys sorted, no spaces, no numbers but whole ones."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()


PARTS = {
    "tracks": TrackPart,
    "dimensions": DimensionPart,
    "levels": LevelPart,
    "criteria": CriterionPart,
    "guidance": GuidancePart,
    "transitions": TransitionPart,
    "conditions": ConditionPart,
}


def document_of(canonical: str) -> LadderDocument:
    """The document whose canonical JSON an edition keeps."""
    content = json.loads(canonical)
    if content.pop("format") != FORMAT:
        raise ValueError(f"This is not a document of the format {FORMAT}.")
    return LadderDocument(**_fields(content))


def read_ladder(data: bytes) -> LadderDocument:
    """The ladder of a YAML file; DocumentError with everything that is wrong with it."""
    problems: list[Problem] = []
    reading = _Reading(read_section(data, problems))
    document = reading.ladder()
    if sentence := too_much_of(document):
        problems.append(Problem(1, "", sentence))
    if problems:
        raise DocumentError(problems)
    return document


def _fields(content: dict[str, Any]) -> dict[str, Any]:
    """The fields of a part as JSON holds them, its lists made into tuples of parts or texts."""
    found = {}
    for name, value in content.items():
        if isinstance(value, list):
            kind = PARTS.get(name)
            value = tuple(kind(**_fields(item)) if kind else item for item in value)
        found[name] = value
    return found


class _Reading:
    """One document being read: its keys and codes are remembered, because each is there once."""

    def __init__(self, root: Section) -> None:
        self._root = root
        self._codes: set[str] = set()
        self._lines: dict[tuple[str, str], int] = {}

    def ladder(self) -> LadderDocument:
        root = self._root
        document = LadderDocument(
            slug=root.text("slug", limit=64, form=SLUG, is_required=True),
            name=root.text("name", limit=160, is_required=True),
            summary=root.text("summary", limit=5_000, is_long=True),
            source=_source(root),
            tracks=tuple(map(self._track, root.sections("tracks", is_required=True))),
            transitions=tuple(map(self._transition, root.sections("transitions"))),
            guidance=tuple(map(_guidance, root.sections("guidance"))),
            rules=_rules(root),
        )
        if document.slug == "mine":
            root.report("slug", _("“mine” is the address of one's own levels; take another."))
        root.finish()
        return document

    def _track(self, section: Section) -> TrackPart:
        key = self._key(section, within="track", limit=64)
        dimensions = [
            self._dimension(part, track=section.path)
            for part in section.sections("dimensions", is_required=True)
        ]
        keys = [dimension.key for dimension in dimensions]
        track = TrackPart(
            key=key,
            name=section.text("name", limit=160, is_required=True),
            summary=section.text("summary", limit=5_000, is_long=True),
            source=_source(section),
            dimensions=tuple(dimensions),
            levels=tuple(
                self._level(part, dimensions=keys)
                for part in section.sections("levels", is_required=True)
            ),
        )
        section.finish()
        return track

    def _dimension(self, section: Section, *, track: str) -> DimensionPart:
        dimension = DimensionPart(
            key=self._key(section, within=f"dimension of {track}", limit=64),
            name=section.text("name", limit=160, is_required=True),
            source=_source(section),
        )
        section.finish()
        return dimension

    def _level(self, section: Section, *, dimensions: Collection[str]) -> LevelPart:
        code = section.text("code", limit=32, form=CODE, is_required=True)
        # L5 and l5 would be two addresses that nobody can tell apart.
        self._only_once(section, "code", code.lower(), within="level")
        self._codes.add(code)
        level = LevelPart(
            code=code,
            label=section.text("label", limit=64) or code,
            title=section.text("title", limit=160, is_required=True),
            rank=section.choice("rank", RANKS),
            years=section.text("years", limit=80),
            scope=section.text("scope", limit=5_000, is_long=True),
            terminal=section.flag("terminal"),
            source=_source(section),
            criteria=tuple(
                self._criterion(part, dimensions=dimensions)
                for part in section.sections("criteria")
            ),
            guidance=tuple(map(_guidance, section.sections("guidance"))),
        )
        section.finish()
        return level

    def _criterion(self, section: Section, *, dimensions: Collection[str]) -> CriterionPart:
        dimension = section.text("dimension", limit=64, is_required=True)
        if dimension and dimension not in dimensions:
            sentence = _("The track has no dimension “%(key)s”; it has %(keys)s.")
            section.report("dimension", sentence % {"key": dimension, "keys": _list(dimensions)})
        lamps = section.texts("lamps", limit=20, most=len(LAMPS))
        if unknown := sorted({*(lamps or ())} - {*LAMPS}):
            sentence = _("There is no lamp %(names)s; lamps are %(lamps)s.")
            facts = {"names": _list(unknown), "lamps": _list(LAMPS)}
            section.report("lamps", sentence % facts)
        criterion = CriterionPart(
            key=self._key(section, within="criterion", limit=80),
            dimension=dimension,
            text=section.text("text", limit=2_000, is_required=True, is_long=True),
            required=section.flag("required", default=True),
            # In the order of LAMPS: writing them in another order is no change.
            lamps=lamps and tuple(lamp for lamp in LAMPS if lamp in lamps),
            keywords=section.texts("keywords", limit=80, most=40) or (),
            source=_source(section),
        )
        section.finish()
        return criterion

    def _transition(self, section: Section) -> TransitionPart:
        codes = [self._code(section, name) for name in ("from", "to")]
        if codes[0] and codes[0] == codes[1]:
            section.report("to", _("A transition leads to another level."))
        elif all(codes):
            self._only_once(section, "to", " → ".join(codes), within="transition")
        transition = TransitionPart(
            from_code=codes[0],
            to_code=codes[1],
            months=_months(section),
            open_ended=section.flag("open_ended"),
            source=_source(section),
            conditions=tuple(map(_condition, section.sections("conditions"))),
        )
        section.finish()
        return transition

    def _code(self, section: Section, name: str) -> str:
        code = section.text(name, limit=32, form=CODE, is_required=True)
        if code and code not in self._codes:
            section.report(name, _("There is no level “%(code)s”.") % {"code": code})
        return code

    def _key(self, section: Section, *, within: str, limit: int) -> str:
        key = section.text("key", limit=limit, form=KEY, is_required=True)
        self._only_once(section, "key", key, within=within)
        return key

    def _only_once(self, section: Section, name: str, value: str, *, within: str) -> None:
        if not value:
            return
        if line := self._lines.get((within, value)):
            sentence = _("“%(value)s” is there already, on line %(line)d.")
            section.report(name, sentence % {"value": value, "line": line})
        self._lines.setdefault((within, value), section.line)


def _guidance(section: Section) -> GuidancePart:
    guidance = GuidancePart(
        kind=section.text("kind", limit=32, form=KEY, is_required=True),
        title=section.text("title", limit=160),
        text=section.text("text", limit=5_000, is_required=True, is_long=True),
        source=_source(section),
    )
    section.finish()
    return guidance


def _condition(section: Section) -> ConditionPart:
    condition = ConditionPart(
        text=section.text("text", limit=2_000, is_required=True, is_long=True),
        source=_source(section),
    )
    section.finish()
    return condition


def _months(section: Section) -> tuple[int, ...]:
    months = section.numbers("months") or ()
    if months and (len(months) != 2 or not months[0] <= months[1] <= MAX_MONTHS):
        sentence = _("Write the least and the most, up to %(most)d, as in [12, 18].")
        section.report("months", sentence % {"most": MAX_MONTHS})
    return months


def _rules(root: Section) -> dict[str, int]:
    section = root.section("rules")
    if section is None:
        return {}
    rules = {
        name: section.number(name, least=RULES[name]) for name in section.names() if name in RULES
    }
    numbers = {**RULE_DEFAULTS, **rules}
    for more, less in (
        ("sustained_days", "sustained_amber_days"),
        ("recent_amber_days", "recent_days"),
    ):
        if numbers[less] > numbers[more]:
            sentence = _("%(less)s cannot be more than %(more)s.") % {"less": less, "more": more}
            section.report(less if less in rules else more, sentence)
    section.finish(known=RULES)
    return rules


def _source(section: Section) -> tuple[str, ...]:
    return section.texts("source", limit=200, most=20) or ()


def _list(names: Collection[str]) -> str:
    """The first of `names`: a sentence for each of many criteria must not name all dimensions."""
    return ", ".join([*names][:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
