"""What the front page costs: measured in the browser, served as in production."""

from __future__ import annotations

import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from tests.journeys.production import DemoServer

KB = 1000  # bytes


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    with DemoServer(tmp_path_factory.mktemp("weight") / "data") as server:
        yield server


@pytest.fixture
def home(server: DemoServer, new_context: Callable[..., BrowserContext]) -> Page:
    """Maya's front page, open in a browser that has nothing in its cache."""
    context = new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Enter as Maya").click()
    page.wait_for_url(f"{server.url}/")
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    return page


def test_front_page_is_light(home: Page) -> None:
    answered: list[Request] = []
    home.on("requestfinished", lambda request: answered.append(request))

    home.reload(wait_until="networkidle")

    weights = weights_of(home, answered)
    assert weights["script"] <= 20 * KB, weights
    assert weights.total() - weights["font"] <= 60 * KB, weights
    assert weights["font"] <= 100 * KB, weights
    assert len({request.url for request in answered}) <= 10


def test_everything_but_the_page_is_kept_for_ever(home: Page) -> None:
    kept: dict[str, str | None] = {}
    home.on(
        "response",
        lambda response: kept.update({response.url: response.headers.get("cache-control")}),
    )

    home.reload(wait_until="networkidle")

    document = kept.pop(home.url)
    assert document == "private, no-store"
    assert set(kept.values()) == {"max-age=315360000, public, immutable"}


def weights_of(page: Page, answered: list[Request]) -> Counter[str]:
    """Bytes of the bodies as gzip sends them, by what they are; browsers may get less by brotli."""
    cookies = page.context.cookies()
    headers = {
        "Accept-Encoding": "gzip",
        "Cookie": "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies),
    }
    weights: Counter[str] = Counter()
    for url, kind in {request.url: request.resource_type for request in answered}.items():
        with urlopen(urllib.request.Request(url, headers=headers)) as response:  # noqa: S310 ours
            weights[kind] += len(response.read())
    return weights
