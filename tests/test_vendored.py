"""Files of others are what their VENDORED.md says, and none is there unsaid."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LISTS = sorted(
    path for top in ("careers", "static", "tests") for path in ROOT.glob(f"{top}/**/VENDORED.md")
)

# | path, beside the list | package | version | licence | sha256 |
ROW = re.compile(
    r"^\| *`?([^|`]+?)`? *\| *([^|]+?) *\| *([^|]+?) *\| *([^|]+?) *\| *`?([0-9a-f]{64})`? *\|$",
    re.MULTILINE,
)


def vendored(folder: Path) -> dict[Path, str]:
    """Every file that the list in `folder` names, with its SHA-256."""
    rows = ROW.findall((folder / "VENDORED.md").read_text())
    return {folder / path: digest for path, *_, digest in rows}


@pytest.mark.parametrize("folder", [path.parent for path in LISTS], ids=lambda path: path.name)
def test_vendored_files_are_what_their_list_says(folder: Path) -> None:
    expected = vendored(folder)

    found = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in expected}

    assert found == expected
    assert expected


def test_no_vendored_file_is_unlisted() -> None:
    listed = {path for found in LISTS for path in vendored(found.parent)}
    folders = [
        ROOT / "careers" / "web" / "fonts",
        ROOT / "static" / "fonts",
        ROOT / "static" / "vendor",
        ROOT / "tests" / "vendor",
    ]

    there = {path for folder in folders for path in folder.rglob("*") if path.is_file()}

    unlisted = sorted(there - listed - set(LISTS))
    assert [path for path in unlisted if "LICENSE" not in path.name] == []
