"""Pictures of every page and dialog, light and dark, from the sample inspection.

    .venv/bin/python packaging/screenshots.py [FOLDER] [--text 150] [--only light-1280x800]
    .venv/bin/python packaging/screenshots.py --guide

Makes `<what>-<theme>-<width>x<height>.png` in FOLDER (default: output/screenshots), without a
screen. Look at them after a change to the window. `--text` sets the size of the text in per cent;
the environment variable QT_SCALE_FACTOR scales everything. `--guide` makes the few small pictures
of the user guide in docs/images.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    from inspector_app.ui.shell.main_window import MainWindow

SIZES = ((800, 600), (960, 940), (1280, 800), (1920, 1080))
THEMES = ("light", "dark")
GUIDE = Path(__file__).parents[1] / "docs" / "images"
GUIDE_SIZE = (1280, 800)
_EXACT = 100
_LOOKED_UP = 400
"""Milliseconds until the notes panel shows what it is asked for."""
_LIKE = 0xFFE0E0E0
# What the user guide shows: the name of its picture, and of the scene.
IN_GUIDE = {
    "start": "welcome",
    "window": "key_question-safe",
    "details": "details",
    "go-to": "go_to",
    "find": "find",
    "spelling": "spelling",
    "capture": "capture",
    "evidence": "evidence-note",
    "notices": "notices",
    "checks": "checks-finding",
    "notes": "notes-notes",
    "export": "export",
}


def main() -> int:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("output/screenshots"))
    parser.add_argument("--text", type=int, default=100, help="size of the text in per cent")
    parser.add_argument("--only", default="", help="one theme and size: light-1280x800")
    parser.add_argument("--guide", action="store_true", help="the pictures of the user guide")
    options = parser.parse_args()
    folder = GUIDE if options.guide else options.folder
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    with tempfile.TemporaryDirectory() as home:
        os.environ["INSPECTOR_FOLDERS"] = home
        count = _make_pictures(folder, Path(home), options)
    print(f"{count} pictures in {folder}")
    return 0


def _make_pictures(folder: Path, home: Path, options: argparse.Namespace) -> int:
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

    from inspector_app.app import make_sample_file
    from inspector_app.ui.shell.main_window import MainWindow
    from inspector_app.ui.widgets.theme import get_theme

    application = QApplication([])
    if options.guide:
        # Letters with coloured edges would make the files three times as large.
        font = application.font()
        font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
        application.setFont(font)
    names = {scene: name for name, scene in IN_GUIDE.items()}
    count = 0
    for theme in THEMES[:1] if options.guide else THEMES:
        get_theme(application).apply(theme)
        get_theme(application).set_text_size(options.text)
        for width, height in (GUIDE_SIZE,) if options.guide else SIZES:
            label = f"{theme}-{width}x{height}"
            if options.only not in {"", label}:
                continue
            settings = QSettings(str(home / f"{label}.ini"), QSettings.Format.IniFormat)
            settings.setValue("preferences/theme", theme)
            settings.setValue("preferences/text_size", str(options.text))
            # Pictures of the guide show the end of this path.
            documents = home / "Documents" / "Inspections"
            documents.mkdir(parents=True, exist_ok=True)
            window = MainWindow(settings, home, documents, make_sample_file)
            window.resize(width, height)
            window.show()
            window.activateWindow()
            sample = Path(shutil.copy(make_sample_file("rated"), documents / f"{label}.inspection"))
            for scene, widget in walk_scenes(application, window, sample):
                image = widget.grab().toImage()
                if not options.guide:
                    image.save(str(folder / f"{scene}-{label}.png"))
                elif scene in names:
                    _make_small(image).save(str(folder / f"{names[scene]}.png"), "PNG", 0)
                else:
                    continue
                count += 1
            window.close()
    return count


def walk_scenes(
    application: QApplication, window: MainWindow, sample: Path
) -> Iterator[tuple[str, QWidget]]:
    """Bring one scene after the other onto the window: its name, and what is to be pictured."""
    from PySide6.QtCore import QTimer

    from inspector_app.ui.outline.outline import Outline

    settle = _make_settle(application)
    settle()
    yield "welcome", window
    window._on_new()  # noqa: SLF001
    settle()
    yield "new", window
    window.open_file(sample)
    settle()
    outline = window.findChild(Outline)
    _wait_for_checks(application, window)
    for entry in [item.id for item in outline.entries]:
        outline.entry_wanted.emit(entry)
        settle()
        yield entry.replace("/", "-"), window
    outline.entry_wanted.emit("evidence")
    _select_row(window, "evidence_table")
    settle()
    yield "evidence-note", window
    outline.entry_wanted.emit("checks")
    _select_finding(window)
    settle()
    yield "checks-finding", window
    yield from _walk_dialogs(window, settle)
    yield from _walk_passwords(window, settle)
    yield from _walk_support(window, outline, settle)
    yield from _walk_find(application, window, settle)
    yield from _walk_spelling(window, outline, settle)
    yield from _walk_copies(window, settle)
    QTimer.singleShot(0, lambda: _press(application, "Publish"))
    _act(window, "state_published")
    outline.entry_wanted.emit("key_question/safe")
    settle()
    yield "published", window


def _walk_dialogs(window: MainWindow, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget

    for action, name in (
        ("capture", "capture_dialog"),
        ("export", "export_dialog"),
        ("go_to", "go_to"),
        ("guide", "guide_dialog"),
        ("preferences", "preferences_dialog"),
    ):
        _act(window, action)
        settle()
        if name == "go_to":
            palette = window.findChild(QFrame, name)
            palette.findChild(QLineEdit).setText("fridge")
            settle()
            yield action, window
            palette.close_palette(give_back=True)
            settle()
            continue
        dialog = window.findChild(QDialog, name)
        if dialog is None:
            continue
        settle()
        if name == "preferences_dialog":
            sections = dialog.findChild(QListWidget, "preferences_sections")
            for row in range(sections.count()):
                sections.setCurrentRow(row)
                settle()
                yield f"preferences-{row + 1}", dialog
        else:
            yield action, dialog
        dialog.close()
        settle()


def _walk_passwords(
    window: MainWindow, settle: Callable[[], None]
) -> Iterator[tuple[str, QWidget]]:
    from inspector_app.ui.widgets.password_dialogs import NewPasswordDialog, PasswordDialog

    wrong = "That is not the password of “Saltmarsh Quay.inspection”. Nothing was opened."
    for name, dialog in (
        ("password", PasswordDialog("Saltmarsh Quay.inspection", wrong, window)),
        ("new_password", NewPasswordDialog(is_protected=False, parent=window)),
        ("change_password", NewPasswordDialog(is_protected=True, parent=window)),
    ):
        dialog.show()
        settle()
        yield name, dialog
        dialog.close()
        settle()


def _walk_copies(window: MainWindow, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDialog, QPushButton

    document = window._document  # noqa: SLF001
    if document is not None and document.backups is not None:
        document.backups.start()
        while document.backups.is_running:
            QTest.qWait(10)
    _act(window, "copies")
    copies = window.findChild(QDialog, "copies_window")
    while copies.model.rowCount() == 0:
        QTest.qWait(10)
    settle()
    yield "copies", copies
    QTest.mouseClick(copies.findChild(QPushButton, "copy_remove"), Qt.MouseButton.LeftButton)
    settle()
    yield "copies-remove", copies
    copies.reject()
    copies.close()
    settle()


def _walk_support(
    window: MainWindow, outline: QWidget, settle: Callable[[], None]
) -> Iterator[tuple[str, QWidget]]:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDockWidget, QTabWidget

    from inspector_app.ui.blocks.editor import BlockEditor

    outline.entry_wanted.emit("key_question/safe")
    settle()
    editor = next(item for item in window.findChildren(BlockEditor) if item.isVisible())
    window.activateWindow()
    settle()
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    settle()
    dock = window.findChild(QDockWidget, "notes_dock")
    is_folded = dock.isHidden()
    dock.show()
    dock.raise_()
    settle()
    tabs = window.findChild(QTabWidget, "notes_tabs")
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        # What stands behind the sentences is looked up by then.
        QTest.qWait(_LOOKED_UP)
        settle()
        yield f"notes-{tabs.tabText(tab).replace('&', '').split()[0].lower()}", window
    if is_folded:
        dock.close()
    else:
        window.findChild(QDockWidget, "preview_dock").raise_()


def _walk_find(
    application: QApplication, window: MainWindow, settle: Callable[[], None]
) -> Iterator[tuple[str, QWidget]]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    for action in ("find", "replace"):
        _act(window, action)
        settle()
        field = window.findChild(QLineEdit, "find_text")
        field.setText("fridge")
        field.textEdited.emit("fridge")
        if action == "replace":
            window.findChild(QLineEdit, "find_replacement").setText("refrigerator")
        QTest.qWait(300)
        settle()
        yield action, window
    field.setFocus()
    from PySide6.QtCore import Qt

    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()


def _walk_spelling(
    window: MainWindow, outline: QWidget, settle: Callable[[], None]
) -> Iterator[tuple[str, QWidget]]:
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest

    from inspector_app.ui.blocks.editor import BlockEditor

    outline.entry_wanted.emit("key_question/safe")
    settle()
    editor = next(item for item in window.findChildren(BlockEditor) if item.isVisible())
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, " Their temperatuer was recoreded daily.")
    QTest.qWait(500)
    settle()
    yield "spelling", window


def _make_settle(application: QApplication) -> Callable[[], None]:
    def settle() -> None:
        for _ in range(8):
            application.processEvents()

    return settle


def _wait_for_checks(application: QApplication, window: MainWindow) -> None:
    from PySide6.QtTest import QTest

    for _ in range(100):
        document = window._document  # noqa: SLF001
        if document is None or document.checks.answer is not None:
            return
        QTest.qWait(50)


def _act(window: MainWindow, name: str) -> None:
    from PySide6.QtGui import QAction

    window.findChild(QAction, f"action_{name}").trigger()


def _press(application: QApplication, text: str) -> None:
    from PySide6.QtWidgets import QMessageBox

    box = application.activeModalWidget()
    if isinstance(box, QMessageBox):
        next(button for button in box.buttons() if button.text() == text).click()


def _select_row(window: MainWindow, table: str) -> None:
    from PySide6.QtWidgets import QTableView

    window.findChild(QTableView, table).selectRow(5)


def _select_finding(window: MainWindow) -> None:
    from PySide6.QtWidgets import QTreeView

    tree = window.findChild(QTreeView, "results")
    first = tree.model().index(0, 0)
    tree.setCurrentIndex(tree.model().index(0, 0, first))
    tree.expandAll()


def _make_small(image: QImage) -> QImage:
    """Return a picture in 256 colours: the most frequent, and one of each group of like ones."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I")).most_common()
    # Surfaces keep their very colours; the edges of letters may take one that is near.
    table = [colour for colour, _ in counted[:_EXACT]]
    groups: dict[int, int] = {}
    for colour, _ in counted[_EXACT:]:
        groups.setdefault(colour & _LIKE, colour)
    table += list(groups.values())[: 256 - _EXACT]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


if __name__ == "__main__":
    sys.exit(main())
