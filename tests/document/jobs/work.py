"""Functions for the worker that real jobs have no use for: they wait, fail and die when told."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.document.jobs.preview import render_update
from inspector_app.errors import ContentFault, Fault, TemplateFault

if TYPE_CHECKING:
    from inspector_app.document.jobs.job_context import JobContext


def name_location(desk: JobContext) -> str:
    return desk.inspection.details.location_name


def add(desk: JobContext, first: int, second: int) -> int:
    sys.stdout.write("what is printed is no answer")
    return first + second


def remember(desk: JobContext) -> int:
    desk.memory["count"] = desk.memory.get("count", 0) + 1
    return desk.memory["count"]


def read_photo(desk: JobContext, sha256: str) -> int | None:
    data = desk.read_attachment(sha256)
    return None if data is None else len(data)


def wait_for(desk: JobContext, path: str) -> str:
    """Tell its process, and wait until there is a file, or until it is cancelled."""
    desk.tell(str(os.getpid()), None)
    while not Path(path).exists():
        time.sleep(0.01)
        desk.tell("waiting", 0.5)
    return "found"


def die_once(desk: JobContext, path: str) -> str:
    """Die as by `kill -9`, unless it has done so before."""
    if Path(path).exists():
        return "alive"
    Path(path).touch()
    _die()
    return ""


def die_always(desk: JobContext) -> None:
    _die()


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def fail_template(desk: JobContext) -> None:
    raise TemplateFault("rated.html.j2", 7, "Cover", "no such variable 'x'")


def fail_content(desk: JobContext) -> None:
    raise ContentFault("Two faults:", [Fault("$.a", "one"), Fault("$.b", "two")])


def fail_ourselves(desk: JobContext) -> None:
    raise KeyError(desk.inspection.details.location_name)


def list_modules(desk: JobContext) -> list[str]:
    """Return what is loaded after what the window asks for most."""
    render_update(desk, "view", 0, None)
    return list(sys.modules)
