"""Checking templates before they are used: every fault at once, each with file, line and part.

First the sources are read, whatever they print. Then inspections are rendered whole, full and
empty, with unknown variables collected instead of stopping at the first. At last the styles, the
slots, the Word file and the web page are tried.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError

from inspector_app.errors import TemplateFault
from inspector_app.frameworks.editions import load_edition
from inspector_app.frameworks.load import list_frameworks, load_reference
from inspector_app.report.context import build_context
from inspector_app.report.framework_texts import place_fault
from inspector_app.report.full_inspection import make_full_inspections
from inspector_app.report.html_check import find_html_faults
from inspector_app.report.limits import TooMuch
from inspector_app.report.reading_html import list_block_faults
from inspector_app.report.rendering import TEXT, Described, Renderer
from inspector_app.report.report import (
    list_colours,
    load_report_style,
    render_report,
    write_docx,
    write_web_page,
)
from inspector_app.report.style_map import STYLES_FILE, load_style_map
from inspector_app.report.template_files import find_template_file, read_template
from inspector_app.report.template_source import (
    find_jinja_faults,
    find_source_faults,
    find_strange_names,
    list_own_names,
)
from inspector_app.report.word.house_style import HOUSE_STYLE_FILE, SLOTS, HouseStyle
from inspector_app.report.word.styles import WordStyles
from inspector_app.shapes import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework
    from inspector_app.report.style_map import StyleMap

_WEB = "web/"
"""Where the page around a report stands, which is no report."""
_WITH_OTHER_VARIABLES = (_WEB, "evidence_index/")


class _Lenient(dict[str, Any]):
    """Filters, or tests, with something in place of each that there is not."""

    def __init__(self, known: Mapping[str, Any], stand_in: Callable[..., Any]) -> None:
        super().__init__(known)
        self._stand_in = stand_in

    def __missing__(self, key: str) -> Any:
        return self._stand_in

    def get(self, key: str, default: Any = None) -> Any:
        """Return what is known by a name, or what stands in its place."""
        del default
        return self[key]


class PageCheck:
    """Renders templates of a folder, and tells all that is wrong with what comes of them.

    Args:
        folder: The template folder.
        styles: The style map; None: it is at fault itself.
    """

    def __init__(self, folder: Path, styles: StyleMap | None) -> None:
        self._styles = styles
        self._found: dict[tuple[str, int, str], None] = {}
        self._renderer = Renderer(folder, markers=True, undefined=_collect_into(self._found))
        environment = self._renderer.environment
        # Reading the sources tells which there are not; what comes after them is tried.
        environment.filters = _Lenient(environment.filters, lambda value, *_, **__: value)
        environment.tests = _Lenient(environment.tests, lambda *_, **__: True)

    def check(
        self, template: str, context: Mapping[str, Any], looks: Collection[str] = ()
    ) -> list[TemplateFault]:
        """Return what is wrong with what a template makes of some variables.

        Args:
            template: The template's name in the folder.
            context: The variables.
            looks: Looks of ratings that need no style.
        """
        self._found.clear()
        html, faults = "", []
        try:
            html = self._renderer.render(template, context)
        except TemplateFault as fault:
            # What an unknown variable leads to is no second fault.
            if not self._found or isinstance(fault.__cause__, TooMuch):
                faults.append(fault)
        for name, line, message in self._found:
            known = self._renderer.given.get(name, context)
            hint = did_you_mean(message.split("'")[1], known) if "variable" in message else ""
            faults.append(self._make_fault(name, line, message + hint))
        if html and self._styles is not None:
            slips = list(find_html_faults(html, self._styles, looks))
            for slip in slips or list_block_faults(html):
                place = slip.place
                faults.append(
                    TemplateFault(template, None, "", str(slip))
                    if place is None
                    else self._make_fault(place.template, place.line, str(slip))
                )
        return faults

    def _make_fault(self, name: str, line: int, message: str) -> TemplateFault:
        return TemplateFault(name, line, self._renderer.find_part(name, line), message)


def check_templates(
    folder: Path, inspections: Iterable[Inspection], on_trial: Mapping[str, Framework] | None = None
) -> list[TemplateFault]:
    """Return the faults of a template folder, each once.

    Args:
        folder: The folder, with house style and style map.
        inspections: What to render; together they should print every part of a report.
        on_trial: Frameworks by id that cannot be loaded.
    """
    faults: dict[str, TemplateFault] = {}

    def note(found: Iterable[TemplateFault]) -> None:
        for fault in found:
            faults.setdefault(str(fault), fault)

    pages = PageCheck(folder, _load_styles(folder, note))
    note(_check_sources(folder))
    slips = {(fault.template, fault.line) for fault in faults.values()}
    written: set[tuple[str, str, str, bool]] = set()
    for inspection in inspections:
        details = inspection.details
        tried = (on_trial or {}).get(details.framework)
        if tried is None:
            framework, reference, *_ = load_edition(inspection)
        else:
            framework, reference = tried, load_reference().for_framework(tried)
        template = framework.get_regime(details.regime, details.form).template
        context = build_context(inspection, framework, reference, draft=True)
        found = [
            fault
            for fault in pages.check(template, context, list_colours(reference))
            # What a slip leads to is no second fault.
            if (fault.template, fault.line) not in slips
        ]
        note(_place_texts(found, framework, details.regime, details.form))
        if any(isinstance(fault.__cause__, TooMuch) for fault in found):
            # One that does not end is not tried with each inspection.
            break
        like = (details.framework, details.regime, details.form, len(inspection) == 1)
        # A rating more or less is no other Word file, and writing takes most of the time.
        if not (found or slips or tried) and like not in written:
            written.add(like)
            note(_try_report(folder, inspection))
    return list(faults.values())


def _place_texts(
    faults: Iterable[TemplateFault], framework: Framework, regime: str, form: str
) -> Iterator[TemplateFault]:
    """Yield the faults, those of the framework's own wordings with their place in its file."""
    names = {text: name for name, text in framework.get_regime(regime, form).texts.items()}
    for fault in faults:
        name = names.get(fault.template.removeprefix(TEXT))
        if not fault.template.startswith(TEXT) or name is None:
            yield fault
            continue
        number = next((n for n, item in enumerate(framework.forms) if name in item.texts), 0)
        place = f"$.regimes.{regime}.texts.{name}"
        if any(name in item.texts for item in framework.list_forms(regime)):
            place = f"$.forms[{number}].texts.{name}"
        yield place_fault(framework.id, place, f"text {name}", fault.message)


def _list_variables() -> dict[str, Any]:
    """Return the variables of reports, with the details that are the same in all of them."""
    known: dict[str, Any] = {}
    for framework in list_frameworks():
        reference = load_reference().for_framework(framework)
        full = next(make_full_inspections(framework, reference))
        known |= build_context(full, framework, reference, draft=True)
    # Each framework has sections and texts of its own.
    return {**known, "sections": None, "texts": None}


def _list_own_names(renderer: Renderer, names: Iterable[str]) -> Iterator[str]:
    """Yield the names that templates give: what one sets, another that it includes may use."""
    for name in names:
        # What is wrong with it is told elsewhere.
        with contextlib.suppress(TemplateSyntaxError, TemplateFault, OSError):
            source, _, _ = renderer.loader.get_source(renderer.environment, name)
            yield from list_own_names(renderer.environment.parse(source))


def _check_sources(folder: Path) -> Iterator[TemplateFault]:
    """Yield what is wrong with the templates of a folder, whatever is rendered."""
    renderer = Renderer(folder)
    names = sorted(renderer.list_templates())
    known = {**_list_variables(), **renderer.environment.globals}
    known |= dict.fromkeys(_list_own_names(renderer, names))
    for name in names:
        try:
            path = find_template_file(folder, name)
            if not path.is_relative_to(folder):
                continue
            source = read_template(path, name)
        except TemplateFault as fault:
            yield fault
            continue
        slips = list(find_jinja_faults(source, renderer.environment, names))
        if not name.startswith(_WITH_OTHER_VARIABLES):
            with contextlib.suppress(TemplateSyntaxError):
                slips += find_strange_names(renderer.environment.parse(source), known)
        if not name.startswith(_WEB):
            slips += find_source_faults(source)
        for line, message in slips:
            yield TemplateFault(name, line, renderer.find_part(name, line), message)


def find_left_out(folder: Path) -> tuple[str, ...]:
    """Return what the house style of a folder holds that is left out of reports, in words."""
    try:
        return HouseStyle(folder).left_out
    except TemplateFault:
        return ()


# -- styles and slots


def _load_styles(folder: Path, note: Callable[[Iterable[TemplateFault]], None]) -> StyleMap | None:
    """Return the style map, and note what is wrong with it and with the house style."""
    try:
        style_map = load_style_map(folder)
        house_style = HouseStyle(folder)
    except TemplateFault as fault:
        note([fault])
        return None
    note(_check_styles(folder, style_map, house_style))
    return style_map


def _check_styles(
    folder: Path, style_map: StyleMap, house_style: HouseStyle
) -> Iterator[TemplateFault]:
    styles = WordStyles(style_map, house_style)
    lines = find_template_file(folder, STYLES_FILE).read_text("utf-8-sig").split("\n")
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


def _collect_into(found: dict[tuple[str, int, str], None]) -> type[Described]:
    """Return what stands for unknown variables, and has each noted with its template and line."""

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

    return Collected


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
        report = render_report(inspection, draft=True, folder=folder)
        write_docx(report, lambda _: None)
        write_web_page(report, lambda _: None)
        for name in ("preview.css", "print.css"):
            load_report_style(report, name)
    except TemplateFault as fault:
        yield fault
