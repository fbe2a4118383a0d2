"""The programs that only tests need, to look at reports and windows from outside."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.system_libraries import Need

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Tool:
    """A program, what tests do with it, and how each system gets it."""

    program: str
    purpose: str
    package: str
    macos: str
    windows: str


LIBREOFFICE = Tool(
    program="soffice",
    purpose="opens the Word reports in LibreOffice",
    package="libreoffice-writer-nogui",
    macos="brew install --cask libreoffice",
    windows="winget install TheDocumentFoundation.LibreOffice",
)
POPPLER = Tool(
    program="pdftotext",
    purpose="reads the PDF reports",
    package="poppler-utils",
    macos="brew install poppler",
    windows="winget install oschwartz10612.Poppler",
)
XVFB = Tool(
    program="Xvfb",
    purpose="shows the window on an X server",
    package="xvfb",
    macos="",
    windows="",
)
XDOTOOL = Tool(
    program="xdotool",
    purpose="types into the window on an X server",
    package="xdotool",
    macos="",
    windows="",
)
# LibreOffice puts no command on the path of these systems.
_LIBREOFFICE_FOLDERS = {
    "darwin": Path("/Applications/LibreOffice.app/Contents/MacOS"),
    "win32": Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "LibreOffice" / "program",
}


def get_tools(system: str = sys.platform) -> list[Tool]:
    """Return the tools that tests use on `system`, named as in `sys.platform`."""
    tools = [LIBREOFFICE, POPPLER]
    return [*tools, XVFB, XDOTOOL] if system.startswith("linux") else tools


def extend_search_path() -> None:
    """Let this process, and so the tests, find a LibreOffice that is not on the path."""
    folder = _LIBREOFFICE_FOLDERS.get(sys.platform)
    if folder and folder.is_dir():
        # Last: on Windows that folder holds a Python of its own.
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), str(folder)])


def find_missing_tools(
    find_program: Callable[[str], str | None] = shutil.which,
) -> dict[Tool, Need]:
    """Return the tools that are not here, each as something the system can install."""
    return {
        tool: Need(f"the program {tool.program}", tool.package)
        for tool in get_tools()
        if find_program(tool.program) is None
    }


def explain_tool(tool: Tool, *, system: str = sys.platform, debian: bool) -> str:
    """Return one line: what is missing, what for, and how to get it."""
    if debian:
        remedy = f"sudo apt-get install -y --no-install-recommends {tool.package}"
    else:
        remedy = {"darwin": tool.macos, "win32": tool.windows}.get(
            system, f"install the package that holds the program {tool.program}"
        )
    return f"{tool.program}, which {tool.purpose}: {remedy}"
