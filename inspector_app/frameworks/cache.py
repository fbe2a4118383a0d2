"""What was read of `resources/` or an organisation's files, kept in a form that is read at once.

Reading and checking the files takes a good part of a start. What is kept is taken only where the
files, and the program that reads them, are to the byte what they were. Where it is missing,
damaged, or of anything else, whoever asked reads the files as if there had never been any.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from inspector_app import __version__
from inspector_app.assets import is_own_resource
from inspector_app.errors import FileProblem
from inspector_app.files import make_folder, write_file
from inspector_app.settings import get_cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Value = TypeVar("_Value", bound=msgspec.Struct)
_PACKAGE = Path(__file__).resolve().parent.parent
_PROGRAM = ("frameworks/*.py", "shapes/*.py", "domain/rating_rules.py", "domain/scoring.py")
"""What says how a file is read, and what becomes of it."""
_DIGEST = hashlib.sha256().digest_size


def find_cached(name: str, files: Sequence[Path], kind: type[_Value]) -> _Value | None:
    """Return what was kept of files that are as they were, or None where that cannot be.

    Args:
        name: What it was kept as.
        files: The files that it was read from.
        kind: What it is.
    """
    try:
        origin, value = _read(name, files, kind)
        return value if origin == _take_origin(files) else None
    except (OSError, msgspec.DecodeError):
        return None


def find_last_good(name: str, files: Sequence[Path], kind: type[_Value]) -> _Value | None:
    """Return what was kept of files when they were sound last, whatever they are now."""
    try:
        return _read(name, files, kind)[1]
    except (OSError, msgspec.DecodeError):
        return None


def store_cached(name: str, files: Sequence[Path], value: msgspec.Struct) -> None:
    """Keep what was read from files; where that cannot be, nothing is."""
    with contextlib.suppress(OSError, FileProblem):
        data = msgspec.msgpack.encode(value)
        path = _get_path(name, files)
        make_folder(path.parent)
        write_file(path, _take_origin(files) + hashlib.sha256(data).digest() + data)


def _read(name: str, files: Sequence[Path], kind: type[_Value]) -> tuple[bytes, _Value | None]:
    """Return what a value was made of, and the value; None for one that is damaged."""
    kept = _get_path(name, files).read_bytes()
    origin, digest, data = kept[:_DIGEST], kept[_DIGEST : 2 * _DIGEST], kept[2 * _DIGEST :]
    sound = digest == hashlib.sha256(data).digest()
    return origin, msgspec.msgpack.decode(data, type=kind) if sound else None


def _get_path(name: str, files: Sequence[Path]) -> Path:
    """Return where a value is kept: those of files of others apart from ours, and by folder."""
    strange = [str(path) for path in files if not is_own_resource(path)]
    if not strange:
        return get_cache_folder() / f"{name}.kept"
    digest = hashlib.sha256("\0".join(strange).encode(errors="surrogateescape")).hexdigest()
    return get_cache_folder() / f"{name}-{digest[:16]}.kept"


def _take_origin(files: Sequence[Path]) -> bytes:
    """Return a digest of all that the value depends on."""
    digest = hashlib.sha256(__version__.encode())
    for path in (*files, *_list_program()):
        data = path.read_bytes()
        digest.update(f"\0{path.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.digest()


def _list_program() -> Iterator[Path]:
    for pattern in _PROGRAM:
        yield from sorted(_PACKAGE.glob(pattern))
