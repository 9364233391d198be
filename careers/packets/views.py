"""Pages of packets: the draft, its preview, its snapshots."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from careers.coverage.reader import read_levels
from careers.journal.evidence import goals_of
from careers.packets import actions
from careers.packets.comparison import compare
from careers.packets.content import content_of, differences
from careers.packets.document import canonical, compose, digest
from careers.packets.editing import PacketEditor
from careers.packets.forms import NewPacketForm
from careers.packets.history import history_of
from careers.packets.markdown import markdown_file
from careers.packets.models import Packet, Snapshot
from careers.packets.presentation import present
from careers.packets.publishing import html_file, present_snapshot
from careers.packets.rendering import RenderingError, fetch_pdf, start_rendering
from careers.web.pages import render_page

if TYPE_CHECKING:
    from careers.people.requests import SignedInRequest


def find_packet(request: SignedInRequest, pk: int) -> Packet:
    """A packet that is about the person or written by them, or 404."""
    readable = Packet.objects.readable_by(request.user)
    return get_object_or_404(
        readable.select_related("engineer", "from_level", "target_level__ladder"), pk=pk
    )


def find_snapshot(request: SignedInRequest, pk: int, number: int) -> Snapshot:
    packet = find_packet(request, pk)
    return get_object_or_404(packet.snapshots.select_related("packet"), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def packet_list(request: SignedInRequest) -> HttpResponse:
    goals = goals_of(request.user)
    initial = {"target": goals.target, "title": ""}
    if goals.target and not goals.target.is_retired:
        initial["title"] = _("To %(label)s") % {"label": goals.target.label}
    data = request.POST if request.method == "POST" else None
    form = NewPacketForm(data, engineer=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        packet = actions.create_packet(request.user, held=goals.held, **form.cleaned_data)
        return redirect("packets:packet_detail", packet.pk)
    packets = Packet.objects.readable_by(request.user).select_related("target_level")
    context = {
        "form": form,
        "packets": packets.prefetch_related("snapshots").order_by("-updated_at", "-pk"),
    }
    status = 422 if form.errors else 200
    return render_page(request, "packets/packet_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def packet_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    packet = find_packet(request, pk)
    if request.method != "POST":
        return show_draft(request, PacketEditor(packet))
    editor = PacketEditor(packet, request.POST)
    if not editor.is_valid():
        return show_draft(request, editor, status=422)
    try:
        saved = actions.save_packet(
            packet,
            content=editor.content(),
            version=editor.version,
            operation_id=editor.operation_id,
        )
    except actions.DraftConflictError:
        return show_conflict(request, editor)
    if request.htmx:
        response = show_draft(request, PacketEditor(saved), is_saved=True)
        detail = {"operation": str(editor.operation_id or ""), "version": saved.version}
        return trigger_client_event(response, "draft-saved", detail)
    messages.success(request, _("The draft is saved."))
    return redirect(f"{request.path}?saved={editor.operation_id or ''}")


def show_draft(
    request: SignedInRequest, editor: PacketEditor, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The draft, and beside it what its evidence proves."""
    packet = editor.packet
    if editor.form.is_bound:  # and so holds what was sent, not what is saved
        packet = find_packet(request, packet.pk)
    window = packet.window(packet.engineer.today())
    levels = [packet.target_level]
    covered = read_levels(packet.engineer, levels, window=window, case=editor.case())
    context |= {
        "editor": editor,
        "packet": packet,
        "window": window,
        "covered": covered[packet.target_level_id],
        "hidden_notes": editor.hidden_notes(),
        "snapshots": packet.snapshots.order_by("-number"),
        "operation_id": uuid.uuid4(),
    }
    return render_page(
        request, "packets/packet_detail.html", context, partial="beside", status=status
    )


def show_conflict(request: SignedInRequest, editor: PacketEditor) -> HttpResponse:
    """Both texts; the form holds the one that was sent, as a change of the newest version."""
    saved = Packet.objects.get(pk=editor.packet.pk)
    both = differences(content_of(saved), editor.content())
    editor.form.begin_from(saved.version)
    return show_draft(request, editor, status=409, conflict=both)


@require_safe
def packet_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The document as it would be frozen now."""
    packet = find_packet(request, pk)
    document = compose(packet, today=packet.engineer.today())
    presentation = present(document, sha256=digest(canonical(document)), is_draft=True)
    context = {"packet": packet, "presentation": presentation}
    return render_page(request, "packets/packet_preview.html", context)


@require_POST
def packet_freeze(request: SignedInRequest, pk: int) -> HttpResponse:
    packet = find_packet(request, pk)
    try:
        snapshot = actions.freeze_packet(
            packet, today=packet.engineer.today(), version=packet.version
        )
    except actions.PacketError as error:
        messages.error(request, str(error))
        return redirect("packets:packet_detail", pk)
    start_rendering(snapshot)
    messages.success(request, _("Frozen as snapshot %(n)d.") % {"n": snapshot.number})
    return redirect("packets:snapshot_detail", pk, snapshot.number)


@require_safe
def packet_history(request: SignedInRequest, pk: int) -> HttpResponse:
    packet = find_packet(request, pk)
    context = {"packet": packet, "versions": history_of(packet)}
    return render_page(request, "packets/packet_history.html", context)


@require_POST
def draft_restore(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    packet = find_packet(request, pk)
    get_object_or_404(packet.revisions, number=number)
    try:
        actions.restore_draft(packet, number=number)
    except actions.PacketError as error:
        messages.error(request, str(error))
    else:
        said = _("The draft is again as it was in version %(n)d.")
        messages.success(request, said % {"n": number})
    return redirect("packets:packet_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def packet_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks once, then deletes the draft with its snapshots; their links die."""
    packet = find_packet(request, pk)
    if request.method == "POST":
        packet.delete()
        messages.success(request, _("“%(title)s” is gone.") % {"title": packet.title})
        return redirect("packets:packet_list")
    context = {"packet": packet, "snapshots": packet.snapshots.order_by("number")}
    return render_page(request, "packets/packet_delete.html", context)


@require_safe
def snapshot_detail(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """A snapshot as its readers see it, and what changed since the one before."""
    snapshot = find_snapshot(request, pk, number)
    document = json.loads(snapshot.content)
    before = snapshot.packet.snapshots.filter(number__lt=number).order_by("-number").first()
    context = {
        "snapshot": snapshot,
        "packet": snapshot.packet,
        "presentation": present_snapshot(snapshot),
        "before": before,
        "changes": compare(json.loads(before.content), document) if before else [],
    }
    return render_page(request, "packets/snapshot_detail.html", context)


@require_safe
def snapshot_pdf(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    snapshot = find_snapshot(request, pk, number)
    try:
        pdf = fetch_pdf(snapshot)
    except RenderingError as error:
        messages.error(request, str(error))
        return redirect("packets:snapshot_detail", pk, number)
    return download(pdf, "application/pdf", "packet.pdf")


@require_safe
def snapshot_export(request: SignedInRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """The same document as one HTML file, as Markdown, or as the JSON that is hashed."""
    snapshot = find_snapshot(request, pk, number)
    if kind == "json":
        return download(snapshot.content, "application/json", "packet.json")
    if kind == "md":
        return download(markdown_file(present_snapshot(snapshot)), "text/markdown", "packet.md")
    return download(html_file(present_snapshot(snapshot)), "text/html", "packet.html")


def download(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """A file to keep; text is UTF-8."""
    if isinstance(content, str):
        content, kind = content.encode(), f"{kind}; charset=utf-8"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


@require_POST
def snapshot_withdraw(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    snapshot = find_snapshot(request, pk, number)
    actions.withdraw_snapshot(snapshot)
    messages.success(request, _("Snapshot %(n)d is withdrawn; its links are dead.") % {"n": number})
    return redirect("packets:packet_detail", pk)


@require_POST
def snapshot_destroy(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    snapshot = find_snapshot(request, pk, number)
    actions.destroy_snapshot(snapshot)
    messages.success(request, _("Snapshot %(n)d is destroyed.") % {"n": number})
    return redirect("packets:packet_detail", pk)
