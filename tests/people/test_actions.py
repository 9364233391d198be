"""The first account."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from careers.people.actions import (
    SetUpError,
    create_first_engineer,
    find_code_file,
    forget_set_up_code,
    make_set_up_code,
)
from careers.people.models import Engineer
from tests.factories import PASSWORD, EngineerFactory


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def create(code: str, email: str = "maya@example.com") -> Engineer:
    return create_first_engineer(code=code, email=email, name="Maya", password=PASSWORD)


def test_a_code_is_kept_where_only_its_owner_reads() -> None:
    code = make_set_up_code()

    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert find_code_file().read_text() == code
    assert stat.S_IMODE(find_code_file().stat().st_mode) == 0o600


def test_a_code_stays_until_it_is_used_or_forgotten() -> None:
    first = make_set_up_code()
    again = make_set_up_code()
    forget_set_up_code()
    forget_set_up_code()

    assert first == again
    assert make_set_up_code() != first


@pytest.mark.django_db
def test_the_code_makes_an_administrator_once() -> None:
    code = make_set_up_code()

    maya = create(code)

    assert (maya.email, maya.name, maya.is_superuser) == ("maya@example.com", "Maya", True)
    assert maya.check_password(PASSWORD)
    assert not find_code_file().exists()
    with pytest.raises(SetUpError, match="not the code"):
        create(code, "sam@example.com")


@pytest.mark.django_db
def test_the_code_is_read_however_it_was_copied() -> None:
    code = make_set_up_code().upper().replace("-", " ")

    assert create(f" {code} ").is_superuser


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "-", "aaaa-aaaa-aaaa-aaaa", "é", "0"])
def test_another_code_makes_nothing(code: str) -> None:
    make_set_up_code()

    with pytest.raises(SetUpError, match="not the code on the console"):
        create(code)

    assert not Engineer.objects.exists()
    assert find_code_file().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "-", "anything"])
def test_without_a_code_nothing_is_one(code: str) -> None:
    with pytest.raises(SetUpError, match="not the code on the console"):
        create(code)


@pytest.mark.django_db
def test_the_code_makes_nothing_when_somebody_is_here() -> None:
    code = make_set_up_code()
    EngineerFactory.create()

    with pytest.raises(SetUpError, match="an account already"):
        create(code)

    assert Engineer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_the_code_at_once_one_gets_the_account() -> None:
    code = make_set_up_code()
    start = threading.Barrier(8)
    outcomes: list[str] = []

    def race(number: int) -> None:
        start.wait()
        try:
            create(code, f"racer{number}@example.com")
            outcomes.append("made")
        except SetUpError:
            outcomes.append("refused")
        finally:
            connection.close()

    racers = [threading.Thread(target=race, args=(number,)) for number in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(outcomes) == ["made"] + ["refused"] * 7
    assert Engineer.objects.count() == 1
