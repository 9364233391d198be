from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from careers.ladders.document import MAX_BYTES
from careers.ladders.management.commands.load_ladders import BUILTIN
from careers.ladders.models import Criterion, Edition, Ladder, Level
from tests.factories import EngineerFactory
from tests.ladders.small import SMALL, changed, publish

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

COMPETENCIES = """\
name: Ladder
levels: [{id: a1, name: One}, {id: a2, name: Two}]
themes: [{id: craft, name: Craft}, {id: people, name: People}]
competencies:
  - {id: x, level: a1, theme: craft, summary: Tests}
  - {id: y, level: a2, theme: people, summary: Talks}
"""


def lines(command: str, *arguments: str) -> list[str]:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue().splitlines()


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("import_ladder", *arguments)
    return str(refused.value)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


def test_load_ladders_publishes_each_builtin_file_once() -> None:
    count = len(list(BUILTIN.glob("*.yaml")))

    assert lines("load_ladders")[-1] == f"ladders: {count}, new editions: {count}"
    assert lines("load_ladders")[-1] == f"ladders: {count}, new editions: 0"
    assert Edition.objects.count() == count
    assert not Ladder.objects.filter(is_builtin=False).exists()


def test_load_ladders_leaves_somebodys_ladder_of_the_same_slug_alone() -> None:
    owner = EngineerFactory.create()
    publish(changed(("slug: small", "slug: infrastructure")), owner=owner)
    errors = StringIO()

    call_command("load_ladders", stdout=StringIO(), stderr=errors)

    assert Ladder.objects.get(slug="infrastructure").name == "Small ladder"
    assert errors.getvalue().startswith("infrastructure.yaml was left out: “infrastructure” is")


def test_import_ladder_publishes_for_everybody_and_counts(small: Path) -> None:
    said = lines("import_ladder", str(small))

    assert said == ["Small ladder (small): edition 1", "levels: 2, dimensions: 2, criteria: 4"]
    ladder = Ladder.objects.get()
    assert (ladder.owner, ladder.is_builtin, Level.objects.count()) == (None, False, 2)


def test_import_ladder_again_changes_nothing(small: Path) -> None:
    lines("import_ladder", str(small))

    assert lines("import_ladder", str(small))[0] == "Small ladder (small): edition 1"
    assert Edition.objects.count() == 1


def test_dry_run_counts_and_writes_nothing(small: Path) -> None:
    said = lines("import_ladder", str(small), "--dry-run")

    assert said == [
        "Small ladder (small): nothing is wrong with it; nothing was written.",
        "levels: 2, dimensions: 2, criteria: 4",
    ]
    assert not Ladder.objects.exists()


def test_dry_run_of_the_builtin_ladder_counts_it() -> None:
    lines("load_ladders")

    said = lines("import_ladder", str(BUILTIN / "infrastructure.yaml"), "--dry-run")

    assert said[-1] == "levels: 9, dimensions: 7, criteria: 131"


def test_errors_are_told_by_line_and_path_and_nothing_is_half_written(tmp_path: Path) -> None:
    publish()
    path = tmp_path / "broken.yaml"
    path.write_text(
        changed(
            ("name: Small ladder", "name: New"), ("key: tests,", "key: T,"), ("to: A2", "to: B")
        )
    )

    found = refusal(str(path))

    assert found.splitlines() == [
        "broken.yaml is not a ladder that can be published; nothing was written.",
        (
            "line 18, tracks[0].levels[0].criteria[0].key: "
            "Only small letters, digits and hyphens, not “T”."
        ),
        "line 32, transitions[0].to: There is no level “B”.",
    ]
    assert Ladder.objects.get().name == "Small ladder"
    assert Criterion.objects.count() == 4


def test_long_list_of_errors_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("\n".join(f"name{n}: x" for n in range(100)))

    found = refusal(str(path)).splitlines()

    assert (len(found), found[-1]) == (52, "and 53 more")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ladder.CSV", "level,dimension,criterion\nA1,Craft,Tests\nA2,People,Talks\n"),
        (
            "ladder.md",
            "# Ladder\n\n## A1: One\n\n### Craft\n- Tests\n\n## A2: Two\n### People\n- Talks\n",
        ),
        ("ladder.yml", COMPETENCIES),
    ],
)
def test_ladders_of_other_formats_are_published_too(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)

    dry = lines("import_ladder", str(path), "--dry-run")
    assert not Ladder.objects.exists()
    said = lines("import_ladder", str(path))

    assert dry[-1] == said[-1] == "levels: 2, dimensions: 2, criteria: 2"
    assert said[0] == "Ladder (ladder): edition 1"
    assert list(Criterion.objects.order_by("pk").values_list("text", flat=True)) == [
        "Tests",
        "Talks",
    ]


def test_errors_of_other_formats_are_told_by_line_too(tmp_path: Path) -> None:
    path = tmp_path / "ladder.csv"
    path.write_text("level,criterion\n,Tests\n")

    assert refusal(str(path)).splitlines() == [
        "ladder.csv is not a ladder that can be published; nothing was written.",
        "line 2, level: This is missing.",
    ]
    assert not Ladder.objects.exists()


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.yaml"

    assert refusal(str(path)) == f"{path}: No such file or directory."


def test_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 10))

    assert f"The file is larger than {MAX_BYTES} bytes." in refusal(str(path))


def test_slug_of_another_ladder_is_refused(small: Path) -> None:
    publish(changed(("name: Small", "name: Private")), owner=EngineerFactory.create())

    assert refusal(str(small)) == ("“small” is the slug of another ladder; give this one another.")
