"""`manage.py demo`: whom it makes, whom it leaves alone, and whom it refuses."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from careers.home.demo_team import DAYS
from careers.journal.content import contents_of
from careers.journal.models import Entry
from careers.packets.actions import withdraw_snapshot
from careers.packets.models import Packet
from careers.people.models import Engineer
from careers.sharing.actions import revoke_share, rotate_share
from careers.sharing.models import Share
from careers.web.tokens import hash_token
from tests.factories import EngineerFactory

pytestmark = pytest.mark.django_db

EMAILS = ["admin@example.com", "maya@example.com", "sam@example.com", "tomas@example.com"]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def maya(folder: Path) -> Engineer:
    """Maya of a demo that has run."""
    run_demo()
    return Engineer.objects.get(email="maya@example.com")


def run_demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def everything() -> dict[str, str]:
    """All rows of our own packages, as text."""
    own = [model for model in apps.get_models() if model.__module__.startswith("careers.")]
    return {
        model.__name__: serialize("json", model._default_manager.order_by("pk")) for model in own
    }


def test_demo_prints_the_address_the_logins_and_the_password(folder: Path) -> None:
    said = run_demo()

    assert re.sub(r"(?<=/s/)[A-Za-z0-9_-]{43}(?=/)", "TOKEN", said) == (
        "The demo: http://localhost:8000/\n"
        "\n"
        "  maya@example.com   Maya Osei, engineer, 18 months of Fridays, aims for Staff\n"
        "  tomas@example.com  Tomas Havlik, her manager\n"
        "  sam@example.com    Sam Calloway, a stranger to both\n"
        "  admin@example.com  Ruth Amsel, the administrator, who reads nobody's journal\n"
        "  password           every-friday\n"
        "\n"
        "A packet shared by link: http://localhost:8000/s/TOKEN/\n"
        "\n"
        "Start your own journal with make run OWN=1\n"
    )


def test_demo_accounts_sign_in_with_the_password(maya: Engineer) -> None:
    request = RequestFactory().get("/")

    signed_in = [authenticate(request, email=email, password="every-friday") for email in EMAILS]

    assert signed_in == list(Engineer.objects.order_by("email"))


def test_demo_marks_its_folder(folder: Path) -> None:
    run_demo()

    assert [path.name for path in folder.iterdir()] == ["demo"]


def test_demo_again_changes_nothing(maya: Engineer) -> None:
    Entry.objects.filter(engineer=maya).latest("pk").delete()
    Entry.objects.filter(engineer=maya).update(title="What a visitor wrote")
    Engineer.objects.filter(pk=maya.pk).update(name="A visitor", password="another")
    Packet.objects.filter(engineer=maya).update(thesis="What a visitor argued")
    before = everything()

    first, second = run_demo(), run_demo()

    assert everything() == before
    assert first == second


def test_demo_makes_somebody_who_was_deleted_anew(maya: Engineer) -> None:
    Engineer.objects.get(email="sam@example.com").delete()
    before = contents_of(list(Entry.objects.filter(engineer=maya)))

    run_demo()

    assert Entry.objects.filter(engineer__email="sam@example.com").count() == 6
    assert contents_of(list(Entry.objects.filter(engineer=maya))) == before


def test_demo_in_which_a_visitor_made_an_account_stays_as_it_is(maya: Engineer) -> None:
    EngineerFactory.create()
    Engineer.objects.get(email="sam@example.com").delete()
    before = everything()

    said = run_demo()

    assert everything() == before
    assert [email for email in EMAILS if email in said] == [
        "admin@example.com",
        "maya@example.com",
        "tomas@example.com",
    ]


@pytest.mark.parametrize("is_marked", [True, False])
def test_demo_refuses_a_database_that_holds_somebody_else(folder: Path, is_marked: bool) -> None:
    if is_marked:  # the folder is a demo's, but DATABASE_URL leads elsewhere
        (folder / "demo").touch()
    EngineerFactory.create()
    before = everything()

    with pytest.raises(CommandError, match="holds somebody's account"):
        run_demo()

    assert everything() == before
    assert (folder / "demo").exists() == is_marked


def test_demo_refuses_an_own_database_with_a_login_of_the_demo(folder: Path) -> None:
    EngineerFactory.create()
    EngineerFactory.create(email="admin@example.com")
    before = everything()

    with pytest.raises(CommandError, match="holds somebody's account"):
        run_demo()

    assert everything() == before
    assert not (folder / "demo").exists()


def shared_address(said: str) -> str:
    """The path of the link that was printed; "" for none."""
    found = re.search(
        r"^A packet shared by link: http://localhost:8000(/s/.*)$", said, re.MULTILINE
    )
    return found[1] if found else ""


def test_demo_link_opens_the_packet_to_a_stranger(folder: Path, client: Client) -> None:
    address = shared_address(run_demo())

    gate = client.get(address)
    opened = client.post(address, follow=True)

    assert "To Staff" not in gate.text
    assert (opened.status_code, "To Staff" in opened.text) == (200, True)


def test_demo_link_is_kept_as_a_hash_alone(folder: Path) -> None:
    token = shared_address(run_demo()).split("/")[2]

    assert token not in "".join(everything().values())
    assert Share.objects.filter(token_sha256=hash_token(token)).count() == 1


def test_demo_link_that_is_about_to_end_is_renewed(folder: Path) -> None:
    now = timezone.now().replace(microsecond=0)
    with time_machine.travel(now, tick=False):
        address = shared_address(run_demo())
        others = Share.objects.exclude(revoked_at=None).values_list("expires_at", flat=True)
        ends = list(others)
    live = Share.objects.get(revoked_at=None)
    assert live.expires_at == now + timedelta(days=30)

    for days, end in [(22, 30), (24, 54), (400, 430)]:
        with time_machine.travel(now + timedelta(days=days), tick=False):
            assert shared_address(run_demo()) == address
            live.refresh_from_db()
            assert live.expires_at == now + timedelta(days=end)
    assert list(others) == ends


def revoke_link(maya: Engineer) -> None:
    revoke_share(maya.shares.get(revoked_at=None))


def rotate_link(maya: Engineer) -> None:
    rotate_share(maya.shares.get(revoked_at=None))


def delete_packet(maya: Engineer) -> None:
    maya.packets.get(title="To Staff").delete()


def withdraw(maya: Engineer) -> None:
    withdraw_snapshot(maya.shares.get(revoked_at=None).snapshot)


@pytest.mark.parametrize("end", [revoke_link, rotate_link, delete_packet, withdraw])
def test_demo_link_that_a_visitor_ended_is_not_printed(
    maya: Engineer, end: Callable[[Engineer], None]
) -> None:
    end(maya)
    before = everything()

    said = run_demo()

    assert everything() == before
    assert "shared by link" not in said
    assert said.endswith("every-friday\n\nStart your own journal with make run OWN=1\n")


def test_demo_made_anew_has_the_same_link(folder: Path) -> None:
    first = run_demo()
    Engineer.objects.all().delete()

    assert run_demo() == first


def test_demo_that_fails_leaves_the_mark_and_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careers.home.demo_team.DAYS", DAYS[:1])  # a day that is none

    with pytest.raises(ValueError, match="not in tuple"):
        run_demo()

    assert Engineer.objects.count() == 0
    assert (folder / "demo").exists()


def test_demo_needs_no_environment(tmp_path: Path) -> None:
    def demo() -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-W", "error", "manage.py", "demo"],
            cwd=Path(__file__).parents[2],
            env={"DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    first, second = demo(), demo()

    assert (first[0], first[2]) == (0, "")
    assert first[1].startswith("The demo: http://localhost:8000/\n")
    assert second == first
