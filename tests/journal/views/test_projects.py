from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages

from careers.journal.models import Project
from tests.factories import (
    FRIDAY,
    EntryFactory,
    EvidenceFactory,
    MetricFactory,
    ProjectFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False),
]


@pytest.fixture
def falcon(maya: Engineer) -> Project:
    return ProjectFactory.create(engineer=maya, title="Falcon", summary="Halve the build.")


def address(project: Project) -> str:
    return f"/journal/projects/{project.pk}/"


def titles_of(response: Any) -> list[str]:
    return re.findall(r'<a class="entry-title"[^>]*>(.*?)</a>', response.text)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_project_list_shows_each_with_its_entries(client: Client, falcon: Project) -> None:
    EntryFactory.create_batch(2, project=falcon)
    EntryFactory.create(project=falcon, happened_on=FRIDAY - dt.timedelta(days=9))
    ProjectFactory.create(engineer=falcon.engineer, title="Idle")
    ProjectFactory.create(title="Planted")

    response = client.get("/journal/projects/")

    assert titles_of(response) == ["Falcon", "Idle"]
    assert re.findall(r"<td>(.*?)</td>", response.text) == ["3", "20 Nov 2026", "0", "—"]


def test_project_list_without_a_project_teaches(client: Client, maya: Engineer) -> None:
    response = client.get("/journal/projects/")

    assert "Name one in an entry and it is made." in response.text


def test_project_detail_shows_its_entries_alone(client: Client, falcon: Project) -> None:
    EntryFactory.create(project=falcon, title="Mine")
    EntryFactory.create(engineer=falcon.engineer, title="Of no project")

    response = client.get(address(falcon))

    assert titles_of(response) == ["Mine"]
    assert "Halve the build." in response.text


def test_project_detail_leads_to_older_entries(client: Client, falcon: Project) -> None:
    entries = EntryFactory.create_batch(51, project=falcon)
    first = client.get(address(falcon))

    older = re.search(r'href="(\?before=[^"]+)"', first.text)

    assert older is not None
    assert titles_of(client.get(address(falcon) + older[1])) == [entries[0].title]


@pytest.mark.parametrize("before", ["x", "0000-01-01.1", "2026-11-20"])
def test_project_detail_of_a_page_that_is_none(
    client: Client, falcon: Project, before: str
) -> None:
    response = client.get(f"{address(falcon)}?before={before}")

    assert response.status_code == 422
    assert "This page does not exist; start from the newest." in response.text


def test_project_detail_renames_and_describes(client: Client, falcon: Project) -> None:
    response = client.post(address(falcon), {"title": "Osprey", "summary": "Quarter it."})

    falcon.refresh_from_db()
    assert (falcon.title, falcon.summary) == ("Osprey", "Quarter it.")
    assert response.headers["Location"] == address(falcon)
    assert messages_of(response) == ["The project is saved."]


@pytest.mark.parametrize(
    ("title", "error"),
    [
        ("", "This field is required."),
        ("OSPREY", "You have a project of this title already."),
        ("Falcon\x00", "Null characters are not allowed."),
        ("F" * 161, "Ensure this value has at most 160 characters"),
    ],
)
def test_project_detail_refuses_and_keeps_what_was_typed(
    client: Client, falcon: Project, title: str, error: str
) -> None:
    ProjectFactory.create(engineer=falcon.engineer, title="Osprey")

    response = client.post(address(falcon), {"title": title, "summary": "Typed summary"})

    assert response.status_code == 422
    assert error in response.text
    assert "Typed summary" in response.text
    assert "<h1>Falcon</h1>" in response.text
    falcon.refresh_from_db()
    assert (falcon.title, falcon.summary) == ("Falcon", "Halve the build.")


def test_project_detail_refuses_a_form_without_anything(client: Client, falcon: Project) -> None:
    assert client.post(address(falcon)).status_code == 422


def test_project_delete_keeps_its_entries(client: Client, falcon: Project) -> None:
    entry = EntryFactory.create(project=falcon)

    response = client.post(f"{address(falcon)}delete/")

    entry.refresh_from_db()
    assert (Project.objects.count(), entry.project) == (0, None)
    assert response.headers["Location"] == "/journal/projects/"
    assert messages_of(response) == ["The project “Falcon” is gone; its entries are kept."]


@pytest.mark.parametrize(("method", "part"), [("get", ""), ("post", ""), ("post", "delete/")])
def test_project_of_somebody_else_is_unknown_and_stays(
    client: Client, maya: Engineer, method: str, part: str
) -> None:
    theirs = ProjectFactory.create()

    response = client.generic(method.upper(), f"{address(theirs)}{part}")

    assert response.status_code == 404
    assert Project.objects.get() == theirs


def test_project_detail_asks_as_often_for_three_hundred_entries_as_for_three(
    client: Client, falcon: Project, django_assert_max_num_queries: Any
) -> None:
    EvidenceFactory.create_batch(3, entry__project=falcon)
    with django_assert_max_num_queries(8) as few:
        client.get(address(falcon))
    EvidenceFactory.create_batch(297, entry__project=falcon)
    MetricFactory.create_batch(50, entry__project=falcon)

    with django_assert_max_num_queries(len(few)):
        client.get(address(falcon))
