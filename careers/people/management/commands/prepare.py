"""`manage.py prepare`: everything that a folder of data needs before the server starts."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import reverse

from careers.people.actions import forget_set_up_code, make_set_up_code
from careers.people.models import Engineer


class Command(BaseCommand):
    help = "Migrate, load the ladders, and say where to go. Asks nothing; may run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_ladders", stdout=StringIO())  # what is wrong goes to stderr
        if Engineer.objects.exists():
            forget_set_up_code()
            self.stdout.write(f"Careers: {settings.SITE_URL}/")
            return
        self.stdout.write(
            f"There is no account yet. Make yours at {settings.SITE_URL}{reverse('set_up')}\n"
            f"Set-up code: {make_set_up_code()}"
        )
