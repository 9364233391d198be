"""Pages of the ladders, and of the levels one holds and aims for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.ladders.forms.levels import LevelsForm
from careers.ladders.publishing import may_publish
from careers.ladders.reader import read_ladder_page, read_ladders, read_level_page
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_safe
def ladder_list(request: SignedInRequest) -> HttpResponse:
    context = {"ladders": read_ladders(request.user)}
    return render_page(request, "ladders/ladder_list.html", context)


@require_safe
def ladder_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    page = read_ladder_page(request.user, slug=slug)
    if page is None:
        raise Http404
    context = {"page": page, "may_publish": may_publish(page.ladder, by=request.user)}
    return render_page(request, "ladders/ladder_detail.html", context)


@require_safe
def level_detail(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    page = read_level_page(request.user, slug=slug, code=code)
    if page is None:
        raise Http404
    return render_page(request, "ladders/level_detail.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def placement_edit(request: SignedInRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = LevelsForm(data, engineer=request.user, wished=request.GET.get("target", ""))
    if data is not None and form.is_valid():
        form.save()
        messages.success(request, said_of(form))
        return redirect("ladders:placement_edit" if form.placements else "home")
    status = 422 if form.errors else 200
    return render_page(request, "ladders/placement_edit.html", {"form": form}, status=status)


def said_of(form: LevelsForm) -> str:
    """That it is saved, and what it took the place of or what is held all the same."""
    if not (replaced := form.replaced):
        held = form.engineer.placements.select_related("level").newest_first()[0]
        if held.level == form.cleaned_data["level"]:
            return _("Saved.")
        sentence = _(
            "Saved to your history. %(level)s is held since %(day)s, which is later: it is the one "
            "that counts."
        )
        return sentence % {"level": held.level, "day": held.since_on.isoformat()}
    sentence = _(
        "Saved. %(old)s, held since %(day)s, was replaced; to have both in your history, save the "
        "one and then the other, each with its own day."
    )
    return sentence % {"old": replaced, "day": form.cleaned_data["since_on"].isoformat()}


@require_POST
def placement_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    placement = get_object_or_404(request.user.placements.newest_first(), pk=pk)
    placement.delete()
    facts = {"level": placement.level.label, "day": placement.since_on.isoformat()}
    messages.success(request, _("Removed %(level)s since %(day)s from your history.") % facts)
    return redirect("ladders:placement_edit")
