"""The entry of a child process: `python -m careers.web.pdf` makes a PDF and ends.

stdin: a JSON object of `html`, `css`, `paper` ("a4" or "letter"), `identifier` (any text; the PDF's
first /ID) and optionally `tagged` (false for measurements). stdout: the bytes of a tagged PDF
(PDF/UA-1), equal for equal requests. A status other than 0 comes with one sentence on stderr.

Nobody imports this module, because it loads WeasyPrint. It opens nothing but its own fonts: what
the HTML or CSS asks for is refused and ends the process, and the limits below end what takes too
long (reference/pdf-rendering.md, section 4; reference/security.md, 4.4 and 5.5).
"""

from __future__ import annotations

import json
import logging
import resource
import signal
import sys
from enum import IntEnum
from pathlib import Path
from typing import Any

from careers.web.breaking import breakable

MEMORY = 1_200 * 2**20  # bytes; 500 entries take a fifth
CPU_SECONDS = 60
WALL_SECONDS = 120
MOST_INPUT = 32 * 2**20
MOST_OUTPUT = 64 * 2**20
LARGEST_FILE = 8 * 2**20  # WeasyPrint writes each font to a temporary file
OPEN_FILES = 64


class Status(IntEnum):
    """Why there is no PDF; 0 is that there is one."""

    UNREADABLE = 2
    PANGO_MISSING = 3
    REFUSED = 4
    TOO_MUCH = 5


def limit_this_process() -> None:
    """Whatever the system knows to limit; signals that no `except` of a library swallows.

    The hard limit of CPU time is above the soft one: at the hard one the kernel kills, and the
    parent could not tell that from being killed by somebody.
    """
    limits = {
        "RLIMIT_AS": (MEMORY, MEMORY),
        "RLIMIT_CPU": (CPU_SECONDS, CPU_SECONDS + 5),
        "RLIMIT_FSIZE": (LARGEST_FILE, LARGEST_FILE),
        "RLIMIT_NOFILE": (OPEN_FILES, OPEN_FILES),
        "RLIMIT_NPROC": (0, 0),
        "RLIMIT_CORE": (0, 0),
    }
    for name, pair in limits.items():
        try:
            resource.setrlimit(getattr(resource, name), pair)
        except (AttributeError, OSError, ValueError):
            continue  # macOS knows some of them only by name
    signal.alarm(WALL_SECONDS)


def stop(status: Status, sentence: str) -> SystemExit:
    sys.stderr.write(sentence)
    return SystemExit(status)


if __name__ == "__main__":
    limit_this_process()

try:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as missing:  # cffi finds no library of that name
    raise stop(
        Status.PANGO_MISSING,
        "The PDF cannot be made: Pango, a library of the system, is missing. `make install` "
        "installs it; HTML, Markdown and JSON work without it.",
    ) from missing

FONTS = Path(__file__).parent / "fonts"

# family, style, weight, file. The names are ours, so that a font of the system is never taken.
FACES = [
    ("Careers Sans", "normal", 400, "Inter-Regular.ttf"),
    ("Careers Sans", "normal", 600, "Inter-SemiBold.ttf"),
    ("Careers Serif", "normal", 400, "SourceSerif4-Regular.ttf"),
    ("Careers Serif", "italic", 400, "SourceSerif4-It.ttf"),
    ("Careers Serif", "normal", 600, "SourceSerif4-Semibold.ttf"),
    ("Careers Display", "normal", 400, "SourceSerif4Display-Regular.ttf"),
    ("Careers Thai", "normal", 400, "NotoSansThai-Regular.ttf"),
    ("Careers Thai", "normal", 600, "NotoSansThai-SemiBold.ttf"),
    ("Careers Hebrew", "normal", 400, "NotoSansHebrew-Regular.ttf"),
    ("Careers Hebrew", "normal", 600, "NotoSansHebrew-SemiBold.ttf"),
    ("Careers Arabic", "normal", 400, "NotoSansArabic-Regular.ttf"),
    ("Careers Arabic", "normal", 600, "NotoSansArabic-SemiBold.ttf"),
    ("Careers Japanese", "normal", 400, "NotoSansJP-Regular.ttf"),
]
FONT_SCHEME = "font:"
PAPERS = {"a4": "@page { size: A4 }", "letter": "@page { size: letter }"}
OUTSIDE = frozenset({"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.exec"})


class OnlyOurFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint brings no types
    """Answers for our fonts; anything else ends the rendering and is remembered.

    Remembered, because WeasyPrint swallows every exception of an image inside of an SVG.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=frozenset(), allow_redirects=False, fail_on_errors=True)
        self.has_refused = False

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        files = {f"{FONT_SCHEME}{name}": name for *_face, name in FACES}
        if url in files:
            body = (FONTS / files[url]).read_bytes()
            return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})
        self.has_refused = True
        raise FatalURLFetchingError("refused")


def refuse_outside(event: str, _args: tuple[Any, ...]) -> None:
    """A second fence behind the fetcher: no connection and no other program."""
    if event in OUTSIDE:
        raise PermissionError("refused")


def font_faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight};'
        f' src: url("{FONT_SCHEME}{name}") }}\n'
        for family, style, weight, name in FACES
    )


def read_request() -> dict[str, Any]:
    """The request; SystemExit when it is none."""
    text = sys.stdin.buffer.read(MOST_INPUT + 1)
    if len(text) > MOST_INPUT:
        raise stop(Status.TOO_MUCH, "The document is too long for a PDF.")
    try:
        request = json.loads(text)
        css = PAPERS[request["paper"]] + str(request["css"])
        return {**request, "css": css, "html": str(request["html"])}
    except (ValueError, KeyError, TypeError):
        raise stop(Status.UNREADABLE, "The request for a PDF could not be read.") from None


def render(request: dict[str, Any], fetcher: OnlyOurFonts) -> bytes:
    fonts = FontConfiguration()
    css = CSS(string=font_faces() + request["css"], font_config=fonts, url_fetcher=fetcher)
    html = HTML(string=request["html"], url_fetcher=fetcher)
    for element in html.etree_element.find("body").iter():
        element.text = element.text and breakable(element.text)
        element.tail = element.tail and breakable(element.tail)
    pdf: bytes = html.write_pdf(
        stylesheets=[css],
        font_config=fonts,
        pdf_variant="pdf/ua-1" if request.get("tagged", True) else None,
        pdf_identifier=str(request.get("identifier", "")).encode(),
    )
    return pdf


def main() -> None:
    logging.getLogger("weasyprint").disabled = True  # it repeats what people wrote
    request = read_request()
    sys.addaudithook(refuse_outside)
    fetcher = OnlyOurFonts()
    try:
        pdf = render(request, fetcher)
    except FatalURLFetchingError:
        pdf = b""
    except (MemoryError, RecursionError):
        raise stop(Status.TOO_MUCH, "The document is too large for a PDF.") from None
    if fetcher.has_refused:
        raise stop(
            Status.REFUSED, "The document asks for something outside of itself; nothing was read."
        )
    if len(pdf) > MOST_OUTPUT:
        raise stop(Status.TOO_MUCH, "The document is too large for a PDF.")
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
