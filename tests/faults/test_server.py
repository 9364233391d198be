"""What was acknowledged is there, once: under load, and when the server is killed."""

from __future__ import annotations

import http.client
import random
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

from tests.faults.server import Server, Visitor

WRITERS = 8


def written_titles(server: Server) -> Counter[str]:
    """How often each title is in the journal, asked of the database itself."""
    said = server.manage(
        "shell",
        "-v0",
        "-c",
        "from careers.journal.models import Entry\n"
        "for title in Entry.objects.values_list('title', flat=True): print('title', title)",
    )
    return Counter(line[6:] for line in said.splitlines() if line.startswith("title "))


class Writer(threading.Thread):
    """Writes entries until told to stop; one that was not acknowledged is sent again."""

    def __init__(self, server: Server, number: int, stop: threading.Event) -> None:
        super().__init__()
        self.server = server
        self.number = number
        self.stop = stop
        self.acknowledged: list[str] = []
        self.wrong: list[int] = []
        self.resent = 0
        self.is_in = threading.Event()

    def run(self) -> None:
        visitor = Visitor(self.server)
        visitor.sign_in()
        self.is_in.set()
        while not self.stop.is_set():
            self.save(visitor, f"writer {self.number}, entry {len(self.acknowledged)}")

    def save(self, visitor: Visitor, title: str) -> None:
        operation_id = str(uuid.uuid4())
        for _try in range(600):
            try:
                status = visitor.write(title, operation_id)
            except (OSError, http.client.HTTPException):
                self.resent += 1
                time.sleep(0.05)
                continue
            if status == 302:
                self.acknowledged.append(title)
            else:
                self.wrong.append(status)
            return


def write_for(server: Server, seconds: float, *, kills: int = 0) -> list[Writer]:
    stop = threading.Event()
    writers = [Writer(server, number, stop) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
        assert writer.is_in.wait(60)  # one after the other: signing in is slow on purpose
    for _kill in range(kills):
        time.sleep(seconds / (kills + 1) * random.uniform(0.7, 1.3))  # noqa: S311 when to strike
        server.kill()
        server.start()
    time.sleep(seconds / (kills + 1))
    stop.set()
    for writer in writers:
        writer.join()
    return writers


def test_eight_writers_for_thirty_seconds_meet_no_error_and_lose_nothing(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        writers = write_for(server, 30)

        found = written_titles(server)

    assert [writer.wrong for writer in writers] == [[]] * WRITERS
    assert found == Counter(title for writer in writers for title in writer.acknowledged)
    assert sum(found.values()) > WRITERS


def test_what_was_acknowledged_survives_a_killed_server_once(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        writers = write_for(server, 12, kills=4)

        found = written_titles(server)

    assert [writer.wrong for writer in writers] == [[]] * WRITERS
    assert found == Counter(title for writer in writers for title in writer.acknowledged)
    assert sum(writer.resent for writer in writers) > 0
