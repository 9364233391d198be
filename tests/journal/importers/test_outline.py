from __future__ import annotations

import pytest

from careers.journal.importers.outline import LONGEST_ADDRESS, Outline
from careers.journal.importers.reading import LABEL, Link


def kinds(text: str) -> list[tuple[str, str, int]]:
    return [(block.kind, block.text, block.first) for block in Outline(text).blocks]


def words(text: str) -> str:
    return Outline("").words(text, is_title=True).text


def links(text: str) -> tuple[Link, ...]:
    return Outline("").words(text).links


def test_outline_tells_blocks_with_their_lines() -> None:
    text = "# Year\n\nA text\nof two lines.\n\n- item\n\n> quote\n\n---\n\n```\ncode\n```\n"

    blocks = Outline(text).blocks

    assert [(b.kind, b.first) for b in blocks] == [
        ("heading", 1),
        ("text", 3),
        ("item", 6),
        ("quote", 8),
        ("rule", 10),
        ("code", 12),
    ]
    assert list(blocks[1].lines) == [3, 4]


def test_heading_has_its_level() -> None:
    blocks = Outline("# a\n\n### b\n\nc\n---\n").blocks

    assert [(block.text, block.level) for block in blocks] == [("a", 1), ("b", 3), ("c", 2)]


def test_item_holds_what_is_below_it() -> None:
    (item,) = Outline("- outer\n  - inner\n    more\n  - second\n\n  a text\n").blocks

    assert item.text == "outer"
    assert [(child.kind, child.text) for child in item.children] == [
        ("item", "inner\nmore"),
        ("item", "second"),
        ("text", "a text"),
    ]


def test_indented_lines_are_no_code() -> None:
    assert kinds("    Shipped the printer queue\n") == [("text", "Shipped the printer queue", 1)]


def test_table_is_its_rows() -> None:
    assert kinds("| A | B |\n| - | - |\n| 1 | 2 |\n") == [("row", "A\tB", 1), ("row", "1\t2", 3)]


def test_html_is_a_text() -> None:
    assert kinds("<div>Shipped</div>\n") == [("text", "<div>Shipped</div>", 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain", "plain"),
        ("two\nlines", "two lines"),
        ("**bold** and _slanted_ and `code`", "bold and slanted and code"),
        ("~~gone~~ stays", "gone stays"),
        ("[label](https://x.test/a)", "label"),
        ("[label\nof two](https://x.test/a) lines", "label of two lines"),
        ("[@ines](https://x.test/in){target=_blank} and", "@ines and"),
        ("[@ines](https://x.test/in){:target='_blank'} and", "@ines and"),
        ("![a picture](shot.png) of it", "a picture of it"),
        ("R&amp;D", "R&D"),
        (r"a \* star", "a * star"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[x] done", "done"),
        ("[ ] not done", "not done"),
        ("list[x] lookups", "list[x] lookups"),
        ("[ปีที่แล้ว](./2022.md) ดี", "ปีที่แล้ว ดี"),
        ("see https://x.test/a.", "see."),
        ("see (https://x.test/a) for it", "see for it"),
        ("https://x.test/a", "https://x.test/a"),
        ("", ""),
    ],
)
def test_words_are_what_a_reader_sees(text: str, said: str) -> None:
    assert words(text) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[label](https://x.test/a)", [Link("https://x.test/a", "label")]),
        ("<https://x.test/a>", [Link("https://x.test/a")]),
        ("see https://x.test/a.", [Link("https://x.test/a")]),
        ("see https://x.test/a_(b) there", [Link("https://x.test/a_(b)")]),
        ("[here](./2022.md) [mail](mailto:a@x.test)", []),
        ("[a](javascript:alert(1))", []),
        ("[a](https://x.test) https://x.test", [Link("https://x.test", "a")]),
    ],
)
def test_links_are_kept(text: str, found: list[Link]) -> None:
    assert list(links(text)) == found


def test_reference_gives_its_address() -> None:
    text = "Wrote [the guide][g]\n\n[g]: https://x.test/guide\n"

    outline = Outline(text)

    assert outline.words(outline.blocks[0].text).links == (
        Link("https://x.test/guide", "the guide"),
    )


def test_address_that_begins_another_leaves_it_whole() -> None:
    told = Outline("").words("See https://x.test/1 and https://x.test/12 for it", is_title=True)

    assert told.text == "See and for it"
    assert told.links == (Link("https://x.test/1"), Link("https://x.test/12"))


def test_label_fits_its_column() -> None:
    (link,) = links(f"[{'w' * 400}](https://x.test/a)")

    assert len(link.label) == LABEL


def test_address_too_long_for_a_link_stays_in_the_text() -> None:
    address = "https://x.test/" + "a" * LONGEST_ADDRESS

    told = Outline("").words(f"see {address} there", is_title=True)

    assert told.links == ()
    assert told.text == f"see {address} there"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![" * 5_000,
        ">" * 20_000,
        "- " * 5_000,
        "`" * 20_000,
        "<!--" * 5_000,
        "*a " * 5_000,
    ],
)
def test_outline_bears_deep_nesting(text: str) -> None:
    outline = Outline(text)

    said = outline.words(text).text

    assert isinstance(said, str)


def test_address_stays_in_a_text_that_is_no_title() -> None:
    told = Outline("").words("see https://x.test/a for it")

    assert told.text == "see https://x.test/a for it"
    assert told.links == (Link("https://x.test/a"),)
