from __future__ import annotations

import datetime as dt

import pytest

from careers.journal.importers.gitlog import (
    GIT_LOG,
    MOST_PATHS,
    Commit,
    is_git_log,
    read_git_log,
)

TODAY = dt.date(2026, 11, 21)

DEFAULT = """\
commit 1a2b3c4d5e6f708192a3b4c5d6e7f80912345678 (HEAD -> main)
Author: Inês Prado <ines@x.test>
Date:   Sat Jun 27 10:44:58 2026 +0300

    Store sessions in a table

    They were lost at every restart.
    
    cc: #12

commit 2a2b3c4d5e6f708192a3b4c5d6e7f80912345678
Author: Tomas Vik <tomas@x.test>
Date:   Fri Jun 26 16:44:35 2026 +0300

    Add a search page
"""  # noqa: W293  git indents blank lines too

OURS = (
    "\x1e1a2b3c4d5e6f708192a3b4c5d6e7f80912345678\x1fInês Prado\x1fines@x.test"
    "\x1f2026-06-27T10:44:58+03:00\x1fStore sessions in a table\x1fThey were lost."
    "\n\ncc: #12\n\x1f\n"
    "12\t3\tshop/sessions.py\n-\t-\tshop/logo.png\n\n"
    "\x1e2a2b3c4d5e6f708192a3b4c5d6e7f80912345678\x1fTomas Vik\x1ftomas@x.test"
    "\x1f2026-06-26T16:44:35+03:00\x1fAdd a search page\x1f\x1f\n"
)


def read(text: str) -> list[Commit]:
    return read_git_log(text, today=TODAY)


def dated(date: str) -> dt.date | None:
    (commit,) = read(f"commit 1a2b3c4d\nAuthor: A <a@x.test>\nDate:   {date}\n\n    Subject\n")
    return commit.day


def test_default_format_is_read_whole() -> None:
    first, second = read(DEFAULT)

    assert (first.key, first.author, first.email) == ("1a2b3c4", "Inês Prado", "ines@x.test")
    assert (first.day, first.subject) == (dt.date(2026, 6, 27), "Store sessions in a table")
    assert first.body == "They were lost at every restart.\n\ncc: #12"
    assert (first.first, first.last, second.first, second.last) == (1, 9, 11, 15)
    assert (second.subject, second.body) == ("Add a search page", "")


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Sat Jun 27 10:44:58 2026 +0300", dt.date(2026, 6, 27)),
        ("Sat Jun 6 10:44:58 2026", dt.date(2026, 6, 6)),
        ("2026-06-27 10:44:58 +0300", dt.date(2026, 6, 27)),
        ("2026-06-27T10:44:58+03:00", dt.date(2026, 6, 27)),
        ("2026-06-27", dt.date(2026, 6, 27)),
        ("Sat, 27 Jun 2026 10:44:58 +0300", dt.date(2026, 6, 27)),
        ("1782546298 +0300", dt.date(2026, 6, 27)),
        ("1782546298", dt.date(2026, 6, 27)),
        ("3 days ago", None),
        ("yesterday", None),
        ("", None),
        ("2026-02-30", None),
        ("Sat Jun 31 10:44:58 2026 +0300", None),
    ],
)
def test_day_is_read_from_any_date_format(date: str, day: dt.date | None) -> None:
    assert dated(date) == day


def test_day_of_a_raw_date_is_that_of_the_author() -> None:
    assert dated("1782511200 +0300") == dt.date(2026, 6, 27)


@pytest.mark.parametrize(
    "date", ["2999-01-01", "9999999999 +0000", "Sat Jun 27 10:44:58 2099 +0300"]
)
def test_day_to_come_is_none(date: str) -> None:
    assert dated(date) is None


@pytest.mark.parametrize("date", ["0001-01-01", "Sat Jun 27 10:44:58 1901 +0300"])
def test_day_before_any_working_life_is_none(date: str) -> None:
    assert dated(date) is None


def test_oneline_is_a_commit_a_line() -> None:
    first, second = read("1a2b3c4 (HEAD -> main) Store sessions\n2a2b3c4 Add a search page (#7)\n")

    assert (first.key, first.subject, first.day) == ("1a2b3c4", "Store sessions", None)
    assert (second.subject, second.first, second.last) == ("Add a search page (#7)", 2, 2)


def test_oneline_with_a_day_takes_it() -> None:
    (commit,) = read("1a2b3c4 2026-06-27 Store sessions\n")

    assert (commit.subject, commit.day) == ("Store sessions", dt.date(2026, 6, 27))


def test_numstat_gives_paths_and_lines_changed() -> None:
    text = f"{DEFAULT}\n12\t3\tshop/search.py\n-\t-\tshop/logo.png\n"

    *_first, commit = read(text)

    assert (commit.paths, commit.changed) == (["shop/search.py", "shop/logo.png"], 15)
    assert commit.subject == "Add a search page"


def test_oneline_numstat_gives_paths() -> None:
    first, second = read("1a2b3c4 Store sessions\n1\t2\ta/b.py\n2a2b3c4 Add a page\n3\t4\tc.py\n")

    assert (first.subject, first.paths, first.changed) == ("Store sessions", ["a/b.py"], 3)
    assert (second.subject, second.paths, second.changed) == ("Add a page", ["c.py"], 7)


def test_paths_are_bounded_and_lines_are_all_counted() -> None:
    (commit,) = read("1a2b3c4 Move files\n" + "1\t1\tshop/a.py\n" * (MOST_PATHS + 10))

    assert (len(commit.paths), commit.changed) == (MOST_PATHS, 2 * (MOST_PATHS + 10))


def test_stat_is_no_part_of_a_message() -> None:
    text = f"{DEFAULT}\n shop/search.py | 12 ++++---\n 1 file changed, 9 insertions(+)\n"

    *_first, commit = read(text)

    assert (commit.subject, commit.body) == ("Add a search page", "")


def test_our_format_is_read_whole() -> None:
    first, second = read(OURS)

    assert (first.key, first.author, first.email) == ("1a2b3c4", "Inês Prado", "ines@x.test")
    assert (first.day, first.subject) == (dt.date(2026, 6, 27), "Store sessions in a table")
    assert first.body == "They were lost.\n\ncc: #12"
    assert (first.paths, first.changed) == (["shop/sessions.py", "shop/logo.png"], 15)
    assert (first.first, first.last, second.first, second.last) == (1, 6, 8, 8)


def test_our_format_has_the_fields_that_are_read() -> None:
    assert GIT_LOG.count("%x1f") == OURS.split("\x1e")[1].count("\x1f") == 6


def test_merge_says_so() -> None:
    text = DEFAULT.replace("Author: Inês", "Merge: 1111111 2222222\nAuthor: Inês", 1)

    first, second = read(text)

    assert (first.is_merge, second.is_merge) == (True, False)


def test_graph_of_one_line_commits_keeps_their_subjects() -> None:
    text = (
        "*   1a2b3c4 Merge branch 'search'\n|\\  \n| * 2a2b3c4 Add a search page\n"
        "| * 3a2b3c4 Add an index\n|/  \n* 4a2b3c4 Store sessions\n"
    )

    commits = read(text)

    assert [commit.subject for commit in commits] == [
        "Merge branch 'search'",
        "Add a search page",
        "Add an index",
        "Store sessions",
    ]


def test_graph_of_whole_commits_is_read() -> None:
    text = (
        "* commit 1a2b3c4d\n| Author: A <a@x.test>\n| Date:   2026-06-27\n| \n"
        "|     Store sessions\n| \n* commit 2a2b3c4d\n  Author: A <a@x.test>\n"
        "  Date:   2026-06-26\n  \n      Add a search page\n"
    )

    commits = read(text)

    assert [(commit.author, commit.subject) for commit in commits] == [
        ("A", "Store sessions"),
        ("A", "Add a search page"),
    ]


def test_fuller_format_keeps_the_author_and_his_day() -> None:
    (commit,) = read(
        "commit 1a2b3c4d\nAuthor:     A <a@x.test>\nAuthorDate: 2026-06-01\n"
        "Commit:     B <b@x.test>\nCommitDate: 2026-06-27\n\n    Store sessions\n"
    )

    assert (commit.author, commit.day) == ("A", dt.date(2026, 6, 1))


def test_message_that_looks_like_a_head_stays_a_message() -> None:
    (commit,) = read("commit 1a2b3c4d\nAuthor: A <a@x.test>\n\n    Store\n\n    Author: B\n")

    assert (commit.author, commit.body) == ("A", "Author: B")


def test_co_authors_are_named() -> None:
    commit = Commit(
        "1a2b3c4",
        1,
        1,
        body="Told.\n\nCo-authored-by: Tomas Vik <tomas@x.test>\nco-authored-by: Maya",
    )

    assert commit.co_authors() == [("Tomas Vik", "tomas@x.test"), ("Maya", "")]


@pytest.mark.parametrize(
    "text",
    [
        DEFAULT,
        OURS,
        "1a2b3c4 Store sessions\n2a2b3c4 Add a page\n",
        "* 1a2b3c4 Store sessions\n* 2a2b3c4 Add a page\n",
        "commit 1a2b3c4d\nMerge: 1 2\nAuthor: A <a@x.test>\n\n    x\n",
        "*   1a2b3c4 Merge branch 'b'\n|\\  \n| * 2a2b3c4 Add a page\n|/  \n* 3a2b3c4 Store\n",
        "* commit 1a2b3c4d\n| Author: A <a@x.test>\n| Date:   2026-06-27\n| \n|     Store\n",
    ],
)
def test_log_is_recognised(text: str) -> None:
    assert is_git_log(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# 2025\n\n- commit 1a2b3c4d did it\n",
        "committed a lot\n",
        "commit 1a2b3c4d was a good one\nand then I went home\n",
        "deadbee rows\nfeedbac given\n",
        "2025 was a year\n",
    ],
)
def test_other_text_is_no_log(text: str) -> None:
    assert not is_git_log(text)


@pytest.mark.parametrize(
    "text", ["", "nothing", "\x1e", "\x1f\x1f", "\x1e\x1f\x1f\x1f\x1f\x1f\x1f"]
)
def test_broken_log_gives_no_commit_with_a_subject(text: str) -> None:
    assert [commit for commit in read(text) if commit.subject] == []
