"""What a job in the worker has before it: the inspection, its photos, and a line to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.domain.inspection import Inspection

Tell: TypeAlias = "Callable[[str, float | None], None]"
"""Says what is being done and how far it is; raises `JobCancelled` where it is to stop."""


def say_nothing(text: str, share: float | None) -> None:
    """Tell nobody."""


BROKEN = (
    "Something went wrong in Inspector itself. Your inspection is safe. Try again. If it happens "
    "again, tell whoever looks after Inspector."
)


class JobCancelled(Exception):
    """The person cancelled it. Raised within jobs, and never told to anybody."""


class JobContext:
    """Given to every job. `inspection` is the value at the time the job was asked for."""

    def __init__(
        self,
        inspection: Inspection,
        memory: dict[str, Any],
        tell: Tell,
        read_attachment: Callable[[str], bytes | None],
    ) -> None:
        self.inspection = inspection
        self.memory = memory
        """What jobs keep for the next one of their kind; a new worker starts with nothing."""
        self.tell = tell
        self.read_attachment = read_attachment
