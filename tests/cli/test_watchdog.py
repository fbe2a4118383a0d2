"""Templates of others on the command line: ended in time, and within the memory there is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.python_process import make_command, make_environment

_CODE = """
import sys
from pathlib import Path
from inspector_app.cli.watchdog import watching
from inspector_app.errors import InspectorError
try:
    with watching(Path("their folder"), seconds={seconds}):
        {does}
except InspectorError as error:
    sys.exit(str(error))
"""


def _run(does: str, seconds: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own Python
        make_command(_CODE.format(does=does, seconds=seconds)),
        env=make_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_what_never_ends_is_ended() -> None:
    done = _run("while True: pass", 0.3)
    assert done.returncode == 3
    assert done.stderr.startswith("inspector-app: The templates in “their folder” took longer than")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")
def test_what_takes_all_memory_fails() -> None:
    done = _run("bytearray(7 << 30)", 100)
    assert done.returncode == 1
    assert "more memory than any report needs" in done.stderr


def test_what_ends_in_time_is_left_alone() -> None:
    assert _run("pass", 100).returncode == 0
