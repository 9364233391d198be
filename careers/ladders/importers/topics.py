"""YAML of topics with criteria by level, as Monzo publishes it: in a file or before a text.

A topic is a dimension, a level a number. What its examples show is kept as guidance of the level.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from careers.ladders.document import GuidancePart
from careers.ladders.importers.draft import NO_DIMENSION, Draft, DraftCriterion
from careers.ladders.importers.finishing import LONG_TEXT, NAME, TEXT, finish
from careers.ladders.importers.naming import LevelName, one_line
from careers.ladders.yaml_sections import read_section

if TYPE_CHECKING:
    from careers.ladders.document import LadderDocument
    from careers.ladders.importers.draft import DraftLevel
    from careers.ladders.yaml_sections import Section

MOST_TEXTS = 200  # of a level in a topic

_TOPICS = re.compile(rb"^topics[ \t]*:", re.MULTILINE)
_CONTENT = re.compile(rb"^[ \t-]+content[ \t]*:", re.MULTILINE)
_END = re.compile(rb"\n---[ \t]*(?:\r?\n|\Z)")
_PICTURE = re.compile(r"[^\x00-\x7f\w]\W*(?=\w)")


def has_topics(data: bytes, *, is_text: bool) -> bool:
    """Whether a file lists topics, or what stands before its text where it `is_text`."""
    front = _front(data)
    if is_text and len(front) == len(data):
        return False
    return bool(_TOPICS.search(front) and _CONTENT.search(front))


def read_topics(data: bytes, *, file: str) -> LadderDocument:
    draft = Draft(file=file)
    root = read_section(_front(data), draft.problems)
    draft.name = _plain(root.text("title", limit=NAME))
    for topic in root.sections("topics", is_required=True):
        title = topic.text("title", limit=NAME) or topic.text("name", limit=NAME)
        name = _plain(title) or NO_DIMENSION
        draft.dimensions.append(name)
        for section in topic.sections("content"):
            _read_level(section, draft, dimension=name)
    draft.levels.sort(key=lambda level: int(level.name.code))
    return finish(draft)


def _front(data: bytes) -> bytes:
    """What stands between two lines of hyphens, or all of it; its lines keep their numbers."""
    data = data.removeprefix(codecs.BOM_UTF8)
    end = _END.search(data, 3) if data.startswith(b"---") else None
    return data[: end.start() + 1] if end else data


def _read_level(section: Section, draft: Draft, *, dimension: str) -> None:
    number = str(section.number("level", least=0))
    name = LevelName(number, number, f"Level {number}", has_code=True)
    level = draft.find_level(name, line=section.line)
    for text in section.texts("criteria", limit=TEXT, most=MOST_TEXTS, is_long=True) or ():
        _add(level, text, section, dimension=dimension)
    for shown in section.sections("exampleCriteria"):
        text = shown.text("criteria", limit=TEXT, is_required=True, is_long=True)
        examples = shown.texts("examples", limit=LONG_TEXT, most=MOST_TEXTS, is_long=True) or ()
        _add(level, text, shown, dimension=dimension)
        title = one_line(text)[:NAME].strip()
        level.guidance.extend(GuidancePart(kind="example", title=title, text=e) for e in examples)


def _add(level: DraftLevel, text: str, section: Section, *, dimension: str) -> None:
    criterion = DraftCriterion(text=text, dimension=dimension, line=section.line, path=section.path)
    level.criteria.append(criterion)


def _plain(title: str) -> str:
    """A title without the picture that stands before it."""
    text = one_line(title)
    picture = _PICTURE.match(text)
    return text[picture.end() :] if picture else text
