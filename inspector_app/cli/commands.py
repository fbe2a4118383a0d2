"""What each command does. Results go to standard output, remarks to standard error."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.cli.passwords import find_key
from inspector_app.content.importing import MOST_BYTES, Imported, import_content
from inspector_app.content.samples import load_sample
from inspector_app.content.writing import write_content
from inspector_app.document.export_kinds import CONTENT, INSPECTION, get_kind
from inspector_app.document.templates import check_template_folder
from inspector_app.domain.starting import start_inspection
from inspector_app.errors import FileProblem, InspectorError
from inspector_app.files import describe_read_problem, follow_links, read_regular, write_file
from inspector_app.frameworks.load import list_frameworks, load_framework
from inspector_app.settings import get_backups_folder, get_journals_folder
from inspector_app.shapes import no_such
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import apply_left_changes, find_left_changes
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from inspector_app.domain.inspection import Inspection
    from inspector_app.report.report import ReadAttachment
    from inspector_app.storage.reading import InspectionReader

STANDARD_INPUT = Path("-")


def run_new(options: Namespace) -> int:
    """Start an inspection file."""
    if options.sample:
        if options.framework or options.regime:
            raise InspectorError("A sample has its framework and regime: leave those two out.")
        _create(options, options.output, load_sample(options.sample))
        print(f"Wrote {options.output}: the {options.sample} sample, to try things on.")
        return 0
    if not options.framework or not options.regime:
        raise InspectorError(
            "Say --framework and --regime (“inspector-app frameworks” lists them), or --sample."
        )
    framework = load_framework(options.framework)
    regimes = [regime.id for regime in framework.regimes]
    if options.regime not in regimes:
        raise InspectorError(
            f"{no_such('regime', options.regime, regimes)}. The framework {framework.id} has: "
            f"{', '.join(regimes)}. Nothing was written."
        )
    change, inspection = start_inspection(
        {
            "framework": framework.id,
            "framework_version": framework.version,
            "regime": options.regime,
            "location_name": options.location,
            "provider_name": options.provider,
            "signatory_title": framework.signatory_title,
        },
        [section.id for section in framework.sections],
        {item.id: [topic.id for topic in item.topics] for item in framework.key_questions},
    )
    _create(options, options.output, Imported(inspection, change, {}, ()))
    print(f"Wrote {options.output}: {framework.name}, {options.regime}.")
    return 0


def run_import(options: Namespace) -> int:
    """Read content into an inspection file."""
    imported = _read_content(options.content)
    output = options.output or _default_output(options.content)
    _create(options, output, imported)
    for remark in imported.remarks:
        print(f"Remark: {remark}", file=sys.stderr)
    print(f"Wrote {output}.")
    return 0


def run_dump(options: Namespace) -> int:
    """Write an inspection as content."""
    if options.output is not None and options.output.suffix.lower() == INSPECTION:
        raise InspectorError(
            f"“{options.output.name}” would be no inspection file, but JSON: end it in .json. "
            "Nothing was written."
        )
    with open_inspection(options) as reader:
        inspection: Inspection = reader.inspection
        read_attachment: ReadAttachment = reader.read_attachment
        if options.recover:
            inspection, read_attachment = _recover(options.inspection, reader)
        data = write_content(inspection, None if options.no_attachments else read_attachment)
    if options.output is None:
        if sys.stdout is None:
            raise FileProblem("There is no standard output: say with -o where to write.")
        sys.stdout.buffer.write(data)
    else:
        write_file(options.output, data)
        print(f"Wrote {options.output}.")
    return 0


def run_export(options: Namespace) -> int:
    """Write the report."""
    get_kind(options.output, "report")
    # Rendering takes most of the start; the other commands do without it.
    from inspector_app.document.exporting import write_report

    with open_source(options) as (inspection, read_attachment):
        is_draft = write_report(
            inspection,
            options.output,
            read_attachment,
            draft=options.draft,
            templates=options.templates,
        )
    print(f"Wrote {options.output}, {'a draft' if is_draft else 'final'}.")
    return 0


def run_evidence_index(options: Namespace) -> int:
    """Write the evidence index."""
    get_kind(options.output, "index")
    from inspector_app.document.exporting import write_evidence_index

    with open_source(options) as (inspection, read_attachment):
        write_evidence_index(
            inspection, options.output, read_attachment, templates=options.templates
        )
    print(f"Wrote {options.output}: it holds evidence notes, so keep it with the inspection.")
    return 0


def run_frameworks(_options: Namespace) -> int:
    """List the frameworks."""
    for framework in list_frameworks():
        print(f"{framework.id}  {framework.name}, version {framework.version}")
        for regime in framework.regimes:
            print(f"    --regime {regime.id:<8} {regime.name}")
    return 0


def run_check_template(options: Namespace) -> int:
    """Check a folder of templates."""
    folder, _, faults = check_template_folder(options.folder)
    for fault in faults:
        print(fault)
    print(f"{pluralise(len(faults), 'fault')} in {folder}.", file=sys.stderr)
    return 1 if faults else 0


@contextlib.contextmanager
def open_inspection(options: Namespace) -> Iterator[InspectionReader]:
    """Look into an inspection file, with its password where it is protected with one."""
    with open_for_reading(options.inspection, find_key(options)) as reader:
        yield reader


@contextlib.contextmanager
def open_source(options: Namespace) -> Iterator[tuple[Inspection, ReadAttachment]]:
    """Open what is to be read: a sample, content, or an inspection file."""
    if options.sample or options.inspection.suffix.lower() == CONTENT:
        imported = (
            load_sample(options.sample) if options.sample else _read_content(options.inspection)
        )
        yield imported.inspection, imported.attachments.get
        return
    with open_inspection(options) as reader:
        yield reader.inspection, reader.read_attachment


def _recover(path: Path, reader: InspectionReader) -> tuple[Inspection, ReadAttachment]:
    """Return an inspection with what the journal has more than the file."""
    inspection = reader.inspection
    left = find_left_changes(
        get_journals_folder(), inspection.id, follow_links(path), reader.read_ids, reader.key
    )
    if left is None:
        print("Remark: the journal has nothing that is not in the file.", file=sys.stderr)
        return inspection, reader.read_attachment
    if left.damaged:
        print("Remark: the journal is damaged: not all of it could be read.", file=sys.stderr)
    inspection, refused = apply_left_changes(left, inspection)
    count = len(left.changes) - len(refused)
    who = f" of {left.holder.describe()}" if left.holder is not None else ""
    print(
        f"Remark: brought back from the journal{who}: "
        f"{pluralise(count, 'change')}. The file is as it was.",
        file=sys.stderr,
    )
    for change in refused:
        print(f"Remark: does not fit the file any more: {change.label}", file=sys.stderr)

    def read_attachment(sha256: str) -> bytes | None:
        return reader.read_attachment(sha256) or left.read_attachment(sha256)

    return inspection, read_attachment


def _read_content(path: Path) -> Imported:
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise FileProblem("There is no standard input to read.")
        return import_content(sys.stdin.buffer.read(), "standard input", None)
    try:
        data = read_regular(path, follow=True, most=MOST_BYTES)
    except OSError as error:
        raise describe_read_problem(path, error) from error
    return import_content(data, path.name, path.parent)


def _default_output(content: Path) -> Path:
    if content == STANDARD_INPUT:
        raise FileProblem("Say with -o where the inspection file is to lie.")
    return content.with_suffix(INSPECTION)


def _create(options: Namespace, output: Path, imported: Imported) -> None:
    kept = create_inspection_file(
        output,
        imported.change,
        imported.inspection,
        imported.attachments,
        get_backups_folder(),
        take_over=options.take_over,
    )
    if kept:
        print(f"Remark: the inspection that lay there before is kept: {kept}", file=sys.stderr)
