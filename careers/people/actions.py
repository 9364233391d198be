"""The first account: made by whoever reads the console, so that no visitor comes first."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from careers.people.models import Engineer

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


class SetUpError(Exception):
    """Its message is fit to show."""


def find_code_file() -> Path:
    return Path(settings.DATA_DIR) / "set-up-code"


def make_set_up_code() -> str:
    """The code that makes the first account, 79 bits in four groups; the same until it is used."""
    groups = ("".join(secrets.choice(LETTERS) for _i in range(4)) for _j in range(4))
    path = find_code_file()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text("-".join(groups))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)  # whole or not at all, and never over another
    draft.unlink()
    return path.read_text()


def read_set_up_code() -> str:
    try:
        return find_code_file().read_text()
    except FileNotFoundError:
        return ""


def forget_set_up_code() -> None:
    find_code_file().unlink(missing_ok=True)


def create_first_engineer(*, code: str, email: str, name: str, password: str) -> Engineer:
    """The owner's account, an administrator. Of any number of tries at once one succeeds.

    Deleting the code's file is what decides between them: a file is deleted once, on whichever
    database. Raises SetUpError when the code is not the one or was used, or an account exists.
    """
    expected = read_set_up_code()
    if not expected or not constant_time_compare(letters_of(code), letters_of(expected)):
        raise SetUpError(_("This is not the code on the console."))
    try:
        find_code_file().unlink()
    except FileNotFoundError:
        raise SetUpError(_("This code was used a moment ago.")) from None
    with transaction.atomic():
        if Engineer.objects.exists():
            raise SetUpError(_("There is an account already."))
        return Engineer.objects.create_superuser(email, password, name=name)


def letters_of(code: str) -> str:
    """The code without what people add or leave out when they copy it."""
    return "".join(letter for letter in code.lower() if letter in LETTERS)
