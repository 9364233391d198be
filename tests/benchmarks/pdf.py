"""What a PDF costs: `python -m tests.benchmarks.pdf [ENTRIES …]`.

CPU seconds of the child process (user and system), because wall time on a busy machine says how
busy it was. Tagged against untagged, and a second download against the first. No test runs this.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import django
import pypdf

ROOT = Path(__file__).resolve().parents[2]
SIZES = (20, 100, 500)


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def render(request: bytes) -> tuple[float, bytes]:
    """CPU seconds, and the PDF."""
    before = cpu_of_children()
    done = subprocess.run(
        [sys.executable, "-m", "careers.web.pdf"],
        input=request,
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return cpu_of_children() - before, done.stdout


def untagged(request: bytes) -> bytes:
    return json.dumps({**json.loads(request), "tagged": False}).encode()


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def compare_sizes(counts: list[int]) -> None:
    from tests.packets import sample  # noqa: PLC0415 models need Django set up

    start, _pdf = render(
        json.dumps(
            {
                "html": '<html lang="en"><title>x</title><body>x',
                "css": "",
                "paper": "a4",
                "identifier": "",
            }
        ).encode()
    )
    tell(f"an empty page: {start:.2f} s, which every PDF costs")
    tell("entries  pages     kB  CPU s  ms/page  ms/page after the start  tagged/untagged")
    for count in counts:
        request = sample.request_of(sample.document(count))
        tagged, pdf = render(request)
        bare, _pdf = render(untagged(request))
        pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
        tell(
            f"{count:7}  {pages:5}  {len(pdf) // 1000:5}  {tagged:5.2f}"
            f"  {tagged / pages * 1000:7.0f}  {(tagged - start) / pages * 1000:23.0f}"
            f"  {tagged / bare:15.2f}"
        )


def compare_downloads() -> None:
    """The first download of the newest snapshot in this data folder's database, and the second."""
    from careers.packets.models import Snapshot  # noqa: PLC0415 models need Django set up
    from careers.packets.rendering import fetch_pdf  # noqa: PLC0415

    snapshot = Snapshot.objects.order_by("pk").last()
    if snapshot is None:
        return tell("no snapshot in this database, so no downloads were compared")
    snapshot.renderings.all().delete()
    times = []
    for _download in range(2):
        began = time.perf_counter(), time.process_time() + cpu_of_children()
        fetch_pdf(snapshot)
        ended = time.perf_counter(), time.process_time() + cpu_of_children()
        times.append((ended[0] - began[0], ended[1] - began[1]))
    (first, first_cpu), (second, second_cpu) = times
    return tell(
        f"first download {first:.2f} s ({first_cpu:.2f} CPU), second {second * 1000:.1f} ms "
        f"({second_cpu * 1000:.1f} CPU): {second_cpu / first_cpu:.4f} of it"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    django.setup()
    compare_sizes([int(word) for word in sys.argv[1:]] or list(SIZES))
    compare_downloads()
