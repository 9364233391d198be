"""YAML read so that an error can say where it is: "line 41, tracks[0].name: missing."

Built on the events of PyYAML's safe loader. No tag is obeyed and no alias (a few lines of them can
unfold into gigabytes); length, depth and number of values are bounded. A value stays the text that
was written, whether it looks like a number or like "no": who asks for it says what it must be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import yaml
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.utils.functional import _StrPromise

MAX_BYTES = 8_000_000
MAX_DEPTH = 12
MAX_VALUES = 400_000
MAX_WHOLE = 9_999

# libyaml where the wheel brings it: ten times as fast, the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING = {"", "~", "null"}


class Form(NamedTuple):
    """What a text has to look like, and how that is said."""

    pattern: re.Pattern[str]
    words: _StrPromise


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        place = _("line %(line)d") % {"line": self.line}
        return (
            f"{place}, {self.path}: {self.sentence}" if self.path else f"{place}: {self.sentence}"
        )


class DocumentError(ValueError):
    """A document that cannot be used; `problems` in the order of its lines."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class _Text:
    line: int
    text: str
    is_plain: bool


@dataclass(frozen=True, slots=True)
class _Items:
    line: int
    nodes: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Fields:
    line: int
    pairs: tuple[tuple[_Text, _Node], ...]


type _Node = _Text | _Items | _Fields


class Section:
    """Names and values that are being read, each by its name; what nobody asked for is unknown."""

    def __init__(self, fields: _Fields, *, path: str, problems: list[Problem]) -> None:
        self.line = fields.line
        self.path = path
        self._problems = problems
        self._asked: list[str] = []
        self._lines: dict[str, int] = {}
        self._nodes: dict[str, _Node] = {}
        for name, node in fields.pairs:
            if name.text in self._nodes:
                self._report(name.line, name.text, _("This name stands here twice."))
            self._lines[name.text] = name.line
            self._nodes[name.text] = node

    def text(
        self,
        name: str,
        *,
        limit: int,
        form: Form | None = None,
        is_required: bool = False,
        is_long: bool = False,
    ) -> str:
        """The text called `name`, "" without one; on one line unless `is_long`."""
        node = self._take(name, is_required=is_required)
        if node is None:
            return ""
        return self._checked(node, name, limit=limit, form=form, is_long=is_long)

    def choice(self, name: str, choices: Collection[str]) -> str:
        text = self.text(name, limit=80)
        if text and text not in choices:
            self.report(name, _("Write one of: %(choices)s.") % {"choices": ", ".join(choices)})
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        node = self._take(name)
        if node is None:
            return default
        if isinstance(node, _Text) and node.is_plain and node.text in {"true", "false"}:
            return node.text == "true"
        self.report(name, _("Write true or false."))
        return default

    def numbers(self, name: str) -> tuple[int, ...] | None:
        """Whole numbers, as in [12, 18]; None without the name."""
        node = self._take(name)
        if node is None:
            return None
        found = [_whole(item) for item in node.nodes] if isinstance(node, _Items) else [None]
        if None in found:
            self.report(name, _("Write whole numbers, as in [12, 18]."))
        return tuple(number for number in found if number is not None)

    def number(self, name: str, *, least: int) -> int:
        node = self._take(name, is_required=True)
        number = _whole(node) if node else least
        if number is None or number < least:
            sentence = _("Write a whole number from %(least)d to %(most)d.")
            self.report(name, sentence % {"least": least, "most": MAX_WHOLE})
            return least
        return number

    def texts(
        self,
        name: str,
        *,
        limit: int,
        most: int,
        form: Form | None = None,
        is_long: bool = False,
    ) -> tuple[str, ...] | None:
        """Texts, each once; one alone may stand without brackets. None without the name."""
        node = self._take(name)
        if node is None:
            return None
        nodes = node.nodes if isinstance(node, _Items) else (node,)
        if len(nodes) > most:
            self.report(name, _("At most %(most)d are possible.") % {"most": most})
            return ()
        texts: list[str] = []
        for index, item in enumerate(nodes):
            place = f"{name}[{index}]" if isinstance(node, _Items) else name
            text = self._checked(item, place, limit=limit, form=form, is_long=is_long)
            if text in texts:
                self._report(item.line, place, _("“%(text)s” stands here twice.") % {"text": text})
            texts.append(text)
        return tuple(texts)

    def sections(self, name: str, *, is_required: bool = False) -> list[Section]:
        """A list of sections; items that are something else are reported and left out."""
        node = self._take(name, is_required=is_required)
        if node is None:
            return []
        if not isinstance(node, _Items):
            self.report(name, _("Write a list, each item after a hyphen."))
            return []
        if is_required and not node.nodes:
            self.report(name, _("Write at least one."))
        found = []
        for index, item in enumerate(node.nodes):
            if isinstance(item, _Fields):
                place = self._place(f"{name}[{index}]")
                found.append(Section(item, path=place, problems=self._problems))
            else:
                self._report(item.line, f"{name}[{index}]", _("Write names and values here."))
        return found

    def section(self, name: str) -> Section | None:
        node = self._take(name)
        if node is None:
            return None
        if isinstance(node, _Fields):
            return Section(node, path=self._place(name), problems=self._problems)
        self.report(name, _("Write names and values here."))
        return None

    def names(self) -> list[str]:
        return list(self._nodes)

    def report(self, name: str, sentence: str) -> None:
        """Say of the value called `name`, or of the whole where there is none, what is wrong."""
        node = self._nodes.get(name)
        self._report(node.line if node else self.line, name, sentence)

    def finish(self, known: Collection[str] = ()) -> None:
        """Refuse every name that nobody asked for; the sentence names `known`, or what was."""
        for name in self._nodes.keys() - {*self._asked}:
            sentence = _("This name is not known here; known are %(names)s.")
            names = {"names": ", ".join(known or self._asked)}
            self._report(self._lines[name], name, sentence % names)

    def _take(self, name: str, *, is_required: bool = False) -> _Node | None:
        self._asked.append(name)
        node = self._nodes.get(name)
        if isinstance(node, _Text) and node.is_plain and node.text in _NOTHING:
            node = None
        if node is None and is_required:
            self.report(name, _("This is missing."))
        return node

    def _checked(
        self,
        node: _Node,
        name: str,
        *,
        limit: int,
        form: Form | None,
        is_long: bool = False,
    ) -> str:
        """The text of `node`; what is wrong with it is reported."""
        text = node.text.strip() if isinstance(node, _Text) else ""
        sentence = ""
        if not isinstance(node, _Text):
            sentence = _("Write a text here.")
        elif not text:
            sentence = _("This is empty.")
        elif len(text) > limit:
            sentence = _("At most %(limit)d characters are possible.") % {"limit": limit}
        elif _UNPRINTABLE.search(text):
            sentence = _("There is a character in it that cannot be printed.")
        elif not is_long and "\n" in text:
            sentence = _("Write it on one line.")
        elif form and not form.pattern.fullmatch(text):
            sentence = _("Only %(words)s, not “%(text)s”.")
            sentence %= {"text": text, "words": form.words}
        if sentence:
            self._report(node.line, name, sentence)
        return text

    def _place(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _report(self, line: int, name: str, sentence: str) -> None:
        self._problems.append(Problem(line, self._place(name), sentence))


def read_section(data: bytes, problems: list[Problem]) -> Section:
    """The outermost section of a YAML file; DocumentError where it is not even that."""
    if len(data) > MAX_BYTES:
        _refuse(1, _("The file is larger than %(limit)d bytes.") % {"limit": MAX_BYTES})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(data.count(b"\n", 0, error.start) + 1, _("This is not UTF-8 text."))
    if found := _UNPRINTABLE.search(text):
        _refuse(text.count("\n", 0, found.start()) + 1, _("A character cannot be printed."))
    try:
        node = _Composer(text).compose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        _refuse(line, _("This is not YAML: %(problem)s.") % {"problem": error.problem})
    if not isinstance(node, _Fields):
        _refuse(node.line, _("Write names and values here."))
    return Section(node, path="", problems=problems)


class _Composer:
    """From events to nodes; by hand, because PyYAML's own composer follows aliases."""

    def __init__(self, text: str) -> None:
        self._loader: Any = _LOADER(text)
        self._count = 0

    def compose(self) -> _Node:
        self._next()  # the stream starts
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            _refuse(1, _("The file is empty."))
        node = self._node(self._next(), depth=0)
        self._next()  # the document ends
        if not isinstance(after := self._next(), yaml.StreamEndEvent):
            _refuse(_line(after), _("A file holds one document; a second one begins here."))
        return node

    def _next(self) -> yaml.Event:
        event: yaml.Event = self._loader.get_event()
        return event

    def _node(self, event: yaml.Event, *, depth: int) -> _Node:
        line = _line(event)
        self._count += 1
        if self._count > MAX_VALUES:
            _refuse(line, _("There are more than %(most)d values.") % {"most": MAX_VALUES})
        if depth > MAX_DEPTH:
            _refuse(line, _("This is nested more than %(most)d deep.") % {"most": MAX_DEPTH})
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse(line, _("Anchors and aliases (&name, *name) are not read; write it out."))
        if getattr(event, "tag", None):
            _refuse(line, _("Tags (!name) are not read; leave it out."))
        if isinstance(event, yaml.ScalarEvent):
            return _Text(line, event.value, bool(event.implicit[0]))
        if isinstance(event, yaml.SequenceStartEvent):
            return _Items(line, tuple(self._until(yaml.SequenceEndEvent, depth=depth + 1)))
        nodes = self._until(yaml.MappingEndEvent, depth=depth + 1)
        return _Fields(line, tuple(_pair(name, node) for name, node in batched(nodes, 2)))

    def _until(self, end: type[yaml.Event], *, depth: int) -> Iterator[_Node]:
        while not isinstance(event := self._next(), end):
            yield self._node(event, depth=depth)


def _pair(name: _Node, node: _Node) -> tuple[_Text, _Node]:
    if not isinstance(name, _Text):
        _refuse(name.line, _("A name is a text."))
    return name, node


def _line(event: yaml.Event) -> int:
    mark: Any = event.start_mark  # the stubs allow for events made without one
    return int(mark.line) + 1


def _refuse(line: int, sentence: str) -> NoReturn:
    raise DocumentError([Problem(line, "", sentence)])


def _whole(node: _Node) -> int | None:
    if isinstance(node, _Text) and node.is_plain and re.fullmatch(r"[0-9]{1,4}", node.text):
        return int(node.text)
    return None
