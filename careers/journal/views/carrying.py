"""Carrying evidence over to the ladder of the level aimed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from careers.journal.carrying import carry_over, find_matches
from careers.journal.evidence import goals_of
from careers.journal.forms.carrying import CarryForm
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest

MOST_NAMED = 20  # entries that could not be changed


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_carry(request: SignedInRequest) -> HttpResponse:
    """Shows which criteria ask the same as those of other ladders; carries over what is ticked."""
    target = goals_of(request.user).target
    matches = find_matches(request.user, target.ladder) if target else []
    is_sent = request.method == "POST"
    form = CarryForm(request.POST if is_sent else None, matches=matches)
    if is_sent and form.is_valid():
        count, left_out = carry_over(form.chosen())
        said = ngettext(
            "%d entry is evidence here too.", "%d entries are evidence here too.", count
        )
        if count:
            messages.success(request, said % count)
        sentence = _(
            "“%(title)s” was left out: it was saved elsewhere just now, or is primary for too many "
            "criteria of a level already."
        )
        for entry in left_out[:MOST_NAMED]:
            messages.warning(request, sentence % {"title": entry.title})
        return redirect("coverage:coverage")
    context = {"form": form, "target": target}
    status = 422 if form.errors else 200
    return render_page(request, "journal/evidence_carry.html", context, status=status)
