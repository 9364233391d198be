from __future__ import annotations

import pytest

from tests.ladders.importers.reading import criteria, keys, read, refusal

AXES = """\
# Baker

Role of somebody who bakes.

| Level | Position |
| :---: | :---: |
| 1 | [B1 - Baker 1](#b1) |

## B1 - Baker 1

<picture>
  <img alt="Baker 1" src="/charts/baker-1.png">
</picture>

* **Adopts**: learns the recipes of the house
* **Enhances**: makes a bread better
* **Learns**: learns from others
* **Follows**: follows the order of the day
* **Subsystem**: makes an impact on one oven

## B2 - Baker 2

![Baker 2](/charts/baker-2.png)

* **Adopts**: learns the recipes of the house
* **Kneads**: makes a dough
* **Supports**: helps others
* **Enforces**: explains the order of the day
* **Multiple Teams**: makes an impact on all ovens

# Other Pages

* [**Introduction**](README.md)
* [**Seller**](Seller.md)
"""


def test_order_of_five_bullets_says_the_axis_whatever_their_words() -> None:
    document = read(AXES, name="Baker.md")

    assert (document.slug, document.name, document.summary) == (
        "baker",
        "Baker",
        "Role of somebody who bakes.",
    )
    assert [part.name for part in document.dimensions] == [
        "Technology",
        "System",
        "People",
        "Process",
        "Influence",
    ]
    assert [(level.code, level.title, len(level.criteria)) for level in document.levels] == [
        ("B1", "Baker 1", 5),
        ("B2", "Baker 2", 5),
    ]
    assert criteria(document)[6] == ("B2", "system", "Kneads: makes a dough")


def test_same_words_in_two_levels_are_two_criteria_known_by_their_axis() -> None:
    document = read(AXES, name="Baker.md")
    reworded = read(AXES.replace("makes a dough", "makes every dough"), name="Baker.md")

    assert [part.key for part in document.criteria] == [part.key for part in reworded.criteria]
    assert [part.key for part in document.criteria][:6:5] == ["b1-technology", "b2-technology"]


def test_axes_are_known_without_bold_words_and_in_another_script() -> None:
    text = """\
        # 職人

        ## TL4 - 職人 4

        * Specializes: 技術
        * Owns: 窯
        * Coordinates: 人
        * Adjusts: 順序
        * Subsystem: 影響
        """

    document = read(text, name="Artisan.md")

    assert (document.slug, document.name) == ("artisan", "職人")
    assert criteria(document)[1] == ("TL4", "system", "Owns: 窯")


def test_headings_above_the_levels_are_tracks() -> None:
    text = """\
        # Ladder
        ## Bakers' Track
        ### B1: Baker
        - Bakes
        ### B2+: Senior baker
        - Bakes more
        ## Managers' Track
        ### M1: Bakery manager
        - Hires
        ## Appendix
        - Nothing
        """

    document = read(text, name="a.md")

    assert [(track.name, [level.code for level in track.levels]) for track in document.tracks] == [
        ("Bakers' Track", ["B1", "B2"]),
        ("Managers' Track", ["M1"]),
    ]


BY_DIMENSION = """\
# Ladder

## Craft

### Junior

- Kneads
- Bakes

### Senior

Invents *bread*.

## People

### Junior

- Asks

### Senior

- Tells
"""


def test_headings_above_the_same_levels_again_and_again_are_dimensions() -> None:
    document = read(BY_DIMENSION, name="a.md")

    assert criteria(document) == [
        ("junior", "craft", "Kneads"),
        ("junior", "craft", "Bakes"),
        ("junior", "people", "Asks"),
        ("senior", "craft", "Invents bread."),
        ("senior", "people", "Tells"),
    ]
    assert [level.scope for level in document.levels] == ["", ""]
    assert keys(document)["Tells"] == "senior-people"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## People", "## People track"),
        ("## People", "## Managers"),
        ("- Asks", "#### Words\n\n- Asks"),
        ("### Senior\n\n- Tells", "### Staff\n\n- Tells"),
    ],
)
def test_headings_above_levels_of_their_own_are_tracks(old: str, new: str) -> None:
    document = read(BY_DIMENSION.replace(old, new), name="a.md")

    assert [len(track.levels) for track in document.tracks] == [2, 2]


def test_track_in_brackets_holds_for_the_letter_of_the_code() -> None:
    text = """\
        ## Level 1: Baker
        ### Duties
        - a
        ## Level 2A: Senior baker (IC Track)
        ### Duties
        - b
        ## Level 2B: Manager (Management Track)
        ### Duties
        - c
        ## Level 3A: Staff baker
        ### Duties
        - d
        """

    document = read(text, name="bakers.md")

    assert [(track.key, [level.code for level in track.levels]) for track in document.tracks] == [
        ("ic", ["1", "2A", "3A"]),
        ("management", ["2B"]),
    ]


def test_levels_without_codes_are_headings_with_a_word_for_a_level() -> None:
    text = """\
        # Our engineering ladder

        ## How we use it

        - not a criterion

        ## Junior engineer

        Does tasks.

        - **Craft**: writes
        - **People**: asks

        ## Senior engineer

        - **Craft**: designs
        - **People**: mentors
        """

    document = read(text, name="a.md")

    assert criteria(document) == [
        ("junior-engineer", "craft", "writes"),
        ("junior-engineer", "people", "asks"),
        ("senior-engineer", "craft", "designs"),
        ("senior-engineer", "people", "mentors"),
    ]
    assert [(level.label, level.rank, level.scope) for level in document.levels] == [
        ("JE", "junior", "Does tasks."),
        ("SE", "senior", ""),
    ]
    assert keys(document)["designs"] == "senior-engineer-craft"


def test_tables_are_read_where_no_heading_is_a_level() -> None:
    text = """\
        # Matrix

        ## Technical

        | Competency | Junior (L1-L2) | Staff+ (L7+) |
        |---|---|---|
        | **Coding** | Basic<br>loops | `Hard` things |

        ## Other

        | Competency | Junior (L1-L2) | Staff+ (L7+) |
        |---|---|---|
        | Design | - | Systems |
        """

    document = read(text, name="a.md")

    assert [(level.code, level.label, level.title) for level in document.levels] == [
        ("L1", "L1-L2", "Junior"),
        ("L7", "L7+", "Staff+"),
    ]
    assert criteria(document) == [
        ("L1", "coding", "Basic\nloops"),
        ("L7", "coding", "Hard things"),
        ("L7", "design", "Systems"),
    ]


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ('---\ntitle: "Our ladder"\ntags:\n- bread\n  - x\nslug: /eng\n---\n', "Our ladder"),
        ("---\nlayout: page\n---\n", "Bakers"),
        ("---\n", "Bakers"),
        ("---\n" + "title: x\n" * 40, "Bakers"),
    ],
)
def test_what_a_site_keeps_above_a_page_is_no_part_of_it(above: str, name: str) -> None:
    document = read(f"{above}\n# Bakers\n\nWho bakes.\n\n## L1\n- a\n\n---\n", name="a.md")

    assert (document.name, document.summary) == (name, "Who bakes.")
    assert criteria(document) == [("L1", "expectations", "a")]


def test_lines_are_counted_from_what_a_site_keeps_above_a_page() -> None:
    text = "---\ntitle: x\n---\n## L1\n- a\n## L1\n- b\n"

    assert refusal(text, name="a.md") == ["line 6: “L1” is there already, on line 4."]


@pytest.mark.parametrize("levels", ["L1 | L2", "Baker developer | Senior baker"])
def test_table_of_levels_alone_is_of_the_dimension_above_it(levels: str) -> None:
    text = f"""\
        # Ladder

        ## Craft

        | {levels} |
        |---|---|
        | Kneads | Invents |

        ## People

        | {levels} |
        |---|---|
        | Asks | Tells |
        """

    document = read(text, name="a.md")

    assert [(part.dimension, part.text) for part in document.criteria] == [
        ("craft", "Kneads"),
        ("people", "Asks"),
        ("craft", "Invents"),
        ("people", "Tells"),
    ]
    assert len(document.levels) == 2


def test_table_may_begin_with_what_all_its_levels_are() -> None:
    text = "| Developer | L1 | L2 |\n|---|---|---|\n| Craft | Kneads | Invents |\n"

    assert criteria(read(text, name="a.md")) == [
        ("L1", "craft", "Kneads"),
        ("L2", "craft", "Invents"),
    ]


def test_markdown_of_a_listing_is_read() -> None:
    text = "| Level | Dimension | Criterion |\n|---|---|---|\n| L1 | Craft | Writes |\n"

    assert criteria(read(text, name="ladder.md")) == [("L1", "craft", "Writes")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Just words.\n", ["line 1: No level of a ladder was found in it."]),
        (
            "# Ladder\n\n## L1: Junior\n\nProse.\n\n## L2: Senior\n",
            ["line 3: No criterion was found for any level."],
        ),
        (
            "## L1: Junior\n- a\n\n## L1: Senior\n- b\n",
            ["line 4: “L1” is there already, on line 1."],
        ),
        (
            f"## L1: Junior\n- a\n- {'b' * 2_001}\n",
            [f"line 3, {'b' * 40}: At most 2000 characters are possible."],
        ),
        (
            f"# {'x' * 161}\n## L1: {'y' * 200}\n- a\n",
            [
                "line 1, name: At most 160 characters are possible.",
                f"line 2, {'y' * 40}: At most 160 characters are possible.",
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_by_line(text: str, sentences: list[str]) -> None:
    assert refusal(text, name="ladder.md") == sentences


def test_text_of_more_lines_than_a_ladder_has_is_refused() -> None:
    text = "## L1: Junior\n- a\n"

    assert len(read(text + "\n" * 19_998, name="ladder.md").criteria) == 1
    said = refusal(text + "\n" * 19_999, name="ladder.md")
    assert said == ["line 20001: There are more than 20000 lines."]


def test_heading_of_the_bare_word_that_the_others_end_in_is_a_level() -> None:
    text = """\
        # Titles

        ## Philosophy

        - Not a level

        ## Junior Baker of Developer Bread

        - Weighs

        ## Baker of Developer Bread

        - Bakes

        ## Senior Baker of Developer Bread

        - Teaches
        """.replace("Baker of Developer Bread", "programmer")

    assert [(level.title, len(level.criteria)) for level in read(text, name="a.md").levels] == [
        ("Junior programmer", 1),
        ("programmer", 1),
        ("Senior programmer", 1),
    ]


HTML = """\
# Bakers

<table class="data">
  <tbody>
    <tr><td>Dough</td><td>Engineer 1</td><td>Senior engineer</td></tr>
    <tr>
      <td>Kneading</td>
      <td>
        <ul>
          <li>Kneads &lt;by hand&gt; | with *care*.</li>

          <li>Rests the
              dough.</li>
        </ul>
      </td>
      <td>&nbsp;</td>
    </tr>
    <tr><td>Baking</td><td>Bakes<br>alone<td><p>Teaches</p>
  </tbody>
</table>
"""


def test_table_in_html_is_read_as_one_of_pipes() -> None:
    assert criteria(read(HTML, name="a.md")) == [
        ("engineer-1", "kneading", "Kneads <by hand> | with *care*."),
        ("engineer-1", "kneading", "Rests the dough."),
        ("engineer-1", "baking", "Bakes\nalone"),
        ("senior-engineer", "baking", "Teaches"),
    ]


def test_table_in_html_may_number_its_levels_below_one_another() -> None:
    rows = [("Level/Skill", "Dough", "Ovens"), ("1", "Kneads", ""), ("2", "Rests", "Heats")]
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    text = "<TABLE>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</TABLE>\n"

    assert criteria(read(text, name="a.md")) == [
        ("1", "dough", "Kneads"),
        ("2", "dough", "Rests"),
        ("2", "ovens", "Heats"),
    ]


@pytest.mark.parametrize(
    "text",
    ["<table></table>", "<table><tr></tr></table>", "<table>" * 300, "<table><td>L1</table>"],
)
def test_table_in_html_that_holds_nothing_is_refused(text: str) -> None:
    assert refusal(f"# A\n\n{text}\n", name="a.md") == [
        "line 1: No level of a ladder was found in it."
    ]


def test_line_of_what_follows_a_table_in_html_stays() -> None:
    text = HTML + "\n## L1: Engineer\n\n- Bakes\n\n## L1: Again\n\n- Bakes\n"

    assert refusal(text, name="a.md") == ["line 26: “L1” is there already, on line 22."]


def test_cell_in_html_that_spans_others_stands_in_each() -> None:
    text = """\
        <div><table>
          <tr><th>Area</th><th>Skill</th><th>L1</th><th>L2</th></tr>
          <tr><td rowspan="2">Dough</td><td>Rye</td><td>weighs</td><td>teaches</td></tr>
          <tr><td>Wheat</td><td colspan=2>kneads</td></tr>
          <tr><td>Ovens</td><td rowspan="x">Gas</td><td colspan="99999999">heats</td></tr>
        </table></div>
        """

    assert criteria(read(text, name="a.md")) == [
        ("L1", "dough", "Rye: weighs"),
        ("L1", "dough", "Wheat: kneads"),
        ("L1", "ovens", "Gas: heats"),
        ("L2", "dough", "Rye: teaches"),
        ("L2", "dough", "Wheat: kneads"),
    ]


def test_words_about_tables_in_html_swallow_nothing() -> None:
    text = """\
        Once a `<table>`.

        ## L1: Apprentice

        - Weighs

        ```
        <table><tr><td>no</td></tr></table>
        ```

        ## L2: Baker

        - Bakes

        It ends with `</table>`.
        """

    assert criteria(read(text, name="a.md")) == [
        ("L1", "expectations", "Weighs"),
        ("L2", "expectations", "Bakes"),
    ]


def test_two_tables_in_html_without_a_line_between_are_two() -> None:
    table = "<table><tr><td>{}</td><td>L1</td></tr><tr><td>{}</td><td>{}</td></tr></table>\n"
    text = (
        "# A\n\n" + table.format("Skill", "Rye", "Weighs") + table.format("Skill", "Oat", "Sorts")
    )

    assert criteria(read(text + "\nAnd more.\n", name="a.md")) == [
        ("L1", "rye", "Weighs"),
        ("L1", "oat", "Sorts"),
    ]


def test_bare_word_among_levels_with_codes_is_no_level() -> None:
    headings = ["L1: Junior baker", "L2: Senior baker", "Baker"]
    text = "\n".join(f"## {heading}\n\n- Bakes\n" for heading in headings)

    assert [level.code for level in read(text, name="a.md").levels] == ["L1", "L2"]
