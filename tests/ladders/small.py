"""A small ladder as YAML, to be changed by replacing pieces of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careers.ladders.actions import publish_ladder
from careers.ladders.document import read_ladder

if TYPE_CHECKING:
    from careers.ladders.models import Edition
    from careers.people.models import Engineer

SMALL = """\
slug: small
name: Small ladder
summary: Two levels.
tracks:
  - key: ic
    name: Engineer
    dimensions:
      - {key: craft, name: Craft}
      - {key: people, name: People}
    levels:
      - code: A1
        label: A1
        title: Beginner
        rank: junior
        years: 0–2
        scope: Does what is described.
        criteria:
          - {key: tests, dimension: craft, text: Writes tests., lamps: [recent]}
          - {key: asks, dimension: people, text: Asks early.}
        guidance:
          - {kind: project, text: Mend a defect.}
      - code: A2
        label: A2+
        title: Expert
        rank: senior
        terminal: true
        criteria:
          - {key: designs, dimension: craft, text: Designs systems.}
          - {key: talks, dimension: people, text: Gives talks., required: false, lamps: []}
transitions:
  - from: A1
    to: A2
    months: [24, 36]
    conditions:
      - text: Delivers alone.
guidance:
  - {kind: principle, title: Fair, text: The same bar for everybody.}
"""


def changed(*pieces: tuple[str, str]) -> str:
    """SMALL with each old piece replaced by its new one; a piece that is not there is an error."""
    text = SMALL
    for old, new in pieces:
        assert old in text, old
        text = text.replace(old, new)
    return text


def publish(text: str = SMALL, *, owner: Engineer | None = None) -> Edition:
    return publish_ladder(read_ladder(text.encode()), owner=owner)


def many_criteria(levels: int, each: int) -> str:
    """A ladder of one track and one dimension with `levels` × `each` criteria."""
    lines = [
        "slug: large",
        "name: Large ladder",
        "tracks:",
        "  - key: ic",
        "    name: Engineer",
        "    dimensions: [{key: craft, name: Craft}]",
        "    levels:",
    ]
    for level in range(levels):
        lines += [f"      - code: A{level}", f"        title: Level {level}", "        criteria:"]
        for n in range(each):
            key = f"a{level}-{n}"
            lines.append(f"          - {{key: {key}, dimension: craft, text: Does {key}.}}")
    return "\n".join(lines)
