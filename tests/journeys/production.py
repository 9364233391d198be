"""The demo as `make run` serves it: gunicorn, hashed and compressed files, the real clock."""

from __future__ import annotations

from typing import Self

from tests.faults.server import Server


class DemoServer(Server):
    """`with DemoServer(folder) as server:` the team of the demo is in it, and may be entered."""

    def __enter__(self) -> Self:
        self.manage("demo")
        # The administration is no journey, and compressing its files takes ten seconds.
        self.manage("collectstatic", "--noinput", "-v0", "--ignore=admin")
        self.start()
        return self

    @property
    def url(self) -> str:
        return self.environment["SITE_URL"]
