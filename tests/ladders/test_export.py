"""A ladder taken out: by its page, by its command."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from careers.ladders.document import read_ladder
from careers.ladders.management.commands.load_ladders import BUILTIN
from careers.ladders.models import Edition, Ladder
from tests.factories import EngineerFactory
from tests.ladders.small import SMALL, changed, publish

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create()
    client.force_login(engineer)
    return engineer


def lines(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("export_ladder", *arguments, stdout=out)
    return out.getvalue().splitlines()


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("export_ladder", *arguments)
    return str(refused.value)


def test_download_is_the_document_as_a_file(client: Client, maya: Engineer) -> None:
    publish()

    response = client.get("/ladders/small/ladder.yaml")

    assert read_ladder(response.content) == read_ladder(SMALL.encode())
    assert response.headers["Content-Type"] == "application/yaml; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="small.yaml"'
    assert response.headers["Cache-Control"] == "private, no-store"


def test_download_of_a_ladder_is_its_newest_edition_and_of_an_edition_that_one(
    client: Client, maya: Engineer
) -> None:
    publish()
    publish(changed(("Writes tests.", "Writes good tests.")))

    newest = client.get("/ladders/small/ladder.yaml")
    first = client.get("/ladders/small/editions/1/ladder.yaml")

    assert [read_ladder(answer.content).sha256 for answer in (first, newest)] == list(
        Edition.objects.order_by("number").values_list("sha256", flat=True)
    )
    assert first.headers["Content-Disposition"] == 'attachment; filename="small-edition-1.yaml"'


def test_ladder_detail_leads_to_the_download(client: Client, maya: Engineer) -> None:
    publish()

    assert 'href="/ladders/small/ladder.yaml"' in client.get("/ladders/small/").text


def test_pay_is_on_no_page_and_in_the_document(client: Client, maya: Engineer) -> None:
    publish(changed(("kind: project, text: Mend a defect.", "kind: pay, text: 9 pence.")))

    assert "9 pence" not in client.get("/ladders/small/levels/A1/").text
    assert "text: 9 pence." in client.get("/ladders/small/ladder.yaml").text


@pytest.mark.parametrize("path", ["ladder.yaml", "editions/1/ladder.yaml"])
def test_private_ladder_is_downloaded_by_its_owner_alone(
    client: Client, maya: Engineer, path: str
) -> None:
    publish(owner=maya)
    assert client.get(f"/ladders/small/{path}").status_code == 200

    client.force_login(EngineerFactory.create())

    assert client.get(f"/ladders/small/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/ladder.yaml",
        "nowhere/editions/1/ladder.yaml",
        "small/editions/2/ladder.yaml",
        "small/editions/99999999999999999999/ladder.yaml",
    ],
)
def test_download_of_nothing_is_not_found(client: Client, maya: Engineer, path: str) -> None:
    publish()

    assert client.get(f"/ladders/{path}").status_code == 404


def test_ladder_that_was_never_published_is_no_file(client: Client, maya: Engineer) -> None:
    Ladder.objects.create(slug="bare", name="Bare")

    assert client.get("/ladders/bare/ladder.yaml").status_code == 404


def test_export_ladder_writes_a_file_that_publishes_nothing_new(tmp_path: Path) -> None:
    call_command("load_ladders", verbosity=0)
    path = tmp_path / "infrastructure.yaml"

    said = lines("infrastructure", str(path))

    assert said == [
        "Infrastructure engineering (infrastructure): edition 1",
        "levels: 9, dimensions: 7, criteria: 131",
    ]
    builtin = read_ladder((BUILTIN / "infrastructure.yaml").read_bytes())
    assert read_ladder(path.read_bytes()).sha256 == builtin.sha256


def test_export_ladder_writes_an_earlier_edition(tmp_path: Path) -> None:
    publish()
    publish(changed(("Writes tests.", "Writes good tests.")))
    path = tmp_path / "small.yaml"

    said = lines("small", str(path), "--edition", "1")

    assert said[0] == "Small ladder (small): edition 1"
    assert read_ladder(path.read_bytes()) == read_ladder(SMALL.encode())


def test_export_ladder_writes_to_standard_output() -> None:
    publish()

    text = "\n".join(lines("small", "-"))

    assert read_ladder(text.encode()) == read_ladder(SMALL.encode())


def test_export_ladder_says_what_is_not_there(tmp_path: Path) -> None:
    publish()
    path = tmp_path / "nowhere" / "small.yaml"

    assert refusal("large", str(path)) == "There is no ladder “large”."
    assert refusal("small", str(path), "--edition", "2") == (
        "“small” has no edition 2; the newest is 1."
    )
    assert refusal("small", str(path)) == f"{path}: No such file or directory."
