"""Making, renewing, ending and opening links to a snapshot."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.packets.models import Snapshot
from careers.sharing.models import Share, Visit
from careers.web.tokens import hash_token, hint_of, is_token, new_token

if TYPE_CHECKING:
    from careers.people.models import Engineer


class SharingError(Exception):
    """A link that was refused; the message is fit to show."""


@transaction.atomic
def create_share(
    snapshot: Snapshot, *, by: Engineer, recipient: str, days: int
) -> tuple[Share, str]:
    """A link of `by` to a snapshot, open for that many days, and its token.

    The token is nowhere but in what this returns: the row has its hash. Raises SharingError when
    the snapshot is withdrawn.
    """
    # taken first, so that a withdrawal comes before it or after it
    kept = Snapshot.objects.select_for_update().only("withdrawn_at").filter(pk=snapshot.pk).first()
    if kept is None or kept.withdrawn_at:
        raise SharingError(_("This snapshot is withdrawn; freeze the packet again and share that."))
    token = new_token()
    now = timezone.now()
    share = Share.objects.create(
        owner=by,
        snapshot=snapshot,
        recipient=recipient,
        token_sha256=hash_token(token),
        token_hint=hint_of(token),
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    return share, token


@transaction.atomic
def rotate_share(share: Share) -> tuple[Share, str]:
    """The same link with a new token: the old one is dead, recipient, expiry and visits stay.

    Raises SharingError when it opens nothing any more; then a new link says so more plainly.
    """
    live = Share.objects.live().select_for_update(of=("self",)).filter(pk=share.pk).first()
    if live is None:
        raise SharingError(_("This link opens nothing any more; make a new one."))
    token = new_token()
    live.token_sha256, live.token_hint = hash_token(token), hint_of(token)
    live.save(update_fields=["token_sha256", "token_hint"])
    return live, token


def revoke_share(share: Share) -> bool:
    """Ends a link from the next request on; False when it had been revoked before."""
    ended = Share.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=timezone.now())
    return ended == 1


def find_share(token: str) -> Share | None:
    """The live share of a token with its snapshot, in one query, or in none without its shape."""
    if not is_token(token):
        return None
    live = Share.objects.live().select_related("snapshot")
    return live.filter(token_sha256=hash_token(token)).first()


@transaction.atomic
def open_share(token: str, *, kind: Visit.Kind = Visit.Kind.PAGE) -> Share | None:
    """Note one visit of a live share; None, and nothing noted, when the token opens nothing.

    The row is held meanwhile: what was revoked before is not opened, whatever else happens.
    """
    if not is_token(token):
        return None
    live = Share.objects.live().select_for_update(of=("self",))
    share = live.filter(token_sha256=hash_token(token)).first()
    if share is not None:
        Visit.objects.create(share=share, kind=kind)
    return share
