"""A server of its own for a test: gunicorn over a fresh data folder, which can be killed."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import uuid
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Self

from environ import FileAwareEnv

ROOT = Path(__file__).resolve().parents[2]
EMAIL, PASSWORD = "ada@example.com", "a long enough password"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def own_database(url: str) -> str:
    """The address of a new database beside that of `url`; "" means SQLite in the data folder."""
    if not url:
        return ""
    import psycopg  # noqa: PLC0415 there when the tests run on PostgreSQL

    known = FileAwareEnv().db_url_config(url)
    name = f"faults_{uuid.uuid4().hex}"
    with psycopg.connect(
        dbname=known["NAME"], host=known["HOST"], user=known["USER"], autocommit=True
    ) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{url.rpartition('/')[0]}/{name}"


class Server:
    """`with Server(folder) as server:` prepared, started, with one account."""

    def __init__(self, data_dir: Path, *, workers: int = 2) -> None:
        self.port = free_port()
        self.workers = workers
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "careers.settings",
            "DATA_DIR": str(data_dir),
            "SITE_URL": f"http://localhost:{self.port}",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": own_database(os.environ.get("DATABASE_URL", "")),
        }
        self.errors = data_dir.with_name("server-errors").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        said = self.manage("prepare")
        self.manage("collectstatic", "--noinput", "-v0")
        self.start()
        code = re.search(r"Set-up code: (\S+)", said)
        if code:
            Visitor(self).set_up(code[1])
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self.errors.close()

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "careers.wsgi", "--no-control-socket"),
                *("--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers)),
                *("--threads", "4", "--log-level", "critical"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=self.errors,
            stderr=self.errors,
            start_new_session=True,
        )
        for _try in range(300):
            try:
                if Visitor(self).ask("GET", "/readyz").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """kill -9 of the master and its workers, wherever they are."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Visitor:
    """A browser in miniature: cookies, forms, no redirects followed."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: SimpleCookie = SimpleCookie()
        self.token = ""

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> http.client.HTTPResponse:
        """Raises OSError or http.client.HTTPException when the server is not there."""
        connection = http.client.HTTPConnection("localhost", self.server.port, timeout=60)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": cookie, "Origin": f"http://localhost:{self.server.port}"}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **form})
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        for value in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(value)
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text):
            self.token = found[1]
        return response

    def set_up(self, code: str) -> None:
        self.ask("GET", "/accounts/set-up/")
        form = {"code": code, "name": "Ada", "email": EMAIL, "password": PASSWORD}
        answer = self.ask("POST", "/accounts/set-up/", form)
        assert answer.status == 302, answer.status

    def sign_in(self) -> None:
        self.ask("GET", "/accounts/login/")
        answer = self.ask("POST", "/accounts/login/", {"login": EMAIL, "password": PASSWORD})
        assert answer.status == 302, answer.status
        self.ask("GET", "/accounts/preferences/")

    def write(self, title: str, operation_id: str) -> int:
        """The status of a save; 302 is an acknowledgement."""
        form = {"title": title, "operation_id": operation_id}
        return self.ask("POST", "/journal/entries/", form).status
