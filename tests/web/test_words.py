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
        ("", "Designs", "", "[Designs]"),
        ("Is on it.", "is on IT.", "Is on it.", "is on IT."),
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


def test_texts_that_repeat_few_words_without_end_are_changed_as_a_whole() -> None:
    before, after = "again " * 400, "again anew " * 200

    old, new = compare_words(before, after)

    assert (old, new) == ([Run(before, is_changed=True)], [Run(after, is_changed=True)])
