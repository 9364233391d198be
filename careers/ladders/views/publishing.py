"""Publishing a ladder, for oneself or for everybody; taking a private one away."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careers.ladders.actions import LadderError, delete_ladder
from careers.ladders.document import document_of
from careers.ladders.forms.publishing import PublishForm, too_large
from careers.ladders.models import Ladder
from careers.ladders.publishing import Proposal, copy_for, may_publish, publish
from careers.ladders.resting import resting_on
from careers.ladders.yaml_text import ladder_yaml
from careers.web.middleware import announced_length, judges_length
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest

EXAMPLE = """\
slug: platform
name: Platform engineering
tracks:
  - key: ic
    name: Engineer
    dimensions:
      - {key: craft, name: Craft}
      - {key: people, name: People}
    levels:
      - code: P1
        title: Engineer
        rank: mid
        criteria:
          - {key: p1-tests, dimension: craft, text: Tests what they ship.}
      - code: P2
        title: Senior engineer
        rank: senior
        criteria:
          - {key: p2-design, dimension: craft, text: Designs systems that others build on.}
          - key: p2-talks
            dimension: people
            text: Speaks at conferences.
            required: false
            lamps: [recent]
transitions:
  - {from: P1, to: P2, months: [24, 36]}
"""
LONGEST_BODY = 5_000_000  # bytes that are read at all, to say of a file how large it is


@judges_length
@require_http_methods(["GET", "HEAD", "POST"])
def ladder_publish(request: SignedInRequest) -> HttpResponse:
    """What publishing a document would do; once that was seen, publishing it."""
    if request.method != "POST":
        initial = initial_of(request) | {"operation_id": uuid.uuid4()}
        return show_form(request, PublishForm(engineer=request.user, initial=initial))
    if (length := announced_length(request)) > LONGEST_BODY:
        form = PublishForm(engineer=request.user)
        return show_form(request, form, status=413, refusal=too_large(length))
    form = PublishForm(request.POST, request.FILES, engineer=request.user)
    if not form.is_valid() or form.proposal is None:
        return show_form(request, form, status=422)
    if "publish" not in request.POST:
        return show_form(request, form.in_yaml() if "in_yaml" in request.POST else form)
    if not form.proposal.was_looked_at(form.cleaned_data["checked"]):
        return show_again(request, form)
    try:
        edition = publish(form.proposal)
    except LadderError:  # another edition came first, or another ladder took the slug
        form.check()
        return show_again(request, form)
    return lead_to_ladder(request, form, form.proposal, number=edition.number)


def initial_of(request: SignedInRequest) -> dict[str, Any]:
    """The text of the ladder that the address names: a copy to begin from, or one to change."""
    copied, changed = request.GET.get("copy", ""), request.GET.get("ladder", "")
    if not (copied or changed):
        return {}
    readable = Ladder.objects.readable_by(request.user)
    ladder = get_object_or_404(readable, slug=copied or changed)
    newest = ladder.editions.order_by("-number").first()
    if newest is None or not (copied or may_publish(ladder, by=request.user)):
        raise Http404
    document = document_of(newest.document)
    audience = "me" if copied or ladder.owner_id else "everybody"
    if copied:
        document = copy_for(request.user, document)
    return {
        "document": ladder_yaml(document),
        "begun_from": document.slug,
        "of": ladder,
        "number": newest.number,
        "audience": audience,
    }


def show_form(
    request: SignedInRequest, form: PublishForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "proposal": form.proposal, "example": EXAMPLE}
    return render_page(request, "ladders/ladder_publish.html", context, status=status)


def show_again(request: SignedInRequest, form: PublishForm) -> HttpResponse:
    """What publishing would do now, which is not what was looked at; nothing was published."""
    return show_form(request, form, status=409, is_late=True)


def lead_to_ladder(
    request: SignedInRequest, form: PublishForm, proposal: Proposal, *, number: int
) -> HttpResponse:
    document = proposal.document
    sentence = _("Edition %(number)d of “%(name)s” is published.")
    if proposal.is_unchanged:
        sentence = _("Nothing has changed: this is edition %(number)d of “%(name)s”.")
    messages.success(request, sentence % {"number": number, "name": document.name})
    address = reverse("ladders:ladder_detail", args=[document.slug])
    query = urlencode({"saved": form.cleaned_data["operation_id"] or ""})
    return HttpResponseRedirect(f"{address}?{query}")


@require_http_methods(["GET", "HEAD", "POST"])
def ladder_delete(request: SignedInRequest, slug: str) -> HttpResponse:
    """Asks once, then deletes a private ladder; what rests on it keeps it."""
    ladder = get_object_or_404(request.user.private_ladders, slug=slug)
    was_refused = False
    if request.method == "POST":
        try:
            delete_ladder(ladder)
        except LadderError:
            was_refused = True
        else:
            messages.success(request, _("“%(name)s” is gone.") % {"name": ladder.name})
            return redirect("ladders:ladder_list")
    context = {
        "ladder": ladder,
        "editions": ladder.editions.count(),
        "resting": resting_on(ladder),
        "was_refused": was_refused,
    }
    status = 409 if was_refused else 200
    return render_page(request, "ladders/ladder_delete.html", context, status=status)
