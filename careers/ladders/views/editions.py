"""The editions of a ladder, told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from careers.ladders.editions import read_edition_page, read_editions
from careers.ladders.models import Edition, Ladder
from careers.ladders.publishing import may_publish
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_safe
def edition_list(request: SignedInRequest, slug: str) -> HttpResponse:
    ladder = get_object_or_404(Ladder.objects.readable_by(request.user), slug=slug)
    context = {
        "ladder": ladder,
        "editions": read_editions(ladder),
        "may_publish": may_publish(ladder, by=request.user),
    }
    return render_page(request, "ladders/edition_list.html", context)


@require_safe
def edition_detail(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One edition, and what it changed against the one before."""
    editions = Edition.objects.filter(ladder__in=Ladder.objects.readable_by(request.user))
    edition = get_object_or_404(editions.select_related("ladder"), ladder__slug=slug, number=number)
    context = {"page": read_edition_page(edition)}
    return render_page(request, "ladders/edition_detail.html", context)
