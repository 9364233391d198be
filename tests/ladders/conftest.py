from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import EngineerFactory

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create()
    client.force_login(engineer)
    return engineer
