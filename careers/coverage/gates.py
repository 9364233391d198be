"""The gates of a case for promotion: what the evidence together, and the people around it, add.

Pure, as rules.py is.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext, ngettext

from careers.coverage.days import name_day, say_age, say_days
from careers.coverage.facts import Gate, GateCode, LampState, ManagerPosition, Rules
from careers.coverage.lamps import sustained
from careers.journal.countable import EntryFacts, Window

_WIDE_REACHES = frozenset({"several_teams", "organisation", "company", "industry"})
_KINDS_FOR_OTHERS = frozenset({"mentoring", "hiring"})


def judge_gates(
    entries: Collection[EntryFacts],
    *,
    growth_areas: int | None,
    manager_position: ManagerPosition | None,
    window: Window,
    rules: Rules,
) -> tuple[Gate, ...]:
    """In their order; `entries` are the counted ones of a level, each once.

    The gate of growth and that of the manager are left out where their fact is None.
    """
    people = _people_gates(growth_areas, manager_position, window, rules)
    return (*_evidence_gates(entries, rules), *people)


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
        state, sentence = sustained(entries, rules=rules)
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
    facts = {
        "day": name_day(on),
        "age": say_age(age),
        "days": say_days(rules.manager_position_days),
    }
    if age <= rules.manager_position_days:
        return True, gettext("recorded %(day)s, %(age)s") % facts
    return False, gettext("recorded %(day)s, %(age)s; at most %(days)s meet this gate") % facts
