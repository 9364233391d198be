#!/usr/bin/env python
"""The command line of Careers: `manage.py help` lists what it can do."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    if sys.argv[1:2] == ["demo"]:
        # The demo never touches one's own journal, not even when there is one.
        os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parent / "var" / "demo"))
    from django.core.management import execute_from_command_line  # noqa: PLC0415 settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
