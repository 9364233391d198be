"""What `manage.py check` says about SQLite."""

from __future__ import annotations

import sqlite3

import pytest
from django.conf import settings
from django.core.checks.registry import registry

from careers.web.checks import has_wal_reset_fault, warn_of_wal_reset_fault


@pytest.mark.parametrize(
    ("version", "is_faulty"),
    [
        ((3, 6, 23), False),  # before there was a WAL
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_versions_with_the_wal_reset_fault_are_known(
    version: tuple[int, int, int], is_faulty: bool
) -> None:
    assert has_wal_reset_fault(version) == is_faulty


@pytest.mark.parametrize(
    ("engine", "version", "warnings"),
    [
        ("sqlite3", (3, 40, 1), ["web.W001"]),
        ("sqlite3", (3, 51, 3), []),
        ("postgresql", (3, 40, 1), []),
    ],
)
def test_a_faulty_sqlite_is_warned_of_where_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
    version: tuple[int, int, int],
    warnings: list[str],
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"django.db.backends.{engine}")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)

    assert [message.id for message in warn_of_wal_reset_fault()] == warnings


def test_the_check_is_registered() -> None:
    assert "warn_of_wal_reset_fault" in str(registry.get_checks())
