"""`manage.py render_packet`: a frozen packet as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careers.packets.markdown import markdown_file
from careers.packets.models import Packet, Snapshot
from careers.packets.publishing import html_file, present_snapshot
from careers.packets.rendering import RenderingError, fetch_pdf, render_afresh

FORMATS = ("pdf", "html", "md", "json")


class Command(BaseCommand):
    help = "Write a snapshot of a packet to a file: its PDF, HTML, Markdown, or the hashed JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("packet", type=int, metavar="ID")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--snapshot", type=int, metavar="N", help="default: the newest")
        parser.add_argument("--format", choices=FORMATS, default="pdf")
        parser.add_argument(
            "--fresh", action="store_true", help="make the PDF anew; read and keep nothing"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        snapshot = find_snapshot(options["packet"], options["snapshot"])
        content = content_of(snapshot, options["format"], is_fresh=options["fresh"])
        path: Path = options["file"]
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


def find_snapshot(packet_id: int, number: int | None) -> Snapshot:
    """That snapshot, or the newest without a number; CommandError where there is none."""
    packet = Packet.objects.filter(pk=packet_id).first()
    if packet is None:
        raise CommandError(f"There is no packet {packet_id}.")
    snapshots = packet.snapshots.order_by("-number")
    if number is not None:
        snapshots = snapshots.filter(number=number)
    snapshot = snapshots.first()
    if snapshot is None and number is None:
        raise CommandError(f"Packet {packet_id} was never frozen, so it has no snapshot.")
    if snapshot is None:
        raise CommandError(f"Packet {packet_id} has no snapshot {number}.")
    return snapshot


def content_of(snapshot: Snapshot, form: str, *, is_fresh: bool) -> bytes:
    if form == "json":
        return snapshot.content.encode()
    if form == "pdf":
        try:
            return render_afresh(snapshot) if is_fresh else fetch_pdf(snapshot)
        except RenderingError as error:
            raise CommandError(str(error)) from None
    presentation = present_snapshot(snapshot)
    text = html_file(presentation) if form == "html" else markdown_file(presentation)
    return text.encode()
