from __future__ import annotations

import pytest

from careers.ladders.document import GuidancePart
from careers.ladders.importers import read_document
from careers.ladders.importers.rows import MOST_COLUMNS
from tests.ladders.importers.reading import criteria, keys, read, refusal

LISTING = """\
Level,Dimension,Criterion
L1,Craft,Writes tests
L1,People,Asks early
L2,Craft,"Designs, and says why"
"""
EXPECTED = [
    ("L1", "craft", "Writes tests"),
    ("L1", "people", "Asks early"),
    ("L2", "craft", "Designs, and says why"),
]


def test_row_for_each_criterion_is_read() -> None:
    document = read(LISTING, name="our_ladder.csv")

    assert (document.slug, document.name) == ("our-ladder", "Our ladder")
    assert criteria(document) == EXPECTED


SEMICOLONS = """\
sep=;
level;dimension;criterion
L1;Craft;Writes tests
L1;People;Asks early
L2;Craft;Designs, and says why
"""
OTHER_ORDER = """\
text;theme;grade
Writes tests;Craft;L1
Asks early;People;L1
Designs, and says why;Craft;L2
"""
MERGED = """\
level,dimension,criterion
L1,Craft,Writes tests
,People,Asks early

L2,Craft,"Designs, and says why"
,,
"""


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + LISTING,
        LISTING.replace("Level,Dimension,Criterion", "LEVEL , competency,Expectations*"),
        LISTING.replace("\n", "\r\n"),
        SEMICOLONS,
        SEMICOLONS.removeprefix("sep=;\n").replace(";", "\t"),
        OTHER_ORDER,
        MERGED,
    ],
    ids=["bom", "case", "crlf", "semicolon", "tab", "order", "merged"],
)
def test_however_it_is_written_the_same_is_read(text: str) -> None:
    assert criteria(read(text, name="ladder.csv")) == EXPECTED


def test_utf_16_with_its_mark_is_read() -> None:
    document = read_document(LISTING.encode("utf-16"), name="ladder.csv")

    assert criteria(document) == EXPECTED


def test_quoted_line_ends_are_part_of_the_text() -> None:
    text = 'level,criterion\nL1,"Writes\r\ntests"\n'

    assert criteria(read(text, name="a.csv")) == [("L1", "expectations", "Writes\ntests")]


def test_further_columns_are_used() -> None:
    text = (
        "code,title,rank,years,scope,dimension,criterion,id,required,keywords,examples\n"
        'L1,Beginner,junior,0-2 years,Tasks,Craft,Tests,c-1,no,"tests, code",A unit test\n'
    )

    level = read(text, name="a.csv").levels[0]
    (criterion,) = level.criteria

    assert (level.title, level.rank, level.years, level.scope) == (
        "Beginner",
        "junior",
        "0–2",
        "Tasks",
    )
    assert (criterion.key, criterion.required, criterion.keywords) == (
        "c-1",
        False,
        ("tests", "code"),
    )
    assert level.guidance == (GuidancePart(kind="example", title="Tests", text="A unit test"),)


def test_15five_has_paths_titles_competencies_and_skills() -> None:
    text = """\
        Path,Job title,Key behavior,Competency,Skill
        Sales,Sales Rep,You research,Prospecting,Research
        Sales,Sales Rep,You call,,
        Sales,Account Executive,You close,Closing,
        """

    document = read(text, name="15five.csv")

    assert (document.slug, [track.name for track in document.tracks]) == ("sales", ["Sales"])
    assert criteria(document) == [
        ("sales-rep", "prospecting", "Research: You research"),
        ("sales-rep", "expectations", "You call"),
        ("account-executive", "closing", "You close"),
    ]
    assert [level.label for level in document.levels] == ["SR", "AE"]


def test_same_title_in_two_paths_is_two_levels() -> None:
    text = """\
        Path,Job title,Key behavior
        Backend,Senior,Serves
        Frontend,Senior,Shows
        """

    document = read(text, name="paths.csv")

    assert [level.code for level in document.levels] == ["senior-backend", "senior-frontend"]
    assert [track.key for track in document.tracks] == ["backend", "frontend"]


MATRIX = """\
Engineering ladder,,
Competency,Junior,Senior
Craft,Writes tests,"- Designs
- Decides
  alone"
People,,Mentors
Scope,Tasks,Systems
"""


def test_column_for_each_level_is_read_with_the_line_above_as_name() -> None:
    document = read(MATRIX, name="a.csv")

    assert (document.slug, document.name) == ("engineering-ladder", "Engineering ladder")
    assert criteria(document) == [
        ("junior", "craft", "Writes tests"),
        ("senior", "craft", "Designs"),
        ("senior", "craft", "Decides alone"),
        ("senior", "people", "Mentors"),
    ]
    assert [level.scope for level in document.levels] == ["Tasks", "Systems"]


def test_row_for_each_level_is_read_too() -> None:
    text = "Level,Craft,People\nL1 - Junior,Tests,Asks\nL2 - Senior,Designs,Mentors\n"

    assert criteria(read(text, name="a.csv")) == [
        ("L1", "craft", "Tests"),
        ("L1", "people", "Asks"),
        ("L2", "craft", "Designs"),
        ("L2", "people", "Mentors"),
    ]


def test_category_before_the_competency_is_the_dimension() -> None:
    text = "Category,Competency,Notes,L1,L2\nCraft,Code,x,Reads,Writes\n,Design,y,Asks,Answers\n"

    assert criteria(read(text, name="a.csv")) == [
        ("L1", "craft", "Code: Reads"),
        ("L1", "craft", "Design: Asks"),
        ("L2", "craft", "Code: Writes"),
        ("L2", "craft", "Design: Answers"),
    ]


def test_row_that_is_no_expectation_says_what_else_its_name_says() -> None:
    text = """\
        Area,L1,L2
        Title,Baker,Senior baker
        Years,0-2 years,3+
        Overview,Bakes,"- Bakes more
        - Sells"
        Craft,Kneads,Invents
        Typical projects,A loaf,
        Salary,9 pence,10 pence
        """

    document = read(text, name="a.csv")

    assert criteria(document) == [("L1", "craft", "Kneads"), ("L2", "craft", "Invents")]
    assert [
        (level.title, level.rank, level.years, level.scope, level.guidance)
        for level in document.levels
    ] == [
        (
            "Baker",
            "",
            "0–2",
            "Bakes",
            (GuidancePart(kind="project", text="A loaf"), GuidancePart(kind="pay", text="9 pence")),
        ),
        (
            "Senior baker",
            "senior",
            "3+",
            "Bakes more\nSells",
            (GuidancePart(kind="pay", text="10 pence"),),
        ),
    ]


def test_column_that_is_no_expectation_says_what_else_its_name_says() -> None:
    text = """\
        Level,Title,Description,Craft,Notes,Experience
        L1,Baker,Bakes,Kneads,x,0-2
        L2,,,Rolls,,3
        """

    document = read(text, name="a.csv")

    assert criteria(document) == [("L1", "craft", "Kneads"), ("L2", "craft", "Rolls")]
    assert [(level.title, level.scope, level.years) for level in document.levels] == [
        ("Baker", "Bakes", "0–2"),
        ("L2", "", "3"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Area,L1,L2\nCraft,,b\nPeople,c,d\nMoney,e,f\n",
        "Level,Craft,People,Money\nL1,,c,e\nL2,b,d,f\n",
        "Level,Area,Text\nL1,Craft,a\nL2,People,d\nL1,Money,e\nL2,Money,f\n",
    ],
)
def test_dimensions_stand_in_the_order_of_the_table(text: str) -> None:
    (track,) = read(text, name="a.csv").tracks

    assert [dimension.name for dimension in track.dimensions] == ["Craft", "People", "Money"]


def test_merged_cells_above_the_levels_are_tracks() -> None:
    text = "Our ladder,,,\n,IC Track,,Manager Track\nArea,L3,L4,L4\nCraft,Bakes,Invents,Knows\n"

    document = read(text, name="a.csv")

    assert document.name == "Our ladder"
    assert [(track.name, [level.label for level in track.levels]) for track in document.tracks] == [
        ("IC Track", ["L3", "L4"]),
        ("Manager Track", ["L4"]),
    ]
    assert [text for _code, _dimension, text in criteria(document)] == ["Bakes", "Invents", "Knows"]


def test_first_of_several_lines_above_the_table_is_its_name() -> None:
    text = "Our ladder,,\nOf last year,,\nArea,L1,L2\nCraft,Kneads,Invents\n"

    assert read(text, name="a.csv").name == "Our ladder"


def test_cell_keeps_its_key_when_it_is_reworded_or_moved() -> None:
    before = keys(read("Area,L1,L2\nCraft,Tests,Designs\nPeople,Asks,Mentors\n", name="a.csv"))
    after = keys(read("Area,L2,L1\nPeople,Mentors,Asks a lot\nCraft,Designs,Tests\n", name="a.csv"))

    assert before["Asks"] == after["Asks a lot"] == "l1-people"
    assert before["Designs"] == after["Designs"] == "l2-craft"


def test_row_keeps_its_key_when_it_is_moved_or_reworded_behind_its_first_words() -> None:
    row = "L1,Craft,Writes tests for whatever is new {}\n"
    before = read(LISTING + row.format("here"), name="a.csv")
    moved = LISTING.replace("L1,Craft,Writes tests\n", "L1,Craft,New\n" + row.format("there"))
    after = read(moved + "L1,Craft,Writes tests\n", name="a.csv")

    assert (
        keys(before)["Writes tests for whatever is new here"]
        == (keys(after)["Writes tests for whatever is new there"])
    )
    assert keys(before)["Writes tests"] == keys(after)["Writes tests"] == "l1-writes-tests"


def test_rows_with_the_same_first_words_differ_by_their_texts_and_not_by_their_order() -> None:
    rows = [f"L1,Craft,Takes part in the work of the {name}\n" for name in ("team", "guild")]
    heading = "level,dimension,criterion\n"

    one = keys(read(heading + "".join(rows), name="a.csv"))
    other = keys(read(heading + "".join(reversed(rows)), name="a.csv"))

    assert one == other
    assert len({*one.values()}) == 2


def test_same_row_twice_is_two_criteria() -> None:
    document = read("level,criterion\nL1,Tests\nL1,Tests\nL2,Tests\n", name="a.csv")

    assert len({part.key for part in document.criteria}) == 3


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("level,criterion\n,Tests\n", ["line 2, level: This is missing."]),
        ("level,criterion\nL1,\n", ["line 1: No level of a ladder was found in it."]),
        (
            "level,criterion,id\nL1,a,x\nL1,b,x\n",
            ["line 3, criterion: “x” is there already, on line 2."],
        ),
        (
            f'level,criterion\nL1,"a\nb"\nL1,{"x" * 2_001}\n',
            ["line 4, criterion: At most 2000 characters are possible."],
        ),
        ("", ["line 1: The file is empty."]),
        ("a\0b", ["line 1: A character cannot be printed."]),
        (
            "level,criterion\n" + "".join(f"Level {n} x,Tests\n" for n in range(201)),
            ["line 202: There are more than 200 levels."],
        ),
        (
            "level," + "x," * MOST_COLUMNS,
            [f"line 1: There are more than {MOST_COLUMNS} columns."],
        ),
        (
            "level,criterion\nL1," + "x" * 200_000,
            ["line 2: A cell has more than 131072 characters."],
        ),
    ],
    ids=["level", "empty", "twice", "long", "nothing", "nul", "levels", "columns", "cell"],
)
def test_what_is_wrong_is_told_by_line_and_column(text: str, sentences: list[str]) -> None:
    assert refusal(text, name="ladder.csv") == sentences


def test_table_that_is_no_ladder_is_told_what_is_missing() -> None:
    (sentence,) = refusal("Date,Amount\n1,2\n", name="ladder.csv")

    assert sentence.startswith(
        "line 1: The columns are not those of a ladder: write a row for each"
    )


def test_file_of_a_spreadsheet_program_is_refused_with_what_to_do() -> None:
    assert refusal(b"PK\x03\x04\x14", name="ladder.csv") == [
        "line 1: This is a file of Excel, Word or ZIP. Save it as CSV in UTF-8."
    ]
    assert refusal(b"level,criterion\nL1,caf\xe9\n", name="ladder.csv") == [
        "line 2: This is not UTF-8 text. Save the file as UTF-8."
    ]


def test_level_that_several_roles_have_is_a_level_of_each() -> None:
    text = """\
        Role,Level,Criterion
        Engineer,1,Writes
        Engineer,2,Designs
        Manager,1,Hires
        """

    document = read(text, name="a.csv")

    assert [track.name for track in document.tracks] == ["Engineer", "Manager"]
    assert [(level.code, level.label, level.title) for level in document.levels] == [
        ("1-engineer", "1", "Engineer 1"),
        ("2-engineer", "2", "Engineer 2"),
        ("1-manager", "1", "Manager 1"),
    ]


def test_names_of_columns_may_be_written_as_those_of_a_database() -> None:
    text = "level,level_title,Criterion (required)\nL1,Beginner,Tests\n"

    assert [level.title for level in read(text, name="a.csv").levels] == ["Beginner"]
