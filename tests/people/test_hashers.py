"""How passwords are kept."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.test import override_settings

from careers import settings as ours
from tests.factories import PASSWORD

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")


@override_settings(PASSWORD_HASHERS=ours.PASSWORD_HASHERS)
def test_a_password_is_hashed_with_argon2id_at_the_cost_that_owasp_names() -> None:
    encoded = make_password(PASSWORD)

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, encoded)
    assert not check_password("every-thursday", encoded)


@override_settings(PASSWORD_HASHERS=ours.PASSWORD_HASHERS)
def test_a_password_hashed_otherwise_is_hashed_anew_when_it_is_typed() -> None:
    older = PBKDF2PasswordHasher().encode(PASSWORD, "some-salt", iterations=1)
    renewed: list[str] = []

    assert check_password(PASSWORD, older, setter=renewed.append)
    assert renewed == [PASSWORD]
