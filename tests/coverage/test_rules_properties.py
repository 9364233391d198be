"""What holds for every journal, and a second, shorter computation that must agree."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from careers.coverage.facts import (
    DEFAULT_RULES,
    CriterionCoverage,
    CriterionFacts,
    EvidenceFacts,
    LampName,
    LampState,
    LevelCoverage,
    Rules,
    Standing,
    Strength,
    Voice,
)
from careers.coverage.rules import assess_level
from careers.journal.countable import EntryFacts, Measure, Window, is_countable

WINDOW = Window(date(2025, 5, 20), date(2026, 11, 20))
KEYS = ("a", "b", "c", "d")
BORDERS = (0, 1, 89, 90, 91, 179, 180, 181, 269, 270, 271, 548, 549, 550)
WORST_FIRST = (LampState.RED, LampState.AMBER, LampState.GREEN)
GREGORIAN_CYCLE = timedelta(days=146_097)  # 400 years: weekdays, months and leap days repeat

days = st.one_of(st.sampled_from(BORDERS), st.integers(-3, 560))


def mostly(usual: object, *others: object) -> st.SearchStrategy[object]:
    return st.sampled_from((*[usual] * 8, *others))


entries = st.builds(
    EntryFacts,
    id=st.just(0),
    project=st.sampled_from((None, 1, 2, 3, 4, 5)),
    happened_on=days.map(lambda count: WINDOW.end - timedelta(days=count)),
    is_deleted=mostly(False, True),
    is_shareable=mostly(True, False),
    status=mostly("shipped", "in_progress", "dropped"),
    has_outcome=mostly(True, False),
    role=st.sampled_from(("led", "co_led", "contributed", "supported", "")),
    kind=st.sampled_from(("shipped", "mentoring", "hiring", "glue")),
    reach=st.sampled_from(("self", "team", "several_teams", "industry")),
    measure=st.sampled_from(Measure),
)
journals = st.lists(entries, max_size=12).map(
    lambda found: [replace(entry, id=number) for number, entry in enumerate(found, 1)]
)


@st.composite
def evidence_rows(draw: st.DrawFn) -> list[EvidenceFacts]:
    """Every entry tagged to any of the criteria, at most once to each."""
    return [
        EvidenceFacts(criterion=key, entry=entry, is_primary=draw(mostly(True, False)) is True)
        for entry in draw(journals)
        for key in sorted(draw(st.sets(st.sampled_from((*KEYS, "of another level")))))
    ]


voices = st.lists(
    st.builds(
        Voice,
        criterion=st.sampled_from(KEYS),
        entry=st.none() | st.integers(1, 12),
        project=st.none() | st.integers(1, 5),
        standing=st.sampled_from(Standing),
        author=st.sampled_from(("", "ada", "grace")),
    ),
    max_size=4,
)
criteria = st.tuples(
    *(
        st.builds(
            CriterionFacts,
            key=st.just(key),
            dimension=st.sampled_from(("craft", "people")),
            rank=st.sampled_from(("junior", "staff", "")),
            required=mostly(True, False).map(bool),
            lamps=st.none() | st.sets(st.sampled_from(LampName)).map(tuple),
            not_applicable_reason=mostly("", "Not here.").map(str),
        )
        for key in KEYS
    )
)
settings_of_rules = st.builds(
    Rules,
    undeniable_examples=st.integers(2, 4),
    sustained_days=st.integers(90, 200),
    recent_days=st.integers(0, 270),
    amber_allowed=st.integers(0, 2),
)


def assess(
    ladder: Iterable[CriterionFacts],
    rows: Iterable[EvidenceFacts],
    said: Iterable[Voice] = (),
    window: Window = WINDOW,
    rules: Rules = DEFAULT_RULES,
) -> LevelCoverage:
    return assess_level(
        tuple(ladder),
        evidence=rows,
        voices=said,
        window=window,
        rules=rules,
        statements_available=True,
    )


def states(criterion: CriterionCoverage) -> dict[LampName, LampState]:
    return {lamp.name: lamp.state for lamp in criterion.lamps}


def moved(rows: list[EvidenceFacts], by: timedelta) -> tuple[list[EvidenceFacts], Window]:
    return (
        [
            replace(row, entry=replace(row.entry, happened_on=row.entry.happened_on + by))
            for row in rows
        ],
        Window(WINDOW.start + by, WINDOW.end + by),
    )


@given(ladder=criteria, said=voices, rules=settings_of_rules)
def test_empty_journal_is_red_wherever_asked_and_proves_nothing(
    ladder: tuple[CriterionFacts, ...], said: list[Voice], rules: Rules
) -> None:
    coverage = assess(ladder, [], said, rules=rules)

    lit = {state for criterion in coverage.criteria for state in states(criterion).values()}
    assert lit <= {LampState.RED, LampState.NOT_ASKED}
    assert {criterion.strength for criterion in coverage.criteria} == {Strength.NONE}
    assert coverage.proven == 0
    assert not any(gate.is_met for gate in coverage.gates)


@given(ladder=criteria, rows=evidence_rows(), said=voices, new=entries, key=st.sampled_from(KEYS))
def test_more_evidence_never_makes_anything_worse(
    ladder: tuple[CriterionFacts, ...],
    rows: list[EvidenceFacts],
    said: list[Voice],
    new: EntryFacts,
    key: str,
) -> None:
    added = EvidenceFacts(criterion=key, entry=replace(new, id=99), is_primary=True)

    before, after = assess(ladder, rows, said), assess(ladder, [*rows, added], said)

    order = list(Strength)
    for old, now in zip(before.criteria, after.criteria, strict=True):
        assert order.index(old.strength) <= order.index(now.strength)
        assert old.is_proven <= now.is_proven
        for name, state in states(old).items():
            if state != LampState.NOT_ASKED:
                assert WORST_FIRST.index(state) <= WORST_FIRST.index(states(now)[name])
    assert before.proven <= after.proven
    for gate, later in zip(before.gates, after.gates, strict=True):
        assert gate.is_met <= later.is_met


@given(ladder=criteria, rows=evidence_rows(), said=voices, extra=voices)
def test_more_voices_never_make_anything_worse(
    ladder: tuple[CriterionFacts, ...],
    rows: list[EvidenceFacts],
    said: list[Voice],
    extra: list[Voice],
) -> None:
    before, after = assess(ladder, rows, said), assess(ladder, rows, said + extra)

    for old, now in zip(before.criteria, after.criteria, strict=True):
        assert old.independent_voices <= now.independent_voices
        assert old.is_proven <= now.is_proven


@given(ladder=criteria, rows=evidence_rows(), said=voices)
def test_the_owner_s_own_voice_changes_nothing(
    ladder: tuple[CriterionFacts, ...], rows: list[EvidenceFacts], said: list[Voice]
) -> None:
    others = [voice for voice in said if voice.standing != Standing.OWN]

    assert assess(ladder, rows, said) == assess(ladder, rows, others)


@given(ladder=criteria, rows=evidence_rows(), said=voices)
def test_uncountable_evidence_changes_nothing(
    ladder: tuple[CriterionFacts, ...], rows: list[EvidenceFacts], said: list[Voice]
) -> None:
    countable = [row for row in rows if is_countable(row.entry, WINDOW)]

    assert assess(ladder, rows, said) == assess(ladder, countable, said)


@given(ladder=criteria, rows=evidence_rows(), said=voices, data=st.data())
def test_order_of_evidence_and_voices_changes_nothing(
    ladder: tuple[CriterionFacts, ...],
    rows: list[EvidenceFacts],
    said: list[Voice],
    data: st.DataObject,
) -> None:
    shuffled = data.draw(st.permutations(rows)), data.draw(st.permutations(said))

    assert assess(ladder, *shuffled) == assess(ladder, rows, said)


@given(ladder=criteria, rows=evidence_rows(), said=voices, by=st.integers(-9_000, 9_000))
def test_moving_days_and_window_together_changes_nothing_but_what_asks_for_months(
    ladder: tuple[CriterionFacts, ...], rows: list[EvidenceFacts], said: list[Voice], by: int
) -> None:
    later, window = moved(rows, timedelta(days=by))

    before, after = assess(ladder, rows, said), assess(ladder, later, said, window)

    for old, now in zip(before.criteria, after.criteria, strict=True):
        assert (old.examples, old.supporting) == (now.examples, now.supporting)
        was, became = states(old), states(now)
        del was[LampName.SUSTAINED], became[LampName.SUSTAINED]
        assert was == became


@given(ladder=criteria, rows=evidence_rows(), said=voices)
def test_moving_days_and_window_by_400_years_changes_nothing(
    ladder: tuple[CriterionFacts, ...], rows: list[EvidenceFacts], said: list[Voice]
) -> None:
    later, window = moved(rows, GREGORIAN_CYCLE)

    before, after = assess(ladder, rows, said), assess(ladder, later, said, window)

    assert [states(c) for c in before.criteria] == [states(c) for c in after.criteria]
    assert [gate.is_met for gate in before.gates] == [gate.is_met for gate in after.gates]
    assert before.dimensions == after.dimensions


def counted_again(key: str, rows: list[EvidenceFacts]) -> list[EntryFacts]:
    return [
        row.entry
        for row in rows
        if row.criterion == key
        and row.is_primary
        and row.entry.role in {"led", "co_led", "contributed"}
        and WINDOW.start <= row.entry.happened_on <= WINDOW.end
        and row.entry.is_shareable
        and not row.entry.is_deleted
        and row.entry.status != "in_progress"
        and row.entry.has_outcome
    ]


def heard_again(key: str, own: list[EntryFacts], said: list[Voice]) -> set[Standing]:
    return {
        voice.standing
        for voice in said
        for entry in own
        if voice.criterion == key
        and (voice.entry == entry.id or (voice.entry is None and voice.project == entry.project))
        and (voice.entry, voice.project) != (None, None)
    } - {Standing.OWN}


def recomputed(
    facts: CriterionFacts, rows: list[EvidenceFacts], said: list[Voice], rules: Rules
) -> tuple[int, str, bool]:
    """Examples, lamps as letters and proven, from the words of section 4 and nothing else."""
    own = counted_again(facts.key, rows)
    heard = heard_again(facts.key, own, said)
    ago = [(WINDOW.end - entry.happened_on).days for entry in own] or [9_999]
    span, months = max(ago) - min(ago), len({f"{entry.happened_on:%Y-%m}" for entry in own})
    roles, measures = {e.role for e in own}, {e.measure for e in own}
    tests = {
        "sustained": (span >= rules.sustained_days and months >= 3, span >= 90),
        "recent": (min(ago) <= rules.recent_days, min(ago) <= 270),
        "measured": ("measured" in measures, "estimated" in measures),
        "corroborated": ("independent" in heard, bool(heard)),
        "led": ("led" in roles, "co_led" in roles),
    }
    default = set(tests) - ({"led"} if facts.rank in ("junior", "mid") else set())
    asked = default if facts.lamps is None else set(facts.lamps)
    lamps = "".join(
        "-" if name not in asked else "G" if green else "A" if amber else "R"
        for name, (green, amber) in tests.items()
    )
    examples = len({entry.project for entry in own})
    enough = examples >= rules.undeniable_examples
    return examples, lamps, enough and "R" not in lamps and lamps.count("A") <= rules.amber_allowed


@given(ladder=criteria, rows=evidence_rows(), said=voices, rules=settings_of_rules)
def test_level_agrees_with_a_second_computation(
    ladder: tuple[CriterionFacts, ...], rows: list[EvidenceFacts], said: list[Voice], rules: Rules
) -> None:
    expected = [recomputed(facts, rows, said, rules) for facts in ladder]

    coverage = assess(ladder, rows, said, rules=rules)

    found = [
        (
            len(criterion.examples),
            "".join({"not_asked": "-"}.get(s, s[0].upper()) for s in states(criterion).values()),
            criterion.is_proven,
        )
        for criterion in coverage.criteria
    ]
    applying = [
        (facts, proven)
        for facts, (_, _, proven) in zip(ladder, expected, strict=True)
        if facts.required and not facts.not_applicable_reason
    ]
    assert found == expected
    assert coverage.proven == sum(proven for _, proven in applying)
    assert coverage.required == len(applying)
    assert sum(dimension.met for dimension in coverage.dimensions) == coverage.proven
    assert sum(dimension.required for dimension in coverage.dimensions) == coverage.required
