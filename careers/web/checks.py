"""What `manage.py check` says about the machine we run on."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core import checks


def has_wal_reset_fault(version: tuple[int, int, int]) -> bool:
    """Whether SQLite `version` may corrupt a WAL database that two connections write at once.

    From 3.7.0 to 3.51.2, mended in 3.51.3 and carried back to 3.50.7 and 3.44.6
    (sqlite.org/wal.html#walresetbug; reference/security.md 3.3).
    """
    if version[:2] == (3, 50):
        return version < (3, 50, 7)
    if version[:2] == (3, 44):
        return version < (3, 44, 6)
    return (3, 7, 0) <= version < (3, 51, 3)


def warn_of_wal_reset_fault(**_: Any) -> list[checks.CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return []
    if not has_wal_reset_fault(sqlite3.sqlite_version_info[:3]):
        return []
    return [
        checks.Warning(
            f"SQLite {sqlite3.sqlite_version} has a fault that can, very rarely, corrupt a "
            "database which two processes write at once.",
            hint=(
                "Run with SQLite 3.51.3 or later (3.50.7 and 3.44.6 are mended too), or set "
                "DATABASE_URL to PostgreSQL. Until then keep backups and one server process."
            ),
            id="web.W001",
        )
    ]
