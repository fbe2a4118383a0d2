"""Salvaging a damaged inspection file, as a job or from the command line; knows no Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.document.damaged import get_folders, keep_aside
from inspector_app.domain.entities import Details, KeyQuestion, Section, Topic
from inspector_app.files import choose_free
from inspector_app.frameworks.load import list_frameworks
from inspector_app.storage.encryption import unpack_key
from inspector_app.storage.salvage.report import SalvageReport
from inspector_app.storage.salvage.writing import salvage_inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.document.jobs.job_context import JobContext
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.frameworks.model import Framework
    from inspector_app.storage.encryption import Key

__all__ = [
    "SalvageReport",
    "make_stand_in",
    "propose_salvaged",
    "salvage",
    "salvage_file",
]

_UNKNOWN = "Name lost: salvaged from a damaged file"


def salvage(
    source: Path,
    target: Path,
    backups: Path | None = None,
    tell: Callable[[str, float | None], None] = lambda _text, _share: None,
    key: Key | None = None,
) -> SalvageReport:
    """Write what can be read of a damaged inspection file into a new one.

    Args:
        source: The damaged file, which is not altered.
        target: The new file; nothing may lie there yet.
        backups: The folder of all backups; None: that of this computer.
        tell: Hears what is being done, and may raise to stop it.
        key: The key of a protected file, and of the new one.

    Raises:
        FileProblem: As `salvage_inspection`.
    """
    folders = get_folders(backups)
    return salvage_inspection(source, target, folders, make_stand_in, tell, key)


def salvage_file(
    context: JobContext, source: str, target: str, backups: str, key: bytes = b""
) -> SalvageReport:
    """Do the same as a job in the background, after a copy of the damaged file was put aside.

    The copy is as the file is: one that is protected stays so. The key comes packed, or b"".
    """
    context.tell("Putting a copy of the damaged file aside", None)
    keep_aside(Path(source), Path(backups))
    unpacked = unpack_key(key) if key else None
    return salvage(Path(source), Path(target), Path(backups), context.tell, unpacked)


def propose_salvaged(source: Path) -> Path:
    """Return where the new file could lie: beside the damaged one, under a name of its own."""

    def name(number: int) -> Path:
        nth = "" if number == 1 else f" {number}"
        return source.with_name(f"{source.stem[:100]} (salvaged{nth}).inspection")

    return choose_free(name)


def make_stand_in(root: str, parts: Sequence[AnyEntity]) -> Details:
    """Return details in place of those that were lost, for the framework that the parts speak of.

    Args:
        root: Id of the inspection.
        parts: All other parts.
    """
    used = {
        getattr(part, name)
        for kind, name in ((KeyQuestion, "key_question"), (Topic, "topic"), (Section, "section"))
        for part in parts
        if isinstance(part, kind)
    }
    framework = max(
        list_frameworks(),
        # Of two that know as much of it, the one that has less that is not there.
        key=lambda item: (len(used & _list_ids(item)), -len(_list_ids(item) - used)),
    )
    return Details(
        id=root,
        framework=framework.id,
        framework_version=framework.version,
        regime=framework.regimes[0].id,
        state="draft",
        location_name=_UNKNOWN,
    )


def _list_ids(framework: Framework) -> set[str]:
    questions = framework.key_questions
    topics = {topic.id for question in questions for topic in question.topics}
    topics |= {joined.id for question in questions for joined in question.joined}
    return {
        *(question.id for question in questions),
        *(section.id for section in framework.sections),
        *topics,
    }
