"""Bytes of photos and files that could not be put into the inspection file yet.

They lie in `<inspection id>.attachments` beside the journals, named by their SHA-256; those of a
protected inspection are sealed, and their names tell nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from inspector_app.files import exists, make_folder, read_regular
from inspector_app.storage.flushed import write_in_one_step
from inspector_app.storage.journal import list_journals

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.storage.encryption import Key

_BYTES = b"attachment"


def get_attachments_folder(folder: Path, inspection: str) -> Path:
    """Return where the bytes lie that could not be put into the file of an inspection yet."""
    return folder / f"{inspection}.attachments"


def write_attachment(
    folder: Path, inspection: str, sha256: str, data: bytes, key: Key | None = None
) -> None:
    """Keep the bytes of a photo or file beside the journals.

    Raises:
        OSError: They could not be written.
    """
    place = get_attachments_folder(folder, inspection)
    make_folder(place)
    if key is None:
        write_in_one_step(place / sha256, data)
    else:
        write_in_one_step(place / key.make_name(sha256), key.seal(data, _BYTES))


def read_attachment(
    folder: Path, inspection: str, sha256: str, key: Key | None = None
) -> bytes | None:
    """Return bytes that were kept, or None where there are none, or others, of that hash."""
    place = get_attachments_folder(folder, inspection)
    try:
        if key is not None and exists(sealed := place / key.make_name(sha256)):
            data = key.open(read_regular(sealed), _BYTES)
        else:
            data = read_regular(place / sha256)
    except (OSError, ValueError):
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def remove_attachments(folder: Path, inspection: str) -> None:
    """Remove the bytes that were kept, once no journal of the inspection needs them."""
    if list_journals(folder, inspection):
        return
    place = get_attachments_folder(folder, inspection)
    with contextlib.suppress(OSError):
        for path in place.iterdir():
            path.unlink()
        place.rmdir()


def rewrite_attachments(
    folder: Path, inspection: str, old: Key | None, new: Key | None
) -> list[Path]:
    """Write what was kept under another key, and return what could not be.

    What is sealed with a third key, or damaged, stays as it is.
    """
    place = get_attachments_folder(folder, inspection)
    left = []
    for path in list(place.iterdir()) if place.is_dir() else []:
        try:
            data = read_regular(path)
            if old is not None:
                with contextlib.suppress(ValueError):
                    data = old.open(data, _BYTES)
            sha256 = hashlib.sha256(data).hexdigest()
            if path.name not in {sha256, old.make_name(sha256) if old is not None else ""}:
                continue
            name = sha256 if new is None else new.make_name(sha256)
            write_in_one_step(place / name, data if new is None else new.seal(data, _BYTES))
            if name != path.name:
                path.unlink()
        except OSError:
            left.append(path)
    return left
