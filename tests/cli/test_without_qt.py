"""Where Qt cannot start: what is missing and how to get it, and never an abort."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from inspector_app.system_libraries import LIBRARIES, is_debian
from tests.cli.helpers import environment, run
from tests.python_process import make_command

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere Qt brings what it needs"
)

_LACKING = """
import sys
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name in {"PySide6.QtGui", "PySide6.QtCore", "PySide6.QtWidgets"}:
            raise ImportError(sys.argv[1], name=name)
sys.meta_path.insert(0, Lacking())
from inspector_app.cli import main
sys.exit(main(sys.argv[2:]))
"""


def _run_lacking(folder: Path, message: str, *arguments: str) -> str:
    ended = subprocess.run(  # noqa: S603
        make_command(_LACKING, message, *arguments),
        cwd=folder,
        capture_output=True,
        env=environment({"QT_QPA_PLATFORM": "offscreen"}),
        check=False,
    )
    said = ended.stderr.decode()
    assert "Traceback" not in said
    assert ended.returncode == 3
    assert ended.stdout == b""
    return said


@pytest.mark.parametrize(
    "soname",
    ["libGL.so.1", "libEGL.so.1", "libxkbcommon.so.0", "libfontconfig.so.1", "libdbus-1.so.3"],
)
@pytest.mark.parametrize("way", ["window", "PDF"])
def test_a_missing_library_is_named_with_its_remedy(folder: Path, soname: str, way: str) -> None:
    message = f"{soname}: cannot open shared object file: No such file or directory"
    pdf = ("export", "--sample", "rated", "-o", "x.pdf")
    said = _run_lacking(folder, message, *(pdf if way == "PDF" else ()))
    assert "Inspector needs parts of the operating system that are missing here" in said
    assert "Your inspections are safe." in said
    assert (LIBRARIES[soname] if is_debian() else soname) in said
    assert ("sudo apt-get install" in said.replace("update && ", "")) or not is_debian()
    assert list(folder.iterdir()) == []


def test_a_library_that_nobody_has_listed_is_named_too(folder: Path) -> None:
    message = "libunheard-of.so.7: cannot open shared object file: No such file or directory"
    assert "libunheard-of.so.7" in _run_lacking(folder, message)


def test_the_rest_works_without_it(folder: Path) -> None:
    ended = subprocess.run(  # noqa: S603
        make_command(_LACKING, "gone", "export", "--sample", "rated", "-o", "x.docx"),
        cwd=folder,
        capture_output=True,
        env=environment(),
        check=True,
    )
    assert ended.stderr == b""
    assert (folder / "x.docx").exists()


@pytest.mark.parametrize(
    "screen",
    [
        {"DISPLAY": ":9999"},
        {"DISPLAY": "localhost:9999"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":9999", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-9999"},
        {"WAYLAND_DISPLAY": "/gone/wayland-0", "DISPLAY": ":9999"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"QT_QPA_PLATFORM": "xcb"},
    ],
    ids=str,
)
def test_a_screen_that_does_not_answer(folder: Path, screen: dict[str, str]) -> None:
    extra = {"XDG_RUNTIME_DIR": str(folder), **screen}
    done = run("--sample", "rated", folder=folder, extra=extra, code=3)
    assert "the screen does not answer" in done.err
    assert all(f"{name}={value}" in done.err for name, value in screen.items())
    assert "inspector-app export" in done.err


def test_a_socket_that_nobody_listens_at(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(folder / "w"))
    extra = {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "w"}
    assert "does not answer" in run(folder=folder, extra=extra, code=3).err


@pytest.mark.parametrize("platform", ["", "xcb"])
def test_a_pdf_needs_no_screen(folder: Path, platform: str) -> None:
    extra = {"DISPLAY": ":9999", **({"QT_QPA_PLATFORM": platform} if platform else {})}
    run("export", "--sample", "unrated", "-o", "x.pdf", folder=folder, extra=extra)
    assert (folder / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert os.listdir(folder) == ["x.pdf"]  # noqa: PTH208
