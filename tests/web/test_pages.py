"""A page, or the part of it that htmx asked for."""

from __future__ import annotations

from django.test import RequestFactory

from careers.web.pages import render_page

WORDS = {"title": "Nothing", "happened": "It is gone.", "next_step": "Look elsewhere."}


def test_a_browser_gets_the_whole_page(rf: RequestFactory) -> None:
    response = render_page(rf.get("/"), "web/error.html", WORDS, partial="error", status=404)

    assert response.status_code == 404
    assert response.content.startswith(b"<!doctype html>")
    assert b"It is gone." in response.content


def test_htmx_gets_the_partial_that_the_view_names(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"HX-Request": "true"})

    response = render_page(request, "web/error.html", WORDS, partial="error")

    assert response.content.strip().startswith(b'<div id="error"')


def test_htmx_gets_the_page_where_the_view_names_no_partial(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"HX-Request": "true"})

    response = render_page(request, "web/error.html", WORDS)

    assert response.content.startswith(b"<!doctype html>")


def test_a_cache_in_between_tells_pages_from_parts(rf: RequestFactory) -> None:
    response = render_page(rf.get("/"), "web/error.html", WORDS)

    assert response.headers["Vary"] == "HX-Request, Cookie"
