from __future__ import annotations

import pytest

from careers.journal.suggestions import MOST, MOST_WORDS, Suggester, Suggestion, words_of

SPEED, TEACHING, SAFETY = 1, 2, 3
KEYWORDS = {SPEED: ["latency", "load time"], TEACHING: ["mentor"], SAFETY: []}


def suggested(text: str, *, without: tuple[int, ...] = ()) -> list[Suggestion]:
    return Suggester(KEYWORDS).suggest(text, without=without)


# --- keywords -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cut latency of the checkout", ("latency",)),
        ("LATENCY, halved", ("latency",)),
        ("Measured load times", ("load time",)),
        ("A load-time budget", ("load time",)),
        ("of the load\n time", ("load time",)),
        ("Latency and load time", ("latency", "load time")),
    ],
)
def test_keyword_in_a_text_suggests_its_criterion(text: str, words: tuple[str, ...]) -> None:
    assert suggested(text) == [Suggestion(SPEED, words)]


@pytest.mark.parametrize("text", ["", "Nothing of it", "latencyless", "preload time", "load. Time"])
def test_text_without_a_keyword_suggests_nothing(text: str) -> None:
    assert suggested(text) == []


def test_keyword_is_words_and_no_pattern() -> None:
    suggester = Suggester({SPEED: ["C++", "a.b", " ", ""]})

    assert suggester.suggest("Rewrote it in C++") == [Suggestion(SPEED, ("C++",))]
    assert suggester.suggest("axb") == []


def test_criterion_with_more_keywords_comes_first() -> None:
    found = suggested("Mentored nobody; a mentor on latency and load time")

    assert [suggestion.criterion for suggestion in found] == [SPEED, TEACHING]


def test_criteria_that_are_equal_come_in_their_order() -> None:
    suggester = Suggester({TEACHING: ["build"], SPEED: ["build"]})

    assert [found.criterion for found in suggester.suggest("The build")] == [SPEED, TEACHING]


def test_criterion_of_the_text_already_is_not_suggested() -> None:
    found = suggested("A mentor on latency", without=(SPEED,))

    assert found == [Suggestion(TEACHING, ("mentor",))]


def test_suggestions_are_few_however_many_fit() -> None:
    suggester = Suggester({criterion: ["build"] for criterion in range(10)})

    assert len(suggester.suggest("The build")) == MOST
    assert [s.criterion for s in suggester.suggest("The build", without=[0])] == [1, 2, 3]


def test_suggestion_shows_few_words_however_many_led_to_it() -> None:
    words = ["alpha", "beta", "gamma", "delta", "epsilon"]

    (found,) = Suggester({SPEED: words}).suggest(" ".join(words))

    assert found.words == tuple(words[:MOST_WORDS])


# --- what was tagged before ---------------------------------------------------------------------


def test_word_of_two_tagged_entries_is_learned() -> None:
    tagged = [("Moved the checkout", [SPEED]), ("Checkout again", [SPEED])]

    found = Suggester({SPEED: []}, tagged).suggest("Broke the CHECKOUT")

    assert found == [Suggestion(SPEED, ("checkout",))]


def test_word_of_one_tagged_entry_is_not_learned() -> None:
    tagged = [("Moved the checkout checkout", [SPEED])]

    assert Suggester({SPEED: []}, tagged).suggest("Broke the checkout") == []


@pytest.mark.parametrize(("others", "found"), [(2, [SPEED]), (3, [])])
def test_word_is_learned_when_half_of_its_entries_are_of_the_criterion(
    others: int, found: list[int]
) -> None:
    tagged = [("The checkout", [SPEED])] * 2 + [("The checkout", [])] * others

    suggestions = Suggester({SPEED: []}, tagged).suggest("checkout")

    assert [suggestion.criterion for suggestion in suggestions] == found


def test_word_of_a_criterion_that_is_not_asked_for_is_not_learned() -> None:
    tagged = [("The checkout", [TEACHING])] * 2

    assert Suggester({SPEED: []}, tagged).suggest("checkout") == []


def test_keyword_counts_more_than_a_learned_word() -> None:
    suggester = Suggester(
        {SPEED: [], TEACHING: ["mentor"]}, [("The checkout", [SPEED]), ("The checkout", [SPEED])]
    )

    found = suggester.suggest("A mentor at the checkout")

    assert [suggestion.criterion for suggestion in found] == [TEACHING, SPEED]


def test_word_that_is_a_keyword_too_is_shown_once() -> None:
    suggester = Suggester({SPEED: ["latency"]}, [("latency", [SPEED]), ("latency", [SPEED])])

    assert suggester.suggest("latency") == [Suggestion(SPEED, ("latency",))]


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Halved the Build", {"halved", "build"}),
        ("after which they were done", set()),
        ("p99 api 2026 v12", set()),
        ("on-call re-run", {"on-call", "re-run"}),
        ("don't O'Reilly's", {"don't", "o'reilly's"}),
        ("Größe naïve", {"größe".casefold(), "naïve"}),
        ("", set()),
    ],
)
def test_words_of_a_text_are_those_that_tell(text: str, words: set[str]) -> None:
    assert words_of(text) == words
