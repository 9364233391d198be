"""What every test may ask for: a browser that stays on this machine, somebody signed in, axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker
from pytest_playwright import CreateContextCallback

if TYPE_CHECKING:
    from careers.people.models import Engineer

# Playwright's sync API keeps an event loop in the test's own thread; Django then refuses ORM
# calls made by the test. The server runs in its own threads, so this loosens nothing under test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# In CI the same examples every time; elsewhere new ones. A slow machine is not a wrong rule.
hypothesis_settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None)
hypothesis_settings.register_profile("here", max_examples=100, deadline=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ON_THIS_MACHINE = ("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:")


def find_chromium() -> str | None:
    """The browser of this machine; None is Playwright's own download, if there is one."""
    if path := os.environ.get("CHROMIUM"):
        return path
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    return str(mac) if mac.exists() else None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    args = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-default-apps",
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")  # Chromium will not start its sandbox as root (containers)
    path = find_chromium()
    return {**browser_type_launch_args, "args": args, **({"executable_path": path} if path else {})}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "en-US",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def new_context(
    request: pytest.FixtureRequest, new_context: CreateContextCallback
) -> Iterator[Callable[..., BrowserContext]]:
    """Browser contexts, `context` and `page` included, that fail the test on any console error or
    warning, any error of a page and any request that leaves the machine.

    `@pytest.mark.allow_console("422")` allows the messages that hold one of its texts. With a
    `live_server` addresses may be written without it: `page.goto("/journal/")`.
    """
    seen: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            seen.append(f"{message.type}: {message.text}")

    def note_error(error: WebError) -> None:
        seen.append(f"error: {error.error}")

    def note_request(request: Request) -> None:
        if not request.url.startswith(ON_THIS_MACHINE):
            seen.append(f"left: {request.url}")

    def watch(**options: Any) -> BrowserContext:
        if "live_server" in request.fixturenames:
            options.setdefault("base_url", request.getfixturevalue("live_server").url)
        context = new_context(**options)
        context.on("console", note_message)
        context.on("weberror", note_error)
        context.on("request", note_request)
        return context

    yield watch

    marker = request.node.get_closest_marker("allow_console")
    allowed = marker.args if marker else ()
    wrong = [line for line in seen if not any(text in line for text in allowed)]
    assert "\n".join(wrong) == ""


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[BrowserContext, Engineer], None]:
    """Sign an engineer in without the sign-in page: `sign_in(context, engineer)`."""

    def sign_in(context: BrowserContext, engineer: Engineer) -> None:
        client = Client()
        client.force_login(engineer)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture
def signed_in(
    context: BrowserContext, sign_in: Callable[[BrowserContext, Engineer], None]
) -> Engineer:
    """An engineer for whom `page` is signed in."""
    from tests.factories import EngineerFactory  # noqa: PLC0415 models need Django set up

    engineer: Engineer = EngineerFactory.create()
    sign_in(context, engineer)
    return engineer


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical on a page, a line for each element: `axe(page) == []`."""
    source = AXE.read_text()

    def axe(page: Page) -> list[str]:
        # evaluate() is the debugger's, which the content security policy does not bind.
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{violation['id']} ({violation['impact']}): {node['html']} {node['failureSummary']}"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]

    return axe


@pytest.fixture(autouse=True)
def empty_cache(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The cache's table is no model's, so a test that commits leaves its counts to the next."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "live_server" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            cache.clear()
