from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from careers.ladders.actions import LadderError, publish_ladder
from careers.ladders.document import DocumentError, LadderDocument
from careers.ladders.importers import MAX_BYTES, read_document

if TYPE_CHECKING:
    from argparse import ArgumentParser

MOST_PROBLEMS = 50


class Command(BaseCommand):
    help = "Publishes the ladder of a YAML, CSV or Markdown file for everybody; all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="checks everything and writes nothing"
        )

    @transaction.atomic
    def handle(self, *_args: Any, file: Path, dry_run: bool, **_options: Any) -> None:
        document = _read(file)
        try:
            edition = publish_ladder(document)
        except LadderError as error:
            raise CommandError(str(error)) from None
        name = f"{document.name} ({document.slug})"
        if dry_run:
            transaction.set_rollback(True)
            self.stdout.write(f"{name}: nothing is wrong with it; nothing was written.")
        else:
            self.stdout.write(f"{name}: edition {edition.number}")
        self.stdout.write(
            f"levels: {len(document.levels)}, dimensions: {len(document.dimensions)}, "
            f"criteria: {len(document.criteria)}"
        )


def _read(file: Path) -> LadderDocument:
    """The ladder in `file`; CommandError with a line for each thing that is wrong."""
    try:
        with file.open("rb") as opened:
            return read_document(opened.read(MAX_BYTES + 1), name=file.name)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}.") from None
    except DocumentError as error:
        lines = [str(problem) for problem in error.problems[:MOST_PROBLEMS]]
        if rest := len(error.problems) - len(lines):
            lines.append(f"and {rest} more")
        sentence = f"{file.name} is not a ladder that can be published; nothing was written."
        raise CommandError("\n".join([sentence, *lines])) from None
