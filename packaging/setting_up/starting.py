"""What `run.py` does: set up, then become the application."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from setting_up.environment import get_environment_variables
from setting_up.places import Places
from setting_up.preparing import prepare
from setting_up.talking import run_main, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAMPLE = "rated"
SAMPLE_REPORT = "sample-report.docx"


def main(arguments: Sequence[str]) -> int:
    """Set Inspector up and run it with `arguments`; return its exit code."""
    return run_main(lambda: _start(Places(), arguments))


def choose_arguments(
    arguments: Sequence[str], system: str, variables: Mapping[str, str]
) -> tuple[list[str], str]:
    """Return the application's arguments, and what to say about them, if anything.

    Args:
        arguments: What was typed; when there is anything, it is taken as it is.
        system: As in `sys.platform`.
        variables: The environment variables.
    """
    if arguments:
        return list(arguments), ""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if system.startswith("linux") and not any(variables.get(name) for name in screens):
        return (
            ["export", "--sample", SAMPLE, "-o", SAMPLE_REPORT],
            "There is no screen here, so the report of the sample inspection is written to "
            f"{SAMPLE_REPORT}\nin this folder instead of opening the window.",
        )
    return ["--sample", SAMPLE], ""


def is_posix() -> bool:
    """Tell whether this process can become the application; elsewhere it waits for it."""
    return os.name == "posix"


def _start(places: Places, arguments: Sequence[str]) -> int:
    prepare(places)
    chosen, remark = choose_arguments(arguments, sys.platform, os.environ)
    if remark:
        say(remark)
    # -P: a file in the current folder that is called like a module must not take its place.
    command = [str(places.python), "-P", "-m", "inspector_app", *chosen]
    variables = get_environment_variables()
    if is_posix():
        sys.stdout.flush()
        os.execve(command[0], command, variables)  # noqa: S606
    with subprocess.Popen(command, env=variables) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the application got it too, and decides
