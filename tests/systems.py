"""What some systems do not know, as marks for tests; and where Windows has its fonts."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

held_open = pytest.mark.skipif(
    os.name == "nt", reason="Windows does not move, replace or delete a file that is open"
)
odd_names = pytest.mark.skipif(
    os.name == "nt", reason="Windows takes no name with one of these signs"
)
links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def make_possible(name: str) -> str:
    """Return a name of a file without the signs that Windows refuses, where it would."""
    return re.sub(r'[<>:"|?*]', "", name) if os.name == "nt" else name


def find_fonts() -> str:
    """Return the folder of Windows' fonts; under Wine it is one of the system below."""
    import winreg

    named = r"Software\Microsoft\Windows NT\CurrentVersion\Fonts"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, named) as key:
        values = [winreg.EnumValue(key, number)[1] for number in range(winreg.QueryInfoKey(key)[1])]
    usual = Path(os.environ["WINDIR"], "Fonts")
    return str(next(usual.joinpath(file).parent for file in values if file.endswith(".ttf")))
