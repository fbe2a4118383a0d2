"""Another Python that imports this checkout, wherever it is started."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).resolve().parent.parent


def make_command(code: str, *arguments: str | Path) -> list[str]:
    """Return the command that runs code; PYTHONPATH is not read by Windows' embedded Python."""
    begin = f"import sys; sys.path.insert(0, {str(PROJECT)!r})\n"
    return [sys.executable, "-c", begin + code, *map(str, arguments)]


def make_module_command(module: str, *arguments: str | Path) -> list[str]:
    """Return the command that runs a module, as `python -m` does."""
    code = f"import runpy; runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    return make_command(code, *arguments)


def make_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment, with UTF-8 for what is written, and `extra`."""
    return {**os.environ, "PYTHONUTF8": "1", **(extra or {})}
