"""The British dictionary of this computer.

Enchant finds it: in its own Windows package, on macOS the system's, on Linux what the system's
packages brought. Loading takes some hundredths of a second, so nobody loads it before it is needed.
"""

from __future__ import annotations

import platform
import sys
from typing import Protocol

LANGUAGE = "en_GB"
# Where there is no British dictionary, Enchant may offer another English one in its place.
_ASK = "Ask whoever looks after this computer"
_BRITISH, _AMERICAN = ("colour", "centre"), ("color", "center")


class Dictionary(Protocol):
    """What knows words and how they might have been meant."""

    def check(self, word: str) -> bool:
        """Tell whether a word is spelt right."""
        ...

    def suggest(self, word: str) -> list[str]:
        """Return what a word might have been meant to be, best first."""
        ...


def load_dictionary() -> Dictionary | None:
    """Return the British dictionary, or None where there is none."""
    try:
        import enchant
        import enchant.errors
    except ImportError:  # the package is here, the library that it calls is not
        return None
    try:
        found: Dictionary = enchant.Broker().request_dict(LANGUAGE)
        return found if is_british(found) else None
    except enchant.errors.Error:
        return None


def is_british(dictionary: Dictionary) -> bool:
    """Tell whether a dictionary is one of British English."""
    return all(map(dictionary.check, _BRITISH)) and not any(map(dictionary.check, _AMERICAN))


def explain_missing(system: str = sys.platform, *, debian: bool | None = None) -> str:
    """Return how to add a British dictionary.

    Args:
        system: As in `sys.platform`.
        debian: Whether a Linux is Debian or of its kin; None: as this one says.
    """
    if system == "win32":
        return (
            "It comes with Inspector: set Inspector up again, or ask whoever looks after this "
            "computer."
        )
    if system == "darwin":
        return f"{_ASK} to install Enchant, then start Inspector again."
    if _is_debian() if debian is None else debian:
        return (
            f"{_ASK} to install the packages libenchant-2-2 and hunspell-en-gb, then start "
            "Inspector again."
        )
    return (
        f"{_ASK} to install Enchant 2 and Hunspell's British English dictionary (en_GB), then "
        "start Inspector again."
    )


def _is_debian() -> bool:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    return bool({release.get("ID", ""), *release.get("ID_LIKE", "").split()} & {"debian", "ubuntu"})
