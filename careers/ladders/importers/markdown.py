"""Markdown: a heading for each level with lists or fields below it, or tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.ladders.importers.axes import use_axes
from careers.ladders.importers.draft import NO_DIMENSION, NO_TRACK, Draft, DraftCriterion
from careers.ladders.importers.finishing import finish
from careers.ladders.importers.level_sections import read_level_section, use_leads
from careers.ladders.importers.listing import is_listing, read_listing
from careers.ladders.importers.matrix import is_matrix, read_matrix
from careers.ladders.importers.naming import MOST_WORDS, has_code, is_level, level_name
from careers.ladders.importers.outline import Block, read_outline, words_of
from careers.ladders.importers.rows import check_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.ladders.document import LadderDocument
    from careers.ladders.importers.draft import DraftLevel

# What Jekyll and others keep above a page: names and values between two lines of hyphens.
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n"
    r"(?:title:(?P<title>[^\n]*)\n|(?!title:)[A-Za-z][\w-]*[ \t]*:[^\n]*\n"
    r"|[ \t][^\n]*\n|-[ \t][^\n]*\n)*"
    r"---[ \t]*(?:\n|\Z)"
)
_ROLE = re.compile(
    r"\b(?:tracks?|paths?|ladders?|contributors?|ics?|engineers|developers|managers)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\d+(?P<letter>[A-Z])\Z")


def read_markdown(text: str, *, file: str) -> LadderDocument:
    """The ladder of a Markdown text; its name is the title before the text or the first heading."""
    title = ""
    if match := _FRONT_MATTER.match(text):
        title = (match["title"] or "").strip(" \t\"'")
        text = "\n" * match[0].count("\n") + text[match.end() :]
    blocks = read_outline(text)
    headings = _level_headings(blocks)
    draft = _new_draft(blocks, headings, file=file, title=title)
    _read_sections(blocks, headings, draft)
    if not draft.problems and not any(level.criteria for level in draft.levels):
        tables = _new_draft(blocks, headings, file=file, title=title)
        _read_tables(blocks, tables)
        draft = tables if tables.levels else draft
    return finish(draft)


def _level_headings(blocks: Sequence[Block]) -> list[int]:
    """The places of the headings that are levels: all as deep as most of those that look so.

    A heading with a code, "D1 - Developer 1", is one; where none has, one with a word for a level,
    and then "Programmer" too, between "Junior Programmer" and "Senior Programmer".
    """
    headings = [(place, block) for place, block in enumerate(blocks) if block.kind == "heading"]
    for looks_so in (has_code, is_level):
        found = [
            (place, block)
            for place, block in headings
            if looks_so(words_of(block.text).text)
            and not (looks_so is is_level and block.level == 1)
        ]
        if found:
            depths = Counter(block.level for _place, block in found)
            depth = max(depths, key=lambda level: (depths[level], -level))
            levels = {place: _words(block) for place, block in found if block.level == depth}
            named = levels.values() if looks_so is is_level else ()
            ends = Counter(name[n:] for name in named for n in range(1, len(name)))
            return [
                place
                for place, block in headings
                if block.level == depth and (place in levels or ends[_words(block)] > 1)
            ]
    return []


def _words(heading: Block) -> tuple[str, ...]:
    return tuple(words_of(heading.text).text.casefold().split()[:MOST_WORDS])


def _new_draft(blocks: Sequence[Block], headings: Sequence[int], *, file: str, title: str) -> Draft:
    """With the first heading as its name, and the texts between it and the next heading."""
    place = next((n for n, block in enumerate(blocks) if block.kind == "heading"), None)
    if place is None or place in headings:
        return Draft(file=file, name=title)
    summary = []
    for block in blocks[place + 1 :]:
        if block.kind != "text":
            break
        summary.append(words_of(block.text).text)
    said = "\n\n".join(text for text in summary if text)
    return Draft(file=file, name=title or words_of(blocks[place].text).text, summary=said)


def _read_sections(blocks: Sequence[Block], headings: Sequence[int], draft: Draft) -> None:
    """Each level with what stands below its heading, up to one that is as deep."""
    parents = _parents(blocks, headings)
    is_by_parent = len({*parents.values()}) > 1
    for place in headings:
        heading = blocks[place]
        name = level_name(words_of(heading.text).text)
        track = parents[place] if is_by_parent else name.track
        before = len(draft.levels)
        level = draft.find_level(replace(name, track=""), line=heading.line, track=track)
        if len(draft.levels) == before:
            sentence = _("“%(value)s” is there already, on line %(line)d.")
            facts = {"value": name.label, "line": level.line}
            draft.report(heading.line, "", sentence % facts)
            continue
        end = place + 1
        while end < len(blocks) and not _ends(blocks[end], heading):
            end += 1
        read_level_section(blocks[place + 1 : end], level)
    _spread_tracks(draft.levels)
    if _are_by_dimension(draft.levels):
        _join_dimensions(draft)
    if not use_axes(draft):
        use_leads(draft.levels)


def _ends(block: Block, heading: Block) -> bool:
    return block.kind == "heading" and block.level <= heading.level


def _parents(blocks: Sequence[Block], headings: Sequence[int]) -> dict[int, str]:
    """The heading above each level's, by the level's place; "" where there is none."""
    parents: dict[int, str] = {}
    wanted = {*headings}
    above = NO_TRACK
    depth = blocks[headings[0]].level if headings else 0
    for place, block in enumerate(blocks):
        if place in wanted:
            parents[place] = above
        elif block.kind == "heading" and block.level < depth:
            above = words_of(block.text).text
    return parents


def _spread_tracks(levels: Sequence[DraftLevel]) -> None:
    """Levels 5A and 5B belong where 4A and 4B say that they do."""
    tracks: dict[str, str] = {}
    letters = {id(level): _LETTER.search(level.name.code) for level in levels}
    for level in levels:
        if (match := letters[id(level)]) and level.track:
            tracks.setdefault(match["letter"], level.track)
    for level in levels:
        if (match := letters[id(level)]) and not level.track:
            level.track = tracks.get(match["letter"], NO_TRACK)


def _are_by_dimension(levels: Sequence[DraftLevel]) -> bool:
    """Whether "Craft" stands above "Junior" and "Senior", and "People" above the same again.

    A heading of a role or a track is none of that, nor one whose levels have groups of their own.
    """
    times = Counter(level.name.code.lower() for level in levels)
    above = {level.track for level in levels}
    return (
        min(times.values(), default=0) > 1
        and all(part.dimension == NO_DIMENSION for level in levels for part in level.criteria)
        and not any(is_level(name) or _ROLE.search(name) for name in above)
    )


def _join_dimensions(draft: Draft) -> None:
    """Make one level of those that have the same name, and dimensions of the headings above."""
    levels: dict[str, DraftLevel] = {}
    for part in draft.levels:
        dimension, name = part.track or NO_DIMENSION, part.name.code.lower()
        if part.scope:  # prose, which says what is expected of this dimension and not of the level
            said = DraftCriterion(text=part.scope, line=part.line, path=part.scope[:40])
            part.criteria.insert(0, said)
        for criterion in part.criteria:
            criterion.dimension, criterion.lead = dimension, ""
            criterion.place = dimension if len(part.criteria) == 1 else ""
        if level := levels.get(name):
            level.criteria.extend(part.criteria)
            level.guidance.extend(part.guidance)
        else:
            levels[name] = part
            part.track, part.scope = NO_TRACK, ""
        draft.dimensions.append(dimension)
    draft.levels = list(levels.values())


def _read_tables(blocks: Sequence[Block], draft: Draft) -> None:
    above = ""
    for block in blocks:
        if block.kind == "heading":
            above = words_of(block.text).text
        elif block.kind == "table" and len(block.rows) > 1:
            check_width(block.rows[:1])
            if is_listing(block.rows[0]):
                read_listing(block.rows, draft)
            elif is_matrix(block.rows):
                read_matrix(block.rows, draft, above=above)
