"""Making the file of a new inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.starting import start_inspection
from inspector_app.storage.inspection_file import create_inspection_file

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.frameworks.model import Framework


def create_inspection(
    path: Path,
    backups: Path,
    framework: Framework,
    regime: str,
    *,
    location_name: str = "",
    provider_name: str = "",
    who: str = "",
) -> None:
    """Write the file of an inspection that starts with all key questions, topics and sections.

    Args:
        path: The file; one that is there is kept among the backups.
        backups: Folder for the file that was there.
        framework: What the inspection is made under.
        regime: Id of one of its ways of judging.
        location_name: Name of the service.
        provider_name: Name of who runs it.
        who: Initials for the history.

    Raises:
        FileProblem: The file cannot be written.
    """
    sections = [
        section.id
        for section in framework.sections
        if not section.regimes or regime in section.regimes
    ]
    questions = {
        question.id: [topic.id for topic in question.topics] for question in framework.key_questions
    }
    details = {
        "framework": framework.id,
        "framework_version": framework.version,
        "regime": regime,
        "location_name": location_name.strip(),
        "provider_name": provider_name.strip(),
    }
    change, inspection = start_inspection(details, sections, questions, who)
    create_inspection_file(path, change, inspection, {}, backups)
