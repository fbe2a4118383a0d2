"""The command line: every main job without a window, and without loading Qt."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from inspector_app.cli.parser import COMMANDS, build_command_parser, build_window_parser
from inspector_app.errors import InspectorError

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
    try:
        if given and (given[0] in COMMANDS or given[0] in {"-h", "--help", "--version"}):
            options = build_command_parser().parse_args(given)
            code: int = options.run(options)
        else:
            from inspector_app.app import run_window

            options = build_window_parser().parse_args(given)
            code = run_window(options.files, sample=options.sample)
        sys.stdout.flush()
    except InspectorError as error:
        print(f"inspector-app: {error}", file=sys.stderr)
        return PROBLEM
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain when it closes.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEM
    return code
