"""The command that writes the evidence index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.evidence_index import render_evidence_index, write_evidence_csv
from inspector_app.cli.commands import open_source
from inspector_app.errors import InspectorError
from inspector_app.files import write_file
from inspector_app.frameworks.load import load_framework, load_reference

if TYPE_CHECKING:
    from argparse import Namespace

_TABLE = ".csv"
_KINDS = (".docx", _TABLE, ".html", ".pdf")


def run_evidence_index(options: Namespace) -> int:
    """Write the evidence index."""
    # Loaded here: the other commands start faster without it.
    from inspector_app.document.exporting import write_as

    kind = options.output.suffix.lower()
    if kind not in _KINDS:
        raise InspectorError(
            f"“{options.output.name}” does not say the kind of index: end it in "
            f"{', '.join(_KINDS)}. Nothing was written."
        )
    with open_source(options) as (inspection, read_attachment):
        framework, reference = load_framework(inspection.details.framework), load_reference()
        if kind == _TABLE:
            write_file(options.output, write_evidence_csv(inspection, framework, reference))
        else:
            report = render_evidence_index(inspection, framework, reference, options.templates)
            write_file(options.output, write_as(kind, report, read_attachment))
    print(f"Wrote {options.output}: it holds evidence notes, so keep it with the inspection.")
    return 0
