"""Answering with a page, or with the part of it that htmx asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse


LONGEST_ADDRESS = 2_000  # letters; Django refuses to lead to one much longer


def find_next(request: HttpRequest, fallback: str) -> str:
    """The page that a form names in `next`, on this site only, else `fallback`."""
    page = request.POST.get("next", "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours and len(page) <= LONGEST_ADDRESS else fallback


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partial: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page `template`, or its partial `partial` when htmx asks; the view names the partial."""
    if partial and request.headers.get("HX-Request") == "true":
        template = f"{template}#{partial}"
    response = render(request, template, dict(context or {}), status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
