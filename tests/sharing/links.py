"""A snapshot of a real packet, links to it, browsers that follow them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from careers.packets.actions import create_packet, freeze_packet
from careers.packets.document import canonical, digest
from careers.packets.models import Packet, Rendering, Snapshot
from careers.packets.release import release_of_pdfs
from careers.people.models import Engineer
from careers.sharing.actions import create_share, revoke_share
from careers.sharing.models import Share
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    LevelFactory,
    ProjectFactory,
)

TITLE = "Towards plugh"  # what no page says unless it shows the packet
ENTRY = "Replaced the xyzzy queue"
RECIPIENT = "Priya Natarajan"
SHARES = "/packets/shares/"
FORM = {"recipient": RECIPIENT, "days": "30"}
HALF_AN_HOUR = dt.timedelta(minutes=30)
ENDS = ["revoked", "expired", "withdrawn", "destroyed", "packet deleted", "owner deactivated"]


def make_snapshot(engineer: Engineer | None = None) -> Snapshot:
    """A packet with one counted entry, frozen."""
    engineer = engineer or EngineerFactory.create(name="Maya Okonkwo")
    level = LevelFactory.create()
    criterion = CriterionFactory.create(level=level)
    project = ProjectFactory.create(engineer=engineer)
    entry = EntryFactory.create(project=project, counted=True, title=ENTRY)
    EntryLinkFactory.create(entry=entry)
    EvidenceFactory.create(entry=entry, criterion=criterion)
    packet = create_packet(engineer, title=TITLE, target=level, held=None)
    return freeze(packet)


def freeze(packet: Packet) -> Snapshot:
    return freeze_packet(packet, today=FRIDAY, version=packet.version)


def with_entries(snapshot: Snapshot, number: int) -> Snapshot:
    """The same snapshot as if it had cited that many entries."""
    document = json.loads(snapshot.content)
    (entry,) = document["entries"]
    keys = range(entry["id"], entry["id"] + number)
    document["entries"] = [{**entry, "id": key, "title": f"{ENTRY} {key}"} for key in keys]
    criterion = document["criteria"][0]
    (evidence,) = criterion["evidence"]
    criterion["evidence"] = [{**evidence, "entry": key} for key in keys]
    criterion["examples"][0]["entries"] = list(keys)
    snapshot.content = canonical(document)
    snapshot.sha256 = digest(snapshot.content)
    snapshot.save()
    return snapshot


def share(snapshot: Snapshot, *, recipient: str = RECIPIENT, days: int = 30) -> tuple[Share, str]:
    by = snapshot.packet.engineer
    return create_share(snapshot, by=by, recipient=recipient, days=days)


def keep_pdf(snapshot: Snapshot, *, recipient: str = RECIPIENT, **columns: Any) -> bytes:
    """A PDF as if it had been made already; making one takes seconds."""
    content = f"%PDF-1.7 {snapshot.sha256} {recipient}".encode()
    columns = {"state": Rendering.State.DONE, "pdf": content} | columns
    Rendering.objects.create(
        snapshot=snapshot,
        release=release_of_pdfs(),
        paper=snapshot.paper,
        recipient=recipient,
        sha256=hashlib.sha256(content).hexdigest(),
        **columns,
    )
    return content


def page(token: str) -> str:
    return f"/s/{token}/"


def pdf(token: str) -> str:
    return f"/s/{token}/packet.pdf"


ADDRESSES = [page, pdf]


def browser() -> Client:
    """One that checks CSRF as a real server does, and shows an error of ours as a page."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def opened(token: str) -> Client:
    """A browser in which somebody clicked."""
    client = browser()
    client.post(page(token))
    return client


def headers_of(response: Any) -> dict[str, str]:
    """All but the number that every answer has of its own."""
    return {name: text for name, text in response.headers.items() if name != "X-Request-Id"}


def dump() -> str:
    """Every cell of every table."""
    with connection.cursor() as cursor:
        cells = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 tables of ours
            cells.append(repr(cursor.fetchall()))
        return "\n".join(cells)


def end(share: Share, how: str) -> None:
    """One of the ways in which a link dies."""
    if how == "revoked":
        revoke_share(share)
    elif how == "expired":
        Share.objects.filter(pk=share.pk).update(expires_at=timezone.now())
    elif how == "withdrawn":
        Snapshot.objects.filter(pk=share.snapshot_id).update(withdrawn_at=timezone.now())
    elif how == "destroyed":
        Snapshot.objects.filter(pk=share.snapshot_id).delete()
    elif how == "packet deleted":
        Packet.objects.filter(snapshots=share.snapshot_id).delete()
    elif how == "owner deactivated":
        Engineer.objects.filter(pk=share.owner_id).update(is_active=False)
    else:
        raise ValueError(how)


# --- making -------------------------------------------------------------------------------------


def making(snapshot: Snapshot) -> str:
    return f"/packets/{snapshot.packet_id}/snapshots/{snapshot.number}/shares/"


def revoking(share: Share) -> str:
    return f"{SHARES}{share.pk}/revoke/"


def rotating(share: Share) -> str:
    return f"{SHARES}{share.pk}/rotate/"


def signed_in(engineer: Engineer) -> Client:
    client = Client()
    client.force_login(engineer)
    return client


def writer_of(snapshot: Snapshot) -> Engineer:
    """Tomas, who writes the packet about Maya."""
    engineer = EngineerFactory.create(name="Tomas Writer")
    Packet.objects.filter(pk=snapshot.packet_id).update(written_by=engineer)
    return engineer


def is_gate(response: Any) -> bool:
    return response.status_code == 200 and b"A document was shared with you" in response.content


def is_packet(response: Any) -> bool:
    return response.status_code == 200 and TITLE in response.text
