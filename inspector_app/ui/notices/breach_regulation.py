"""Which notice, or regulation, a breach statement in the text is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Block, Notice
from inspector_app.ui.notices.notice_model import KINDS
from inspector_app.ui.widgets.pick_dialog import Option, PickDialog
from inspector_app.ui.widgets.regulation_labels import describe_regulation

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument

_LATER = Option("", "Not decided yet")


def make_breach_dialog(document: InspectionDocument, verb: str, parent: QWidget) -> PickDialog:
    """Return a dialog that asks for a notice or a regulation; it gives the regulation's id.

    What is picked is "" where the person decides later.
    """
    hint = "Notice or regulation that the breach statement is about"
    return PickDialog("Breach statement", hint, verb, _list_options(document), parent)


def ask_breach_regulation(document: InspectionDocument, block: str, parent: QWidget) -> PickDialog:
    """Open the dialog for a breach statement that is there already, and return it."""
    dialog = make_breach_dialog(document, "Choose", parent)
    dialog.picked.connect(lambda regulation: _set_regulation(document, block, regulation))
    dialog.open()
    return dialog


def describe_breach(document: InspectionDocument, block: Block) -> str:
    """Return what a breach statement is about, and whether a notice answers it."""
    found = document.reference.regulations.get(block.regulation)
    if found is None:
        return "Breach statement that names no notice or regulation yet"
    answered = any(item.regulation == found.id for item in document.inspection.everywhere(Notice))
    name = describe_regulation(found, document.reference)
    return f"Breach of regulation {name}" + ("" if answered else ": no notice yet")


def _list_options(document: InspectionDocument) -> list[Option]:
    regulations = document.reference.regulations
    noticed: dict[str, Option] = {}
    for notice in document.inspection.everywhere(Notice):
        found = regulations.get(notice.regulation)
        if found is not None and found.id not in noticed:
            name = describe_regulation(found, document.reference)
            noticed[found.id] = Option(found.id, f"{KINDS[notice.kind]}: regulation {name}")
    others = [
        Option(
            found.id, f"Regulation {describe_regulation(found, document.reference)} – no notice yet"
        )
        for found in regulations.values()
        if found.id not in noticed
    ]
    return [*noticed.values(), *others, _LATER]


def _set_regulation(document: InspectionDocument, block: str, regulation: str) -> None:
    if isinstance(document.inspection.find(block), Block):
        document.set_field(block, "regulation", regulation, "Choose regulation of the breach")
