"""Pages of what lies between levels: the diff, a step, the fork, the archetypes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from careers.ladders.between import read_diff_page, read_transition_page
from careers.ladders.fork import read_archetypes, read_fork_page
from careers.ladders.forms.levels import LevelPairForm
from careers.ladders.levels import read_levels
from careers.ladders.models import Ladder
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_safe
def level_diff(request: SignedInRequest, slug: str) -> HttpResponse:
    ladder = get_object_or_404(Ladder.objects.readable_by(request.user), slug=slug)
    form = LevelPairForm(request.GET, levels=read_levels(request.user, slug=slug))
    context = {"ladder": ladder, "form": form}
    if form.is_valid():
        context["page"] = read_diff_page(*form.pair, request.user)
    is_refused = form.is_asked and len(form.levels) > 1 and not form.is_valid()
    status = 422 if is_refused else 200
    return render_page(request, "ladders/level_diff.html", context, status=status)


@require_safe
def transition_detail(
    request: SignedInRequest, slug: str, from_code: str, to_code: str
) -> HttpResponse:
    page = read_transition_page(request.user, slug=slug, from_code=from_code, to_code=to_code)
    if page is None:
        raise Http404
    context = {"ladder": page.step.to_level.ladder, "page": page}
    return render_page(request, "ladders/transition_detail.html", context)


@require_safe
def fork_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    ladder = get_object_or_404(Ladder.objects.readable_by(request.user), slug=slug)
    context = {"ladder": ladder, "page": read_fork_page(ladder, request.user)}
    return render_page(request, "ladders/fork_detail.html", context)


@require_safe
def archetype_list(request: SignedInRequest, slug: str) -> HttpResponse:
    ladder = get_object_or_404(Ladder.objects.readable_by(request.user), slug=slug)
    context = {"ladder": ladder, "levels": read_archetypes(ladder, request.user)}
    return render_page(request, "ladders/archetype_list.html", context)
