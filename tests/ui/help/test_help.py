"""Help: the guide inside the application, and the keys as the actions have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QImage, QKeySequence, QTextDocument
from PySide6.QtWidgets import QApplication, QDialog

from inspector_app.ui.help.guide import GuideView, make_slug
from inspector_app.ui.help.help_texts import list_keys
from inspector_app.ui.widgets.keys import name_key
from inspector_app.ui.widgets.theme import get_theme

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts


def test_f1_opens_the_guide(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog, "guide_dialog")
    assert dialog.isVisible()
    view = dialog.findChild(GuideView)
    assert "How an inspector gets from an empty page" in view.toPlainText()
    assert view.show_heading("find-your-way")
    assert view.verticalScrollBar().value() > 0
    dialog.close()


def measure_picture(view: GuideView) -> int:
    """Return the width of the first picture as it is shown."""
    kind = QTextDocument.ResourceType.ImageResource.value
    return view.document().resource(kind, QUrl("images/start.png")).width()


def test_the_guide_fits_its_window(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    theme = get_theme(qapp)
    theme.apply("light")
    theme.set_text_size(200)
    try:
        qtbot.keyClick(window, Qt.Key.Key_F1)
        dialog = window.findChild(QDialog, "guide_dialog")
        view = dialog.findChild(GuideView)
        for width in (760, 1100, 600):
            dialog.resize(width, 600)
            qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
            qtbot.waitUntil(lambda: 0 < view.viewport().width() - measure_picture(view) < 60)
        dialog.close()
    finally:
        theme.set_text_size(100)


def test_links_lead_about_in_the_folder_and_others_outside(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "inspector_app.ui.help.guide.QDesktopServices.openUrl",
        lambda url: opened.append(url.toString()),
    )
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "other.md").write_text("# The other page\n", "utf-8")
    (tmp_path / "secret.md").write_text("# Not of the guide\n", "utf-8")
    view = GuideView(folder)
    qtbot.addWidget(view)
    for link in ("https://example.org/", "file:///etc/passwd", "../secret.md", "other.md"):
        view.anchorClicked.emit(QUrl(link))
    assert opened == ["https://example.org/"]
    assert view.toPlainText().strip() == "The other page"


def test_pictures_come_from_the_guides_folder(qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    folder = tmp_path / "docs"
    folder.mkdir()
    image.save(str(folder / "a.png"))
    image.save(str(tmp_path / "b.png"))
    view = GuideView(folder)
    qtbot.addWidget(view)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert view.loadResource(kind, QUrl("a.png")).width() == 20
    assert not view.loadResource(kind, QUrl("../b.png"))


def test_the_keys_are_those_of_the_actions(window: MainWindow, prompts: RecordingPrompts) -> None:
    window.findChild(QAction, "action_keyboard").trigger()
    ((_, lines),) = prompts.lists
    found = dict(line.split("\t") for line in lines.split("\n"))
    assert found["Ctrl+E"] == "Take a note"
    assert found["Ctrl+,"] == "Preferences"
    assert found["Ctrl+Z"] == "Undo"
    # A text takes its keys itself; their actions only name them.
    assert found["Ctrl+Shift+H"] == "Sub-heading"
    actions = [action for action in window.findChildren(QAction) if name_key(action)]
    assert len(lines.split("\n")) == len(actions)


def test_slugs() -> None:
    assert make_slug("What you do, and why") == "what-you-do-and-why"


def test_only_keys_of_usual_keyboards_are_listed() -> None:
    action = QAction("&Copy")
    rare = [QKeySequence(Qt.Key.Key_F16), QKeySequence(Qt.Key.Key_Copy)]
    usual = [QKeySequence("Ctrl+C"), QKeySequence("Ctrl+Ins"), QKeySequence("Shift+F12")]
    action.setShortcuts([*rare, *usual])
    assert list_keys([action]) == "Ctrl+C, Ctrl+Ins, Shift+F12\tCopy"
