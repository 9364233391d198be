"""The editions of a ladder, told apart and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from careers.ladders.document import document_of
from careers.ladders.editions import read_edition_page, read_editions
from careers.ladders.models import Edition, Ladder
from careers.ladders.publishing import may_publish
from careers.ladders.yaml_text import ladder_yaml
from careers.web.pages import render_page

if TYPE_CHECKING:
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


@require_safe
def ladder_export(request: SignedInRequest, slug: str) -> HttpResponse:
    """The newest edition as a file that import_ladder reads; all of it, pay included."""
    ladder = get_object_or_404(Ladder.objects.readable_by(request.user), slug=slug)
    edition = ladder.editions.order_by("-number").first()
    if edition is None:
        raise Http404
    return yaml_file(edition, name=f"{slug}.yaml")


@require_safe
def edition_export(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """An edition as it was published, however the ladder has changed since."""
    ladder = get_object_or_404(Ladder.objects.readable_by(request.user), slug=slug)
    edition = get_object_or_404(ladder.editions, number=number)
    return yaml_file(edition, name=f"{slug}-edition-{number}.yaml")


def yaml_file(edition: Edition, *, name: str) -> HttpResponse:
    content = ladder_yaml(document_of(edition.document))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/yaml; charset=utf-8", headers=headers)
