"""The real application on a file, with somebody at its keyboard who never stops: to be killed.

    python tests/torture/driver.py FILE LOG SEED SWITCHES [PASSWORD]

Writes a line into LOG for each state of the inspection, before anything can be saved of it, and for
each time the window says “Saved”. What is written into a file outlives a process that is killed.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow

TICK = 50
"""Milliseconds, at the least, from one edit to the next."""
_WORDS = ("fire", "drill", "œdema", "5 mg", "<b>", "{{", "😀", "records", "consent")


def take_digest(inspection: Inspection) -> str:
    """Return what tells two states of an inspection apart."""
    parts = sorted(inspection, key=lambda part: part.id)
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=8).hexdigest()


class Person:
    """Somebody at the keyboard: one random edit a tick."""

    def __init__(self, document: InspectionDocument, window: MainWindow, log: int) -> None:
        self._document = document
        self._window = window
        self._log = log
        self._ticks = 0
        document.changed.connect(self._on_changed)
        document.save_state_changed.connect(self._on_save_state_changed)
        self._write("open")

    def edit(self) -> None:
        """Do one thing of what people do."""
        self._ticks += 1
        do = random.choices(  # noqa: S311
            (self._type, self._note, self._delete, self._rate, self._undo, self._save),
            (12, 3, 2, 2, 2, 2),
        )[0]
        do()

    def _type(self) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit

        lines = [line for line in self._window.findChildren(QLineEdit) if line.isVisible()]
        names = [line for line in lines if line.objectName().endswith(".location_name")]
        if names and random.random() < 0.5:  # noqa: S311
            QTest.keyClicks(names[0], random.choice(("a", "b", " c", "D ")))  # noqa: S311
            return
        block = self._document.inspection.find("block1")
        text = f"{getattr(block, 'text', '')} {random.choice(_WORDS)}"[-200:]  # noqa: S311
        self._document.set_field("block1", "text", text, "Type", "block1")

    def _note(self) -> None:
        from inspector_app.domain.entities import EvidenceNote
        from inspector_app.domain.ids import new_id

        draft = self._document.draft()
        root = self._document.inspection.id
        place = draft.position_at_end(root, EvidenceNote)
        text = random.choice(_WORDS) * random.randint(1, 300)  # noqa: S311
        draft.create(EvidenceNote(id=new_id(), parent=root, position=place, text=text))
        self._document.apply_draft(draft, "Add note")

    def _delete(self) -> None:
        from inspector_app.domain.entities import EvidenceNote

        notes = list(self._document.inspection.all(EvidenceNote))
        if len(notes) > 3:
            draft = self._document.draft()
            draft.delete(random.choice(notes[1:]).id)  # noqa: S311
            self._document.apply_draft(draft, "Delete note")

    def _rate(self) -> None:
        rating = random.choice(("good", "outstanding", "inadequate"))  # noqa: S311
        self._document.set_field("root", "ratings.safe", rating, "Change rating of Safe")

    def _undo(self) -> None:
        self._document.undo_stack.undo()

    def _save(self) -> None:
        self._document.save()

    def _on_changed(self, _change: object) -> None:
        self._write("edit")

    def _on_save_state_changed(self, state: object) -> None:
        if getattr(state, "kind", "") == "saved":
            self._write("saved")

    def _write(self, what: str) -> None:
        digest = take_digest(self._document.inspection)
        os.write(self._log, f"{what} {self._ticks} {digest}\n".encode())


def main() -> int:
    """Open the window, bring back what the last one left, and edit until killed."""
    from PySide6.QtCore import QSettings, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from inspector_app.app import run_window
    from inspector_app.settings import get_settings_file
    from inspector_app.ui.preferences.preferences import Preferences
    from inspector_app.ui.shell.main_window import MainWindow
    from inspector_app.ui.widgets.password_dialogs import PasswordDialog
    from tests.torture import failing_sync

    path, log, seed = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    switches = Path(sys.argv[4])
    password = "".join(sys.argv[5:])
    _failing = failing_sync.install(switches) if switches.is_dir() else None
    random.seed(seed)
    application = QApplication(sys.argv[:1])
    settings = QSettings(str(get_settings_file()), QSettings.Format.IniFormat)
    # Whoever is new here is asked for a name, in front of what is to be typed into.
    Preferences(settings).note_asked_who()
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    people: list[Person] = []

    def on_tick() -> None:
        if people:
            people[0].edit()
            return
        dialog = application.activeModalWidget()
        if isinstance(dialog, PasswordDialog):
            QTest.keyClicks(dialog.password, password)
            QTest.keyClick(dialog.password, Qt.Key.Key_Return)
            return
        windows = [item for item in application.topLevelWidgets() if isinstance(item, MainWindow)]
        document = windows[0].document if windows else None
        if document is not None:
            if document.recovery.changes:
                document.recovery.bring_back()
            people.append(Person(document, windows[0], descriptor))

    timer = QTimer()
    timer.timeout.connect(on_tick)
    timer.start(TICK)
    return run_window([path])


if __name__ == "__main__":
    sys.exit(main())
