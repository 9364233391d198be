from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from careers.journal.importers.commits import (
    COMMITS_PER_ROW,
    FEWEST_ROWS,
    MOST_TOLD,
    read_commits,
)
from careers.journal.importers.gitlog import Commit
from careers.journal.importers.noise import noise_of
from careers.journal.importers.reading import Reading, Row

TODAY = dt.date(2026, 11, 21)
JUNE = dt.date(2026, 6, 27)
# Words that no two commits share.
ALONE = ["Abolish quills", "Banish moths", "Cherish lamps", "Dismiss frogs", "Embark sailors"]


def commit(
    subject: str,
    *,
    body: str = "",
    day: dt.date | None = JUNE,
    author: str = "Ines",
    number: int = 1,
) -> Commit:
    return Commit(
        f"{number:040x}"[::-1],
        number,
        number,
        author=author,
        email=f"{author.casefold()}@x.test",
        day=day,
        subject=subject,
        body=body,
    )


def log(*subjects: str, day: dt.date | None = JUNE) -> list[Commit]:
    return [commit(text, day=day, number=number) for number, text in enumerate(subjects, 1)]


def read(commits: list[Commit], *, me: tuple[str, ...] = (), year: int | None = None) -> Reading:
    return read_commits(commits, me=me, today=TODAY, year=year)


def row_of(commits: list[Commit]) -> Row:
    (row,) = read(commits).rows
    return row


def groups(reading: Reading) -> list[tuple[int, ...]]:
    return sorted(tuple(sorted(row.lines)) for row in reading.rows)


def test_commits_of_an_issue_are_one_row() -> None:
    row = row_of(log("Abolish quills #12", "Banish moths", "Cherish lamps (#12)")[::2])

    assert (row.lines, row.is_ticked) == ((1, 3), True)
    assert row.what == (
        "- 27 Jun 2026: Cherish lamps (#12)\n- 27 Jun 2026: Abolish quills #12\nAbout #12"
    )


@pytest.mark.parametrize("name", ["#12", "GH-12", "ines/shop#12", "SHOP-12"])
def test_issue_may_be_named_in_many_ways(name: str) -> None:
    row = row_of(log(f"Abolish quills {name}", f"Banish moths, see {name}"))

    assert row.lines == (1, 2)


def test_issue_in_a_body_counts() -> None:
    row = row_of(
        [commit("Abolish quills", body="cc: #12", number=1), commit("Banish moths #12", number=2)]
    )

    assert row.lines == (1, 2)


def test_issues_that_one_commit_joins_are_one_row() -> None:
    row = row_of(log("Abolish quills #12", "Banish moths #13", "Cherish lamps for #12 and #13"))

    assert row.lines == (1, 2, 3)


def test_issues_joined_in_a_chain_are_one_row() -> None:
    row = row_of(log(*(f"Do #{number} and #{number + 1}" for number in range(1, 30))))

    assert len(row.lines) == 29


def test_issue_of_different_months_is_one_row_on_its_last_day() -> None:
    row = row_of(
        [
            commit("Abolish quills #12", day=dt.date(2026, 1, 5), number=2),
            commit("Banish moths #12", day=JUNE, number=1),
        ]
    )

    assert (row.happened_on, row.is_day_proposed) == (JUNE, False)


@pytest.mark.parametrize(
    "text", ["UTF-8", "ISO-8601", "RFC-2822", "TLS-13", "AES-256", "X86-64", "&#12", "a#12b"]
)
def test_words_like_an_issue_are_none(text: str) -> None:
    reading = read(log(f"Abolish quills {text}", f"Banish moths {text}"))

    assert [row for row in reading.rows if "About" in row.what] == []


def test_fixup_goes_with_what_it_fixes() -> None:
    reading = read(log("Add quills", "fixup! Add quills", "Add moths"))

    assert (1, 2) in groups(reading)


def test_scope_of_conventional_commits_is_a_theme() -> None:
    row = row_of(log("feat(search): quills", "fix(search): moths", "perf(search): lamps"))

    assert (row.lines, row.is_ticked) == ((1, 2, 3), True)
    assert row.title.endswith("and 2 more about search")


def test_word_that_three_commits_of_a_month_share_is_a_theme() -> None:
    row = row_of(log("Abolish ledger quills", "Banish ledgers", "Cherish the ledger"))

    assert row.title.endswith("and 2 more about ledger")


def test_folder_that_three_commits_share_is_a_theme() -> None:
    commits = log(*ALONE[:3])
    for part in commits:
        part.paths.append("ledger/month.py")

    row = row_of(commits)

    assert row.title.endswith("and 2 more about ledger")


def test_word_of_different_months_is_no_theme() -> None:
    commits = [
        commit(f"{text} ledger", day=dt.date(2026, month, 3), number=month)
        for month, text in enumerate(ALONE[:3], 1)
    ]

    assert [row for row in read(commits).rows if "more about" in row.title] == []


def test_remainder_of_a_month_is_one_row_not_ticked() -> None:
    row = row_of(log(*ALONE))

    assert (row.title, row.is_ticked) == ("5 smaller changes, Jun 2026", False)
    assert row.reason == "small changes that share no subject"
    assert len(row.lines) == 5


def test_remainder_names_its_first_and_last_month() -> None:
    commits = [
        commit(text, day=dt.date(2026, month, 3), number=month)
        for month, text in enumerate(ALONE, 1)
    ]

    titles = [row.title for row in read(commits).rows]

    assert titles == [
        "3 smaller changes, Jan 2026 – Mar 2026",
        "2 smaller changes, Apr 2026 – May 2026",
    ]


def test_feature_stands_alone_where_there_is_room() -> None:
    reading = read([*log(*ALONE), commit("feat: introduce vouchers", number=9)])

    assert [row.title for row in reading.rows if row.is_ticked] == ["Introduce vouchers"]


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("Bump requests from 2.1.0 to 2.2.0", "a dependency bump"),
        ("Update django to 5.2.1", "a dependency bump"),
        ("Update dependencies", "a dependency bump"),
        ("build(deps): bump lodash", "a dependency bump"),
        ("chore(deps-dev): update jest", "a dependency bump"),
        ("Update changelog", "a changelog line"),
        ("v1.4.2", "a changelog line"),
        ("Release 1.4", "a changelog line"),
        ("Format", "formatting"),
        ("Run black", "formatting"),
        ("Fix typos", "formatting"),
        ("style: spaces", "formatting"),
        ("wip", "formatting"),
        ("Merge branch 'main' into search", "a merge"),
        ("Merge pull request #7 from ines/search", "a merge"),
        ("", "a commit without a message"),
        ("  ", "a commit without a message"),
    ],
)
def test_noise_says_what_it_is(subject: str, reason: str) -> None:
    assert noise_of(commit(subject)) == reason


@pytest.mark.parametrize(
    "subject",
    [
        "Bump the upload limit to 5 MB",
        "Add a changelog page for customers",
        "Format amounts by the rules of each country we ship to",
        "Fix the test bench for payments",
        "Merge duplicate customers",
        "Update the guide to retries",
        "Upgrade to Django 6.0",
    ],
)
def test_telling_commit_is_no_noise(subject: str) -> None:
    assert noise_of(commit(subject)) == ""


def test_noise_is_left_out_with_its_line() -> None:
    reading = read(log("Add quills", "Update changelog"))

    assert [(part.first, part.text, part.reason) for part in reading.left_out] == [
        (2, "Update changelog", "a changelog line")
    ]


def test_noise_of_an_issue_that_is_told_stays_with_it() -> None:
    row = row_of(log("Add quills #12", "Update changelog for #12"))

    assert (row.title, row.lines) == ("Add quills #12", (1, 2))


def test_merged_request_is_told_by_its_body() -> None:
    row = row_of(
        [commit("Merge pull request #7 from ines/search", body="\nAdd a search page", number=1)]
    )

    assert (row.title, row.is_ticked) == ("Add a search page", True)


def test_co_authors_are_collaborators() -> None:
    body = "Co-authored-by: Tomas Vik <tomas@x.test>\nCo-authored-by: Ines <ines@x.test>"

    row = row_of([commit("Add quills", body=body, number=1)])

    assert (row.collaborators, row.what) == ("Tomas Vik", "")


def test_body_loses_its_trailers_only() -> None:
    body = "CCPA asks for it.\nSigned-off-by: Ines\nCc: tomas@x.test"

    row = row_of([commit("Add consent", body=body, number=1)])

    assert row.what == "CCPA asks for it."


@pytest.mark.parametrize("me", [("ines@x.test",), ("Ines",), ("INES@X.TEST", "other")])
def test_commits_of_others_are_left_out(me: tuple[str, ...]) -> None:
    commits = [commit("Add quills", number=1), commit("Add moths", author="Tomas", number=2)]

    reading = read(commits, me=me)

    assert [row.lines for row in reading.rows] == [(1,)]
    assert [(part.first, part.reason) for part in reading.left_out] == [(2, "written by Tomas")]


def test_log_without_any_commit_of_mine_is_read_whole() -> None:
    reading = read([commit("Add quills", number=1)], me=("nobody@x.test",))

    assert [row.lines for row in reading.rows] == [(1,)]


def test_commit_without_a_day_is_proposed_the_end_of_the_year_or_today() -> None:
    commits = [commit("Add quills", day=None, number=1)]

    (of_2025,), (of_today,) = read(commits, year=2025).rows, read(commits).rows

    assert (of_2025.happened_on, of_2025.is_day_proposed) == (dt.date(2025, 12, 31), True)
    assert (of_today.happened_on, of_today.is_day_proposed) == (TODAY, True)


@pytest.mark.parametrize("subject", ["(#12)", "feat: (#12)", "."])
def test_row_has_a_title_whatever_the_subject(subject: str) -> None:
    assert [row for row in read(log(subject)).rows if not row.title.strip()] == []


def test_numbers_of_a_message_are_kept() -> None:
    row = row_of([commit("Speed up search from 4 s to 1 s", number=1)])

    assert [(n.name, n.before, n.after, n.unit) for n in row.numbers] == [
        ("Speed up search", Decimal(4), Decimal(1), "s")
    ]


def test_mostly_fixes_are_of_that_kind() -> None:
    row = row_of(log("Fix quills #12", "Fix moths #12", "Add lamps #12"))

    assert row.kind == "fixed"


def test_details_tell_a_bounded_number_of_commits() -> None:
    row = row_of(log(*(f"Abolish quill {n} #12" for n in range(MOST_TOLD + 5))))

    assert row.what.split("\n")[-2:] == ["and 5 more", "About #12"]


def test_keys_are_those_of_the_commits() -> None:
    row = row_of(log("Add quills #12", "Add moths #12"))

    assert row.keys == tuple(f"commit {part.key}" for part in log("a", "b"))


def test_commit_that_stands_twice_in_a_log_has_one_row() -> None:
    twice = [commit("feat: quills", number=1), commit("feat: quills", number=1)]

    keys = [key for row in read(twice).rows for key in row.keys]

    assert len(keys) == len(set(keys)) == 1


def test_commits_whose_hashes_begin_alike_are_both_told() -> None:
    first = Commit("1a2b3c4" + "0" * 33, 1, 1, day=JUNE, subject="feat: introduce quills")
    second = Commit("1a2b3c4" + "f" * 33, 2, 2, day=JUNE, subject="feat: introduce moths")

    reading = read([first, second])

    assert sorted(number for row in reading.rows for number in row.lines) == [1, 2]


@pytest.mark.parametrize("size", [30, 90, 300])
def test_rows_are_bounded_by_the_number_of_commits(size: int) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [f"quill{letters[n // 26]}{letters[n % 26]}" for n in range(size // 3)]
    commits = log(*(word for word in words for _again in range(3)))

    reading = read(commits)

    assert len(reading.rows) <= max(FEWEST_ROWS, size // COMMITS_PER_ROW)


def test_rows_of_many_years_are_bounded() -> None:
    commits = [
        commit(f"{ALONE[n % 5]} {n}", day=dt.date(2010 + n // 12, n % 12 + 1, 3), number=n + 1)
        for n in range(192)
    ]

    assert len(read(commits).rows) <= 192 // COMMITS_PER_ROW
