from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from careers.ladders.actions import LadderError, publish_ladder
from careers.ladders.document import DocumentError, read_ladder
from careers.ladders.models import Edition

BUILTIN = Path(__file__).resolve().parents[2] / "builtin"


class Command(BaseCommand):
    help = "Publishes the built-in ladders; one that did not change stays as it is."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:
        known = set(Edition.objects.values_list("pk", flat=True))
        loaded = []
        for path in sorted(BUILTIN.glob("*.yaml")):
            try:
                loaded.append(publish_ladder(read_ladder(path.read_bytes()), is_builtin=True))
            except DocumentError as error:
                raise CommandError(f"{path.name}\n{error}") from None
            except LadderError as error:  # somebody's own ladder; it stays, and so do the others
                self.stderr.write(f"{path.name} was left out: {error}")
        new = sum(edition.pk not in known for edition in loaded)
        self.stdout.write(f"ladders: {len(loaded)}, new editions: {new}")
