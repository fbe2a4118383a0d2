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


def name_location(context: JobContext) -> str:
    return context.inspection.details.location_name


def add(context: JobContext, first: int, second: int) -> int:
    sys.stdout.write("what is printed is no answer")
    return first + second


def remember(context: JobContext) -> int:
    context.memory["count"] = context.memory.get("count", 0) + 1
    return context.memory["count"]


def read_photo(context: JobContext, sha256: str) -> int | None:
    data = context.read_attachment(sha256)
    return None if data is None else len(data)


def wait_for(context: JobContext, path: str) -> str:
    """Tell its process, and wait until there is a file, or until it is cancelled."""
    context.tell(str(os.getpid()), None)
    while not Path(path).exists():
        time.sleep(0.01)
        context.tell("waiting", 0.5)
    return "found"


def hang(context: JobContext, path: str) -> None:
    """Tell its process, and wait as for a folder that does not answer: no order is heard."""
    context.tell(str(os.getpid()), None)
    while not Path(path).exists():
        time.sleep(0.01)


def die_once(context: JobContext, path: str) -> str:
    """Die as by `kill -9`, unless it has done so before."""
    if Path(path).exists():
        return "alive"
    Path(path).touch()
    _die()
    return ""


def die_always(context: JobContext) -> None:
    _die()


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def fail_template(context: JobContext, templates: str | None = None) -> None:
    raise TemplateFault("rated.html.j2", 7, "Cover", "no such variable 'x'")


def fail_content(context: JobContext) -> None:
    raise ContentFault("Two faults:", [Fault("$.a", "one"), Fault("$.b", "two")])


def fail_ourselves(context: JobContext) -> None:
    raise KeyError(context.inspection.details.location_name)


def list_modules(context: JobContext) -> list[str]:
    """Return what is loaded after what the window asks for most."""
    render_update(context, "view", 0, None)
    return list(sys.modules)
