"""The packets of `manage.py demo`: quotes, drafts, snapshots and links from the demo's YAML.

The story is told in order: a snapshot holds what the journal held on its day. So a quote is
recorded before the first freeze that follows it, and an entry is mended between two freezes.
"""

from __future__ import annotations

import datetime as dt
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from careers.feedback.models import Quote
from careers.journal.content import contents_of
from careers.journal.models import Entry, Revision
from careers.ladders.models import Criterion, Level
from careers.packets.actions import create_packet, freeze_packet, save_packet
from careers.packets.content import STORY, content_of
from careers.packets.models import Packet, Snapshot
from careers.sharing.actions import find_share
from careers.sharing.models import LINK_DAYS, Share, Visit
from careers.web.tokens import hash_token, hint_of, new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from careers.people.models import Engineer

FROZEN_AT = dt.time(17, 10)
RENEWED_BEFORE = dt.timedelta(days=7)

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What somebody writes with: levels by code, criteria by key, the day of "3 fri"."""

    engineer: Engineer
    levels: dict[str, Level]
    criteria: dict[str, Criterion]
    day: Callable[[str], dt.date]

    def moment(self, when: str, at: dt.time) -> dt.datetime:
        """That hour of the day of `when`, and never later than now."""
        moment = dt.datetime.combine(self.day(when), at, self.engineer.zone)
        return min(moment, timezone.now())


def make_packets(
    engineer: Engineer, story: Row, *, ladder: str, day: Callable[[str], dt.date]
) -> None:
    """Quotes, packets, snapshots and links; the journal must be there."""
    desk = Desk(
        engineer=engineer,
        levels={level.code: level for level in Level.objects.filter(ladder__slug=ladder)},
        criteria={row.key: row for row in Criterion.objects.filter(ladder__slug=ladder)},
        day=day,
    )
    unsaid = sorted(story["quotes"], key=lambda row: day(row["said"]))
    for row in story["packets"]:
        _make_packet(desk, row, unsaid)
    _record_quotes(desk, unsaid)


def link_token() -> str:
    """Of the demo's link; the same each time, so that it can be printed and only its hash kept."""
    mac = salted_hmac("careers.home.demo_packets", "link", algorithm="sha256").digest()
    return urlsafe_b64encode(mac).decode().rstrip("=")


def find_address() -> str:
    """Where the demo's link leads; "" when it is revoked, replaced or gone with its packet."""
    token = link_token()
    if find_share(token) is None:
        return ""
    return settings.SITE_URL + reverse("sharing:shared_snapshot", args=[token])


def renew_link() -> None:
    """A demo may be looked at for longer than a link lasts."""
    now = timezone.now()
    ending = Share.objects.filter(
        token_sha256=hash_token(link_token()), expires_at__lt=now + RENEWED_BEFORE
    )
    ending.update(expires_at=now + dt.timedelta(days=LINK_DAYS))


def _make_packet(desk: Desk, row: Row, unsaid: list[Row]) -> None:
    begun_at = desk.moment(row["begun"], dt.time(9, 5))
    packet = create_packet(
        desk.engineer,
        title=row["title"],
        target=desk.levels[row["target"]],
        held=desk.levels[row["from"]],
    )
    packet.revisions.update(saved_at=begun_at)
    mend = row.get("mend")
    mended = _undo(desk, mend) if mend else ""
    text: Row = {}
    saved_at, snapshot = begun_at, None
    for number, draft in enumerate(row["drafts"]):
        if mend and number == 1:
            _mend(desk, mend, mended)
        text |= draft
        save_packet(packet, content=_content(desk, packet, text), version=packet.version)
        if "day" in draft:
            saved_at = desk.moment(draft["day"], FROZEN_AT)
            _record_quotes(desk, unsaid, until=saved_at.date())
            snapshot = _freeze(desk, packet, saved_at)
        packet.revisions.filter(number=packet.version).update(saved_at=saved_at)
    Packet.objects.filter(pk=packet.pk).update(created_at=begun_at, updated_at=saved_at)
    if snapshot:
        for link in row.get("links", ()):
            _make_link(desk, snapshot, link)


def _content(desk: Desk, packet: Packet, text: Row) -> Row:
    """The draft with what `text` says; its window follows the day again."""
    content = content_of(packet)
    content["fields"] |= {
        "window_start_on": None,
        "window_end_on": None,
        **{name: text[name] for name in ("thesis", "case", "headline_results")},
    }
    projects = dict(desk.engineer.projects.values_list("title", "pk"))
    content["highlights"] = [
        {"project_id": projects[row["project"]], **{part: row.get(part, "") for part in STORY}}
        for row in text["highlights"]
    ]
    notes, reasons = text.get("notes", {}), text.get("set_aside", {})
    content["notes"] = [
        {
            "criterion_id": desk.criteria[key].pk,
            "note": notes.get(key, ""),
            "not_applicable_reason": reasons.get(key, ""),
        }
        for key in {**notes, **reasons}
    ]
    content["growth_areas"] = [
        {"gap": row["gap"], "action": row.get("action", "")} for row in text["growth_areas"]
    ]
    return content


def _freeze(desk: Desk, packet: Packet, frozen_at: dt.datetime) -> Snapshot:
    today = frozen_at.astimezone(desk.engineer.zone).date()
    snapshot = freeze_packet(packet, today=today, version=packet.version)
    snapshot.frozen_at = frozen_at
    snapshot.save(update_fields=["frozen_at"])
    return snapshot


def _undo(desk: Desk, mend: Row) -> str:
    """The entry as it was first written, without the field; what it says now."""
    entry = _entry(desk, mend["entry"])
    value: str = getattr(entry, mend["field"])
    setattr(entry, mend["field"], "")
    Entry.objects.filter(pk=entry.pk).update(**{mend["field"]: ""})
    entry.revisions.update(content=contents_of([entry])[entry.pk])
    return value


def _mend(desk: Desk, mend: Row, value: str) -> None:
    """The entry's second version, which has the field."""
    entry = _entry(desk, mend["entry"])
    saved_at = desk.moment(mend["day"], dt.time(12, 20))
    setattr(entry, mend["field"], value)
    entry.version += 1
    Entry.objects.filter(pk=entry.pk).update(
        **{mend["field"]: value}, version=entry.version, updated_at=saved_at
    )
    Revision.objects.create(
        engineer=desk.engineer,
        entry=entry,
        number=entry.version,
        content=contents_of([entry])[entry.pk],
        saved_at=saved_at,
    )


def _record_quotes(desk: Desk, unsaid: list[Row], *, until: dt.date = dt.date.max) -> None:
    """Takes from the front of `unsaid` what was said by that day."""
    while unsaid and desk.day(unsaid[0]["said"]) <= until:
        row = unsaid.pop(0)
        quote = Quote.objects.create(
            engineer=desk.engineer,
            author=row["author"],
            relation=row["relation"],
            said_on=desk.day(row["said"]),
            text=row["text"],
            entry=_entry(desk, row["entry"]) if "entry" in row else None,
            project=desk.engineer.projects.get(title=row["project"]) if "project" in row else None,
        )
        quote.criteria.set(desk.criteria[key] for key in row["criteria"])


def _entry(desk: Desk, title: str) -> Entry:
    return desk.engineer.entries.get(title__startswith=title)


def _make_link(desk: Desk, snapshot: Snapshot, row: Row) -> None:
    token = link_token() if row.get("is_live") else new_token()
    made_at = desk.moment(row["made"], dt.time(17, 30))
    begins_at = timezone.now() if row.get("is_live") else made_at
    share = Share.objects.create(
        owner=desk.engineer,
        snapshot=snapshot,
        recipient=row["recipient"],
        token_sha256=hash_token(token),
        token_hint=hint_of(token),
        created_at=made_at,
        expires_at=begins_at + dt.timedelta(days=LINK_DAYS),
        revoked_at=desk.moment(row["revoked"], dt.time(9, 40)) if "revoked" in row else None,
    )
    Visit.objects.bulk_create(_visits(desk, share, row["visits"]))


def _visits(desk: Desk, share: Share, rows: Iterable[Row]) -> list[Visit]:
    return [
        Visit(
            share=share,
            kind=row["kind"],
            happened_at=desk.moment(row["when"], dt.time.fromisoformat(row["at"])),
        )
        for row in rows
    ]
