"""The page of a narrative section, over a saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Block, Section
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.pages.section import SectionPage
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CONTENT = {"location": {"name": "The Clinic"}, "sections": {}}


@pytest.fixture
def document(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot
) -> Iterator[InspectionDocument]:
    path = make_file("page.inspection", bring_in("rated", **CONTENT))
    document = InspectionDocument(path, tmp_path / "backups")
    yield document
    document.close()


@pytest.fixture
def show(document: InspectionDocument, prompts: Any, qtbot: QtBot) -> Callable[[str], SectionPage]:
    def make(section: str) -> SectionPage:
        page = SectionPage(document, prompts, section)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitExposed(page)
        return page

    return make


def texts(document: InspectionDocument, section: str) -> list[tuple[str, str]]:
    document.close()
    with open_for_reading(document.path) as reader:
        inspection = reader.inspection
    (found,) = [item for item in inspection.all(Section) if item.section == section]
    return [(block.kind, block.text) for block in inspection.children(found.id, Block)]


def test_the_heading_is_filled_and_follows(
    document: InspectionDocument, show: Callable[[str], SectionPage]
) -> None:
    page = show("background")
    assert page.title.text() == "Background to The Clinic"
    document.set_field(document.inspection.id, "location_name", "A & <b>", "Rename")
    assert page.title.text() == "Background to A & <b>"


def test_the_first_words_make_the_section(
    document: InspectionDocument, show: Callable[[str], SectionPage], qtbot: QtBot
) -> None:
    page = show("background")
    assert not list(document.inspection.all(Section))
    qtbot.keyClicks(page.editor, "Some words")
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert not list(document.inspection.all(Section))
    assert page.editor.toPlainText() == ""
    document.undo_stack.redo()
    qtbot.keyClick(page.editor, Qt.Key.Key_End)
    qtbot.keyClick(page.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(page.editor, "More")
    assert texts(document, "background") == [("paragraph", "Some words"), ("paragraph", "More")]


def test_a_standard_paragraph_comes_with_its_bullets(
    document: InspectionDocument, show: Callable[[str], SectionPage]
) -> None:
    page = show("overall_summary")
    assert "standard paragraph" in page.editor.accessibleDescription()
    without = show("outstanding_practice")
    assert without.editor.accessibleDescription() == "Write or paste"
    menu = page.standard.menu()
    menu.aboutToShow.emit()
    for action in menu.actions():
        action.trigger()
    offered = document.framework.find_section("overall_summary")
    assert offered is not None
    found = texts(document, "overall_summary")
    here = [item for item in offered.standard if not item.regimes or "rated" in item.regimes]
    assert len(found) == sum(1 + len(item.bullets) for item in here)
    assert "The Clinic" in found[0][1]
    assert all("{{" not in text for _, text in found)
