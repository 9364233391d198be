"""The DevOps ladder against S3, the roadmap it comes from, counted there by hand.

Every row of the tables names the heading in S3 under which its statements stand.
"""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from careers.ladders.document import LadderDocument, read_ladder
from careers.ladders.management.commands.load_ladders import BUILTIN
from tests.ladders.canonical import parts

# S3-03 is about wrongly decoded characters of the file; S3-63 … 66 are no part of a ladder.
CITED = [f"S3-{number:02}" for number in range(1, 63) if number != 3]
PAY = re.compile(r"\$\d+K–\$\d+(?:\.\d)?[KM]\+?")

# "Career Ladder Overview" gives the way and most years; "Career Path from Here" those of 6A.
HEADS = {
    "1": ("Level 1", "junior", "0–2", False),
    "2": ("Level 2", "mid", "2–5", False),
    "3": ("Level 3", "senior", "5–8", False),
    "4A": ("Level 4A", "staff", "8–12", False),
    "5A": ("Level 5A", "principal", "12–15+", False),
    "6A": ("Level 6A", "distinguished", "15–20+", False),
    "7A": ("Level 7A", "distinguished", "", True),
    "4B": ("Level 4B", "", "8–12", False),
    "5B": ("Level 5B", "", "12–15+", False),
    "6B": ("Level 6B", "", "15+", False),
    "7B": ("Level 7B", "", "", True),
}
# Level, heading, statement; how many bullets or skill groups, by the dimension they belong to.
CRITERIA = [
    ("1", "Core Responsibilities", "S3-04", {"impact": 5, "leadership": 2}),
    ("1", "Required Skills: Technical", "S3-05", {"technical": 6}),
    ("1", "Required Skills: Soft Skills", "S3-06", {"leadership": 5}),
    ("2", "Core Responsibilities", "S3-14", {"impact": 6, "leadership": 2}),
    ("2", "Required Skills: Technical", "S3-15", {"technical": 6}),
    ("2", "Required Skills: Soft Skills", "S3-16", {"leadership": 5}),
    ("3", "Core Responsibilities", "S3-24", {"impact": 5, "leadership": 3}),
    ("3", "Required Skills: Technical", "S3-25", {"technical": 5}),
    ("3", "Required Skills: Soft Skills", "S3-26", {"leadership": 6}),
    ("4A", "Core Responsibilities", "S3-36", {"impact": 6, "leadership": 2}),
    ("4A", "Required Skills: Technical", "S3-37", {"technical": 4}),
    ("4A", "Required Skills: Soft Skills", "S3-37", {"leadership": 6}),
    ("5A", "Core Responsibilities", "S3-53", {"technical": 3, "impact": 1, "leadership": 2}),
    ("6A", "Level 5A, Career Path from Here: Option 1", "S3-55", {"technical": 1, "impact": 1}),
    ("4B", "Core Responsibilities", "S3-43", {"technical": 1, "people": 3, "business": 4}),
    ("4B", "Required Skills: Technical", "S3-44", {"technical": 5}),
    ("4B", "Required Skills: People Management", "S3-45", {"people": 4}),
    ("4B", "Required Skills: Business Skills", "S3-46", {"business": 5}),
    ("5B", "Core Responsibilities", "S3-56", {"technical": 1, "people": 2, "business": 4}),
    ("6B", "Comparing IC vs Management: Director", "S3-57", {"technical": 1, "people": 2}),
    ("7B", "Level 5B, Career Path from Here", "S3-56", {"people": 1, "business": 3}),
]
# Level, heading, statement, kind; how many.
GUIDANCE = [
    ("1", "Alternative Titles", "S3-02", "title", 3),
    ("1", "Soft Skills: Don't need", "S3-06", "not-yet", 3),
    ("1", "Key Milestones: Month 3", "S3-07", "milestone", 4),
    ("1", "Key Milestones: Month 6", "S3-08", "milestone", 4),
    ("1", "Key Milestones: Month 12", "S3-09", "milestone", 4),
    ("1", "Key Milestones: Month 18-24", "S3-10", "milestone", 4),
    ("1", "Skills to Develop", "S3-11", "skill", 5),
    ("1", "Common Pitfalls", "S3-12", "pitfall", 4),
    ("1", "Total Compensation", "S3-01", "pay", 1),
    ("2", "Alternative Titles", "S3-02", "title", 3),
    ("2", "Key Milestones: Year 1 at this level", "S3-17", "milestone", 5),
    ("2", "Key Milestones: Year 2-3", "S3-18", "milestone", 5),
    ("2", "Key Milestones: Ready for Senior", "S3-19", "milestone", 5),
    ("2", "Skills to Develop", "S3-20", "skill", 5),
    ("2", "Certifications", "S3-20", "certification", 3),
    ("2", "Projects That Stand Out", "S3-21", "pattern", 4),
    ("2", "Common Pitfalls", "S3-22", "pitfall", 4),
    ("2", "Total Compensation", "S3-01", "pay", 1),
    ("3", "Alternative Titles", "S3-02", "title", 3),
    ("3", "Technical: All previous skills, plus", "S3-25", "cumulative", 1),
    ("3", "Key Milestones: Year 1 at Senior", "S3-27", "milestone", 5),
    ("3", "Key Milestones: Years 2-3", "S3-28", "milestone", 5),
    ("3", "Key Milestones: Ready for Staff/Manager", "S3-29", "milestone", 5),
    ("3", "The Career Fork, Path A: Pros", "S3-30", "fork-pro", 5),
    ("3", "The Career Fork, Path A: Cons", "S3-30", "fork-con", 4),
    ("3", "The Career Fork, Path A: Best for", "S3-30", "fork-best-for", 4),
    ("3", "The Career Fork, Path B: Pros", "S3-31", "fork-pro", 5),
    ("3", "The Career Fork, Path B: Cons", "S3-31", "fork-con", 5),
    ("3", "The Career Fork, Path B: Best for", "S3-31", "fork-best-for", 4),
    ("3", "The Career Fork: How to Choose", "S3-32", "fork-experiment", 4),
    ("3", "Strategy for IC Track", "S3-34", "skill", 11),
    ("3", "Strategy for Management Track", "S3-35", "skill", 12),
    ("3", "Total Compensation", "S3-01", "pay", 1),
    ("4A", "Alternative Titles", "S3-02", "title", 3),
    ("4A", "Technical: Everything previous, plus", "S3-37", "cumulative", 1),
    ("4A", "Key Responsibilities: Technical Strategy", "S3-38", "example", 5),
    ("4A", "Key Responsibilities: Critical Problem Solving", "S3-39", "example", 4),
    ("4A", "Key Responsibilities: Multiplying Impact", "S3-40", "example", 4),
    ("4A", "To Principal Engineer: Success rate", "S3-41", "odds", 1),
    ("4A", "Getting Stuck", "S3-42", "stuck", 5),
    ("4A", "Total Compensation", "S3-01", "pay", 1),
    ("4A", "Total Compensation (FAANG)", "S3-36", "pay", 1),
    ("5A", "Impact Level", "S3-54", "example", 3),
    ("5A", "Career Path from Here: Options 2 and 3", "S3-55", "option", 6),
    ("5A", "Total Compensation", "S3-01", "pay", 1),
    ("5A", "Total Compensation (FAANG)", "S3-53", "pay", 1),
    ("6A", "Level 5A, Career Path from Here: Option 1", "S3-55", "odds", 1),
    ("6A", "Career Ladder Overview", "S3-01", "pay", 1),
    ("6A", "Level 5A, Career Path from Here: Option 1", "S3-55", "pay", 2),
    ("4B", "Alternative Titles", "S3-02", "title", 2),
    ("4B", "Technical: You DON'T need to", "S3-44", "not-needed", 3),
    ("4B", "A Week in the Life", "S3-47", "week", 26),
    ("4B", "A Week in the Life: % of time", "S3-48", "time-split", 5),
    ("4B", "Common Challenges: Challenge 1", "S3-49", "challenge", 5),
    ("4B", "Common Challenges: Challenge 2", "S3-50", "challenge", 7),
    ("4B", "Common Challenges: Challenge 3", "S3-51", "challenge", 6),
    ("4B", "Total Compensation", "S3-01", "pay", 1),
    ("4B", "Total Compensation (FAANG)", "S3-43", "pay", 1),
    ("5B", "Total Compensation", "S3-01", "pay", 1),
    ("5B", "Total Compensation (FAANG)", "S3-56", "pay", 1),
    ("6B", "Level 5B, its heading", "S3-56", "cumulative", 1),
    ("6B", "Career Ladder Overview", "S3-01", "pay", 1),
    ("7B", "Level 5B, Career Path from Here", "S3-56", "option", 1),
    ("7B", "Level 5B, Career Path from Here", "S3-56", "pay", 2),
]
# Of the ladder as a whole: heading, statement, kind; how many.
AROUND = [
    ("Comparing IC vs Management at Senior Levels, 10 rows of 2", "S3-57", "comparison", 20),
    ("The Career Fork: You can switch", "S3-33", "lateral", 2),
    ("IC to Management: why 4, prepare 5, how common, success rate, risk", "S3-58", "lateral", 12),
    ("Management to IC: why 4, challenges 3, how 4, how common, rate", "S3-59", "lateral", 13),
    ("For Junior/Mid: focus 4, avoid 3, hacks 4", "S3-60", "strategy", 11),
    ("For Senior: focus 4, avoid 3, hacks 4", "S3-61", "strategy", 11),
    ("For Staff+: focus 4, avoid 3, hacks 4", "S3-62", "strategy", 11),
]
# "Promotion Criteria", the strategy's headings, "To Principal Engineer", "To Senior Manager":
# the months, and how many conditions by statement.
TRANSITIONS = {
    ("1", "2"): ((18, 24), {"S3-13": 12}),
    ("2", "3"): ((), {"S3-23": 12}),
    ("3", "4A"): ((), {"S3-34": 4}),
    ("3", "4B"): ((), {"S3-35": 4}),
    ("4A", "5A"): ((36, 60), {"S3-41": 5}),
    ("4B", "5B"): ((36, 60), {"S3-52": 6}),
    ("5A", "6A"): ((), {}),
    ("5B", "6B"): ((), {}),
    ("6A", "7A"): ((), {}),
    ("6B", "7B"): ((), {}),
}
# The counts that "Key Milestones" asks for, in order; "automated 10 hours" is per week.
MILESTONES = {
    ("1", "Month 3"): ["10+"],
    ("1", "Month 6"): ["1", "5+"],
    ("1", "Month 12"): [],
    ("1", "Months 18–24"): ["2"],
    ("2", "Months 1–12"): ["3+", "50%+", "20+", "10", "1", "2"],
    ("2", "Months 13–36"): ["5+"],
    ("2", "Ready for senior"): [],
    ("3", "Months 1–12"): ["2+", "2+"],
    ("3", "Months 13–36"): ["2+"],
    ("3", "Ready for staff or manager"): [],
}
BANDS = {
    "1": ["$75K–$130K"],
    "2": ["$105K–$180K"],
    "3": ["$145K–$240K"],
    "4A": ["$185K–$320K", "$400K–$550K"],
    "5A": ["$250K–$450K", "$550K–$800K"],
    "6A": ["$340K–$600K+", "$800K–$1.2M+"],
    "7A": [],
    "4B": ["$180K–$300K", "$350K–$450K"],
    "5B": ["$220K–$380K", "$450K–$650K"],
    "6B": ["$280K–$500K"],
    "7B": ["$280K–$500K+", "$650K–$1M+"],
}


@pytest.fixture(scope="module")
def devops() -> LadderDocument:
    return read_ladder((BUILTIN / "devops.yaml").read_bytes())


@pytest.fixture(scope="module")
def cited(devops: LadderDocument) -> set[str]:
    return {source for part in parts(json.loads(devops.canonical)) for source in part["source"]}


def test_devops_is_read_without_problems(devops: LadderDocument) -> None:
    assert devops.slug == "devops"
    assert [track.key for track in devops.tracks] == ["ic", "management"]
    assert len(devops.criteria) == 118


def test_devops_has_the_levels_of_its_source(devops: LadderDocument) -> None:
    heads = {
        level.code: (level.label, level.rank, level.years, level.terminal)
        for level in devops.levels
    }

    assert heads == HEADS
    assert all(level.scope for level in devops.levels)


def test_devops_has_one_beginning_for_both_tracks(devops: LadderDocument) -> None:
    codes = {track.key: [level.code for level in track.levels] for track in devops.tracks}
    onward = [part.to_code for part in devops.transitions if part.from_code == "3"]

    assert codes["ic"] == ["1", "2", "3", "4A", "5A", "6A", "7A"]
    assert codes["management"] == ["4B", "5B", "6B", "7B"]
    assert onward == ["4A", "4B"]


def test_devops_has_the_criteria_of_its_source(devops: LadderDocument) -> None:
    counted = Counter(
        (level.code, source, criterion.dimension)
        for level in devops.levels
        for criterion in level.criteria
        for source in criterion.source
    )

    wanted: Counter[tuple[str, str, str]] = Counter()
    for code, _heading, source, counts in CRITERIA:
        wanted.update({(code, source, dimension): n for dimension, n in counts.items()})
    assert counted == wanted


def test_devops_has_the_guidance_of_its_source(devops: LadderDocument) -> None:
    counted = Counter(
        (level.code, source, part.kind)
        for level in devops.levels
        for part in level.guidance
        for source in part.source
    )

    wanted: Counter[tuple[str, str, str]] = Counter()
    for code, _heading, source, kind, count in GUIDANCE:
        wanted[code, source, kind] += count
    assert counted == wanted


def test_devops_has_the_comparison_the_moves_and_the_strategies_of_its_source(
    devops: LadderDocument,
) -> None:
    counted = Counter((part.source, part.kind) for part in devops.guidance)

    assert counted == {((source,), kind): count for _heading, source, kind, count in AROUND}


def test_devops_has_the_transitions_of_its_source(devops: LadderDocument) -> None:
    counted = {
        (part.from_code, part.to_code): (
            part.months,
            dict(Counter(source for one in part.conditions for source in one.source)),
        )
        for part in devops.transitions
    }

    assert counted == TRANSITIONS
    assert not any(part.open_ended for part in devops.transitions)


def test_devops_keeps_the_numbers_of_the_milestones(devops: LadderDocument) -> None:
    numbers: dict[tuple[str, str], list[str]] = {}
    for level in devops.levels:
        for part in level.guidance:
            if part.kind == "milestone":
                found = re.findall(r"\d+%?\+?", part.text)
                numbers.setdefault((level.code, part.title), []).extend(found)

    assert numbers == MILESTONES


def test_devops_keeps_the_pay_of_its_source(devops: LadderDocument) -> None:
    bands = {
        level.code: [
            band for part in level.guidance if part.kind == "pay" for band in PAY.findall(part.text)
        ]
        for level in devops.levels
    }

    assert bands == BANDS


def test_devops_asks_for_no_pay(devops: LadderDocument) -> None:
    asked = [criterion.text for criterion in devops.criteria]
    asked += [one.text for part in devops.transitions for one in part.conditions]

    assert [text for text in asked if PAY.search(text)] == []


def test_devops_pairs_each_reason_for_being_stuck_with_a_fix(devops: LadderDocument) -> None:
    stuck = [part for level in devops.levels for part in level.guidance if part.kind == "stuck"]

    numbers = [re.findall(r"\d+[+%]?|\d+–\d+", part.title + part.text) for part in stuck]
    assert numbers == [["80%"], ["1", "2", "100+"], [], ["5+"], []]
    assert len({part.title for part in stuck}) == len(stuck)


def test_devops_keys_begin_with_their_level(devops: LadderDocument) -> None:
    strange = [
        criterion.key
        for level in devops.levels
        for criterion in level.criteria
        if not criterion.key.startswith(f"{level.code.lower()}-")
    ]

    assert strange == []


def test_devops_gives_each_criterion_three_to_eight_keywords(devops: LadderDocument) -> None:
    wrong = [part.key for part in devops.criteria if not 3 <= len(part.keywords) <= 8]

    assert wrong == []


def test_devops_leaves_optional_only_what_is_shown_in_public(devops: LadderDocument) -> None:
    optional = [criterion.key for criterion in devops.criteria if not criterion.required]

    assert optional == ["5a-represents-company", "6a-industry-recognition"]


def test_devops_does_not_ask_mentoring_to_be_measured(devops: LadderDocument) -> None:
    mentoring = {part.key: part.lamps for part in devops.criteria if "mentor" in part.key}

    assert len(mentoring) == 4
    assert [key for key, lamps in mentoring.items() if lamps is None or "measured" in lamps] == []


@pytest.mark.parametrize("statement", CITED)
def test_devops_cites_the_statement(cited: set[str], statement: str) -> None:
    assert statement in cited


def test_devops_cites_nothing_but_its_source(cited: set[str]) -> None:
    assert cited == {*CITED}
