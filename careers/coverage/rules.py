"""What is proven of a level, and what a case still misses: design.md, section 4, as functions.

Pure: facts in, frozen results out; no rows, no clock. Sentences are in the language active at
the call and carry no words of strength, so that they may be shared.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext, ngettext

from careers.coverage.days import name_month
from careers.coverage.facts import (
    DEFAULT_RULES,
    CriterionCoverage,
    CriterionFacts,
    DimensionCoverage,
    EvidenceFacts,
    Example,
    Lamp,
    LampState,
    LevelCoverage,
    ManagerPosition,
    Rules,
    Standing,
    Strength,
    Voice,
)
from careers.coverage.gates import judge_gates
from careers.coverage.lamps import independent_voices, light_lamps, why_not_asked
from careers.journal.countable import EntryFacts, Measure, Window, is_countable

_COUNTED_ROLES = ("led", "co_led", "contributed")  # best first


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
        reasons = why_not_asked(facts, statements_available=statements_available)
        lamps = light_lamps(counted, heard=heard, reasons=reasons, window=window, rules=rules)
        coverage = _coverage(
            facts, counted=counted, supporting=supporting, heard=heard, lamps=lamps, rules=rules
        )
        covered.append(coverage)
        in_gates |= {} if coverage.is_set_aside else {entry.id: entry for entry in counted}
    met, required, set_aside = _tally(covered)
    gates = judge_gates(
        in_gates.values(),
        growth_areas=growth_areas,
        manager_position=manager_position,
        window=window,
        rules=rules,
    )
    return LevelCoverage(
        criteria=tuple(covered),
        dimensions=_dimensions(covered),
        proven=met,
        required=required,
        set_aside=set_aside,
        gates=gates,
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
        parts.append(
            " – ".join(dict.fromkeys(map(name_month, (coverage.first_on, coverage.last_on))))
        )
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
        independent_voices=independent_voices(heard),
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
