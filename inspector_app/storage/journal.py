"""The journal: a second copy of every change, in the state folder of this computer.

For each inspection file that is being edited there is one file that only grows, and that goes when
file and journal agree and the inspection is closed. Beside the journals of an inspection lie the
bytes of photos and files that could not be put into it yet (`kept_attachments.py`).

    <inspection id>-<hash of the path>.journal          of a session that runs, or that broke off
    <inspection id>-<hash of the path>.<n>.left.journal  offered to the person, who has not decided
    <inspection id>-<…>.aside                           fits no file here; kept, never offered

A journal is a line that names its kind, then frames: length, checksum, JSON. The first frame is the
header; every other one holds a change and the id of the change before it, as the file's own history
does. So a journal belongs to a file where the chain of changes says so, whatever the names. What a
crash has torn off is no frame, and reading ends before it.

The journal of an inspection that is protected with a password says in its second line how its key
is made, and its frames are sealed one by one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from inspector_app.domain.change import Change
from inspector_app.files import (
    choose_free,
    flush_folder,
    make_folder,
    open_regular,
    read_regular,
)
from inspector_app.storage.encryption import PROTECTION_SIZE, unpack_protection
from inspector_app.storage.flushed import write_flushed, write_in_one_step
from inspector_app.storage.holder import Holder, describe_this_process
from inspector_app.storage.locking import try_lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from inspector_app.storage.encryption import Key, Protection

ENDING = ".journal"
LEFT = ".left.journal"
ASIDE = ".aside"
_MAGIC = b"Inspector journal 1\n"
_SEALED = b"Inspector protected journal 1\n"
_FRAMES = b"journal"
_FRAME = struct.Struct(">I8s")
_UNREADABLE = (msgspec.DecodeError, ValueError, TypeError, RecursionError)


class JournalHeader(msgspec.Struct, frozen=True, kw_only=True):
    """Whose journal it is. `head` is the id of the last change in the file when it was begun."""

    inspection: str
    path: str
    head: str
    holder: Holder


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    previous: str
    change: Change


_header_decoder = msgspec.json.Decoder(JournalHeader)
_record_decoder = msgspec.json.Decoder(_Record)


class JournalContent(NamedTuple):
    """What can be read of a journal: the header, and the changes in their chain."""

    header: JournalHeader
    changes: tuple[Change, ...]
    damaged: bool = False
    """Whether something stands behind them that cannot be read: a write that broke off, or more."""


def get_journal_name(inspection: str, path: Path) -> str:
    """Return the name, without ending, of the journal of an inspection in a file."""
    place = hashlib.blake2b(os.fsencode(path), digest_size=6).hexdigest()
    return f"{inspection}-{place}"


def list_journals(folder: Path, inspection: str) -> list[Path]:
    """Return the journals of an inspection, the oldest first."""
    found: list[tuple[int, str, Path]] = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(f"{inspection}-") and path.name.endswith(ENDING):
                found.append((path.stat().st_mtime_ns, path.name, path))
    return [path for _, _, path in sorted(found)]


def read_journal(path: Path, key: Key | None = None) -> JournalContent | None:
    """Return what can be read of a journal, or None where it is none, or of another key.

    Reading ends before the first frame that is torn, altered, or not of the chain.
    """
    try:
        data = read_regular(path)
    except OSError:
        return None
    frames = _open_frames(data, key)
    try:
        frame, end = next(frames, (b"", 0))
        header = _header_decoder.decode(frame)
    except _UNREADABLE:
        return None
    changes: list[Change] = []
    head = header.head
    for frame, place in frames:
        try:
            record = _record_decoder.decode(frame)
        except _UNREADABLE:
            break
        if record.previous != head:
            break
        changes.append(record.change)
        head, end = record.change.id, place
    return JournalContent(header, tuple(changes), damaged=end < len(data))


def read_journal_protection(path: Path) -> Protection | None:
    """Return what is needed to make the key of a protected journal; None: it is plain, or none."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            return _unpack(file.read(len(_SEALED) + PROTECTION_SIZE))
    except OSError:
        return None


def is_in_use(path: Path) -> bool:
    """Tell whether a process that runs is writing a journal."""
    try:
        descriptor = open_regular(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def write_journal(path: Path, content: JournalContent, key: Key | None) -> None:
    """Write a whole journal in one step, in place of what lies there.

    Raises:
        OSError: It could not be written.
    """
    write_in_one_step(path, _encode(content.header, content.changes, key))


class Journal:
    """The journal of an inspection file that this process owns."""

    def __init__(self, path: Path, descriptor: int, head: str, key: Key | None = None) -> None:
        self.path = path
        self._key = key
        self.head = head
        """Id of the last change in it."""
        self.size = os.fstat(descriptor).st_size
        """Bytes."""
        self._descriptor = descriptor

    @classmethod
    def start(
        cls,
        folder: Path,
        inspection: str,
        path: Path,
        head: str,
        changes: Sequence[Change] = (),
        key: Key | None = None,
        *,
        earlier: Path | None = None,
    ) -> Self:
        """Begin the journal of a file.

        Args:
            folder: Where journals lie; made where it is not there yet.
            inspection: Id of the inspection.
            path: Its file.
            head: Id of the last change in the file, "" for none.
            changes: What the file does not hold yet.
            key: The key of a protected file.
            earlier: A journal of this session, closed, which this one replaces. No other is.

        Raises:
            OSError: The folder cannot be written.
        """
        make_folder(folder)
        header = JournalHeader(
            inspection=inspection,
            path=os.fsencode(path).decode(errors="replace"),
            head=head,
            holder=describe_this_process(),
        )
        start = _encode(header, changes, key)
        place = earlier or _find_place(folder, get_journal_name(inspection, path))
        # Until the new one is whole, the old one stays.
        write_in_one_step(place, start)
        descriptor = open_regular(place, os.O_RDWR | os.O_APPEND)
        try_lock(descriptor)
        return cls(place, descriptor, changes[-1].id if changes else head, key)

    def append(self, changes: Sequence[Change]) -> None:
        """Add changes, and have them on the disk before returning.

        Raises:
            OSError: They could not be written; the journal is as before, or of no more use.
        """
        data = _frame_changes(changes, self.head, self._key)
        try:
            write_flushed(self._descriptor, data)
        except OSError:
            # Half a frame would hide all that comes behind it.
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self.size)
            raise
        self.size += len(data)
        if changes:
            self.head = changes[-1].id

    def remove(self) -> None:
        """Remove it: all of it is in the file."""
        self.close()
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        # Photos beside it may go only after it.
        flush_folder(self.path.parent)

    def close(self) -> None:
        """Let it go; it stays where it is. Closing it again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def rename_journal(path: Path, ending: str) -> Path:
    """Give a journal a name with another ending, and a number where that is taken."""
    stem = path.name.partition(".")[0]
    place = choose_free(lambda number: path.with_name(f"{stem}.{number}{ending}"))
    path.rename(place)
    # Before another journal takes the name that is free now.
    flush_folder(path.parent)
    return place


def _find_place(folder: Path, name: str) -> Path:
    """Return where a journal can begin: not where there is one.

    Another process is writing one of the same name where a file was moved while it was open, and
    its copy took its place. And one that could not be put aside may hold what is nowhere else.
    """
    return choose_free(
        lambda number: folder / (f"{name}{ENDING}" if number == 1 else f"{name}-{number}{ENDING}")
    )


def _encode(header: JournalHeader, changes: Iterable[Change], key: Key | None) -> bytes:
    start = _MAGIC if key is None else _SEALED + key.protection.pack()
    first = _frame(msgspec.json.encode(header), key)
    return start + first + _frame_changes(changes, header.head, key)


def _frame(data: bytes, key: Key | None) -> bytes:
    if key is not None:
        data = key.seal(data, _FRAMES)
    return _FRAME.pack(len(data), _get_checksum(data)) + data


def _frame_changes(changes: Iterable[Change], previous: str, key: Key | None) -> bytes:
    frames = []
    for change in changes:
        record = msgspec.json.encode(_Record(previous=previous, change=change))
        frames.append(_frame(record, key))
        previous = change.id
    return b"".join(frames)


def _get_checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()


def _unpack(data: bytes) -> Protection | None:
    if not data.startswith(_SEALED):
        return None
    try:
        return unpack_protection(data[len(_SEALED) : len(_SEALED) + PROTECTION_SIZE])
    except ValueError:
        return None


def _open_frames(data: bytes, key: Key | None) -> Iterator[tuple[bytes, int]]:
    """Yield what is in the frames of a journal, plain or sealed with a key; nothing of others."""
    if data.startswith(_MAGIC):
        yield from _split(data, len(_MAGIC))
    elif key is not None and _unpack(data) == key.protection:
        for frame, end in _split(data, len(_SEALED) + PROTECTION_SIZE):
            try:
                yield key.open(frame, _FRAMES), end
            except ValueError:
                return


def _split(data: bytes, place: int) -> Iterator[tuple[bytes, int]]:
    """Yield what is in the frames and where each ends, up to the first that is not whole."""
    while place + _FRAME.size <= len(data):
        length, checksum = _FRAME.unpack_from(data, place)
        place += _FRAME.size
        frame = data[place : place + length]
        if len(frame) < length or _get_checksum(frame) != checksum:
            return
        place += length
        yield frame, place
