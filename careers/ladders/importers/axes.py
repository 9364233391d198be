"""The engineeringladders family: five bullets a level, whose order says which axis each is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careers.ladders.importers.draft import Draft, DraftCriterion

# What a level of each axis is called, from the first to the fifth.
AXES = {
    "Technology": "adopts specializes evangelizes masters creates",
    "System": "enhances designs owns evolves leads",
    "People": "learns supports mentors coordinates manages",
    "Process": "follows enforces challenges adjusts defines",
    "Influence": "subsystem team multiple-teams company community",
}

_WORD = re.compile(r"(?P<word>[A-Za-z]+(?: [A-Za-z]+)?)\s*[:：]")


def use_axes(draft: Draft) -> bool:
    """Whether the levels are of this family; then each criterion has the axis of its place."""
    levels = [level for level in draft.levels if level.criteria]
    words = [_word(part) for level in levels for part in level.criteria]
    axes = [
        list(AXES)[place % len(AXES)] for level in levels for place, _ in enumerate(level.criteria)
    ]
    known = sum(word in AXES[axis].split() for word, axis in zip(words, axes, strict=True))
    if not words or any(len(level.criteria) % len(AXES) for level in levels):
        return False
    if not all(words) or 2 * known < len(words):
        return False
    for level in levels:
        for place, part in enumerate(level.criteria):
            part.dimension = part.place = list(AXES)[place % len(AXES)]
    draft.dimensions = list(AXES)
    return True


def _word(part: DraftCriterion) -> str:
    match = _WORD.match(part.text)
    return match["word"].lower().replace(" ", "-") if match else ""
