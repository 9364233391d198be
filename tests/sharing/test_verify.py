"""Was it made here, and is it unchanged: for whoever has a hash or a file."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careers.packets.models import Rendering, Snapshot
from tests.sharing.links import (
    ENTRY,
    RECIPIENT,
    TITLE,
    browser,
    freeze,
    keep_pdf,
    opened,
    pdf,
    share,
)
from tests.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

VERIFY = "/verify/"
LARGEST = 5_000_000


def give(content: bytes, name: str = "packet.json") -> Any:
    return browser().post(VERIFY, {"file": SimpleUploadedFile(name, content)})


def ask(digits: str) -> Any:
    return browser().post(VERIFY, {"hash": digits})


def verdict(response: Any) -> str:
    """The heading of the answer."""
    assert response.status_code == 200
    match = re.search(r'id="verdict-title">([^<]*)<', response.text)
    return " ".join(match[1].split()) if match else ""


# --- files --------------------------------------------------------------------------------------


def test_the_json_of_a_snapshot_was_made_here(snapshot: Snapshot) -> None:
    response = give(snapshot.content.encode())

    assert verdict(response) == "✓ Made here, unchanged"
    assert "snapshot 1" in response.text
    assert "frozen on 20 November 2026" in response.text


def test_the_pdf_of_a_snapshot_was_made_here(snapshot: Snapshot) -> None:
    _share, token = share(snapshot, recipient="Amara")
    content = opened(token).get(pdf(token)).content  # this one is made

    assert verdict(give(content, "packet.pdf")) == "✓ Made here, unchanged"


def test_a_pdf_is_known_after_its_bytes_were_given_up(snapshot: Snapshot) -> None:
    content = keep_pdf(snapshot, recipient="Amara")
    Rendering.objects.update(pdf=None)

    assert verdict(give(content, "packet.pdf")) == "✓ Made here, unchanged"


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_a_file_with_one_letter_changed_is_not_known(snapshot: Snapshot, kind: str) -> None:
    content = bytearray(
        snapshot.content.encode() if kind == "json" else keep_pdf(snapshot, recipient="Amara")
    )
    content[len(content) // 2] ^= 1

    assert verdict(give(bytes(content))) == "✗ Not known here"


def test_a_json_with_a_line_break_added_is_not_known(snapshot: Snapshot) -> None:
    assert verdict(give(f"{snapshot.content}\n".encode())) == "✗ Not known here"


def test_a_withdrawn_snapshot_is_said_to_be(snapshot: Snapshot) -> None:
    Snapshot.objects.update(withdrawn_at=NOON)

    for response in (give(snapshot.content.encode()), ask(snapshot.sha256)):
        assert verdict(response) == "⚠ Made here, withdrawn since"
        assert "withdrawn on 20 November 2026" in response.text


@pytest.mark.parametrize("kind", ["json", "pdf", "hash"])
def test_what_its_owner_destroyed_is_not_known(snapshot: Snapshot, kind: str) -> None:
    content, digits = keep_pdf(snapshot, recipient="Amara"), snapshot.sha256
    text = snapshot.content.encode()
    snapshot.delete()

    answers = {
        "json": lambda: give(text),
        "pdf": lambda: give(content),
        "hash": lambda: ask(digits),
    }

    assert verdict(answers[kind]()) == "✗ Not known here"


# --- hashes -------------------------------------------------------------------------------------


def written(digits: str) -> list[str]:
    return [
        digits,
        digits[:12],
        digits.upper(),
        f" {digits[:12]}\n",
        " ".join(digits[at : at + 4] for at in range(0, 12, 4)),
    ]


@pytest.mark.parametrize("way", range(5))
def test_a_hash_is_found_whole_and_by_its_first_digits_however_it_is_written(
    snapshot: Snapshot, way: int
) -> None:
    response = ask(written(snapshot.sha256)[way])

    assert verdict(response) == "✓ Made here"
    assert "give the file itself" in response.text


def test_a_hash_in_the_address_is_looked_up(snapshot: Snapshot) -> None:
    response = browser().get(VERIFY, {"hash": snapshot.short_hash})

    assert verdict(response) == "✓ Made here"


def test_the_hash_of_a_pdf_is_found_whole(snapshot: Snapshot) -> None:
    digits = hashlib.sha256(keep_pdf(snapshot, recipient="Amara")).hexdigest()

    assert verdict(ask(digits)) == "✓ Made here"
    assert verdict(ask(digits[:12])) == "✗ Not known here"


def test_a_hash_of_nothing_made_here_is_not_known(snapshot: Snapshot) -> None:
    keep_pdf(snapshot, recipient="Amara")

    assert verdict(ask("0" * 64)) == "✗ Not known here"
    assert verdict(ask("f" * 12)) == "✗ Not known here"


def test_a_rendering_without_a_hash_is_no_answer_to_anything(snapshot: Snapshot) -> None:
    Rendering.objects.create(snapshot=snapshot, release="1", paper="a4")

    assert ask("").status_code == 422


def test_two_snapshots_that_say_the_same_are_both_named(snapshot: Snapshot) -> None:
    Snapshot.objects.update(withdrawn_at=NOON)
    again = freeze(snapshot.packet)

    text = ask(snapshot.sha256).text

    assert again.sha256 == snapshot.sha256
    assert "snapshot 1" in text
    assert "snapshot 2" in text


# --- nobody is named ----------------------------------------------------------------------------


def test_no_answer_names_anybody(snapshot: Snapshot) -> None:
    content = keep_pdf(snapshot, recipient="Amara")
    answers = [
        ask(snapshot.sha256),
        ask(snapshot.short_hash),
        give(snapshot.content.encode()),
        give(content, "Maya-Okonkwo.pdf"),
        browser().get(VERIFY, {"hash": snapshot.sha256}),
    ]

    for answer in answers:
        assert verdict(answer).startswith("✓ Made here")
        assert not re.search(f"Maya|Okonkwo|{RECIPIENT}|{TITLE}|{ENTRY}", answer.text)


# --- what cannot be verified --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Type a hash or choose a file."),
        ({"hash": ""}, "Type a hash or choose a file."),
        ({"hash": "abc"}, "A hash is 12 or 64"),
        ({"hash": "g" * 12}, "A hash is 12 or 64"),
        ({"hash": "0" * 13}, "A hash is 12 or 64"),
        ({"hash": "０" * 12}, "A hash is 12 or 64"),
        ({"hash": "0" * 300}, "at most 200 characters"),
        ({"hash": "0\0" * 6}, "Null characters are not allowed"),
    ],
)
def test_what_is_no_hash_is_told_in_a_sentence(data: dict[str, str], said: str) -> None:
    response = browser().post(VERIFY, data)

    assert response.status_code == 422
    assert said in response.text
    assert 'id="verdict-title"' not in response.text


def test_an_address_with_what_is_no_hash_is_told_so() -> None:
    assert browser().get(VERIFY, {"hash": "abc"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The submitted file is empty"),
        (b"PK\x03\x04", "neither a PDF nor JSON"),
        (b"<!doctype html>", "neither a PDF nor JSON"),
        (b"\xff\xfe{\x00", "neither a PDF nor JSON"),
        (b"[]", "neither a PDF nor JSON"),
    ],
)
def test_a_file_of_another_kind_is_told_in_a_sentence(content: bytes, said: str) -> None:
    response = give(content, "anything.pdf")

    assert response.status_code == 422
    assert said in response.text


def test_a_hash_and_a_file_at_once_are_one_too_many(snapshot: Snapshot) -> None:
    file = SimpleUploadedFile("packet.json", snapshot.content.encode())

    response = browser().post(VERIFY, {"file": file, "hash": snapshot.sha256})

    assert response.status_code == 422
    assert "One at a time" in response.text


def test_a_file_may_be_larger_than_a_form_and_five_megabytes_at_most() -> None:
    assert verdict(give(b"%PDF-" + b"0" * (LARGEST - 5))) == "✗ Not known here"

    response = give(b"%PDF-" + b"0" * (LARGEST - 4))

    assert response.status_code == 413
    assert "over 5 MB" in response.text


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        (VERIFY, "multipart/form-data; boundary=x", "This file is over 5 MB"),
        (VERIFY, "application/x-www-form-urlencoded", "That is too much at once"),
        ("/accounts/login/", "multipart/form-data; boundary=x", "That is too much at once"),
        ("/nowhere/", "multipart/form-data; boundary=x", "That is too much at once"),
    ],
)
def test_a_longer_body_is_refused_unread(path: str, kind: str, said: str) -> None:
    facts: dict[str, Any] = {"CONTENT_LENGTH": str(LARGEST * 3), "wsgi.input": Unread()}

    response = browser().generic("POST", path, CONTENT_TYPE=kind, **facts)

    assert response.status_code == 413
    assert said in response.text


@pytest.mark.parametrize(
    "body", [b"", b"no boundary at all", b"--x\r\nContent-Disposition: form-data\r\n\r\n"]
)
def test_a_form_in_pieces_is_told_in_a_sentence(body: bytes) -> None:
    response = browser().generic(
        "POST", VERIFY, body, CONTENT_TYPE="multipart/form-data; boundary=x"
    )

    assert response.status_code == 422
    assert "Type a hash or choose a file." in response.text


def test_a_form_without_a_boundary_cannot_be_read() -> None:
    response = browser().generic("POST", VERIFY, b"x", CONTENT_TYPE="multipart/form-data")

    assert response.status_code == 400


def test_nothing_of_a_file_is_stored(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("django.core.files.uploadedfile.SimpleUploadedFile", None)

    response = give(b"%PDF-" + b"planted" * 500_000)

    assert verdict(response) == "✗ Not known here"
    assert list(tmp_path.iterdir()) == []


def test_it_is_open_to_everybody_and_looks_the_same_signed_in(
    client: Client, snapshot: Snapshot
) -> None:
    assert browser().get(VERIFY).status_code == 200

    client.force_login(snapshot.packet.engineer)

    assert verdict(client.post(VERIFY, {"hash": snapshot.short_hash})) == "✓ Made here"
