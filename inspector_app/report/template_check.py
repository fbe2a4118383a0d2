"""Checking templates before they are used: every fault at once, each with file, line and part.

Inspections are rendered whole, rated and unrated, full and empty, with unknown variables collected
instead of stopping at the first. Then the styles, the slots and the Word file are tried.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from inspector_app.errors import TemplateFault
from inspector_app.frameworks.load import load_framework
from inspector_app.report.limits import TooMuch
from inspector_app.report.rendering import Described, Renderer
from inspector_app.report.report import build_report_context, render_report, write_docx
from inspector_app.report.style_map import STYLES_FILE, load_style_map
from inspector_app.report.template_files import find_template_file
from inspector_app.report.word.house_style import HOUSE_STYLE_FILE, SLOTS, HouseStyle
from inspector_app.report.word.styles import WordStyles
from inspector_app.shapes import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection


def check_templates(folder: Path, inspections: Iterable[Inspection]) -> list[TemplateFault]:
    """Return the faults of a template folder, each once.

    Args:
        folder: The folder, with house style and style map.
        inspections: What to render; together they should print every part of a report.
    """
    faults: dict[str, TemplateFault] = {}

    def note(found: Iterable[TemplateFault]) -> None:
        for fault in found:
            faults.setdefault(str(fault), fault)

    note(_check_styles(folder))
    written: set[tuple[str, str, str, bool]] = set()
    for inspection in inspections:
        unknown = list(_find_unknown_variables(folder, inspection))
        note(unknown)
        if any(isinstance(fault.__cause__, TooMuch) for fault in unknown):
            # One that does not end is not tried with each inspection.
            break
        details = inspection.details
        is_empty = len(inspection) == 1
        like = (details.framework, details.regime, details.form, is_empty)
        # A rating more or less is no other Word file, and writing takes most of the time.
        if not unknown and like not in written:
            written.add(like)
            note(_try_report(folder, inspection))
    return list(faults.values())


def find_left_out(folder: Path) -> tuple[str, ...]:
    """Return what the house style of a folder holds that is left out of reports, in words."""
    try:
        return HouseStyle(folder).left_out
    except TemplateFault:
        return ()


# -- styles and slots


def _check_styles(folder: Path) -> Iterator[TemplateFault]:
    try:
        style_map = load_style_map(folder)
        house_style = HouseStyle(folder)
    except TemplateFault as fault:
        yield fault
        return
    styles = WordStyles(style_map, house_style)
    lines = find_template_file(folder, STYLES_FILE).read_text("utf-8").split("\n")
    for missing in styles.find_faults():
        yield TemplateFault(STYLES_FILE, _find_line(lines, missing.key), "", str(missing))
    for part, name in house_style.find_slots():
        if name not in SLOTS:
            message = f"no such slot '{name}'{did_you_mean(name, SLOTS)}"
            yield TemplateFault(HOUSE_STYLE_FILE, None, part, message)


def _find_line(lines: list[str], key: str) -> int | None:
    starts = (f'"{key}"', f"{key} ", f"{key}=")
    return next(
        (number for number, line in enumerate(lines, 1) if line.lstrip().startswith(starts)), None
    )


# -- templates


def _find_unknown_variables(folder: Path, inspection: Inspection) -> Iterator[TemplateFault]:
    """Yield a fault for each unknown variable that rendering an inspection meets."""
    found: dict[tuple[str, int, str], None] = {}

    class Collected(Described):
        """Notes that it was asked for, and stands for nothing."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            found.setdefault((*_find_caller(), self.describe()), None)

        def __str__(self) -> str:
            return ""

        def __iter__(self) -> Iterator[Any]:
            return iter(())

        def __bool__(self) -> bool:
            return False

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self

        def __call__(self, *_: Any, **__: Any) -> Any:
            return self

        __getitem__ = __call__

    details = inspection.details
    framework = load_framework(details.framework)
    template = framework.get_regime(details.regime, details.form).template
    renderer = Renderer(folder, undefined=Collected)
    context = build_report_context(inspection, draft=True)
    try:
        renderer.render(template, context)
    except TemplateFault as fault:
        # What an unknown variable leads to is no second fault.
        if not found:
            yield fault
    for name, line, message in found:
        hint = did_you_mean(message.split("'")[1], context) if "variable" in message else ""
        yield TemplateFault(name, line, renderer.find_part(name, line), message + hint)


def _find_caller() -> tuple[str, int]:
    """Return template and line of the innermost template that is being rendered."""
    frame = sys._getframe(1)  # noqa: SLF001 - what `traceback` uses, without building one
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return template.name or "", template.get_corresponding_lineno(frame.f_lineno)
        if frame.f_back is None:
            break
        frame = frame.f_back
    return "", 0


def _try_report(folder: Path, inspection: Inspection) -> Iterator[TemplateFault]:
    try:
        write_docx(render_report(inspection, draft=True, folder=folder), lambda _: None)
    except TemplateFault as fault:
        yield fault
