"""Ladder documents with words that YAML might take for something else, for Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from careers.ladders.document import (
    LAMPS,
    RANKS,
    RULE_DEFAULTS,
    RULES,
    ConditionPart,
    CriterionPart,
    DimensionPart,
    GuidancePart,
    LadderDocument,
    LevelPart,
    TrackPart,
    TransitionPart,
)
from careers.ladders.yaml_sections import _UNPRINTABLE

HOSTILE = [
    *("no", "~", "null", "true", "12", "1.5", "1e3", "0x1f", "1:30", "2026-11-20", "=", "<<", "?"),
    *("- a", "# no comment", "a: b", "a #b", "a:", ":a", "&a", "*a", "!a", "|", ">-", "%a", "@a"),
    *(
        "'",
        '"',
        "''",
        '"a" b',
        "it's",
        "a\\",
        "\\n",
        "\\",
        "{a",
        "}",
        "[a]",
        ",",
        "---",
        "...",
        "`",
    ),
    *("a\nb", "a\n\nb", "a\n  b", "a  \nb", "a\n# b", "a\n---\nb", "- a\n- b", "a\tb", "a\n\tb"),
    *("a\r\nb", "a\x85b", "a\u2028b", "a\ufeffb", "\U0001f9d7 ü ש ไ 語", "\U0010ffff", "a\xa0b"),
    *("word " * 60, "word\n" * 60, "x" * 300, "a  b " * 40, "a: b " * 40, '"a" \\ ' * 40),
]
LETTERS = " ab12:#-'\"\\,[]{}&*!|>%@`~?=<.\n\t\r\x85\u2028\xa0é語\U0001f9d7"

anything = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(LETTERS, max_size=300),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
texts = anything.map(lambda text: _UNPRINTABLE.sub("", text).strip() or "no")
lines = texts.map(lambda text: text.replace("\n", " ")[:60].strip())
keys = st.text("ab1-", min_size=1, max_size=8)
codes = st.text("AbC1-", min_size=1, max_size=8)
sources = st.lists(lines, max_size=3, unique=True).map(tuple)


def some(part: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(part, min_size=least, max_size=3).map(tuple)


def maybe(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), words)


guidance = st.builds(GuidancePart, kind=keys, title=maybe(lines), text=texts, source=sources)
conditions = st.builds(ConditionPart, text=texts, source=sources)
months = st.one_of(
    st.just(()), st.tuples(st.integers(0, 20), st.integers(20, 600))
)  # the least and the most
lamps = st.one_of(
    st.none(),
    st.sets(st.sampled_from(LAMPS)).map(lambda some: tuple(lamp for lamp in LAMPS if lamp in some)),
)
rules = st.dictionaries(
    st.sampled_from([name for name in RULES if name not in RULE_DEFAULTS]),
    st.integers(2, 9_999),
    max_size=3,
)


@st.composite
def tracks(draw: st.DrawFn, *, key: str, codes: list[str], criteria: list[str]) -> TrackPart:
    """A track with these levels, and a criterion for every key somewhere in them."""
    dimensions = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    return TrackPart(
        key=key,
        name=draw(lines),
        summary=draw(maybe(texts)),
        source=draw(sources),
        dimensions=tuple(
            DimensionPart(key=key, name=draw(lines), source=draw(sources)) for key in dimensions
        ),
        levels=tuple(
            LevelPart(
                code=code,
                label=draw(st.one_of(st.just(code), lines)),
                title=draw(lines),
                rank=draw(st.sampled_from(["", *RANKS])),
                years=draw(maybe(lines)),
                scope=draw(maybe(texts)),
                terminal=draw(st.booleans()),
                criteria=tuple(
                    CriterionPart(
                        key=key,
                        dimension=draw(st.sampled_from(dimensions)),
                        text=draw(texts),
                        required=draw(st.booleans()),
                        lamps=draw(lamps),
                        keywords=draw(sources),
                        source=draw(sources),
                    )
                    for key in criteria[place :: len(codes)]
                ),
                guidance=draw(some(guidance)),
                source=draw(sources),
            )
            for place, code in enumerate(codes)
        ),
    )


@st.composite
def documents(draw: st.DrawFn) -> LadderDocument:
    levels = draw(st.lists(codes, min_size=2, max_size=4, unique_by=str.lower))
    criteria = draw(st.lists(keys, max_size=5, unique=True))
    return LadderDocument(
        slug=draw(st.sampled_from(["a", "no", "12", "1e3", "a-1"])),
        name=draw(lines),
        summary=draw(maybe(texts)),
        source=draw(sources),
        rules=draw(rules),
        tracks=(
            draw(tracks(key="one", codes=levels[:1], criteria=criteria[:2])),
            draw(tracks(key="two", codes=levels[1:], criteria=criteria[2:])),
        ),
        transitions=draw(
            st.one_of(
                st.just(()),
                st.tuples(
                    st.builds(
                        TransitionPart,
                        from_code=st.just(levels[0]),
                        to_code=st.just(levels[1]),
                        months=months,
                        open_ended=st.booleans(),
                        conditions=some(conditions),
                        source=sources,
                    )
                ),
            )
        ),
        guidance=draw(some(guidance)),
    )
