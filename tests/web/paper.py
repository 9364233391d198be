"""Asking for PDFs as careers.packets does, and reading them back."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdf

from careers.web.breaking import BREAK

ROOT = Path(__file__).resolve().parents[2]


def ask(request: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The child's answer to the bytes of a request."""
    return subprocess.run(
        [sys.executable, "-m", "careers.web.pdf"],
        input=request,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(reader: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def squeezed(text: str) -> str:
    """Without spaces, line ends and zero width spaces: what a page's layout adds and takes."""
    return re.sub(rf"[\s{BREAK}]+", "", text)
