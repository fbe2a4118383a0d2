"""Preferences: typed in the dialog, kept, and in force at once."""

from __future__ import annotations

import io
import shutil
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTextBrowser,
    QWidget,
)

from inspector_app.assets import get_templates_folder
from inspector_app.document import disk_question
from inspector_app.document.backing_up import AutomaticBackups
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.preferences import folders
from inspector_app.ui.preferences.preferences import Preferences, make_initials
from inspector_app.ui.shell.windows import Windows
from inspector_app.ui.widgets.theme import get_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def own_templates(tmp_path: Path) -> Path:
    folder = tmp_path / "own templates"
    shutil.copytree(get_templates_folder(), folder)
    return folder


def _open(window: MainWindow, qtbot: QtBot) -> QDialog:
    qtbot.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    dialogs = [d for d in window.findChildren(QDialog, "preferences_dialog") if d.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


def _type(qtbot: QtBot, dialog: QDialog, name: str, text: str) -> None:
    line = dialog.findChild(QLineEdit, f"preference_{name}")
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def _show(dialog: QDialog, row: int) -> None:
    dialog.findChild(QListWidget, "preferences_sections").setCurrentRow(row)


def test_what_is_typed_is_kept_and_in_force(
    window: MainWindow, qtbot: QtBot, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    dialog = _open(window, qtbot)
    _type(qtbot, dialog, "initials", "QX")
    _type(qtbot, dialog, "signatory_name", "Ada Signer")
    _type(qtbot, dialog, "signatory_title", "Head of Signing")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    prompts.new_inspection = tmp_path / "new.inspection"
    window.findChild(QAction, "action_new").trigger()
    qtbot.mouseClick(window.findChild(QPushButton, "new_create"), Qt.MouseButton.LeftButton)
    window.findChild(QAction, "action_state_in_review").trigger()
    window.close()
    with open_for_reading(prompts.new_inspection) as reader:
        details = reader.inspection.details
        assert (details.signatory_name, details.signatory_title) == (
            "Ada Signer",
            "Head of Signing",
        )
        assert [change.who for change in reader.history()] == ["QX", "QX"]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert Preferences(settings).signatory_name == "Ada Signer"


def test_the_room_for_backups_is_kept_and_in_force(
    window: MainWindow, qtbot: QtBot, make_file: Callable[..., Path], tmp_path: Path
) -> None:
    window.open_file(make_file())
    backups = window.findChild(AutomaticBackups)
    assert backups.limit == 2_000_000_000
    dialog = _open(window, qtbot)
    _show(dialog, 3)
    size = dialog.findChild(QSpinBox, "preference_backups_size")
    size.selectAll()
    qtbot.keyClicks(size, "7")
    qtbot.keyClick(size, Qt.Key.Key_Return)
    assert backups.limit == 7_000_000_000
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.sync()
    assert Preferences(settings).backups_size == 7


def test_the_usual_signatory_is_offered_where_there_is_none(
    window: MainWindow, qtbot: QtBot, make_file: Callable[..., Path], tmp_path: Path
) -> None:
    dialog = _open(window, qtbot)
    _type(qtbot, dialog, "signatory_name", "Ada Signer")
    dialog.close()
    path = make_file()
    window.open_file(path)

    def find_name() -> QLineEdit | None:
        lines = window.findChildren(QLineEdit)
        return next((one for one in lines if one.objectName().endswith(".signatory_name")), None)

    qtbot.waitUntil(lambda: find_name() is not None)
    name = find_name()
    name.setFocus()
    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    offer = window.findChild(QPushButton, "offer_signatory_title")
    assert offer.isVisibleTo(window)
    offer.click()
    window.close()
    with open_for_reading(path) as reader:
        assert reader.inspection.details.signatory_name == "Ada Signer"


def test_theme_and_text_size_show_at_once_and_stay(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dialog = _open(window, qtbot)
    _show(dialog, 1)
    before = qapp.font().pointSizeF()
    theme = dialog.findChild(QComboBox, "preference_theme")
    theme.setCurrentIndex(2)
    theme.activated.emit(2)
    assert get_theme(qapp).dark
    assert window.findChild(QAction, "action_theme_dark").isChecked()
    window.findChild(QAction, "action_theme_light").trigger()
    assert theme.currentText() == "Light"
    size = dialog.findChild(QSpinBox, "preference_text_size")
    size.setFocus()
    size.selectAll()
    qtbot.keyClicks(size, "150")
    qtbot.keyClick(size, Qt.Key.Key_Return)
    assert qapp.font().pointSizeF() == before * 1.5
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    stored = Preferences(settings)
    assert (stored.theme, stored.text_size) == ("light", 150)


def test_healthy_templates_are_used_and_broken_ones_named(
    window: MainWindow,
    qtbot: QtBot,
    prompts: RecordingPrompts,
    make_file: Callable[..., Path],
    own_templates: Path,
    tmp_path: Path,
) -> None:
    window.open_file(make_file())
    dialog = _open(window, qtbot)
    _show(dialog, 2)
    _type(qtbot, dialog, "templates_folder", str(own_templates))
    check = dialog.findChild(QPushButton, "check_templates")
    result = dialog.findChild(QLabel, "check_templates_result")
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: result.text().startswith("Nothing wrong: "), timeout=60_000)
    banner = window.findChild(QLabel, "templates_banner")
    qtbot.waitUntil(banner.isHidden, timeout=60_000)

    broken = sorted(own_templates.glob("independent_health/*.j2"))
    for path in broken:
        path.write_text(path.read_text("utf-8") + "\n<p>{{ locaton_name }}</p>\n", "utf-8")
    data = io.BytesIO()
    with zipfile.ZipFile(own_templates / "house_style.docx") as package:
        held = {name: package.read(name) for name in package.namelist()}
    relations = held["_rels/.rels"].decode()
    thumbnail = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    told = f'<Relationship Id="t" Type="{thumbnail}" Target="word/x.xml"/></Relationships>'
    held["_rels/.rels"] = relations.replace("</Relationships>", told).encode()
    with zipfile.ZipFile(data, "w") as package:
        for name, part in {**held, "word/x.xml": b"<x/>"}.items():
            package.writestr(name, part)
    (own_templates / "house_style.docx").write_bytes(data.getvalue())
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(prompts.lists), timeout=60_000)
    ((headline, lines),) = prompts.lists
    assert "Remark: house_style.docx: the file holds a thumbnail, which is left out" in lines
    assert str(own_templates) in headline
    assert "locaton_name" in lines
    assert broken[0].name in lines
    dialog.close()
    report = tmp_path / "report.html"
    window.findChild(QAction, "action_export").trigger()
    line = window.findChild(QLineEdit, "export_path")
    line.selectAll()
    qtbot.keyClicks(line, str(report))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(report.exists, timeout=30_000)
    assert "The Invented Clinic" in report.read_text("utf-8")
    qtbot.waitUntil(lambda: "locaton_name" in banner.text(), timeout=60_000)
    assert not banner.isHidden()
    assert "The Invented Clinic" in window.findChild(QTextBrowser, "report_view").toPlainText()


def test_a_folder_that_is_not_there_is_said_and_not_taken(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _open(window, qtbot)
    _show(dialog, 2)
    _type(qtbot, dialog, "reports_folder", str(tmp_path / "nowhere"))
    assert not dialog.findChild(QLabel, "preference_reports_folder_problem").isHidden()
    _type(qtbot, dialog, "reports_folder", str(tmp_path))
    assert dialog.findChild(QLabel, "preference_reports_folder_problem").isHidden()
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert Preferences(settings).reports_folder == tmp_path


def test_a_folder_is_typed_by_keys_alone(
    window: MainWindow, qtbot: QtBot, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    dialog = _open(window, qtbot)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    _show(dialog, 2)
    qtbot.keyClick(dialog, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    line = QApplication.focusWidget()
    assert line is dialog.findChild(QLineEdit, "preference_reports_folder")
    qtbot.keyClicks(line, str(tmp_path))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not prompts.asked_folders, "Enter is not for the button beside the line"
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.sync()
    assert Preferences(settings).reports_folder == tmp_path


def test_a_folder_that_hangs_is_taken_when_it_answers(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(folders, "is_folder", lambda _: answers.wait())
    monkeypatch.setattr(disk_question, "_MOMENT", 0.02)
    monkeypatch.setattr(disk_question, "_SILENCE", 20)
    dialog = _open(window, qtbot)
    _show(dialog, 2)
    _type(qtbot, dialog, "reports_folder", str(tmp_path))
    problem = dialog.findChild(QLabel, "preference_reports_folder_problem")
    qtbot.waitUntil(lambda: "does not answer" in problem.text())
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert Preferences(settings).reports_folder is None
    answers.set()
    qtbot.waitUntil(problem.isHidden)
    settings.sync()
    assert Preferences(settings).reports_folder == tmp_path


@pytest.mark.parametrize(
    ("stored", "expected"), [("0", 80), ("9999", 200), ("12x", 100), ("", 100), ("110", 110)]
)
def test_settings_written_by_anybody_do_no_harm(tmp_path: Path, stored: str, expected: int) -> None:
    settings = QSettings(str(tmp_path / "odd.ini"), QSettings.Format.IniFormat)
    settings.setValue("preferences/text_size", stored)
    assert Preferences(settings).text_size == expected


def test_initials_of_a_name() -> None:
    assert make_initials(" ann  bell ") == "AB"
    assert not make_initials("")


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Windows(settings, tmp_path / "backups", tmp_path, lambda _: tmp_path)
    yield made
    for window in list(made.windows):
        window.close()


def test_the_first_start_asks_who_one_is(
    windows: Windows, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    window = windows.open_window(make_file())
    windows.ask_who()
    dialog = window.findChild(QDialog, "who_dialog")
    name = dialog.findChild(QLineEdit, "preference_inspector_name")
    qtbot.waitUntil(name.hasFocus)
    qtbot.keyClicks(name, "Ann Bell")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.document.who == "AB"
    windows.ask_who()
    assert not any(one.isVisible() for one in window.findChildren(QDialog, "who_dialog"))


def test_who_one_is_can_be_left_and_is_not_asked_again(
    windows: Windows, make_file: Callable[..., Path], qtbot: QtBot, tmp_path: Path
) -> None:
    path = make_file()
    window = windows.open_window(path)
    windows.ask_who()
    dialog = window.findChild(QDialog, "who_dialog")
    qtbot.keyClicks(dialog.findChild(QLineEdit, "preference_inspector_name"), "A")
    qtbot.mouseClick(dialog.findChild(QPushButton, "who_later"), Qt.MouseButton.LeftButton)
    assert not window.document.who
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert not Preferences(settings).should_ask_who
    # A line of the history that nobody has signed names nobody.
    window.findChild(QAction, "action_state_in_review").trigger()
    window.findChild(Outline).entry_wanted.emit("versions")
    states = window.findChild(QListView, "versions").model()
    lines = [states.index(row, 0).data() for row in range(states.rowCount())]
    assert any(line.endswith((" change", " changes")) for line in lines)
    assert not any(" by " in line for line in lines)


def test_tab_goes_through_each_section_as_it_stands(window: MainWindow, qtbot: QtBot) -> None:
    dialog = _open(window, qtbot)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    sections = dialog.findChild(QListWidget, "preferences_sections")
    for row in range(sections.count()):
        _show(dialog, row)
        sections.setFocus()
        met: list[QWidget] = []
        for _ in range(30):
            qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
            met.append(dialog.focusWidget())
            if met[-1] is sections:
                break
        tops = [widget.mapTo(dialog, QPoint(0, 0)) for widget in met[:-1]]
        assert met[-2].objectName() == "preferences_close"
        assert [(p.y(), p.x()) for p in tops] == sorted((p.y(), p.x()) for p in tops)
        assert len(met) > 2
        qtbot.keyClick(sections, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert dialog.focusWidget() is met[-2]
