from django.apps import AppConfig
from django.core import checks

from careers.web.checks import warn_of_wal_reset_fault


class WebConfig(AppConfig):
    name = "careers.web"

    def ready(self) -> None:
        checks.register(warn_of_wal_reset_fault)
