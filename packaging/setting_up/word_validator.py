"""Microsoft's own rules for Word files, as an npm package: for machines that have Node."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from setting_up.talking import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from setting_up.places import Places

PACKAGE = "@ooxml-tools/validate@0.4.6"
VARIABLE = "OOXML_VALIDATE"
"""The environment variable that tells the tests where the command is."""


def provide_word_validator(
    places: Places, find_program: Callable[[str], str | None] = shutil.which
) -> Path | None:
    """Return the validator's command, installed into the environment; None without Node."""
    npm = find_program("npm")
    if npm is None:
        return None
    folder = places.venv / "node"
    command = folder / "node_modules" / ".bin" / _name_command()
    if not command.exists():
        folder.mkdir(exist_ok=True)
        result = subprocess.run(
            [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", PACKAGE],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if result.returncode:
            say(f"npm could not install {PACKAGE}; one test goes without it.\n{result.stdout}")
    return command if command.exists() else None


def _name_command() -> str:
    return "ooxml-validate.cmd" if os.name == "nt" else "ooxml-validate"
