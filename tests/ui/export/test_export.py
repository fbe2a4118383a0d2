"""Exporting and printing: by keys and clicks, to files that other programs open."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QToolBar,
    QWidget,
)

from inspector_app.document import disk_question
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.document.pdf import PICTURE_ROOM, PrintedReport, write_pdf
from inspector_app.document.printable import gather_printable
from inspector_app.document.written_files import look_at_target
from inspector_app.report.report import render_report
from inspector_app.ui.export import export_dialog, export_pages
from inspector_app.ui.export.printing import print_pages
from tests.document.jobs.work import wait_for
from tests.report.making import bring_in, full_content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.written_files import TargetLook
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PATIENCE = 30_000


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path], tmp_path: Path) -> MainWindow:
    (tmp_path / "documents").mkdir()
    window.open_file(make_file())
    return window


@pytest.fixture
def open_dialog(opened: MainWindow, qtbot: QtBot) -> Callable[[], QDialog]:
    def open_dialog() -> QDialog:
        # Without a window manager nobody gives it the keys back.
        opened.activateWindow()
        qtbot.waitUntil(opened.isActiveWindow)
        qtbot.keyClick(opened, Qt.Key.Key_E, CONTROL | SHIFT)
        dialogs = opened.findChildren(QDialog, "export_dialog")
        dialog = next(dialog for dialog in dialogs if dialog.isVisible())
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        return dialog

    return open_dialog


def _text(dialog: QDialog, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    return label.text() if label.isVisible() else ""


def _is_shown(dialog: QDialog, name: str) -> bool:
    return dialog.findChild(QWidget, name).isVisible()


def _is_closed(window: MainWindow) -> bool:
    dialogs = window.findChildren(QDialog, "export_dialog")
    return not any(dialog.isVisible() for dialog in dialogs)


def _path(dialog: QDialog) -> QLineEdit:
    return dialog.findChild(QLineEdit, "export_path")


def _type_path(qtbot: QtBot, dialog: QDialog, path: Path | str) -> None:
    _path(dialog).selectAll()
    qtbot.keyClicks(_path(dialog), str(path))


def _click(qtbot: QtBot, dialog: QDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def _choose(qtbot: QtBot, dialog: QDialog, name: str) -> None:
    dialog.findChild(QRadioButton, name).click()


def _wait_for_result(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.waitUntil(lambda: bool(_text(dialog, "export_headline")), timeout=PATIENCE)


def _wait_for_problem(qtbot: QtBot, dialog: QDialog) -> str:
    qtbot.waitUntil(lambda: bool(_text(dialog, "export_problem")), timeout=PATIENCE)
    return _text(dialog, "export_problem")


def test_export_by_keyboard_alone_writes_a_word_file(
    open_dialog: Callable[[], QDialog], opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog()
    qtbot.waitUntil(_path(dialog).hasFocus)
    proposed = (
        tmp_path / "documents" / "The Invented Clinic inspection report 2024-03-05 draft.docx"
    )
    assert _path(dialog).text() == str(proposed)
    _type_path(qtbot, dialog, tmp_path / "report.docx")
    qtbot.keyClick(_path(dialog), Qt.Key.Key_Return)
    _wait_for_result(qtbot, dialog)
    assert _text(dialog, "export_headline") == "The draft is saved as a Word file."
    assert _text(dialog, "export_written") == str(tmp_path / "report.docx")
    written = docx.Document(str(tmp_path / "report.docx"))
    assert written.paragraphs[0].text == "The Invented Clinic"
    assert str(tmp_path / "report.docx") in opened.statusBar().currentMessage()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert _is_closed(opened)


@pytest.mark.parametrize(
    ("kind", "ending", "start"), [("html", ".html", b"<!DOCTYPE html>"), ("pdf", ".pdf", b"%PDF-")]
)
def test_other_kinds_and_the_choices_of_the_last_time(
    kind: str,
    ending: str,
    start: bytes,
    open_dialog: Callable[[], QDialog],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    (tmp_path / "elsewhere").mkdir()
    dialog = open_dialog()
    _choose(qtbot, dialog, f"export_kind_{kind}")
    assert _path(dialog).text().endswith(f"draft{ending}")
    _choose(qtbot, dialog, "export_mark_final")
    assert _path(dialog).text().endswith(f"2024-03-05{ending}")
    _type_path(qtbot, dialog, tmp_path / "elsewhere" / "mine")
    _choose(qtbot, dialog, "export_mark_draft")
    assert _path(dialog).text() == str(tmp_path / "elsewhere" / "mine")
    _click(qtbot, dialog, "export_start")
    _wait_for_result(qtbot, dialog)
    assert (tmp_path / "elsewhere" / f"mine{ending}").read_bytes().startswith(start)
    _click(qtbot, dialog, "export_close")
    again = open_dialog()
    assert again.findChild(QRadioButton, f"export_kind_{kind}").isChecked()
    assert _path(again).text().startswith(str(tmp_path / "elsewhere"))


def test_whoever_types_an_ending_gets_that_kind(
    open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog()
    _type_path(qtbot, dialog, tmp_path / "report.HTML")
    qtbot.keyClick(_path(dialog), Qt.Key.Key_Return)
    _wait_for_result(qtbot, dialog)
    assert "<!DOCTYPE html>" in (tmp_path / "report.HTML").read_text("utf-8")


@pytest.mark.parametrize("typed", ["", "/", ".", "..", "~nobody-of-that-name", "a/../b"])
def test_whatever_is_typed_as_a_place_is_one(
    typed: str, open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog()
    _path(dialog).clear()
    qtbot.keyClicks(_path(dialog), typed)
    _choose(qtbot, dialog, "export_kind_html")
    _choose(qtbot, dialog, "export_mark_final")
    _type_path(qtbot, dialog, tmp_path)
    _click(qtbot, dialog, "export_start")
    _wait_for_result(qtbot, dialog)
    name = "The Invented Clinic inspection report 2024-03-05.html"
    assert _text(dialog, "export_written") == str(tmp_path / name)


def test_the_place_can_be_picked(
    open_dialog: Callable[[], QDialog],
    qtbot: QtBot,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    dialog = open_dialog()
    _click(qtbot, dialog, "export_browse")
    before = _path(dialog).text()
    assert [str(path) for path in prompts.proposed] == [before]
    prompts.report = tmp_path / "picked.pdf"
    _click(qtbot, dialog, "export_browse")
    assert _path(dialog).text() == str(tmp_path / "picked.pdf")
    assert dialog.findChild(QRadioButton, "export_kind_pdf").isChecked()


@pytest.mark.parametrize(("state", "mark"), [("final", "final"), ("in_review", "draft")])
def test_the_state_says_whether_it_is_a_draft(
    state: str,
    mark: str,
    window: MainWindow,
    make_file: Callable[..., Path],
    qtbot: QtBot,
) -> None:
    content = full_content("rated")
    content["state"] = state
    window.open_file(make_file(imported=bring_in("rated", **content)))
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = window.findChild(QDialog, "export_dialog")
    assert dialog.findChild(QRadioButton, f"export_mark_{mark}").isChecked()


def test_what_is_missing_is_named(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    window.open_file(make_file(imported=bring_in("rated", location={"name": "<i>Odd & even</i>"})))
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = window.findChild(QDialog, "export_dialog")
    qtbot.waitUntil(lambda: bool(_text(dialog, "export_missing")), timeout=PATIENCE)
    assert "[publication date]" in _text(dialog, "export_missing")
    assert "i Odd even i inspection report draft.docx" in _path(dialog).text()


def test_a_report_that_nobody_changed_is_replaced(
    open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    for _ in range(2):
        dialog = open_dialog()
        assert _path(dialog).text().endswith("2024-03-05 draft.docx")
        assert not _is_shown(dialog, "export_replace")
        qtbot.keyClick(_path(dialog), Qt.Key.Key_Return)
        _wait_for_result(qtbot, dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(list((tmp_path / "documents").iterdir())) == 1


def test_where_the_last_report_was_changed_the_next_free_name_is_proposed(
    open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    for number in ("", " 2", " 3"):
        dialog = open_dialog()
        name = f"The Invented Clinic inspection report 2024-03-05 draft{number}.docx"
        assert _path(dialog).text() == str(folder / name)
        assert not _text(dialog, "export_note")
        qtbot.keyClick(_path(dialog), Qt.Key.Key_Return)
        _wait_for_result(qtbot, dialog)
        assert _text(dialog, "export_written") == str(folder / name)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        (folder / name).write_bytes(b"reviewed")
    dialog = open_dialog()
    _choose(qtbot, dialog, "export_kind_html")
    assert _path(dialog).text().endswith("draft.html")
    _choose(qtbot, dialog, "export_kind_docx")
    assert _path(dialog).text().endswith("draft 4.docx")
    _choose(qtbot, dialog, "export_mark_final")
    assert _path(dialog).text().endswith("2024-03-05.docx")
    _choose(qtbot, dialog, "export_mark_draft")
    assert _path(dialog).text().endswith("draft 4.docx")


def test_a_folder_that_hangs_holds_up_nothing(
    open_dialog: Callable[[], QDialog],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = threading.Event()
    hung = tmp_path / "network"
    hung.mkdir()
    (hung / "old.docx").write_bytes(b"old")

    def hang(paths: Sequence[Path], name: str) -> TargetLook:
        if paths[0].is_relative_to(hung):
            answers.wait()
        return look_at_target(paths, name)

    monkeypatch.setattr(export_dialog, "look_at_target", hang)
    monkeypatch.setattr(disk_question, "_SILENCE", 50)
    dialog = open_dialog()
    monkeypatch.setattr(disk_question, "_MOMENT", 0.02)
    _type_path(qtbot, dialog, hung / "old")
    qtbot.keyClick(_path(dialog), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not answer" in _text(dialog, "export_note"), timeout=PATIENCE)
    waiting = [item for item in threading.enumerate() if item.name.startswith("asking")]
    assert len(waiting) < len("network/old")
    _type_path(qtbot, dialog, tmp_path / "report.docx")
    qtbot.waitUntil(lambda: not _text(dialog, "export_note"), timeout=PATIENCE)
    _type_path(qtbot, dialog, hung / "old")
    answers.set()
    qtbot.waitUntil(lambda: "It is kept" in _text(dialog, "export_note"), timeout=PATIENCE)
    _type_path(qtbot, dialog, tmp_path / "report.docx")
    qtbot.keyClick(_path(dialog), Qt.Key.Key_Return)
    _wait_for_result(qtbot, dialog)
    assert _text(dialog, "export_written") == str(tmp_path / "report.docx")
    assert (hung / "old.docx").read_bytes() == b"old"


@pytest.mark.parametrize("focus", ["export_path", "export_replace", "export_start"])
def test_enter_never_replaces_what_somebody_changed(
    focus: str, open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "old.docx").write_bytes(b"old")
    dialog = open_dialog()
    _type_path(qtbot, dialog, tmp_path / "old")
    assert "It is kept" in _text(dialog, "export_note")
    field = dialog.findChild(QWidget, focus)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert _path(dialog).text() == str(tmp_path / "old 2.docx")
    assert _text(dialog, "export_note") == "“old.docx” is kept. The new file is “old 2.docx”."
    assert not _is_shown(dialog, "export_replace")
    qtbot.keyClick(_path(dialog), Qt.Key.Key_Return)
    _wait_for_result(qtbot, dialog)
    assert _text(dialog, "export_written") == str(tmp_path / "old 2.docx")
    assert (tmp_path / "old.docx").read_bytes() == b"old"


def test_somebodys_file_is_replaced_by_a_button_of_its_own(
    open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "old.docx").write_bytes(b"old")
    dialog = open_dialog()
    assert not _is_shown(dialog, "export_replace")
    _type_path(qtbot, dialog, tmp_path / "old")
    _click(qtbot, dialog, "export_replace")
    _wait_for_result(qtbot, dialog)
    assert docx.Document(str(tmp_path / "old.docx")).paragraphs
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog = open_dialog()
    _type_path(qtbot, dialog, tmp_path / "old")
    assert _text(dialog, "export_note") == "The file that Inspector saved there before is replaced."
    assert not _is_shown(dialog, "export_replace")


def test_a_name_that_no_system_takes_is_told(
    open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog()
    _type_path(qtbot, dialog, tmp_path / "NUL.docx")
    _click(qtbot, dialog, "export_start")
    assert "uses that name for a device" in _wait_for_problem(qtbot, dialog)
    assert "NUL.docx" not in [path.name for path in tmp_path.iterdir()]


def test_a_target_that_is_open_is_told_and_another_place_can_be_chosen(
    open_dialog: Callable[[], QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / ".~lock.report.docx#").touch()
    dialog = open_dialog()
    before = sorted(tmp_path.rglob("*.docx"))
    _type_path(qtbot, dialog, tmp_path / "report.docx")
    _click(qtbot, dialog, "export_start")
    assert "“report.docx” is open in another program" in _wait_for_problem(qtbot, dialog)
    assert sorted(tmp_path.rglob("*.docx")) == before
    _type_path(qtbot, dialog, tmp_path / "nowhere" / "report.docx")
    assert not _text(dialog, "export_problem")
    _click(qtbot, dialog, "export_start")
    assert "there is no folder" in _wait_for_problem(qtbot, dialog)
    _type_path(qtbot, dialog, tmp_path / "other.docx")
    _click(qtbot, dialog, "export_start")
    _wait_for_result(qtbot, dialog)
    assert (tmp_path / "other.docx").exists()


@pytest.mark.parametrize("way", ["export_stop", "Esc"])
def test_cancel_leaves_no_file(
    way: str,
    open_dialog: Callable[[], QDialog],
    opened: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    document = opened.findChild(InspectionDocument)
    # What comes first keeps the worker busy until the export has been cancelled.
    ends: list[object] = []
    never = str(tmp_path / "never")
    first = document.worker.run_job(wait_for, (never,), str, ends.append, ends.append)
    dialog = open_dialog()
    target = tmp_path / "elsewhere"
    target.mkdir()
    _type_path(qtbot, dialog, target / "report.docx")
    _click(qtbot, dialog, "export_start")
    assert dialog.findChild(QProgressBar, "export_progress").isVisible()
    if way == "Esc":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        _click(qtbot, dialog, way)
    assert _text(dialog, "export_step") == "Stopping…"
    first.cancel()
    assert _wait_for_problem(qtbot, dialog) == "Cancelled. No file was saved."
    assert list(target.iterdir()) == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert _is_closed(opened)


def test_the_file_and_its_folder_can_be_opened(
    open_dialog: Callable[[], QDialog],
    opened: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: shown.append(url.toLocalFile()))
    )
    monkeypatch.setattr(export_pages, "show_in_folder", lambda path: shown.append(path.name))
    for name in ("export_open", "export_show_folder"):
        dialog = open_dialog()
        _type_path(qtbot, dialog, tmp_path / "a #1 %20.docx")
        _click(qtbot, dialog, "export_start")
        _wait_for_result(qtbot, dialog)
        _click(qtbot, dialog, name)
        assert _is_closed(opened)
    assert shown == [(tmp_path / "a #1 %20.docx").as_posix(), "a #1 %20.docx"]


def test_closing_the_inspection_ends_the_export(
    open_dialog: Callable[[], QDialog], opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog()
    _type_path(qtbot, dialog, tmp_path / "report.docx")
    _click(qtbot, dialog, "export_start")
    opened.close()
    assert _is_closed(opened)
    assert not list(tmp_path.glob("*.tmp"))


# -- print


def test_print_shows_the_pages_of_the_pdf(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(
        lambda: opened.findChild(QPrintPreviewDialog, "print_preview") is not None, timeout=PATIENCE
    )
    dialog = opened.findChild(QPrintPreviewDialog, "print_preview")
    qtbot.waitExposed(dialog)
    # However narrow it is, the button that prints is the first.
    room = dialog.screen().availableSize()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    assert dialog.findChild(QToolBar).actions()[0].iconText() == "Print"
    shown = dialog.findChild(QPrintPreviewWidget)
    imported = bring_in("rated", **full_content("rated"))
    report = render_report(imported.inspection)
    expected = PrintedReport(gather_printable(report, imported.attachments.get, PICTURE_ROOM)).count
    qtbot.waitUntil(lambda: shown.pageCount() == expected)
    assert expected > 3
    dialog.close()


@pytest.mark.parametrize(("chosen", "count"), [((0, 0), 4), ((2, 3), 2), ((3, 99), 2)])
def test_only_the_pages_that_were_chosen_are_printed(
    chosen: tuple[int, int], count: int, qtbot: QtBot, tmp_path: Path
) -> None:
    class Pages(PrintedReport):
        size = PrintedReport.size

        def __init__(self) -> None:
            self.count = 4
            self.painted: list[int] = []

        def paint(self, painter: QPainter, page: int) -> None:
            self.painted.append(page + 1)

    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(*chosen)
    pages = Pages()
    print_pages(pages, printer)
    first = chosen[0] or 1
    assert pages.painted == list(range(first, first + count))
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")


def test_printing_that_is_not_possible_is_told(
    opened: MainWindow,
    qtbot: QtBot,
    prompts: RecordingPrompts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
    qtbot.keyClick(opened, Qt.Key.Key_P, CONTROL)
    ((headline, message),) = prompts.problems
    assert headline == "The report cannot be printed."
    assert "export the report as PDF" in message


# -- PDF


def test_a_pdf_says_how_far_it_is_and_can_be_stopped(qtbot: QtBot) -> None:
    report = render_report(bring_in("rated", **full_content("rated")).inspection)
    told: list[tuple[str, float | None]] = []
    write_pdf(report, lambda _: None, lambda text, share: told.append((text, share)))
    assert told[0] == (f"Page 1 of {len(told)}", 0)
    assert told[-1][1] == pytest.approx(1 - 1 / len(told))

    def stop(text: str, share: float | None) -> None:
        if text.startswith("Page 2"):
            raise JobCancelled

    with pytest.raises(JobCancelled):
        write_pdf(report, lambda _: None, stop)
    assert QApplication.instance() is not None
