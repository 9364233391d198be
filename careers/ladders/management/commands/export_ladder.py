from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from careers.ladders.document import document_of
from careers.ladders.models import Edition
from careers.ladders.yaml_text import ladder_yaml

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Writes a ladder as YAML, for import_ladder to read; all of it, pay included."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the ladder, as in its address")
        parser.add_argument("file", type=Path, metavar="FILE", help="- writes to standard output")
        parser.add_argument(
            "--edition", type=int, metavar="N", help="an earlier edition than the newest"
        )

    def handle(
        self, *_args: Any, slug: str, file: Path, edition: int | None, **_options: Any
    ) -> None:
        found = _find_edition(slug, number=edition)
        document = document_of(found.document)
        text = ladder_yaml(document)
        if str(file) == "-":
            self.stdout.write(text, ending="")
            return
        try:
            file.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        self.stdout.write(f"{document.name} ({slug}): edition {found.number}")
        self.stdout.write(
            f"levels: {len(document.levels)}, dimensions: {len(document.dimensions)}, "
            f"criteria: {len(document.criteria)}"
        )


def _find_edition(slug: str, *, number: int | None) -> Edition:
    editions = Edition.objects.filter(ladder__slug=slug).order_by("-number")
    newest = editions.first()
    if newest is None:
        raise CommandError(f"There is no ladder “{slug}”.")
    found = editions.filter(number=number).first() if number is not None else newest
    if found is None:
        raise CommandError(f"“{slug}” has no edition {number}; the newest is {newest.number}.")
    return found
