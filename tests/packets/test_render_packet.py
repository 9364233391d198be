"""`manage.py render_packet`."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.packets.models import Packet, Rendering, Snapshot
from tests.factories import EngineerFactory, LevelFactory
from tests.packets.sample import document, frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot() -> Snapshot:
    return frozen(document(2, criteria=3))


def run(snapshot: Snapshot, path: Path, *options: str) -> bytes:
    call_command("render_packet", str(snapshot.packet_id), str(path), *options)
    return path.read_bytes()


def test_the_json_is_the_hashed_bytes(snapshot: Snapshot, tmp_path: Path) -> None:
    written = run(snapshot, tmp_path / "packet.json", "--format", "json")

    assert hashlib.sha256(written).hexdigest() == snapshot.sha256


def test_the_newest_snapshot_is_taken_unless_one_is_named(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    second = frozen(document(3, criteria=3), number=2, packet=snapshot.packet)

    newest = run(snapshot, tmp_path / "newest", "--format", "json")
    first = run(snapshot, tmp_path / "first", "--format", "json", "--snapshot", "1")

    assert (newest.decode(), first.decode()) == (second.content, snapshot.content)


def test_markdown_and_html_are_the_document(snapshot: Snapshot, tmp_path: Path) -> None:
    markdown = run(snapshot, tmp_path / "packet.md", "--format", "md").decode()
    html = run(snapshot, tmp_path / "packet.html", "--format", "html").decode()

    assert markdown.startswith("# Maya Osei\n")
    assert html.startswith("<!doctype html>")
    assert snapshot.sha256 in markdown
    assert snapshot.sha256 in html


def test_a_pdf_is_kept_and_a_fresh_one_is_not_read(snapshot: Snapshot, tmp_path: Path) -> None:
    first = run(snapshot, tmp_path / "first.pdf")
    Rendering.objects.update(pdf=b"%PDF-kept")

    kept = run(snapshot, tmp_path / "kept.pdf")
    fresh = run(snapshot, tmp_path / "fresh.pdf", "--fresh")

    assert first.startswith(b"%PDF-1")
    assert (kept, fresh) == (b"%PDF-kept", first)


def test_what_is_not_there_is_a_sentence(snapshot: Snapshot, tmp_path: Path) -> None:
    engineer = EngineerFactory.create()
    draft = Packet.objects.create(
        engineer=engineer,
        engineer_name="Maya",
        written_by_name="Maya",
        title="Draft",
        target_level=LevelFactory.create(),
    )
    wanted = {
        ("999999",): "There is no packet 999999.",
        (str(draft.pk),): f"Packet {draft.pk} was never frozen, so it has no snapshot.",
        (str(snapshot.packet_id), "--snapshot", "7"): (
            f"Packet {snapshot.packet_id} has no snapshot 7."
        ),
    }

    for (key, *options), sentence in wanted.items():
        with pytest.raises(CommandError) as failure:
            call_command("render_packet", key, str(tmp_path / "x"), *options)
        assert str(failure.value) == sentence


def test_a_file_that_cannot_be_written_is_a_sentence(snapshot: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be written: Is a directory\.$"):
        run(snapshot, tmp_path, "--format", "md")
