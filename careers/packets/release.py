"""Which release of Careers makes PDFs now: a kept PDF of another release is made anew."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.metadata import version

from django.conf import settings

# What decides how a PDF looks, from the folder of the project.
_SOURCES = (
    "careers/packets/covered.py",
    "careers/packets/entries.py",
    "careers/packets/method.py",
    "careers/packets/paper.css",
    "careers/packets/presentation.py",
    "careers/packets/timeline.py",
    "careers/packets/wording.py",
    "careers/web/breaking.py",
    "careers/web/fonts/VENDORED.md",
    "careers/web/pdf.py",
    "templates/packets/_document.html",
    "templates/packets/_document/*.html",
    "templates/packets/document.html",
)


@cache
def release_of_pdfs() -> str:
    """Version of Careers, of WeasyPrint, and the beginning of a hash of the layout's files."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    paths = sorted(path for source in _SOURCES for path in settings.BASE_DIR.glob(source))
    layout = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    return f"{project['version']}-{version('weasyprint')}-{layout[:10]}"[:32]
