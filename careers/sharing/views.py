"""A snapshot behind its link, its owner's links, and whether a document was made here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.packets.models import Packet, Rendering, Snapshot
from careers.packets.presentation import present
from careers.packets.rendering import RenderingError, fetch_pdf
from careers.sharing import gate
from careers.sharing.actions import (
    SharingError,
    create_share,
    find_share,
    open_share,
    revoke_share,
    rotate_share,
)
from careers.sharing.forms import LARGEST_FILE, ShareForm, VerifyForm
from careers.sharing.models import Visit
from careers.sharing.overview import read_links, shares_handled_by
from careers.sharing.verification import find_snapshots
from careers.web.environment import is_loopback
from careers.web.middleware import announced_length, judges_length
from careers.web.pages import render_page
from careers.web.uploads import HashingHandler

if TYPE_CHECKING:
    from careers.people.models import Engineer
    from careers.people.requests import SignedInRequest
    from careers.sharing.models import Share

ENVELOPE = 10_000  # bytes of a form around its file
FROM_HERE = {"same-origin", "none"}

# --- behind a link ------------------------------------------------------------------------------
# Nobody is signed in here, nobody's session is asked for, and nothing depends on who sends a form:
# a token says alone what it opens. So there is nothing that a forged form could borrow, and no
# CSRF token to check; a browser that sends no referrer could not prove where its form stood either
# (its Origin is "null"). What another site's page sends is not taken for a click all the same.


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@login_not_required
def shared_snapshot(request: HttpRequest, token: str) -> HttpResponse:
    """The gate, the same for every link; a click opens it for half an hour in this browser."""
    if request.method == "POST" and is_from_this_site(request):
        opened = open_share(token)
        if opened is None:
            return nothing_here(request)
        response = redirect("sharing:shared_snapshot", token)
        gate.remember_opening(response, opened, token=token)
        return response
    share = find_share(token)
    if share is None:
        return nothing_here(request)
    if not gate.has_opened(request, share):
        return answer("sharing/gate.html")
    return answer("sharing/shared_snapshot.html", share=share, presentation=presentation_of(share))


@require_safe
@csrf_exempt
@login_not_required
def shared_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The PDF for whoever opened the link; noted for its owner like the opening."""
    share = find_share(token)
    if share is None:
        return nothing_here(request)
    if not gate.has_opened(request, share):
        return answer("sharing/gate.html")
    try:
        pdf = fetch_pdf(share.snapshot, recipient=share.recipient)
    except Rendering.DoesNotExist:
        return nothing_here(request)  # it was destroyed meanwhile
    except RenderingError as error:
        return answer("sharing/shared_pdf.html", status=503, problem=str(error))
    if request.method == "GET" and open_share(token, kind=Visit.Kind.PDF) is None:
        return nothing_here(request)  # it ended while the PDF was made
    disposition = 'attachment; filename="packet.pdf"'  # no name in the name
    headers = {"Content-Disposition": disposition}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Unknown, malformed, expired, revoked, withdrawn, destroyed: one page, the same bytes."""
    return answer("sharing/nothing_here.html", status=404)


def answer(template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page that knows of no request: nothing of a visitor's session can be on it."""
    page = HttpResponse(render_to_string(template, context), status=status)
    page.headers["Content-Length"] = str(len(page.content))
    return page


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether a form was sent by our own page, as far as the browser tells."""
    return request.headers.get("Sec-Fetch-Site", "none") in FROM_HERE


def presentation_of(share: Share) -> Any:
    snapshot = share.snapshot
    return present(
        json.loads(snapshot.content),
        sha256=snapshot.sha256,
        number=snapshot.number,
        frozen_on=snapshot.frozen_at.date(),
        recipient=share.recipient,
    )


# --- one's own links ----------------------------------------------------------------------------


@require_safe
def share_list(request: SignedInRequest) -> HttpResponse:
    context = {"links": read_links(request.user, shares_handled_by(request.user))}
    return render_page(request, "sharing/share_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def share_create(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """A link to a snapshot for one recipient; the redirect that follows shows it, once."""
    snapshot = find_snapshot(request.user, pk, number)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _share, token = create_share(snapshot, by=request.user, **form.cleaned_data)
        except SharingError as error:
            form.add_error(None, str(error))
        else:
            return show_once(token, pk, number)
    shares = shares_handled_by(request.user).filter(snapshot=snapshot)
    token = gate.read_token(request, shares)
    context = {"snapshot": snapshot, "form": form, "links": read_links(request.user, shares)}
    context |= describe_link(token)
    status = 422 if form.errors else 200
    response = render_page(request, "sharing/share_create.html", context, status=status)
    if token:
        gate.forget_token(response, path=request.path)
    return response


@require_POST
def share_rotate(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new address for the same link, of a packet that one may still read."""
    handled = shares_handled_by(request.user).select_related("snapshot")
    readable = Packet.objects.readable_by(request.user)
    share = get_object_or_404(handled.filter(snapshot__packet__in=readable), pk=pk)
    try:
        _share, token = rotate_share(share)
    except SharingError as error:
        messages.error(request, str(error))
        return redirect("sharing:share_list")
    return show_once(token, share.snapshot.packet_id, share.snapshot.number)


@require_POST
def share_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    share = get_object_or_404(shares_handled_by(request.user), pk=pk)
    revoke_share(share)
    said = _("The link for %(recipient)s opens nothing any more.")
    messages.success(request, said % {"recipient": share.recipient})
    return redirect("sharing:share_list")


def find_snapshot(engineer: Engineer, pk: int, number: int) -> Snapshot:
    """A snapshot of a packet that is about the person or written by them, or 404."""
    readable = Packet.objects.readable_by(engineer).filter(pk=pk)
    snapshots = Snapshot.objects.filter(packet__in=readable).select_related("packet")
    return get_object_or_404(snapshots.defer("content"), number=number)


def show_once(token: str, pk: int, number: int) -> HttpResponse:
    path = reverse("sharing:share_create", args=[pk, number])
    response = redirect(path)
    gate.remember_token(response, token, path=path)
    return response


def describe_link(token: str) -> dict[str, Any]:
    """The address of a token that was just made, and whether it leads anywhere from elsewhere."""
    if not token:
        return {"link": ""}
    path = reverse("sharing:shared_snapshot", args=[token])
    return {
        "link": f"{settings.SITE_URL}{path}",
        "site_url": settings.SITE_URL,
        "is_local": is_loopback(settings.SITE_HOST),
    }


# --- was it made here ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # it changes nothing, and a checked token would read the file before it can be hashed
@judges_length
@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a hash or a file is a snapshot made here; for whoever has it."""
    if announced_length(request) > LARGEST_FILE + ENVELOPE:
        context = {"form": VerifyForm(), "is_too_large": True}
        return render_page(request, "sharing/verify.html", context, status=413)  # unread
    request.upload_handlers = [HashingHandler(request)]
    data = request.GET if "hash" in request.GET else None
    form = VerifyForm(*((request.POST, request.FILES) if request.method == "POST" else (data,)))
    context = {"form": form, "was_checked": form.is_valid()}
    if form.is_valid():
        context |= {"findings": find_snapshots(form.sha256()), "file": form.cleaned_data["file"]}
    return render_page(request, "sharing/verify.html", context, status=form.status())
