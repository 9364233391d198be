"""Two texts side by side: which of their words they share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG = 4  # letters; "of the" alone is nothing that two texts share
# Of a word of one text with the same word of the other. Comparing takes longer than their number:
# texts that repeat a few words all the time would take minutes, and mean nothing.
MOST_MEETINGS = 10_000
_WORD = re.compile(r"\s+|\w[\w'’-]*|[^\w\s]")  # a run of spaces, a word, a mark


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together; changed when the other text does not have them there.

    Short words that alone are the same count as changed.
    """

    text: str
    is_changed: bool


def compare_words(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Both texts whole, in runs of shared and of changed words; small and capital letters alike."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    # Spaces are left out of the comparison: they would tie together words that have nothing in
    # common, and each goes with the words around it afterwards.
    same_old, same_new = _shared(_words(old), _words(new))
    return list(_runs(old, same_old)), list(_runs(new, same_new))


def _shared(old: Sequence[str], new: Sequence[str]) -> tuple[set[int], set[int]]:
    """The positions in `old` and in `new` of what both have."""
    if old == new:
        return {*range(len(old))}, {*range(len(new))}
    same_old, same_new = set[int](), set[int]()
    counts = Counter(new)
    if sum(counts[word] for word in old) > MOST_MEETINGS:
        return same_old, same_new
    for start_old, start_new, size in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_matching_blocks():
        if any(len(word) >= LONG for word in old[start_old : start_old + size]):
            same_old.update(range(start_old, start_old + size))
            same_new.update(range(start_new, start_new + size))
    return same_old, same_new


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
