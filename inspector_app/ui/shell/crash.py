"""What happens when the program itself fails: the work is saved, and one dialog says so."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from inspector_app import __version__
from inspector_app.logs import describe_computer, describe_error, get_log_file, report_error
from inspector_app.ui.widgets.text_dialog import TextDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from inspector_app.document.inspection_document import InspectionDocument

_log = logging.getLogger(__name__)
_WHAT = (
    "You can go on working. If the window behaves strangely, close it and open the inspection "
    "again.\nThe lines below show where in the program it was, and nothing of what you typed. "
    "Copy them for whoever looks after Inspector."
)


class CrashHandler:
    """Takes what nobody else caught: logs it, saves what is open, and tells once at a time."""

    def __init__(
        self,
        get_documents: Callable[[], Sequence[InspectionDocument | None]],
        show: Callable[[str, str], None] | None = None,
    ) -> None:
        """Make one; `install` puts it to work.

        Args:
            get_documents: Gives what is open.
            show: Shows a headline and details; None: a dialog.
        """
        self._get_documents = get_documents
        self._show = show or _show_dialog
        self._shows = False

    def install(self) -> None:
        """Take errors from now on."""
        sys.excepthook = self.handle

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log an error, save what is open, and tell, unless an error is being told already."""
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        # Not by Python's own hook: the message may quote what was typed.
        report_error(kind, error, trace)
        details = describe_error(error.with_traceback(trace))
        _log.error("%s", details)
        safe = " ".join(self._save(document) for document in self._get_documents() if document)
        if self._shows:
            return
        self._shows = True
        try:
            facts = f"Inspector {__version__}, {describe_computer()}\nLog: {get_log_file()}"
            headline = f"Something in Inspector went wrong. {safe}".strip()
            self._show(headline, f"{_WHAT}\n\n{facts}\n\n{details}\n")
        finally:
            self._shows = False

    def _save(self, document: InspectionDocument) -> str:
        """Save, and say in a sentence where the work is."""
        name = document.path.name
        try:
            saved = document.save(in_haste=True)
        except Exception as error:  # noqa: BLE001 - whatever is broken must not hide the first error
            _log.error("while saving: %s", describe_error(error))
            return f"“{name}” could not be saved just now: use “Save a copy…” in the menu “File”."
        state = document.save_state
        if saved or state is None:
            return f"Your work is safe: “{name}” in {document.path.parent} holds all of it."
        if state.copies:
            return (
                f"Your work on “{name}” is safe in the safety copy on this computer. The file "
                f"cannot be saved: {state.message}."
            )
        return f"“{name}” cannot be saved: use “Save a copy…” in the menu “File” now."


def _show_dialog(headline: str, details: str) -> None:
    if isinstance(QApplication.instance(), QApplication):
        TextDialog("Inspector", headline, details, QApplication.activeWindow()).exec()
