"""What the set-up says, and how it ends when it cannot go on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

INTERRUPTED = 130


class SetupProblem(Exception):
    """The set-up cannot go on; the message says why and what to do."""


def say(message: str) -> None:
    """Tell the person at the keyboard; standard output stays the application's own."""
    print(message, file=sys.stderr, flush=True)


def run_main(main: Callable[[], int]) -> int:
    """Return the exit code of `main`, with problems and Ctrl+C as messages, not tracebacks."""
    for stream in (sys.stdout, sys.stderr):
        # pip's output can hold letters that an old Windows console does not know.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return main()
    except SetupProblem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Nothing is lost: the next start makes good whatever is unfinished.")
        return INTERRUPTED
