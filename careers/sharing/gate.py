"""What a browser remembers of a link: that it opened one, or that it has just made one.

Both are cookies for one address, readable by no script. Nothing of them is kept here, and neither
opens anything by itself: what they stand for is looked up at every request.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

from careers.web.tokens import hash_token, is_token

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse  # noqa: TID251 cookies are HTTP

    from careers.sharing.models import Share

# Long enough to read a packet and take its PDF; who comes back later clicks once more.
OPEN_FOR = dt.timedelta(minutes=30)
SHOW_WITHIN = dt.timedelta(minutes=2)
PREFIX = "__Secure-" if settings.IS_HTTPS else ""
OPENED = f"{PREFIX}opened"
MADE = f"{PREFIX}new-link"


def remember_opening(response: HttpResponse, share: Share, *, token: str) -> None:
    """Let this browser read what is behind this link for half an hour.

    Lax and not Strict: whoever clicks the link in their mail again within it is not asked, and not
    counted, twice.
    """
    response.set_cookie(
        OPENED,
        _signer(share).sign("opened"),
        max_age=OPEN_FOR,
        path=reverse("sharing:shared_snapshot", args=[token]),
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def has_opened(request: HttpRequest, share: Share) -> bool:
    """Whether this browser opened this very link in the last half hour."""
    try:
        _signer(share).unsign(request.COOKIES.get(OPENED, ""), max_age=OPEN_FOR)
    except signing.BadSignature:  # the same for a time that is over
        return False
    return True


def _signer(share: Share) -> signing.TimestampSigner:
    """The token's hash is part of the salt: a new token makes what was signed before worthless."""
    return signing.TimestampSigner(salt=f"careers.sharing.gate.{share.token_sha256}")


def remember_token(response: HttpResponse, token: str, *, path: str) -> None:
    """Take a new token over the redirect that follows, past every table and log."""
    response.set_cookie(
        MADE,
        token,
        max_age=SHOW_WITHIN,
        path=path,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Strict",
    )


def read_token(request: HttpRequest, shares: QuerySet[Share]) -> str:
    """The token that was just made for one of these, or nothing."""
    token = request.COOKIES.get(MADE, "")
    if is_token(token) and shares.filter(token_sha256=hash_token(token)).exists():
        return token
    return ""


def forget_token(response: HttpResponse, *, path: str) -> None:
    response.delete_cookie(MADE, path=path, samesite="Strict")
