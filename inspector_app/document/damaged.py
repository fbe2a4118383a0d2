"""A file that cannot be opened: what it is, and what there is instead of it."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from typing import TYPE_CHECKING, Literal, NamedTuple

from inspector_app.domain.ids import is_own_id
from inspector_app.files import describe_write_problem, exists, replacing
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.private_copy import get_journal_path
from inspector_app.storage.recognising import recognise

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.domain.versions.history import Backup

_DETAILS = re.compile(rb'\{"entity":"details","id":"([a-z0-9]{1,32})"')
_CHUNK = 1 << 20
_STEM = 40


class Examined(NamedTuple):
    """What is known of a file that cannot be opened."""

    kind: Literal["damaged", "lost", "content", "other"]
    """Damaged: parts of an inspection are in it. Lost: it is empty, or only zeros."""
    backup: Backup | None
    """The latest backup of the inspection that it was."""


def examine(path: Path, backups: Path, inspection: str = "") -> Examined:
    """Return what a file is that cannot be opened. It is only read.

    Args:
        path: The file.
        backups: The folder of all backups.
        inspection: Id of the inspection that it was when it was open last, or "".
    """
    try:
        kind = recognise(path)
        inspection = _find_id(path) or inspection
    except OSError:
        return Examined("other", None)
    found = list_backups(backups, inspection) if is_own_id(inspection) else []
    backup = found[0] if found else None
    if kind == "inspection":
        return Examined("damaged", backup)
    if kind in {"empty", "zeros"}:
        return Examined("lost", backup)
    return Examined("content" if kind == "content" else "other", None)


def keep_aside(path: Path, backups: Path) -> Path:
    """Copy a damaged file to the backups as it is, once, and return the copy.

    Raises:
        FileProblem: It could not be written.
    """
    try:
        backups.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()[:8]
        copy = backups / f"{path.stem[:_STEM]} (damaged {content}).inspection"
        if not exists(copy):
            with replacing(copy) as temporary:
                shutil.copyfile(path, temporary)
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(get_journal_path(path), get_journal_path(copy))
    except OSError as error:
        raise describe_write_problem(backups, error) from error
    return copy


def copy_backup(backup: Path, path: Path) -> Path:
    """Copy a backup beside a file that cannot be opened, to go on with, and return the copy.

    Raises:
        FileProblem: It could not be written.
    """
    number = 1
    while True:
        nth = "" if number == 1 else f" {number}"
        target = path.with_name(f"{path.stem[:100]} (from backup{nth}).inspection")
        if not exists(target):
            break
        number += 1
    try:
        with replacing(target) as temporary:
            shutil.copyfile(backup, temporary)
    except OSError as error:
        raise describe_write_problem(target, error) from error
    return target


def _find_id(path: Path) -> str:
    """Return the id of the inspection that stands somewhere in a file, or ""."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if match := _DETAILS.search(rest + chunk):
                return match[1].decode()
            rest = chunk[-100:]
    return ""
