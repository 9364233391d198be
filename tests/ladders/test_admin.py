from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from careers.ladders.models import Ladder, Placement, Target
from tests.factories import EngineerFactory
from tests.ladders.small import SMALL, changed, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(EngineerFactory.create(is_staff=True, is_superuser=True))
    return client


def test_administrator_reads_ladders_and_their_editions(administrator: Client) -> None:
    edition = publish()

    listed = administrator.get(reverse("admin:ladders_ladder_changelist")).content.decode()
    page = administrator.get(reverse("admin:ladders_ladder_change", args=[edition.ladder_id]))

    assert "Small ladder" in listed
    assert edition.sha256 in page.content.decode()


def test_administrator_does_not_see_private_ladders(administrator: Client) -> None:
    publish(changed(("name: Small ladder", "name: Plover")), owner=EngineerFactory.create())
    ladder = Ladder.objects.get()

    listed = administrator.get(reverse("admin:ladders_ladder_changelist"))
    page = administrator.get(reverse("admin:ladders_ladder_change", args=[ladder.pk]), follow=True)

    assert "Plover" not in listed.content.decode() + page.content.decode()


def test_administrator_changes_no_ladder(administrator: Client) -> None:
    ladder = publish(SMALL).ladder

    answers = [
        administrator.get(reverse("admin:ladders_ladder_add")),
        administrator.post(reverse("admin:ladders_ladder_change", args=[ladder.pk])),
        administrator.post(reverse("admin:ladders_ladder_delete", args=[ladder.pk])),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_levels_that_people_hold_and_aim_for_are_not_in_the_administration() -> None:
    assert {Placement, Target} & set(admin.site._registry) == set()
