"""What people bring to every request: where they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest  # noqa: TID251 a middleware speaks HTTP
from django.http.response import HttpResponseBase  # noqa: TID251 a middleware speaks HTTP
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def own_time_zone(get_response: GetResponse) -> GetResponse:
    """Times on pages for whoever is signed in are those of their clock.

    Public pages, /healthz among them, ask nobody who they are.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with timezone.override(None):
            return get_response(request)

    def process_view(request: HttpRequest, view: Callable[..., Any], *_: Any) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            timezone.activate(request.user.zone)

    middleware.process_view = process_view  # type: ignore[attr-defined] # how Django finds it
    return middleware
