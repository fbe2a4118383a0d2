"""Making reports: from an inspection to HTML, Word and a web page."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree

from inspector_app.assets import get_templates_folder
from inspector_app.domain.states import is_finished
from inspector_app.errors import TemplateFault
from inspector_app.frameworks.editions import find_installed, load_edition
from inspector_app.report.contents import fill_contents
from inspector_app.report.context import build_context, type_word
from inspector_app.report.phrases import clean, get_location_name
from inspector_app.report.pictures import (
    SCREEN_PIXELS_PER_INCH,
    PrintedPicture,
    PrintedPictures,
    Room,
    place_pictures,
)
from inspector_app.report.reading_html import (
    HtmlFault,
    TemplateLine,
    find_template_line,
    read_blocks,
)
from inspector_app.report.rendering import get_renderer
from inspector_app.report.style_map import load_style_map
from inspector_app.report.template_files import find_template_file
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Reference
    from inspector_app.report.blocks import ReportBlock
    from inspector_app.report.word.writing import DocumentFacts

ReadAttachment = Callable[[str], bytes | None]
_NO_TEMPLATE = (
    "is not installed here. An inspection carries its framework, but not the templates of its "
    "report. Choose the folder of the organisation that it is from, in Preferences or with "
    "--organisation."
)
_WEB_ROOM = Room(width=7.17, height=6.46)
"""The text of `report.css` is 43rem wide; two thirds of a printed page are as high."""


@dataclass(frozen=True)
class Report:
    """A rendered report, ready to be written in any format."""

    inspection: Inspection
    folder: Path
    template: str
    draft: bool
    context: Mapping[str, Any] = field(repr=False)
    """The variables that it was rendered from."""
    html: str = field(repr=False)
    """The `article` of the report, without a page around it."""
    kind: str = "inspection report"
    """What titles call it."""
    footer: str = ""
    """What footers say; empty: whether it is a draft, or when it is published."""

    @property
    def title(self) -> str:
        """Title of documents and windows."""
        return f"{get_location_name(self.inspection)}: {self.kind}"


def render_report(
    inspection: Inspection, *, draft: bool | None = None, folder: Path | None = None
) -> Report:
    """Render the report of an inspection at any stage, half-filled or not.

    Args:
        inspection: What was typed.
        draft: Whether it says that it is a draft; None: until it is final or has a publication
            date.
        folder: The template folder; None: the application's own.

    Raises:
        TemplateFault: A template is faulty; names file, line and part.
        ResourceFault: The framework's files are faulty.
    """
    details = inspection.details
    folder = folder or get_templates_folder()
    if draft is None:
        draft = details.publication_date is None and not is_finished(details)
    template = _choose_template(inspection, folder)
    context = build_report_context(inspection, draft=draft)
    html = fill_contents(get_renderer(folder).render(template, context))
    return Report(inspection, folder, template, draft, context, html)


def make_report_printer(folder: Path | None = None) -> Callable[[Inspection], str]:
    """Return what gives all that reports of an inspection show, in every format, as one text.

    Args:
        folder: As in `render_report`.

    Raises:
        TemplateFault: The house style, or later a template, is faulty.
    """
    from inspector_app.report.word.house_style import HouseStyle

    slots = {name for _, name in HouseStyle(folder or get_templates_folder()).find_slots()}

    def print_report(inspection: Inspection) -> str:
        report = render_report(inspection, folder=folder)
        facts = _gather_facts(report)
        if "provider_name" not in slots:
            facts = facts._replace(provider_name="")
        return f"{report.html}\n{report.draft} {is_finished(inspection.details)} {facts}"

    return print_report


def build_report_context(inspection: Inspection, *, draft: bool) -> dict[str, Any]:
    """Return the variables that the report of an inspection is rendered from."""
    framework, reference, *_ = load_edition(inspection)
    return build_context(inspection, framework, reference, draft=draft)


def _choose_template(inspection: Inspection, folder: Path) -> str:
    """Return the template of a report; one that is nowhere is replaced by the installed one's.

    Inspections carry their framework, and not the templates of others, which are programs.

    Raises:
        TemplateFault: The framework of an inspection from elsewhere has a template that is nowhere.
    """
    details = inspection.details
    edition = load_edition(inspection)
    template = edition.framework.get_regime(details.regime, details.form).template
    if not edition.is_other or find_template_file(folder, template).exists():
        return template
    installed = find_installed(details.framework)
    for form in (details.form, ""):
        regime = installed.framework.find_regime(details.regime, form) if installed else None
        if regime is not None and find_template_file(folder, regime.template).exists():
            return regime.template
    raise TemplateFault(template, None, "", _NO_TEMPLATE)


def write_docx(report: Report, read_attachment: ReadAttachment) -> bytes:
    """Return a report as a Word file; the same report always gives the same bytes.

    Raises:
        TemplateFault: A template, the style map or the house style is faulty.
    """
    # python-docx takes a tenth of a second to import, which only this needs.
    from inspector_app.report.word.styles import StyleFault
    from inspector_app.report.word.writing import write_word

    facts = _gather_facts(report)
    style_map = load_style_map(report.folder)
    try:
        blocks = read_report_blocks(report)
        colours = list_colours(load_edition(report.inspection).reference)
        return write_word(blocks, facts, report.folder, style_map, read_attachment, colours)
    except StyleFault as fault:
        place = _find_key(report, fault.key)
        raise _template_fault(report, place, str(fault)) from fault


def get_report_date(report: Report) -> date | None:
    """Return the day that properties of documents name in place of when they were made."""
    details = report.inspection.details
    return details.publication_date or max(details.visit_dates, default=details.visit_to)


def _gather_facts(report: Report) -> DocumentFacts:
    from inspector_app.report.word.writing import DocumentFacts

    details = report.inspection.details
    return DocumentFacts(
        location_name=get_location_name(report.inspection),
        provider_name=_one_line(details.provider_name),
        publication_line=get_publication_line(report),
        subject=f"{type_word(details).capitalize()} inspection",
        date=get_report_date(report),
        draft=report.draft,
        kind=report.kind,
    )


def read_report_blocks(report: Report) -> list[ReportBlock]:
    """Return the typed blocks of a report.

    Raises:
        TemplateFault: The templates wrote something that reports do not know.
    """
    try:
        return read_blocks(report.html)
    except HtmlFault:
        # Rendered once more with marks, the same fault tells where it came from.
        try:
            read_blocks(_render_marked(report))
        except HtmlFault as fault:
            raise _template_fault(report, fault.place, str(fault)) from fault
        raise


def write_web_page(report: Report, read_attachment: ReadAttachment) -> bytes:
    """Return a report as one web page that needs no other file."""
    pictures = PrintedPictures(read_attachment, _WEB_ROOM)
    context = {
        "title": report.title,
        "draft": report.draft,
        "style": load_report_style(report, "report.css"),
        "report": place_pictures(report.html, pictures, _embed),
    }
    return get_renderer(report.folder).render("web/page.html.j2", context).encode()


def load_report_style(report: Report, name: str) -> str:
    """Return a style sheet of a report's template folder, the colours of its ratings before it.

    What the sheet itself says of a rating goes before its colour.

    Raises:
        TemplateFault: As `load_style_sheet`.
    """
    colours = list_colours(load_edition(report.inspection).reference)
    rules = "".join(
        f"td.rating-{look} {{ background-color: {ground}; }}\n"
        f"p.rating-{look}, p.grid-{look} {{ color: {ink}; font-weight: bold; }}\n"
        for look, (ground, ink) in colours.items()
    )
    return rules + load_style_sheet(report.folder, name)


def list_colours(reference: Reference) -> dict[str, tuple[str, str]]:
    """Return ground and letters of the ratings, by the class of their look."""
    return {
        item.id: (item.ground, item.ink) for item in reference.ratings.values() if item.is_rating
    }


def load_style_sheet(folder: Path, name: str) -> str:
    """Return a style sheet of a template folder.

    Raises:
        TemplateFault: It is missing or no UTF-8 text.
    """
    try:
        return find_template_file(folder, f"web/{name}").read_text("utf-8")
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise TemplateFault(f"web/{name}", None, "", message) from error
    except UnicodeDecodeError as error:
        raise TemplateFault(f"web/{name}", None, "", "is no UTF-8 text") from error


def _embed(_sha256: str, _share: float, picture: PrintedPicture) -> str:
    width, height = (
        max(1, round(side * SCREEN_PIXELS_PER_INCH)) for side in (picture.width, picture.height)
    )
    source = f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"
    return f'src="{source}" width="{width}" height="{height}"'


def _render_marked(report: Report) -> str:
    return get_renderer(report.folder, markers=True).render(report.template, report.context)


def _find_key(report: Report, key: str) -> TemplateLine | None:
    """Return where the templates write the first block of a key."""
    tag, _, look = key.partition(".")
    root = etree.fromstring(_render_marked(report).encode(), etree.XMLParser(huge_tree=True))
    for element in root.iter(tag):
        if element.get("class", "") == look:
            return find_template_line(element)
    return None


def _template_fault(report: Report, place: TemplateLine | None, message: str) -> TemplateFault:
    if place is None:
        return TemplateFault(report.template, None, "", message)
    part = get_renderer(report.folder).find_part(place.template, place.line)
    return TemplateFault(place.template, place.line, part, message)


def get_publication_line(report: Report) -> str:
    """Return what footers say: of a report that it is a draft, or when it is published."""
    if report.footer:
        return report.footer
    day = report.inspection.details.publication_date
    published = report.context["publication_date"] if day else "[publication date]"
    return "DRAFT" if report.draft else f"Date of publication: {published}"


def _one_line(text: str) -> str:
    return collapse_spaces(clean(text))
