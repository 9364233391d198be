"""YAML that lists levels, themes and competencies, as the Financial Times publishes it.

A competency is a criterion, known by its id, a theme a dimension. Such a file knows one list of
levels and no tracks, so neither does the ladder; "Senior Engineer 2 (People Manager)" stays a level
among the others. What else it holds, addresses for example, is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.ladders.document import GuidancePart
from careers.ladders.importers.draft import Draft, DraftCriterion, DraftLevel
from careers.ladders.importers.finishing import LONG_TEXT, NAME, TEXT, finish
from careers.ladders.importers.naming import LevelName, level_name, name_of, one_line
from careers.ladders.yaml_sections import read_section

if TYPE_CHECKING:
    from careers.ladders.document import LadderDocument
    from careers.ladders.yaml_sections import Section

MOST_EXAMPLES = 200
SHORT_WORDS = {"ic", "pm", "em", "tl", "vp", "cto", "sre", "qa"}

_NAME = rb"""(?:^|[{,])[ \t]*["']?%s["']?[ \t]*:"""
_COMPETENCIES = re.compile(_NAME % b"competencies", re.MULTILINE)
_TRACKS = re.compile(_NAME % b"tracks", re.MULTILINE)


def has_competencies(data: bytes) -> bool:
    """Whether a file in YAML lists competencies and is no ladder of ours."""
    return bool(_COMPETENCIES.search(data)) and not _TRACKS.search(data)


def read_competencies(data: bytes, *, file: str) -> LadderDocument:
    draft = Draft(file=file)
    root = read_section(data, draft.problems)
    draft.name = root.text("name", limit=NAME)
    draft.summary = root.text("summary", limit=LONG_TEXT, is_long=True)
    levels = _read_levels(root, draft)
    themes = _read_themes(root, draft)
    for section in root.sections("competencies", is_required=True):
        _read_competency(section, draft, levels=levels, themes=themes)
    for level in levels.values():  # competencies of one theme say the same of it
        level.guidance = list(dict.fromkeys(level.guidance))
    return finish(draft)


def _read_levels(root: Section, draft: Draft) -> dict[str, DraftLevel]:
    levels: dict[str, DraftLevel] = {}
    for section in root.sections("levels", is_required=True):
        identifier = section.text("id", limit=64, is_required=True)
        title = section.text("name", limit=NAME) or identifier
        if identifier in levels:
            _report_repeated(section, identifier, line=levels[identifier].line)
            continue
        mark = level_name(title)
        levels[identifier] = DraftLevel(
            name=LevelName(
                code=name_of(identifier, kind="level", limit=32),
                label=identifier,
                title=title,
                years=mark.years,
                has_code=True,
            ),
            line=section.line,
            label=_label(identifier),
        )
    draft.levels.extend(levels.values())
    return levels


def _read_themes(root: Section, draft: Draft) -> dict[str, str]:
    """The name of each theme by its id; what one is about is guidance."""
    themes: dict[str, str] = {}
    for section in root.sections("themes"):
        identifier = section.text("id", limit=64, is_required=True)
        themes[identifier] = one_line(section.text("name", limit=NAME)) or identifier
        if summary := section.text("summary", limit=LONG_TEXT, is_long=True):
            part = GuidancePart(kind="pillar", title=themes[identifier], text=summary)
            draft.guidance.append(part)
    draft.dimensions.extend(themes.values())
    draft.dimension_ids.update({theme: identifier for identifier, theme in themes.items()})
    return themes


def _read_competency(
    section: Section, draft: Draft, *, levels: dict[str, DraftLevel], themes: dict[str, str]
) -> None:
    level = levels.get(name := section.text("level", limit=64, is_required=True))
    if name and level is None:
        section.report("level", _("There is no level “%(code)s”.") % {"code": name})
    theme = section.text("theme", limit=64, is_required=True)
    if theme and themes and theme not in themes:
        section.report("theme", _("There is no theme “%(name)s”.") % {"name": theme})
    text = section.text("summary", limit=TEXT, is_required=True, is_long=True)
    examples = section.texts("examples", limit=LONG_TEXT, most=MOST_EXAMPLES, is_long=True) or ()
    proficiency = section.text("proficiency", limit=80)
    if level is None:
        return
    level.criteria.append(
        DraftCriterion(
            text=text,
            dimension=themes.get(theme, theme),
            line=section.line,
            path=section.path,
            identifier=section.text("id", limit=80),
        )
    )
    title = one_line(text)
    title = title if len(title) <= NAME else f"{title[: NAME - 1]}…"
    level.guidance.extend(GuidancePart(kind="example", title=title, text=e) for e in examples)
    if proficiency:
        reached = GuidancePart(kind="proficiency", title=themes.get(theme, theme), text=proficiency)
        level.guidance.append(reached)


def _report_repeated(section: Section, identifier: str, *, line: int) -> None:
    sentence = _("“%(value)s” is there already, on line %(line)d.")
    section.report("id", sentence % {"value": identifier, "line": line})


def _label(identifier: str) -> str:
    """ "Senior 2 IC" of senior-2-ic."""
    words = re.split(r"[-_\s]+", identifier)
    return " ".join(
        word.upper() if word.lower() in SHORT_WORDS else word[:1].upper() + word[1:]
        for word in words
    ).strip()
