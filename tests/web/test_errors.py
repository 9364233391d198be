"""Pages of what went wrong: what happened, what was kept, what to do."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from careers.people.models import Engineer
from tests.factories import EngineerFactory
from tests.web import faulty_urls

HTMX = {"HX-Request": "true"}
KEPT = "What you typed is still in this browser"


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create()
    client.force_login(engineer)
    return engineer


@pytest.mark.django_db
def test_not_found_says_the_same_of_every_address(client: Client) -> None:
    first = client.get("/nothing-here/")
    second = client.get("/nothing-there/at-all/?q=planted")

    assert first.status_code == second.status_code == 404
    assert first.content == second.content
    assert "There is nothing here" in first.text


@pytest.mark.django_db
def test_htmx_gets_an_error_as_a_fragment(client: Client, maya: Engineer) -> None:
    response = client.get("/nothing-here/", headers=HTMX)

    assert response.status_code == 404
    assert response.content.strip().startswith(b'<div id="error" role="alert"')


@pytest.mark.django_db
def test_a_form_out_of_date_says_that_what_was_typed_is_kept(maya: Engineer) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(maya)

    response = client.post("/accounts/preferences/", {"name": "typed"})

    assert response.status_code == 403
    assert "This page was out of date" in response.text
    assert KEPT in response.text


@pytest.mark.django_db
def test_nobody_is_promised_a_draft_that_no_browser_keeps() -> None:
    EngineerFactory.create()

    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})

    assert response.status_code == 403
    assert "Nothing was saved." in response.text
    assert KEPT not in response.text


@pytest.mark.django_db
@pytest.mark.urls(faulty_urls.__name__)
def test_what_is_for_others_is_refused_without_the_reason(client: Client) -> None:
    response = client.get("/refuse/")

    assert response.status_code == 403
    assert "This is not open to you" in response.text
    assert "planted" not in response.text


@pytest.mark.django_db(transaction=True)
def test_too_many_tries_say_to_wait(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    EngineerFactory.create()
    cache.clear()

    answers = [client.post("/accounts/login/", {"login": "a@b.example"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [422, 429]
    assert "Too many tries" in answers[1].text


@pytest.mark.urls(faulty_urls.__name__)
def test_a_failure_answers_without_a_database(client: Client) -> None:
    client.raise_request_exception = False
    client.cookies["session"] = "a-session-that-would-be-looked-up-0"

    response = client.get("/query/")  # no database is allowed in this test

    assert response.status_code == 500
    assert "Something went wrong here" in response.text
    assert response.headers["X-Request-Id"] in response.text


@pytest.mark.urls(faulty_urls.__name__)
def test_a_failure_answers_htmx_with_a_fragment(client: Client) -> None:
    client.raise_request_exception = False

    response = client.get("/fail/?word=planted", headers=HTMX)

    assert response.status_code == 500
    assert response.content.strip().startswith(b'<div id="error" role="alert"')
    assert "planted" not in response.text


@pytest.mark.urls(faulty_urls.__name__)
def test_a_failure_answers_without_templates(client: Client, settings: Settings) -> None:
    settings.TEMPLATES = []
    client.raise_request_exception = False

    response = client.get("/fail/")

    assert response.status_code == 500
    assert "Everything that was saved is still there" in response.text


@pytest.mark.django_db
@pytest.mark.urls(faulty_urls.__name__)
def test_the_page_after_a_failure_works(client: Client) -> None:
    client.raise_request_exception = False
    client.get("/fail/")

    assert client.get("/query/").content == b"asked"
    assert connection.is_usable()
