"""What the fuzzing damages: inspection files, what a crash leaves of one, journals, content."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import msgspec

from inspector_app.assets import get_resource
from inspector_app.content.importing import Imported, import_content
from inspector_app.content.writing import write_content
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Attachment, Block, EvidenceNote
from inspector_app.settings import get_journals_folder
from inspector_app.storage.encryption import make_key
from inspector_app.storage.holder import Holder
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import get_journal_name, read_journal
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.private_copy import get_journal_path
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import CHEAP, leave_in_journal, make_file, owned_elsewhere

if TYPE_CHECKING:
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.encryption import Key

_EDITS = 12
WHEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PASSWORD = "meadow"  # noqa: S105


class FileOriginal(NamedTuple):
    """A whole inspection file, and what is in it."""

    name: str
    data: bytes
    older: bytes
    """The same file, some changes before."""
    hot: bytes
    """SQLite's journal where a crash broke a change off; "": there was no crash."""
    inspection: Inspection
    history: list[Change]
    photos: dict[str, bytes | None]
    key: Key | None = None


class JournalOriginal(NamedTuple):
    """A journal that has more than a file."""

    name: str
    data: bytes
    changes: tuple[Change, ...]
    file: FileOriginal


class Originals(NamedTuple):
    """Everything that is damaged."""

    files: list[FileOriginal]
    broken_off: FileOriginal
    """Left by a crash: its bytes are those of the middle of a change."""
    journal: JournalOriginal
    contents: list[bytes]
    protected: list[FileOriginal]
    """The same files with a password."""
    protected_broken_off: FileOriginal
    sealed_journal: JournalOriginal


def make_originals(path: Path) -> Originals:
    """Make them; the journals are of a file at `path`, and nothing stays there."""
    key = make_key(PASSWORD, CHEAP)
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = _make_files(folder / "plain")
        protected = _make_files(folder / "protected", key)
        originals = Originals(
            files,
            _break_off(files[0], folder / "plain"),
            _leave_journal(path, files[0]),
            [write_content(original.inspection, original.photos.get) for original in files],
            protected,
            _break_off(protected[0], folder / "protected"),
            _leave_journal(path, protected[0]),
        )
    shutil.rmtree(path.parent / "backups", ignore_errors=True)
    return originals


def _make_files(folder: Path, key: Key | None = None) -> list[FileOriginal]:
    folder.mkdir()
    small = folder / "small.inspection"
    make_file(small, key=key)
    sample = folder / "sample.inspection"
    imported = _import_sample()
    create_inspection_file(
        sample, imported.change, imported.inspection, imported.attachments, folder / "b", key
    )
    return [_edit_and_read(small, folder, key), _edit_and_read(sample, folder, key)]


def _leave_journal(path: Path, original: FileOriginal) -> JournalOriginal:
    """Return a journal of a file at a path, where nothing of it stays."""
    path.write_bytes(original.data)
    who = Holder(host="laptop", user="AB", process=12345, since=WHEN)
    names = [f"Name {number}" for number in range(6)]
    with mock.patch("inspector_app.storage.journal.describe_this_process", return_value=who):
        leave_in_journal(path, *names, key=original.key)
    journal = get_journals_folder() / f"{get_journal_name(original.inspection.id, path)}.journal"
    data = journal.read_bytes()
    content = read_journal(journal, original.key)
    assert content is not None
    journal.unlink()
    path.unlink()
    return JournalOriginal(journal.name, data, content.changes, original)


def _import_sample() -> Imported:
    """Return the sample with ids and times that are the same each time."""
    file = get_resource("samples", "rated.json")
    content = json.loads(file.read_bytes())
    content["id"] = "sample"
    imported = import_content(json.dumps(content).encode(), file.name, file.parent)
    return imported._replace(change=_fix(imported.change, 0))


def _fix(change: Change, number: int) -> Change:
    """Return a change with an id and a time that are the same each time."""
    return msgspec.structs.replace(change, id=f"change{number}", when=WHEN)


def read_original(
    path: Path, key: Key | None
) -> tuple[Inspection, list[Change], dict[str, bytes | None]]:
    """Return everything that is in a file."""
    with open_for_reading(path, key) as reader:
        photos = {
            item.sha256: reader.read_attachment(item.sha256)
            for item in reader.inspection.all(Attachment)
        }
        return reader.inspection, list(reader.history()), photos


def _edit_and_read(path: Path, folder: Path, key: Key | None) -> FileOriginal:
    """Have a file grow a history of changes of all kinds, and read it."""
    older = b""
    with InspectionFile.open(path, folder / "b", key) as file:
        inspection = file.inspection
        for number in range(_EDITS):
            draft = Draft(inspection)
            blocks = [item.id for item in inspection if isinstance(item, Block)]
            if number % 4 == 0:
                draft.set(blocks[number % len(blocks)], "text", f"Typed {number} – œ " * 30)
            elif number % 4 == 1:
                draft.set(inspection.id, "ratings.caring", ("good", "inadequate")[number % 2])
            elif number % 4 == 2:
                place = draft.position_at_end(inspection.id, EvidenceNote)
                note = EvidenceNote(
                    id=f"fuzz{number}", parent=inspection.id, position=place, text="Seen. " * 400
                )
                draft.create(note)
            else:
                draft.delete(f"fuzz{number - 1}")
            change = _fix(draft.finish(f"Edit {number}", "AB"), 100 + number)
            file.commit(change, draft.result)
            inspection = draft.result
    older = path.read_bytes()
    with InspectionFile.open(path, folder / "b", key) as file:
        draft = Draft(file.inspection)
        draft.set(file.inspection.id, "provider_name", "Provider, renamed last")
        file.commit(_fix(draft.finish("Rename", "AB"), 200), draft.result)
    inspection, history, photos = read_original(path, key)
    name = path.stem if key is None else f"protected {path.stem}"
    return FileOriginal(name, path.read_bytes(), older, b"", inspection, history, photos, key)


def _break_off(original: FileOriginal, folder: Path) -> FileOriginal:
    path = folder / "broken off.inspection"
    path.write_bytes(original.data)
    password = "" if original.key is None else PASSWORD
    with owned_elsewhere(path, folder / "b", password) as owner:
        owner.tell("spill")
        owner.kill()
    hot = get_journal_path(path).read_bytes()
    return original._replace(name="broken off", data=path.read_bytes(), hot=hot)
