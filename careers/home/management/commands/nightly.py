"""House-keeping, to be run once a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from careers.journal.models import TRASH_DAYS, Entry


class Command(BaseCommand):
    help = (
        "Deletes for good what has been in the trash for 30 days and sessions that have expired, "
        "and folds SQLite's write-ahead log into the database."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        old = timezone.now() - dt.timedelta(days=TRASH_DAYS)
        _count, deleted = Entry.objects.trashed().filter(deleted_at__lt=old).delete()
        call_command("clearsessions")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.stdout.write(f"entries deleted: {deleted.get(Entry._meta.label, 0)}")
