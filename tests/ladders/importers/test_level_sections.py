from __future__ import annotations

from careers.ladders.document import ConditionPart, GuidancePart, TransitionPart
from tests.ladders.importers.reading import criteria, keys, read

GROUPS = """\
# Career ladder

Who may do what.

## Bakers' Track

### B1: Junior baker (0-2 years experience)

**Scope:** Bakes what is *ordered*

**Dough:**
- Weighs flour
- Kneads, with help
  from others

**Typical Projects:**
- A loaf

**Promotion to B2:**
- 12-18 months at B1
- Bakes alone

---

### B2+: Senior baker

**Years of Experience:** 5+ years
**Compensation:** 9 pence
**Also called:** Master

**Ovens:**
- **Heat:** Reads the fire

**Kinds:**
  - Not a kind of anything

**Terminal level:** B2+ is where it ends

## Managers' Track

### M1: Bakery manager

**People:**
- Hires

**Promotion to owner:**
- Buys the bakery

## Appendix

**Ovens:**
- Are hot
"""


def test_bold_lines_begin_dimensions_and_known_fields_are_told_apart() -> None:
    document = read(GROUPS, name="a.md")

    junior, senior, manager = document.levels
    assert criteria(document) == [
        ("B1", "dough", "Weighs flour"),
        ("B1", "dough", "Kneads, with help from others"),
        ("B2", "ovens", "Heat: Reads the fire"),
        ("B2", "kinds", "Not a kind of anything"),
        ("M1", "people", "Hires"),
    ]
    assert (junior.title, junior.years, junior.scope) == (
        "Junior baker",
        "0–2",
        "Bakes what is ordered",
    )
    assert junior.guidance == (GuidancePart(kind="project", text="A loaf"),)
    assert (senior.label, senior.years, senior.terminal) == ("B2+", "5+", True)
    assert senior.guidance == (
        GuidancePart(kind="pay", text="9 pence"),
        GuidancePart(kind="also-called", text="Master"),
    )
    assert manager.guidance == (GuidancePart(kind="path", title="owner", text="Buys the bakery"),)


def test_what_a_promotion_asks_becomes_a_transition() -> None:
    assert read(GROUPS, name="a.md").transitions == (
        TransitionPart(
            from_code="B1",
            to_code="B2",
            months=(12, 18),
            conditions=(ConditionPart(text="Bakes alone"),),
        ),
    )


def test_what_is_asked_under_two_headings_is_asked_for_one_step() -> None:
    text = """\
        ## L1: Junior

        **Craft:**
        - Writes

        **Promotion criteria:**
        - Is trusted

        **Promotion to L2:**
        - 12-18 months at L1
        - Works alone

        ## L2: Senior

        **Craft:**
        - Designs
        """

    assert read(text, name="a.md").transitions == (
        TransitionPart(
            from_code="L1",
            to_code="L2",
            months=(12, 18),
            conditions=(ConditionPart(text="Is trusted"), ConditionPart(text="Works alone")),
        ),
    )


def test_link_to_the_top_of_the_page_says_nothing_of_a_level() -> None:
    text = """\
        ## L1: Junior
        - Writes

        **[⬆ Back to top](#ladder)**

        ## L2: Senior
        - Designs

        [Up](#ladder)
        """

    document = read(text, name="a.md")

    assert [part.text for part in document.criteria] == ["Writes", "Designs"]
    assert [level.scope for level in document.levels] == ["", ""]


def test_list_written_as_code_is_read_and_what_is_crossed_out_is_no_criterion() -> None:
    text = """\
        ## L1: Junior

        ### Duties

        ```markdown
        Daily work:
        - Bakes
        ☐ Cleans
        ❌ Smokes

        Scope:
        - One oven
        ```

        ### Skills

        ```yaml
        Dough:
          - Kneads
          ❌ Spits
        ```

        ```mermaid
        graph TB
          A[x] --> B
        ```
        """

    document = read(text, name="a.md")

    assert criteria(document) == [
        ("L1", "duties", "Bakes"),
        ("L1", "duties", "Cleans"),
        ("L1", "skills", "Dough: Kneads"),
    ]
    assert document.levels[0].scope == "One oven"
    assert document.levels[0].guidance == (
        GuidancePart(kind="pitfall", text="Smokes"),
        GuidancePart(kind="pitfall", title="Dough", text="Spits"),
    )


def test_prose_and_nested_items_below_a_dimension_are_criteria() -> None:
    text = """\
        ## L1: Junior

        ### Craft

        Writes [code](https://example.com/).

        - Owns:
          - tasks
          - bugs
        - Reads
          - books
        """

    assert [part[2] for part in criteria(read(text, name="a.md"))] == [
        "Writes code.",
        "Owns: tasks",
        "Owns: bugs",
        "Reads\n- books",
    ]


def test_field_named_as_a_group_of_another_level_is_of_that_dimension() -> None:
    text = """\
        ## L1: Junior

        **Craft**

        - Writes

        ## L2: Senior

        **Craft**: Designs
        """

    document = read(text, name="a.md")

    assert criteria(document) == [("L1", "craft", "Writes"), ("L2", "craft", "Designs")]
    assert keys(document)["Designs"] == "l2-craft"


def test_table_of_two_columns_below_a_level_is_dimension_and_text() -> None:
    text = (
        "## L1: Junior\n\n| Area | Expected |\n|---|---|\n| Craft | Writes |\n| People | Asks |\n"
    )

    assert criteria(read(text, name="a.md")) == [
        ("L1", "craft", "Writes"),
        ("L1", "people", "Asks"),
    ]


def test_further_column_of_a_table_below_a_level_is_what_its_name_says() -> None:
    text = """\
        ## L1: Junior

        | Area | Expected | Example |
        |---|---|---|
        | Craft | Writes | A queue |
        | | Tests | |
        | Pay | 9 pence | |
        """

    document = read(text, name="a.md")

    assert criteria(document) == [("L1", "craft", "Writes"), ("L1", "craft", "Tests")]
    assert document.levels[0].guidance == (
        GuidancePart(kind="example", title="Craft", text="A queue"),
        GuidancePart(kind="pay", text="9 pence"),
    )


def test_experience_without_a_number_is_expected() -> None:
    text = """\
        ## L1

        **Title:** Junior baker

        **Experience:** 2-3 years

        ### Experience
        - Has baked
        - Has sold
        """

    document = read(text, name="a.md")

    assert criteria(document) == [
        ("L1", "experience", "Has baked"),
        ("L1", "experience", "Has sold"),
    ]
    assert [(level.title, level.years) for level in document.levels] == [("Junior baker", "2–3")]


def test_longer_name_of_a_group_stays_as_the_title_of_its_advice() -> None:
    text = """\
        ## L1: Junior

        ### Craft
        - Writes

        **Option 1: Baker of all bakers**
        - Ask for the oven

        **Common pitfalls:**
        - Burns
        """

    assert read(text, name="a.md").levels[0].guidance == (
        GuidancePart(kind="option", title="Option 1: Baker of all bakers", text="Ask for the oven"),
        GuidancePart(kind="pitfall", text="Burns"),
    )


def test_bold_items_that_nothing_follows_are_what_is_expected() -> None:
    text = """\
        ## E1 - Engineer

        - **Writes tests**
        - **Asks early**

        ## E2 - Senior

        - **Writes tests**
        - **Leads:** projects
        """

    assert criteria(read(text, name="a.md")) == [
        ("E1", "expectations", "Writes tests"),
        ("E1", "expectations", "Asks early"),
        ("E2", "expectations", "Writes tests"),
        ("E2", "expectations", "Leads: projects"),
    ]


def test_time_that_cannot_be_meant_is_a_condition() -> None:
    text = """\
        ## L1: Junior

        **Craft:**
        - Tests

        **Promotion to L2:**
        - 60-99 years

        ## L2: Senior

        **Craft:**
        - Designs
        """

    [transition] = read(text, name="a.md").transitions

    assert transition == TransitionPart(
        from_code="L1", to_code="L2", conditions=(ConditionPart(text="60-99 years"),)
    )


def test_dimensions_without_a_heading_have_a_name() -> None:
    text = "## L1: x\n|L1|L2|\n# ## L1: x\n## L1: x\n"

    assert criteria(read(text, name="a.md")) == [("L1", "expectations", "|L1|L2|")]
