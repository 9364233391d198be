"""Two texts side by side: which of their words they share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG = 4  # letters; "of the" alone is nothing that two texts share
_WORD = re.compile(r"\s+|\w[\w'’-]*|[^\w\s]")  # a run of spaces, a word, a mark


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together; changed when the other text does not have them there."""

    text: str
    is_changed: bool


def compare_words(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Both texts whole, in runs of shared and of changed words; small and capital letters alike."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    # Spaces are left out of the comparison: they would tie together words that have nothing in
    # common, and each goes with the words around it afterwards.
    matcher = SequenceMatcher(None, _words(old), _words(new), autojunk=False)
    same_old, same_new = set[int](), set[int]()
    words = _words(old)
    for start_old, start_new, size in matcher.get_matching_blocks():
        if any(len(word) >= LONG for word in words[start_old : start_old + size]):
            same_old.update(range(start_old, start_old + size))
            same_new.update(range(start_new, start_new + size))
    return list(_runs(old, same_old)), list(_runs(new, same_new))


def _words(tokens: Sequence[str]) -> list[str]:
    return [token.casefold() for token in tokens if not token.isspace()]


def _runs(tokens: Sequence[str], same: set[int]) -> Iterator[Run]:
    """Runs of `tokens`, the words at the positions of `same` shared."""
    text, spaces, was_changed, position = "", "", False, 0
    for token in tokens:
        if token.isspace():
            spaces += token
            continue
        # A mark alone belongs to the words before it: nobody looks for a changed full stop.
        is_changed = position not in same if token[0].isalnum() else was_changed
        position += 1
        if text and is_changed != was_changed:
            # The space before a run belongs to neither: it is put with what is shared.
            yield Run(text + ("" if is_changed is False else spaces), was_changed)
            text = ("" if is_changed else spaces) + token
        else:
            text += spaces + token
        spaces, was_changed = "", is_changed
    if text or spaces:
        yield Run(text + spaces, was_changed)
