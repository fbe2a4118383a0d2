"""Writing files so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import FileProblem, UsageProblem
from inspector_app.settings import is_own, list_own_folders
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATIENCE = 3.0
"""Seconds to wait for a sync client, a virus scanner or Word to let go of a target."""
_REFUSES_WHAT_IS_OPEN = os.name == "nt"
"""Elsewhere what is open can be replaced, and waiting would not help."""
_LONGEST_NAME = 80
_MOST_BYTES = 200
"""Of a name; systems allow 255, and an ending, a date or a number is to go behind it."""
_UNFINISHED = ".tmp"
_DEVICE = "it is a pipe or a device, not a file"
_LINK = "it is a link, which is not followed here"
_UNHURRIED = sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK")
)
"""Nobody at the other end of a pipe is waited for."""
_DEVICES = frozenset(
    {
        *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"),
        *(f"{kind}{n}" for kind in ("COM", "LPT") for n in "0123456789¹²³"),
    }
)


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path for a temporary file that takes the target's place when the block ends well.

    The temporary file lies in the target's folder, is flushed to disk first, and is removed when
    the block fails; the target is then as it was. A link stays, and the file that it leads to is
    replaced.

    Raises:
        FileProblem: The target cannot be written, or another program has it open.
    """
    refuse_open_elsewhere(target)
    try:
        _refuse_unreplaceable(target)
        place = follow_links(target)
        refuse_open_elsewhere(place)
        prefix = _name_unfinished(place)
        descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=_UNFINISHED, dir=place.parent)
    except OSError as error:
        raise describe_write_problem(target, error) from error
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        _take_mode_of(place, temporary)
        _flush(temporary)
        replace_patiently(temporary, place)
    except OSError as error:
        raise describe_write_problem(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def replace_patiently(source: Path, target: Path) -> None:
    """Put a file in the place of another; the new name is on the disk then.

    Windows refuses while another program reads the target: it gets a few seconds.

    Raises:
        OSError: It cannot be replaced, or is held for longer.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            source.replace(target)
            break
        except PermissionError:
            if not _REFUSES_WHAT_IS_OPEN or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    flush_folder(target.parent)


def remove_unfinished(target: Path) -> None:
    """Remove what a crash left of files that were to take a target's place.

    Nobody else may be replacing it at this moment.
    """
    with contextlib.suppress(OSError):
        for path in list(target.parent.iterdir()):
            if path.name.startswith(_name_unfinished(target)) and path.suffix == _UNFINISHED:
                path.unlink(missing_ok=True)


def _name_unfinished(target: Path) -> str:
    # Cut off in the middle of a name, others could begin with the same letters.
    mark = hashlib.blake2b(os.fsencode(target.name), digest_size=4).hexdigest()
    return f".{mark}-"


def write_file(target: Path, data: bytes) -> None:
    """Write a whole file, replacing an existing one in one step; a device or pipe just gets it.

    Raises:
        FileProblem: As `replacing`.
    """
    if is_device(target):
        try:
            target.write_bytes(data)
        except OSError as error:
            raise describe_write_problem(target, error) from error
        return
    with replacing(target) as temporary:
        temporary.write_bytes(data)


def open_regular(path: Path, flags: int = os.O_RDONLY, *, follow: bool = False) -> int:
    """Open a file that anybody may have put there, and return its descriptor.

    A pipe would be waited for, a device may do something when it is read, and a link leads to
    what its maker chose. None of them is opened for long.

    Args:
        path: The file.
        flags: As those of `os.open`.
        follow: Whether a link is followed: a person has named the path.

    Raises:
        OSError: It cannot be opened, or is something else than a file.
    """
    if not follow and path.is_symlink():
        raise OSError(errno.EINVAL, _LINK, str(path))
    last = 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags | last | _UNHURRIED, 0o600)
    except OSError as error:
        # What a socket, or a pipe that is written, answers.
        if error.errno in {errno.ENXIO, errno.EOPNOTSUPP}:
            raise OSError(errno.EINVAL, _DEVICE, str(path)) from error
        raise
    try:
        _refuse_irregular(os.fstat(descriptor).st_mode, path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_regular(path: Path, *, follow: bool = False, most: int | None = None) -> bytes:
    """Return what is in a file that anybody may have put there; see `open_regular`.

    Args:
        path: The file.
        follow: Whether a link is followed: a person has named the path.
        most: Bytes beyond which it is not read; None: any number is.

    Raises:
        OSError: It cannot be read, is something else than a file, or is larger than that.
    """
    with os.fdopen(open_regular(path, follow=follow), "rb") as file:
        if most is None:
            return file.read()
        # Windows sets all the memory aside that a read asks for.
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, most) + 1)
        if len(data) > size:  # it has grown since, or is of the system's own, which say no size
            data += file.read(most + 1 - len(data))
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", str(path))
    return data


def refuse_irregular(path: Path) -> None:
    """Raise an `OSError` where a path leads to something else than a file, or over a link.

    Where nothing lies, or nobody may look, nothing is wrong.
    """
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return
    if stat.S_ISLNK(mode):
        raise OSError(errno.EINVAL, _LINK, str(path))
    _refuse_irregular(mode, path)


def _refuse_irregular(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, _DEVICE, str(path))


def make_file_name(text: str, otherwise: str) -> str:
    """Return a name without ending, made of what a person typed, that every system takes.

    Args:
        text: Letters, digits, spaces, hyphens and underlines are kept, at most 80 characters.
        otherwise: The name where nothing is left, or where Windows keeps the name for a device.
    """
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in text)
    name = collapse_spaces(kept)[:_LONGEST_NAME].encode()[:_MOST_BYTES].decode(errors="ignore")
    name = name.strip()
    return otherwise if not name or name.upper() in _DEVICES else name


def refuse_unusable_name(target: Path) -> None:
    """Raise `UsageProblem` for a file name that Windows takes for something else.

    Files travel: what is written elsewhere under such a name cannot be opened, copied or unpacked
    there, or is lost in a device or a hidden stream.
    """
    name = target.name
    if name.partition(".")[0].rstrip().upper() in _DEVICES:
        reason = "Windows uses that name for a device"
    elif name != name.rstrip(". "):
        reason = "Windows drops full stops and spaces at the end of a name"
    elif ":" in name:
        reason = "Windows hides or refuses what follows a colon"
    else:
        return
    raise UsageProblem(
        f"“{name}” is not a name for a file: {reason}. Nothing was saved. Choose another name."
    )


def choose_free(form: Callable[[int], Path]) -> Path:
    """Return the first path of a numbered row, from 1 on, where nothing lies."""
    return next(path for path in map(form, count(1)) if not os.path.lexists(path))


def follow_links(path: Path) -> Path:
    """Return the absolute path that all links lead to; its last part need not exist.

    SQLite and `os.replace` disagree on what a link means; with none in the path they do not.
    """
    try:
        return Path(os.path.realpath(path))
    except OSError:
        # Windows looks at the file itself, and may be refused; what is wrong shows when it is used.
        return path.absolute()


def exists(path: Path) -> bool:
    """Tell whether something lies there; what cannot be asked for does not.

    `Path.exists` raises for names that are too long and for folders that may not be searched.
    """
    return _get_mode(path) is not None


def is_folder(path: Path) -> bool:
    """Tell whether a folder lies there; what cannot be asked for is none."""
    return stat.S_ISDIR(_get_mode(path) or 0)


def refuse_open_elsewhere(target: Path) -> None:
    """Raise `FileProblem` when LibreOffice or Word says that it has the target open.

    Both put a small owner file beside an open document. Where files can be replaced while they are
    open, the other program would go on with the old one and might later save it over the new.
    """
    name = target.name
    stem = target.stem
    # Word drops the first letters of long names to make room for its "~$".
    shortened = name[2:] if len(stem) > 7 else name[1:] if len(stem) == 7 else name
    for owner in (f".~lock.{name}#", f"~${shortened}"):
        if exists(target.with_name(owner)):
            raise FileProblem(
                f"“{name}” is open in another program, so it was not replaced. Close it there and "
                "try again, or choose another name. (If no program has it open, a crash left the "
                f"file “{owner}” behind: delete that one.)"
            )


def describe_write_problem(target: Path, error: OSError) -> FileProblem:
    """Return what to tell a person about a target that could not be written."""
    name = target.name
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        reason, advice = "the disk is full", "Make room, or choose another folder."
    elif isinstance(error, FileNotFoundError | NotADirectoryError):
        reason, advice = f"there is no folder “{target.parent}”", "Choose another folder."
    elif isinstance(error, IsADirectoryError) or stat.S_ISDIR(_get_mode(target) or 0):
        reason, advice = "that is a folder", "Choose a file name."
    elif error.errno == errno.EROFS:
        reason, advice = "the folder can only be read", "Choose another folder."
    elif isinstance(error, PermissionError):
        reason = "it is open in another program, or you may not write there"
        advice = "Close it there and try again, or choose another folder."
    else:
        reason, advice = error.strerror or type(error).__name__, "Try another folder."
    return FileProblem(f"“{name}” could not be saved: {reason}. Nothing was changed. {advice}")


def describe_read_problem(source: Path, error: OSError) -> FileProblem:
    """Return what to tell a person about a file that could not be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileProblem(f"There is no file “{source}”.")
    # Windows says of a folder that it may not be opened.
    if isinstance(error, IsADirectoryError) or stat.S_ISDIR(_get_mode(source) or 0):
        return FileProblem(f"“{source}” is a folder, not a file.")
    if isinstance(error, PermissionError):
        return FileProblem(f"“{source}” could not be read: you may not open it.")
    return FileProblem(f"“{source}” could not be read: {error.strerror or type(error).__name__}.")


def make_folder(path: Path) -> None:
    """Make a folder for this person alone, and those above it; their names are on the disk then.

    What is flushed into a folder whose own name is not is lost with it when the power fails.

    Raises:
        OSError: It cannot be made.
    """
    missing = [folder for folder in (path, *path.parents) if not exists(folder)]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True, mode=0o700)
        flush_folder(folder.parent)
    if is_own(path):
        keep_to_owner(path)


def keep_to_owner(path: Path) -> None:
    """Let nobody but its owner read a file or folder. Some file systems cannot, and go on."""
    if os.name != "posix":
        return  # a person's profile is closed to others on Windows
    with contextlib.suppress(OSError):
        found = path.lstat()
        if stat.S_IMODE(found.st_mode) & 0o077 and not stat.S_ISLNK(found.st_mode):
            path.chmod(stat.S_IMODE(found.st_mode) & 0o700)


def keep_own_folders_to_owner() -> None:
    """Close what this computer keeps for the application to others, also what older ones left."""
    for own in list_own_folders():
        for folder, _, names in os.walk(own):
            for path in (Path(folder), *(Path(folder, name) for name in names)):
                keep_to_owner(path)


def flush_folder(path: Path) -> None:
    """Have the names in a folder on the disk, where the system knows how.

    The file is in its place already: a folder that cannot be flushed is no failure to report.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _get_mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def is_device(path: Path) -> bool:
    """Tell whether a path is a device or pipe: what is written there is not kept as a file."""
    mode = _get_mode(path)
    return mode is not None and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _refuse_unreplaceable(target: Path) -> None:
    """Raise an `OSError` for what replacing would do, but nobody wants.

    The permission to replace a file is its folder's; a file that somebody has write-protected is
    meant to stay. And a device that was replaced would be gone for all programs.
    """
    mode = _get_mode(target)
    if mode is None:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a device or pipe, not a file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _take_mode_of(target: Path, temporary: Path) -> None:
    """Give the new file the old one's permissions; a first one gets what the umask says."""
    if os.name != "posix" or is_own(target):
        return  # a temporary file is for its owner alone
    try:
        mode = target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    # Some network and USB file systems refuse; the file then keeps the narrow mode it has.
    with contextlib.suppress(OSError):
        temporary.chmod(mode)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
