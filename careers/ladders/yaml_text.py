"""A ladder as YAML, written as the files in builtin/ are: field by field, in their order.

Reading the text gives the same document again, whatever its words are. All of the document is in
it, guidance of the kind `pay` too, which no page shows: a ladder that is taken elsewhere stays the
ladder that it was.
"""

from __future__ import annotations

import re
from dataclasses import fields
from io import StringIO
from typing import TYPE_CHECKING, Any

import yaml

from careers.ladders.document import (
    ConditionPart,
    CriterionPart,
    DimensionPart,
    GuidancePart,
    LadderDocument,
    LevelPart,
    TrackPart,
    TransitionPart,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 100
FOLDED = 80  # a text of more characters stands below its name, on as many lines as it takes
ORDER = {
    LadderDocument: "slug name summary source rules tracks transitions guidance",
    TrackPart: "key name summary source dimensions levels",
    DimensionPart: "key name source",
    LevelPart: "code label title rank years scope terminal source criteria guidance",
    CriterionPart: "key dimension text required lamps keywords source",
    GuidancePart: "kind title text source",
    TransitionPart: "from_code to_code months open_ended source conditions",
    ConditionPart: "text source",
}
NAMES = {"from_code": "from", "to_code": "to"}
APART = {TrackPart, LevelPart, CriterionPart}  # an empty line before the next one

_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")  # bare, each would be read as a line feed
_STRING = "tag:yaml.org,2002:str"
_RESOLVER: Any = yaml.resolver.Resolver()  # the stubs give its methods no types


def ladder_yaml(document: LadderDocument) -> str:
    """The text of a file that `careers.ladders.document.read_ladder` reads as `document`."""
    stream = StringIO()
    events = [
        yaml.StreamStartEvent(),
        yaml.DocumentStartEvent(explicit=False),
        *_section(document),
        yaml.DocumentEndEvent(explicit=False),
        yaml.StreamEndEvent(),
    ]
    yaml.emit(events, stream, Dumper=_Dumper, width=WIDTH, allow_unicode=True)
    return stream.getvalue()


class _NameApart(yaml.ScalarEvent):
    """A name with an empty line before it."""


class _SectionApart(yaml.MappingStartEvent):
    """A section with an empty line before it, unless it is the first of its list."""


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter, with lists indented, double quotation marks, empty lines where asked."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow=flow, indentless=False)

    def choose_scalar_style(self) -> str:
        style = super().choose_scalar_style()
        return '"' if style == "'" else style

    def expect_block_sequence_item(self, first: bool = False) -> None:
        if not first and isinstance(self.event, _SectionApart):
            self._leave_a_line()
        super().expect_block_sequence_item(first=first)

    def expect_block_mapping_key(self, first: bool = False) -> None:
        if isinstance(self.event, _NameApart):
            self._leave_a_line()
        super().expect_block_mapping_key(first=first)

    def _leave_a_line(self) -> None:
        if self.column:
            self.write_line_break()
        self.write_line_break()


def _section(part: Any) -> Iterator[yaml.Event]:
    """A part of a document; a field that says what its absence says is left out."""
    kind = _SectionApart if type(part) in APART else yaml.MappingStartEvent
    yield kind(None, None, True, flow_style=False)
    defaults: dict[str, Any] = {column.name: column.default for column in fields(part)}
    if isinstance(part, LevelPart):
        defaults["label"] = part.code
    for name in ORDER[type(part)].split():
        value = getattr(part, name)
        if value != defaults[name] and value != {}:
            yield from _field(NAMES.get(name, name), value, is_top=isinstance(part, LadderDocument))
    yield yaml.MappingEndEvent()


def _field(name: str, value: Any, *, is_top: bool) -> Iterator[yaml.Event]:
    is_sections = isinstance(value, tuple) and bool(value) and type(value[0]) in ORDER
    kind = _NameApart if is_top and is_sections else yaml.ScalarEvent
    yield kind(None, None, (True, True), name)
    if is_sections:
        yield yaml.SequenceStartEvent(None, None, True, flow_style=False)
        for part in value:
            yield from _section(part)
        yield yaml.SequenceEndEvent()
    elif isinstance(value, dict):  # the rules, in one order whatever the order in the document
        yield yaml.MappingStartEvent(None, None, True, flow_style=False)
        for rule, number in sorted(value.items()):
            yield from (_value(rule), _value(number))
        yield yaml.MappingEndEvent()
    elif isinstance(value, tuple) and not (name == "source" and len(value) == 1):
        yield from _list(value)
    else:
        yield _value(value[0] if isinstance(value, tuple) else value, is_block=True)


def _list(values: Iterable[str | int]) -> Iterator[yaml.Event]:
    yield yaml.SequenceStartEvent(None, None, True, flow_style=True)
    yield from map(_value, values)
    yield yaml.SequenceEndEvent()


def _value(value: str | bool | int, *, is_block: bool = False) -> yaml.ScalarEvent:
    """A value as plain as it can be: words that YAML would take for something else are quoted."""
    if not isinstance(value, str):
        return yaml.ScalarEvent(None, None, (True, False), str(value).lower())
    style = None
    if _OTHER_BREAKS.search(value):
        style = '"'
    elif is_block and "\n" in value:
        style = "|"
    elif is_block and len(value) > FOLDED:
        style = ">"
    is_text = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False)) == _STRING
    return yaml.ScalarEvent(None, None, (is_text, True), value, style=style)
