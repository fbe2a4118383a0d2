"""What keeps Qt from starting, found before it does: Qt itself would end the process.

Libraries that are linked show when Qt is imported. Its plugin for X11, and the screen, it tries
only once the application begins, and aborts.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import SystemProblem
from inspector_app.system_libraries import (
    LIBRARIES,
    Need,
    explain_missing,
    find_missing_libraries,
    is_debian,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SAFE = "Your inspections are safe."
_WITHOUT_WINDOW = "Reports can be made without a window: inspector-app export FILE -o REPORT.docx"
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_QT = ("PySide6", "shiboken6")
_SONAME = re.compile(r"lib[\w.+-]+?\.so[.\d]*")
_XCB = "libxcb.so.1"
_PLUGIN = Path("Qt", "plugins", "platforms", "libqxcb.so")
_PATIENCE = 5.0
"""Seconds that a Wayland compositor has to answer."""


@contextlib.contextmanager
def explaining_qt(what: str) -> Iterator[None]:
    """Say how to get what is missing where Qt cannot be imported.

    Args:
        what: What does not work then: “The window cannot open”.

    Raises:
        SystemProblem: A library, or Qt, is missing.
    """
    try:
        yield
    except ImportError as error:
        if error.name and error.name.partition(".")[0] not in _QT:
            raise
        raise _describe(what, error) from error


def refuse_without_screen() -> None:
    """Raise `SystemProblem` where Qt could not open a window on this Linux; elsewhere it can."""
    if not sys.platform.startswith("linux"):
        return
    if not any(os.environ.get(name) for name in _SCREENS):
        raise SystemProblem(f"There is no screen here, so no window can open. {_WITHOUT_WINDOW}")
    wanted = _list_platforms(os.environ)
    if not wanted:
        return
    if "wayland" in wanted and _answers_wayland(os.environ):
        return
    if "xcb" in wanted and os.environ.get("DISPLAY"):
        try:
            reached = _answers_x()
            if reached:
                _load_plugin()
        except OSError as error:
            raise _describe("The window cannot open", error) from error
        if reached:
            return
    named = ", ".join(f"{name}={os.environ[name]}" for name in _SCREENS if os.environ.get(name))
    raise SystemProblem(
        f"No window can open: the screen does not answer ({named}). {_SAFE} Start Inspector from "
        "a terminal on the desktop; over SSH, connect with “ssh -X”. " + _WITHOUT_WINDOW
    )


def _list_platforms(variables: Mapping[str, str]) -> set[str]:
    """Return which of the two kinds of screen may be used; none where a person chose another."""
    chosen = variables.get("QT_QPA_PLATFORM")
    if not chosen:
        return {"xcb", "wayland"}
    names = {name.partition(":")[0].partition("-")[0] for name in chosen.split(";")}
    return names if names <= {"xcb", "wayland"} else set()


def _answers_wayland(variables: Mapping[str, str]) -> bool:
    name = variables.get("WAYLAND_DISPLAY")
    if not name and "wayland" not in variables.get("QT_QPA_PLATFORM", ""):
        return False
    place = Path(variables.get("XDG_RUNTIME_DIR", ""), name or "wayland-0")
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_PATIENCE)
        try:
            client.connect(str(place))
        except OSError:
            return False
    return True


def _answers_x() -> bool:
    """Tell whether the X server lets us in, asked by the library that Qt asks with.

    Raises:
        OSError: There is no such library.
    """
    import ctypes

    xcb = ctypes.CDLL(_XCB)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _load_plugin() -> None:
    """Load Qt's plugin for X11, as Qt is going to.

    Raises:
        OSError: A library that it needs is missing.
    """
    import ctypes

    found = importlib.util.find_spec("PySide6")
    for folder in (found.submodule_search_locations or []) if found is not None else []:
        # Qt of a distribution has its plugins elsewhere, and brings what they need.
        if (plugin := Path(folder, _PLUGIN)).exists():
            ctypes.CDLL(str(plugin))


def _describe(what: str, error: ImportError | OSError) -> SystemProblem:
    if isinstance(error, ModuleNotFoundError):
        return SystemProblem(
            f"{what}: Qt for Python is not installed whole ({error.name} is missing). {_SAFE} "
            "Install it with: python -m pip install --force-reinstall PySide6-Essentials"
        )
    missing = find_missing_libraries()
    named = _SONAME.search(str(error))
    if named and named[0] in LIBRARIES:
        missing = list({*missing, Need(named[0], LIBRARIES[named[0]])})
    if not missing:
        return SystemProblem(f"{what}: {error}. {_SAFE} {_WITHOUT_WINDOW}")
    return SystemProblem(f"{what}. {_SAFE} {explain_missing(missing, debian=is_debian())}")
