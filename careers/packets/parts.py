"""The parts of a document as people read it: all that a template shows, nothing to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careers.packets.wording import Words


@dataclass(frozen=True, slots=True)
class Link:
    """`address` is "" where it must not be followed; `label` is what its owner called it."""

    address: str
    label: Words
    short: str


@dataclass(frozen=True, slots=True)
class Metric:
    """p99 latency · 800 → 200 ms · −75 % · measured."""

    name: Words
    numbers: Words
    change: str
    basis: str
    for_whom: Words


@dataclass(frozen=True, slots=True)
class Reference:
    """Where something is said in full: an entry's number or a criterion's, and its anchor."""

    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Support:
    """A criterion that an entry is evidence of."""

    criterion: Reference
    is_counted: bool
    note: Words


@dataclass(frozen=True, slots=True)
class Entry:
    """`facts`: shipped · led · for several teams; `project` is "" for an entry without one."""

    number: int
    anchor: str
    day: str
    date: str
    title: Words
    what: Sequence[Words]
    outcome: Sequence[Words]
    project: Words
    facts: str
    metrics: Sequence[Metric]
    links: Sequence[Link]
    supports: Sequence[Support]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the appendix."""

    name: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Lamp:
    """`name` is the code: sustained, recent and so on; `x` is where its square begins, of 116."""

    name: str
    label: str
    letter: str
    state: str
    state_label: str
    sentence: str
    x: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """An entry in a table of coverage; `figure` is its best number."""

    entry: Reference
    title: Words
    when: str
    figure: Words


@dataclass(frozen=True, slots=True)
class Criterion:
    """`lamps` are five, `said` those with a sentence of their own, `best` one to three entries."""

    number: str
    anchor: str
    text: Words
    is_required: bool
    is_proven: bool
    not_applicable_reason: Words
    note: Words
    facts: str
    lamps: Sequence[Lamp]
    lamps_text: str
    said: Sequence[Lamp]
    best: Sequence[EvidenceLine]
    counted_too: Sequence[Reference]
    supporting: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class Dimension:
    """`marks`: True for each required criterion that is proven; empty when they are too many."""

    name: Words
    met: int
    required: int
    set_aside: int
    marks: Sequence[bool]
    weakest: Reference | None
    criteria: Sequence[Criterion]


@dataclass(frozen=True, slots=True)
class Gate:
    name: str
    is_met: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Headline:
    number: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    paragraphs: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Highlight:
    number: int
    anchor: str
    title: Words
    when: str
    parts: Sequence[Part]
    metrics: Sequence[Metric]
    links: Sequence[Link]
    entries: Sequence[Reference]
    entries_more: int


@dataclass(frozen=True, slots=True)
class Voice:
    """A quote, or a statement with its `answer`."""

    paragraphs: Sequence[Words]
    author: Words
    relation: Words
    on: str
    about: Words
    anchor: str
    criteria: Sequence[Reference]
    answer: str


@dataclass(frozen=True, slots=True)
class GrowthArea:
    number: int
    gap: Sequence[Words]
    action: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Bar:
    """A month, or a year of a long window; lengths are in the picture's own unit."""

    label: str
    counted: int
    supporting: int
    x: float
    width: float
    middle: float
    counted_y: float
    counted_height: float
    supporting_y: float
    supporting_height: float
    number_y: float


@dataclass(frozen=True, slots=True)
class YearLabel:
    name: str
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """`text` is the picture in words, for whoever does not see it."""

    bars: Sequence[Bar]
    years: Sequence[YearLabel]
    text: str
    summary: str
    has_numbers: bool


@dataclass(frozen=True, slots=True)
class Level:
    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class StripRow:
    """A dimension on the first page."""

    name: Words
    met: int
    required: int
    marks: Sequence[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The first page: texts cut to what it holds; `size` is the class of the letters they need."""

    title: Words
    name: Words
    from_level: Level | None
    target_level: Level
    ladder: Words
    written_by: Words
    thesis: Sequence[Words]
    is_thesis_cut: bool
    headlines: Sequence[Headline]
    rows: Sequence[StripRow]
    rows_more: int
    growth: Sequence[Words]
    growth_more: int
    is_double: bool
    is_long_name: bool
    is_long_level: bool
    is_long_number: bool
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """A document, resolved: every name, number, date and reference in words."""

    language: str
    title: Words
    engineer: Words
    written_by: Words
    from_level: Level | None
    target_level: Level
    ladder: Words
    edition: str
    window: str
    window_short: str
    window_months: str
    number: int | None
    frozen_on: str
    frozen_date: str
    sha256: str
    short_hash: str
    recipient: Words
    is_draft: bool
    front: Front
    thesis: Sequence[Words]
    case: Sequence[Words]
    highlights: Sequence[Highlight]
    proven: str
    dimensions: Sequence[Dimension]
    lamp_notes: Sequence[str]
    gates: Sequence[Gate]
    concerns: Sequence[str]
    voices: Sequence[Voice]
    timeline: Timeline | None
    growth_areas: Sequence[GrowthArea]
    months: Sequence[Month]
    entry_count: int
    rules: Sequence[str]

    @property
    def levels(self) -> str:
        """L5 → L6."""
        codes = [level.code for level in (self.from_level, self.target_level) if level]
        return " → ".join(codes)
