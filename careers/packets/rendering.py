"""The PDF of a snapshot: made once, by a child process, and kept.

A Rendering's row says who makes it. Whoever needs the PDF claims the row with one UPDATE, which one
of many wins; the others look every POLL seconds until it is there. The winner's claim is a lease
that is renewed while the child lives, and the number of its attempt fences the result: who was
taken for dead and comes back changes nothing. So a killed child or web process costs one lease, and
whoever asks next starts again (reference/security.md, 4.4). No transaction is open meanwhile.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import threading
import time
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext

from careers.packets.child import ChildError, ChildKilledError, make_pdf
from careers.packets.models import Rendering
from careers.packets.publishing import paper_request, present_snapshot
from careers.packets.release import release_of_pdfs

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from careers.packets.models import Snapshot

LEASE = dt.timedelta(seconds=20)
POLL = 0.2  # seconds between two looks of somebody who waits
TRIES = 3  # in a row; after that nobody tries until PAUSE has gone by
PAUSE = dt.timedelta(minutes=10)
AT_ONCE = 2  # children of the whole installation; the others wait

MOST_WAITING = 16  # threads of a web process that wait for a PDF; the others answer meanwhile

_waiting = threading.BoundedSemaphore(MOST_WAITING)
logger = logging.getLogger("careers.packets")


class RenderingError(Exception):
    """There is no PDF; the message says why and is fit to show."""


def fetch_pdf(snapshot: Snapshot, *, recipient: str = "", timeout: float = 60) -> bytes:
    """The kept PDF, or a new one; waits `timeout` seconds for somebody else's.

    Raises RenderingError, also when MOST_WAITING of this process wait already.
    """
    rendering = _find(snapshot, snapshot.paper, recipient)
    if pdf := _kept(rendering):
        return pdf
    if not _waiting.acquire(blocking=False):
        raise RenderingError(_not_yet())
    try:
        return _fetch(rendering, deadline=time.monotonic() + timeout)
    finally:
        _waiting.release()


def start_rendering(snapshot: Snapshot, *, paper: str = "", recipient: str = "") -> None:
    """Begin to make the PDF after the transaction, in a thread; nobody waits, nothing is raised."""
    rendering = _find(snapshot, paper or snapshot.paper, recipient)
    thread = threading.Thread(
        target=_render_aside, args=(rendering.pk,), name="rendering", daemon=True
    )
    transaction.on_commit(thread.start)


def render_afresh(snapshot: Snapshot) -> bytes:
    """A new PDF; nothing kept is read or written. Raises RenderingError."""
    try:
        return _make(snapshot, snapshot.paper, "", lambda: True)
    except ChildError as error:
        raise RenderingError(str(error)) from None


def _find(snapshot: Snapshot, paper: str, recipient: str) -> Rendering:
    rendering, _is_new = Rendering.objects.defer("pdf").get_or_create(
        snapshot=snapshot, release=release_of_pdfs(), paper=paper, recipient=recipient
    )
    return rendering


def _render_aside(key: int) -> None:
    try:
        _fetch(Rendering.objects.get(pk=key), deadline=time.monotonic())
    except (RenderingError, Rendering.DoesNotExist):
        return  # the row says why; a destroyed snapshot needs none
    except Exception:  # a thread of its own has nobody to raise to
        logger.exception("a rendering in the background failed")
    finally:
        connection.close()  # the thread's own


def _fetch(rendering: Rendering, *, deadline: float) -> bytes:
    seen = rendering.attempts
    while True:
        if pdf := _kept(rendering):
            return pdf
        if rendering.state == Rendering.State.FAILED:
            if rendering.attempts > seen:  # the attempt that was waited for
                raise RenderingError(rendering.problem)
            if _is_resting(rendering):
                raise RenderingError(_rest_sentence(rendering.problem))
        if _claim(rendering):
            pdf = _render(rendering)
            if pdf:
                return pdf
        elif time.monotonic() >= deadline:
            raise RenderingError(_not_yet())
        else:
            time.sleep(POLL)


def _kept(rendering: Rendering) -> bytes:
    """The bytes of the row as it stands now; b"" when there are none."""
    rendering.refresh_from_db()
    is_there = rendering.state == Rendering.State.DONE and rendering.pdf is not None
    return bytes(rendering.pdf or b"") if is_there else b""


def _not_yet() -> str:
    return gettext("The PDF is still being made. Ask again in a minute; nothing is lost.")


def _is_resting(rendering: Rendering) -> bool:
    has_failed_enough = rendering.attempts % TRIES == 0
    lease = rendering.lease_until
    return has_failed_enough and lease is not None and lease > timezone.now()


def _rest_sentence(problem: str) -> str:
    return gettext(
        "%(problem)s It was tried %(tries)d times; the next try is possible in a few minutes."
    ) % {"problem": problem, "tries": TRIES}


def _claim(rendering: Rendering) -> bool:
    """Whether this attempt is ours: one UPDATE, which the first of many makes."""
    now = timezone.now()
    running = Rendering.objects.filter(state=Rendering.State.RUNNING, lease_until__gt=now)
    if running.count() >= AT_ONCE:
        return False
    is_free = (
        ~Q(state__in=[Rendering.State.RUNNING, Rendering.State.DONE])
        | Q(state=Rendering.State.RUNNING, lease_until__lte=now)
        | Q(state=Rendering.State.DONE, pdf=None)
    )
    claimed = Rendering.objects.filter(is_free, pk=rendering.pk, attempts=rendering.attempts)
    won = claimed.update(
        state=Rendering.State.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=now + LEASE,
        problem="",
    )
    rendering.attempts += won
    return bool(won)


def _render(rendering: Rendering) -> bytes:
    """Make the PDF of a claimed row and keep it; b"" where the child was killed and may try again.

    A claim that was lost meanwhile changes nothing any more.
    """
    own = Rendering.objects.filter(
        pk=rendering.pk, state=Rendering.State.RUNNING, attempts=rendering.attempts
    )

    def renew() -> bool:
        return bool(own.update(lease_until=timezone.now() + LEASE))

    try:
        pdf = _make(rendering.snapshot, rendering.paper, rendering.recipient, renew)
    except ChildKilledError as error:
        if rendering.attempts % TRIES:
            own.update(state=Rendering.State.WAITING, lease_until=None)
            return b""
        raise _fail(own, str(error)) from None
    except ChildError as error:
        raise _fail(own, str(error)) from None
    except Exception:
        _fail(own, gettext("The PDF could not be made."))
        raise
    sha256 = hashlib.sha256(pdf).hexdigest()
    own.update(state=Rendering.State.DONE, pdf=pdf, sha256=sha256, lease_until=None)
    _drop_older(rendering)
    return pdf


def _fail(own: QuerySet[Rendering], problem: str) -> RenderingError:
    until = timezone.now() + PAUSE
    own.update(state=Rendering.State.FAILED, problem=problem, lease_until=until)
    logger.warning("a rendering failed")
    return RenderingError(problem)


def _make(snapshot: Snapshot, paper: str, recipient: str, go_on: Callable[[], bool]) -> bytes:
    presentation = present_snapshot(snapshot, recipient=recipient)
    return make_pdf(paper_request(presentation, paper=paper), go_on=go_on)


def _drop_older(rendering: Rendering) -> None:
    """The bytes of older releases go; their hashes stay, for /verify/."""
    older = Rendering.objects.filter(
        snapshot=rendering.snapshot_id, paper=rendering.paper, recipient=rendering.recipient
    )
    older.exclude(release=rendering.release).exclude(pdf=None).update(pdf=None)
