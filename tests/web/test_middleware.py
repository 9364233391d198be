"""What happens around every request."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from careers.people.models import Engineer
from careers.web.logs import JsonFormatter
from tests.factories import EngineerFactory
from tests.web import faulty_urls

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
HTMX = {"HX-Request": "true"}


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create(name="Maya")
    client.force_login(engineer)
    return engineer


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """The lines that are written meanwhile, at every level."""
    written: list[dict[str, Any]] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(JsonFormatter().format(record)))

    root, handler = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


def send(client: Client, method: str, path: str, body: BytesIO, length: int) -> Any:
    facts: dict[str, Any] = {"CONTENT_LENGTH": str(length), "wsgi.input": body}
    return client.generic(method, path, CONTENT_TYPE=FORM, **facts)


# --- the log ------------------------------------------------------------------------------------


def test_a_request_is_one_line_with_its_route_and_never_its_path(
    client: Client, maya: Engineer, lines: list[dict[str, Any]]
) -> None:
    response = client.get("/accounts/preferences/?q=planted-word", headers={"Referer": "planted"})

    (line,) = lines
    assert line.keys() == {
        *("ts", "level", "event", "logger", "request_id"),
        *("route", "method", "status", "ms", "actor"),
    }
    assert (line["event"], line["level"], line["method"]) == ("request", "info", "GET")
    assert (line["route"], line["status"], line["actor"]) == ("preferences", 200, maya.pk)
    assert line["request_id"] == response.headers["X-Request-Id"]
    assert "planted" not in json.dumps(line)


def test_a_request_of_nobody_has_no_actor_and_an_unknown_address_no_route(
    client: Client, lines: list[dict[str, Any]]
) -> None:
    client.get("/planted-word/")

    (line,) = lines
    assert (line["route"], line["status"], line["actor"]) == ("", 404, None)


def test_a_method_that_nobody_knows_is_not_repeated(
    client: Client, lines: list[dict[str, Any]]
) -> None:
    client.generic("PLANTED", "/healthz")

    assert lines[0]["method"] == "other"


def test_an_id_that_a_request_brings_is_not_believed(client: Client) -> None:
    first = client.get("/healthz", headers={"X-Request-Id": "planted"})
    second = client.get("/healthz")

    assert first.headers["X-Request-Id"] not in {"planted", second.headers["X-Request-Id"]}


@pytest.mark.urls(faulty_urls.__name__)
def test_a_failure_is_a_line_with_its_places_and_none_of_its_words(
    client: Client, lines: list[dict[str, Any]]
) -> None:
    client.raise_request_exception = False

    response = client.get("/fail-twice/?word=planted")

    failure, request = lines
    assert [part["type"] for part in failure["exception"]] == [
        "builtins.LookupError",
        "builtins.ValueError",
    ]
    assert failure["exception"][1]["frames"][-1].endswith(" fail")
    assert (request["status"], request["level"]) == (500, "error")
    assert failure["request_id"] == request["request_id"] == response.headers["X-Request-Id"]
    assert "planted" not in json.dumps([failure, request])


@pytest.mark.urls(faulty_urls.__name__)
def test_no_line_at_any_level_holds_a_word_that_somebody_sent(
    client: Client, maya: Engineer, lines: list[dict[str, Any]]
) -> None:
    client.raise_request_exception = False
    planted = {"name": "planted", "q": "planted", "login": "planted@example.com", "password": "x"}

    for path in ("/fail/?word=planted", "/refuse/", "/planted/", "/accounts/login/?next=/planted/"):
        client.get(path, headers={"User-Agent": "planted", "Cookie": "planted=planted"})
    for path in ("/accounts/preferences/", "/accounts/password/reset/", "/planted/", "/fail/"):
        client.post(path, planted)
    client.logout()
    client.post("/accounts/login/", planted)

    assert lines
    assert "planted" not in json.dumps(lines)


# --- what can be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/%00",
        "/accounts/login/?next=%00",
        "/accounts/login/?%00=1",
        "/accounts/login/?next=%ED%A0%80",  # a lone surrogate
        "/%ED%A0%80",
        "/%FF",
        "/?q=%FF",
        "/?q=%C3",
    ],
)
def test_an_address_that_is_no_text_is_refused_with_a_sentence(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 400
    assert "not readable text" in response.text


@pytest.mark.parametrize("word", ["é", "日本", "😀", "%", "a+b", "\u202e", "\ufffd"])
def test_an_address_in_any_script_is_read(client: Client, word: str) -> None:
    EngineerFactory.create()

    assert client.get(f"/accounts/login/?next=/{quote(quote(word))}").status_code == 200
    assert client.get(f"/{quote(word)}/").status_code == 404


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "utf-16", "latin-1", "utf-8-sig"])
def test_a_charset_that_could_make_surrogates_is_refused(client: Client, charset: str) -> None:
    asked = client.get("/?q=\\ud800", CONTENT_TYPE=f"text/plain; charset={charset}")
    sent = client.post("/", b"q=+2AA-", content_type=f"{FORM}; charset={charset}")

    assert (asked.status_code, sent.status_code) == (400, 400)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "nonsense"])
def test_utf_8_under_its_names_is_read(client: Client, charset: str) -> None:
    response = client.get("/healthz", CONTENT_TYPE=f"text/plain; charset={charset}")

    assert response.status_code == 200


def test_a_cookie_with_nul_is_refused(client: Client) -> None:
    response = client.get("/", headers={"Cookie": 'session="\\000aaaaaaaaaaaaaaaa"'})

    assert response.status_code == 400


@pytest.mark.parametrize("body", [b"name=%ED%A0%80", b"name=\xed\xa0\x80", b"name=\xff", b"%FF=1"])
def test_a_form_that_is_no_text_is_refused_and_saves_nothing(
    client: Client, maya: Engineer, body: bytes
) -> None:
    response = client.post("/accounts/preferences/", body, content_type=FORM)

    maya.refresh_from_db()
    assert (response.status_code, maya.name) == (400, "Maya")
    assert "Nothing was saved" in response.text


def test_nul_in_a_field_is_told_at_the_field_and_saves_nothing(
    client: Client, maya: Engineer
) -> None:
    data = {"name": "a\0b", "time_zone": "UTC", "log_day": "5"}

    response = client.post("/accounts/preferences/", data)

    maya.refresh_from_db()
    assert (response.status_code, maya.name) == (422, "Maya")
    assert "Null characters are not allowed" in response.text


def test_too_much_is_refused_before_it_is_read(client: Client, maya: Engineer) -> None:
    length = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1

    response = send(client, "POST", "/accounts/preferences/", Unread(b"name=x"), length)

    assert response.status_code == 413
    assert "That is too much at once" in response.text
    assert "1 MB" in response.text
    assert "What you typed is still in this browser" in response.text


def test_too_much_in_parts_is_refused_too(client: Client) -> None:
    response = client.post("/accounts/login/", {"login": "x" * 1_000_001})

    assert response.status_code == 413


def test_as_much_as_is_allowed_is_read(client: Client, maya: Engineer) -> None:
    body = b"name=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 5)

    response = client.post("/accounts/preferences/", body, content_type=FORM)

    assert response.status_code == 422


@pytest.mark.parametrize("length", ["", "abc", "-1", "٣", "0" * 5_000])
def test_a_length_that_is_no_number_fails_nothing(client: Client, length: str) -> None:
    assert client.get("/healthz", CONTENT_LENGTH=length).status_code == 200


@pytest.mark.parametrize("length", ["9" * 20, "9" * 5_000])
def test_a_length_without_end_is_too_much(client: Client, length: str) -> None:
    assert client.get("/healthz", CONTENT_LENGTH=length).status_code == 413


def test_too_many_fields_are_refused(client: Client, maya: Engineer) -> None:
    body = "&".join(f"field{number}=1" for number in range(2_001))

    response = client.post("/accounts/preferences/", body, content_type=FORM)

    assert response.status_code == 413
    assert "2000 fields" in response.text


@pytest.mark.urls(faulty_urls.__name__)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"name=x"),
        ("multipart/form-data; boundary=\xff", b"name=x"),
    ],
)
def test_a_broken_multipart_body_is_refused(client: Client, content_type: str, body: bytes) -> None:
    response = client.post("/read/", body, content_type=content_type)

    assert response.status_code == 400


@pytest.mark.urls(faulty_urls.__name__)
@pytest.mark.parametrize("name", [b"*=nonsense''a", b"*=unicode_escape''%5Cud800", b'="\xed\xa0"'])
def test_a_strange_name_of_a_part_fails_nothing(client: Client, name: bytes) -> None:
    body = b"--B\r\nContent-Disposition: form-data; name" + name + b"\r\n\r\nx\r\n--B--\r\n"

    response = client.post("/read/", body, content_type="multipart/form-data; boundary=B")

    assert response.status_code in {200, 400}


@pytest.mark.urls(faulty_urls.__name__)
def test_a_body_that_breaks_off_is_refused(client: Client) -> None:
    class Broken(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise OSError("connection reset")

    response = send(client, "POST", "/read/", Broken(), 5)

    assert response.status_code == 400


def test_the_body_of_a_question_is_not_read(client: Client) -> None:
    response = send(client, "GET", "/healthz", Unread(b"a=%FF"), 5)

    assert response.status_code == 200


def test_another_host_is_refused_with_a_page(client: Client) -> None:
    response = client.get("/", headers={"Host": "elsewhere.example"})

    assert response.status_code == 400
    assert "That could not be read" in response.text


# --- what a browser is told ---------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/accounts/preferences/", "/nothing-here/", "/healthz"])
def test_what_somebody_signed_in_sees_is_kept_nowhere(
    client: Client, maya: Engineer, path: str
) -> None:
    response = client.get(path)

    assert set(response.headers["Cache-Control"].split(", ")) >= {"private", "no-store"}


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/nothing-here/"])
def test_pages_of_accounts_are_kept_nowhere(client: Client, path: str) -> None:
    EngineerFactory.create()

    response = client.get(path)

    assert set(response.headers["Cache-Control"].split(", ")) >= {"private", "no-store"}


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nothing-here/", "/healthz", "/%00"])
def test_nothing_is_indexed(client: Client, path: str) -> None:
    assert client.get(path).headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.urls(faulty_urls.__name__)
@pytest.mark.parametrize("path", ["/accounts/login/", "/nothing/", "/%00", "/refuse/", "/fail/"])
def test_every_answer_carries_the_headers_that_guard_it(client: Client, path: str) -> None:
    EngineerFactory.create()
    client.raise_request_exception = False

    headers = client.get(path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


# --- signing in again ---------------------------------------------------------------------------


def test_a_page_asked_by_nobody_leads_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/journal/?q=a")

    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/journal/%3Fq%3Da"


@pytest.mark.parametrize(
    ("current", "page"),
    [
        ("http://testserver/journal/?q=a#top", "/journal/%3Fq%3Da"),
        ("http://testserver/", "/"),
        ("http://elsewhere.example/journal/", "/"),
        ("//elsewhere.example/journal/", "/"),
        ("http://testserver//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_htmx_is_led_to_sign_in_and_back_to_the_page_it_was_on(
    client: Client, current: str, page: str
) -> None:
    response = client.get("/coverage/", headers={**HTMX, "HX-Current-URL": current})

    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == f"/accounts/login/?next={page}"
    assert response.content == b""


def test_htmx_that_sends_a_form_is_led_to_the_page_the_form_is_on(client: Client) -> None:
    headers = {**HTMX, "HX-Current-URL": "http://testserver/journal/"}

    response = client.post("/journal/entries/", {"title": "typed"}, headers=headers)

    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/journal/"


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/journal/?q=a", "/journal/%3Fq%3Da"),
        ("http://elsewhere.example/journal/", "/"),
        (None, "/"),
    ],
)
def test_a_form_sent_after_its_session_ended_leads_back_to_its_page(
    client: Client, referer: str | None, page: str
) -> None:
    headers = {"Referer": referer} if referer else {}

    response = client.post("/journal/entries/", {"title": "typed"}, headers=headers)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/accounts/login/?next={page}"


def test_redirects_of_views_are_left_alone(client: Client, maya: Engineer) -> None:
    response = client.post("/accounts/logout/", {"next": "/accounts/login/"}, headers=HTMX)

    assert "HX-Redirect" not in response.headers
    assert response.headers["Location"] == "/accounts/login/"


# --- forms --------------------------------------------------------------------------------------


def test_a_refused_form_of_a_library_answers_422(client: Client) -> None:
    EngineerFactory.create()

    response = client.post("/accounts/login/", {"login": "", "password": ""})

    assert response.status_code == 422
    assert "This field is required" in response.text


def test_a_refused_form_of_the_admin_answers_422(client: Client) -> None:
    client.force_login(EngineerFactory.create(is_staff=True, is_superuser=True))

    response = client.post("/admin/people/engineer/add/", {"email": "not an address"})

    assert response.status_code == 422


def test_a_form_that_is_only_shown_answers_200(client: Client) -> None:
    EngineerFactory.create()

    assert client.get("/accounts/login/").status_code == 200
