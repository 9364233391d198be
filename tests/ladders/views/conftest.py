from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import EngineerFactory
from tests.ladders.owners import as_owner

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create()
    client.force_login(engineer)
    return engineer


@pytest.fixture
def owner(client: Client) -> Engineer:
    """A ladder owner, signed in as `client`."""
    engineer = as_owner(EngineerFactory.create())
    client.force_login(engineer)
    return engineer
