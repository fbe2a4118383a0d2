"""The password of a protected inspection on the command line.

It is never an argument: others on the computer can see those.
"""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from inspector_app.cli.streams import STANDARD
from inspector_app.document.damaged import get_folders, unlock_damaged
from inspector_app.errors import FileProblem, PasswordNeeded
from inspector_app.files import describe_read_problem, follow_links, open_regular
from inspector_app.storage.encryption import derive_key
from inspector_app.storage.salvage.protections import find_protections
from inspector_app.storage.schema import read_header

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from inspector_app.storage.encryption import Key

_LONGEST_PASSWORD = 10_000


def find_key(options: Namespace) -> Key | None:
    """Return the key of the inspection that a command is to read; None where it needs none.

    Raises:
        PasswordNeeded: It is protected, and nobody can be asked.
        WrongPassword: It is another password.
        FileProblem: The inspection or the password cannot be read.
    """
    path = follow_links(options.inspection)
    protection = read_header(path).protection
    if protection is None:
        return None
    return derive_key(_find_password(path, options.password_file), protection, path)


def find_damaged_key(path: Path, password_file: Path | None) -> Key | None:
    """Return the key of a damaged inspection; None where it is not known to be protected.

    Raises:
        PasswordNeeded: It is protected, and nobody can be asked.
        WrongPassword: It is another password.
        NotAnInspection: It is protected, and nothing says how.
        FileProblem: The inspection or the password cannot be read.
    """
    path = follow_links(path)
    try:
        protections = find_protections(path, get_folders())
    except OSError as error:
        raise describe_read_problem(path, error) from error
    if not protections:
        return None
    return unlock_damaged(path, protections, _find_password(path, password_file))


def _find_password(path: Path, source: Path | None) -> str:
    if source is not None:
        return _read_password(source)
    if sys.stdin is None or not sys.stdin.isatty():
        raise PasswordNeeded(
            f"“{path.name}” is protected with a password, and there is no terminal to ask for it. "
            "It has not been changed. Give the password with --password-file FILE, or “-” for "
            "standard input."
        )
    try:
        return getpass.getpass(f"Password of “{path.name}”: ")
    except EOFError as error:
        raise PasswordNeeded(f"No password was given for “{path.name}”.") from error


def _read_password(source: Path) -> str:
    """Return the first line; what a line ends with is no part of the password."""
    if source == STANDARD:
        if sys.stdin is None:
            raise FileProblem("There is no standard input to read the password from.")
        data = sys.stdin.buffer.readline()
    else:
        try:
            with os.fdopen(open_regular(source, follow=True), "rb") as file:
                data = file.readline(_LONGEST_PASSWORD)
        except OSError as error:
            raise describe_read_problem(source, error) from error
    try:
        return data.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise FileProblem(
            f"“{source}” is no text in UTF-8, so no password could be read from it."
        ) from error
