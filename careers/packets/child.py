"""Running the child process that makes a PDF, and saying in a sentence why there is none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

WALL_SECONDS = 130  # the child ends itself after 120
STEP_SECONDS = 5  # between two times that `go_on` is asked
FOLDER = "careers-pdf-"
OLD_SECONDS = 3_600

# All of the environment that a renderer needs. What else is there, secrets and DATABASE_URL among
# it, stays here.
_PASSED_ON = (
    "DYLD_FALLBACK_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "HOME",
    "LD_LIBRARY_PATH",
    "PATH",
    "WEASYPRINT_DLL_DIRECTORIES",
    "XDG_CACHE_HOME",
)


class ChildError(Exception):
    """The child made no PDF; the message says why and is fit to show."""


class ChildKilledError(ChildError):
    """Somebody killed it, or memory ran out: the same request may well succeed."""


def make_pdf(request: bytes, *, go_on: Callable[[], bool]) -> bytes:
    """The child's bytes. Asked every STEP_SECONDS, `go_on` may end it. Raises ChildError."""
    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    try:
        _sweep(folder.parent)
        return _run(request, folder, go_on)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(request: bytes, folder: Path, go_on: Callable[[], bool]) -> bytes:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    child = subprocess.Popen(
        [sys.executable, "-m", "careers.web.pdf"],
        cwd=settings.BASE_DIR,
        env={**environment, "LC_ALL": "C.UTF-8", "TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        pdf, said = _converse(child, request, go_on)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    if child.returncode or not pdf.startswith(b"%PDF-"):
        raise _error(child.returncode, said)
    return pdf


def _converse(
    child: subprocess.Popen[bytes], request: bytes, go_on: Callable[[], bool]
) -> tuple[bytes, bytes]:
    end = time.monotonic() + WALL_SECONDS
    sent: bytes | None = request
    while time.monotonic() < end:
        try:
            return child.communicate(sent, timeout=STEP_SECONDS)
        except subprocess.TimeoutExpired:
            sent = None  # what was not read yet is not lost
        if not go_on():
            raise ChildKilledError(gettext("The PDF is being made by another process."))
    raise ChildError(_too_long())


def _error(status: int, said: bytes) -> ChildError:
    if status == -signal.SIGKILL:
        return ChildKilledError(
            gettext("The process that made the PDF was stopped from outside, perhaps for memory.")
        )
    if status in {-signal.SIGXCPU, -signal.SIGALRM}:
        return ChildError(_too_long())
    sentence = said.decode(errors="replace").strip()
    if status > 1 and sentence and "\n" not in sentence:  # one of careers.web.pdf's own
        return ChildError(gettext(sentence))
    return ChildError(
        gettext("The PDF could not be made. HTML, Markdown and JSON show the same document.")
    )


def _too_long() -> str:
    return gettext(
        "The PDF takes longer to make than it may. Shorter texts help; HTML, Markdown and JSON "
        "show the whole document."
    )


def _sweep(folder: Path) -> None:
    """Remove what a child and its parent left that were killed together."""
    for path in folder.glob(f"{FOLDER}*"):
        try:
            is_old = time.time() - path.stat().st_mtime > OLD_SECONDS
        except OSError:
            continue
        if is_old:
            shutil.rmtree(path, ignore_errors=True)
