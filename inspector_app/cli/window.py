"""What happens without a command: the window opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.app import run_window
from inspector_app.cli.streams import refuse_standard

if TYPE_CHECKING:
    from argparse import Namespace


def run_window_command(options: Namespace) -> int:
    """Open a window on each file."""
    for path in options.files:
        refuse_standard(path, "what a window opens")
    return run_window(options.files, sample=options.sample)
