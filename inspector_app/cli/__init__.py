"""The command line: every main job without a window, and without loading Qt.

What a command takes is imported when it runs: help and mistakes are answered at once.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import pkgutil
import sys
from typing import TYPE_CHECKING

from inspector_app.errors import ForeignTarget, InspectorError, LeftOpenElsewhere, UsageProblem

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

USAGE = 2
PROBLEM = 3
INTERRUPTED = 130
UNREAD = 141
"""What a shell says of a program whose reader has left (SIGPIPE)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the window, and return the exit code.

    0: done. 1: done, and something was found, or the answer is no. 2: it was not understood. 3:
    something could not be read or written; the message says what is safe. 130: interrupted. 141:
    nobody read the output to its end.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _prepare_output()
        code = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except UsageProblem as error:
        return _complain(error, USAGE)
    except ForeignTarget as error:
        return _complain(f"{error} Or say --force to replace it.", PROBLEM)
    except LeftOpenElsewhere as error:
        return _complain(f"{error} On the command line that is --take-over.", PROBLEM)
    except InspectorError as error:
        return _complain(error, PROBLEM)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _let_output_go()
        return UNREAD
    except OSError as error:
        _let_output_go()
        if os.name == "nt" and error.errno == errno.EINVAL and not error.filename:
            # So Windows calls a pipe whose reader has left.
            return UNREAD
        return _complain(_describe(error), PROBLEM)
    return code


def _run(given: Sequence[str]) -> int:
    from inspector_app.cli.parser import understand

    try:
        options = understand(given)
    except SystemExit as done:
        # argparse ends the program after help and after what it does not understand.
        return done.code if isinstance(done.code, int) else 0
    from inspector_app.files import keep_own_folders_to_owner

    keep_own_folders_to_owner()
    _choose_organisation(options)
    code: int = pkgutil.resolve_name(options.run)(options)
    return code


def _choose_organisation(options: Namespace) -> None:
    """Use the organisation that the command names; its templates, unless others are named."""
    from inspector_app.organisation import choose_organisation, find_templates

    folder = options.organisation
    if folder is not None:
        if not folder.is_dir():
            raise UsageProblem(f"There is no folder “{folder}” for --organisation.")
        choose_organisation(folder)
    if "templates" in options and options.templates is None:
        options.templates = find_templates()


def _prepare_output() -> None:
    """Have what is printed survive: in UTF-8 but on a terminal, and with any file name."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        told = sys.stdout.isatty() or os.environ.get("PYTHONIOENCODING")
        encoding = None if told else "utf-8"
        # A file name may hold what the terminal's encoding, or any encoding, has not.
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _complain(message: object, code: int) -> int:
    print(f"inspector-app: {message}", file=sys.stderr)
    return code


def _describe(error: OSError) -> str:
    where = f"“{error.filename}”" if error.filename else "The output"
    return f"{where} could not be read or written: {error.strerror or type(error).__name__}."


def _let_output_go() -> None:
    """Keep Python from complaining once more, when it closes an output that takes nothing."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
