from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from careers.journal import tray
from careers.journal.actions import JournalError
from careers.journal.importers import FORMATS, read
from careers.journal.importers.reading import ImportRefusedError
from careers.journal.importers.source import decode
from careers.people.models import Engineer

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from careers.journal.importers.reading import Reading

MOST_BYTES = 20 * 2**20  # ten times what a browser may send


class Command(BaseCommand):
    help = (
        "Brings a brag document, notes, a git log or an exported journal into somebody's tray, "
        "from where they accept it; all of it or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="- reads standard input")
        parser.add_argument("--engineer", required=True, metavar="EMAIL")
        parser.add_argument("--format", choices=FORMATS, default="auto", dest="kind")
        parser.add_argument("--year", type=int, help="of days that are written without one")
        parser.add_argument("--dry-run", action="store_true", help="tells and writes nothing")
        parser.add_argument(
            "--accept", action="store_true", help="makes entries of what is ticked at once"
        )

    @transaction.atomic
    def handle(
        self,
        *_args: Any,
        file: Path,
        engineer: str,
        kind: str,
        year: int | None,
        dry_run: bool,
        accept: bool,
        **options: Any,
    ) -> None:
        owner = Engineer.objects.filter(email__iexact=engineer).first()
        if owner is None:
            raise CommandError(f"Nobody here has the address {engineer}.")
        try:
            reading = read(
                decode(_bytes_of(file), most=MOST_BYTES),
                today=owner.today(),
                kind=kind,
                name=file.name,
                year=year,
                me=[owner.email, owner.name],
            )
        except ImportRefusedError as error:
            raise CommandError(f"{file}: {error} Nothing was brought in.") from None
        self._tell(reading, verbosity=options["verbosity"])
        new = self._bring_in(owner, reading, source=file.name, accept=accept, dry_run=dry_run)
        self.stdout.write(f"candidates: {len(reading.rows)}, new: {new}")

    def _bring_in(
        self, owner: Engineer, reading: Reading, *, source: str, accept: bool, dry_run: bool
    ) -> int:
        """How many are new, and in the tray unless this is a rehearsal."""
        if dry_run:
            return sum(not arrival.is_known for arrival in tray.compare(owner, reading))
        delivery = tray.take_in(owner, reading, source=source)
        if accept:
            ticked = [made.pk for made in delivery.candidates if made.is_ticked]
            try:
                entries = tray.accept(owner, ticked)
            except JournalError as error:
                raise CommandError(f"{error} Nothing was brought in.") from None
            self.stdout.write(f"accepted: {len(entries)}")
        return delivery.new + delivery.grown

    def _tell(self, reading: Reading, *, verbosity: int) -> None:
        self.stdout.write(
            f"{reading.format}: {len(reading.rows)} rows, {reading.ticked} ticked, "
            f"{len(reading.left_out)} left out"
        )
        if verbosity < 2:
            return
        for row in reading.rows:
            mark, proposed = "x" if row.is_ticked else " ", "?" if row.is_day_proposed else " "
            self.stdout.write(f"[{mark}] {row.happened_on}{proposed} {row.title}")
        for part in reading.left_out:
            self.stdout.write(f"line {part.first}, {part.reason}: {part.text}")


def _bytes_of(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}.") from None
