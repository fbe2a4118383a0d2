"""The command that copies an inspection: the whole of it, or what its report prints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from inspector_app.cli.commands import open_inspection, open_source
from inspector_app.cli.streams import refuse_no_inspection, refuse_standard
from inspector_app.errors import UsageProblem
from inspector_app.files import follow_links
from inspector_app.settings import get_backups_folder

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path


def run_copy(options: Namespace) -> int:
    """Write a copy of an inspection file."""
    target: Path = options.output
    refuse_no_inspection(target)
    refuse_standard(options.inspection, "an inspection")
    if follow_links(target) == follow_links(options.inspection):
        raise UsageProblem(
            "The copy would take the place of the inspection itself. Choose another name. Nothing "
            "was saved."
        )
    kept = _copy_outside(options) if options.outside else _copy_whole(options)
    if kept:
        print(f"Remark: the inspection that lay there before is kept: {kept}", file=sys.stderr)
    held = "what the report prints" if options.outside else "all of the inspection"
    print(f"Wrote {target}: {held}.")
    return 0


def _copy_whole(options: Namespace) -> Path | None:
    with open_inspection(options) as reader:
        return reader.write_copy(options.output, get_backups_folder())


def _copy_outside(options: Namespace) -> Path | None:
    # Rendering takes most of the start; a whole copy does without it.
    from inspector_app.document.outside_copies import write_outside_copy

    with open_source(options) as (inspection, read_attachment):
        return write_outside_copy(
            inspection,
            options.output,
            read_attachment,
            get_backups_folder(),
            templates=options.templates,
        )
