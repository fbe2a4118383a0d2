"""Renew `constraints.txt` with the newest versions that `pyproject.toml` allows.

Run `python packaging/lock.py`, then `python packaging/test.py`, and commit when both are content.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from setting_up.environment import read_build_tools
from setting_up.places import Places

PLACES = Places()
# Parts that others ask for on some systems only; installed here so that they are pinned too.
ELSEWHERE = {"colorama": 'sys_platform == "win32"'}
HEAD = """\
# The exact versions that Inspector is set up and tested with, on Windows, macOS and Linux,
# Python 3.11 to 3.14. Made by `python packaging/lock.py`; run that again to renew them.
"""


def main() -> None:
    """Install everything without constraints in a fresh environment and write down what came."""
    with tempfile.TemporaryDirectory() as folder:
        venv = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        pip: list[str | Path] = [python, "-I", "-m", "pip", "--disable-pip-version-check"]
        wanted = [f"{PLACES.root}[test]", *read_build_tools(PLACES.pyproject), *ELSEWHERE]
        subprocess.run([*pip, "install", *wanted], check=True)
        freeze = [*pip, "freeze", "--exclude", "inspector-app"]
        frozen = subprocess.run(freeze, check=True, stdout=subprocess.PIPE, text=True).stdout
    lines = [_add_marker(line) for line in sorted(frozen.splitlines(), key=_get_name)]
    PLACES.constraints.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} versions written to {PLACES.constraints}")


def _get_name(line: str) -> str:
    return line.partition("==")[0].lower()


def _add_marker(line: str) -> str:
    marker = ELSEWHERE.get(_get_name(line))
    return f"{line} ; {marker}" if marker else line


if __name__ == "__main__":
    main()
