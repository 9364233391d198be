"""From the document's JSON to everything that a page of it shows. Pure: no rows, no clock.

`present` resolves what the JSON keeps as ids, codes and dates. HTML, PDF and Markdown are made of
its answer and of nothing else, so they cannot say different things.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from careers.coverage.days import name_day, name_month
from careers.packets.covered import present_criteria, present_dimensions, shared_lamp_notes
from careers.packets.entries import Cited, cite, present_link, present_metric
from careers.packets.front import compose_front
from careers.packets.method import concerns_of, say_rules
from careers.packets.parts import (
    Gate,
    GrowthArea,
    Highlight,
    Level,
    Month,
    Part,
    Presentation,
    Reference,
    Voice,
)
from careers.packets.timeline import draw_timeline
from careers.packets.wording import (
    GATES,
    Words,
    months_between,
    paragraphs,
    say_day,
    say_month,
    say_proven,
    shorten,
    word_of,
)

Document = Mapping[str, Any]

RECIPIENT = 70  # in letters, at the foot of each page
HIGHLIGHT_METRICS = 6
HIGHLIGHT_LINKS = 6
HIGHLIGHT_ENTRIES = 16

PARTS = ("problem", "did", "result", "mine")
ANSWERS = {
    "agree": gettext_lazy("agrees"),
    "partly": gettext_lazy("agrees in part"),
    "disagree": gettext_lazy("disagrees"),
}


def present(
    document: Document,
    *,
    sha256: str = "",
    number: int | None = None,
    frozen_on: dt.date | None = None,
    recipient: str = "",
    is_draft: bool = False,
) -> Presentation:
    shown: dict[str, Any] = {
        "sha256": sha256,
        "number": number,
        "frozen_on": say_day(frozen_on) if frozen_on else "",
        "frozen_date": frozen_on.isoformat() if frozen_on else "",
        "short_hash": sha256[:12],
        "recipient": shorten(recipient, RECIPIENT),
        "is_draft": is_draft,
    }
    return Presentation(**shown, **_names(document), **_evidence(document))


def _names(document: Document) -> dict[str, Any]:
    """Who, from where to where, by which ladder, in which window; and what was told."""
    packet, ladder = document["packet"], document["ladder"]
    start, end = _day(packet["window_start_on"]), _day(packet["window_end_on"])
    edition = ladder["edition"]
    return {
        "language": document["language"],
        "title": Words(packet["title"]),
        "engineer": Words(packet["engineer"]),
        "written_by": Words(packet["written_by"]),
        "ladder": Words(ladder.get("name") or ladder["slug"]),
        "edition": gettext("edition %(number)d") % {"number": edition} if edition else "",
        "window": f"{say_day(start)} – {say_day(end)}",
        "window_short": f"{name_month(start)} – {name_month(end)}",
        "window_months": _say_length(start, end),
        "thesis": paragraphs(document["thesis"]),
        "case": paragraphs(document["case"]),
        "rules": say_rules(document["rules"]),
    }


def _evidence(document: Document) -> dict[str, Any]:
    """What the entries show, and the first page, which draws it together."""
    packet = document["packet"]
    cited = cite(document)
    criteria = present_criteria(document, cited)
    highlights = _highlights(document, cited)
    from_level, target_level = _levels(document)
    drawn_together: dict[str, Any] = {
        "dimensions": present_dimensions(document, criteria),
        "concerns": concerns_of(document),
    }
    growth = _growth_areas(document)
    levels = [level for level in (from_level, target_level) if level]
    start, end = _day(packet["window_start_on"]), _day(packet["window_end_on"])
    days = cited.days_counted(), cited.days_supporting()
    return {
        **drawn_together,
        "from_level": from_level,
        "target_level": target_level,
        "front": compose_front(document, levels=levels, growth=growth, **drawn_together),
        "growth_areas": growth,
        "highlights": highlights,
        "proven": _proven(document),
        "lamp_notes": shared_lamp_notes(document),
        "gates": _gates(document),
        "voices": _voices(document, cited, criteria, highlights),
        "timeline": draw_timeline(*days, start=start, end=end),
        "months": _months(cited),
        "entry_count": len(cited.entries),
    }


def _levels(document: Document) -> tuple[Level | None, Level]:
    """Where from, which may be unsaid, and where to."""
    packet = document["packet"]
    levels = {level["code"]: level for level in document["levels"]}
    held = packet["from_level"]
    return _level(levels, held) if held else None, _level(levels, packet["target_level"])


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _level(levels: Mapping[str, Any], code: str) -> Level:
    level = levels.get(code, {})
    label = level.get("label") or code
    title = level.get("title") or ""
    return Level(label, Words(title if title != label else ""))


def _say_length(start: dt.date, end: dt.date) -> str:
    """The window in whole months; both days are included, so that 20 May to 20 May is twelve."""
    months = max(1, months_between(start, end) - (1 if end.day >= start.day - 1 else 2))
    if start.day == 1 and (end + dt.timedelta(days=1)).day == 1:
        months = months_between(start, end)
    return ngettext("%d month", "%d months", months) % months


def _proven(document: Document) -> str:
    counts = [
        sum(dimension[name] for dimension in document["dimensions"])
        for name in ("met", "required", "set_aside")
    ]
    return say_proven(*counts)


def _gates(document: Document) -> list[Gate]:
    return [
        Gate(word_of(GATES, gate["code"]), gate["met"], gate["sentence"])
        for gate in document["gates"]
    ]


def _growth_areas(document: Document) -> list[GrowthArea]:
    return [
        GrowthArea(
            number,
            paragraphs(area["gap"]),
            paragraphs(area["action"]),
        )
        for number, area in enumerate(document["growth_areas"], 1)
    ]


# --- highlights and voices ----------------------------------------------------------------------


def _highlights(document: Document, cited: Cited) -> list[Highlight]:
    labels = {
        "problem": gettext("The problem"),
        "did": gettext("What I did"),
        "result": gettext("The result"),
        "mine": gettext("Mine and others’"),
    }
    return [
        _highlight(rank, told, labels, cited) for rank, told in enumerate(document["highlights"], 1)
    ]


def _highlight(
    rank: int, told: Mapping[str, Any], labels: Mapping[str, str], cited: Cited
) -> Highlight:
    own = [entry for entry in cited.entries if entry["project"] == told["project"]]
    days = [_day(entry["happened_on"]) for entry in own]
    metrics = [metric for entry in own for metric in entry["metrics"] if metric["after"]]
    metrics.sort(key=lambda metric: metric["basis"] != "measured")  # stable: by date otherwise
    links = [link for entry in own for link in entry["links"]]
    ends = dict.fromkeys(name_month(day) for day in (min(days), max(days))) if days else {}
    return Highlight(
        number=rank,
        anchor=f"highlight-{rank}",
        title=Words(cited.projects.get(told["project"], "")),
        when=" – ".join(ends),
        parts=[Part(labels[name], paragraphs(told[name])) for name in PARTS if told[name].strip()],
        metrics=[present_metric(metric) for metric in metrics[:HIGHLIGHT_METRICS]],
        links=[present_link(link) for link in links[:HIGHLIGHT_LINKS]],
        entries=[cited.references[entry["id"]] for entry in own[:HIGHLIGHT_ENTRIES]],
        entries_more=max(0, len(own) - HIGHLIGHT_ENTRIES),
    )


def _voices(
    document: Document,
    cited: Cited,
    criteria: Mapping[str, Any],
    highlights: Collection[Highlight],
) -> list[Voice]:
    places = {
        told["project"]: highlight.anchor
        for told, highlight in zip(document["highlights"], highlights, strict=True)
    }
    said = [*document["quotes"], *document["statements"]]
    return [_voice(voice, cited, criteria, places) for voice in said]


def _voice(
    voice: Mapping[str, Any],
    cited: Cited,
    criteria: Mapping[str, Any],
    places: Mapping[int, str],
) -> Voice:
    about, anchor = "", ""
    if entry := voice["about"].get("entry"):
        about, anchor = cited.titles.get(entry, ""), cited.anchors.get(entry, "")
    elif project := voice["about"].get("project"):
        about, anchor = cited.projects.get(project, ""), places.get(project, "")
    keys = voice.get("criteria") or filter(None, [voice.get("criterion")])
    return Voice(
        paragraphs=paragraphs(voice["text"]),
        author=Words(voice["author"]),
        relation=Words(voice["relation"]),
        on=name_day(_day(voice["on"])),
        about=Words(about),
        anchor=anchor,
        criteria=[
            Reference(criteria[key].number, criteria[key].anchor) for key in keys if key in criteria
        ],
        answer=word_of(ANSWERS, voice.get("answer", "")),
    )


def _months(cited: Cited) -> list[Month]:
    months = defaultdict(list)
    for entry in cited.presented:
        months[say_month(entry.on)].append(entry.entry)
    return [Month(name, entries) for name, entries in months.items()]
