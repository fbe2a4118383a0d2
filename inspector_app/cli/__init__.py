"""The command line: every main job without a window, and without loading Qt."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

from inspector_app.cli.parser import (
    COMMANDS,
    build_command_parser,
    build_window_parser,
    refuse_misspelt_command,
)
from inspector_app.errors import InspectorError
from inspector_app.files import keep_own_folders_to_owner

if TYPE_CHECKING:
    from collections.abc import Sequence

PROBLEM = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the window, and return the exit code.

    0: done. 1: something stood in the way; the message says what. 2: the command was not
    understood. 130: interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file name may hold what the terminal's encoding, or any encoding, has not.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except InspectorError as error:
        print(f"inspector-app: {error}", file=sys.stderr)
        return PROBLEM
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _let_output_go()
        return PROBLEM
    except OSError as error:
        _let_output_go()
        print(f"inspector-app: {_describe(error)}", file=sys.stderr)
        return PROBLEM
    return code


def _run(given: Sequence[str]) -> int:
    try:
        if given and (given[0] in COMMANDS or given[0] in {"-h", "--help", "--version"}):
            options = build_command_parser().parse_args(given)
            keep_own_folders_to_owner()
            code: int = options.run(options)
            return code
        refuse_misspelt_command(given)
        options = build_window_parser().parse_args(given)
    except SystemExit as done:
        # argparse ends the program after help and after what it does not understand.
        return done.code if isinstance(done.code, int) else 0
    from inspector_app.app import run_window

    return run_window(options.files, sample=options.sample)


def _describe(error: OSError) -> str:
    where = f"“{error.filename}”" if error.filename else "The output"
    return f"{where} could not be read or written: {error.strerror or type(error).__name__}."


def _let_output_go() -> None:
    """Keep Python from complaining once more, when it closes an output that takes nothing."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
