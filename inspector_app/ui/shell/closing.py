"""Closing an inspection whose file cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts


def may_close(document: InspectionDocument | None, prompts: Prompts) -> bool:
    """Write what waits; ask where it lies nowhere but in the window."""
    if document is None or document.save():
        return True
    state = document.save_state
    if state is None or state.copies:
        return True
    return prompts.confirm(
        f"Close “{document.path.name}” although your last changes are saved nowhere?",
        f"The file cannot be written: {state.message}. The journal on this computer cannot be "
        f"written either ({state.journal_message}). Save a copy in another folder first.",
        "Close and try a last time",
    )


def tell_rescued(name: str, rescued: Path | None, prompts: Prompts) -> None:
    """Tell where the whole copy lies that was made since the file could not be written."""
    if rescued is not None:
        prompts.show_written(
            f"“{name}” could not be written when it was closed: it was gone, could not be reached "
            "or had been replaced. Everything you typed is in this file:",
            rescued,
        )
