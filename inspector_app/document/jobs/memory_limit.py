"""A limit of the system for the memory of a process, where the system has one."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMORY = 6 << 30
"""Bytes of addresses: many times what a report with a thousand photos takes."""

if sys.platform == "linux":
    import resource

    @contextlib.contextmanager
    def limited_memory() -> Iterator[None]:
        """Have what asks for too much memory fail by itself, before the computer stands still."""
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min([MOST_MEMORY, *most]), hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

else:

    @contextlib.contextmanager
    def limited_memory() -> Iterator[None]:
        """Limit nothing: macOS keeps to no such limit, and Windows has another way."""
        yield
