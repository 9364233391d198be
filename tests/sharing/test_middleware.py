"""What every answer under /s/ says, and what no log does."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from careers.packets.models import Snapshot
from careers.sharing.actions import revoke_share
from careers.web.logs import JsonFormatter
from careers.web.tokens import new_token
from tests.sharing.links import (
    RECIPIENT,
    TITLE,
    browser,
    opened,
    page,
    pdf,
    share,
)
from tests.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The lines that are written meanwhile, at every level."""
    written: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(JsonFormatter().format(record))

    root, handler = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


def every_answer(token: str) -> list[Any]:
    client = opened(token)
    answers = [
        browser().get(page(token)),
        browser().post(page(token)),
        client.get(page(token)),
        client.get(pdf(token)),
        browser().get(page(new_token())),
        browser().get("/s/"),
        browser().get("/s/%FF/"),
        browser().put(page(token)),
        browser().options(pdf(token)),
        browser().generic("POST", page(token), b"", CONTENT_LENGTH="2000000"),
    ]
    Snapshot.objects.update(content="")  # a fault of ours
    answers.append(client.get(page(token)))
    return answers


def test_every_answer_has_the_headers_of_what_must_not_be_kept_found_or_framed(
    snapshot: Snapshot,
) -> None:
    _share, token = share(snapshot)

    answers = every_answer(token)

    statuses = [answer.status_code for answer in answers]
    assert statuses == [200, 302, 200, 200, 404, 404, 404, 405, 405, 413, 500]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"].startswith("noindex, nofollow, noarchive")
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert set(answer.cookies) <= {"opened"}


def test_other_pages_keep_the_headers_they_have(client: Client) -> None:
    response = client.get("/healthz")

    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_no_log_holds_a_token_or_a_recipient(snapshot: Snapshot, lines: list[str]) -> None:
    made, token = share(snapshot)
    client = opened(token)
    client.get(page(token))
    client.get(pdf(token))
    client.get(f"{page(token)}?utm={token}", headers={"Referer": page(token)})
    client.put(page(token))
    revoke_share(made)
    client.get(page(token))
    client.get(f"/s/{token}")
    client.post(page(token))

    routes = {json.loads(line).get("route") for line in lines}
    assert routes == {"sharing:shared_snapshot", "sharing:shared_pdf", "sharing:nothing_here"}
    assert not re.search(f"{token}|{token[:6]}|{RECIPIENT}|{TITLE}", "\n".join(lines))
