"""Answering with a page, or with the part of it that htmx asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse


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
