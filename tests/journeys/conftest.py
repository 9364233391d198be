"""What every journey begins with: Friday noon, the built-in ladder, somebody with a journal."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from careers.ladders.actions import publish_ladder
from careers.ladders.document import read_ladder
from careers.ladders.management.commands.load_ladders import BUILTIN
from tests.factories import FRIDAY
from tests.journeys.journal import make_ines

if TYPE_CHECKING:
    from careers.ladders.document import LadderDocument
    from careers.people.models import Engineer

SignIn = Callable[[BrowserContext, "Engineer"], None]

expect.set_options(timeout=15_000)  # a busy machine is not a wrong page


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """It is Friday noon on the server, and stays that day; seconds pass."""
    with time_machine.travel(dt.datetime.combine(FRIDAY, dt.time(12), dt.UTC), tick=True):
        yield


@functools.cache
def builtin_ladder() -> LadderDocument:
    return read_ladder((BUILTIN / "infrastructure.yaml").read_bytes())


@pytest.fixture
def ladder(live_server: LiveServer) -> None:
    publish_ladder(builtin_ladder(), is_builtin=True)


@pytest.fixture
def ines(ladder: None) -> Engineer:
    """Ines, who holds L5, aims for L6 and has kept a journal for a year."""
    return make_ines()


@pytest.fixture
def ines_page(ines: Engineer, context: BrowserContext, sign_in: SignIn) -> Page:
    """A page of a browser in which Ines is signed in."""
    sign_in(context, ines)
    return context.new_page()
