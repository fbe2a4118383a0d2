"""Asking the person something: the only place that opens dialogs, so that tests can answer."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from inspector_app.document.disk_thread import ask_disk
from inspector_app.document.export_kinds import CONTENT, INSPECTION, get_kind, list_kinds
from inspector_app.errors import InspectorError
from inspector_app.files import exists, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from inspector_app.document.export_kinds import Export
    from inspector_app.ui.widgets.password_dialogs import NewPassword

NOT_PROTECTED = "It is not protected with a password."
"""What `Prompts.show_written` says besides of a file that holds a protected inspection's words."""
_ALL = "All files (*)"


class Prompts:
    """What the window asks for, in dialogs."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def ask_inspection(self, folder: Path) -> Path | None:
        """Return the inspection to open, or None."""
        return self._ask_file("Open an inspection", folder, INSPECTION)

    def ask_new_inspection(self, proposed: Path) -> Path | None:
        """Return where a new inspection is to lie, or None."""
        return self._ask_target("Where do you want to save the inspection?", proposed, "copy")

    def ask_report(self, proposed: Path) -> Path | None:
        """Return where the report is to lie, or None."""
        return self._ask_target("Export the report", proposed, "report")

    def ask_files(self) -> list[Path]:
        """Return photos and files to add; none where the person cancelled."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add photos and files")
        return [Path(name) for name in names]

    def show_problem(self, headline: str, message: str) -> None:
        """Tell what stood in the way."""
        self._make_box(QMessageBox.Icon.Warning, headline, message).exec()

    @contextmanager
    def telling(self, headline: str) -> Iterator[None]:
        """Tell what stands in the way of what is done in this block; it ends there."""
        try:
            yield
        except InspectorError as error:
            self.show_problem(headline, str(error))

    def ask_copy(self, proposed: Path) -> Path | None:
        """Return where a copy is to lie, or None; it has the ending of what is proposed."""
        return self._ask_target("Where do you want to save the copy?", proposed, "copy")

    def ask_evidence_index(self, proposed: Path) -> Path | None:
        """Return where the evidence index is to lie, or None; its ending says the kind."""
        return self._ask_target("Where do you want to save the evidence index?", proposed, "index")

    def ask_content(self, folder: Path) -> Path | None:
        """Return the content file (JSON) to make an inspection of, or None."""
        return self._ask_file("Open content", folder, CONTENT)

    def ask_folder(self, start: Path) -> Path | None:
        """Return a folder, or None."""
        name = QFileDialog.getExistingDirectory(self._window, "Choose a folder", _start(start))
        return Path(name) if name else None

    def confirm(self, headline: str, message: str, doing: str) -> bool:
        """Return whether the person wants what has consequences; `doing` names the button."""
        box = self._make_box(QMessageBox.Icon.Question, headline, message)
        yes = box.addButton(doing, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is yes

    def choose(self, headline: str, message: str, ways: Sequence[str]) -> int | None:
        """Return which of some ways on the person chooses, or None for none; buttons name them."""
        box = self._make_box(QMessageBox.Icon.Warning, headline, message)
        buttons = [box.addButton(way, QMessageBox.ButtonRole.AcceptRole) for way in ways]
        leave = box.addButton("&Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        box.exec()
        chosen = [number for number, button in enumerate(buttons) if button is box.clickedButton()]
        return chosen[0] if chosen else None

    def show_written(self, headline: str, path: Path) -> None:
        """Tell that a file was written, and where it lies."""
        box = self._make_box(QMessageBox.Icon.Information, headline, str(path))
        show = box.addButton("&Show in folder", QMessageBox.ButtonRole.ActionRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
        box.exec()
        if box.clickedButton() is show:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def show_list(self, headline: str, lines: str) -> None:
        """Show what takes many lines, to be read and copied."""
        from inspector_app.ui.widgets.text_dialog import TextDialog

        dialog = TextDialog("Inspector", headline, lines, self._get_parent())
        dialog.save_wanted.connect(lambda: self._save_text(lines))
        dialog.exec()

    def confirm_list(self, headline: str, lines: str, doing: str) -> bool:
        """Return whether the person wants what takes many lines to say; `doing` is the button."""
        from inspector_app.ui.widgets.text_dialog import TextDialog

        dialog = TextDialog("Inspector", headline, lines, self._get_parent(), doing=doing)
        dialog.save_wanted.connect(lambda: self._save_text(lines))
        return bool(dialog.exec())

    def _save_text(self, text: str) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._get_parent(),
            ("Where do you want to save the text?"),
            "",
            "Text (*.txt);;All files (*)",
        )
        if not name:
            return
        path = Path(name)
        with self.telling("The text was not saved."):
            write_file(path if path.suffix else path.with_name(f"{path.name}.txt"), text.encode())

    def ask_password(self, file: str, problem: str) -> str | None:
        """Return the password of the inspection in a file, or None; `problem` was wrong before."""
        from inspector_app.ui.widgets.password_dialogs import PasswordDialog

        dialog = PasswordDialog(file, problem, self._get_parent())
        return dialog.password.text() if dialog.exec() else None

    def ask_new_password(self, *, is_protected: bool, problem: str) -> NewPassword | None:
        """Return the password that the open inspection is to have, or None to leave it."""
        from inspector_app.ui.widgets.password_dialogs import NewPasswordDialog

        dialog = NewPasswordDialog(
            is_protected=is_protected, problem=problem, parent=self._get_parent()
        )
        return dialog.wanted if dialog.exec() else None

    def _ask_file(self, title: str, folder: Path, ending: str) -> Path | None:
        kind = get_kind(Path(f"any{ending}"), "copy")
        filters = f"{kind.file_filter};;{_ALL}"
        name, _ = QFileDialog.getOpenFileName(self._window, title, _start(folder), filters)
        return Path(name) if name else None

    def _ask_target(self, title: str, proposed: Path, export: Export) -> Path | None:
        """Return where something is to lie, with an ending that says its kind.

        A copy has the kind of what is proposed; of anything else the person chooses it.
        """
        usual = get_kind(proposed, export)
        kinds = [usual] if export == "copy" else list_kinds(export)
        endings = {kind.file_filter: kind.ending for kind in kinds}
        filters = [*endings, _ALL] if export == "copy" else [*endings]
        name, chosen = QFileDialog.getSaveFileName(
            self._window, title, _start(proposed), ";;".join(filters), usual.file_filter
        )
        if not name:
            return None
        path = Path(name)
        # “St. Mary's” has no ending that means something.
        if path.suffix.lower() in endings.values():
            return path
        return path.with_name(f"{path.name}{endings.get(chosen, usual.ending)}")

    def _make_box(self, icon: QMessageBox.Icon, headline: str, message: str) -> QMessageBox:
        box = QMessageBox(icon, "Inspector", headline, parent=self._get_parent())
        # Messages carry names of files and fields: text, never markup.
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(message)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return box

    def _get_parent(self) -> QWidget:
        """Return the dialog that the person is in, or the window."""
        return QApplication.activeModalWidget() or self._window


def _is_startable(place: Path) -> bool:
    return exists(place) or (bool(place.suffix) and exists(place.parent))


def _start(place: Path) -> str:
    """Return where a dialog starts: in the person's own folder where the wanted one is not there.

    Qt would start in the folder that the program happens to run in.
    """
    if ask_disk(_is_startable, place, otherwise=True):
        return str(place)
    home = Path.home()
    return str(home / place.name if place.suffix else home)
