"""What can be written as which kind of file: the one table that window and command line read.

What a kind takes to be written is imported when it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from inspector_app.errors import UsageProblem
from inspector_app.files import refuse_unusable_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.document.jobs.job_context import Tell
    from inspector_app.report.report import ReadAttachment, Report

    Write: TypeAlias = "Callable[[Report, ReadAttachment, Tell], bytes]"

Export: TypeAlias = Literal["report", "index", "copy", "inspection", "content", "ratings"]
"""What can be written."""

_DESCRIBED: dict[Export, str] = {
    "report": "a report",
    "index": "an evidence index",
    "copy": "a copy of an inspection",
    "inspection": "an inspection file",
    "content": "content (JSON)",
    "ratings": "a table of ratings",
}

INSPECTION = ".inspection"
CONTENT = ".json"
_REPORTS: tuple[Export, ...] = ("report", "index")
_WORD_TIP = "The report to review and send, in the regulator's form"
_WEB_TIP = "The report as one page for a browser, pictures included"


class ExportKind(NamedTuple):
    """A kind of file."""

    ending: str
    label: str
    """What it is called where it is chosen, with its key."""
    described: str
    """What it is called in a sentence."""
    exports: tuple[Export, ...]
    """What can be written so."""
    write: Write | None = None
    """Makes the bytes of a file of a report; None: such a file is made of something else."""
    tip: str = ""

    @property
    def file_filter(self) -> str:
        """What dialogs that ask for a place call it."""
        return f"{self.label.replace('&', '')} (*{self.ending})"

    def make(self, report: Report, read_attachment: ReadAttachment, tell: Tell) -> bytes:
        """Return the bytes of a file of a report."""
        if self.write is None:
            raise TypeError(f"{self.described} is not made of a report")
        return self.write(report, read_attachment, tell)


def _write_word(report: Report, read_attachment: ReadAttachment, _tell: Tell) -> bytes:
    from inspector_app.report.report import write_docx

    return write_docx(report, read_attachment)


def _write_pdf(report: Report, read_attachment: ReadAttachment, tell: Tell) -> bytes:
    from inspector_app.document.qt_needs import explaining_qt

    with explaining_qt("A PDF file cannot be made, but a Word file or a web page can"):
        from inspector_app.document.pdf import write_pdf

    return write_pdf(report, read_attachment, tell)


def _write_web_page(report: Report, read_attachment: ReadAttachment, _tell: Tell) -> bytes:
    from inspector_app.report.report import write_web_page

    return write_web_page(report, read_attachment)


_KINDS = (
    ExportKind(".docx", "&Word", "a Word file", _REPORTS, _write_word, _WORD_TIP),
    ExportKind(".pdf", "P&DF", "a PDF file", _REPORTS, _write_pdf, "The report as it prints"),
    ExportKind(".html", "Web pa&ge", "a web page", _REPORTS, _write_web_page, _WEB_TIP),
    ExportKind(".csv", "Table", "a table", ("index", "ratings")),
    ExportKind(".tsv", "Table with tabs", "a table", ("ratings",)),
    ExportKind(INSPECTION, "Inspections", "an inspection file", ("copy", "inspection")),
    ExportKind(CONTENT, "Content", "content (JSON)", ("copy", "content")),
)


def list_kinds(export: Export) -> list[ExportKind]:
    """Return what something can be written as, the usual kind first."""
    return [kind for kind in _KINDS if export in kind.exports]


def list_endings(export: Export) -> str:
    """Return the endings in words: “.docx, .pdf or .html”."""
    *endings, last = (kind.ending for kind in list_kinds(export))
    return f"{', '.join(endings)} or {last}" if endings else last


def find_kind(path: Path, export: Export) -> ExportKind | None:
    """Return the kind that the ending of a file says; None where it says none."""
    return next((kind for kind in list_kinds(export) if kind.ending == path.suffix.lower()), None)


def get_kind(path: Path, export: Export) -> ExportKind:
    """Return the kind that the ending of a file says.

    Raises:
        UsageProblem: It says none that can be written, or no system takes the name.
    """
    refuse_unusable_name(path)
    kind = find_kind(path, export)
    if kind is None:
        raise UsageProblem(
            f"“{path.name}” is not a name for {_DESCRIBED[export]}: end it in "
            f"{list_endings(export)}. Nothing was saved."
        )
    return kind
