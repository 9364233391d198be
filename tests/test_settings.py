"""Settings from the environment: what they become, and what stops the start with which sentence."""

from __future__ import annotations

import os
import runpy
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from careers.web.environment import env

SETTINGS = Path(__file__).resolve().parent.parent / "careers" / "settings.py"
VARIABLES = (
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "LOG_LEVEL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SITE_URL",
    "TRUSTED_PROXY_COUNT",
)
KEY = "fifty characters at the least, known to every reader"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment that says where the data is and nothing else."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return monkeypatch


def read_settings(**environment: str) -> dict[str, Any]:
    """The settings as a start with these variables would have them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        env.ENVIRON.files_cache.clear()  # what an earlier start read
        return runpy.run_path(str(SETTINGS))


def refusal_of(**environment: str) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        read_settings(**environment)
    return str(caught.value)


# --- what stops the start -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("DEBUG", "2"),
        ("SECRET_KEY", "short"),
        ("SITE_URL", "careers.example.org"),
        ("SITE_URL", "ftp://careers.example.org"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://careers.example.org/careers"),
        ("SITE_URL", "https://careers.example.org?a=b"),
        ("SITE_URL", "https://careers.example.org:port"),
        ("SITE_URL", "https://[::1"),
        ("SITE_URL", "http://careers.example.org"),
        ("SITE_URL", "http://0.0.0.0:8000"),
        ("SITE_URL", "http://localhost.example.org"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "careers.example.org, *"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("TRUSTED_PROXY_COUNT", "100"),
        ("TRUSTED_PROXY_COUNT", "1.5"),
        ("DATABASE_URL", "mysql://user@localhost/careers"),
        ("DATABASE_URL", "sqlite:///careers.sqlite3"),
        ("DATABASE_URL", "careers"),
        ("DATABASE_URL", "postgres://user@localhost:port/careers"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "imap://mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.org:port"),
        ("DEFAULT_FROM_EMAIL", "Careers"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_cannot_be_stops_the_start_and_names_its_variable(
    name: str, value: str
) -> None:
    sentence = refusal_of(**{name: value})

    assert sentence.startswith(name)
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "planted"),
        ("DATABASE_URL", "mysql://user:planted@localhost/careers"),
        ("DATABASE_URL", "postgres://user:planted@localhost:port/careers"),
        ("EMAIL_URL", "imap://user:planted@mail.example.org"),
        ("EMAIL_URL", "smtp://user:planted@mail.example.org:port"),
    ],
)
def test_a_refusal_repeats_no_secret(name: str, value: str) -> None:
    assert "planted" not in refusal_of(**{name: value})


def test_a_secrets_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    sentence = refusal_of(SECRET_KEY_FILE=str(tmp_path / "nothing"))

    assert sentence == "SECRET_KEY_FILE cannot be read: No such file or directory."


def test_a_data_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    sentence = refusal_of(DATA_DIR=str(tmp_path / "file" / "data"))

    assert sentence.startswith("DATA_DIR is ")


# --- what is made of them -----------------------------------------------------------------------


def test_without_any_variable_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings()

    assert settings["SITE_URL"] == "http://localhost:8000"
    assert settings["DATABASES"]["default"]["NAME"] == tmp_path / "data" / "careers.sqlite3"
    assert settings["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "ATOMIC_REQUESTS" not in settings["DATABASES"]["default"]
    assert settings["ALLOWED_HOSTS"] == ["localhost", "localhost", "127.0.0.1", "[::1]"]
    assert (settings["DEBUG"], settings["IS_DEMO"], settings["CAN_SEND_MAIL"]) == (
        False,
        False,
        False,
    )


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = read_settings(), read_settings()
    key = tmp_path / "data" / "secret-key"

    assert first["SECRET_KEY"] == second["SECRET_KEY"] == key.read_text()
    assert len(first["SECRET_KEY"]) >= 50
    assert stat.S_IMODE(key.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700


def test_files_that_are_made_later_are_their_owners_alone() -> None:
    before = os.umask(0o022)
    try:
        read_settings()
        assert os.umask(before) == 0o077
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    ("name", "value", "setting", "expected"),
    [
        ("SECRET_KEY", KEY, "SECRET_KEY", KEY),
        ("SECRET_KEY_FALLBACKS", "older,oldest", "SECRET_KEY_FALLBACKS", ["older", "oldest"]),
        ("LOG_LEVEL", "debug", "LOG_LEVEL", "DEBUG"),
        ("DEBUG", "yes", "DEBUG", True),
        ("TRUSTED_PROXY_COUNT", "2", "ALLAUTH_TRUSTED_PROXY_COUNT", 2),
    ],
)
def test_a_variable_may_come_from_a_file(
    tmp_path: Path, name: str, value: str, setting: str, expected: object
) -> None:
    file = tmp_path / "value"
    file.write_text(f"{value}\n")

    assert read_settings(**{name: value})[setting] == expected
    assert read_settings(**{f"{name}_FILE": str(file)})[setting] == expected


def test_https_switches_on_what_guards_it() -> None:
    settings = read_settings(SITE_URL="https://careers.example.org/")

    assert settings["SITE_URL"] == "https://careers.example.org"
    assert settings["ALLOWED_HOSTS"] == ["careers.example.org"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://careers.example.org"]
    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrf"
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert settings[name] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings.get("SECURE_PROXY_SSL_HEADER") is None


def test_forwarded_headers_are_believed_of_proxies_of_ones_own_alone() -> None:
    settings = read_settings(TRUSTED_PROXY_COUNT="1")

    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_other_hosts_are_added() -> None:
    settings = read_settings(SITE_URL="https://a.example", ALLOWED_HOSTS="b.example, c.example")

    assert settings["ALLOWED_HOSTS"] == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgres://user:p%40ss@db.example:5433/careers", "db.example", 5433),
        ("postgresql://user:p%40ss@//var/run/postgresql/careers", "/var/run/postgresql", ""),
    ],
)
def test_postgresql_takes_its_address(url: str, host: str, port: int | str) -> None:
    database = read_settings(DATABASE_URL=url)["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == ("careers", "user", "p@ss")
    assert (database["HOST"], database["PORT"]) == (host, port)
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://me:p%40ss@mail.example.org",
            {"host": "mail.example.org", "port": 587, "use_tls": True, "use_ssl": False},
        ),
        (
            "smtps://me:p%40ss@mail.example.org:4650",
            {"host": "mail.example.org", "port": 4650, "use_tls": False, "use_ssl": True},
        ),
        (
            "smtp://me:p%40ss@localhost:25",
            {"host": "localhost", "port": 25, "use_tls": False, "use_ssl": False},
        ),
    ],
)
def test_mail_takes_its_address(url: str, expected: dict[str, object]) -> None:
    settings = read_settings(EMAIL_URL=url)

    assert settings["CAN_SEND_MAIL"] is True
    options = settings["MAILERS"]["default"]["OPTIONS"]
    assert options == {"username": "me", "password": "p@ss", "timeout": 10, **expected}


def test_a_folder_that_the_demo_filled_is_a_demo(tmp_path: Path) -> None:
    (tmp_path / "demo").touch()

    assert read_settings(DATA_DIR=str(tmp_path))["IS_DEMO"] is True


def test_every_variable_is_described(tmp_path: Path) -> None:
    described = (SETTINGS.parent.parent / ".env.example").read_text()

    assert [name for name in VARIABLES if f"\n#{name}=" not in described] == []
