"""Starting the real application with somebody at its keyboard, and killing it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds for anything that has to happen, on the slowest machine."""
_NO_PRIVILEGES = "--bounding-set=-dac_override,-dac_read_search"


@contextlib.contextmanager
def running(
    driver: str, log: Path, *arguments: str | Path, plain_user: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a driver until it has opened the inspection, and kill it in the end.

    Args:
        driver: Name of the program in this folder.
        log: What it writes into once the inspection is open.
        arguments: What else it is given.
        plain_user: Whether permissions are to hold for it even if an administrator runs this.
    """
    command = [sys.executable, str(Path(__file__).with_name(driver)), *map(str, arguments)]
    process = subprocess.Popen(  # noqa: S603
        [*(_get_plain_prefix() if plain_user else ()), *command],
        env={
            **os.environ,
            "PYTHONPATH": str(_PROJECT),
            "PYTHONUTF8": "1",
            "QT_QPA_PLATFORM": "offscreen",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: log.exists() and log.stat().st_size > 0, process)
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, and wait until it is no more. Doing so again does nothing."""
    process.kill()
    process.wait()


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert process.poll() is None, "the application ended by itself"
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.01)


def can_be_plain_user() -> bool:
    """Tell whether permissions can be made to hold for the application."""
    return os.name == "posix" and (os.geteuid() != 0 or shutil.which("setpriv") is not None)


def _get_plain_prefix() -> Sequence[str]:
    return ("setpriv", _NO_PRIVILEGES) if os.geteuid() == 0 else ()
