"""What the command line tests share: the real thing in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from lxml import etree

from inspector_app.cli import main
from tests.python_process import make_environment, make_module_command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FRAMEWORK = "independent_health_2018"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMMAND = make_module_command("inspector_app")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a child process; it has no screen unless `extra` gives one."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in make_environment().items() if name not in screens}
    return kept | dict(extra or {})


class Done:
    """What a command said, and its exit code."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code = code
        self.out_bytes = out
        # Windows ends lines in its own way.
        self.out = out.decode("utf-8", "replace").replace("\r\n", "\n")
        self.err = err.decode("utf-8", "replace").replace("\r\n", "\n")


def run(
    *arguments: str | Path,
    folder: Path,
    data: bytes = b"",
    extra: Mapping[str, str] | None = None,
    code: int = 0,
) -> Done:
    """Run one command in a folder; it must end with `code`, and never with a traceback.

    On Windows, where a program takes seconds to start, this process runs it, unless `extra` says
    how it is started: hundreds of commands would take an hour.
    """
    given = [*map(str, arguments)]
    if os.name == "nt" and extra is None:
        done = _run_here(given, folder, data)
    else:
        done = _run_program(given, folder, data, extra)
    assert "Traceback" not in done.err, done.err
    assert "Exception ignored" not in done.err, done.err
    assert done.code == code, (done.code, done.out[:500], done.err)
    if code == 3:
        assert done.out == ""
        assert done.err.startswith("inspector-app: ")
    return done


def _run_program(
    arguments: list[str], folder: Path, data: bytes, extra: Mapping[str, str] | None
) -> Done:
    ended = subprocess.run(  # noqa: S603
        [*COMMAND, *arguments],
        cwd=folder,
        input=data,
        capture_output=True,
        env=environment(extra),
        check=False,
    )
    return Done(ended.returncode, ended.stdout, ended.stderr)


def _run_here(arguments: list[str], folder: Path, data: bytes) -> Done:
    out, err = (TextIOWrapper(BytesIO(), "utf-8", "backslashreplace") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data), "utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        code = main(arguments)
    out.flush()
    err.flush()
    return Done(code, out.buffer.getvalue(), err.buffer.getvalue())


def make_content(**more: Any) -> dict[str, Any]:
    """Return content with nothing in it but what it must have, and `more`."""
    return {
        "format": "inspection-content/1",
        "framework": FRAMEWORK,
        "regime": "rated",
        **more,
    }


def write_json(path: Path, content: object) -> bytes:
    """Write content to a file, and return its bytes."""
    data = json.dumps(content, ensure_ascii=False).encode()
    path.write_bytes(data)
    return data


def read_paragraphs(path: Path) -> list[str]:
    """Return the text of each paragraph of a Word file, tables included, as a reader sees it."""
    with ZipFile(path) as package:
        assert package.testzip() is None
        root = etree.fromstring(package.read("word/document.xml"), etree.XMLParser(huge_tree=True))
    breaks = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
    return [
        "".join(
            (node.text or "") if node.tag == f"{W}t" else breaks.get(node.tag, "")
            for node in paragraph.iter(f"{W}t", *breaks)
        )
        for paragraph in root.iter(f"{W}p")
    ]


def read_text(path: Path) -> str:
    """Return the text of a Word file, a line a paragraph."""
    return "\n".join(read_paragraphs(path))
