"""Every statement of the four sources about levels is cited, or SOURCES.md says why it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from careers.ladders.management.commands.load_ladders import BUILTIN

SOURCES = (Path(BUILTIN).parent / "SOURCES.md").read_text()
CITED = {
    name
    for path in sorted(Path(BUILTIN).glob("*.yaml"))
    for line in re.findall(r"^\s*source: (.+)$", path.read_text(), re.MULTILINE)
    for name in re.findall(r"S\d-\d\d", line)
}
NOT_CITED = set(re.findall(r"^- (S\d-\d\d): ", SOURCES, re.MULTILINE))
ABOUT_LEVELS = [
    f"{source}-{number:02}"
    for source, first, last in (("S0", 2, 27), ("S1", 6, 32), ("S2", 1, 36), ("S3", 1, 62))
    for number in range(first, last + 1)
]


@pytest.mark.parametrize("name", ABOUT_LEVELS)
def test_statement_is_cited_or_its_absence_has_a_reason(name: str) -> None:
    assert (name in CITED) != (name in NOT_CITED)


def test_only_what_says_nothing_of_a_level_is_left_out() -> None:
    assert {"S3-03"} == NOT_CITED


def test_every_conflict_of_the_sources_is_decided() -> None:
    decided = re.findall(r"^(\d+)\. \*\*.+?\*\* .+", SOURCES, re.MULTILINE)

    assert [int(number) for number in decided] == list(range(1, 16))
