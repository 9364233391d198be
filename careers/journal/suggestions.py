"""Criteria that a text may be evidence for, with the words that led to them. No model: words.

Two sources: the keywords that a ladder gives a criterion, and the words of entries that the same
person tagged with it before. Pure; a suggestion is shown, never applied by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST = 3  # suggestions for one text
MOST_WORDS = 4  # shown of what led to one
LEARNED_FROM = 2  # entries of a criterion that must share a word
SHARE = 0.5  # of the entries with a word, those of the criterion
KEYWORD, LEARNED = 2, 1

_WORD = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
_DULL = frozenset(
    re.findall(
        r"\w+",
        """about after again all also and any are because been before being both but can could did
        does done down each few for from further get got had has have here how into its just last
        less like made make many more most much new next not now off old once one only other our
        out over own same see she should since some still such than that the their them then there
        these they this those three through too two under until very was were what when where which
        while who why will with within without work would you your""",
    )
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    criterion: int
    words: tuple[str, ...]


class Suggester:
    """Suggests criteria for texts.

    `keywords`: for each criterion the words of its ladder. `tagged`: texts of entries, each with
    the criteria it is evidence for.
    """

    def __init__(
        self,
        keywords: Mapping[int, Sequence[str]],
        tagged: Iterable[tuple[str, Iterable[int]]] = (),
    ) -> None:
        self._forms = [
            (re.compile(rf"(?<!\w){_inflected(word)}(?!\w)", re.IGNORECASE), word, criterion)
            for criterion, words in keywords.items()
            for word in words
            if word.strip()
        ]
        self._learned = _learn(tagged, set(keywords))

    def suggest(self, text: str, *, without: Iterable[int] = ()) -> list[Suggestion]:
        """At most MOST, the best first; none of `without`, which it is tagged with already."""
        scores: Counter[int] = Counter()
        led: dict[int, list[str]] = defaultdict(list)
        for form, word, criterion in self._forms:
            if form.search(text):
                scores[criterion] += KEYWORD
                led[criterion].append(word)
        for word in sorted(words_of(text)):
            for criterion in self._learned.get(word, ()):
                scores[criterion] += LEARNED
                if word not in led[criterion]:
                    led[criterion].append(word)
        known = set(without)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [
            Suggestion(criterion, tuple(led[criterion][:MOST_WORDS]))
            for criterion, _score in ranked
            if criterion not in known
        ][:MOST]


def words_of(text: str) -> set[str]:
    """The telling words of a text, in lower case."""
    found = {word.casefold() for word in _WORD.findall(text)}
    return {word for word in found if len(word) > 3 and word not in _DULL}


def _inflected(word: str) -> str:
    """A pattern for a keyword and its plural; any space in it may be a hyphen."""
    return rf"{re.escape(word.strip())}(?:s|es)?".replace(r"\ ", r"[\s-]+")


def _learn(tagged: Iterable[tuple[str, Iterable[int]]], criteria: set[int]) -> dict[str, list[int]]:
    """For each word the criteria it points at: it stands in LEARNED_FROM or more of their entries,
    which are at least SHARE of all the entries with it."""
    everywhere: Counter[str] = Counter()
    with_criterion: dict[str, Counter[int]] = defaultdict(Counter)
    for text, keys in tagged:
        own = criteria & set(keys)
        for word in words_of(text):
            everywhere[word] += 1
            with_criterion[word].update(own)
    return {
        word: [
            criterion
            for criterion, count in counts.items()
            if count >= LEARNED_FROM and count >= SHARE * everywhere[word]
        ]
        for word, counts in with_criterion.items()
    }
