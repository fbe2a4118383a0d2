"""Writing copies for people outside: for the window and the command line."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from inspector_app.document.jobs.job_context import say_nothing
from inspector_app.document.templates import choose_usable
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Attachment, Edition
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.outside_copy import make_outside_copy
from inspector_app.errors import PictureFault
from inspector_app.frameworks.editions import draft_edition, load_edition
from inspector_app.pictures.cleaning import clean_shown
from inspector_app.report.report import make_report_printer
from inspector_app.storage.new_files import create_inspection_file

if TYPE_CHECKING:
    from inspector_app.document.jobs.job_context import JobContext, Tell
    from inspector_app.report.report import ReadAttachment


def write_outside_copy(
    inspection: Inspection,
    target: Path,
    read_attachment: ReadAttachment,
    backups: Path,
    *,
    templates: Path | str | None = None,
    tell: Tell = say_nothing,
) -> Path | None:
    """Write a new inspection file that prints the same report and holds nothing else.

    Args:
        inspection: What was typed.
        target: Where the copy is to lie.
        read_attachment: Gives photos.
        backups: Folder that a copy of an inspection goes to before it is replaced.
        templates: The template folder that says what is printed; None: the application's own.
        tell: Hears how far it is, and may raise to stop it.

    Returns:
        The copy of the inspection that was replaced, or None where there was none.

    Raises:
        InspectorError: A template is faulty, or the target cannot be written.
    """
    folder = None if templates is None else Path(templates)
    tell("Finding out what the report prints", None)
    change, copy = make_outside_copy(inspection, make_report_printer(folder))
    attachments: dict[str, bytes] = {}
    parts = [item for item in copy if not isinstance(item, Edition)]
    total = sum(isinstance(item, Attachment) for item in parts)
    for place, item in enumerate(parts):
        if isinstance(item, Attachment):
            tell("Cleaning photos", len(attachments) / total)
            parts[place] = _clean(item, read_attachment, attachments)
    draft = Draft(Inspection())
    draft.create_all(parts)
    # Whoever gets the copy may not have the framework, which tells of nobody.
    draft_edition(draft, load_edition(inspection))
    tell("Saving the copy", None)
    return create_inspection_file(
        target, draft.finish(change.label), draft.result, attachments, backups
    )


def export_outside_copy(
    context: JobContext, target: str, backups: str, templates: str | None
) -> None:
    """Write a copy for people outside as a job in the background."""
    write_outside_copy(
        context.inspection,
        Path(target),
        context.read_attachment,
        Path(backups),
        templates=choose_usable(templates),
        tell=context.tell,
    )


def _clean(
    picture: Attachment, read_attachment: ReadAttachment, attachments: dict[str, bytes]
) -> Attachment:
    """Return a picture as the report shows it; its bytes go to the attachments.

    Earlier versions kept some pictures with what the camera had written into them.
    """
    data = read_attachment(picture.sha256)
    if data is None:
        return picture
    try:
        clean = clean_shown(data)
    except PictureFault:
        return picture  # the report has words in its place, and needs no bytes for them
    sha256 = hashlib.sha256(clean.data).hexdigest()
    attachments[sha256] = clean.data
    return msgspec.structs.replace(picture, sha256=sha256, media_type=clean.media_type)
