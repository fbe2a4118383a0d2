"""A computer that holds copies of inspections: real files of one, in several states, and others."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.storage.automatic import make_backup_path
from inspector_app.storage.copy_search import CopyFolders
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal
from inspector_app.storage.journal_attachments import write_attachment
from inspector_app.storage.opened import note_opened
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import change_name, make_file

if TYPE_CHECKING:
    from inspector_app.domain.change import Change

NOW = datetime(2026, 11, 24, 14, 3, 22, tzinfo=UTC)
ID = "root"
OTHER = "another1"


@cache
def make_states() -> tuple[list[bytes], list[Change]]:
    """Return the inspection file after each of its changes, and those changes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "making.inspection"
        inspection = make_file(path)
        with open_for_reading(path) as reader:
            changes = list(reader.history())
        states = [path.read_bytes()]
        for name in ("Second", "Third", "Fourth"):
            with InspectionFile.open(path, path.parent) as file:
                change, inspection = change_name(inspection, name)
                file.commit(change, inspection)
            changes.append(change)
            states.append(path.read_bytes())
    return states, changes


class Computer:
    """Folders as Inspector has them, and a way to put things there as of some day."""

    def __init__(self, home: Path) -> None:
        state = home / "state"
        self.places = CopyFolders(
            state=state,
            backups=state / "backups",
            journals=state / "journals",
            rescued=state / "rescued",
            samples=state / "samples",
            opened=state / "opened",
            logs=state / "log",
            retention=state / "retention.json",
        )
        self.documents = home / "documents"
        self.documents.mkdir(parents=True)
        self.states, self.changes = make_states()

    def put(self, path: Path, data: bytes, age: float = 0) -> Path:
        """Write a file that was changed so many days ago."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.age(path, age)
        return path

    def age(self, path: Path, days: float) -> None:
        when = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (when, when))

    def put_file(self, state: int, age: float = 0, name: str = "clinic") -> Path:
        path = self.put(self.documents / f"{name}.inspection", self.states[state], age)
        note_opened(self.places.opened, ID, path)
        self._age_note(age)
        return path

    def _age_note(self, days: float) -> None:
        """The note says when; it is written anew as of that day."""
        (note,) = self.places.opened.glob(f"{ID}.json")
        text = note.read_text()
        before, _, rest = text.partition('"last":"')
        when = (NOW - timedelta(days=days)).isoformat().replace("+00:00", "Z")
        note.write_text(f'{before}"last":"{when}"{rest.partition(chr(34))[2]}')

    def put_backup(self, state: int, age: float) -> Path:
        when = NOW - timedelta(days=age)
        path = make_backup_path(self.places.backups, ID, self.changes[state].id, when)
        return self.put(path, self.states[state], age)

    def put_kept(self, state: int, age: float) -> Path:
        name = f"clinic (replaced 2025-01-01 12000{state}).inspection"
        return self.put(self.places.backups / name, self.states[state], age)

    def put_rescued(self, state: int, age: float) -> Path:
        name = f"clinic (this computer, 2025-01-01 120{state}).inspection"
        return self.put(self.places.rescued / name, self.states[state], age)

    def put_journal(self, ending: str, age: float) -> Path:
        """Leave a journal with the second change, under a name with an ending."""
        path = self.documents / "clinic.inspection"
        head, change = self.changes[0].id, self.changes[1]
        journal = Journal.start(self.places.journals, ID, path, head, [change])
        journal.close()
        place = journal.path.with_name(f"{journal.path.name.partition('.')[0]}{ending}")
        journal.path.rename(place)
        self.age(place, age)
        return place

    def put_attachment(self, age: float) -> Path:
        write_attachment(self.places.journals, ID, "0" * 64, b"a photo")
        folder = self.places.journals / f"{ID}.attachments"
        self.age(folder, age)
        return folder

    def put_unfinished(self, age: float) -> Path:
        return self.put(self.places.backups / ID / ".abcd.tmp", b"half", age)

    def put_stranger(self) -> list[Path]:
        """Put things of another inspection, and of nobody, which are not to be touched."""
        when = NOW - timedelta(days=2000)
        paths = [
            make_backup_path(self.places.backups, OTHER, "change", when),
            self.places.backups / "no inspection.txt",
            self.places.journals / f"{OTHER}-0123456789ab.journal",
            self.places.logs / "inspector.log",
            self.documents / "letter.docx",
        ]
        return [self.put(path, b"not ours", 2000) for path in paths]

    def snapshot(self) -> dict[Path, bytes]:
        """Return all files with their bytes, but for notes of the program itself."""
        own = (self.places.opened, self.places.retention)
        return {
            path: path.read_bytes()
            for root in (self.places.state, self.documents)
            for path in sorted(root.rglob("*"))
            if path.is_file() and not any(path.is_relative_to(item) for item in own)
        }
