"""Ladders that are larger than their pages could show."""

from __future__ import annotations

import pytest

from careers.ladders import size
from careers.ladders.document import DocumentError, read_ladder
from careers.ladders.importers import read_document
from tests.ladders.small import many_criteria


def refusal(text: str, *, name: str = "ladder.yaml") -> str:
    with pytest.raises(DocumentError) as refused:
        read_document(text.encode(), name=name)
    return str(refused.value)


def ladder(*, tracks: int = 1, dimensions: int = 1, levels: int = 1, steps: int = 0) -> str:
    """As YAML; every track has as many dimensions and levels, the steps run in circles."""
    lines = ["slug: large", "name: Large", "tracks:"]
    for track in range(tracks):
        lines += [f"  - key: t{track}", "    name: Track", "    dimensions:"]
        lines += [f"      - {{key: d{n}, name: D{n}}}" for n in range(dimensions)]
        lines.append("    levels:")
        lines += [f"      - {{code: T{track}-{n}, title: Level}}" for n in range(levels)]
    ends = [(n, (n + far) % levels) for far in range(1, levels) for n in range(levels)]
    lines.append("transitions:" if steps else "transitions: []")
    lines += [f"  - {{from: T0-{start}, to: T0-{end}}}" for start, end in ends[:steps]]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("most", "over", "sentence"),
    [
        (ladder(tracks=40), ladder(tracks=41), "There are more than 40 tracks."),
        (
            ladder(dimensions=100, tracks=2),
            ladder(dimensions=101, tracks=2),
            "A track has more than 100 dimensions.",
        ),
        (
            ladder(levels=100, tracks=2),
            ladder(levels=67, tracks=3),
            "There are more than 200 levels.",
        ),
        (
            many_criteria(2, 2_000),
            many_criteria(1, 2_001),
            "A level has more than 2000 criteria.",
        ),
        (
            ladder(levels=46, steps=2_000),
            ladder(levels=46, steps=2_001),
            "There are more than 2000 transitions.",
        ),
    ],
)
def test_ladder_that_no_page_could_show_is_refused(most: str, over: str, sentence: str) -> None:
    read_ladder(most.encode())

    assert refusal(over) == f"line 1: {sentence}"


def test_ladder_of_more_criteria_than_anybody_can_read_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(size, "MOST_CRITERIA", 20)
    read_ladder(many_criteria(4, 5).encode())

    assert refusal(many_criteria(3, 7)) == "line 1: There are more than 20 criteria."


def test_table_of_more_dimensions_than_a_page_could_show_is_refused() -> None:
    rows = "".join(f"Dimension {n},Writes tests {n}\n" for n in range(101))

    said = refusal(f"dimension,L1\n{rows}", name="ladder.csv")

    assert said == "line 1: A track has more than 100 dimensions."


def test_of_many_dimensions_a_sentence_names_the_first() -> None:
    text = ladder(dimensions=90).replace(
        "title: Level", "title: Level, criteria: [{key: a, dimension: x, text: B}]"
    )

    named = ", ".join(f"d{n}" for n in range(20))
    assert refusal(text).endswith(f"The track has no dimension “x”; it has {named}, ….")
