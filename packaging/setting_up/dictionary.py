"""The British dictionary for spelling: installed where that is allowed, and never a condition.

Without it the window opens all the same, checks no spelling, and says so.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.system_libraries import Need, get_install_command, is_debian
from setting_up.environment import get_environment_variables
from setting_up.system_packages import may_install, provide
from setting_up.talking import SetupProblem, say

if TYPE_CHECKING:
    from setting_up.places import Places

NEEDS = (
    Need("the library libenchant-2.so.2", "libenchant-2-2"),
    Need("the British dictionary en_GB", "hunspell-en-gb"),
)
"""What Debian and Ubuntu need for it; Windows has it in a Python package, macOS in the system."""


def find_needs_to_type() -> list[Need]:
    """Return what belongs on a line that somebody has to type in any case.

    Where packages are installed without asking, these are installed by themselves, so that one that
    is not to be had stops nothing.
    """
    return list(NEEDS) if is_debian() and not may_install() else []


def has_dictionary(places: Places) -> bool:
    """Tell whether the environment's Python finds the dictionary."""
    probe = Path(__file__).with_name("dictionary_probe.py")
    result = subprocess.run(
        [str(places.python), "-I", str(probe)],
        env=get_environment_variables(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return result.returncode == 0


def provide_dictionary(places: Places) -> bool:
    """Install the dictionary if it is missing and may be installed; return whether it is there."""
    if has_dictionary(places):
        return True
    if not may_install():
        return False
    try:
        provide(list(NEEDS))
    except SetupProblem as problem:
        say(str(problem))
    return has_dictionary(places)


def explain_dictionary(*, system: str = sys.platform, debian: bool) -> str:
    """Return one line: what is missing, what for, and how to get it."""
    if debian:
        remedy = get_install_command(need.package for need in NEEDS)
    else:
        remedy = {
            "darwin": "brew install enchant",
            "win32": "delete the folder .venv and start again",
        }.get(system, "install Enchant 2 and Hunspell's British English dictionary (en_GB)")
    return f"the British English dictionary, which checks spelling: {remedy}"


def announce_dictionary(places: Places) -> None:
    """Provide the dictionary, and say how to add it where that could not be done."""
    if not provide_dictionary(places):
        say(f"Inspector works, but for this:\n- {explain_dictionary(debian=is_debian())}")
