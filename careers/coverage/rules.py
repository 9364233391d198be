"""What is proven of a level, and what a case still misses: design.md, section 4, as functions.

Pure: facts in, frozen results out; no rows, no clock. Sentences are in the language active at
the call and carry no words of strength, so that they may be shared.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from careers.journal.countable import EntryFacts, Measure, Window, is_countable

_COUNTED_ROLES = ("led", "co_led", "contributed")  # best first
_WIDE_REACHES = frozenset({"several_teams", "organisation", "company", "industry"})
_KINDS_FOR_OTHERS = frozenset({"mentoring", "hiring"})
_RANKS_NOT_LEADING = frozenset({"junior", "mid"})
# Django's own catalogue translates these (django.utils.dates.MONTHS_3)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LEAST = {
    "undeniable_examples": 2,
    "sustained_months": 1,
    "gate_examples": 1,
    "primary_criteria_per_level": 1,
    "window_months": 1,
}


class Strength(StrEnum):
    """How many distinct examples there are, in words for the owner alone (S0, section 7)."""

    NONE = "none"
    LUCK = "luck"
    PATTERN = "pattern"
    UNDENIABLE = "undeniable"


class LampName(StrEnum):
    SUSTAINED = "sustained"
    RECENT = "recent"
    MEASURED = "measured"
    CORROBORATED = "corroborated"
    LED = "led"


class LampState(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_ASKED = "not_asked"


class Standing(StrEnum):
    """Where a statement's author stood towards the owner on the day of the statement."""

    INDEPENDENT = "independent"
    ABOVE = "above"
    BELOW = "below"
    QUOTE = "quote"
    OWN = "own"


class GateCode(StrEnum):
    EXAMPLES = "examples"
    SUSTAINED = "sustained"
    REACH = "reach"
    MENTORING = "mentoring"
    GROWTH_AREA = "growth_area"
    MANAGER_POSITION = "manager_position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every number of section 4; a ladder or the installation may set others."""

    undeniable_examples: int = 3
    sustained_days: int = 180
    sustained_months: int = 3
    sustained_amber_days: int = 90
    recent_days: int = 180
    recent_amber_days: int = 270
    gate_examples: int = 3
    primary_criteria_per_level: int = 3
    window_months: int = 18
    manager_position_days: int = 90
    amber_allowed: int = 1

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            least = _LEAST.get(name, 0)
            if type(value) is not int or value < least:  # True is not a number of days
                message = gettext("%(name)s must be a whole number of at least %(least)d.")
                raise ValueError(message % {"name": name, "least": least})
        if self.sustained_amber_days > self.sustained_days:
            raise ValueError(gettext("sustained_amber_days cannot be more than sustained_days."))
        if self.recent_days > self.recent_amber_days:
            raise ValueError(gettext("recent_days cannot be more than recent_amber_days."))

    def as_dict(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, int]) -> "Rules":
        """The defaults with what `mapping` sets; ValueError for a name or number unfit."""
        unknown = sorted(str(name) for name in mapping.keys() - {f.name for f in fields(cls)})
        if unknown:
            message = gettext("There is no setting called %(names)s.")
            raise ValueError(message % {"names": ", ".join(unknown)})
        return cls(**mapping)


DEFAULT_RULES = Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFacts:
    """A criterion of the level; `lamps` is None where it does not list what it asks for."""

    key: str
    dimension: str
    rank: str
    required: bool
    lamps: tuple[LampName, ...] | None
    not_applicable_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    criterion: str
    entry: EntryFacts
    is_primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An accepted statement about an entry or, where `entry` is None, about a whole project.

    `author` is any text that tells people apart: one person is one voice, however often they
    spoke. Without it each statement is a voice.
    """

    criterion: str
    entry: int | None
    project: int | None
    standing: Standing
    author: str = ""


@dataclass(frozen=True, slots=True)
class ManagerPosition:
    """The manager's newest position; `on` is None where none is recorded."""

    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    name: LampName
    state: LampState
    sentence: str


@dataclass(frozen=True, slots=True)
class Example:
    """A project, or None for all that has no project, with its counted entries by date."""

    project: int | None
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionCoverage:
    """Entries are ids in order of date and id; `measured_examples` counts examples, not entries."""

    key: str
    dimension: str
    required: bool
    not_applicable_reason: str
    strength: Strength
    examples: tuple[Example, ...]
    counted: tuple[int, ...]
    supporting: tuple[int, ...]
    lamps: tuple[Lamp, ...]
    is_proven: bool
    first_on: date | None
    last_on: date | None
    measured_examples: int
    independent_voices: int
    best_role: str

    @property
    def is_set_aside(self) -> bool:
        return bool(self.not_applicable_reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionCoverage:
    """`met` of `required`; neither includes the `set_aside`. `weakest` is a criterion's key."""

    key: str
    met: int
    required: int
    set_aside: int
    weakest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    code: GateCode
    is_met: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCoverage:
    """`proven` of `required`; neither includes the `set_aside`, nor anything optional."""

    criteria: tuple[CriterionCoverage, ...]
    dimensions: tuple[DimensionCoverage, ...]
    proven: int
    required: int
    set_aside: int
    gates: tuple[Gate, ...]


def assess_criterion(
    criterion: CriterionFacts,
    *,
    evidence: Iterable[EvidenceFacts],
    voices: Iterable[Voice] = (),
    window: Window,
    rules: Rules = DEFAULT_RULES,
    statements_available: bool = False,
) -> CriterionCoverage:
    """One criterion alone; what belongs to other criteria is passed over."""
    level = assess_level(
        [criterion],
        evidence=evidence,
        voices=voices,
        window=window,
        rules=rules,
        statements_available=statements_available,
    )
    return level.criteria[0]


def assess_level(
    criteria: Sequence[CriterionFacts],
    *,
    evidence: Iterable[EvidenceFacts],
    voices: Iterable[Voice] = (),
    window: Window,
    rules: Rules = DEFAULT_RULES,
    statements_available: bool = False,
    growth_areas: int | None = None,
    manager_position: ManagerPosition | None = None,
) -> LevelCoverage:
    """The criteria of one level in the ladder's order, in one pass over the evidence.

    `growth_areas` is how many have gap and action. Where it or `manager_position` is None that
    feature is not there, and its gate is not listed.
    """
    rows, said = _by_criterion(evidence), _by_criterion(voices)
    covered: list[CriterionCoverage] = []
    in_gates: dict[int, EntryFacts] = {}
    for facts in criteria:
        counted, supporting = _sorted_out(rows.get(facts.key, ()), window)
        heard = _heard(said.get(facts.key, ()), counted)
        reasons = _why_not_asked(facts, statements_available)
        lamps = _lamps(counted, heard=heard, reasons=reasons, window=window, rules=rules)
        coverage = _coverage(
            facts, counted=counted, supporting=supporting, heard=heard, lamps=lamps, rules=rules
        )
        covered.append(coverage)
        in_gates |= {} if coverage.is_set_aside else {entry.id: entry for entry in counted}
    met, required, set_aside = _tally(covered)
    gates = [*_evidence_gates(in_gates.values(), rules)]
    gates += _people_gates(growth_areas, manager_position, window, rules)
    return LevelCoverage(
        criteria=tuple(covered),
        dimensions=_dimensions(covered),
        proven=met,
        required=required,
        set_aside=set_aside,
        gates=tuple(gates),
    )


def strength_of(examples: int, rules: Rules = DEFAULT_RULES) -> Strength:
    if examples >= rules.undeniable_examples:
        return Strength.UNDENIABLE
    return (Strength.NONE, Strength.LUCK, Strength.PATTERN)[min(examples, 2)]


def facts_line(coverage: CriterionCoverage) -> str:
    """What may be shared of a criterion, only what is there: "2 projects · Oct 2026 · led"."""
    projects = sum(example.project is not None for example in coverage.examples)
    measured, voices = coverage.measured_examples, coverage.independent_voices
    parts = []
    if projects:
        parts.append(ngettext("%d project", "%d projects", projects) % projects)
    if projects < len(coverage.examples):
        parts.append(gettext("1 without a project"))
    if coverage.first_on and coverage.last_on:
        parts.append(" – ".join(dict.fromkeys(map(_month, (coverage.first_on, coverage.last_on)))))
    if measured:
        parts.append(ngettext("%d measured", "%d measured", measured) % measured)
    if voices:
        parts.append(ngettext("%d independent voice", "%d independent voices", voices) % voices)
    if coverage.best_role in ("led", "co_led"):
        parts.append(gettext("led") if coverage.best_role == "led" else gettext("co-led"))
    return " · ".join(parts)


def _by_criterion[T: (EvidenceFacts, Voice)](things: Iterable[T]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = {}
    for thing in things:
        grouped.setdefault(thing.criterion, []).append(thing)
    return grouped


def _sorted_out(
    rows: Iterable[EvidenceFacts], window: Window
) -> tuple[list[EntryFacts], list[EntryFacts]]:
    """Counted and supporting entries, each once, by date and id; uncountable ones in neither."""
    counted: dict[int, EntryFacts] = {}
    supporting: dict[int, EntryFacts] = {}
    for row in rows:
        if is_countable(row.entry, window):
            is_counted = row.is_primary and row.entry.role in _COUNTED_ROLES
            (counted if is_counted else supporting)[row.entry.id] = row.entry
    others = [entry for entry in supporting.values() if entry.id not in counted]
    return sorted(counted.values(), key=_by_day), sorted(others, key=_by_day)


def _by_day(entry: EntryFacts) -> tuple[date, int]:
    return entry.happened_on, entry.id


def _heard(voices: Iterable[Voice], counted: Iterable[EntryFacts]) -> list[Voice]:
    """The voices, the owner's own apart, about a counted entry or the project of one."""
    entries = {entry.id for entry in counted}
    projects = {entry.project for entry in counted} - {None}
    return [
        voice
        for voice in voices
        if voice.standing != Standing.OWN
        and (voice.project in projects if voice.entry is None else voice.entry in entries)
    ]


def _people(voices: Collection[Voice]) -> int:
    return len({voice.author for voice in voices} - {""}) + sum(not v.author for v in voices)


def _independent(voices: Iterable[Voice]) -> int:
    return _people([voice for voice in voices if voice.standing == Standing.INDEPENDENT])


def _lamps(
    counted: Collection[EntryFacts],
    *,
    heard: Collection[Voice],
    reasons: Mapping[LampName, str],
    window: Window,
    rules: Rules,
) -> tuple[Lamp, ...]:
    """All five, in their order; `reasons` says which are not asked, and why."""
    lit = dict.fromkeys(LampName, (LampState.RED, gettext("no counted entry")))
    if counted:
        lit = {
            LampName.SUSTAINED: _sustained(counted, rules),
            LampName.RECENT: _recent(counted, window, rules),
            LampName.MEASURED: _measured(counted),
            LampName.CORROBORATED: _corroborated(heard),
            LampName.LED: _led(counted),
        }
    lit |= {name: (LampState.NOT_ASKED, reason) for name, reason in reasons.items()}
    return tuple(
        Lamp(name=name, state=state, sentence=sentence) for name, (state, sentence) in lit.items()
    )


def _why_not_asked(criterion: CriterionFacts, statements_available: bool) -> dict[LampName, str]:
    reasons = {}
    if criterion.lamps is not None:
        unlisted = [name for name in LampName if name not in criterion.lamps]
        reasons = dict.fromkeys(unlisted, gettext("not asked of this criterion"))
    elif criterion.rank in _RANKS_NOT_LEADING:
        reasons = {LampName.LED: gettext("not asked at this rank")}
    if not statements_available:
        reasons[LampName.CORROBORATED] = gettext("not asked while statements cannot be requested")
    return reasons


def _sustained(entries: Collection[EntryFacts], rules: Rules) -> tuple[LampState, str]:
    days = [entry.happened_on for entry in entries]
    span = (max(days) - min(days)).days
    months = len({(day.year, day.month) for day in days})
    facts = {"days": _days(span), "months": _months(months)}
    if span >= rules.sustained_days and months >= rules.sustained_months:
        return LampState.GREEN, gettext("%(days)s, in %(months)s") % facts
    facts |= {"more_days": _days(rules.sustained_days), "more": _months(rules.sustained_months)}
    sentence = gettext("%(days)s in %(months)s; %(more_days)s in %(more)s turn it green") % facts
    is_amber = span >= rules.sustained_amber_days
    return LampState.AMBER if is_amber else LampState.RED, sentence


def _recent(entries: Collection[EntryFacts], window: Window, rules: Rules) -> tuple[LampState, str]:
    newest = max(entry.happened_on for entry in entries)
    age = (window.end - newest).days
    facts = {"day": _day(newest), "age": _age(age), "days": _days(rules.recent_days)}
    if age <= rules.recent_days:
        return LampState.GREEN, gettext("newest %(day)s, %(age)s") % facts
    sentence = gettext("newest %(day)s, %(age)s; at most %(days)s turn it green") % facts
    return LampState.AMBER if age <= rules.recent_amber_days else LampState.RED, sentence


def _measured(entries: Collection[EntryFacts]) -> tuple[LampState, str]:
    if count := sum(entry.measure == Measure.MEASURED for entry in entries):
        sentence = ngettext("%d measured entry", "%d measured entries", count)
        return LampState.GREEN, sentence % count
    if count := sum(entry.measure == Measure.ESTIMATED for entry in entries):
        sentence = ngettext(
            "%d estimated entry; a measured one turns it green",
            "%d estimated entries; a measured one turns it green",
            count,
        )
        return LampState.AMBER, sentence % count
    return LampState.RED, gettext("no complete metric; a measured one turns it green")


def _corroborated(heard: Collection[Voice]) -> tuple[LampState, str]:
    if count := _independent(heard):
        sentence = ngettext("%d independent voice", "%d independent voices", count)
        return LampState.GREEN, sentence % count
    if count := _people(heard):
        sentence = ngettext(
            "%d voice, not independent; an independent one turns it green",
            "%d voices, none independent; an independent one turns it green",
            count,
        )
        return LampState.AMBER, sentence % count
    return LampState.RED, gettext("no accepted statement; an independent one turns it green")


def _led(entries: Collection[EntryFacts]) -> tuple[LampState, str]:
    if count := sum(entry.role == "led" for entry in entries):
        return LampState.GREEN, ngettext("%d entry led", "%d entries led", count) % count
    if count := sum(entry.role == "co_led" for entry in entries):
        sentence = ngettext(
            "%d entry co-led; one led turns it green",
            "%d entries co-led; one led turns it green",
            count,
        )
        return LampState.AMBER, sentence % count
    return LampState.RED, gettext("contributed only; one entry led turns it green")


def _coverage(
    criterion: CriterionFacts,
    *,
    counted: Sequence[EntryFacts],
    supporting: Sequence[EntryFacts],
    heard: Collection[Voice],
    lamps: tuple[Lamp, ...],
    rules: Rules,
) -> CriterionCoverage:
    examples: dict[int | None, list[int]] = {}
    for entry in counted:
        examples.setdefault(entry.project, []).append(entry.id)
    strength = strength_of(len(examples), rules)
    reds, ambers = _count(lamps, LampState.RED), _count(lamps, LampState.AMBER)
    roles = {entry.role for entry in counted}
    return CriterionCoverage(
        key=criterion.key,
        dimension=criterion.dimension,
        required=criterion.required,
        not_applicable_reason=criterion.not_applicable_reason,
        strength=strength,
        examples=tuple(Example(project, tuple(ids)) for project, ids in examples.items()),
        counted=tuple(entry.id for entry in counted),
        supporting=tuple(entry.id for entry in supporting),
        lamps=lamps,
        is_proven=strength == Strength.UNDENIABLE and not reds and ambers <= rules.amber_allowed,
        first_on=counted[0].happened_on if counted else None,
        last_on=counted[-1].happened_on if counted else None,
        measured_examples=len({e.project for e in counted if e.measure == Measure.MEASURED}),
        independent_voices=_independent(heard),
        best_role=next((role for role in _COUNTED_ROLES if role in roles), ""),
    )


def _count(lamps: Iterable[Lamp], state: LampState) -> int:
    return sum(lamp.state == state for lamp in lamps)


def _dimensions(covered: Iterable[CriterionCoverage]) -> tuple[DimensionCoverage, ...]:
    members: dict[str, list[CriterionCoverage]] = {}
    for criterion in covered:
        members.setdefault(criterion.dimension, []).append(criterion)
    dimensions = []
    for key, own in members.items():
        met, required, set_aside = _tally(own)
        weakest = min(
            (c for c in own if c.required and not c.is_set_aside), key=_rank, default=None
        )
        dimensions.append(
            DimensionCoverage(
                key=key,
                met=met,
                required=required,
                set_aside=set_aside,
                weakest=weakest.key if weakest else None,
            )
        )
    return tuple(dimensions)


def _tally(covered: Iterable[CriterionCoverage]) -> tuple[int, int, int]:
    """How many required criteria are proven, of how many that apply, and how many are set aside."""
    required = [criterion for criterion in covered if criterion.required]
    applying = [criterion for criterion in required if not criterion.is_set_aside]
    return sum(c.is_proven for c in applying), len(applying), len(required) - len(applying)


def _rank(criterion: CriterionCoverage) -> tuple[int, int, int]:
    """Smallest is weakest; among equals `min` keeps the ladder's order."""
    reds, ambers = (_count(criterion.lamps, state) for state in (LampState.RED, LampState.AMBER))
    return len(criterion.examples), -reds, -ambers


def _evidence_gates(entries: Collection[EntryFacts], rules: Rules) -> Iterable[Gate]:
    examples = len({entry.project for entry in entries})
    sentence = ngettext(
        "%(count)d example, %(asked)d asked", "%(count)d examples, %(asked)d asked", examples
    )
    yield Gate(
        code=GateCode.EXAMPLES,
        is_met=examples >= rules.gate_examples,
        sentence=sentence % {"count": examples, "asked": rules.gate_examples},
    )
    state, sentence = LampState.RED, gettext("no counted entry")
    if entries:
        state, sentence = _sustained(entries, rules)
    yield Gate(code=GateCode.SUSTAINED, is_met=state == LampState.GREEN, sentence=sentence)
    wide = sum(entry.reach in _WIDE_REACHES for entry in entries)
    sentence = ngettext(
        "%d entry reaches several teams or wider", "%d entries reach several teams or wider", wide
    )
    yield Gate(code=GateCode.REACH, is_met=wide > 0, sentence=sentence % wide)
    others = sum(entry.kind in _KINDS_FOR_OTHERS for entry in entries)
    sentence = ngettext(
        "%d entry of mentoring or hiring", "%d entries of mentoring or hiring", others
    )
    yield Gate(code=GateCode.MENTORING, is_met=others > 0, sentence=sentence % others)


def _people_gates(
    growth_areas: int | None, position: ManagerPosition | None, window: Window, rules: Rules
) -> Iterable[Gate]:
    if growth_areas is not None:
        sentence = ngettext(
            "%d growth area with gap and action",
            "%d growth areas with gap and action",
            growth_areas,
        )
        is_met = growth_areas > 0
        yield Gate(code=GateCode.GROWTH_AREA, is_met=is_met, sentence=sentence % growth_areas)
    if position is not None:
        is_met, sentence = _position(position.on, window, rules)
        yield Gate(code=GateCode.MANAGER_POSITION, is_met=is_met, sentence=sentence)


def _position(on: date | None, window: Window, rules: Rules) -> tuple[bool, str]:
    """A position given after the window's end is not old, so it meets the gate."""
    if on is None:
        return False, gettext("no position of the manager recorded")
    age = (window.end - on).days
    facts = {"day": _day(on), "age": _age(age), "days": _days(rules.manager_position_days)}
    if age <= rules.manager_position_days:
        return True, gettext("recorded %(day)s, %(age)s") % facts
    return False, gettext("recorded %(day)s, %(age)s; at most %(days)s meet this gate") % facts


def _age(days: int) -> str:
    if days == 0:
        return gettext("the window's last day")
    if days < 0:
        sentence = ngettext(
            "%d day after the window's end", "%d days after the window's end", -days
        )
        return sentence % -days
    sentence = ngettext("%d day before the window's end", "%d days before the window's end", days)
    return sentence % days


def _days(count: int) -> str:
    return ngettext("%d day", "%d days", count) % count


def _months(count: int) -> str:
    return ngettext("%d month", "%d months", count) % count


def _day(day: date) -> str:
    return gettext("%(day)d %(month)s") % {"day": day.day, "month": _month(day)}


def _month(day: date) -> str:
    month = gettext(_MONTHS[day.month - 1]).title()
    return gettext("%(month)s %(year)d") % {"month": month, "year": day.year}
