"""`manage.py prepare`."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from careers.ladders.models import Ladder
from careers.people.actions import find_code_file
from tests.factories import EngineerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def prepare() -> str:
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


def test_prepare_loads_the_ladders_and_prints_the_code_of_the_first_account() -> None:
    said = prepare()

    assert Ladder.objects.filter(is_builtin=True).exists()
    assert "http://localhost:8000/accounts/set-up/" in said
    assert re.search(r"Set-up code: (?:[a-z0-9]{4}-){3}[a-z0-9]{4}\n", said)


def test_prepare_again_says_the_same() -> None:
    assert prepare() == prepare()


def test_prepare_with_an_account_prints_the_address_and_no_code() -> None:
    prepare()
    EngineerFactory.create()

    said = prepare()

    assert said == "Careers: http://localhost:8000/\n"
    assert not find_code_file().exists()
