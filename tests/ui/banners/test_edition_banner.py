"""An inspection whose framework is installed no more, or another: told, used, moved, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Block, Section, Topic
from inspector_app.domain.inspection import Inspection
from inspector_app.frameworks.editions import find_carried
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.shell.workspace import Workspace
from inspector_app.ui.widgets.pick_dialog import PickDialog
from tests.frameworks.changing import Organisation, begin, begin_without, carry, forget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.pages.page import Page
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts


@pytest.fixture
def organisation(tmp_path: Path) -> Iterator[Organisation]:
    with pytest.MonkeyPatch.context() as patch:
        yield Organisation(tmp_path / "ours", patch)
    forget()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[tuple[Change, Inspection]], Path]:
    def write_file(begun: tuple[Change, Inspection]) -> Path:
        path = tmp_path / "fern.inspection"
        create_inspection_file(path, *begun, {}, tmp_path / "backups")
        return path

    return write_file


def get_document(window: MainWindow) -> InspectionDocument:
    document = window.document
    assert document is not None
    return document


def close(window: MainWindow) -> None:
    next(action for action in window.findChildren(QAction) if action.text() == "&Close").trigger()
    assert window.document is None


def read_banner(window: MainWindow) -> str:
    labels = window.findChildren(QLabel, "edition_banner")
    return "".join(label.text() for label in labels if label.isVisible())


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    (button,) = [item for item in window.findChildren(QPushButton, name) if item.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def pick(qtbot: QtBot, window: MainWindow, button: str, words: str) -> list[str]:
    """Press a button that asks where to, pick by words, and return what there was to pick."""
    press(qtbot, window, button)
    dialog = next(item for item in window.findChildren(PickDialog) if item.isVisible())
    offered: list[str] = dialog.findChild(QListView).model().stringList()
    line = dialog.findChild(QLineEdit, "pick_line")
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    return offered


def can_press(window: MainWindow, name: str) -> bool:
    return any(item.isVisible() for item in window.findChildren(QPushButton, name))


def get_workspace(window: MainWindow) -> Workspace:
    """Return the pages that are shown; those of a file before may not be deleted yet."""
    return next(item for item in window.findChildren(Workspace) if item.isVisible())


def show(window: MainWindow, title: str) -> Page:
    """Go to a page by its name in the outline."""
    outline = window.findChild(Outline)
    outline.entry_entered.emit(next(entry.id for entry in outline.walk() if entry.title == title))
    page = get_workspace(window).page
    assert page is not None
    return page


def list_titles(window: MainWindow) -> list[str]:
    return [entry.title for entry in window.findChild(Outline).walk()]


def write_into(qtbot: QtBot, window: MainWindow, title: str, text: str) -> None:
    qtbot.keyClicks(show(window, title).findChild(BlockEditor), text)


def list_texts(inspection: Inspection, parent: str) -> list[str]:
    return [block.text for block in inspection.children(parent, Block)]


def test_the_installed_framework_is_taken_in_one_step(
    qtbot: QtBot,
    window: MainWindow,
    prompts: RecordingPrompts,
    organisation: Organisation,
    write: Callable[[tuple[Change, Inspection]], Path],
) -> None:
    path = write(begin())
    window.open_file(path)
    assert not read_banner(window)
    write_into(qtbot, window, "Summary", "All was well.")
    document = get_document(window)
    premises = next(
        item for item in document.inspection if getattr(item, "topic", "") == "premises"
    )
    document.set_field(premises.id, "lead", "The premises were safe.", "Lead")
    organisation.change()
    close(window)
    window.open_file(path)
    assert "of 2027-01-01 is installed" in read_banner(window)
    assert "Staff" in list_titles(window)
    before = get_document(window).inspection

    press(qtbot, window, "edition_look_button")
    ((headline, lines),) = prompts.lists
    assert "of 2027-01-01" in headline
    assert "Gone: section “Summary”" in lines.splitlines()
    assert get_document(window).inspection == before, "the person has read it, and no more"

    prompts.confirms = True
    press(qtbot, window, "edition_look_button")
    assert not read_banner(window)
    shown = {"Staff and training", "Overview of Fern Bank", "Summary", "Premises"}
    assert shown <= set(list_titles(window))
    page = show(window, "Safe")
    assert any(
        button.accessibleName() == "Add Fire & gas" for button in page.findChildren(QPushButton)
    )

    # One step back, and forth, in outline, pages and file.
    get_document(window).undo_stack.undo()
    assert "of 2027-01-01 is installed" in read_banner(window)
    assert "Staff and training" not in list_titles(window)
    assert get_document(window).inspection == before
    get_document(window).undo_stack.redo()
    assert not read_banner(window)

    # What the framework has no more is told on its page, and moves.
    show(window, "Safe")
    assert pick(qtbot, window, f"{premises.id}.move", "fire") == [
        *("Safe: summary", "Safe: Fire & gas", "Effective: summary"),
        *("Effective: Staff and training", "Overview of Fern Bank"),
    ]
    assert "Premises" not in list_titles(window)
    topics = [item for item in get_document(window).inspection if isinstance(item, Topic)]
    leads = {topic.topic: topic.lead for topic in topics}
    assert leads == {"fire": "The premises were safe.", "staff": ""}
    show(window, "Summary")
    pick(qtbot, window, f"{get_section(window, 'summary')}.move", "overview")
    assert "Summary" not in list_titles(window)
    overview = get_section(window, "overview")
    assert list_texts(get_document(window).inspection, overview) == ["All was well."]
    assert get_workspace(window).entry == "section/overview"
    get_document(window).undo_stack.undo()
    assert "Summary" in list_titles(window)
    get_document(window).undo_stack.redo()

    kept = get_document(window).inspection
    close(window)
    with open_for_reading(path) as reader:
        assert reader.inspection == kept


def test_without_the_framework_work_goes_on(
    qtbot: QtBot,
    window: MainWindow,
    organisation: Organisation,
    write: Callable[[tuple[Change, Inspection]], Path],
) -> None:
    path = write(begin())
    organisation.remove()
    window.open_file(path)
    assert "“My framework” is not installed" in read_banner(window)
    assert not can_press(window, "edition_look_button")
    write_into(qtbot, window, "Summary", "Seen without it.")
    assert {"Safe", "Premises", "Effective", "Staff"} <= set(list_titles(window))
    press(qtbot, window, "edition_later_button")
    assert not read_banner(window)
    close(window)
    with open_for_reading(path) as reader:
        (section,) = reader.inspection.all(Section)
        assert list_texts(reader.inspection, section.id) == ["Seen without it."]


def test_a_copy_that_is_damaged_is_told_and_replaced(
    qtbot: QtBot,
    window: MainWindow,
    prompts: RecordingPrompts,
    organisation: Organisation,
    write: Callable[[tuple[Change, Inspection]], Path],
) -> None:
    change, inspection = begin()
    broken = carry(inspection, "<b>{{ x }}</b>")
    window.open_file(write((replace_result(change, broken), broken)))
    assert "cannot be read ($: is no valid JSON)" in read_banner(window)
    prompts.confirms = True
    press(qtbot, window, "edition_look_button")
    assert not read_banner(window)
    get_document(window).undo_stack.undo()
    assert "cannot be read" in read_banner(window)


def test_an_older_file_takes_its_copy_with_the_first_change(
    qtbot: QtBot,
    window: MainWindow,
    organisation: Organisation,
    write: Callable[[tuple[Change, Inspection]], Path],
) -> None:
    path = write(begin_without())
    window.open_file(path)
    document = get_document(window)
    assert find_carried(document.inspection) is None
    page = show(window, "Summary")
    write_into(qtbot, window, "Summary", "x")
    assert get_workspace(window).page is page, "nothing is shown anew"
    carried = find_carried(document.inspection)
    assert carried is not None
    assert carried.data == document.edition.data
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert find_carried(document.inspection) == carried, "only what was typed is taken back"
    organisation.remove()
    close(window)
    window.open_file(path)
    assert "not installed" in read_banner(window)


def get_section(window: MainWindow, section: str) -> str:
    inspection = get_document(window).inspection
    return next(item.id for item in inspection.all(Section) if item.section == section)


def replace_result(change: Change, result: Inspection) -> Change:
    """Return the change that makes another inspection from nothing."""
    draft = Draft(Inspection())
    draft.create_all(list(result))
    return msgspec.structs.replace(change, edits=draft.finish("").edits)
