"""Backups beside the work: when they are made, what is in them, and what happens when they fail."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Attachment, Block
from inspector_app.errors import FileProblem, InspectorError
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage import database
from inspector_app.storage.automatic import RunningBackup
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from tests.report.making import bring_in, full_content
from tests.systems import held_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported


@pytest.fixture
def imported() -> Imported:
    return bring_in("rated", **full_content("rated"))


@pytest.fixture
def path(tmp_path: Path, imported: Imported) -> Path:
    path = tmp_path / "A secret name.inspection"
    create_inspection_file(
        path,
        *start_with_edition(imported.change, imported.inspection),
        imported.attachments,
        tmp_path,
    )
    return path


@pytest.fixture
def open_document(
    path: Path, tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[[], InspectionDocument]]:
    opened: list[InspectionDocument] = []

    def make() -> InspectionDocument:
        document = InspectionDocument(path, tmp_path / "backups")
        opened.append(document)
        return document

    yield make
    for document in opened:
        document.close()


def rename(document: InspectionDocument, name: str) -> None:
    document.set_field(document.inspection.id, "location_name", name, "Rename")


def read_name(path: Path) -> str:
    with open_for_reading(path) as reader:
        return reader.inspection.details.location_name


def back_up(document: InspectionDocument, qtbot: QtBot) -> None:
    assert document.backups is not None
    with qtbot.waitSignal(document.backups.changed):
        document.backups.start()
    assert not document.backups.is_running


def test_an_opened_inspection_is_backed_up_whole_and_once(
    open_document: Callable[[], InspectionDocument], qtbot: QtBot
) -> None:
    document = open_document()
    back_up(document, qtbot)
    (backup,) = document.versions.list_backups()
    assert "secret" not in str(backup.path.relative_to(document.path.parent))
    with open_for_reading(backup.path) as reader:
        assert reader.inspection == document.inspection
        for item in document.inspection.all(Attachment):
            assert reader.read_attachment(item.sha256) == document.read_attachment(item.sha256)
    assert document.backups is not None
    document.backups.start()
    backups = document.backups
    qtbot.waitUntil(lambda: not backups.is_running)
    assert len(document.versions.list_backups()) == 1, "nothing changed since"
    document.close()
    assert len(document.versions.list_backups()) == 1


def test_what_is_typed_meanwhile_is_kept_and_in_the_backup(
    open_document: Callable[[], InspectionDocument], qtbot: QtBot
) -> None:
    document = open_document()
    document.add_attachment(bytes(24_000_000))
    assert document.backups is not None
    document.backups.start()
    assert document.backups.is_running
    rename(document, "Typed while it was copied")
    assert document.save()
    with qtbot.waitSignal(document.backups.changed):
        pass
    (backup,) = document.versions.list_backups()
    assert read_name(backup.path) == "Typed while it was copied"


def test_closing_backs_up_what_changed(
    open_document: Callable[[], InspectionDocument], qtbot: QtBot
) -> None:
    document = open_document()
    back_up(document, qtbot)
    rename(document, "Before closing")
    document.close()
    names = {read_name(backup.path) for backup in document.versions.list_backups()}
    assert names == {"The Invented Clinic", "Before closing"}


def test_closing_in_the_middle_of_a_backup_ends_it(
    open_document: Callable[[], InspectionDocument],
) -> None:
    document = open_document()
    document.add_attachment(bytes(2_000_000))
    assert document.backups is not None
    document.backups.start()
    rename(document, "In the middle")
    document.close()
    (backup,) = document.versions.list_backups()
    assert read_name(backup.path) == "In the middle"
    assert read_name(document.path) == "In the middle"
    assert [item.suffix for item in backup.path.parent.iterdir()] == [".inspection"]


def test_a_backup_that_fails_is_told_and_stops_nothing(
    open_document: Callable[[], InspectionDocument], tmp_path: Path, qtbot: QtBot
) -> None:
    document = open_document()
    folder = tmp_path / "backups"
    folder.write_text("no folder")
    assert document.backups is not None
    with qtbot.waitSignal(document.backups.changed):
        document.backups.start()
    assert "backup was not made" in document.backups.problem
    assert "secret" not in document.backups.problem
    rename(document, "Work goes on")
    assert document.save()
    folder.unlink()
    back_up(document, qtbot)
    assert document.backups.problem == ""
    assert len(document.versions.list_backups()) == 1


@held_open
def test_a_backup_whose_folder_goes_away_meanwhile(
    open_document: Callable[[], InspectionDocument], tmp_path: Path, qtbot: QtBot
) -> None:
    document = open_document()
    document.add_attachment(bytes(40_000_000))
    assert document.backups is not None
    document.backups.start()
    qtbot.waitUntil(lambda: any((tmp_path / "backups").glob("*/.*")))
    (folder,) = (tmp_path / "backups").iterdir()
    folder.rename(tmp_path / "elsewhere")
    with qtbot.waitSignal(document.backups.changed):
        pass
    assert document.backups.problem
    rename(document, "Work goes on")
    assert document.save()


def test_a_file_that_is_let_go_in_the_middle_of_a_backup(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "backups" / "copy.inspection"
    with InspectionFile.open(path, tmp_path) as file:
        file.add_attachment(bytes(2_000_000))
        running = file.start_backup(target)
        assert not running.step(1)
    with pytest.raises(FileProblem, match="closed"):
        running.step()
    assert not list(target.parent.iterdir())


def test_a_slice_waits_for_nobody_who_writes(path: Path, tmp_path: Path) -> None:
    """Commits are made in a thread; between two keys a slice must not wait for their disk."""
    lock = threading.RLock()
    taken, go = threading.Event(), threading.Event()

    def write() -> None:
        with lock:
            taken.set()
            go.wait()

    source = database.connect(path, database.READ_ONLY)
    running = RunningBackup(source, lock, tmp_path / "backups" / "copy.inspection")
    writer = threading.Thread(target=write)
    writer.start()
    taken.wait()
    assert not running.step(1_000_000)
    go.set()
    writer.join()
    assert running.step(1_000_000)
    running.finish()
    source.close()
    assert read_name(tmp_path / "backups" / "copy.inspection") == "The Invented Clinic"


def test_a_version_is_a_mark_in_the_history(
    open_document: Callable[[], InspectionDocument], path: Path
) -> None:
    document = open_document()
    document.who = "AB"
    rename(document, "First")
    then = document.inspection
    assert document.versions.keep("  Before <b>review</b> ")
    rename(document, "Second")
    document.close()
    document = open_document()
    (line,) = [line for line in document.versions.list_lines() if line.marks_version]
    assert (line.label, line.who) == ("Before <b>review</b>", "AB")
    assert document.versions.read_state(line.id) == then
    assert document.inspection.details.location_name == "Second"
    with pytest.raises(InspectorError):
        document.versions.read_state("no such change")


def test_every_state_of_the_history_can_be_read(
    open_document: Callable[[], InspectionDocument],
) -> None:
    document = open_document()
    states = [document.inspection]
    for number in range(20):
        rename(document, f"Name {number}")
        draft = document.draft()
        draft.delete(next(item.id for item in draft.result if isinstance(item, Block)))
        document.apply_draft(draft, "Delete")
        states.append(document.inspection)
    document.undo_stack.undo()
    lines = document.versions.list_lines()
    assert [line.label for line in lines[:2]] == ["Undo: Delete", "Delete"]
    found = [document.versions.read_state(line.id) for line in reversed(lines[1:])]
    assert found[::2] == states


def test_a_photo_comes_back_from_a_backup_with_its_bytes(
    open_document: Callable[[], InspectionDocument],
    imported: Imported,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """A file that lost bytes gets them again; such a loss needs another program."""
    document = open_document()
    back_up(document, qtbot)
    (backup,) = document.versions.list_backups()
    document.close()
    create_inspection_file(
        document.path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    document = open_document()
    photo = next(document.inspection.all(Attachment))
    draft = document.draft()
    draft.delete_all(
        [item.id for item in draft.result if isinstance(item, Block) and item.attachment]
    )
    draft.delete(photo.id)
    document.apply_draft(draft, "Delete")
    assert document.read_attachment(photo.sha256) is None
    then = document.versions.read_backup(backup.path)
    document.versions.restore(then, document.versions.compare(then), "Restore", backup.path)
    assert document.inspection.find(photo.id) == photo
    assert document.read_attachment(photo.sha256) == imported.attachments[photo.sha256]
