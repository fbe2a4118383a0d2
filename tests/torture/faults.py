"""What befalls the folder of an inspection while the application has it open."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from tests.storage.helpers import change_name, make_file, own
from tests.torture import failing_sync
from tests.torture.running import can_be_plain_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SMALL = "size=8m"


class Place(NamedTuple):
    """Where an inspection is tortured."""

    root: Path
    """Of everything."""
    name: str = "clinic.inspection"

    @property
    def folder(self) -> Path:
        """The folder of the inspection."""
        return self.root / "inspections"

    @property
    def path(self) -> Path:
        """Its file."""
        return self.folder / self.name

    def go_beside(self) -> Place:
        """Return the place of the file that the inspection went on in, and leave only that."""
        (beside,) = [path for path in self.folder.glob("*.inspection") if path != self.path]
        self.path.unlink()
        return self._replace(name=beside.name)

    @property
    def switches(self) -> Path:
        """Where the application looks whether flushing is to fail; only for those faults."""
        return self.root / "switches"


class Fault(NamedTuple):
    """A fault: how the folder must be made for it, and how it comes and goes."""

    name: str
    strike: Callable[[Place], contextlib.AbstractContextManager[None]]
    """Has it come, and, at the end, go again."""
    prepare: Callable[[Place], contextlib.AbstractContextManager[None]] = lambda _: (
        contextlib.nullcontext()
    )
    replaces: bool = False
    """Whether something else lies at the path afterwards: the inspection goes on beside it."""
    plain_user: bool = False
    """Whether permissions must hold for the application."""


@contextlib.contextmanager
def _nothing(_place: Place) -> Iterator[None]:
    yield


@contextlib.contextmanager
def _file_away(place: Place) -> Iterator[None]:
    away = place.path.rename(place.root / "away.inspection")
    yield
    away.rename(place.path)


@contextlib.contextmanager
def _folder_renamed(place: Place) -> Iterator[None]:
    away = place.folder.rename(place.root / "renamed")
    yield
    away.rename(place.folder)


@contextlib.contextmanager
def _no_permission(place: Place) -> Iterator[None]:
    mode = place.folder.stat().st_mode
    place.folder.chmod(0)
    yield
    place.folder.chmod(mode)


@contextlib.contextmanager
def _disk_full(place: Place) -> Iterator[None]:
    filler = place.folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(512)):
            pass
    yield
    filler.unlink()


@contextlib.contextmanager
def _other_version(place: Place) -> Iterator[None]:
    other = place.root / "other.inspection"
    make_file(other, place.root / "unused")
    with own(other) as file:
        file.commit(*change_name(file.inspection, "Of somebody else"))
    yield from _replace(place, other)


@contextlib.contextmanager
def _rubbish(place: Place) -> Iterator[None]:
    other = place.root / "rubbish"
    other.write_bytes(os.urandom(30_000))
    yield from _replace(place, other)


def _replace(place: Place, other: Path) -> Iterator[None]:
    new = place.folder / "new"
    shutil.copyfile(other, new)
    new.replace(place.path)
    theirs = place.path.read_bytes()
    yield
    assert place.path.read_bytes() == theirs, "the other file was written into"


@contextlib.contextmanager
def _with_switches(place: Place) -> Iterator[None]:
    place.switches.mkdir()
    yield


@contextlib.contextmanager
def _switch(place: Place, name: str) -> Iterator[None]:
    switch = place.switches / name
    switch.touch()
    yield
    switch.unlink()


@contextlib.contextmanager
def _unmounted(place: Place) -> Iterator[None]:
    _run("umount", "-l", str(place.folder))
    yield
    _bind(place)


@contextlib.contextmanager
def _on_small_disk(place: Place) -> Iterator[None]:
    _run("mount", "-t", "tmpfs", "-o", _SMALL, "none", str(place.folder))
    try:
        yield
    finally:
        _run("umount", "-l", str(place.folder))


@contextlib.contextmanager
def _on_bind_mount(place: Place) -> Iterator[None]:
    (place.root / "server").mkdir()
    _bind(place)
    try:
        yield
    finally:
        _run("umount", "-l", str(place.folder))


def _bind(place: Place) -> None:
    _run("mount", "--bind", str(place.root / "server"), str(place.folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def may_mount(folder: Path) -> bool:
    """Tell whether whoever runs this may mount."""
    probe = folder / "probe"
    probe.mkdir(exist_ok=True)
    mount = shutil.which("mount")
    if mount is None:
        return False
    done = subprocess.run(  # noqa: S603
        [mount, "-t", "tmpfs", "none", str(probe)], capture_output=True, check=False
    )
    if done.returncode == 0:
        _run("umount", str(probe))
    return done.returncode == 0


NONE = Fault("none", _nothing)
_ALWAYS = (
    NONE,
    Fault("file moved away", _file_away),
    Fault("folder renamed", _folder_renamed),
    Fault("replaced by another version", _other_version, replaces=True),
    Fault("replaced by rubbish", _rubbish, replaces=True),
    Fault(failing_sync.FILE, lambda at: _switch(at, failing_sync.FILE), _with_switches),
    Fault(failing_sync.JOURNAL, lambda at: _switch(at, failing_sync.JOURNAL), _with_switches),
)
_FOR_PLAIN_USERS = (Fault("permission lost", _no_permission, plain_user=True),)
_WITH_MOUNTS = (
    Fault("disk full", _disk_full, _on_small_disk),
    Fault("network folder gone", _unmounted, _on_bind_mount),
)


def list_faults(folder: Path, tell: Callable[[str], None]) -> list[Fault]:
    """Return the faults that can be had here; what cannot is told, with the reason.

    Args:
        folder: Where things can be tried out.
        tell: Is told.
    """
    faults = list(_ALWAYS)
    if can_be_plain_user():
        faults += _FOR_PLAIN_USERS
    else:
        tell("Left out: permission lost. Run it as a plain user, or install setpriv.")
    if may_mount(folder):
        faults += _WITH_MOUNTS
    else:
        tell("Left out: disk full, network folder gone. Only an administrator may mount.")
    return faults
