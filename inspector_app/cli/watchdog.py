"""Ends the command where templates of others take too long, or too much memory."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING

from inspector_app.document.jobs.memory_limit import limited_memory
from inspector_app.document.templates import MOST_SECONDS
from inspector_app.errors import InspectorError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNREADABLE = 3


@contextlib.contextmanager
def watching(templates: Path | None, seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Watch over what renders templates of others; None: our own, which need nobody.

    Raises:
        InspectorError: They take more memory than any report needs.
    """
    if templates is None:
        yield
        return
    blamed = f"The templates in “{templates}”"

    def end() -> None:
        message = f"{blamed} took longer than {seconds:g} seconds. Nothing was saved."
        print(f"inspector-app: {message}", file=sys.stderr, flush=True)
        # Whatever the templates do, it does not hear of anything gentler.
        os._exit(_UNREADABLE)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        with limited_memory():
            yield
    except MemoryError as error:
        raise InspectorError(
            f"{blamed} took more memory than any report needs. Nothing was saved."
        ) from error
    finally:
        timer.cancel()
