"""The child process that makes PDFs: what it reads, what it refuses, what it writes."""

from __future__ import annotations

import http.server
import io
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from weasyprint.urls import FatalURLFetchingError

from careers.web import pdf
from careers.web.breaking import BREAK, breakable
from tests.packets import sample
from tests.web.paper import ROOT, ask, read, squeezed, text_of

CSS = 'html { font-family: "Careers Serif" }'


def request(body: str, *, css: str = CSS, **more: Any) -> bytes:
    html = f'<html lang="en"><head><title>A title</title></head><body>{body}</body></html>'
    made = {"html": html, "css": css, "paper": "a4", "identifier": "abc", **more}
    return json.dumps(made).encode()


@pytest.fixture(scope="module")
def made() -> pypdf.PdfReader:
    """The PDF of a document with twenty entries."""
    done = ask(sample.request_of(sample.document(20), recipient="Ines Duarte"))
    assert (done.returncode, done.stderr) == (0, b"")
    return read(done.stdout)


# --- nothing is fetched -------------------------------------------------------------------------


class Canary(http.server.BaseHTTPRequestHandler):
    hits: list[str] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(302)
        self.send_header("Location", "file:///etc/hostname")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def canary() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
XLINK = SVG.replace(" width", ' xmlns:xlink="http://www.w3.org/1999/xlink" width')
DATA = SVG.replace('"', "'")
WAYS = {
    "img": '<img src="{url}">',
    "img srcset": '<img srcset="{url} 2x" src="{url}">',
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import "{url}";</style>',
    "import url": "<style>@import url({url});</style>",
    "font-face": (
        '<style>@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}</style>'
        "<p>x"
    ),
    "background": '<style>p {{ background: url("{url}") }}</style><p>x',
    "inline style": "<p style=\"background-image: url('{url}')\">x",
    "border-image": '<style>p {{ border: 1px solid; border-image: url("{url}") 1 }}</style><p>x',
    "list-style": '<style>li {{ list-style-image: url("{url}") }}</style><ul><li>x</ul>',
    "content": '<style>p::before {{ content: url("{url}") }}</style><p>x',
    "page background": '<style>@page {{ background: url("{url}") }}</style><p>x',
    "margin box": '<style>@page {{ @top-left {{ content: url("{url}") }} }}</style><p>x',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "svg image": f'{SVG}<image href="{{url}}" width="9" height="9"/></svg>',
    "svg xlink": f'{XLINK}<image xlink:href="{{url}}" width="9" height="9"/></svg>',
    "svg use": f'{SVG}<use href="{{url}}#x"/></svg>',
    "svg in data": (
        f"<img src=\"data:image/svg+xml,{DATA}<image href='{{url}}' width='9'/></svg>\">"
    ),
    "link attachment": '<link rel="attachment" href="{url}">',
    "a attachment": '<a rel="attachment" href="{url}">x</a>',
    "base": '<base href="{url}/"><img src="x.png"><link rel="attachment" href="y">',
    "iframe": '<iframe src="{url}"></iframe>',
    "meta refresh": '<meta http-equiv="refresh" content="0; url={url}">',
    "input image": '<input type="image" src="{url}">',
    "video poster": '<video poster="{url}" src="{url}"></video>',
}
HARMLESS = {"svg use", "iframe", "meta refresh", "input image", "video poster"}  # never asked for


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scheme", ["http", "file", "FILE"])
def test_html_that_asks_for_something_gets_nothing(
    way: str, scheme: str, canary: str, tmp_path: Path
) -> None:
    secret = tmp_path / "canary.txt"
    secret.write_text("the canary sings")
    address = {"http": canary, "file": secret.as_uri()}.get(scheme) or f"FILE://{secret}"
    body = WAYS[way].format(
        url=f"{address}?{way.replace(' ', '-')}" if scheme == "http" else address
    )
    fetcher = pdf.OnlyOurFonts()
    Canary.hits.clear()

    try:
        made = pdf.render(
            {"html": f'<html lang="en"><title>x</title><body>{body}', "css": CSS}, fetcher
        )
    except FatalURLFetchingError:
        made = b""

    assert Canary.hits == []
    assert b"the canary sings" not in made
    assert fetcher.has_refused or way in HARMLESS


def test_css_that_imports_another_gets_nothing(canary: str) -> None:
    """Our own rules stand before it, so that it is not even a rule."""
    Canary.hits.clear()

    done = ask(request("<p>x", css=f'@import "{canary}";'))

    assert (done.returncode, Canary.hits) == (0, [])


def test_css_that_asks_for_a_font_ends_the_process(canary: str) -> None:
    Canary.hits.clear()

    done = ask(request("<p>x", css=f'@font-face {{ font-family: x; src: url("{canary}") }}'))

    assert (done.returncode, done.stdout, Canary.hits) == (4, b"", [])
    assert done.stderr == (b"The document asks for something outside of itself; nothing was read.")


def test_an_image_inside_of_an_svg_ends_the_process_too(canary: str) -> None:
    Canary.hits.clear()

    done = ask(request(WAYS["svg image"].format(url=canary)))

    assert (done.returncode, Canary.hits) == (4, [])


def test_markup_in_every_text_is_printed_as_text(canary: str) -> None:
    Canary.hits.clear()
    planted = " ".join(way.format(url=canary) for way in WAYS.values())
    document = sample.document(6)
    document |= {"thesis": planted[:500], "case": planted}
    for entry in document["entries"]:
        entry |= {"title": planted[:300], "what": planted, "outcome": planted}
    for row in document["criteria"]:
        row |= {"text": planted[:300], "note": planted, "facts": planted[:200]}
    for quote in document["quotes"]:
        quote |= {"text": planted, "author": planted[:160], "relation": planted[:160]}
    document["packet"] |= {"title": planted[:160], "engineer": planted[:160]}

    done = ask(sample.request_of(document))

    assert (done.returncode, done.stderr, Canary.hits) == (0, b"", [])
    assert squeezed('<img src="http://127.0.0.1') in squeezed(text_of(read(done.stdout)))


# --- limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [b"", b"{}", b"[1]", b"\xff", request("x", paper="a3")])
def test_what_is_no_request_is_refused_with_a_sentence(sent: bytes) -> None:
    done = ask(sent)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"The request for a PDF could not be read."


def test_nesting_that_no_renderer_survives_is_refused_with_a_sentence() -> None:
    done = ask(request("<div>" * 2_000))

    assert (done.returncode, done.stderr) == (5, b"The document is too large for a PDF.")


def test_a_missing_pango_is_a_sentence() -> None:
    program = (
        "import cffi, runpy\n"
        "def dlopen(*_args): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = dlopen\n"
        "runpy.run_module('careers.web.pdf', run_name='__main__')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, input=b"", capture_output=True, check=False
    )

    assert done.returncode == 3
    assert done.stderr == (
        b"The PDF cannot be made: Pango, a library of the system, is missing. `make install` "
        b"installs it; HTML, Markdown and JSON work without it."
    )


def test_a_word_of_a_hundred_thousand_letters_stays_inside_the_page() -> None:
    document = sample.document(3)
    document["entries"][0]["what"] = "x" * 100_000

    done = ask(sample.request_of(document))

    reader = read(done.stdout)
    assert done.returncode == 0
    assert text_of(reader).count("x") >= 100_000


def test_words_break_without_losing_a_letter() -> None:
    word = "a\u0301" * 200

    broken = breakable(f"short {word} {'b' * 61} {'c' * 60}")

    assert broken.replace(BREAK, "") == f"short {word} {'b' * 61} {'c' * 60}"
    assert f"{BREAK}\u0301" not in broken
    assert broken.endswith(f" {'c' * 60}")


# --- the same bytes -----------------------------------------------------------------------------


def test_two_processes_write_the_same_bytes() -> None:
    sent = sample.request_of(sample.document(10))

    first = ask(sent, PYTHONHASHSEED="0", TZ="UTC")
    second = ask(sent, PYTHONHASHSEED="4242", TZ="Asia/Tokyo")

    assert first.returncode == 0
    assert first.stdout == second.stdout


# --- what is in the file ------------------------------------------------------------------------


def without_running_text(reader: pypdf.PdfReader) -> str:
    """The text of all pages, squeezed, without heads and feet."""
    pages = []
    for page in reader.pages:
        lines = [line.strip() for line in page.extract_text().splitlines()]
        pages.append(
            "".join(
                line
                for line in lines
                if not re.match(r"(Snapshot 1 ·|Page \d+ of|Maya Osei *L5)", line)
            )
        )
    return squeezed("".join(pages))


def test_the_text_is_that_of_the_document(made: pypdf.PdfReader) -> None:
    document = sample.document(20)
    text = without_running_text(made)
    expected = [document["thesis"], *document["case"].split("\n\n")]
    for entry in document["entries"]:
        expected += [entry["title"], entry["outcome"], *filter(None, [entry["what"]])]
    for row in document["criteria"]:
        expected += [row["text"], row["facts"], *filter(None, [row["note"]])]
        expected += [row["lamps"]["sustained"]["sentence"]]
    for highlight in document["highlights"]:
        expected += [highlight[name] for name in ("problem", "did", "result", "mine")]

    missing = [words for words in expected if squeezed(words) not in text]

    # a text that goes over the page's end has the next head in its middle
    assert len(missing) <= len(made.pages)
    assert [words for words in missing if squeezed(words)[:12] not in text] == []


def embedded_fonts(reader: pypdf.PdfReader) -> dict[str, Any]:
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found = font.get_object()
            fonts[str(found["/BaseFont"]).split("+")[-1]] = found
    return fonts


def test_the_fonts_are_the_bundled_ones(made: pypdf.PdfReader) -> None:
    assert set(embedded_fonts(made)) == {
        "Careers-Display",
        "Careers-Sans",
        "Careers-Sans-Semi-Bold",
        "Careers-Serif",
        "Careers-Serif-Italic",
        "Careers-Serif-Semi-Bold",
    }


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Διαθέσιμο", "Careers-Serif"),
        ("ระบบ", "Careers-Thai"),
        ("שלום", "Careers-Hebrew"),
        ("مرحبا", "Careers-Arabic"),
        ("手引き", "Careers-Japanese"),
    ],
)
def test_a_script_has_its_bundled_font_in_every_text(text: str, family: str) -> None:
    document = sample.document(2, criteria=2)
    document |= {"thesis": text, "case": text}
    for each in document["entries"]:
        each |= {"title": text, "what": text, "outcome": text}
    for row in document["criteria"]:
        row |= {"text": text, "note": text}

    done = ask(sample.request_of(document))

    fonts = set(embedded_fonts(read(done.stdout)))
    assert family in fonts
    assert {name for name in fonts if not name.startswith("Careers-")} == set()


def outline_of(font: TTFont, glyph: str) -> list[Any]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return list(pen.value)


@pytest.mark.parametrize(
    ("family", "file", "text"),
    [
        ("Careers-Serif", "SourceSerif4-Regular.ttf", "Łukasz Żółć Ångström Ğüş Μάγια Перенёс"),
        ("Careers-Sans", "Inter-Regular.ttf", "Łukasz Żółć Ångström Ğüş Μάγια Перенёс"),
        ("Careers-Thai", "NotoSansThai-Regular.ttf", "ระบบ กขคงจ"),
        ("Careers-Hebrew", "NotoSansHebrew-Regular.ttf", "אבגד"),
        ("Careers-Japanese", "NotoSansJP-Regular.ttf", "手引きをキュー"),
    ],
)
def test_letters_are_drawn_with_the_outlines_of_their_font(
    family: str, file: str, text: str
) -> None:
    """Text extraction alone does not tell: garbled glyphs keep their text."""
    css = f'p {{ font-family: "{family.replace("-", " ")}" }}'

    done = ask(request(f"<p>{text}</p>", css=css))

    font = embedded_fonts(read(done.stdout))[family]
    file_of_pdf = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"]
    drawn = TTFont(io.BytesIO(file_of_pdf.get_data()))
    original = TTFont(pdf.FONTS / file)
    names = original.getBestCmap()
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]{4})>", font["/ToUnicode"].get_data().decode())
    compared = {chr(int(letter, 16)): int(glyph, 16) for glyph, letter in pairs}
    assert {letter for letter in text if not letter.isspace()} <= set(compared)
    for letter, glyph in compared.items():
        if letter.isalpha():
            expected = outline_of(original, names[ord(letter)])
            assert outline_of(drawn, drawn.getGlyphName(glyph)) == expected, letter


def tags(reader: pypdf.PdfReader) -> list[dict[str, Any]]:
    """The elements of the tag tree, in reading order."""
    found = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]
    return found


def test_the_file_is_tagged_for_readers_who_listen(made: pypdf.PdfReader) -> None:
    root: Any = made.trailer["/Root"]

    levels = [int(tag["/S"][2:]) for tag in tags(made) if re.fullmatch(r"/H[1-6]", tag["/S"])]
    figures = [tag for tag in tags(made) if tag["/S"] == "/Figure"]

    assert str(root["/Lang"]) == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert made.metadata is not None
    assert made.metadata.title == "Promotion to Staff engineer: Maya Osei, L5 → L6"
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(figures) == 15  # fourteen criteria and the months
    assert all(str(figure["/Alt"]).strip() for figure in figures)
    assert any(tag["/S"] == "/TH" for tag in tags(made))
    assert all(str(page["/Tabs"]) == "/S" for page in made.pages)


def test_the_outline_leads_to_the_sections(made: pypdf.PdfReader) -> None:
    outline: Any = made.outline

    titles = [str(item.title) for item in outline[1] if not isinstance(item, list)]

    assert outline[0].title == "Maya Osei"
    assert titles == [
        "The case",
        "Highlights",
        "Coverage",
        "What others say",
        "Evidence over time",
        "Growth areas",
        "Appendix: every entry cited",
        "How this document was made",
    ]


def test_every_page_says_which_it_is_and_for_whom(made: pypdf.PdfReader) -> None:
    count = len(made.pages)

    feet = [
        (f"Page {number} of {count}" in text, "for Ines Duarte" in text)
        for number, text in enumerate((page.extract_text() for page in made.pages), 1)
    ]

    assert feet == [(True, True)] * count
