from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.web.words import Run, compare_words


def marked(runs: list[Run]) -> str:
    return "".join(f"[{run.text}]" if run.is_changed else run.text for run in runs)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Leads a team.", "Leads a team.", "Leads a team.", "Leads a team."),
        (
            "Mentors engineers of the team.",
            "Mentors managers of the team.",
            "Mentors [engineers] of the team.",
            "Mentors [managers] of the team.",
        ),
        ("Leads work.", "Leads work of teams.", "Leads work.", "Leads work [of teams.]"),
        ("LEADS work", "leads work", "LEADS work", "leads work"),
        ("Alpha", "Omega", "[Alpha]", "[Omega]"),
        ("of the hill", "of the sea", "[of the hill]", "[of the sea]"),
        ("Works with them", "Leads with them", "[Works with them]", "[Leads with them]"),
        ("", "Designs", "", "[Designs]"),
        ("80 % of work", "90 % of work", "[80 %] of work", "[90 %] of work"),
    ],
)
def test_words_that_only_one_text_has_are_marked(
    before: str, after: str, old: str, new: str
) -> None:
    runs = compare_words(before, after)

    assert (marked(runs[0]), marked(runs[1])) == (old, new)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_letter_of_either_text_is_lost(before: str, after: str) -> None:
    old, new = compare_words(before, after)

    assert "".join(run.text for run in old) == before
    assert "".join(run.text for run in new) == after


@given(st.text(alphabet="ab c.", max_size=60), st.text(alphabet="ab c.", max_size=60))
def test_neighbouring_runs_differ(before: str, after: str) -> None:
    for runs in compare_words(before, after):
        assert all(one.is_changed != other.is_changed for one, other in pairwise(runs))


def test_long_texts_are_compared_between_their_first_and_last_change() -> None:
    same = " ".join(f"word{n}" for n in range(300))

    old, new = compare_words(f"{same} alpha beta {same}", f"{same} alpha gamma {same}")

    assert marked(old) == f"{same} alpha [beta] {same}"
    assert marked(new) == f"{same} alpha [gamma] {same}"


def test_what_differs_all_through_a_long_text_is_one_change() -> None:
    betas, gammas = (" ".join(f"{word}{n}" for n in range(200)) for word in ("beta", "gamma"))

    old, new = compare_words(f"Alpha {betas} delta {betas}", f"Alpha {gammas} delta {gammas}")

    assert marked(old) == f"Alpha [{betas} delta {betas}]"
    assert marked(new) == f"Alpha [{gammas} delta {gammas}]"
