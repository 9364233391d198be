"""The gap: what the journal proves of the level aimed for, and of the level held."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.coverage.almost import almost_counting
from careers.coverage.forms import WindowForm
from careers.coverage.reader import count_aside, read_levels
from careers.journal.evidence import goals_of
from careers.journal.forms.lists import (
    KEY_DIGITS,
)
from careers.journal.models import Entry
from careers.ladders.editions import read_news
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.journal.countable import Window
    from careers.journal.evidence import Goals
    from careers.people.models import Engineer
    from careers.people.requests import SignedInRequest

NEWS = dt.timedelta(days=30)  # as long as the page tells of a new edition


def window_of_packet(request: SignedInRequest) -> dict[str, Any]:
    """The window of the packet that `packet` names, as the form's data; none when none is named.

    The packet is found through its engineer: this package knows of no other.
    """
    key = request.GET.get("packet", "")
    if not key:
        return {}
    if not key.isdecimal() or len(key) > KEY_DIGITS:
        raise Http404
    packet = get_object_or_404(request.user.packets, pk=key)
    window = packet.window(request.user.today())
    return {"from": window.start, "to": window.end}


@require_safe
def coverage(request: SignedInRequest) -> HttpResponse:
    goals, today = goals_of(request.user), request.user.today()
    form = WindowForm(window_of_packet(request) or request.GET, goals=goals, today=today)
    is_valid = form.is_valid()
    window = form.cleaned_data["window"] if is_valid else goals.window(today)
    if is_valid:
        form = WindowForm({"from": window.start, "to": window.end}, goals=goals, today=today)
    context = {
        "form": form,
        "window": window,
        "is_default_window": window == goals.window(today),
        "operation_id": uuid.uuid4,
        "roles": Entry.Role.choices,
        "ends": [choice for choice in Entry.Status.choices if choice[0] != "in_progress"],
        **read_gap(request.user, goals, window),
    }
    status = 200 if is_valid else 422
    return render_page(
        request, "coverage/coverage.html", context, partial="coverage", status=status
    )


def read_gap(engineer: Engineer, goals: Goals, window: Window) -> dict[str, Any]:
    """What the page shows of the level aimed for and, where it is another, of the one held.

    `beside` is the level held where its ladder can lay it beside the one aimed for.
    """
    covered = read_levels(engineer, [goals.target, goals.held], window=window)
    gap: dict[str, Any] = {}
    if goals.target:
        gap["reach"] = covered[goals.target.pk]
        gap["aside"] = count_aside(engineer, goals.target, window=window)
        gap["news"] = read_news(goals.target.ladder, since=timezone.now() - NEWS)
        gap["almost"] = almost_counting(engineer, gap["reach"], window=window)
    if goals.held and goals.held != goals.target:
        gap["hold"] = covered[goals.held.pk]
        is_of_ladder = goals.target and goals.held.ladder_id == goals.target.ladder_id
        if is_of_ladder and not goals.held.is_retired:
            gap["beside"] = goals.held
    return gap
