"""What the form of the report has no place for is not offered, or says so, on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Notice
from inspector_app.ui.outline.entries import ACTIONS, list_entries
from inspector_app.ui.pages.actions import ActionsPage
from inspector_app.ui.pages.details import DetailsPage
from inspector_app.ui.pages.notices import NoticesPage
from inspector_app.ui.pages.section import SectionPage
from inspector_app.ui.widgets.fields import NOT_PRINTED
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.pages.page import Page

SHORT = {
    "framework": "adult_social_care_2017",
    "form": "short",
    "signatory": {"name": "A name"},
    "sections": {"about": [{"paragraph": "About it."}]},
    "notices": [{"regulation": "RA2014-12"}],
}


@pytest.fixture
def open_document(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[..., InspectionDocument]]:
    opened = []

    def open_(**content: Any) -> InspectionDocument:
        path = make_file("care.inspection", bring_in("rated", **SHORT, **content))
        opened.append(InspectionDocument(path, tmp_path / "backups"))
        return opened[-1]

    yield open_
    for document in opened:
        document.close()


def show(page: Page, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.show()
    page.show_everything()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def says(page: QWidget, text: str) -> bool:
    return any(item.text() == text and item.isVisible() for item in page.findChildren(QLabel))


def change_form(document: InspectionDocument, form: str) -> None:
    document.set_field(document.inspection.id, "form", form, "Change form")


def test_fields_of_the_details(
    open_document: Callable[..., InspectionDocument], prompts: Any, qtbot: QtBot
) -> None:
    document = open_document()
    page = DetailsPage(document, prompts)
    show(page, qtbot)
    root = document.inspection.id
    name = page.findChild(QLineEdit, f"{root}.signatory_name")
    assert name.isVisible()
    assert says(page, NOT_PRINTED)
    for field in ("signatory_title", "previous_rating_note"):
        assert not page.findChild(QLineEdit, f"{root}.{field}").isVisible()
    # Emptied, it does not go from under the cursor; what comes back by undo is there.
    name.setFocus()
    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    assert document.inspection.details.signatory_name == ""
    assert name.isVisible()
    page.findChild(QLineEdit, f"{root}.location_name").setFocus()
    change_form(document, "full")
    assert not name.isVisible()
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert name.isVisible()
    answers = "The report does not print these. A check asks whether each is answered."
    assert says(page, answers)
    change_form(document, "full")
    assert not says(page, answers)


def test_musts_and_shoulds(
    open_document: Callable[..., InspectionDocument], prompts: Any, qtbot: QtBot
) -> None:
    document = open_document(actions={"must": [], "should": ["Do more."]})
    page = ActionsPage(document, prompts)
    show(page, qtbot)
    assert says(page, "The provider should")
    assert says(page, NOT_PRINTED)
    assert not says(page, "The provider must")
    change_form(document, "full")
    qtbot.waitUntil(lambda: says(page, "The provider must"))
    assert not says(page, NOT_PRINTED)


def test_the_page_of_actions_is_there_where_some_print_or_are_written(
    open_document: Callable[..., InspectionDocument],
) -> None:
    document = open_document()
    assert ACTIONS not in {entry.id for entry in list_entries(document)}
    change_form(document, "full")
    assert ACTIONS in {entry.id for entry in list_entries(document)}


def test_the_must_of_a_notice(
    open_document: Callable[..., InspectionDocument], prompts: Any, qtbot: QtBot
) -> None:
    document = open_document()
    page = NoticesPage(document, prompts)
    show(page, qtbot)
    (notice,) = document.inspection.all(Notice)
    must = page.findChild(QPlainTextEdit, f"{notice.id}.must")
    printed = page.findChild(QLabel, f"{notice.id}.printed.must")
    assert not must.isVisible()
    assert not printed.isVisible()
    change_form(document, "full")
    assert must.isVisible()
    qtbot.waitUntil(printed.isVisible)
    assert printed.text().startswith("Ensure care and treatment")


def test_a_section_of_another_form(
    open_document: Callable[..., InspectionDocument], prompts: Any, qtbot: QtBot
) -> None:
    document = open_document()
    page = SectionPage(document, prompts, "about")
    show(page, qtbot)
    assert says(page, NOT_PRINTED)
    change_form(document, "full")
    assert not says(page, NOT_PRINTED)
