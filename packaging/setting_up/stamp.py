"""The stamp: what was set up, so that the next start need not look again."""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from setting_up.places import Places


@dataclass(frozen=True)
class Stamp:
    """What a finished set-up leaves behind.

    Attributes:
        home: The Python and the folder it was made for; with another one it is made anew.
        inputs: A hash of `Places.inputs`; when they change it is brought up to date.
        extras: The optional parts that were installed, for example `test`.
        entries: The names in site-packages; when one is gone, it is made anew.
    """

    home: str
    inputs: str
    extras: frozenset[str]
    entries: frozenset[str]

    def write(self, path: Path) -> None:
        """Write the stamp in one step, so that half a stamp never counts."""
        beside = path.with_suffix(".new")
        content = {
            "home": self.home,
            "inputs": self.inputs,
            "extras": sorted(self.extras),
            "entries": sorted(self.entries),
        }
        beside.write_text(json.dumps(content, indent=1), encoding="utf-8")
        beside.replace(path)


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp at `path`, or None when there is none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Stamp(
            home=content["home"],
            inputs=content["inputs"],
            extras=frozenset(content["extras"]),
            entries=frozenset(content["entries"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def describe_now(places: Places, extras: Iterable[str]) -> Stamp:
    """Return the stamp that a set-up finished at this moment would leave."""
    digest = hashlib.sha256()
    for path in places.inputs:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return Stamp(
        home=f"{sys.version} | {sys.base_prefix} | {places.root}",
        inputs=digest.hexdigest(),
        extras=frozenset(extras),
        entries=_list_entries(places),
    )


def is_sound(stamp: Stamp | None, now: Stamp, places: Places) -> bool:
    """Tell whether the environment is whole and was made by this Python, in this folder."""
    return (
        stamp is not None
        and stamp.home == now.home
        and stamp.entries <= now.entries
        and places.python.exists()
    )


def is_current(stamp: Stamp | None, now: Stamp, places: Places) -> bool:
    """Tell whether nothing at all has to be done."""
    return (
        stamp is not None
        and is_sound(stamp, now, places)
        and stamp.inputs == now.inputs
        and stamp.extras >= now.extras
    )


def _list_entries(places: Places) -> frozenset[str]:
    venv = str(places.venv)
    folder = sysconfig.get_path("purelib", "venv", vars={"base": venv, "installed_base": venv})
    try:
        return frozenset(path.name for path in Path(folder).iterdir()) - {"__pycache__"}
    except OSError:
        return frozenset()
