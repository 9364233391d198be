"""The gap: what the journal proves of the level aimed for, and of the level held."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_safe

from careers.coverage.almost import almost_counting
from careers.coverage.forms import WindowForm
from careers.coverage.reader import read_levels
from careers.journal.countable import default_window
from careers.journal.evidence import goals_of
from careers.journal.models import Entry
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_safe
def coverage(request: SignedInRequest) -> HttpResponse:
    engineer = request.user
    today = engineer.today()
    form = WindowForm(request.GET, today=today)
    is_valid = form.is_valid()
    window = form.cleaned_data["window"] if is_valid else default_window(today)
    if is_valid:
        form = WindowForm({"from": window.start, "to": window.end}, today=today)
    goals = goals_of(engineer)
    covered = read_levels(engineer, [goals.target, goals.held], window=window)
    context: dict[str, Any] = {
        "form": form,
        "window": window,
        "is_default_window": window == default_window(today),
        "operation_id": uuid.uuid4,
        "roles": Entry.Role.choices,
        "ends": [choice for choice in Entry.Status.choices if choice[0] != "in_progress"],
    }
    if goals.target:
        context["reach"] = covered[goals.target.pk]
        context["almost"] = almost_counting(engineer, context["reach"], window=window)
    if goals.held and goals.held != goals.target:
        context["hold"] = covered[goals.held.pk]
    status = 200 if is_valid else 422
    return render_page(
        request, "coverage/coverage.html", context, partial="coverage", status=status
    )
