"""Maya's snapshot, and Maya signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from careers.packets.models import Snapshot
from careers.people.models import Engineer
from tests.sharing.links import keep_pdf, make_snapshot


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    """With the PDF for RECIPIENT."""
    snapshot = make_snapshot()
    keep_pdf(snapshot)
    return snapshot


@pytest.fixture
def maya(client: Client, snapshot: Snapshot) -> Engineer:
    """Signed in as `client`; the snapshot is hers."""
    engineer = snapshot.packet.engineer
    client.force_login(engineer)
    return engineer
