"""How long a line takes from Enter until it is seen, at 10 entries and at 10,000.

Not a test, for a machine may be busy: `.venv/bin/python -m tests.journeys.measure_capture`. The
server is production's, with an SQLite that waits for the disk; the goal is 150 ms.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.conftest import find_chromium
from tests.journeys.production import DemoServer

TIMES = 20

# Sam, who has a journal of a few entries, gets as many as are wanted: five a week back to the past,
# half of them evidence, as somebody who writes every day would have them.
WRITE = """
import datetime as dt
from careers.journal.models import Entry, Evidence, Project
from careers.ladders.models import Criterion, Level
from careers.ladders.actions import aim_for
from careers.people.models import Engineer
sam = Engineer.objects.get(email="sam@example.com")
sam.entries.all().delete()
level = Level.objects.get(ladder__slug="infrastructure", code="L6")
aim_for(sam, level=level)
titles = [f"Project {{n}}" for n in range(40)]
projects = [Project.objects.get_or_create(engineer=sam, title=title)[0] for title in titles]
today = sam.today()
entries = Entry.objects.bulk_create(
    Entry(
        engineer=sam,
        title=f"Did the thing number {{n}}",
        outcome="Two teams stopped waiting for each other.",
        role="led",
        project=projects[n % 40],
        happened_on=today - dt.timedelta(days=n * 7 // 5),
    )
    for n in range({count})
)
criteria = list(Criterion.objects.filter(level=level))
Evidence.objects.bulk_create(
    Evidence(entry=entry, criterion=criteria[n % len(criteria)])
    for n, entry in enumerate(entries)
    if n % 2
)
"""

# Milliseconds from the key to the frame in which the row has been painted.
UNTIL_SEEN = """() => new Promise((resolve) => {
    let pressed;
    addEventListener("keydown", () => { pressed = performance.now(); }, { once: true });
    new MutationObserver((_changes, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
    }).observe(document.querySelector("#entries"), { childList: true });
})"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = DemoServer(Path(folder) / "data", workers=1)
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        with server:
            page = browser.new_page(base_url=server.url)
            sign_in(page)
            for count in (10, 10_000):
                server.manage("shell", "-v0", "-c", WRITE.format(count=count))
                times = sorted(capture(page, f"Line {n} of {count}") for n in range(TIMES))
                sys.stdout.write(
                    f"{count} entries: median {statistics.median(times):.0f} ms, "
                    f"fastest {times[0]:.0f}, slowest {times[-1]:.0f}\n"
                )
        browser.close()


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("sam@example.com")
    page.get_by_label("Password").fill("every-friday")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")


def capture(page: Page, line: str) -> float:
    page.goto("/")
    page.get_by_role("textbox", name="What did you do?").fill(line)
    waiting = page.evaluate_handle(f"() => ({{ seen: ({UNTIL_SEEN})() }})")
    page.keyboard.press("Enter")
    return float(waiting.evaluate("({ seen }) => seen"))


if __name__ == "__main__":
    main()
