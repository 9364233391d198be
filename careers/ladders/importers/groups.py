"""What a source says of a level besides its expectations, told by the names of its groups.

A group is what stands below a heading or a bold line, or a row or a column of a table. Its name
says whether it is an expectation, and then it is a dimension, or what else it is: years, pay,
typical projects, what a promotion asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from careers.ladders.document import MAX_MONTHS, GuidancePart
from careers.ladders.importers.draft import DraftTransition
from careers.ladders.importers.naming import one_line, years_of

if TYPE_CHECKING:
    from careers.ladders.importers.draft import DraftLevel

TITLE, SCOPE, YEARS, ONWARD, TERMINAL = "title", "scope", "years", "onward", "terminal"
GROUPS = [
    (TITLE, r"(job |level )?title"),
    (SCOPE, r"scope( of (work|impact|influence))?|summary|overview|in short|description"),
    (YEARS, r"years( of)?( experience)?|experience|typical experience"),
    (ONWARD, r"(promotion|promoted|moving|advancing|path) (to|criteria).*|to (?P<to>.+)"),
    (TERMINAL, r"terminal( level)?"),
    ("project", r"(typical|example|sample) projects.*"),
    ("responsibility", r"typical responsibilities"),
    ("archetype", r"archetypes?\b.*"),
    ("skill", r"skills to (develop|learn|work on|build).*"),
    ("pitfall", r"(common )?(pitfalls?|traps?|mistakes)"),
    ("anti-pattern", r"anti ?patterns?.*"),
    ("milestone", r"(key )?milestones?"),
    ("certification", r"(recommended |helpful )?certifications?.*"),
    ("example", r"examples?( .*)?"),
    ("challenge", r"(common )?challenges"),
    ("week", r"(a )?(typical )?(week|day) in the life.*"),
    ("time-split", r"time (split|allocation|breakdown).*|where (the )?time goes"),
    ("stuck", r"getting stuck.*|why .* stuck.*"),
    ("not-needed", r"not (needed|expected|required).*"),
    ("also-called", r"(alternative|other|alternate|common) titles?|also (known as|called)|aka"),
    ("pay", r"(total |base )?(compensation|comp|salary|pay)( (range|band)s?)?"),
    ("option", r"option \d+.*|career path from here|next steps"),
    ("advice", r"career (advancement|development|growth).*|advice|tips|how to (grow|advance).*"),
]
SHORT_NAME = 3  # words that say no more than the kind: "Skills to develop"
LONGEST_YEARS = 80

_FORMS = [(kind, re.compile(form, re.IGNORECASE)) for kind, form in GROUPS]
_TO = re.compile(r".*?\bto (?P<to>\S.*)", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<least>\d{1,2})(?:\s?[-–]\s?(?P<most>\d{1,2}))?(?P<more>\+)?\s(?P<unit>months?|years?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Where items go: `kind` is "" for a dimension called `name`."""

    name: str = ""
    kind: str = ""

    def expects(self, text: str) -> bool:
        """Whether a text of it is an expectation; "Experience" without a number is no years."""
        is_years = len(text) <= LONGEST_YEARS and any(map(str.isdigit, text))
        return not self.kind or (self.kind == YEARS and not is_years)


def group_of(name: str) -> Group:
    name = name.strip().rstrip(":：").strip()
    return Group(name, _kind_of(name))


def add_to_level(level: DraftLevel, group: Group, text: str) -> None:
    """Put a text that is no expectation where its group says that it belongs."""
    if group.kind == TITLE:
        level.name = replace(level.name, title=one_line(text))
    elif group.kind == SCOPE:
        level.scope = "\n".join(filter(None, [level.scope, text]))
    elif group.kind == YEARS:
        level.name = replace(level.name, years=years_of(text))
    elif group.kind == TERMINAL:
        level.is_terminal = True
    elif group.kind == ONWARD:
        _add_condition(level, text, to=_target(group.name))
    else:
        _add_guidance(level, text, group)


def _add_condition(level: DraftLevel, text: str, *, to: str) -> None:
    """What a promotion asks for, or how long it takes."""
    onward = level.transitions
    if not onward or onward[-1].to != to:
        onward.append(DraftTransition(to=to))
    time = _TIME.match(text)
    months = _months(time) if time else ()
    if time is None or not months or onward[-1].months:
        onward[-1].conditions.append(text)
        return
    onward[-1].months, onward[-1].open_ended = months, bool(time["more"])


def _months(time: re.Match[str]) -> tuple[int, ...]:
    """The least and the most; none where they cannot be meant."""
    each = 12 if time["unit"].lower().startswith("year") else 1
    least, most = int(time["least"]) * each, int(time["most"] or time["least"]) * each
    return (least, most) if least <= most <= MAX_MONTHS else ()


def _add_guidance(level: DraftLevel, text: str, group: Group) -> None:
    words = text.partition(": ") if group.kind == "archetype" else ("", "", text)
    title, text = (words[0], words[2]) if words[2] else ("", text)
    is_said_by_kind = bool(_kind_of(group.name)) and group.name.count(" ") < SHORT_NAME
    title = title or ("" if is_said_by_kind else group.name)
    level.guidance.append(
        GuidancePart(kind=group.kind, title=one_line(title)[:160].strip(), text=text)
    )


def _kind_of(name: str) -> str:
    """The kind of what a name heads; "" for a dimension."""
    words = " ".join(re.sub(r"\([^)]*\)|[^\w ]+", " ", name).split())
    return next((kind for kind, form in _FORMS if form.fullmatch(words)), "")


def _target(name: str) -> str:
    """The level that a promotion leads to; "" for the next."""
    match = _TO.fullmatch(name)
    return match["to"].strip() if match else ""
