"""The document as Markdown (CommonMark with tables). Pure.

What people wrote is text and stays text: every character that Markdown or HTML would take for its
own is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext, ngettext

from careers.packets.parts import (
    Criterion,
    Dimension,
    Entry,
    Highlight,
    Link,
    Metric,
    Presentation,
    Reference,
    Voice,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&=:^$@])")
_NEEDS_NO_ESCAPE = re.compile(r"(?<=\w)[\-.:@](?=\w)|[.:](?=\s|$)|[()](?!\()|(?<=\s)-(?=\s)")


def markdown_file(presentation: Presentation) -> str:
    blocks = [
        *_front(presentation),
        *_told(gettext("The case"), presentation.case),
        *_section(gettext("Highlights"), presentation.highlights, _highlight),
        *_coverage(presentation),
        *_section(gettext("What others say"), presentation.voices, _voice),
        *_time(presentation),
        *_growth(presentation),
        *_appendix(presentation),
        *_method(presentation),
    ]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """One line of Markdown that reads as the text."""
    line = " ".join(str(text).split())
    kept = {found.start() for found in _NEEDS_NO_ESCAPE.finditer(line)}
    escaped = "".join(
        f"\\{letter}" if _SPECIAL.match(letter) and place not in kept else letter
        for place, letter in enumerate(line)
    )
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped)  # else the beginning of a list


def _paragraph(text: str) -> str:
    """A paragraph; its line breaks are kept."""
    lines = [escape(line) for line in text.splitlines() if line.strip()]
    return "\\\n".join(lines)


def _told(title: str, texts: Sequence[str]) -> list[str]:
    return [f"## {title}", *map(_paragraph, texts)] if texts else []


def _section[T](title: str, things: Iterable[T], write: Callable[[T], list[str]]) -> list[str]:
    blocks = [block for thing in things for block in write(thing)]
    return [f"## {title}", *blocks] if blocks else []


def _front(shown: Presentation) -> list[str]:
    levels = " → ".join(
        f"{escape(level.code)} {escape(level.name)}".strip()
        for level in (shown.from_level, shown.target_level)
        if level
    )
    facts = [
        f"{gettext('Ladder')}: {', '.join(filter(None, (escape(shown.ladder), shown.edition)))}",
        f"{gettext('Window')}: {shown.window}, {shown.window_months}",
        f"{gettext('Written by')}: {escape(shown.written_by)}",
    ]
    if shown.number:
        facts.append(f"{gettext('Snapshot')}: {shown.number}, {shown.frozen_on}")
    if shown.recipient:
        facts.append(f"{gettext('For')}: {escape(shown.recipient)}")
    if shown.is_draft:
        facts.append(gettext("Draft, not frozen"))
    blocks = [f"# {escape(shown.engineer)}", f"**{levels}**", escape(shown.title), _list(facts)]
    blocks += [f"> {_paragraph(text)}".replace("\n", "\n> ") for text in shown.thesis]
    if shown.front.headlines:
        results = [f"**{escape(one.number)}** {escape(one.text)}" for one in shown.front.headlines]
        blocks += [f"## {gettext('Headline results')}", _list(results)]
    return blocks


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _highlight(highlight: Highlight) -> list[str]:
    blocks = [f"### {highlight.number}\\. {escape(highlight.title)}"]
    entries = _references(highlight.entries)
    if line := " · ".join(filter(None, (highlight.when, entries))):
        blocks.append(line)
    for part in highlight.parts:
        first, *rest = part.paragraphs
        blocks += [f"**{part.label}.** {_paragraph(first)}", *map(_paragraph, rest)]
    blocks += [_list(map(_metric, highlight.metrics))] if highlight.metrics else []
    blocks += [_list(map(_link, highlight.links))] if highlight.links else []
    return blocks


def _references(references: Sequence[Reference]) -> str:
    if not references:
        return ""
    word = ngettext("entry", "entries", len(references))
    return f"{word} {', '.join(reference.label for reference in references)}"


def _metric(metric: Metric) -> str:
    numbers = ", ".join(filter(None, (escape(metric.numbers), metric.change)))
    whom = f", {escape(metric.for_whom)}" if metric.for_whom else ""
    return f"{escape(metric.name)}: {numbers} ({metric.basis}{whom})"


def _link(link: Link) -> str:
    label = escape(link.label or link.short)
    if not link.address:
        return label
    address = re.sub(r"[\s<>\\]", lambda found: f"%{ord(found[0]):02X}", link.address)
    return f"[{label}](<{address}>)"


def _coverage(shown: Presentation) -> list[str]:
    blocks = [f"## {gettext('Coverage')}", f"{shown.proven}."]
    gates = [
        f"{gettext('met') if gate.is_met else gettext('open')}: **{gate.name}**, {gate.sentence}"
        for gate in shown.gates
    ]
    blocks += [_list(gates)] if gates else []
    blocks += [f"{note}." for note in shown.lamp_notes]
    return blocks + [block for one in shown.dimensions for block in _dimension(one)]


def _dimension(dimension: Dimension) -> list[str]:
    counts = {"met": dimension.met, "required": dimension.required}
    tally = gettext("%(met)d of %(required)d required proven") % counts
    blocks = [f"### {escape(dimension.name)}", f"{tally}."]
    return blocks + [block for criterion in dimension.criteria for block in _criterion(criterion)]


def _criterion(criterion: Criterion) -> list[str]:
    verdict = gettext("proven") if criterion.is_proven else gettext("not proven yet")
    if criterion.not_applicable_reason:
        verdict = f"{gettext('set aside')}: {escape(criterion.not_applicable_reason)}"
    if not criterion.is_required:
        verdict = f"{verdict}, {gettext('optional')}"
    lines = [f"{lamp.label}, {lamp.state_label}: {lamp.sentence}" for lamp in criterion.said]
    for line in criterion.best:
        figure = f", {escape(line.figure)}" if line.figure else ""
        lines.append(f"[{line.entry.label}] {escape(line.title)} ({line.when}{figure})")
    for word, references in (
        (gettext("also"), criterion.counted_too),
        (gettext("supporting"), criterion.supporting),
    ):
        if references:
            lines.append(f"{word}: {_references(references)}")
    blocks = [f"**{criterion.number} {escape(criterion.text)}**", f"{verdict}"]
    blocks += [criterion.facts] if criterion.facts else []
    blocks += [_paragraph(criterion.note)] if criterion.note else []
    return [*blocks, _list(lines)]


def _voice(voice: Voice) -> list[str]:
    quote = "\n>\n".join(f"> {_paragraph(text)}".replace("\n", "\n> ") for text in voice.paragraphs)
    source = ", ".join(
        filter(None, (escape(voice.author), escape(voice.relation), voice.on, voice.answer))
    )
    about = f" · {gettext('about')} {escape(voice.about)}" if voice.about else ""
    criteria = ", ".join(reference.label for reference in voice.criteria)
    return [quote, f"{source}{about}{f' · {criteria}' if criteria else ''}"]


def _time(shown: Presentation) -> list[str]:
    if shown.timeline is None:
        return []
    return [f"## {gettext('Evidence over time')}", shown.timeline.summary, shown.timeline.text]


def _growth(shown: Presentation) -> list[str]:
    blocks = []
    for area in shown.growth_areas:
        blocks += [f"**{area.number}\\. {_paragraph(text)}**" for text in area.gap]
        blocks += map(_paragraph, area.action)
    return [f"## {gettext('Growth areas')}", *blocks] if blocks else []


def _appendix(shown: Presentation) -> list[str]:
    blocks = []
    for month in shown.months:
        blocks.append(f"### {month.name}")
        for entry in month.entries:
            blocks += _entry(entry)
    return [f"## {gettext('Appendix: every entry cited')}", *blocks] if blocks else []


def _entry(entry: Entry) -> list[str]:
    project = f" · {escape(entry.project)}" if entry.project else ""
    blocks = [
        f"#### {entry.number}\\. {escape(entry.title)}",
        f"{entry.day} · {entry.facts}{project}",
        *map(_paragraph, entry.what),
        *(f"> {_paragraph(text)}".replace("\n", "\n> ") for text in entry.outcome),
    ]
    lines = [*map(_metric, entry.metrics), *map(_link, entry.links)]
    for support in entry.supports:
        word = "" if support.is_counted else f" {gettext('(supporting)')}"
        note = f": {escape(support.note)}" if support.note else ""
        lines.append(f"{gettext('Evidence for')} {support.criterion.label}{word}{note}")
    return [*blocks, _list(lines)] if lines else blocks


def _method(shown: Presentation) -> list[str]:
    blocks = [f"## {gettext('How this document was made')}", _list(shown.rules)]
    if shown.sha256:
        blocks.append(f"{gettext('Fingerprint (SHA-256 of the JSON)')}: `{shown.sha256}`")
    return blocks
