from __future__ import annotations

import pytest

from careers.journal.importers import sections
from careers.journal.importers.sections import kind_of, pair_of, role_of, section_of, status_of


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Accomplishments", "shipped"),
        ("Wins This Week", "shipped"),
        ("What I shipped", "shipped"),
        ("Code changes", "shipped"),
        ("Impact", "shipped"),
        ("Design & Documentation", "design"),
        ("Design and Architecture", "design"),
        ("Design docs", "design"),
        ("RFCs", "design"),
        ("Decisions", "decision"),
        ("Collaboration & Mentorship", "mentoring"),
        ("Mentoring and Team Building", "mentoring"),
        ("Helping others", "mentoring"),
        ("Code reviews", "mentoring"),
        ("Company Building", "glue"),
        ("Discussions and planning", "glue"),
        ("Glue work", "glue"),
        ("Interviewing", "hiring"),
        ("Recognition", "recognition"),
        ("Operational Excellence", "operations"),
        ("On-call", "operations"),
        ("Post-mortems", "incident"),
        ("Bug fixes", "fixed"),
        ("Learning and Growth", "learning"),
        ("What you learned", "learning"),
        ("What I Learned in 2025", "learning"),
        ("Outside of Work", "external"),
        ("Blog Posts", "external"),
        ("Meetups & Conferences", "external"),
        ("Stuff that isn't my job", "external"),
        ("WORKSHOPS:", "external"),
        ("✨ Talks ✨", "external"),
    ],
)
def test_heading_says_the_kind(heading: str, kind: str) -> None:
    section = section_of(heading)

    assert section is not None
    assert (section.kind, section.reason, section.is_projects) == (kind, "", False)


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Goals for This Year", sections.GOAL),
        ("Goals for next year", sections.GOAL),
        ("Goal Summary for This Year", sections.GOAL),
        ("Goals & focus areas", sections.GOAL),
        ("What I Want to Do Next", sections.GOAL),
        ("OKRs Q3 2025", sections.GOAL),
        ("Next steps", sections.GOAL),
        ("Technology Stack", sections.TECHNOLOGY),
        ("Tools used", sections.TECHNOLOGY),
        ("Books Read", sections.BOOK),
        ("Books read in 2025", sections.BOOK),
        ("Notes for Later", sections.NOTE),
        ("Real or perceived gaps", sections.NOTE),
    ],
)
def test_heading_says_why_nothing_below_is_ticked(heading: str, reason: object) -> None:
    section = section_of(heading)

    assert section is not None
    assert section.reason == reason


@pytest.mark.parametrize("heading", ["Projects", "Key projects", "Staff Projects", "Projects 2025"])
def test_heading_of_projects(heading: str) -> None:
    section = section_of(heading)

    assert section is not None
    assert section.is_projects


@pytest.mark.parametrize(
    "heading",
    ["Atlas", "Parcel search", "2025", "", "June 2026", "สอนวิชาคลังข้อมูล", "Project Harbor", "!"],
)
def test_heading_that_is_a_name_means_nothing(heading: str) -> None:
    assert section_of(heading) is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Impact: fewer pages", ("outcome", "fewer pages")),
        ("**Impact:** fewer pages", ("outcome", "fewer pages")),
        ("**Impact**: fewer pages", ("outcome", "fewer pages")),
        ("_Impact_: fewer pages", ("outcome", "fewer pages")),
        ("My role: led", ("role", "led")),
        ("Skills demonstrated: writing", ("skills", "writing")),
        ("Date: 2025-03-09", ("date", "2025-03-09")),
        ("Why it mattered: nobody waits", ("outcome", "nobody waits")),
        ("STAKEHOLDERS: Support", ("collaborators", "Support")),
        ("Worked with: Ines", ("collaborators", "Ines")),
        ("Links: a.test", ("links", "a.test")),
        ("Category: Delivery", ("kind", "Delivery")),
        ("Status: in progress", ("status", "in progress")),
        ("Metric: 4 s to 1 s", ("numbers", "4 s to 1 s")),
        ("Project： Atlas", ("project", "Atlas")),
        ("Impact: a: b", ("outcome", "a: b")),
    ],
)
def test_pair_names_its_field(text: str, pair: tuple[str, str]) -> None:
    assert pair_of(text) == pair


@pytest.mark.parametrize(
    "text",
    ["Impact", "Impact:", "Impact:none", "Atlas: moved", "", ":", "http://a.test", "10: 20"],
)
def test_other_line_is_no_pair(text: str) -> None:
    assert pair_of(text) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("led", "led"),
        ("Tech lead", "led"),
        ("I owned it", "led"),
        ("DRI", "led"),
        ("co-led with Ines", "co_led"),
        ("Contributor", "contributed"),
        ("built the parser", "contributed"),
        ("Helped", "supported"),
        ("reviewer", "supported"),
        ("leather", ""),
        ("engineering manager", ""),
        ("", ""),
    ],
)
def test_role_is_read_from_its_words(text: str, role: str) -> None:
    assert role_of(text) == role


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Shipped", "shipped"),
        ("In progress", "in_progress"),
        ("ongoing", "in_progress"),
        ("WIP", "in_progress"),
        ("Cancelled", "dropped"),
        ("abandoned", "dropped"),
        ("", "shipped"),
    ],
)
def test_status_is_read_from_its_words(text: str, status: str) -> None:
    assert status_of(text) == status


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Documentation", "design"),
        ("Delivery", "shipped"),
        ("learning", "learning"),
        ("Mentoring", "mentoring"),
        ("Goals", ""),
        ("Something else", ""),
    ],
)
def test_kind_of_a_category(text: str, kind: str) -> None:
    assert kind_of(text) == kind
