from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from careers.journal.importers import sections
from careers.journal.importers.brag import read_brag
from careers.journal.importers.reading import MOST_LINKS, OUTCOME, WHAT, Link, Reading, Row

TODAY = dt.date(2026, 11, 21)
END_OF_2025 = dt.date(2025, 12, 31)


def read(text: str, *, year: int | None = None) -> Reading:
    return read_brag(text, year=year, today=TODAY)


def row_of(text: str) -> Row:
    (row,) = read(text).rows
    return row


def titles(text: str) -> list[str]:
    return [row.title for row in read(text).rows]


def test_item_is_a_row() -> None:
    row = row_of("# 2025\n\n- Retired the fax gateway\n")

    assert (row.title, row.lines, row.is_ticked) == ("Retired the fax gateway", (3,), True)


@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "2)"])
def test_item_may_have_any_mark(mark: str) -> None:
    assert titles(f"{mark} Retired the fax gateway\n") == ["Retired the fax gateway"]


def test_item_of_wrapped_lines_is_one_row() -> None:
    row = row_of("# 2025\n\n* Retired the fax\n  gateway in\nthree offices\n")

    assert (row.title, row.lines) == ("Retired the fax gateway in three offices", (3, 4, 5))


def test_item_without_a_day_is_proposed_the_end_of_its_year() -> None:
    row = row_of("# 2025\n\n- Retired the fax gateway\n")

    assert (row.happened_on, row.is_day_proposed) == (END_OF_2025, True)


def test_item_without_any_clue_is_proposed_today() -> None:
    row = row_of("- Retired the fax gateway\n")

    assert (row.happened_on, row.is_day_proposed) == (TODAY, True)


def test_item_takes_the_day_it_begins_with() -> None:
    row = row_of("# 2025\n\n- [Mar 30] Retired the fax gateway\n")

    assert (row.title, row.happened_on) == ("Retired the fax gateway", dt.date(2025, 3, 30))
    assert not row.is_day_proposed


def test_item_takes_the_last_day_of_a_range() -> None:
    row = row_of("- [Nov 22-24, 2025] Gave the course on queues\n")

    assert (row.title, row.happened_on) == ("Gave the course on queues", dt.date(2025, 11, 24))


def test_item_takes_a_day_from_its_details() -> None:
    row = row_of("# 2025\n\n- Retired the fax gateway\n  - switched off on 2025-04-02\n")

    assert (row.happened_on, row.is_day_proposed) == (dt.date(2025, 4, 2), False)


def test_month_above_proposes_its_last_day() -> None:
    row = row_of("# 2025\n\n## February\n\n### Feb 2025\n\n- Retired the fax gateway\n")

    assert (row.happened_on, row.is_day_proposed) == (dt.date(2025, 2, 28), True)


def test_year_of_a_heading_holds_for_what_is_below_it() -> None:
    rows = read("# Work\n\n## 2023\n\n- One thing done\n\n## 2024\n\n- Another thing\n").rows

    assert [row.happened_on.year for row in rows] == [2023, 2024]


def test_year_given_holds_when_no_heading_says_one() -> None:
    (row,) = read("- Retired the fax gateway on Mar 30\n", year=2024).rows

    assert row.happened_on == dt.date(2024, 3, 30)


def test_heading_that_is_a_name_is_the_project() -> None:
    row = row_of("# 2025\n\n## Projects\n\n### Fax exit\n\n- Retired the gateway\n")

    assert (row.project, row.title) == ("Fax exit", "Retired the gateway")


def test_item_below_projects_begins_with_its_project() -> None:
    row = row_of("# 2025\n\n## Projects\n\n- Fax exit: Retired the gateway\n")

    assert (row.project, row.title) == ("Fax exit", "Retired the gateway")


def test_project_told_in_prose_is_one_ticked_row() -> None:
    row = row_of("# 2025\n\n## Projects\n\n### Fax exit\n\nRetired it. Nobody noticed.\n")

    assert (row.title, row.what, row.is_ticked) == ("Fax exit", "Retired it. Nobody noticed.", True)


def test_list_that_prose_introduces_is_not_ticked() -> None:
    text = (
        "# 2025\n\n### หลักสูตรคิวงาน\n\nมี course outline ตามนี้\n\n"
        "* Introduction to queues\n* Retries\n"
    )

    rows = read(text).rows

    assert [(row.title, row.is_ticked) for row in rows] == [
        ("หลักสูตรคิวงาน", True),
        ("Introduction to queues", False),
        ("Retries", False),
    ]
    assert rows[0].what == "มี course outline ตามนี้\n- Introduction to queues\n- Retries"


def test_prose_that_is_about_no_project_is_not_ticked() -> None:
    row = row_of("# Year\n\nThis was a year of small steps.\n")

    assert (row.title, row.reason) == ("This was a year of small steps", str(sections.PROSE))


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Goals for This Year", sections.GOAL),
        ("Technology Stack", sections.TECHNOLOGY),
        ("Books Read", sections.BOOK),
        ("Notes for later", sections.NOTE),
    ],
)
def test_item_below_such_a_heading_is_a_row_not_ticked(heading: str, reason: object) -> None:
    row = row_of(f"# 2025\n\n## {heading}\n\n- Something here\n")

    assert (row.title, row.is_ticked, row.reason) == ("Something here", False, str(reason))


def test_headings_below_goals_are_goals() -> None:
    row = row_of("# 2025\n\n## Goals for This Year\n\n### Community\n\n- Hold two meetups\n")

    assert (row.reason, row.project) == (str(sections.GOAL), "")


def test_technology_list_is_a_row_with_its_parts() -> None:
    row = row_of("# 2025\n\n#### Technology Stack\n\n* Harbor Cloud\n  * Buckets\n  * Queues\n")

    assert (row.title, row.what, row.is_ticked) == ("Harbor Cloud", "- Buckets\n- Queues", False)


def test_nested_items_are_details_with_their_depth() -> None:
    row = row_of("- Retired the fax gateway\n  - in Porto\n    - both floors\n  - in Lyon\n")

    assert row.what == "- in Porto\n  - both floors\n- in Lyon"


def test_nested_pairs_set_fields() -> None:
    row = row_of(
        "- Retired the fax gateway\n  - My role: led\n  - Impact: 40 jams a week → 0 jams\n"
        "  - With: Ines, Tomas\n  - Status: in progress\n  - Date: 2025-02-03\n"
        "  - Project: Fax exit\n  - Category: Operations\n"
    )

    assert (row.role, row.outcome) == ("led", "40 jams a week → 0 jams")
    assert (row.collaborators, row.status) == ("Ines, Tomas", "in_progress")
    assert (row.happened_on, row.project, row.kind) == (
        dt.date(2025, 2, 3),
        "Fax exit",
        "operations",
    )
    assert row.what == ""


def test_pairs_below_as_items_of_their_own_belong_to_the_row_above() -> None:
    row = row_of("- Retired the fax gateway\n- Impact: from 40 jams to 3 jams\n- My role: led\n")

    assert (row.outcome, row.role, row.lines) == ("from 40 jams to 3 jams", "led", (1, 2, 3))


def test_outcome_as_an_item_of_its_own_tells_its_numbers() -> None:
    row = row_of("- Retired the fax gateway\n- Impact: jam time from 40 min to 3 min\n")

    assert [(n.name, n.before, n.after) for n in row.numbers] == [
        ("jam time", Decimal(40), Decimal(3))
    ]


def test_outcome_after_a_dash_is_no_part_of_the_title() -> None:
    row = row_of("- Retired the fax gateway — nobody waits for paper\n")

    assert (row.title, row.outcome) == ("Retired the fax gateway", "nobody waits for paper")


def test_links_are_kept_and_their_words_stay() -> None:
    row = row_of(
        "- Gave [a talk](https://x.test/t){target=_blank} (see [slides](https://x.test/s))\n"
    )

    assert row.title == "Gave a talk (see slides)"
    assert row.links == (Link("https://x.test/t", "a talk"), Link("https://x.test/s", "slides"))


def test_second_sentence_is_a_detail() -> None:
    row = row_of("- Finished the course on queues. See my notes for more.\n")

    assert (row.title, row.what) == ("Finished the course on queues", "See my notes for more.")


@pytest.mark.parametrize("nothing", ["—", "-", "N/A", "TBD", "_none_", "Nothing yet"])
def test_placeholder_is_left_out(nothing: str) -> None:
    reading = read(f"# 2025\n\n## Design\n\n{nothing}\n\n## Talks\n\n- A talk held\n")

    assert [row.title for row in reading.rows] == ["A talk held"]


def test_headings_are_left_out_with_a_reason() -> None:
    reading = read("# 2025\n\n## Talks\n\n- A talk held\n\n## Fax exit\n\n- Retired it\n")

    assert [(part.first, part.text) for part in reading.left_out] == [
        (1, "2025"),
        (3, "Talks"),
        (7, "Fax exit"),
    ]


def test_comment_is_left_out() -> None:
    reading = read("# 2025\n\n<!-- ask Ines\nabout this -->\n\n- Retired the fax gateway\n")

    assert [(part.first, part.last) for part in reading.left_out] == [(1, 1), (3, 4)]
    assert [row.lines for row in reading.rows] == [(6,)]


def test_front_matter_is_left_out() -> None:
    reading = read("---\ntitle: Mine\n---\n\n- Retired the fax gateway\n")

    assert [(part.first, part.last) for part in reading.left_out] == [(1, 3)]
    assert [row.lines for row in reading.rows] == [(5,)]


def test_text_between_two_rules_is_no_front_matter() -> None:
    assert titles("---\n\nRetired the fax gateway\n\n---\n\n- Sold it\n") == [
        "Retired the fax gateway",
        "Sold it",
    ]


def test_task_that_is_still_open_is_not_ticked() -> None:
    rows = read("# 2025\n\n- [ ] Write the guide\n- [x] Retired the gateway\n").rows

    assert [(row.title, row.is_ticked) for row in rows] == [
        ("Write the guide", False),
        ("Retired the gateway", True),
    ]


def test_links_beyond_those_of_an_entry_stay_in_its_details() -> None:
    addresses = [f"https://x.test/{number}" for number in range(MOST_LINKS + 3)]

    row = row_of(f"- Wrote guides\n  - {' '.join(addresses)}\n")

    said = {link.url for link in row.links} | set(row.what.split())
    assert [address for address in addresses if address not in said] == []


def test_code_is_left_out() -> None:
    reading = read("# 2025\n\n```\nfax --off\n```\n\n- Retired the fax gateway\n")

    assert [(part.first, part.last) for part in reading.left_out] == [(1, 1), (3, 5)]


def test_table_gives_a_row_for_each_line() -> None:
    rows = read(
        "| Date | Accomplishment | Impact |\n| --- | --- | --- |\n"
        "| 2025-02-03 | Retired the fax gateway | no more jams |\n| 2025-03-04 | Sold it | |\n"
    ).rows

    assert [(row.title, row.happened_on, row.outcome) for row in rows] == [
        ("Retired the fax gateway", dt.date(2025, 2, 3), "no more jams"),
        ("Sold it", dt.date(2025, 3, 4), ""),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Mentored two juniors", "mentoring"),
        ("Fixed the paper tray", "fixed"),
        ("Interviewed nine people", "hiring"),
        ("Retired the fax gateway", "shipped"),
    ],
)
def test_verb_says_the_kind_where_no_heading_does(title: str, kind: str) -> None:
    assert row_of(f"- {title}\n").kind == kind


def test_document_with_facts_below_its_title_is_no_single_entry() -> None:
    text = (
        "# Brag document\n\nDate: June 2025\n\n## Projects\n\n"
        "- Atlas: Moved it\n- Fax: Retired it\n"
    )

    assert titles(text) == ["Moved it", "Retired it"]


@pytest.mark.parametrize(
    "text", ["> Impact: fewer jams", "> # Retired it", "#\n\nDate: 2025-05-01\n\nRetired it\n"]
)
def test_text_without_words_of_its_own_makes_no_row_without_a_title(text: str) -> None:
    assert [row for row in read(text).rows if not row.title.strip()] == []


@pytest.mark.parametrize(
    "text",
    [
        f"- Retired it\n  - {'word ' * (WHAT // 5 + 1)}\n",
        f"- Retired it\n  - Impact: {'word ' * (OUTCOME // 5 + 1)}\n",
    ],
)
def test_item_longer_than_an_entry_is_left_out(text: str) -> None:
    reading = read(text)

    assert (reading.rows, [part.first for part in reading.left_out]) == ((), [1])


def test_same_words_twice_are_two_rows_with_their_own_keys() -> None:
    rows = read("# 2025\n\n- Held a talk\n- Held a talk\n").rows

    assert len({row.keys for row in rows}) == 2


def test_sentence_that_only_points_at_a_link_names_the_link() -> None:
    row = row_of("- Gave a talk on queues. See the event [here](https://x.test/e).\n")

    assert (row.title, row.what) == ("Gave a talk on queues", "")
    assert row.links == (Link("https://x.test/e", "The event"),)
