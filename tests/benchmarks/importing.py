"""What reading costs: `python -m tests.benchmarks.importing [LINES …]`.

CPU seconds of this process for each kind of text at each size, and the ratio to half of it: reading
grows with the lines, not faster. No test runs this.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable

import django

SIZES = (2_500, 5_000, 10_000)
TODAY = dt.date(2026, 11, 21)


def brag(lines: int) -> str:
    item = (
        "* [Oct {day}, 2024] Moved thing {n} to [the place](https://x.test/{n}), 800 ms to 200 ms"
    )
    return "# 2024\n\n" + "\n".join(item.format(n=n, day=1 + n % 28) for n in range(lines))


def notes(lines: int) -> str:
    line = "2024-03-{day:02} Fixed thing number {n}, from 800 ms to 200 ms"
    return "\n".join(line.format(n=n, day=1 + n % 28) for n in range(lines))


def log(lines: int) -> str:
    commit = (
        "commit {name:07x}abcdef\nAuthor: A <a@x.test>\nDate:   Fri Jun {day} 16:44:35 2026 +0300\n"
        "\n    Teach the{topic} to do {n}\n"
    )
    return "\n".join(
        commit.format(name=n + 2**24, day=1 + n % 26, topic=f" quill{n % 50}", n=n)
        for n in range(lines // 6)
    )


def oneline(lines: int) -> str:
    return "\n".join(f"{n + 2**24:07x}abc Teach quill{n % 500} to do {n}" for n in range(lines))


KINDS: dict[str, Callable[[int], str]] = {
    "brag document": brag,
    "notes": notes,
    "git log": log,
    "git log --oneline": oneline,
}


def measure(sizes: list[int]) -> None:
    from careers.journal.importers import read  # noqa: PLC0415 needs Django set up

    sys.stdout.write("text                 lines   rows  CPU s  to the size before\n")
    for kind, make in KINDS.items():
        before = 0.0
        for lines in sizes:
            text = make(lines)
            began = time.process_time()
            reading = read(text, today=TODAY)
            took = time.process_time() - began
            ratio = f"{took / before:.2f}" if before else ""
            sys.stdout.write(f"{kind:18} {lines:7} {len(reading.rows):6}  {took:5.2f}  {ratio}\n")
            before = took


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    django.setup()
    measure([int(word) for word in sys.argv[1:]] or list(SIZES))
