"""What Qt needs from the operating system, and how a Debian or Ubuntu machine gets it.

Windows and macOS bring everything that Qt needs. On Linux each library is tried the way Qt will
load it; only the names of Debian's packages are knowledge, kept in one table. The set-up reads it
with nothing but Python there, so this module takes the standard library only.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# What `ldd` names for QtCore, QtGui, QtWidgets, QtSvg and QtPrintSupport, the platform plugins
# `offscreen` and `xcb`, the GLX and EGL plugins of `xcb`, and the plugin `cups`, which finds
# printers; and the Debian package of each. On releases with 64-bit time libglib2.0-0t64 and
# libcups2t64 provide the old names.
LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
)
FONT_ENDINGS = {".ttf", ".otf", ".ttc", ".pfb"}


@dataclass(frozen=True)
class Need:
    """One thing that is missing, and the Debian package that brings it."""

    name: str
    package: str


def find_missing_libraries(
    can_load: Callable[[str], bool] | None = None, has_font: Callable[[], bool] | None = None
) -> list[Need]:
    """Return the libraries, and a font, that Qt needs and this Linux lacks; elsewhere nothing."""
    if not sys.platform.startswith("linux"):
        return []
    can_load = can_load or _can_load
    missing = [Need(name, package) for name, package in LIBRARIES.items() if not can_load(name)]
    if not (has_font or _has_font)():
        missing.append(Need("a font, for example DejaVu Sans", "fonts-dejavu-core"))
    return missing


def _can_load(soname: str) -> bool:
    import ctypes  # a machine that is set up already never needs it

    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _has_font() -> bool:
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(Path(name).suffix.lower() in FONT_ENDINGS for name in names):
                return True
    return False


def is_debian() -> bool:
    """Tell whether this is Debian, Ubuntu or one of their kin."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    kin = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return bool(kin & {"debian", "ubuntu"}) and shutil.which("apt-get") is not None


def get_install_command(packages: Iterable[str]) -> str:
    """Return the line to type that installs `packages` on Debian or Ubuntu."""
    names = " ".join(sorted(set(packages)))
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def explain_missing(missing: Iterable[Need], *, debian: bool) -> str:
    """Return what to tell somebody who has to install `missing` by hand."""
    if debian:
        command = get_install_command(need.package for need in missing)
        return (
            "Inspector needs parts of the operating system that are missing here.\n"
            f"Type this line, then start again:\n\n    {command}\n"
        )
    names = "".join(f"    {need.name}\n" for need in missing)
    return (
        "Inspector needs parts of the operating system that are missing here:\n\n"
        f"{names}\nInstall the packages that hold them, then start again."
    )
