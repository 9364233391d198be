"""One render for any number of downloads, and a new one after every way to die."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from careers.packets import rendering as engine
from careers.packets.models import Rendering, Snapshot
from careers.packets.release import release_of_pdfs
from careers.packets.rendering import RenderingError, fetch_pdf, render_afresh, start_rendering
from tests.packets.sample import document, frozen

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def snapshot() -> Snapshot:
    return frozen(document(2, criteria=3))


def in_thread[T](work: Callable[[], T]) -> Callable[[], T]:
    """The work as a thread does it, whose database connection ends with it."""

    def done() -> T:
        try:
            return work()
        finally:
            connection.close()

    return done


@pytest.fixture
def fake_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """`fake_child(script)`: from now on that shell script is the child's Python."""

    def become(script: str) -> Path:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(path))
        return tmp_path

    return become


def wait_for(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def children() -> list[int]:
    """The processes of our own that make PDFs."""
    listed = subprocess.run(
        ["/bin/ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return [int(row[0]) for row in rows if len(row) == 2 and "careers.web.pdf" in row[1]]


def test_a_pdf_is_made_once_and_kept(snapshot: Snapshot) -> None:
    first = fetch_pdf(snapshot)
    second = fetch_pdf(snapshot)

    row = Rendering.objects.get()
    assert first.startswith(b"%PDF-")
    assert first == second
    assert (row.state, row.attempts, row.release) == ("done", 1, release_of_pdfs())
    assert row.lease_until is None
    assert len(row.release) <= 32


def test_twelve_downloads_at_once_make_one_render(snapshot: Snapshot) -> None:
    work = in_thread(lambda: fetch_pdf(snapshot))

    with ThreadPoolExecutor(12) as threads:
        made = [future.result() for future in [threads.submit(work) for _number in range(12)]]

    assert len(set(made)) == 1
    assert Rendering.objects.get().attempts == 1


def test_no_more_threads_wait_than_leave_some_to_answer(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_waiting", threading.BoundedSemaphore(2))
    running(snapshot, seconds=60)
    waiters = [in_thread(lambda: fetch_pdf(snapshot, timeout=2)) for _number in range(2)]

    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(waiter) for waiter in waiters]
        wait_for(lambda: engine._waiting._value == 0)
        began = time.monotonic()
        with pytest.raises(RenderingError, match="still being made"):
            fetch_pdf(snapshot)
        took = time.monotonic() - began
        for each in waiting:
            assert isinstance(each.exception(), RenderingError)

    assert took < 1
    assert engine._waiting._value == 2


def test_a_fresh_render_has_the_same_bytes_and_keeps_nothing(snapshot: Snapshot) -> None:
    kept = fetch_pdf(snapshot)
    Rendering.objects.update(pdf=b"%PDF-not this")

    fresh = render_afresh(snapshot)

    assert fresh == kept
    assert bytes(Rendering.objects.get().pdf or b"") == b"%PDF-not this"


def test_every_recipient_has_a_pdf_of_their_own(snapshot: Snapshot) -> None:
    made = {fetch_pdf(snapshot), fetch_pdf(snapshot, recipient="Ines Duarte")}

    assert len(made) == 2
    assert sorted(Rendering.objects.values_list("recipient", flat=True)) == ["", "Ines Duarte"]


def test_freezing_does_not_wait_and_a_download_finds_what_it_began(snapshot: Snapshot) -> None:
    began = time.monotonic()
    start_rendering(snapshot)
    waited = time.monotonic() - began
    pdf = fetch_pdf(snapshot)

    assert waited < 1
    assert pdf.startswith(b"%PDF-")
    assert Rendering.objects.get().attempts == 1
    wait_for(lambda: "rendering" not in {thread.name for thread in threading.enumerate()})


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="needs ps to find the child")
def test_a_killed_child_is_started_again(snapshot: Snapshot) -> None:
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(in_thread(lambda: fetch_pdf(snapshot)))
        wait_for(children)
        os.kill(children()[0], signal.SIGKILL)
        pdf = waiting.result()

    assert pdf.startswith(b"%PDF-")
    assert (Rendering.objects.get().state, Rendering.objects.get().attempts) == ("done", 2)


def running(snapshot: Snapshot, *, seconds: int) -> Rendering:
    """A row as a web process leaves it that was killed: its lease ends in so many seconds."""
    return Rendering.objects.create(
        snapshot=snapshot,
        release=release_of_pdfs(),
        paper=snapshot.paper,
        state=Rendering.State.RUNNING,
        attempts=1,
        lease_until=timezone.now() + dt.timedelta(seconds=seconds),
    )


def test_after_the_lease_of_a_killed_process_the_next_to_ask_starts_again(
    snapshot: Snapshot,
) -> None:
    running(snapshot, seconds=1)

    pdf = fetch_pdf(snapshot)

    assert pdf.startswith(b"%PDF-")
    assert Rendering.objects.get().attempts == 2


def test_who_waits_longer_than_they_may_is_told_so(snapshot: Snapshot) -> None:
    running(snapshot, seconds=60)

    with pytest.raises(RenderingError, match="still being made"):
        fetch_pdf(snapshot, timeout=0.3)

    assert Rendering.objects.get().attempts == 1


def test_a_process_that_was_taken_for_dead_changes_nothing(snapshot: Snapshot) -> None:
    late = running(snapshot, seconds=0)
    fetch_pdf(snapshot)
    sha256 = Rendering.objects.get().sha256
    Rendering.objects.update(pdf=b"%PDF-of the second")

    engine._render(late)

    row = Rendering.objects.get()
    assert (bytes(row.pdf or b""), row.sha256, row.attempts) == (b"%PDF-of the second", sha256, 2)


def test_a_failure_says_why_and_can_be_tried_again(
    snapshot: Snapshot, fake_child: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    python = sys.executable
    fake_child("printf 'The document is too large for a PDF.' >&2; exit 5")
    with pytest.raises(RenderingError) as failure:
        fetch_pdf(snapshot)
    monkeypatch.setattr(sys, "executable", python)

    pdf = fetch_pdf(snapshot)

    assert str(failure.value) == "The document is too large for a PDF."
    assert pdf.startswith(b"%PDF-")


def test_after_three_failures_nobody_tries_for_a_while(
    snapshot: Snapshot, fake_child: Callable[[str], Path]
) -> None:
    fake_child("exit 1")
    for _attempt in range(3):
        with pytest.raises(RenderingError):
            fetch_pdf(snapshot)

    with pytest.raises(RenderingError) as failure:
        fetch_pdf(snapshot)

    row = Rendering.objects.get()
    assert (row.state, row.attempts) == ("failed", 3)
    assert "It was tried 3 times" in str(failure.value)
    Rendering.objects.update(lease_until=timezone.now())
    with pytest.raises(RenderingError):
        fetch_pdf(snapshot)
    assert Rendering.objects.get().attempts == 4


def test_a_traceback_of_the_child_is_shown_to_nobody(
    snapshot: Snapshot, fake_child: Callable[[str], Path]
) -> None:
    fake_child("printf 'Traceback\\n  File x' >&2; exit 1")

    with pytest.raises(RenderingError) as failure:
        fetch_pdf(snapshot)

    assert str(failure.value) == (
        "The PDF could not be made. HTML, Markdown and JSON show the same document."
    )


def test_the_child_knows_no_secret_and_leaves_nothing_behind(
    snapshot: Snapshot,
    fake_child: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "planted")
    monkeypatch.setenv("DATABASE_URL", "postgres://planted")
    said = tmp_path / "environment"
    fake_child(f"env > {said}; exit 1")

    with pytest.raises(RenderingError):
        fetch_pdf(snapshot)

    environment = dict(line.split("=", 1) for line in said.read_text().splitlines())
    assert "planted" not in said.read_text()
    assert {"SECRET_KEY", "DATABASE_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE"} & set(
        environment
    ) == set()
    assert not Path(environment["TMPDIR"]).exists()


def test_bytes_of_an_older_release_go_and_their_hash_stays(snapshot: Snapshot) -> None:
    older = Rendering.objects.create(
        snapshot=snapshot,
        release="0.0.1-69.0-abc",
        paper=snapshot.paper,
        state=Rendering.State.DONE,
        pdf=b"%PDF-old",
        sha256="ab" * 32,
    )

    fetch_pdf(snapshot)

    older.refresh_from_db()
    assert (older.pdf, older.sha256) == (None, "ab" * 32)


def test_a_web_process_never_loads_the_renderer() -> None:
    program = (
        "import django; django.setup()\n"
        "import sys, careers.urls, careers.packets.rendering\n"
        "print('weasyprint' in sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"
