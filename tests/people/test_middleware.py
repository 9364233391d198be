"""What people bring to every request."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from tests.factories import EngineerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def clock(request: HttpRequest) -> HttpResponse:
    return HttpResponse(timezone.localtime().isoformat())


@login_not_required
def public_clock(request: HttpRequest) -> HttpResponse:
    return clock(request)


urlpatterns = [
    path("clock/", clock),
    path("public-clock/", public_clock),
    path("", include("careers.urls")),
]

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@time_machine.travel(NOON, tick=False)
def test_times_are_those_of_whoever_is_signed_in(client: Client) -> None:
    client.force_login(EngineerFactory.create(time_zone="Asia/Bangkok"))

    assert client.get("/clock/").text == "2026-11-20T19:00:00+07:00"


@time_machine.travel(NOON, tick=False)
def test_a_zone_does_not_outlive_its_request(client: Client) -> None:
    client.force_login(EngineerFactory.create(time_zone="Asia/Bangkok"))
    client.get("/clock/")

    assert timezone.get_current_timezone_name() == "UTC"
    assert Client().get("/public-clock/").text == "2026-11-20T12:00:00+00:00"


@time_machine.travel(NOON, tick=False)
def test_a_public_page_asks_nobody_who_they_are(client: Client) -> None:
    client.force_login(EngineerFactory.create(time_zone="Asia/Bangkok"))

    assert client.get("/public-clock/").text == "2026-11-20T12:00:00+00:00"
