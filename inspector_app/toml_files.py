"""Reads TOML files, those of strangers too: whatever is wrong with one is said in a few words."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from inspector_app.toml_places import explain_toml

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 4_000_000
"""Bytes; reading takes seconds for a few millions of them."""


class TomlFault(ValueError):
    """It is no TOML: the message goes on where a sentence began with the file's name."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds; see `read_toml_text`."""
    return read_toml_text(path)[0]


def read_toml_text(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a TOML file holds, and its text.

    Raises:
        OSError: It cannot be read.
        TomlFault: It is no TOML.
    """
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise TomlFault(f"is larger than {_LARGEST // 1_000_000} megabytes")
    try:
        # Some editors begin a file with a mark of its encoding.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlFault(*explain_encoding(data, error)) from error
    try:
        return tomllib.loads(text), text
    except RecursionError as error:
        raise TomlFault("is nested too deeply") from error
    except ValueError as error:
        # A number of thousands of digits is no “TOMLDecodeError”.
        raise TomlFault(*explain_toml(str(error), text)) from error


def explain_encoding(data: bytes, error: UnicodeDecodeError) -> tuple[str, int | None]:
    """Return what to do about a file that is no UTF-8 text, and the line of the first such sign."""
    message = "is not UTF-8 text: save the file with the encoding UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return message, None
    return message, data.count(b"\n", 0, error.start) + 1
