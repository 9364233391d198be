"""What every answer tells a browser: what it may run, keep and show, and where it may go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponseRedirect
from django.test import Client, RequestFactory

from careers.web.pages import find_next
from tests.addresses import ADDRESSES
from tests.crawler import crawl, read
from tests.factories import PASSWORD
from tests.web import faulty_urls
from tests.world import NOON, World, digest, sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(NOON, tick=False),
    pytest.mark.urls(faulty_urls.__name__),
]

HTMX = {"HX-Request": "true"}
FORM = "application/x-www-form-urlencoded"
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
SHARED = "/s/"  # pages with a tighter policy of their own

# Ways of writing another site so that it looks like a path of this one.
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\t//evil.example/",
    "/\n/evil.example/",
    "http:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,evil.example",
    "\x01https://evil.example/",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "//testserver\\@evil.example/",
    "／／evil.example/",
    "/%0d%0aLocation: //evil.example/",
    "evil.example",
    "@evil.example",
]


@pytest.fixture
def world() -> World:
    return World()


def answers_of_every_status(world: World) -> Iterator[tuple[int, str, Any]]:
    """The status that is meant, what it is the answer to, and the answer; pages and fragments."""
    maya, nobody = sign_in(world.maya), sign_in()
    guarded = Client(enforce_csrf_checks=True)
    big = b"title=" + b"a" * 2_000_000
    entry = f"/journal/entries/{world.entry.pk}/"
    for headers in ({}, HTMX):
        for client in (maya, nobody):
            yield 404, "nothing", client.get("/nothing/", headers=headers)
            yield 400, "no text", client.get("/journal/?q=%ED%A0%80", headers=headers)
            yield 400, "no host", client.get("/", headers={**headers, "Host": "evil.example"})
            yield 413, "too much", client.post("/journal/entries/", big, FORM, headers=headers)
            yield 405, "no method", client.delete("/healthz", headers=headers)
            yield 403, "refused", client.get("/refuse/", headers=headers)
            yield 500, "a failure", client.get("/fail/", headers=headers)
        yield 403, "no token", guarded.post("/accounts/login/", headers=headers)
        yield 200, "a page", maya.get("/", headers=headers)
        yield 422, "a bad form", maya.post(entry, {"title": ""}, headers=headers)
        yield 405, "a bad method", maya.put(entry, headers=headers)
    yield 302, "to the sign-in", nobody.get("/")
    yield 302, "a good form", maya.post(f"{entry}edit/", {"version": "2", "title": "New"})
    yield 409, "a conflict", maya.post(f"{entry}edit/", {"version": "1", "title": "Newer"})
    tries = [nobody.post("/accounts/2fa/webauthn/login/") for _try in range(11)]
    yield 429, "many tries", tries[-1]


def missing_guards(answer: Any) -> list[str]:
    wrong = [name for name, value in GUARDS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if {directive.strip() for directive in policy.split(";")} != POLICY:
        wrong.append(f"Content-Security-Policy: {policy}")
    return wrong


# --- on every answer ----------------------------------------------------------------------------


def test_answers_of_every_status_are_guarded(world: World) -> None:
    answers = list(answers_of_every_status(world))

    assert [(what, a.status_code) for status, what, a in answers if a.status_code != status] == []
    assert {s for s, _, _ in answers} == {200, 302, 400, 403, 404, 405, 409, 413, 422, 429, 500}
    assert [(what, w) for _status, what, a in answers if (w := missing_guards(a))] == []


@pytest.mark.parametrize("name", ["maya", "tomas", "admin", "nobody"])
def test_every_page_is_guarded_and_reading_it_changes_nothing(world: World, name: str) -> None:
    client = sign_in(getattr(world, name, None))
    paths = [address.path(world) for address in ADDRESSES]
    before = digest()

    pages = crawl(client, "/", *paths)
    for path in paths:
        client.options(path)
        client.get(path, headers=HTMX)

    after = digest()
    ours = {path: page for path, page in pages.items() if not path.startswith(SHARED)}
    assert {path: w for path, page in ours.items() if (w := missing_guards(page))} == {}
    assert {path: w for path, page in ours.items() if (w := InlineCode(page).found)} == {}
    if name != "nobody":
        kept = {path: page.headers["Cache-Control"] for path, page in ours.items()}
        assert {path: said for path, said in kept.items() if "no-store" not in said} == {}
    # The bytes of a PDF are made by whoever reads it first.
    assert {table for table in after if after[table] != before[table]} <= {"packets.Rendering"}


class InlineCode(HTMLParser):
    """Scripts, styles and handlers that stand in a page.

    The policy would drop them, and only some browser would tell. A file to be kept may hold them.
    """

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.found: list[str] = []
        is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
        if answer.headers.get("Content-Type", "").startswith("text/html") and not is_file:
            self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        is_code = tag == "script" and "src" not in values and "json" not in values.get("type", "")
        handlers = [
            n for n in values if n == "style" or n.startswith(("on", "hx-on", "data-hx-on"))
        ]
        links = [n for n, value in values.items() if value.strip().lower().startswith("javascript")]
        if is_code or tag == "style" or handlers or links:
            self.found.append(self.get_starttag_text() or tag)


def test_pages_shared_by_a_link_are_guarded_more_tightly(world: World) -> None:
    answer = sign_in().get(f"{SHARED}unheard-of/")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not {"unsafe-inline", "unsafe-eval", "*"} & set(policy.replace("'", " ").split())
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# --- what is kept -------------------------------------------------------------------------------


def test_no_refusal_to_somebody_signed_in_is_kept(world: World) -> None:
    answers = [a for _s, _w, a in answers_of_every_status(world) if "session" in a.client.cookies]

    assert len(answers) > 15
    assert {a.headers["Cache-Control"] for a in answers} == {"private, no-store"}


# --- cookies ------------------------------------------------------------------------------------


def sign_in_by_form(client: Client, **request: Any) -> dict[str, dict[str, Any]]:
    """The cookies that a browser gets on its way in: name to attributes."""
    got = dict(client.get("/accounts/login/", **request).cookies)
    form = {"login": "sam@example.com", "password": PASSWORD}
    got |= client.post("/accounts/login/", form, **request).cookies
    return {
        name: {key: morsel[key] for key in ("httponly", "samesite", "secure", "path", "domain")}
        for name, morsel in got.items()
    }


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(world: World) -> None:
    cookies = sign_in_by_form(sign_in())

    guarded = {"httponly": True, "samesite": "Lax", "secure": "", "path": "/", "domain": ""}
    assert cookies == {"csrf": guarded, "session": guarded}


def production(site_url: str) -> dict[str, Any]:
    """What the settings make of it, in a process of their own."""
    names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME"]
    names += ["CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    code = (
        f"import json, careers.settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    )
    environment = {**os.environ, "SITE_URL": site_url}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return dict(zip(names, json.loads(done.stdout), strict=True))


def test_cookies_of_a_site_on_https_go_nowhere_else(world: World, settings: Any) -> None:
    for name, value in production("https://careers.example.org").items():
        setattr(settings, name, value)
    client = sign_in()

    plain = client.get("/accounts/login/")
    cookies = sign_in_by_form(client, secure=True)
    page = client.get("/", secure=True)

    assert (plain.status_code, plain.headers["Location"]) == (
        301,
        "https://testserver/accounts/login/",
    )
    guarded = {"httponly": True, "samesite": "Lax", "secure": True, "path": "/", "domain": ""}
    assert cookies == {"__Host-csrf": guarded, "__Host-session": guarded}
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")


# --- where it leads -----------------------------------------------------------------------------


def leads_to(answer: Any) -> str:
    """The site a browser would go to: it takes a backslash for a slash and drops control codes."""
    address = answer.headers.get("Location", answer.headers.get("HX-Redirect", ""))
    address = "".join(c for c in address if c > " ").replace("\\", "/")
    parts = urlsplit(urljoin("http://testserver/", address))
    return parts.netloc if parts.scheme in {"http", "https"} else parts.scheme


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_next_names_a_page_of_this_site_or_none(elsewhere: str) -> None:
    request = RequestFactory().post("/", {"next": elsewhere})

    assert leads_to(HttpResponseRedirect(find_next(request, "/here/"))) == "testserver"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "https://evil.example/", "/\\evil.example"]
)
def test_no_form_leads_to_another_site(world: World, settings: Any, elsewhere: str) -> None:
    settings.IS_DEMO = True
    maya, nobody = sign_in(world.maya), sign_in()
    ways_in = crawl(nobody, "/accounts/login/?next=/journal/")
    pages = crawl(maya, "/", "/journal/trash/", f"/journal/entries/{world.entry.pk}/", "/coverage/")
    right = {"title": ["A line"], "login": ["sam@example.com"], "password": [PASSWORD]}
    forms = {
        form.action: (client, form)
        for client, answers in ((maya, pages), (nobody, ways_in))
        for address, answer in answers.items()
        for form in read(address, answer).forms
        if any(each.name == "next" for each in form.fields)
    }

    left = []
    for action, (client, form) in forms.items():
        cookies = dict(client.cookies)
        with transaction.atomic():
            answer = client.post(action, form.data() | right | {"next": [elsewhere]})
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(cookies)
        if leads_to(answer) != "testserver" or answer.status_code >= 500:
            left.append((action, answer.status_code, answer.headers.get("Location")))

    assert left == []
    assert len(forms) >= 6


def test_no_sign_in_leads_to_another_site(world: World) -> None:
    nobody, maya = sign_in(), sign_in(world.maya)
    left = []
    for elsewhere in ELSEWHERE:
        query = urlencode({"next": elsewhere})
        answers = [
            maya.get(f"/accounts/login/?{query}"),
            maya.get(f"/accounts/reauthenticate/?{query}"),
            maya.post(f"/accounts/reauthenticate/?{query}", {"password": PASSWORD}),
            sign_in().post(
                f"/accounts/login/?{query}", {"login": "sam@example.com", "password": PASSWORD}
            ),
            nobody.get(f"/admin/login/?{query}"),
        ]
        if elsewhere.isprintable() and elsewhere.isascii():
            asked = {"Referer": elsewhere, "HX-Current-URL": elsewhere}
            answers.append(nobody.post("/journal/entries/", headers=asked))
            answers.append(nobody.post("/journal/entries/", headers=asked | HTMX))
        left += [(elsewhere, a.headers) for a in answers if leads_to(a) != "testserver"]

    assert left == []
