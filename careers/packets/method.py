"""What a document says of itself: the rules in force, and what is still open. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from careers.coverage.days import say_days, say_months
from careers.packets.wording import GATES, word_of


def say_rules(rules: Mapping[str, int]) -> list[str]:
    """Every number in force, in sentences."""
    return [*_counting(rules), *_lamps(rules), _case(rules)]


def _counting(rules: Mapping[str, int]) -> list[str]:
    return [
        gettext(
            "An entry counts for a criterion when it lies in the window, has an outcome, was led, "
            "co-led or contributed to, and names the criterion as one of the few it is mainly "
            "about: at most %(most)d of one level."
        )
        % {"most": rules["primary_criteria_per_level"]},
        gettext(
            "An example is a project with a counted entry; counted entries without a project are "
            "together at most one. A criterion is proven with %(examples)d examples, no lamp red "
            "and at most %(ambers)d amber."
        )
        % {"examples": rules["undeniable_examples"], "ambers": rules["amber_allowed"]},
    ]


def _lamps(rules: Mapping[str, int]) -> list[str]:
    return [
        gettext(
            "Sustained: %(days)s or more from the first counted entry to the last, in %(months)s "
            "or more; half lit from %(amber)s."
        )
        % {
            "days": say_days(rules["sustained_days"]),
            "months": say_months(rules["sustained_months"]),
            "amber": say_days(rules["sustained_amber_days"]),
        },
        gettext(
            "Recent: the newest counted entry at most %(days)s before the window’s end; half lit "
            "up to %(amber)s."
        )
        % {
            "days": say_days(rules["recent_days"]),
            "amber": say_days(rules["recent_amber_days"]),
        },
        gettext(
            "Measured: a complete number that was measured; half lit for an estimate. "
            "Corroborated: an accepted statement of somebody independent; half lit for a quote "
            "that its subject recorded. Led: an entry led; half lit for one co-led."
        ),
    ]


def _case(rules: Mapping[str, int]) -> str:
    return gettext(
        "The whole case asks for %(examples)d examples; a manager’s position is fresh for "
        "%(days)s. Without a choice the window is %(months)s."
    ) % {
        "examples": rules["gate_examples"],
        "days": say_days(rules["manager_position_days"]),
        "months": say_months(rules["window_months"]),
    }


def concerns_of(document: Mapping[str, Any]) -> list[str]:
    """What is open, for the front page: criteria not proven, gates not met, what is set aside."""
    criteria = [row for row in document["criteria"] if row["required"]]
    applying = [row for row in criteria if not row["not_applicable_reason"].strip()]
    concerns = []
    if missing := sum(not row["proven"] for row in applying):
        sentence = ngettext(
            "%d required criterion not proven yet", "%d required criteria not proven yet", missing
        )
        concerns.append(sentence % missing)
    if aside := len(criteria) - len(applying):
        sentence = ngettext("%d set aside, with its reason", "%d set aside, with reasons", aside)
        concerns.append(sentence % aside)
    if unmet := [word_of(GATES, gate["code"]) for gate in document["gates"] if not gate["met"]]:
        sentence = ngettext("gate not met: %s", "gates not met: %s", len(unmet))
        concerns.append(sentence % ", ".join(name.lower() for name in unmet))
    return concerns
