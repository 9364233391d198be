"""What Maya writes comes out for Maya and for nobody else, by no way and in no log."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import DataError, connection
from django.test import Client

from careers.ladders.models import Ladder
from careers.web.logs import JsonFormatter
from tests.addresses import ADDRESSES
from tests.crawler import crawl
from tests.factories import PASSWORD
from tests.world import NOON, STEM, World, personal_models, sign_in, text_fields

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server would log at its most talkative, LOG_LEVEL=DEBUG."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def text_of(answer: Any) -> str:
    """What can be read of it as text, a PDF's outside apart."""
    return str(answer.content.decode(errors="replace"))


def everything(address: str, answer: Any) -> str:
    """All that an answer to `address` gives away, without what was asked for."""
    headers = [f"{name}: {value}" for name, value in answer.headers.items()]
    cookies = [morsel.OutputString() for morsel in answer.cookies.values()]
    return "\n".join([text_of(answer), *headers, *cookies]).lower().replace(address, "")


def words_in(world: World, text: str) -> list[str]:
    """Whose words they are, where there is any; the stem alone would be a leak too."""
    if STEM not in text:
        return []
    return [place for word, place in world.words.items() if word in text] or ["some word"]


def somebody(world: World, name: str) -> Client:
    return sign_in(getattr(world, name, None))


def test_every_text_that_somebody_writes_has_a_word_planted_in_it(world: World) -> None:
    planted = {place.split(" ")[0] for place in world.words.values()}
    fields = {
        f"{model._meta.label}.{column.name}"
        for model in personal_models()
        for column in text_fields(model)
    }

    assert fields
    assert fields - planted == set()


@pytest.mark.parametrize("name", ["tomas", "sam", "admin", "nobody"])
def test_no_page_shows_a_word_of_mayas_to_anybody_else(
    world: World, log: io.StringIO, name: str
) -> None:
    client = somebody(world, name)
    starts = [address.path(world) for address in ADDRESSES]

    pages = crawl(client, "/", "/nothing/", *starts)
    for address in starts:
        pages[f"{address} POST"] = client.post(address, {"version": "2", "title": "a title"})
        pages[f"{address} by htmx"] = client.get(address, headers=HTMX)

    assert len(pages) > 3 * len(starts)
    leaks = {a: words_in(world, everything(a.split(" ")[0], page)) for a, page in pages.items()}
    assert {address: words for address, words in leaks.items() if words} == {}
    assert STEM not in log.getvalue()
    assert [str(message.body) for message in mail.outbox if STEM in str(message.body)] == []


@pytest.mark.parametrize("name", ["tomas", "sam", "admin"])
def test_search_for_a_word_of_mayas_reads_like_one_for_a_word_of_nobodys(
    world: World, name: str
) -> None:
    client = somebody(world, name)
    one_of_each = {place.rsplit(" ", 1)[0]: word for word, place in world.words.items()}
    searches = ["/journal/?q={}", "/journal/?q={}&lacking=anything"]
    if name == "admin":
        searches.append("/admin/people/engineer/?q={}")

    def ask(search: str, word: str) -> str:
        answer = client.get(search.format(word), headers=HTMX)
        return everything(word, answer).replace(answer.headers["X-Request-Id"], "")

    nothing = {search: ask(search, f"{STEM}9999") for search in searches}
    told = [
        (search, word)
        for search in searches
        for word in one_of_each.values()
        if len(ask(search, word)) != len(nothing[search])
    ]

    assert told == []


def test_administration_knows_no_personal_row(world: World) -> None:
    client = sign_in(world.admin)
    models = [model._meta for model in personal_models() if model is not Ladder]
    addresses = [
        f"/admin/{meta.app_label}/{meta.model_name}/{rest}"
        for meta in models
        for rest in ("", "add/", "1/", "1/change/", "1/history/", "1/delete/")
    ]

    statuses = {address: client.get(address, follow=True).status_code for address in addresses}

    assert statuses == dict.fromkeys(addresses, 404)


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_administration_says_of_a_private_ladder_what_it_says_of_none(
    world: World, page: str
) -> None:
    client = sign_in(world.admin)

    def ask(key: int) -> tuple[int, str]:
        address = f"/admin/ladders/ladder/{key}/{page}/"
        answer = client.get(address, follow=True)
        return answer.status_code, everything(str(key), answer)

    theirs, nothing = ask(world.private_ladder.pk), ask(999_999)

    assert theirs[0] == nothing[0]
    assert words_in(world, theirs[1]) == []


def test_maya_finds_every_word_of_hers(world: World, log: io.StringIO) -> None:
    client = sign_in(world.maya)
    client.post(f"/journal/entries/{world.trashed_entry.pk}/restore/")
    client.post(f"/journal/tray/{world.dismissed.pk}/restore/")

    pages = crawl(client, "/", *(address.path(world) for address in ADDRESSES))

    text = "\n".join(text_of(page) for page in pages.values())
    hidden = [place for word, place in world.words.items() if word not in text]
    assert hidden == []
    assert STEM not in log.getvalue()


def test_log_says_what_happened_and_not_what_was_written(
    world: World, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    client = sign_in(world.maya)
    nobody = sign_in()

    client.post(
        f"/journal/entries/{world.entry.pk}/edit/", {"version": "2", "title": f"{STEM} saved"}
    )
    client.post(f"/journal/entries/{world.entry.pk}/edit/", {"version": "2", "outcome": STEM})
    client.post("/journal/entries/", {"title": STEM, "happened_on": STEM})
    client.get(f"/journal/?q={STEM}&since={STEM}")
    client.get(f"/{STEM}/?{STEM}={STEM}", headers={"Referer": f"http://{STEM}/", "Cookie": STEM})
    client.get("/", headers={"Host": f"{STEM}.example.com", "User-Agent": STEM})
    nobody.post("/accounts/login/", {"login": f"{STEM}@example.com", "password": STEM})
    nobody.post("/accounts/login/", {"login": "maya@example.com", "password": PASSWORD})

    lines = log.getvalue().splitlines()
    assert sum('"event": "request"' in line for line in lines) == 8
    for secret in (STEM, "example.com", PASSWORD, client.cookies["session"].value):
        assert [line for line in lines if secret in line] == []
    assert STEM not in "".join(capfd.readouterr())


@pytest.mark.parametrize("statement", ["SELECT", "INSERT", "UPDATE"])
def test_failure_tells_neither_the_page_nor_the_log_what_was_written(
    world: World, log: io.StringIO, capfd: pytest.CaptureFixture[str], statement: str
) -> None:
    """A database's error quotes the row that it refused."""
    client = sign_in(world.maya)

    def fail(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        if sql.startswith(statement) and "journal_" in sql:
            raise DataError(f"refused: {sql} {params} {STEM}")
        return execute(sql, params, *rest)

    with connection.execute_wrapper(fail):
        answer = client.post(
            f"/journal/entries/{world.entry.pk}/edit/", {"version": "2", "title": f"{STEM} new"}
        )

    assert answer.status_code == 500
    assert words_in(world, everything("", answer)) == []
    assert '"event": "failure"' in log.getvalue()
    assert answer.headers["X-Request-Id"] in log.getvalue()
    assert STEM not in log.getvalue()
    assert STEM not in "".join(capfd.readouterr())
