"""The front page: this week, and the gap to the target level in one glance."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from careers.coverage.reader import read_levels
from careers.journal.evidence import goals_of
from careers.journal.forms.entries import (
    CaptureForm,
)
from careers.journal.listing import monday_of, week_of
from careers.ladders.forms.levels import LevelsForm
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: SignedInRequest) -> HttpResponse:
    engineer = request.user
    goals = goals_of(engineer)
    if goals.target is None and goals.held is None:
        return first_run(request)
    today = engineer.today()
    context = {
        "form": CaptureForm(engineer=engineer, initial={"operation_id": uuid.uuid4()}),
        "today": today,
        "week": week_of(engineer, monday_of(today)),
    }
    if level := goals.target:
        covered = read_levels(engineer, [level], window=goals.window(today))[level.pk]
        context |= {"covered": covered, "nearest": covered.nearest()}
    return render_page(request, "home/home.html", context)


def first_run(request: SignedInRequest) -> HttpResponse:
    """Which level you hold, since when, where, and which you aim for; nothing more."""
    form = LevelsForm(request.POST if request.method == "POST" else None, engineer=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("home")
    context = {"levels_form": form}
    return render_page(request, "home/first_run.html", context, status=422 if form.errors else 200)
