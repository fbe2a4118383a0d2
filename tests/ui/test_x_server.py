"""The application on an X server, as it is started: its window, its keys, nothing said aside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from inspector_app.settings import get_settings_file
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.preferences.preferences import Preferences
from tests.cli.helpers import COMMAND, environment
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens of Linux")

_BOUND = 60
"""Seconds after which something that does not come is given up."""
_TO_TYPE = ["Tab"] * 9
"""From the first field to the type of the inspection; the days of the visit are four further on."""
NAME = "Mill & <b>Lane</b> [*] Clinic"


@pytest.fixture(autouse=True)
def _tools() -> None:
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool")


class Desk:
    """An X server with the application on it, and a person's hands. No window manager."""

    def __init__(self, display: str, process: subprocess.Popen[bytes]) -> None:
        self.display = display
        self.process = process

    def tool(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603
            [str(shutil.which("xdotool")), *arguments],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout.strip()

    def find(self, title: str) -> str:
        """Return the id of the window that is shown with a title, or ""."""
        return self.tool("search", "--onlyvisible", "--name", title).partition("\n")[0]

    def wait(self, title: str, *, gone: bool = False) -> str:
        """Wait until a window is there, or is not, and return its id."""
        found = self.poll(lambda: (self.find(title) == "") is gone and (self.find(title) or "gone"))
        ended = self.process.poll() is not None and self.process.communicate()
        assert found, f"{'still' if gone else 'no'} window “{title}” {ended or ''}"
        return found

    def poll(self, ask: Callable[[], str | bool]) -> str:
        end = time.monotonic() + _BOUND
        while time.monotonic() < end and self.process.poll() is None:
            if answer := ask():
                return str(answer)
        return ""

    def focus(self, window: str) -> None:
        """Give a window the keys, as a window manager does."""
        self.tool("windowfocus", window)
        assert self.poll(lambda: self.tool("getwindowfocus", "-f") == window)

    def press(self, *keys: str) -> None:
        self.tool("key", *keys)


@pytest.fixture
def display() -> Iterator[str]:
    reading, writing = os.pipe()
    # Otherwise it starts anew, deaf for a moment, whenever the last one leaves.
    options = ["-noreset", "-nolisten", "tcp", "-screen", "0", "1280x800x24"]
    server = subprocess.Popen(  # noqa: S603
        [str(shutil.which("Xvfb")), "-displayfd", str(writing), *options],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    assert number, "the X server did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def start(display: str) -> Iterator[Callable[[Path], Desk]]:
    """Start the application on a file."""
    started: list[subprocess.Popen[bytes]] = []
    # Whoever is new here is asked for a name, in front of the window.
    settings = QSettings(str(get_settings_file()), QSettings.Format.IniFormat)
    Preferences(settings).note_asked_who()
    settings.sync()

    def start(path: Path) -> Desk:
        process = subprocess.Popen(  # noqa: S603
            [*COMMAND, str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment({"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}),
        )
        started.append(process)
        return Desk(display, process)

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _end(desk: Desk) -> None:
    """See that the application ends well and has said nothing."""
    said, complained = desk.process.communicate(timeout=_BOUND)
    assert complained == b""
    assert said == b""
    assert desk.process.returncode == 0


def test_the_window_of_a_file_has_its_name_and_ends_quietly(
    start: Callable[[Path], Desk], make_file: Callable[..., Path]
) -> None:
    desk = start(make_file(imported=bring_in("rated", location={"name": NAME})))
    window = desk.wait("Mill & <b>Lane")
    title = desk.tool("getwindowname", window)
    assert title == f"{NAME}: inspection report – Inspector"
    desk.focus(window)
    desk.press("ctrl+q")
    _end(desk)


@pytest.mark.parametrize(
    ("way", "typed"),
    [([], ""), (_TO_TYPE, "Down"), ([*_TO_TYPE, *["Tab"] * 4], "9 January 2020")],
    ids=["line", "choice", "date"],
)
def test_the_windows_keys_work_wherever_the_cursor_is(
    start: Callable[[Path], Desk], make_file: Callable[..., Path], way: list[str], typed: str
) -> None:
    path = make_file(imported=bring_in("rated", location={"name": NAME}))
    desk = start(path)
    window = desk.wait("Mill & <b>Lane")
    desk.focus(window)
    desk.press("ctrl+1", *way)
    desk.press("ctrl+e")
    desk.focus(desk.wait("^New note"))
    desk.press("Escape")
    desk.wait("^New note", gone=True)
    desk.focus(window)
    # The palette lies in the window, and gives the cursor back.
    desk.press("ctrl+k", "Escape")
    # What is typed now proves where the cursor was, and is.
    if typed == "Down":
        desk.press("Down")
    else:
        desk.press("End")
        desk.tool("type", typed or " North")
    desk.press("Tab", "ctrl+q")
    _end(desk)
    with open_for_reading(path) as reader:
        details = reader.inspection.details
    expected = {
        "": (f"{NAME} North", None, ()),
        "Down": (NAME, "comprehensive", ()),
        "9 January 2020": (NAME, None, (date(2020, 1, 9),)),
    }
    assert (details.location_name, details.visit_type, details.visit_dates) == expected[typed]
