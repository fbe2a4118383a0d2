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
from inspector_app.storage.holder import Holder
from inspector_app.storage.inspection_file import InspectionFile, create_inspection_file
from inspector_app.storage.journal import get_journal_name, read_journal
from inspector_app.storage.private_copy import get_journal_path
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import leave_in_journal, make_file, owned_elsewhere

if TYPE_CHECKING:
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection

_EDITS = 12
WHEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


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


class Originals(NamedTuple):
    """Everything that is damaged."""

    files: list[FileOriginal]
    broken_off: FileOriginal
    """Left by a crash: its bytes are those of the middle of a change."""
    journal: bytes
    journal_name: str
    journal_changes: tuple[Change, ...]
    contents: list[bytes]


def make_originals(path: Path) -> Originals:
    """Make them; the journal is one of a file at `path`, and nothing stays there."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "small.inspection"
        make_file(small)
        sample = folder / "sample.inspection"
        imported = _import_sample()
        create_inspection_file(
            sample, imported.change, imported.inspection, imported.attachments, folder / "b"
        )
        files = [_edit_and_read(small, folder), _edit_and_read(sample, folder)]
        broken_off = _break_off(files[0], folder)
        contents = []
        for original in files:
            contents.append(write_content(original.inspection, original.photos.get))
    path.write_bytes(files[0].data)
    who = Holder(host="laptop", user="AB", process=12345, since=WHEN)
    with mock.patch("inspector_app.storage.journal.describe_this_process", return_value=who):
        leave_in_journal(path, *(f"Name {number}" for number in range(6)))
    journal = get_journals_folder() / f"{get_journal_name(files[0].inspection.id, path)}.journal"
    data = journal.read_bytes()
    journal.unlink()
    path.unlink()
    shutil.rmtree(path.parent / "backups", ignore_errors=True)
    journal.write_bytes(data)
    content = read_journal(journal)
    assert content is not None
    journal.unlink()
    return Originals(files, broken_off, data, journal.name, content.changes, contents)


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


def read_original(path: Path) -> tuple[Inspection, list[Change], dict[str, bytes | None]]:
    """Return everything that is in a file."""
    with open_for_reading(path) as reader:
        photos = {
            item.sha256: reader.read_attachment(item.sha256)
            for item in reader.inspection.all(Attachment)
        }
        return reader.inspection, list(reader.history()), photos


def _edit_and_read(path: Path, folder: Path) -> FileOriginal:
    """Have a file grow a history of changes of all kinds, and read it."""
    older = b""
    with InspectionFile.open(path, folder / "b") as file:
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
    with InspectionFile.open(path, folder / "b") as file:
        draft = Draft(file.inspection)
        draft.set(file.inspection.id, "provider_name", "Provider, renamed last")
        file.commit(_fix(draft.finish("Rename", "AB"), 200), draft.result)
    inspection, history, photos = read_original(path)
    return FileOriginal(path.stem, path.read_bytes(), older, b"", inspection, history, photos)


def _break_off(original: FileOriginal, folder: Path) -> FileOriginal:
    path = folder / "broken off.inspection"
    path.write_bytes(original.data)
    with owned_elsewhere(path, folder / "b") as owner:
        owner.tell("spill")
        owner.kill()
    hot = get_journal_path(path).read_bytes()
    return original._replace(name="broken off", data=path.read_bytes(), hot=hot)
