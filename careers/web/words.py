"""Two texts side by side: which of their words they share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What two texts share is worth nothing where it is these alone, or shorter than LONG letters.
SMALL_WORDS = re.compile(
    "an?|and|are|as|at|be|by|can|do|does|for|from|has|have|in|into|is|its?|no|not|of|on|one|or|so"
    "|than|that|the|their|them|then|they|this|to|what|when|where|which|who|with"
)
LONG = 4
# Words of one text times words of the other: the comparison of a hundred words with a hundred takes
# some milliseconds at worst, that of a thousand with a thousand may take a minute.
MOST_COMPARED = 10_000
_WORD = re.compile(r"\s+|\w[\w'’-]*|[^\w\s]")  # a run of spaces, a word, a mark


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together; changed when the other text does not have them there."""

    text: str
    is_changed: bool


def compare_words(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Both texts whole, in runs of shared and of changed words; small and capital letters alike.

    Of very long texts, all between the first changed word and the last counts as changed.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    # Spaces are left out of the comparison: they would tie together words that have nothing in
    # common, and each goes with the words around it afterwards.
    words, other_words = _words(old), _words(new)
    same_old, same_new = set[int](), set[int]()
    for start_old, start_new, size in _blocks(words, other_words):
        if any(map(_tells_something, words[start_old : start_old + size])):
            same_old.update(range(start_old, start_old + size))
            same_new.update(range(start_new, start_new + size))
    return list(_runs(old, same_old)), list(_runs(new, same_new))


def _tells_something(word: str) -> bool:
    return len(word) >= LONG and not SMALL_WORDS.fullmatch(word)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """What both have: its place in `old`, its place in `new`, how many words."""
    if len(old) * len(new) <= MOST_COMPARED:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    yield 0, 0, start
    rest, other_rest = old[start : len(old) - end], new[start : len(new) - end]
    if len(rest) * len(other_rest) <= MOST_COMPARED:
        for place, other_place, size in _blocks(rest, other_rest):
            yield start + place, start + other_place, size
    yield len(old) - end, len(new) - end, end


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """With how many words both begin."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


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
