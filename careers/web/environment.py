"""Reading the environment: what is there, or a sentence naming the variable and what it takes."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()


def read(name: str, default: str = "") -> str:
    """The text of variable `name`, stripped, or `default`; its file when `<name>_FILE` is set."""
    try:
        return str(env.str(name, default=default)).strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None


def read_flag(name: str) -> bool:
    value = read(name, "0").lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off", ""}:
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1 for on or 0 for off.")
    return value in {"1", "true", "yes", "on"}


def read_count(name: str, default: int) -> int:
    value = read(name, str(default))
    if not value.isdecimal() or int(value) > 99:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from 0 to 99.")
    return int(value)


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def database_from(url: str, data_dir: Path) -> dict[str, Any]:
    """The database of DATABASE_URL (postgres://…), else SQLite in the data folder.

    SQLite: IMMEDIATE, because a read that turns into a write fails under load otherwise; FULL,
    because an entry that was acknowledged survives a power cut.
    """
    if url:
        if urlsplit(url).scheme not in {"postgres", "postgresql"}:
            raise ImproperlyConfigured(
                "DATABASE_URL is not a postgres:// address; leave it out to use SQLite."
            )
        try:
            database: dict[str, Any] = env.db_url_config(url)
        except (ValueError, environ.ImproperlyConfigured):
            raise ImproperlyConfigured("DATABASE_URL is not an address.") from None
        return {**database, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data_dir / "careers.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=FULL;"
                "PRAGMA secure_delete=ON;"
                "PRAGMA mmap_size=2147418112;"
                "PRAGMA journal_size_limit=67108864;"
                "PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def mailers_from(url: str) -> dict[str, dict[str, Any]]:
    """MAILERS of EMAIL_URL (smtp://user:password@host:587 or smtps://…), else mail is thrown away.

    Without it nothing breaks: passwords are reset on the command line, and the page says so.
    """
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        port, parts = None, urlsplit("")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL is not of the form smtp://user:password@mail.example.org:587."
        )
    options = {
        "host": parts.hostname,
        "port": port or (465 if parts.scheme == "smtps" else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp" and not is_loopback(parts.hostname),
        "use_ssl": parts.scheme == "smtps",
        "timeout": 10,
    }
    return {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }
