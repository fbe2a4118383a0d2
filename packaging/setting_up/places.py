"""Where things are in a checkout."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The paths that the set-up reads and writes; tests give a folder of their own."""

    root: Path = ROOT

    @property
    def venv(self) -> Path:
        """The virtual environment, made and owned by the set-up."""
        return self.root / ".venv"

    @property
    def programs(self) -> Path:
        """The folder of the environment's commands."""
        return self.venv / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.programs / ("python.exe" if os.name == "nt" else "python")

    @property
    def stamp(self) -> Path:
        """Written last: while it is missing, nothing in the environment can be trusted."""
        return self.venv / "set-up.json"

    @property
    def lock(self) -> Path:
        """Held by the one process that may change the environment."""
        return self.venv / "set-up.lock"

    @property
    def pyproject(self) -> Path:
        """The package's description."""
        return self.root / "pyproject.toml"

    @property
    def constraints(self) -> Path:
        """The exact versions of all parts."""
        return self.root / "packaging" / "constraints.txt"

    @property
    def inputs(self) -> list[Path]:
        """The files that decide what is installed; a change in one brings it up to date."""
        return [
            self.pyproject,
            self.constraints,
            self.root / "inspector_app" / "__init__.py",  # holds the version
            self.root / "inspector_app" / "system_libraries.py",
            *sorted((self.root / "packaging" / "setting_up").glob("*.py")),
        ]
