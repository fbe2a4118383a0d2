"""Writing files of our own that must be on the disk before work goes on."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from inspector_app.files import replace_patiently


def write_in_one_step(place: Path, data: bytes) -> None:
    """Write a whole file: until it is on the disk, what lay there stays.

    Raises:
        OSError: It could not be written.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=place.parent)
    try:
        try:
            write_flushed(descriptor, data)
        finally:
            os.close(descriptor)
        replace_patiently(Path(name), place)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise


def write_note(place: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a small file in one step that no power cut need spare, in place of what lies there.

    Raises:
        OSError: It could not be written.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        # Some network and USB file systems know no modes.
        with contextlib.suppress(OSError):
            Path(name).chmod(mode)
        Path(name).replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise


def write_flushed(descriptor: int, data: bytes) -> None:
    """Add to an open file, and have it on the disk before returning.

    Raises:
        OSError: It could not be written.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)
