"""Reads TOML files, those of strangers too: whatever is wrong with one is said in a few words."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 4_000_000
"""Bytes; reading takes seconds for a few millions of them."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no TOML; the message goes on where a sentence began with its name.
    """
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"is larger than {_LARGEST // 1_000_000} megabytes")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8 text") from error
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    except ValueError as error:
        # A number of thousands of digits is no “TOMLDecodeError”.
        raise ValueError(f"is no valid TOML: {error}") from error
