"""What each command does. Results go to standard output, remarks to standard error."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from inspector_app.checks.list_faults import find_list_faults
from inspector_app.cli.passwords import find_key
from inspector_app.cli.streams import (
    STANDARD,
    choose_kind,
    read_input,
    refuse_no_inspection,
    refuse_standard,
    write_result,
)
from inspector_app.cli.watchdog import watching
from inspector_app.content.importing import MOST_BYTES, Imported, import_content
from inspector_app.content.samples import load_sample
from inspector_app.content.writing import write_content
from inspector_app.document.export_kinds import CONTENT, INSPECTION
from inspector_app.document.templates import check_template_folder
from inspector_app.errors import FileProblem, UsageProblem
from inspector_app.files import follow_links
from inspector_app.frameworks import REFERENCE
from inspector_app.frameworks.editions import describe_edition, load_edition, start_with_edition
from inspector_app.frameworks.load import (
    find_faults,
    list_framework_ids,
    list_frameworks,
    load_framework,
)
from inspector_app.frameworks.starting import start_from_framework
from inspector_app.organisation import (
    choose_organisation,
    find_organisation,
    find_templates,
    write_start,
)
from inspector_app.settings import get_backups_folder, get_journals_folder
from inspector_app.shapes import no_such
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import apply_left_changes, find_left_changes
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection
    from inspector_app.report.report import ReadAttachment
    from inspector_app.storage.reading import InspectionReader

_NOTHING = "Nothing was saved."
HOUSE_STYLE = "house_style.docx"
TEMPLATES = "report_templates"


def run_new(options: Namespace) -> int:
    """Start an inspection file."""
    refuse_no_inspection(options.output)
    if options.sample:
        if options.framework or options.regime or options.form:
            raise UsageProblem("A sample has its framework, regime and form: leave those out.")
        _create(options, options.output, load_sample(options.sample))
        print(f"Wrote {options.output}: the {options.sample} sample, to try things on.")
        return 0
    if not options.framework or not options.regime:
        raise UsageProblem(
            "Say --framework and --regime (“inspector-app frameworks” lists them), or --sample."
        )
    frameworks = list_framework_ids()
    if options.framework not in frameworks:
        hint = "“inspector-app frameworks” lists them"
        raise UsageProblem(
            f"{no_such('framework', options.framework, frameworks)} ({hint}). {_NOTHING}"
        )
    framework = load_framework(options.framework)
    regimes = [regime.id for regime in framework.regimes]
    if options.regime not in regimes:
        raise UsageProblem(
            f"{no_such('regime', options.regime, regimes)} (the framework {framework.id} has: "
            f"{', '.join(regimes)}). {_NOTHING}"
        )
    forms = [form.id for form in framework.list_forms(options.regime)]
    if options.form and options.form not in forms:
        raise UsageProblem(
            f"{no_such('form', options.form, forms)} (reports of {framework.id} have: "
            f"{', '.join(forms) or 'one form only'}). {_NOTHING}"
        )
    change, inspection = start_from_framework(
        framework,
        {
            "regime": options.regime,
            "form": options.form or next(iter(forms), ""),
            "location_name": options.location,
            "provider_name": options.provider,
            "signatory_title": framework.signatory_title,
        },
    )
    _create(options, options.output, Imported(inspection, change, {}, ()))
    print(f"Wrote {options.output}: {framework.name}, {options.regime}.")
    return 0


def run_import(options: Namespace) -> int:
    """Read content into an inspection file."""
    output = options.output or _default_output(options.content)
    refuse_no_inspection(output)
    imported = _read_content(options.content)
    _create(options, output, imported)
    for remark in imported.remarks:
        print(f"Remark: {remark}", file=sys.stderr)
    print(f"Wrote {output}.")
    return 0


def run_dump(options: Namespace) -> int:
    """Write an inspection as content."""
    choose_kind(options, "content")
    with open_inspection(options) as reader:
        inspection: Inspection = reader.inspection
        read_attachment: ReadAttachment = reader.read_attachment
        if options.recover:
            inspection, read_attachment = _recover(options.inspection, reader)
        data = write_content(inspection, None if options.no_attachments else read_attachment)
    if write_result(options, data):
        print(f"Wrote {options.output}.")
    return 0


def run_export(options: Namespace) -> int:
    """Write the report."""
    kind = choose_kind(options, "report")
    # Rendering takes most of the start; the other commands do without it.
    from inspector_app.document.exporting import make_report

    with open_source(options) as (inspection, read_attachment), watching(options.templates):
        data, is_draft = make_report(
            inspection, kind, read_attachment, draft=options.draft, templates=options.templates
        )
    if write_result(options, data):
        print(f"Wrote {options.output}, {'a draft' if is_draft else 'final'}.")
    return 0


def run_evidence_index(options: Namespace) -> int:
    """Write the evidence index."""
    kind = choose_kind(options, "index")
    from inspector_app.document.exporting import make_evidence_index

    with open_source(options) as (inspection, read_attachment), watching(options.templates):
        data = make_evidence_index(inspection, kind, read_attachment, templates=options.templates)
    if write_result(options, data):
        print(f"Wrote {options.output}: it holds evidence notes, so keep it with the inspection.")
    return 0


def run_frameworks(options: Namespace) -> int:
    """List the frameworks, check those of an organisation, or begin with some."""
    if options.check is not None:
        return _check_organisation(options.check)
    if options.new is not None:
        write_start(options.new)
        print(f"Wrote {options.new}. Next: inspector-app frameworks --check {options.new}")
        return 0
    organisation = find_organisation()
    if organisation is not None:
        for fault in (*find_faults(organisation), *find_list_faults(organisation)):
            print(f"Not used: {fault}", file=sys.stderr)
    for framework in list_frameworks():
        print(f"{framework.id}  {framework.name}, version {framework.version}")
        for regime in framework.regimes:
            print(f"    --regime {regime.id:<8} {regime.name}")
            for form in framework.list_forms(regime.id):
                print(f"        --form {form.id:<8} {form.name}")
    return 0


def _check_organisation(folder: Path) -> int:
    """List the faults of an organisation's folder, its templates included."""
    if not folder.is_dir():
        raise FileProblem(f"There is no folder “{folder}”. {_NOTHING}")
    faults = [
        f"{'' if fault.path.startswith(REFERENCE) else 'frameworks/'}{fault}"
        for fault in find_faults(folder)
    ]
    faults += map(str, find_list_faults(folder))
    choose_organisation(folder)
    templates = find_templates()
    if templates is not None:
        with watching(templates):
            faults += [
                f"{'' if fault.template.startswith('frameworks/') else f'{TEMPLATES}/'}{fault}"
                for fault in check_template_folder(templates, folder).faults
            ]
    for fault in faults:
        print(fault)
    print(f"{pluralise(len(faults), 'fault')} in {folder.absolute()}.", file=sys.stderr)
    return 1 if faults else 0


def run_check_template(options: Namespace) -> int:
    """Check a folder of templates, or all of an organisation's."""
    folder = options.folder
    if folder is not None and any((folder / name).is_dir() for name in ("frameworks", TEMPLATES)):
        return _check_organisation(folder)
    with watching(options.folder):
        folder, _, faults, remarks = check_template_folder(options.folder)
    for fault in faults:
        print(fault)
    for remark in remarks:
        print(f"Remark: {HOUSE_STYLE}: {remark}", file=sys.stderr)
    print(f"{pluralise(len(faults), 'fault')} in {folder}.", file=sys.stderr)
    return 1 if faults else 0


@contextlib.contextmanager
def open_inspection(options: Namespace) -> Iterator[InspectionReader]:
    """Look into an inspection file, with its password where it is protected with one."""
    refuse_standard(options.inspection, "an inspection")
    with open_for_reading(options.inspection, find_key(options)) as reader:
        yield reader


@contextlib.contextmanager
def open_source(options: Namespace) -> Iterator[tuple[Inspection, ReadAttachment]]:
    """Open what is to be read: a sample, content, or an inspection file."""
    path: Path | None = options.inspection
    if path is None or path == STANDARD or path.suffix.lower() == CONTENT:
        imported = load_sample(options.sample) if path is None else _read_content(path)
        yield imported.inspection, imported.attachments.get
        return
    with open_inspection(options) as reader:
        told = describe_edition(load_edition(reader.inspection))
        if told:
            print(f"Remark: {told}", file=sys.stderr)
        yield reader.inspection, reader.read_attachment


def _recover(path: Path, reader: InspectionReader) -> tuple[Inspection, ReadAttachment]:
    """Return an inspection with what the journal has more than the file."""
    inspection = reader.inspection
    left = find_left_changes(
        get_journals_folder(), inspection.id, follow_links(path), reader.read_ids, reader.key
    )
    if left is None:
        print("Remark: the safety copy has nothing that is not in the file.", file=sys.stderr)
        return inspection, reader.read_attachment
    if left.damaged:
        print("Remark: the safety copy is damaged: not all of it could be read.", file=sys.stderr)
    inspection, refused = apply_left_changes(left, inspection)
    count = len(left.changes) - len(refused)
    who = f" of {left.holder.describe()}" if left.holder is not None else ""
    print(
        f"Remark: brought back from the safety copy{who}: "
        f"{pluralise(count, 'change')}. The file is as it was.",
        file=sys.stderr,
    )
    for change in refused:
        print(f"Remark: does not fit the file any more: {change.label}", file=sys.stderr)

    def read_attachment(sha256: str) -> bytes | None:
        return reader.read_attachment(sha256) or left.read_attachment(sha256)

    return inspection, read_attachment


def _read_content(path: Path) -> Imported:
    data = read_input(path, most=MOST_BYTES)
    if path == STANDARD:
        return import_content(data, "standard input", None)
    return import_content(data, path.name, path.parent)


def _default_output(content: Path) -> Path:
    if content == STANDARD:
        raise UsageProblem("Say with -o where the inspection file is to lie.")
    if not content.name:
        raise FileProblem(f"“{content}” is a folder, not a file.")
    return content.with_suffix(INSPECTION)


def _create(options: Namespace, output: Path, imported: Imported) -> None:
    kept = create_inspection_file(
        output,
        *start_with_edition(imported.change, imported.inspection),
        imported.attachments,
        get_backups_folder(),
        take_over=options.take_over,
    )
    if kept:
        print(f"Remark: the inspection that lay there before is kept: {kept}", file=sys.stderr)
