"""Logs in the platform's log folder: what happened, and where in the program.

Logs hold ids, kinds of errors and places in the program, never what a person typed: not even the
message of an error goes in, since it may quote the text that it stumbled over.
"""

from __future__ import annotations

import contextlib
import logging
import os
import platform
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app import __version__
from inspector_app.files import make_folder
from inspector_app.settings import get_log_folder

if TYPE_CHECKING:
    from io import TextIOWrapper
    from types import TracebackType

_LARGEST = 500_000
_KEPT = 4
_NAME = "inspector_app"


class _QuietHandler(RotatingFileHandler):
    """Writes logs; a full disk or a folder that is gone stops nobody's work."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        del record


def get_log_file() -> Path:
    """Return the newest log; those before it end in .1, .2 and so on."""
    return get_log_folder() / "inspector.log"


def start_logging() -> None:
    """Write logs from now on; where their folder cannot be made there are none."""
    logger = logging.getLogger(_NAME)
    if any(isinstance(handler, _QuietHandler) for handler in logger.handlers):
        return
    logger.setLevel(logging.INFO)
    logger.propagate = False
    path = get_log_file()
    try:
        make_folder(path.parent)
    except OSError:
        return
    handler = _QuietHandler(
        path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.info("Inspector %s, %s", __version__, describe_computer())


def stop_logging() -> None:
    """Let the log go."""
    logger = logging.getLogger(_NAME)
    for handler in list(logger.handlers):
        if isinstance(handler, _QuietHandler):
            logger.removeHandler(handler)
            handler.close()
    logger.propagate = True


def describe_computer() -> str:
    """Return what the program runs on."""
    return f"Python {platform.python_version()}, {platform.platform()}"


def describe_error(error: BaseException) -> str:
    """Return the kinds of an error and of those behind it, and where they came from; no message."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(type(current).__name__)
        lines += _describe_frames(current.__traceback__)
        current = current.__cause__ or current.__context__
        if current is not None:
            lines.append("after")
    return "\n".join(lines)


def report_error(
    _kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print what `describe_error` says to standard error; meant as `sys.excepthook`."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{describe_error(error.with_traceback(trace))}\n")


def keep_messages_off_the_screen() -> None:
    """Have Python print no message of an error that nobody caught: it may quote what was typed."""

    def report_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            report_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def report_unraisable(arguments: sys.UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            report_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = report_error
    threading.excepthook = report_thread
    sys.unraisablehook = report_unraisable


def _describe_frames(trace: TracebackType | None) -> list[str]:
    return [
        f"    {_shorten(frame.filename)}, line {frame.lineno}, in {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def _shorten(file: str) -> str:
    """Return a file's place in the program: folders above it may bear a person's name."""
    parts = Path(file).parts
    if _NAME in parts:
        return "/".join(parts[len(parts) - parts[::-1].index(_NAME) - 1 :])
    return parts[-1] if parts else file
