"""`manage.py demo`: a folder of data that a stranger may look around in."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from careers.home.demo_packets import find_address, renew_link
from careers.home.demo_team import PASSWORD, Person, fill, find_emails, read_team


class Command(BaseCommand):
    help = "Migrate, load the ladders, and make the demo's team. May run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        team = read_team()
        emails = {person.email for person in team}
        mark = Path(settings.DATA_DIR) / "demo"
        present = find_emails()
        has_others = not present <= emails
        if has_others and not (mark.exists() and present & emails):
            raise CommandError(
                "This database holds somebody's account, so the demo's were not added to it. "
                "Without DATABASE_URL and DATA_DIR the demo has a folder of its own."
            )
        call_command("migrate", interactive=False, verbosity=0)
        mark.touch()  # first: a demo that is half made must not be taken for somebody's own
        call_command("load_ladders", stdout=StringIO())
        if not has_others:  # a visitor who made an account has made the team theirs
            fill(team)
            renew_link()
        present = find_emails()
        self.stdout.write(welcome([person for person in team if person.email in present]))


def welcome(team: list[Person]) -> str:
    logins = {person.email: f"{person.name}, {person.about}" for person in team}
    logins["password"] = PASSWORD
    width = max(map(len, logins))
    address = find_address()
    shared = [f"A packet shared by link: {address}", ""] if address else []
    return "\n".join(
        [
            f"The demo: {settings.SITE_URL}/",
            "",
            *(f"  {login:<{width}}  {about}" for login, about in logins.items()),
            "",
            *shared,
            "Start your own journal with make run OWN=1",
        ]
    )
