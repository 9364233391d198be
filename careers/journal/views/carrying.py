"""Carrying evidence over to the ladder of the level aimed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from careers.journal.actions import JournalError
from careers.journal.carrying import carry_over, find_matches
from careers.journal.evidence import goals_of
from careers.journal.forms.carrying import CarryForm
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_carry(request: SignedInRequest) -> HttpResponse:
    """Shows which criteria ask the same as those of other ladders; carries over what is ticked."""
    target = goals_of(request.user).target
    matches = find_matches(request.user, target.ladder) if target else []
    is_sent = request.method == "POST"
    form = CarryForm(request.POST if is_sent else None, matches=matches)
    if is_sent and form.is_valid():
        try:
            count = carry_over(form.chosen())
        except JournalError as error:
            form.add_error(None, str(error))
        else:
            said = ngettext(
                "%d entry is evidence here too.", "%d entries are evidence here too.", count
            )
            messages.success(request, said % count)
            return redirect("coverage:coverage")
    context = {"form": form, "target": target}
    status = 422 if form.errors else 200
    return render_page(request, "journal/evidence_carry.html", context, status=status)
