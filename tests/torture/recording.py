"""Everything that is written below a folder, in order: by SQLite, and by the program itself.

SQLite is watched through a VFS over the usual one, the program through the functions of `os` that
it ends in. What is recorded can be played back up to any point (`disks.py`); and any of it can be
made to fail, as a full disk or a broken one would.
"""

from __future__ import annotations

import errno
import linecache
import os
import pathlib
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias
from unittest import mock

import apsw

if TYPE_CHECKING:
    from collections.abc import Callable

_VFS = "inspector-recording"


class Write(NamedTuple):
    """Bytes were written into a file."""

    node: int
    offset: int
    data: bytes


class Truncate(NamedTuple):
    """A file was cut, or made longer."""

    node: int
    size: int


class Sync(NamedTuple):
    """A file was flushed to disk."""

    node: int


class FailedSync(NamedTuple):
    """A file could not be flushed: what was written since the last time may never come."""

    node: int


class Link(NamedTuple):
    """A file, or a folder (node 0), was made."""

    path: str
    node: int


class Unlink(NamedTuple):
    """A file or folder was removed."""

    path: str


class Rename(NamedTuple):
    """A file got another name, in place of what bore it."""

    source: str
    target: str


class SyncFolder(NamedTuple):
    """The names in a folder were flushed to disk."""

    path: str


Step: TypeAlias = Write | Truncate | Sync | FailedSync | Link | Unlink | Rename | SyncFolder
FOLDER = 0


class Snapshot(NamedTuple):
    """What lies in a folder: nodes by path, and the bytes of files by node."""

    names: dict[str, int]
    contents: dict[int, bytes]


def no_fault(_step: Step) -> int:
    """Have everything go well."""
    return 0


class Recorder:
    """Records what is written below `root` while it is entered."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log: list[Step] = []
        self.fault: Callable[[Step], int] = no_fault
        """Gives the error number that a step is to fail with, 0 for none. Asked before the step."""
        self._nodes: dict[tuple[int, int], int] = {}
        self._folders: dict[tuple[int, int], str] = {}
        self._last = 0
        self._patches: list[Any] = []
        self._real: dict[str, Callable[..., Any]] = {}
        self._vfs: apsw.VFS | None = None
        self.start = self._look()

    def __enter__(self) -> Self:
        self._vfs = _RecordingVFS(self)
        for name in ("open", "write", "fsync", "ftruncate", "replace", "rename", "unlink", "mkdir",
                     "rmdir"):  # fmt: skip
            self._real[name] = getattr(os, name)
            self._patch(os, name, getattr(self, f"_{name}"))
        self._real["write_bytes"] = pathlib.Path.write_bytes
        recorder = self

        def write_bytes(path: Path, data: bytes) -> int:
            return recorder._write_bytes(path, data)

        self._patch(pathlib.Path, "write_bytes", write_bytes)
        return self

    def __exit__(self, *_: object) -> None:
        for patch in reversed(self._patches):
            patch.stop()
        self._patches.clear()
        if self._vfs is not None:
            self._vfs.unregister()
            self._vfs = None

    def restart(self) -> None:
        """Forget what was recorded: what lies there now is the start."""
        self.log.clear()
        self._nodes.clear()
        self._folders.clear()
        self.start = self._look()

    # -- what SQLite does

    def name(self, path: str | Path | None) -> str:
        """Return a path below the root, or "" for what is not there."""
        if path is None:
            return ""
        whole = os.path.realpath(os.path.dirname(path))  # noqa: PTH120 - may be str or Path
        inside = os.path.relpath(whole, self.root)
        name = os.path.basename(path)  # noqa: PTH119
        if inside.startswith(".."):
            return ""
        return name if inside == "." else f"{inside}/{name}"

    def find(self, path: str) -> int:
        """Return the node of a file below the root; a new one where nobody made it here."""
        found = os.stat(self.root / path)  # noqa: PTH116
        key = (found.st_dev, found.st_ino)
        if key not in self._nodes:
            self._note_new(path)
        return self._nodes[key]

    def forget(self, path: str | Path) -> None:
        """Note that a file goes: the system may give its number to the next one."""
        if os.path.lexists(path):
            found = os.stat(path)  # noqa: PTH116
            self._nodes.pop((found.st_dev, found.st_ino), None)

    def ask(self, step: Step) -> int:
        """Return the error that a step of SQLite's is to fail with, 0 for none."""
        return 0 if _is_closing() else self.fault(step)

    def do(self, step: Step) -> int:
        """Record a step, or return the error that it is to fail with."""
        error = self.ask(step)
        if not error:
            self.log.append(step)
        elif isinstance(step, Sync):
            self.log.append(FailedSync(step.node))
        return error

    def refuse(self, step: Step) -> None:
        """Record a step of the program's, or raise the error that it is to fail with."""
        if error := self.do(step):
            raise OSError(error, os.strerror(error))

    # -- what the program does

    def _patch(self, target: object, name: str, function: Callable[..., Any]) -> None:
        patch = mock.patch.object(target, name, function)
        patch.start()
        self._patches.append(patch)

    def _open(self, path: Any, flags: int, *rest: Any, **named: Any) -> int:
        name = self.name(path) if isinstance(path, str | Path) else ""
        new = bool(name) and bool(flags & os.O_CREAT) and not (self.root / name).exists()
        if new and (error := self.fault(Link(name, -1))):
            raise OSError(error, os.strerror(error))
        descriptor: int = self._real["open"](path, flags, *rest, **named)
        if new:
            self._note_new(name)
        return descriptor

    def _write(self, descriptor: int, data: Any) -> int:
        node = self._find_open(descriptor)
        if not node:
            return int(self._real["write"](descriptor, data))
        offset = os.fstat(descriptor).st_size  # all that is watched only grows
        step = Write(node, offset, bytes(data))
        if error := self.fault(step):
            half = step._replace(data=step.data[: len(step.data) // 2])
            self._real["write"](descriptor, half.data)
            self.log.append(half)
            if error == errno.EAGAIN:
                return len(half.data)  # a short write is no error
            raise OSError(error, os.strerror(error))
        self.log.append(step)
        return int(self._real["write"](descriptor, data))

    def _fsync(self, descriptor: int) -> None:
        found = os.fstat(descriptor)
        key = (found.st_dev, found.st_ino)
        if stat.S_ISDIR(found.st_mode):
            if key in self._folders:
                self.refuse(SyncFolder(self._folders[key]))
        elif node := self._nodes.get(key):
            self.refuse(Sync(node))
        else:
            self._real["fsync"](descriptor)

    def _ftruncate(self, descriptor: int, size: int) -> None:
        if node := self._find_open(descriptor):
            self.refuse(Truncate(node, size))
        self._real["ftruncate"](descriptor, size)

    def _replace(self, source: Any, target: Any, **named: Any) -> None:
        self._move("replace", source, target, named)

    def _rename(self, source: Any, target: Any, **named: Any) -> None:
        self._move("rename", source, target, named)

    def _move(self, how: str, source: Any, target: Any, named: dict[str, Any]) -> None:
        if old := self.name(source):
            self.refuse(Rename(old, self.name(target)))
            self.forget(target)
        self._real[how](source, target, **named)

    def _unlink(self, path: Any, **named: Any) -> None:
        name = self.name(path) if isinstance(path, str | Path) and not named else ""
        if name and os.path.lexists(path):
            self.refuse(Unlink(name))
            self.forget(path)
        self._real["unlink"](path, **named)

    def _mkdir(self, path: Any, *rest: Any, **named: Any) -> None:
        name = self.name(path)
        if name and not os.path.lexists(path) and (self.root / name).parent.exists():
            self.refuse(Link(name, FOLDER))
        self._real["mkdir"](path, *rest, **named)
        if name:
            self._note_folder(name)

    def _rmdir(self, path: Any, **named: Any) -> None:
        self._real["rmdir"](path, **named)
        if not named and (name := self.name(path)):
            self.log.append(Unlink(name))

    def _write_bytes(self, path: Path, data: bytes) -> int:
        """Notes that need not last are written so: seen when whole, or as an empty file."""
        name = self.name(path)
        if name:
            if not path.exists() and (error := self.fault(Link(name, -1))):
                raise OSError(error, os.strerror(error))
            path.open("ab").close()
            node = self.find(name)
            self.refuse(Truncate(node, 0))
            self.refuse(Write(node, 0, bytes(data)))
        return int(self._real["write_bytes"](path, data))

    def _find_open(self, descriptor: int) -> int:
        found = os.fstat(descriptor)
        return self._nodes.get((found.st_dev, found.st_ino), 0)

    # -- nodes

    def _note_new(self, name: str) -> None:
        found = os.stat(self.root / name)  # noqa: PTH116
        self._last += 1
        self._nodes[found.st_dev, found.st_ino] = self._last
        self.log.append(Link(name, self._last))

    def _note_folder(self, name: str) -> None:
        found = os.stat(self.root / name)  # noqa: PTH116
        self._folders[found.st_dev, found.st_ino] = name

    def _look(self) -> Snapshot:
        names: dict[str, int] = {}
        contents: dict[int, bytes] = {}
        self._note_folder(".")
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_dir():
                self._note_folder(name)
                names[name] = FOLDER
                continue
            found = path.stat()
            self._last += 1
            self._nodes[found.st_dev, found.st_ino] = self._last
            names[name] = self._last
            contents[self._last] = path.read_bytes()
        return Snapshot(names, contents)


class _RecordingVFS(apsw.VFS):
    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._base = apsw.vfs_names()[0]
        super().__init__(_VFS, self._base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        inside = self._recorder.name(path)
        if not inside:
            return apsw.VFSFile(self._base, name, flags)
        creates = flags[0] & apsw.SQLITE_OPEN_CREATE and not (self._recorder.root / inside).exists()
        if creates and self._recorder.ask(Link(inside, -1)):
            raise apsw.CantOpenError(inside)
        return _RecordingFile(self._recorder, self._base, name, flags, inside)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        inside = self._recorder.name(filename)
        if inside and (self._recorder.root / inside).exists():
            if self._recorder.do(Unlink(inside)):
                raise _make_error(apsw.SQLITE_IOERR_DELETE)
            self._recorder.forget(filename)
            super().xDelete(filename, False)
            if syncdir and self._recorder.do(SyncFolder(os.path.dirname(inside) or ".")):  # noqa: PTH120
                raise _make_error(apsw.SQLITE_IOERR_DIR_FSYNC)
            return
        super().xDelete(filename, syncdir)


class _RecordingFile(apsw.VFSFile):
    def __init__(
        self, recorder: Recorder, base: str, name: Any, flags: list[int], inside: str
    ) -> None:
        super().__init__(base, name, flags)
        self._recorder = recorder
        self._inside = inside
        self._node = recorder.find(inside)
        new = isinstance(recorder.log[-1] if recorder.log else None, Link)
        # SQLite flushes the folder with the first flush of a journal that it made.
        self._folder_waits = new and bool(flags[0] & apsw.SQLITE_OPEN_MAIN_JOURNAL)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        step = Write(self._node, offset, bytes(data))
        if error := self._recorder.ask(step):
            half = step._replace(data=step.data[: len(step.data) // 2])
            super().xWrite(half.data, offset)
            self._recorder.log.append(half)
            if error in {errno.ENOSPC, errno.EAGAIN}:
                raise apsw.FullError("the disk is full")
            raise _make_error(apsw.SQLITE_IOERR_WRITE)
        self._recorder.log.append(step)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        if self._recorder.do(Truncate(self._node, newsize)):
            raise _make_error(apsw.SQLITE_IOERR_TRUNCATE)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        # Not handed on: what a disk holds is worked out from the record, and this is faster.
        if self._recorder.do(Sync(self._node)):
            raise _make_error(apsw.SQLITE_IOERR_FSYNC)
        if self._folder_waits:
            self._folder_waits = False
            self._recorder.log.append(SyncFolder(os.path.dirname(self._inside) or "."))  # noqa: PTH120


def _is_closing() -> bool:
    """Tell whether SQLite closes a file or a backup: it then takes no notice of an error.

    apsw would raise it all the same, which no error of a disk does.
    """
    frame = sys._getframe()  # noqa: SLF001
    while frame is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    if frame is None:
        return False
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
    return ".close()" in line or ".backup(" in line or frame.f_code.co_name == "_exit_wrapper"


def _make_error(extended: int) -> apsw.IOError:
    error = apsw.IOError("injected")
    error.extendedresult = extended  # type: ignore[attr-defined]
    return error
