"""Report templates of one's own: checked before they are used, and again when they have changed."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.assets import get_templates_folder
from inspector_app.domain.starting import start_inspection
from inspector_app.errors import ContentFault, FileProblem, TemplateFault
from inspector_app.files import describe_read_problem
from inspector_app.frameworks.load import list_frameworks, list_on_trial, load_reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.document.jobs.job_context import JobContext
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework, Reference

MOST_SECONDS = 120
"""That templates get to be tried, before who tries them is ended."""
_AROUND = frozenset({"web", "evidence_index"})
"""Folders of templates that print no report."""
_KEPT = 4
"""Results of checks that are kept: a folder and a few of its states."""


class TemplateCheck(NamedTuple):
    """What a check of a template folder found."""

    folder: Path
    checked: int
    """Files that were checked."""
    faults: tuple[TemplateFault, ...]
    remarks: tuple[str, ...] = ()
    """What is in the house style and is left out of reports."""


def check_template_folder(folder: Path | None, organisation: Path | None = None) -> TemplateCheck:
    """Check the templates in a folder; None: the application's own.

    The samples are rendered with them, and of every framework, regime and form an empty inspection
    and full ones: with every kind of text, and once with each rating.

    Args:
        folder: The templates.
        organisation: Where frameworks with faults are tried as far as they go.

    Raises:
        FileProblem: There is no such folder.
    """
    # Rendering takes most of the start, which people with the application's own do without.
    from inspector_app.content.samples import SAMPLES, load_sample
    from inspector_app.report.framework_texts import check_framework_texts
    from inspector_app.report.full_inspection import make_full_inspections
    from inspector_app.report.printed import find_disagreements
    from inspector_app.report.standard import build_text_context
    from inspector_app.report.template_check import check_templates, find_left_out

    folder = (folder or get_templates_folder()).absolute()
    files = _list_files(folder)
    on_trial = {} if organisation is None else {f.id: f for f in list_on_trial(organisation)}
    frameworks = _list_touched(folder, on_trial)
    inspections = []
    for name in SAMPLES:
        # An organisation whose own law is another has no use for them.
        with contextlib.suppress(ContentFault):
            inspections.append(load_sample(name).inspection)
    touched = {framework.id for framework in frameworks}
    inspections = [item for item in inspections if item.details.framework in touched]
    reference = load_reference()
    for framework in frameworks:
        inspections += make_full_inspections(framework, reference.for_framework(framework))
        for regime in framework.regimes:
            for form in framework.list_forms(regime.id) or (None,):
                details = {
                    "framework": framework.id,
                    "regime": regime.id,
                    "form": form.id if form else "",
                }
                inspections.append(start_inspection(details, [], {})[1])
    faults = check_templates(folder, inspections, on_trial)
    for framework in frameworks:
        own = reference.for_framework(framework)
        full = next(make_full_inspections(framework, own))
        known = build_text_context(full, framework, own)
        texts = list(check_framework_texts(framework, known, folder))
        # The index prints some of these texts.
        faults += texts or _check_index(folder, full, framework, own)
    if not faults and not on_trial:
        # What stops in the middle prints nothing.
        for framework in frameworks:
            own = reference.for_framework(framework)
            faults += find_disagreements(framework, own, folder)
    faults = list({str(fault): fault for fault in faults}.values())
    return TemplateCheck(folder, len(files), tuple(faults), find_left_out(folder))


def _check_index(
    folder: Path, inspection: Inspection, framework: Framework, reference: Reference
) -> list[TemplateFault]:
    """Return what is wrong with the evidence index, as a Word file and as a web page."""
    from inspector_app.checks.evidence_index import (
        TEMPLATE,
        build_index_context,
        render_evidence_index,
    )
    from inspector_app.report.report import write_docx, write_web_page
    from inspector_app.report.style_map import load_style_map
    from inspector_app.report.template_check import PageCheck

    try:
        context = build_index_context(inspection, framework, reference)
        found = PageCheck(folder, load_style_map(folder)).check(TEMPLATE, context)
        if not found and framework in list_frameworks():
            report = render_evidence_index(inspection, framework, reference, folder)
            write_docx(report, lambda _: None)
            write_web_page(report, lambda _: None)
    except TemplateFault as fault:
        return [fault]
    return found


def _list_touched(folder: Path, on_trial: Mapping[str, Framework]) -> tuple[Framework, ...]:
    """Return the frameworks whose reports a folder of templates can change."""
    sound = (item for item in list_frameworks() if item.id not in on_trial)
    frameworks = (*sound, *on_trial.values())
    ours = get_templates_folder()
    names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    replaced = [name for name in names if (ours / name).exists()]
    if folder == ours or any(name.parts[0] not in _AROUND for name in replaced):
        return frameworks
    own = tuple(
        framework
        for framework in frameworks
        # One that nobody has is a fault, too.
        if any(
            Path(template) in names or not (ours / template).exists()
            for template in (
                *(regime.template for regime in framework.regimes),
                *(form.template for form in framework.forms),
            )
            if template
        )
    )
    # What stands around reports is the same for all: one framework tries it.
    return own or (frameworks[:1] if replaced else ())


class CheckedTemplates(NamedTuple):
    """What a check found, in words."""

    folder: str
    checked: int
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def list_template_faults(context: JobContext, folder: str | None) -> CheckedTemplates:
    """Check the templates in a folder as a job; see `check_template_folder`."""
    from inspector_app.report.word.house_style import HOUSE_STYLE_FILE

    context.tell("Rendering samples", None)
    check = check_template_folder(None if folder is None else Path(folder))
    faults = tuple(map(str, check.faults))
    remarks = tuple(f"{HOUSE_STYLE_FILE}: {remark}" for remark in check.remarks)
    return CheckedTemplates(str(check.folder), check.checked, faults, remarks)


def find_template_problem(folder: Path) -> str:
    """Say why templates cannot be used, or return "". A folder is checked once while it is as is.

    Raises nothing: a folder that is gone is a problem like any other.
    """
    try:
        return _find_problem(folder, _list_files(folder))
    except FileProblem as error:
        return str(error)


def tell_template_problem(_: JobContext, folder: str) -> str:
    """Say why templates cannot be used, or return "", as a job."""
    return find_template_problem(Path(folder))


def choose_usable(folder: str | None) -> Path | None:
    """Return a folder of templates where nothing is wrong with it; None: use our own."""
    if folder is None or find_template_problem(Path(folder)):
        return None
    return Path(folder)


@lru_cache(maxsize=_KEPT)
def _find_problem(folder: Path, _files: tuple[tuple[str, int, int], ...]) -> str:
    faults = check_template_folder(folder).faults
    if not faults:
        return ""
    more = len(faults) - 1
    rest = f" (and {more} more)" if more else ""
    return f"{faults[0]}{rest}"


def _list_files(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and time of the files in a folder: what tells that they have changed."""
    if not folder.is_dir():
        raise FileProblem(f"There is no folder “{folder}”.")
    found = []
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith((".", "~$")):
                facts = path.stat()
                found.append((str(path), facts.st_size, facts.st_mtime_ns))
    except OSError as error:
        raise describe_read_problem(folder, error) from error
    return tuple(found)
