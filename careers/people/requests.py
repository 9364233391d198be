"""What a view may rely on of its request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest  # noqa: TID251 a type that only views name

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from careers.people.models import Engineer


class SignedInRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through."""

    user: Engineer
    htmx: HtmxDetails
