"""The document as Markdown: nothing that somebody wrote is taken for Markdown or HTML."""

from __future__ import annotations

import pytest

from careers.packets.markdown import escape, markdown_file
from careers.packets.presentation import present
from tests.packets import sample


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words, and more.", "plain words, and more."),
        ("# no head", "\\# no head"),
        ("1. no list", "1\\. no list"),
        ("12) no list", "12\\) no list"),
        ("- no list", "\\- no list"),
        ("+ no list", "\\+ no list"),
        ("> no quote", "\\> no quote"),
        ("<b>bold</b>", "\\<b\\>bold\\</b\\>"),
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("[a](b) ![c](d)", "\\[a\\](b) \\!\\[c\\](d)"),
        ("a | b", "a \\| b"),
        ("&amp;", "\\&amp;"),
        ("https://example.com", "https\\://example.com"),
        ("===", "\\=\\=\\="),
        ("well-known e.g. 3.5", "well-known e.g. 3.5"),
        ("back\\slash", "back\\\\slash"),
        ("two\nlines", "two lines"),
    ],
)
def test_text_stays_text(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_the_sections_are_those_of_the_document() -> None:
    text = markdown_file(present(sample.document(20), sha256="ab" * 32, number=2))

    heads = [line for line in text.splitlines() if line.startswith(("# ", "## "))]

    assert heads == [
        "# Maya Osei",
        "## Headline results",
        "## The case",
        "## Highlights",
        "## Coverage",
        "## What others say",
        "## Evidence over time",
        "## Growth areas",
        "## Appendix: every entry cited",
        "## How this document was made",
    ]
    assert "- **−75 %** p99 latency of checkout, measured for six weeks" in text
    assert "[Change 0](<https://git.example.com/checkout/pull/0>)" in text
    assert text.endswith(f"`{'ab' * 32}`\n")


def test_an_entry_cannot_add_a_section() -> None:
    document = sample.document(1)
    document["entries"][0]["what"] = "fine\n\n## Approved\n\n<script>alert(1)</script>\n\n    code"

    text = markdown_file(present(document))

    assert "## Approved" not in text.splitlines()
    assert "\\#\\# Approved" in text
    assert "<script>" not in text
    assert "\ncode\n" in text


def test_line_breaks_of_a_paragraph_are_kept() -> None:
    text = markdown_file(present(sample.document(1, case="one\ntwo")))

    assert "one\\\ntwo" in text


def test_a_link_cannot_leave_its_brackets() -> None:
    document = sample.document(1)
    document["entries"][0]["links"] = [{"url": "https://example.com/a>b c", "label": "x](y"}]

    text = markdown_file(present(document))

    assert "[x\\](y](<https://example.com/a%3Eb%20c>)" in text
