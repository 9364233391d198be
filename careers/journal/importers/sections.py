"""What the headings of a brag document mean, and its `Key: value` lines.

The headings are those of the templates that people copy: Julia Evans's, S1's, weekly files, work
logs, exports of other tools. A heading that is none of them is the name of a project.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# An explanation, a goal or a list is a row too, but nothing to tick by itself.
GOAL = _("a goal, not yet an accomplishment")
TECHNOLOGY = _("a list of technologies")
BOOK = _("a book that was read")
NOTE = _("a note")
PROSE = _("told in prose; tick it when it is something you did")
OPEN = _("a task that is still open")
OUTLINE = _("part of a list that the text above introduces")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading: entries of which kind; ticked unless a reason says why not."""

    kind: str = "shipped"
    reason: str | Promise = ""
    is_projects: bool = False  # each item below begins with the name of a project


# In this order: the first that fits the heading's words, each between commas.
_SECTIONS: list[tuple[Section, str]] = [
    (
        Section(reason=GOAL),
        (
            "goals?, objectives?, okrs?, focus areas, (what |things )?(i )?want to do( next)?,"
            "next (year|half|quarter|month|week|steps), plans?( for .*)?, to ?do, wishes"
        ),
    ),
    (Section(reason=TECHNOLOGY), "(technology|technologies|tech)( stack)?, tools( used)?, stack"),
    (Section(reason=BOOK), "books?( read)?, reading( list)?, books and articles, read"),
    (
        Section(reason=NOTE),
        "notes?( for later)?, ideas?, misc(ellaneous)? notes, .*\\bgaps?, risks",
    ),
    (Section(is_projects=True), "(key |main |major |side |staff |team )?projects?"),
    (
        Section(),
        (
            "work, accomplishments?, achievements?, highlights?, wins?( this week)?, delivery,"
            "shipped, what i (shipped|did), done, impact, code changes, results"
        ),
    ),
    (
        Section("design"),
        (
            "design( docs?)?, design and (documentation|architecture), architecture( and design)?,"
            "documentation, docs, rfcs?, writing and documentation"
        ),
    ),
    (Section("decision"), "decisions?( made)?"),
    (
        Section("mentoring"),
        (
            "mentor(ing|ship)( and .*)?, (collaboration|teamwork) and mentorship, coaching,"
            "helping others, team building, onboarding, code reviews?, teaching"
        ),
    ),
    (
        Section("glue"),
        (
            "collaboration, company building, culture, process(es)?, glue( work)?,"
            "discussions( and planning)?, leadership, team"
        ),
    ),
    (Section("hiring"), "hiring, interview(s|ing), recruiting"),
    (Section("recognition"), "recognition, awards?, kudos, feedback, praise, thanks"),
    (
        Section("operations"),
        "operational excellence, operations?, on call, reliability, maintenance, toil",
    ),
    (Section("incident"), "incidents?, post ?mortems?, outages?"),
    (Section("fixed"), "(bug )?fixes, bugs( fixed)?"),
    (
        Section("learning"),
        (
            "learning( and growth)?, (what|things) (i|you) learned, lessons learned, courses?,"
            "certifications?, certificates?, training attended, growth, skills"
        ),
    ),
    (
        Section("external"),
        (
            "outside of (my )?work, talks?, speaking, blog( posts?)?, writing, publications?,"
            "articles, open source( work)?, meetups?( and conferences)?,"
            "conferences?( and meetups)?, workshops?, community, events?, external,"
            "stuff that isnt my job, volunteering"
        ),
    ),
]
_FORMS = [
    (re.compile("|".join(rf"(?:{words.strip()})\Z" for words in phrases.split(","))), section)
    for section, phrases in _SECTIONS
]
_GOALS_OF = re.compile(r"\b(?:goals?|objectives|okrs?)\b")
_OF_TIME = re.compile(
    r" (?:for|of|in|from|this|last|next|the)(?: (?:this|last|next|the))?"
    r"(?: (?:year|quarter|month|week|half))?\Z"
)
_APOSTROPHE = re.compile("['’]")
_NO_WORD = re.compile(r"[^\w\s]|\d+|_")


def section_of(heading: str) -> Section | None:
    """What a heading means; None when it is a name."""
    words = " ".join(
        _NO_WORD.sub(" ", _APOSTROPHE.sub("", heading.casefold()).replace("&", " and ")).split()
    )
    for text in (words, _OF_TIME.sub("", words)):
        for form, section in _FORMS:
            if form.fullmatch(text):
                return section
    if _GOALS_OF.search(words) and len(words) < 60:
        return Section(reason=GOAL)
    return None


# --- Key: value --------------------------------------------------------------------------------

_NAMES = {
    "role": "my role, role, ownership, contribution",
    "outcome": "impact, outcome, outcomes, result, results, why it mattered, effect,"
    "business impact, success notes",
    "what": "what i did, what, description, details, action, actions, context, situation, task,"
    "challenge, challenges, challenges overcome, notes",
    "date": "date, when, dates, completed, shipped on, created",
    "project": "project, initiative",
    "collaborators": "with, collaborators, stakeholders, team, recognized by, recognised by,"
    "worked with, people",
    "kind": "category, kind, type",
    "status": "status, state",
    "links": "link, links, evidence, pr, prs, url, see",
    "numbers": "metric, metrics, numbers, measured",
    "skills": "skills demonstrated, skills, tags, ladder alignment, maps to, criteria",
    "attachments": "attachments",
}
_KEYS = {name.strip(): field for field, names in _NAMES.items() for name in names.split(",")}
_PAIR = re.compile(
    r"\s*[*_]{0,2}(?P<key>[^\W\d_][\w '’/-]{1,30}?)[*_]{0,2}[ \t]{0,3}[:：][*_]{0,2}[ \t]+"
    r"(?P<value>\S.*)",
    re.DOTALL,
)
_LED = (
    r"(?:i )?(?:(?:sole|tech|technical) )?(?:led|leader|lead|owner|owned|drove|driver|author|dri)"
)
_ROLES = [
    (re.compile(r"co-?le[ad]\w*|jointly led", re.IGNORECASE), "co_led"),
    (re.compile(rf"{_LED}\b", re.IGNORECASE), "led"),
    (
        re.compile(
            r"(?:i )?(?:contribut\w*|implement\w*|built|wrote|developed|designed|engineer)\b",
            re.IGNORECASE,
        ),
        "contributed",
    ),
    (
        re.compile(r"(?:i )?(?:support\w*|help\w*|assist\w*|review\w*|advis\w*)\b", re.IGNORECASE),
        "supported",
    ),
]
_STATUSES = [
    (re.compile(r"in progress|ongoing|wip|started|doing", re.IGNORECASE), "in_progress"),
    (re.compile(r"dropped|cancel\w*|abandoned", re.IGNORECASE), "dropped"),
]


def pair_of(text: str) -> tuple[str, str] | None:
    """The field that a `Key: value` line sets, and the value; None for any other line."""
    match = _PAIR.match(text)
    field = _KEYS.get(" ".join(match["key"].casefold().split())) if match else None
    return (field, match["value"].strip()) if match and field else None


def role_of(text: str) -> str:
    """A role that words say at their beginning, else ""."""
    return next((role for form, role in _ROLES if form.match(text.strip())), "")


def status_of(text: str) -> str:
    return next((status for form, status in _STATUSES if form.match(text.strip())), "shipped")


def kind_of(text: str) -> str:
    """The kind that a category's name means, else ""."""
    section = section_of(text)
    return section.kind if section and not section.reason else ""
