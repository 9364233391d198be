"""Making, renewing, ending and opening links."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from careers.packets.models import Snapshot
from careers.sharing.actions import (
    SharingError,
    create_share,
    find_share,
    open_share,
    revoke_share,
    rotate_share,
)
from careers.sharing.models import Share, Visit
from careers.web.tokens import hash_token, new_token
from tests.sharing.links import ENDS, RECIPIENT, dump, end, opened, page, pdf, share
from tests.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

SECOND = dt.timedelta(seconds=1)


def test_a_link_is_for_one_recipient_and_ends_after_its_days(snapshot: Snapshot) -> None:
    made, token = create_share(snapshot, by=snapshot.packet.engineer, recipient=RECIPIENT, days=7)

    assert (made.owner, made.snapshot, made.recipient) == (
        snapshot.packet.engineer,
        snapshot,
        RECIPIENT,
    )
    assert made.expires_at == NOON + dt.timedelta(days=7)
    assert (made.token_sha256, made.token_hint) == (hash_token(token), token[:6])


def test_two_links_to_one_snapshot_have_two_tokens(snapshot: Snapshot) -> None:
    _share, first = share(snapshot)
    _share, second = share(snapshot)

    assert first != second


@pytest.mark.parametrize("how", ["withdrawn", "destroyed"])
def test_no_link_is_made_to_what_is_withdrawn_or_gone(snapshot: Snapshot, how: str) -> None:
    made, _token = share(snapshot)
    end(made, how)
    before = Share.objects.count()

    with pytest.raises(SharingError, match="This snapshot is withdrawn"):
        share(snapshot)

    assert Share.objects.count() == before


def test_the_token_is_in_no_table_whatever_was_done_with_it(snapshot: Snapshot) -> None:
    made, token = share(snapshot)
    client = opened(token)
    client.get(page(token))
    client.get(pdf(token))
    _made, newer = rotate_share(made)
    opened(newer)

    tables = dump()

    assert hash_token(newer) in tables
    assert token not in tables
    assert newer not in tables


def test_the_database_refuses_a_share_without_a_recipient(snapshot: Snapshot) -> None:
    with pytest.raises(IntegrityError, match="a share names its recipient"), transaction.atomic():
        share(snapshot, recipient="")


def test_the_database_refuses_a_token_twice(snapshot: Snapshot) -> None:
    first, _token = share(snapshot)
    second, _token = share(snapshot)

    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.filter(pk=second.pk).update(token_sha256=first.token_sha256)


# --- opening ------------------------------------------------------------------------------------


def test_opening_notes_one_visit_with_its_kind_and_time(snapshot: Snapshot) -> None:
    made, token = share(snapshot)

    assert open_share(token) == made
    assert open_share(token, kind=Visit.Kind.PDF) == made

    visits = made.visits.order_by("pk").values_list("kind", "happened_at")
    assert list(visits) == [("page", NOON), ("pdf", NOON)]


@pytest.mark.parametrize("how", ENDS)
def test_a_dead_link_opens_nothing_and_notes_nothing(snapshot: Snapshot, how: str) -> None:
    made, token = share(snapshot)
    end(made, how)

    assert open_share(token) is None
    assert find_share(token) is None
    assert not Visit.objects.exists()


def test_another_token_opens_nothing(snapshot: Snapshot) -> None:
    share(snapshot)

    assert open_share(new_token()) is None
    assert find_share(new_token()) is None


def test_what_has_not_the_shape_of_a_token_asks_no_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert find_share("a" * 42) is None

    assert open_share("a" * 42) is None


@pytest.mark.parametrize(
    ("offset", "is_live"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)]
)
def test_a_link_lives_until_its_end_and_not_a_moment_longer(
    snapshot: Snapshot, offset: dt.timedelta, is_live: bool
) -> None:
    made, token = share(snapshot, days=1)

    with time_machine.travel(NOON + dt.timedelta(days=1) + offset, tick=False):
        assert (find_share(token) == made) is is_live
        assert (open_share(token) == made) is is_live


# --- renewing and ending ------------------------------------------------------------------------


def test_a_new_address_kills_the_old_one_and_keeps_the_rest(snapshot: Snapshot) -> None:
    made, old = share(snapshot, days=3)
    open_share(old)

    rotated, new = rotate_share(made)

    assert (rotated.pk, rotated.recipient, rotated.expires_at) == (
        made.pk,
        RECIPIENT,
        made.expires_at,
    )
    assert find_share(old) is None
    assert find_share(new) == made
    assert made.visits.count() == 1


@pytest.mark.parametrize("how", ENDS)
def test_a_dead_link_gets_no_new_address(snapshot: Snapshot, how: str) -> None:
    made, _token = share(snapshot)
    end(made, how)
    before = dump()

    with pytest.raises(SharingError, match="opens nothing any more"):
        rotate_share(made)

    assert dump() == before


def test_a_link_is_revoked_once(snapshot: Snapshot) -> None:
    made, token = share(snapshot)

    assert revoke_share(made) is True
    with time_machine.travel(NOON + SECOND, tick=False):
        assert revoke_share(made) is False

    made.refresh_from_db()
    assert made.revoked_at == NOON
    assert find_share(token) is None


def test_revoking_one_link_leaves_the_others(snapshot: Snapshot) -> None:
    first, _token = share(snapshot)
    second, token = share(snapshot)

    revoke_share(first)

    assert find_share(token) == second
