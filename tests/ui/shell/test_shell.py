"""Going about an inspection: outline, keys, undo, preview, status bar, start page."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
)

from inspector_app.domain.entities import Block, EvidenceNote, KeyQuestion, Section, Topic
from inspector_app.frameworks.load import find_faults
from inspector_app.organisation import VARIABLE, write_start
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.opening import start_pages
from inspector_app.ui.shell.windows import Windows
from tests.typed_names import TYPED_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.errors import Fault
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def _outline(window: MainWindow) -> QTreeWidget:
    return window.findChild(QTreeWidget, "outline")


def _items(window: MainWindow) -> dict[str, QTreeWidgetItem]:
    found = {}
    iterator = QTreeWidgetItemIterator(_outline(window))
    while iterator.value() is not None:
        item = iterator.value()
        found[item.text(0)] = item
        iterator += 1
    return found


def _click(qtbot: QtBot, window: MainWindow, title: str) -> None:
    outline = _outline(window)
    item = _items(window)[title]
    outline.scrollToItem(item)
    middle = outline.visualItemRect(item).center()
    qtbot.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def _field(window: MainWindow, name: str) -> QLineEdit:
    """The line edit of a field of the details, on the page that is shown."""
    return next(
        line
        for line in window.findChildren(QLineEdit)
        if line.objectName().endswith(f".{name}") and line.isVisible()
    )


def _label(window: MainWindow, name: str) -> str:
    return window.findChild(QLabel, name).text()


def _action(window: MainWindow, name: str) -> QAction:
    return window.findChild(QAction, f"action_{name}")


def _view(window: MainWindow) -> QTextBrowser:
    return window.findChild(QTextBrowser, "report_view")


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path]) -> MainWindow:
    window.resize(1280, 800)
    window.open_file(make_file())
    return window


# -- the outline


def test_the_outline_names_all_parts_and_how_far_they_are(opened: MainWindow) -> None:
    items = _items(opened)
    for title in ("Details", "Ratings", "Safe", "Well-led", "Actions", "Notices", "Evidence"):
        assert title in items
        progress = str(items[title].data(0, ACCESSIBLE)).split(", ")[1]
        assert progress in {"empty", "begun", "complete"}
        assert not items[title].icon(0).isNull()
    assert items["Background to The Invented Clinic"]
    assert items["Safe"].childCount()


def test_a_click_shows_the_page(opened: MainWindow, qtbot: QtBot) -> None:
    _click(qtbot, opened, "Report")
    assert opened.findChild(QTextBrowser, "report_page_view").isVisible()
    _click(qtbot, opened, "Details")
    assert not opened.findChild(QTextBrowser, "report_page_view").isVisible()


def test_the_marks_follow_what_is_typed(opened: MainWindow, qtbot: QtBot) -> None:
    line = _field(opened, "location_name")
    line.selectAll()
    qtbot.keyClicks(line, "North <b>Clinic</b>")
    assert "Background to North <b>Clinic</b>" in _items(opened)
    assert opened.windowTitle().startswith("North <b>Clinic</b>: ")
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert str(_items(opened)["Details"].data(0, ACCESSIBLE)).startswith("Details, begun")


def test_back_and_forward(opened: MainWindow, qtbot: QtBot) -> None:
    for title in ("Safe", "Actions"):
        _click(qtbot, opened, title)
    assert not _action(opened, "forward").isEnabled()
    for key, title in (
        (Qt.Key.Key_Left, "Safe"),
        (Qt.Key.Key_Left, "Details"),
        (Qt.Key.Key_Right, "Safe"),
    ):
        qtbot.keyClick(opened, key, ALT)
        assert _outline(opened).currentItem().text(0) == title


def test_go_to_anything(opened: MainWindow, qtbot: QtBot) -> None:
    field = _field(opened, "location_name")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_K, CONTROL)
    palette = opened.findChild(QFrame, "go_to")
    line = palette.findChild(QLineEdit, "go_to_field")
    names = palette.findChild(QListWidget, "go_to_list")
    everything = names.count()
    qtbot.keyClicks(line, "acti")
    assert 0 < names.count() < everything
    assert names.item(0).text() == "Actions"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert _outline(opened).currentItem().text(0) == "Actions"
    assert not palette.isVisible()


def test_keys_for_pages_and_panes(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_3, CONTROL)
    assert _outline(opened).currentItem().text(0) == "Safe"
    qtbot.keyClick(opened, Qt.Key.Key_1, CONTROL)
    assert _outline(opened).currentItem().text(0) == "Details"
    (sections,) = [menu for menu in opened.findChildren(QMenu) if menu.title() == "&Sections"]
    section = sections.actions()[-1]
    section.trigger()
    assert _outline(opened).currentItem().text(0) == section.text()
    _outline(opened).setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) == 4
    assert seen[-1] is _outline(opened)
    qtbot.keyClick(_outline(opened), Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is seen[-2]


def test_ratings_are_a_panel(opened: MainWindow, qtbot: QtBot) -> None:
    dock = opened.findChild(QDockWidget, "ratings_dock")
    dock.hide()
    qtbot.keyClick(opened, Qt.Key.Key_2, CONTROL)
    assert dock.isVisible()
    assert dock.isAncestorOf(QApplication.focusWidget())


# -- undo and saving


def test_undo_and_redo_while_a_text_field_has_the_focus(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    line = _field(opened, "location_name")
    before = line.text()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    qtbot.keyClicks(line, "R&D")
    undo, redo = _action(opened, "undo"), _action(opened, "redo")
    assert undo.text() == "&Undo: Change Location name"
    qtbot.keyClick(line, Qt.Key.Key_Z, CONTROL)
    assert line.text() == before
    assert not undo.isEnabled()
    assert redo.text() == "&Redo: Change Location name"
    # Nothing is left to undo: the field's own undo must not step in.
    qtbot.keyClick(line, Qt.Key.Key_Z, CONTROL)
    assert line.text() == before
    qtbot.keyClick(line, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert line.text() == "R&D"
    qtbot.keyClick(line, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(line, Qt.Key.Key_Y, CONTROL)
    assert line.text() == "R&D"
    opened.close()
    with open_for_reading(tmp_path / "clinic.inspection") as reader:
        assert reader.inspection.details.location_name == "R&D"


def test_undo_shows_where_it_happened(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(_field(opened, "location_name"), "x")
    _click(qtbot, opened, "Actions")
    qtbot.keyClick(opened, Qt.Key.Key_Z, CONTROL)
    assert _outline(opened).currentItem().text(0) == "Details"


def test_the_status_bar_tells_what_is_saved_and_where(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert _label(opened, "save_state").startswith("Saved ")
    assert _label(opened, "word_count").endswith(" words")
    assert opened.findChild(QToolButton, "inspection_state").text() == "Draft"
    line = _field(opened, "location_name")
    qtbot.keyClicks(line, "x")
    assert _label(opened, "save_state") == "Saving…"
    qtbot.keyClick(line, Qt.Key.Key_S, CONTROL)
    assert _label(opened, "save_state").startswith("Saved ")
    assert str(tmp_path / "clinic.inspection") in opened.statusBar().currentMessage()


# -- the preview


def test_the_preview_follows_what_is_typed_and_keeps_its_place(
    opened: MainWindow, qtbot: QtBot
) -> None:
    view = _view(opened)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = view.cursorForPosition(QPoint(30, 5)).block().text()
    qtbot.keyClicks(_field(opened, "location_name"), " Northernmost")
    qtbot.waitUntil(lambda: "Northernmost" in view.toPlainText())
    assert view.cursorForPosition(QPoint(30, 5)).block().text() == top
    assert bar.value() > 0


def test_the_preview_waits_while_it_is_hidden(opened: MainWindow, qtbot: QtBot) -> None:
    dock = opened.findChild(QDockWidget, "preview_dock")
    dock.toggleViewAction().trigger()
    assert not dock.isVisible()
    qtbot.keyClicks(_field(opened, "location_name"), " Northernmost")
    dock.toggleViewAction().trigger()
    assert "Northernmost" in _view(opened).toPlainText()


def test_the_preview_follows_the_page(opened: MainWindow, qtbot: QtBot) -> None:
    _click(qtbot, opened, "Well-led")
    view = _view(opened)
    shown = view.cursorForPosition(QPoint(60, 40)).position()
    heading = view.document().find("Are services well-led?", view.document().characterCount() // 2)
    heading = heading if not heading.isNull() else view.document().find("Are services well-led?")
    assert abs(shown - heading.position()) < 3000
    _click(qtbot, opened, "Details")
    assert view.verticalScrollBar().value() == 0


def test_a_click_in_the_preview_goes_to_the_page(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    path = make_file()
    with open_for_reading(path) as reader:
        inspection = reader.inspection
    section = next(item for item in inspection.all(Section) if item.section == "background")
    text = next(block.text for block in inspection.children(section.id, Block) if block.text)
    opened = window
    opened.resize(1280, 800)
    opened.open_file(path)
    view = _view(opened)
    cursor = view.document().find(text[:40])
    view.setTextCursor(cursor)
    cursor.clearSelection()
    view.ensureCursorVisible()
    point = view.cursorRect(cursor).center() - QPoint(4, 0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert _outline(opened).currentItem().text(0).startswith("Background to")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QTextEdit | QPlainTextEdit)
    assert focus is not view
    assert text in focus.toPlainText()


def test_a_note_is_taken_from_within_a_text(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    line = _field(opened, "location_name")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_E, CONTROL)
    dialog = opened.findChild(QDialog, "capture_dialog")
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClicks(QApplication.focusWidget(), "Fridge at 11 degrees")
    opened.close()
    with open_for_reading(tmp_path / "clinic.inspection") as reader:
        notes = [note.text for note in reader.inspection.all(EvidenceNote)]
    assert "Fridge at 11 degrees" in notes


def test_every_page_opens(opened: MainWindow, qtbot: QtBot) -> None:
    for title, item in _items(opened).items():
        if item.flags() & Qt.ItemFlag.ItemIsSelectable:
            _outline(opened).setCurrentItem(item)
            assert _outline(opened).currentItem().text(0) == title
            if title == "Report":
                assert opened.findChild(QTextBrowser, "report_page_view").isVisible()
    assert title == "Versions"


def test_a_click_on_the_cover_goes_to_the_details(opened: MainWindow, qtbot: QtBot) -> None:
    _click(qtbot, opened, "Actions")
    view = _view(opened)
    view.verticalScrollBar().setValue(0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert _outline(opened).currentItem().text(0) == "Details"


# -- start page and windows


def test_a_new_inspection(
    window: MainWindow, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(window.findChild(QPushButton, "new_button"), Qt.MouseButton.LeftButton)
    framework = window.findChild(QComboBox, "new_framework")
    framework.setFocus()
    qtbot.keyClicks(framework, "Independent")
    assert not window.findChild(QComboBox, "new_form").isVisible()
    regime = window.findChild(QComboBox, "new_regime")
    regime.setFocus()
    qtbot.keyClick(regime, Qt.Key.Key_Down)
    qtbot.keyClicks(window.findChild(QLineEdit, "new_location_name"), "Fern / Bank: <i>")
    provider = window.findChild(QLineEdit, "new_provider_name")
    qtbot.keyClicks(provider, "Fern Ltd")
    qtbot.keyClick(provider, Qt.Key.Key_Return)
    assert window.windowTitle() == "Inspector"  # nobody said where
    assert prompts.proposed[0].name == "Fern Bank i.inspection"
    prompts.new_inspection = tmp_path / "fern.inspection"
    qtbot.mouseClick(window.findChild(QPushButton, "new_create"), Qt.MouseButton.LeftButton)
    assert window.windowTitle() == "Fern / Bank: <i>: inspection report – Inspector"
    assert _items(window)["Safe"].data(0, ACCESSIBLE) == "Safe, empty"
    window.close()
    with open_for_reading(tmp_path / "fern.inspection") as reader:
        details = reader.inspection.details
        assert (details.regime, details.provider_name) == ("unrated", "Fern Ltd")
        assert len(list(reader.inspection.all(KeyQuestion))) == 5
        assert any(isinstance(part, Topic) for part in reader.inspection)


def test_a_new_inspection_of_another_form(
    window: MainWindow, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(window.findChild(QPushButton, "new_button"), Qt.MouseButton.LeftButton)
    framework = window.findChild(QComboBox, "new_framework")
    framework.setFocus()
    # The newest stands there, not the first of the list.
    assert framework.currentText().startswith("Independent")
    qtbot.keyClicks(framework, "Adult")
    qtbot.keyClick(framework, Qt.Key.Key_Down)
    assert framework.currentText().endswith("(2017)")
    form = window.findChild(QComboBox, "new_form")
    form.setFocus()
    qtbot.keyClicks(form, "Short")
    prompts.new_inspection = tmp_path / "home.inspection"
    qtbot.mouseClick(window.findChild(QPushButton, "new_create"), Qt.MouseButton.LeftButton)
    assert {"Overall summary", "Our findings"} <= _items(window).keys()
    assert "About the service" not in _items(window)
    # Another one is chosen later; what the first had stays.
    combo = next(
        box for box in window.findChildren(QComboBox) if box.objectName().endswith(".form")
    )
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    assert combo.currentText().startswith("As usual")
    assert {"Overall summary", "About the service"} <= _items(window).keys()
    qtbot.keyClicks(combo, "Report")
    assert {"Overall summary", "About the service"} <= _items(window).keys()
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert framework.currentText().startswith("Adult social care")
    qtbot.mouseClick(window.findChild(QPushButton, "new_cancel"), Qt.MouseButton.LeftButton)
    window.close()
    with open_for_reading(tmp_path / "home.inspection") as reader:
        assert reader.inspection.details.form == "full"


def test_an_organisations_files_are_read_beside_the_window_and_their_faults_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_start(tmp_path / "ours")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "ours"))
    (tmp_path / "ours" / "frameworks" / "other.toml").write_text("id = 1")
    threads: list[threading.Thread] = []

    def find(folder: Path) -> list[Fault]:
        threads.append(threading.current_thread())
        return find_faults(folder)

    monkeypatch.setattr(start_pages, "find_faults", find)
    qtbot.mouseClick(window.findChild(QPushButton, "new_button"), Qt.MouseButton.LeftButton)
    framework = window.findChild(QComboBox, "new_framework")
    assert framework.findText("My framework") >= 0
    assert "other.toml, line 1: $.version" in window.findChild(QLabel, "new_faults").text()
    assert threading.main_thread() not in threads
    assert threads


def test_any_name_of_a_location_becomes_a_name_of_a_file(
    window: MainWindow, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    qtbot.mouseClick(window.findChild(QPushButton, "new_button"), Qt.MouseButton.LeftButton)
    for text in TYPED_NAMES:
        window.findChild(QLineEdit, "new_location_name").setText(text)
        qtbot.mouseClick(window.findChild(QPushButton, "new_create"), Qt.MouseButton.LeftButton)
    expected = [f"{name or 'New inspection'}.inspection" for name in TYPED_NAMES.values()]
    assert [proposed.name for proposed in prompts.proposed] == expected


def test_a_new_inspection_that_cannot_be_written_is_told(
    window: MainWindow, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    prompts.new_inspection = tmp_path / "nowhere" / "fern.inspection"
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    qtbot.mouseClick(window.findChild(QPushButton, "new_create"), Qt.MouseButton.LeftButton)
    assert prompts.problems[0][0] == "The inspection was not created."
    qtbot.mouseClick(window.findChild(QPushButton, "new_cancel"), Qt.MouseButton.LeftButton)
    assert window.findChild(QPushButton, "open_button").isVisible()


def test_recent_files_say_whose_inspection_they_are(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_W, CONTROL)
    text = opened.findChild(QPushButton, "recent_button").text()
    assert text.startswith("The Invented Clinic\nclinic.inspection · visited ")
    assert text.endswith(" · draft")


@pytest.mark.parametrize("facts", ["nonsense", "[]", '{"x": 7}', "7"])
def test_facts_that_somebody_broke_do_not_matter(
    facts: str,
    make_window: Callable[[], MainWindow],
    make_file: Callable[..., Path],
    tmp_path: Path,
) -> None:
    path = make_file()
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("recent_files", [str(path)])
    settings.setValue("recent_facts", facts)
    settings.setValue("main_window/panels", "nonsense")
    settings.sync()
    window = make_window()
    assert window.findChild(QPushButton, "recent_button").text() == "clinic.inspection"
    window.open_file(path)
    assert window.windowTitle().startswith("The Invented Clinic")


def test_the_last_page_and_the_panels_come_back(
    make_window: Callable[[], MainWindow], make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    path = make_file()
    first = make_window()
    first.open_file(path)
    _click(qtbot, first, "Notices")
    first.findChild(QDockWidget, "preview_dock").toggleViewAction().trigger()
    first.close()
    second = make_window()
    second.open_file(path)
    assert _outline(second).currentItem().text(0) == "Notices"
    assert not second.findChild(QDockWidget, "preview_dock").isVisible()
    assert second.findChild(QDockWidget, "ratings_dock").isVisible()


def test_several_windows(make_file: Callable[..., Path], qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    windows = Windows(settings, tmp_path / "backups", tmp_path, lambda _: tmp_path)
    first = windows.open_window(make_file())
    qtbot.waitExposed(first)
    first.activateWindow()
    qtbot.waitUntil(first.isActiveWindow)
    qtbot.keyClick(first, Qt.Key.Key_N, CONTROL | SHIFT)
    assert len(windows.windows) == 2
    second = windows.windows[1]
    second.open_file(make_file("other.inspection"))
    assert second.windowTitle().startswith("The Invented Clinic")
    first.close()
    assert windows.windows == [second]
    second.close()
    assert windows.windows == []


def test_what_others_hold_can_be_read_only(
    make_window: Callable[[], MainWindow], opened: MainWindow, qtbot: QtBot
) -> None:
    assert _action(opened, "save").isEnabled()
    assert not _action(opened, "undo").isEnabled()
    assert not _action(make_window(), "save").isEnabled()
