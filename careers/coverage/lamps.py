"""The five lamps of a criterion: how each shines, its fact, and what would turn it green.

Pure, as rules.py is.
"""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext, ngettext

from careers.coverage.days import name_day, say_age, say_days, say_months
from careers.coverage.facts import CriterionFacts, Lamp, LampName, LampState, Rules, Standing, Voice
from careers.journal.countable import EntryFacts, Measure, Window

_RANKS_NOT_LEADING = frozenset({"junior", "mid"})


def light_lamps(
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
            LampName.SUSTAINED: sustained(counted, rules=rules),
            LampName.RECENT: _recent(counted, window, rules),
            LampName.MEASURED: _measured(counted),
            LampName.CORROBORATED: _corroborated(heard),
            LampName.LED: _led(counted),
        }
    lit |= {name: (LampState.NOT_ASKED, reason) for name, reason in reasons.items()}
    return tuple(
        Lamp(name=name, state=state, sentence=sentence) for name, (state, sentence) in lit.items()
    )


def why_not_asked(criterion: CriterionFacts, *, statements_available: bool) -> dict[LampName, str]:
    """The lamps that are not asked of the criterion, each with the sentence that says why."""
    reasons = {}
    if criterion.lamps is not None:
        unlisted = [name for name in LampName if name not in criterion.lamps]
        reasons = dict.fromkeys(unlisted, gettext("not asked of this criterion"))
    elif criterion.rank in _RANKS_NOT_LEADING:
        reasons = {LampName.LED: gettext("not asked at this rank")}
    if not statements_available:
        reasons[LampName.CORROBORATED] = gettext("not asked while statements cannot be requested")
    return reasons


def sustained(entries: Collection[EntryFacts], *, rules: Rules) -> tuple[LampState, str]:
    """State and sentence for one counted entry or more, of a criterion or of a whole level."""
    days = [entry.happened_on for entry in entries]
    span = (max(days) - min(days)).days
    months = len({(day.year, day.month) for day in days})
    facts = {"days": say_days(span), "months": say_months(months)}
    if span >= rules.sustained_days and months >= rules.sustained_months:
        return LampState.GREEN, gettext("%(days)s, in %(months)s") % facts
    facts |= {
        "more_days": say_days(rules.sustained_days),
        "more": say_months(rules.sustained_months),
    }
    sentence = gettext("%(days)s in %(months)s; %(more_days)s in %(more)s turn it green") % facts
    is_amber = span >= rules.sustained_amber_days
    return LampState.AMBER if is_amber else LampState.RED, sentence


def independent_voices(voices: Iterable[Voice]) -> int:
    """How many people, each once, however often they spoke."""
    return _people([voice for voice in voices if voice.standing == Standing.INDEPENDENT])


def _recent(entries: Collection[EntryFacts], window: Window, rules: Rules) -> tuple[LampState, str]:
    newest = max(entry.happened_on for entry in entries)
    age = (window.end - newest).days
    facts = {"day": name_day(newest), "age": say_age(age), "days": say_days(rules.recent_days)}
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
    if count := independent_voices(heard):
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


def _people(voices: Collection[Voice]) -> int:
    return len({voice.author for voice in voices} - {""}) + sum(not v.author for v in voices)
