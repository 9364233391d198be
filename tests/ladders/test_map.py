from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.ladders.document import read_ladder
from careers.ladders.levels import TrackLevels
from careers.ladders.management.commands.load_ladders import BUILTIN
from careers.ladders.map import ARROW, WIDTH, LadderMap, Place, draw_map
from careers.ladders.models import Level, Track, Transition
from careers.ladders.steps import Step, usual_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PATHS = sorted(BUILTIN.glob("*.yaml"))


@dataclass(frozen=True)
class Drawn:
    map: LadderMap

    @property
    def places(self) -> dict[str, Place]:
        return {place.level.code: place for lane in self.map.lanes for place in lane.places}

    @property
    def rows(self) -> dict[str, int]:
        """The row of each level from the bottom, 0 first."""
        heights = sorted({place.y for place in self.places.values()}, reverse=True)
        return {code: heights.index(place.y) for code, place in self.places.items()}


def drawn(
    tracks: Mapping[str, Sequence[str]], *steps: Sequence[str], title: str = "Engineer"
) -> Drawn:
    """A map of levels by track, and of steps, each the two codes ("AB" where they are letters)."""
    levels: dict[str, Level] = {}
    parts = []
    for number, (name, codes) in enumerate(tracks.items()):
        track = Track(pk=number, key=name, name=name)
        own = [
            Level(pk=len(levels) + place, code=code, label=code, title=title, track=track)
            for place, code in enumerate(codes)
        ]
        levels |= {level.code: level for level in own}
        parts.append(TrackLevels(track, own))
    transitions = [
        Transition(from_level=levels[step[0]], to_level=levels[step[1]]) for step in steps
    ]
    return Drawn(draw_map(parts, [_step(transition) for transition in transitions]))


def _step(transition: Transition) -> Step:
    return Step(transition, transition.from_level, transition.to_level, usual_time(transition))


def test_track_stands_on_its_first_level() -> None:
    assert drawn({"ic": "ABC"}, "AB", "BC").rows == {"A": 0, "B": 1, "C": 2}


def test_tracks_stand_side_by_side() -> None:
    places = drawn({"ic": "AB", "manager": "MN"}).places

    assert places["A"].x == places["B"].x
    assert places["M"].x >= places["A"].x + WIDTH
    assert places["M"].y == places["A"].y


def test_fork_lifts_the_other_track_over_the_level_it_starts_from() -> None:
    rows = drawn({"ic": "ABC", "manager": "MN"}, "AB", "BC", "BM", "MN").rows

    assert rows == {"A": 0, "B": 1, "C": 2, "M": 2, "N": 3}


def test_levels_that_lead_to_one_another_stand_side_by_side() -> None:
    rows = drawn({"ic": "ABC", "manager": "M"}, "AB", "BC", "BM", "MB").rows

    assert rows["M"] == rows["B"]


def test_step_of_a_fork_leads_from_its_level_to_the_lane_of_the_other() -> None:
    found = drawn({"ic": "AB", "manager": "M"}, "AB", "AM")
    start, end = found.places["A"], found.places["M"]

    path = found.map.lines[1].path

    assert path.startswith(f"M{start.middle} {start.y}V")
    assert f"H{end.middle}V" in path
    assert len(found.map.lines[1].arrows) == 1


def test_two_ways_are_one_line_with_two_arrows() -> None:
    found = drawn({"ic": "A", "manager": "M"}, "AM", "MA")

    assert [len(line.arrows) for line in found.map.lines] == [2]


def test_two_ways_within_a_track_are_one_straight_line_with_two_arrows() -> None:
    found = drawn({"ic": "AB"}, "AB", "BA")
    low, high = found.places["A"], found.places["B"]

    [line] = found.map.lines

    assert line.path == f"M{low.middle} {low.y - ARROW}V{high.bottom + ARROW}"
    up, down = line.arrows
    assert f"L{low.middle} {high.bottom}L" in up
    assert f"L{low.middle} {low.y}L" in down


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Softwareentwicklungsabteilung", "Softwareentwicklungsab…"),
        ("Engineers of all the teams here", "Engineers of all the t…"),
        ("x" * 23, "x" * 23),
    ],
)
def test_long_name_of_a_track_is_cut(name: str, shown: str) -> None:
    [lane] = drawn({name: "A"}).map.lanes

    assert lane.name == shown


def test_neighbours_without_a_step_are_joined_without_an_arrow() -> None:
    found = drawn({"ic": "AB"})

    assert [len(line.arrows) for line in found.map.lines] == [0]


def test_each_step_upwards_has_its_caption_in_the_lane_it_leads_to() -> None:
    found = drawn({"ic": "AB", "manager": "M"}, "AB", "AM")

    assert [
        [caption.step.to_level.code for caption in lane.captions] for lane in found.map.lanes
    ] == [
        ["B"],
        ["M"],
    ]


def test_level_that_several_steps_lead_to_has_the_caption_of_the_one_in_its_lane() -> None:
    found = drawn({"manager": "M", "ic": "AB"}, "MB", "AB")

    assert [
        [(caption.step.from_level.code, caption.step.to_level.code) for caption in lane.captions]
        for lane in found.map.lanes
    ] == [[], [("A", "B")]]


@pytest.mark.parametrize(
    ("transition", "text"),
    [
        (Transition(min_months=36, max_months=60, is_open_ended=True), "3–5+ years"),
        (Transition(min_months=12, max_months=18, conditions=["one"]), "12–18 months"),
        (Transition(conditions=["one", "two"]), "2 conditions"),
        (Transition(conditions=["one"]), "1 condition"),
        (Transition(), "the step"),
    ],
)
def test_caption_is_the_time_or_else_how_much_is_asked(transition: Transition, text: str) -> None:
    track = Track(pk=1, name="ic")
    low, high = (Level(pk=pk, code=str(pk), title="", track=track) for pk in (1, 2))
    transition.from_level, transition.to_level = low, high

    found = draw_map([TrackLevels(track, [low, high])], [_step(transition)])

    assert [caption.text for caption in found.lanes[0].captions] == [text]


def test_long_titles_take_three_lines_and_then_end() -> None:
    place = drawn({"ic": "A"}, title="Engineer " * 17).places["A"]

    assert len(place.title) == 3
    assert place.title[-1].endswith("…")
    assert place.title_lines[-1][0] < place.bottom


def test_map_of_nothing_is_empty() -> None:
    found = draw_map([], [])

    assert (list(found.lanes), list(found.lines), found.has_several) == ([], [], False)


def test_circle_of_steps_is_drawn_all_the_same() -> None:
    found = drawn({"ic": "AB", "manager": "MN"}, "AM", "MB", "BA", "NM")

    assert len({(place.x, place.y) for place in found.places.values()}) == 4


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_builtin_ladders_are_drawn_upwards_and_nothing_lies_on_anything(path: Path) -> None:
    document = read_ladder(path.read_bytes())
    tracks = {track.key: [level.code for level in track.levels] for track in document.tracks}
    pairs = {(step.from_code, step.to_code) for step in document.transitions}

    found = drawn(tracks, *sorted(pairs))

    rows = found.rows
    for start, end in pairs:
        if (end, start) in pairs:
            assert rows[start] == rows[end]
        else:
            assert rows[start] < rows[end]
    _check_apart(found)


CODES = "ABCDEFGH"


@given(
    cuts=st.sets(st.integers(1, 7), max_size=3),
    steps=st.sets(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), max_size=16),
)
def test_no_level_lies_on_another_whatever_the_steps(
    cuts: set[int], steps: set[tuple[str, str]]
) -> None:
    ends = [0, *sorted(cuts), len(CODES)]
    tracks = {str(start): CODES[start:end] for start, end in pairwise(ends)}

    found = drawn(tracks, *(a + b for a, b in sorted(steps) if a != b))

    _check_apart(found)
    for codes in tracks.values():
        assert all(found.rows[a] < found.rows[b] for a, b in pairwise(codes))


def _check_apart(found: Drawn) -> None:
    places = list(found.places.values())
    for one, other in combinations(places, 2):
        is_beside = one.x + WIDTH <= other.x or other.x + WIDTH <= one.x
        assert is_beside or one.bottom <= other.y or other.bottom <= one.y
    for place in places:
        assert place.x >= 0
        assert place.x + WIDTH <= found.map.width
        assert place.y >= 0
        assert place.bottom < found.map.foot
