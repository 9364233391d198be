"""Addresses for machines."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.factories import EngineerFactory


def test_healthz_answers_without_asking_the_database(client: Client) -> None:
    client.cookies["session"] = "a-session-that-would-be-looked-up-0"

    response = client.get("/healthz")  # no database is allowed in this test

    assert (response.status_code, response.content) == (200, b"ok")


def test_healthz_is_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_readyz_is_ready_when_the_database_answers_and_has_every_migration(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()["status"]) == (200, "ready")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_readyz_names_migrations_that_are_missing(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="people", name="0002_cache_table").delete()

    response = client.get("/readyz", REMOTE_ADDR="203.0.113.7")

    assert response.status_code == 503
    assert response.json() == {"status": "failing", "part": "migrations"}


@pytest.mark.django_db
def test_readyz_names_a_database_that_does_not_answer(client: Client) -> None:
    def fail(execute: Callable[..., Any], *args: Any) -> Any:
        raise OperationalError("planted: password of the database")

    with connection.execute_wrapper(fail):
        response = client.get("/readyz", REMOTE_ADDR="203.0.113.7")

    assert response.status_code == 503
    assert response.json() == {"status": "failing", "part": "database"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="says nothing of other databases")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("request_facts", "is_named"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "203.0.113.7"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.7"}, False),
    ],
)
def test_readyz_names_the_sqlite_version_to_this_machine_alone(
    client: Client, request_facts: dict[str, Any], is_named: bool
) -> None:
    response = client.get("/readyz", **request_facts)

    assert response.json().get("sqlite") == (sqlite3.sqlite_version if is_named else None)


@pytest.mark.django_db
def test_readyz_says_the_same_to_somebody_signed_in(client: Client) -> None:
    client.force_login(EngineerFactory.create(is_staff=True))

    response = client.get("/readyz", REMOTE_ADDR="203.0.113.7")

    assert response.json() == {"status": "ready"}


def test_robots_are_asked_to_stay_away(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain"
    assert response.content == b"User-agent: *\nDisallow: /\n"
