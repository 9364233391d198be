"""Everything one has shared, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.sharing.models import Share, Visit

if TYPE_CHECKING:
    from careers.people.models import Engineer

SHOWN_VISITS = 50


class State(TextChoices):
    LIVE = "live", _("open")
    REVOKED = "revoked", _("revoked")
    WITHDRAWN = "withdrawn", _("snapshot withdrawn")
    CLOSED = "closed", _("its maker's account is closed")
    EXPIRED = "expired", _("expired")


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A share as its owner sees it; times of openings are None when there was none."""

    share: Share
    state: State
    is_own: bool
    opened: int
    downloads: int
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    visits: list[Visit]  # the newest SHOWN_VISITS

    @property
    def is_live(self) -> bool:
        return self.state == State.LIVE

    @property
    def has_more_visits(self) -> bool:
        return self.opened + self.downloads > len(self.visits)


def shares_handled_by(engineer: Engineer) -> QuerySet[Share]:
    """What somebody made, and what others made of a packet that is about them."""
    return Share.objects.filter(Q(owner=engineer) | Q(snapshot__packet__engineer=engineer))


def read_links(engineer: Engineer, shares: QuerySet[Share]) -> list[SharedLink]:
    """Live links by their end, then the others, newest first; two queries."""
    now = timezone.now()
    newest = Visit.objects.order_by("-happened_at", "-pk")[:SHOWN_VISITS]
    rows = (
        shares.select_related("owner", "snapshot__packet")
        .defer("snapshot__content")
        .annotate(
            opened=Count("visits", filter=Q(visits__kind=Visit.Kind.PAGE)),
            downloads=Count("visits", filter=Q(visits__kind=Visit.Kind.PDF)),
            first_at=Min("visits__happened_at", filter=Q(visits__kind=Visit.Kind.PAGE)),
            last_at=Max("visits__happened_at", filter=Q(visits__kind=Visit.Kind.PAGE)),
        )
        .prefetch_related(Prefetch("visits", queryset=newest, to_attr="newest_visits"))
    )
    links = [
        SharedLink(
            share=row,
            state=state_of(row, now=now),
            is_own=row.owner_id == engineer.pk,
            opened=row.opened,
            downloads=row.downloads,
            first_at=row.first_at,
            last_at=row.last_at,
            visits=row.newest_visits,
        )
        for row in rows.order_by("-created_at", "-pk")
    ]
    live = sorted((link for link in links if link.is_live), key=lambda link: link.share.expires_at)
    return live + [link for link in links if not link.is_live]


def state_of(share: Share, *, now: dt.datetime) -> State:
    """Live exactly when ShareQuerySet.live() finds it, else why it opens nothing."""
    if share.revoked_at:
        return State.REVOKED
    if share.snapshot.withdrawn_at:
        return State.WITHDRAWN
    if not share.owner.is_active:
        return State.CLOSED
    return State.LIVE if share.expires_at > now else State.EXPIRED
