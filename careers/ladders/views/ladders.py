"""Pages of the ladders, and of the levels one holds and aims for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.ladders.document import document_of
from careers.ladders.forms import LevelsForm
from careers.ladders.models import Ladder
from careers.ladders.publishing import may_publish
from careers.ladders.reader import read_ladder_page, read_ladders, read_level_page
from careers.ladders.yaml_text import ladder_yaml
from careers.web.pages import render_page

if TYPE_CHECKING:
    from careers.ladders.models import Edition
    from careers.people.requests import SignedInRequest


@require_safe
def ladder_list(request: SignedInRequest) -> HttpResponse:
    context = {"ladders": read_ladders(request.user)}
    return render_page(request, "ladders/ladder_list.html", context)


@require_safe
def ladder_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    ladder = get_object_or_404(Ladder.objects.readable_by(request.user), slug=slug)
    context = {
        "page": read_ladder_page(ladder, request.user),
        "may_publish": may_publish(ladder, by=request.user),
    }
    return render_page(request, "ladders/ladder_detail.html", context)


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


@require_safe
def level_detail(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    page = read_level_page(request.user, slug=slug, code=code)
    if page is None:
        raise Http404
    return render_page(request, "ladders/level_detail.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def placement_edit(request: SignedInRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = LevelsForm(data, engineer=request.user)
    if data is not None and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("ladders:placement_edit" if form.placements else "home")
    status = 422 if form.errors else 200
    return render_page(request, "ladders/placement_edit.html", {"form": form}, status=status)


@require_POST
def placement_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    placement = get_object_or_404(request.user.placements.newest_first(), pk=pk)
    placement.delete()
    facts = {"level": placement.level.label, "day": placement.since_on.isoformat()}
    messages.success(request, _("Removed %(level)s since %(day)s from your history.") % facts)
    return redirect("ladders:placement_edit")
