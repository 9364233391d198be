from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from careers.journal.exporters import FORMATS, export
from careers.people.models import Engineer

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Writes somebody's whole journal into a file; what is in the trash stays out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="- writes to standard output")
        parser.add_argument("--engineer", required=True, metavar="EMAIL")
        parser.add_argument("--format", choices=FORMATS, default="markdown", dest="name")

    def handle(self, *_args: Any, file: Path, engineer: str, name: str, **_options: Any) -> None:
        owner = Engineer.objects.filter(email__iexact=engineer).first()
        if owner is None:
            raise CommandError(f"Nobody here has the address {engineer}.")
        content = export(owner, name)
        if str(file) == "-":
            self.stdout.write(content.decode(), ending="")
            return
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        self.stdout.write(f"entries: {owner.entries.live().count()}")
