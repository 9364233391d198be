"""House-keeping, to be run once a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from careers.journal.models import TRASH_DAYS, Entry


def forget_old_counts() -> None:
    """Deletes what the cache no longer answers with; by itself it only does so when it is full."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [timezone.now()])  # noqa: S608 our own name


class Command(BaseCommand):
    help = (
        "Deletes for good what has been in the trash for 30 days and sessions that have expired, "
        "and folds SQLite's write-ahead log into the database."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        old = timezone.now() - dt.timedelta(days=TRASH_DAYS)
        _count, deleted = Entry.objects.trashed().filter(deleted_at__lte=old).delete()
        call_command("clearsessions")
        forget_old_counts()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.stdout.write(f"entries deleted: {deleted.get(Entry._meta.label, 0)}")
