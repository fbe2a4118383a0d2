"""Writing copies for people outside: for the window and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.domain.entities import Attachment
from inspector_app.domain.outside_copy import make_outside_copy
from inspector_app.report.report import make_report_printer
from inspector_app.storage.new_files import create_inspection_file

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection
    from inspector_app.report.report import ReadAttachment


def write_outside_copy(
    inspection: Inspection,
    target: Path,
    read_attachment: ReadAttachment,
    backups: Path,
    *,
    templates: Path | str | None = None,
) -> Path | None:
    """Write a new inspection file that prints the same report and holds nothing else.

    Args:
        inspection: What was typed.
        target: Where the copy is to lie.
        read_attachment: Gives photos.
        backups: Folder that a copy of an inspection goes to before it is replaced.
        templates: The template folder that says what is printed; None: the application's own.

    Returns:
        The copy of the inspection that was replaced, or None where there was none.

    Raises:
        InspectorError: A template is faulty, or the target cannot be written.
    """
    folder = None if templates is None else Path(templates)
    change, copy = make_outside_copy(inspection, make_report_printer(folder))
    attachments = {
        item.sha256: data
        for item in copy.all(Attachment)
        if (data := read_attachment(item.sha256)) is not None
    }
    return create_inspection_file(target, change, copy, attachments, backups)
