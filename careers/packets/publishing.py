"""A snapshot as an HTML file, and as the request that the PDF's child process reads."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from careers.packets.presentation import present

if TYPE_CHECKING:
    from careers.packets.models import Snapshot
    from careers.packets.parts import Presentation

HERE = Path(__file__).parent
FRONT_HEIGHTS = {"a4": "247mm", "letter": "229mm"}  # the paper's, less the margins of paper.css
TEMPLATE = "packets/document.html"


def present_snapshot(snapshot: Snapshot, *, recipient: str = "") -> Presentation:
    """What a snapshot shows; its text and its own row are all that is read."""
    return present(
        json.loads(snapshot.content),
        sha256=snapshot.sha256,
        number=snapshot.number,
        frozen_on=snapshot.frozen_at.astimezone(dt.UTC).date(),
        recipient=recipient,
    )


def html_file(presentation: Presentation) -> str:
    """One file that needs no other: its style is inside, and its own policy allows only that."""
    style = _screen_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    context: dict[str, Any] = {
        "presentation": presentation,
        "style": format_html("<style>{}</style>", mark_safe(style)),  # noqa: S308 a file of ours
        "style_hash": f"sha256-{digest}",
    }
    return render_to_string(TEMPLATE, context)


def paper_request(presentation: Presentation, *, paper: str) -> bytes:
    """What `python -m careers.web.pdf` reads: equal bytes for an equal presentation and paper."""
    request = {
        "html": render_to_string(TEMPLATE, {"presentation": presentation, "is_paper": True}),
        "css": f"{_paper_style()}.front {{ height: {FRONT_HEIGHTS[paper]} }}",
        "paper": paper,
        "identifier": presentation.sha256,
    }
    return json.dumps(request).encode()


@cache
def _screen_style() -> str:
    return (settings.BASE_DIR / "static" / "css" / "packet.css").read_text()


@cache
def _paper_style() -> str:
    return (HERE / "paper.css").read_text()
