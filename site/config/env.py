"""The lines of `.env`: read by the settings, and by the script that starts everything before Django is there."""

import os
from pathlib import Path


def read_env_file(path: Path) -> None:
    """Take the lines `NAME=value` of a file into the environment, where they are not set already."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())
