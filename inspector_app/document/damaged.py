"""A file that cannot be opened: what it is, and what there is instead of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from typing import TYPE_CHECKING, Literal, NamedTuple

from inspector_app.domain.ids import is_own_id
from inspector_app.errors import NotAnInspection, WrongPassword
from inspector_app.files import (
    choose_free,
    describe_write_problem,
    exists,
    make_folder,
    open_regular,
    replacing,
)
from inspector_app.settings import get_backups_folder, get_journals_folder
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.encryption import derive_key
from inspector_app.storage.private_copy import get_journal_path
from inspector_app.storage.recognising import recognise
from inspector_app.storage.salvage.protections import find_protected_inspection, find_protections
from inspector_app.storage.salvage.writing import SalvageFolders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inspector_app.domain.versions.history import Backup
    from inspector_app.storage.encryption import Key, Protection

_DETAILS = re.compile(rb'\{"entity":"details","id":"([a-z0-9]{1,32})"')
_CHUNK = 1 << 20
_STEM = 40


class Examined(NamedTuple):
    """What is known of a file that cannot be opened."""

    kind: Literal["damaged", "lost", "content", "other"]
    """Damaged: parts of an inspection are in it. Lost: it is empty, or only zeros."""
    backup: Backup | None
    """The latest backup of the inspection that it was."""
    protections: tuple[Protection, ...] = ()
    """What is needed besides the password to read a protected one, the likeliest first."""


def examine(path: Path, backups: Path, inspection: str = "") -> Examined:
    """Return what a file is that cannot be opened. It is only read.

    Args:
        path: The file.
        backups: The folder of all backups.
        inspection: Id of the inspection that it was when it was open last, or "".
    """
    try:
        kind = recognise(path)
        protections = find_protections(path, get_folders(backups), inspection)
        inspection = _find_id(path, backups, protections) or inspection
    except (OSError, NotAnInspection):
        return Examined("other", None)
    found = list_backups(backups, inspection) if is_own_id(inspection) else []
    backup = found[0] if found else None
    if kind == "inspection" or protections:
        return Examined("damaged", backup, protections)
    if kind in {"empty", "zeros"}:
        return Examined("lost", backup)
    return Examined("content" if kind == "content" else "other", None)


def keep_aside(path: Path, backups: Path) -> Path:
    """Copy a damaged file to the backups as it is, once, and return the copy.

    Raises:
        FileProblem: It could not be written.
    """
    try:
        make_folder(backups)
        with os.fdopen(open_regular(path, follow=True), "rb") as file:
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

    def name(number: int) -> Path:
        nth = "" if number == 1 else f" {number}"
        return path.with_name(f"{path.stem[:100]} (from backup{nth}).inspection")

    target = choose_free(name)
    try:
        with replacing(target) as temporary:
            shutil.copyfile(backup, temporary)
    except OSError as error:
        raise describe_write_problem(target, error) from error
    return target


def get_folders(backups: Path | None = None) -> SalvageFolders:
    """Return where there may be more of an inspection; None: the usual backups."""
    return SalvageFolders(backups or get_backups_folder(), get_journals_folder())


def unlock_damaged(path: Path, protections: Sequence[Protection], password: str) -> Key:
    """Return the key of a damaged file; it takes a moment, by intent.

    Args:
        path: The file.
        protections: As `examine` found them; at least one.
        password: What was typed.

    Raises:
        WrongPassword: It is another password.
    """
    for protection in protections[:-1]:
        with contextlib.suppress(WrongPassword):
            return derive_key(password, protection, path)
    return derive_key(password, protections[-1], path)


def _find_id(path: Path, backups: Path, protections: Sequence[Protection]) -> str:
    """Return the id of the inspection that stands somewhere in a file, or ""."""
    for protection in protections:
        if found := find_protected_inspection(backups, protection):
            return found
    rest = b""
    with os.fdopen(open_regular(path, follow=True), "rb") as file:
        while chunk := file.read(_CHUNK):
            if match := _DETAILS.search(rest + chunk):
                return match[1].decode()
            rest = chunk[-100:]
    return ""
