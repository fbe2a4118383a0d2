"""Copies of inspection files that are about to be replaced or migrated."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from inspector_app.files import describe_write_problem

if TYPE_CHECKING:
    from pathlib import Path


def keep_copy(path: Path, backups: Path, why: str) -> Path:
    """Copy an inspection file to the backups, and return the copy.

    The caller holds the file, so that nobody writes it meanwhile.

    Raises:
        FileProblem: The copy could not be written; the file must then be left as it is.
    """
    stamp = f"{datetime.now(UTC):%Y-%m-%d %H%M%S}"
    copy = backups / f"{path.stem} ({why} {stamp}){path.suffix}"
    try:
        backups.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    except OSError as error:
        raise describe_write_problem(copy, error) from error
    return copy
