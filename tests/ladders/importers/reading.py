"""Reads ladders of other formats in tests."""

from __future__ import annotations

from textwrap import dedent

import pytest

from careers.ladders.document import DocumentError, LadderDocument, read_ladder
from careers.ladders.importers import read_document
from careers.ladders.yaml_text import ladder_yaml


def read(text: str, *, name: str) -> LadderDocument:
    """The ladder in a text; it can be exported and read again as the same."""
    document = read_document(dedent(text).encode(), name=name)
    assert read_ladder(ladder_yaml(document).encode()) == document
    return document


def refusal(text: str | bytes, *, name: str) -> list[str]:
    """What a file is refused with, a line for each problem."""
    data = dedent(text).encode() if isinstance(text, str) else text
    with pytest.raises(DocumentError) as refused:
        read_document(data, name=name)
    return [str(problem) for problem in refused.value.problems]


def criteria(document: LadderDocument) -> list[tuple[str, str, str]]:
    """The level, the dimension's key and the text of each criterion."""
    return [
        (level.code, criterion.dimension, criterion.text)
        for level in document.levels
        for criterion in level.criteria
    ]


def keys(document: LadderDocument) -> dict[str, str]:
    """The key of each criterion by its text."""
    return {criterion.text: criterion.key for criterion in document.criteria}
