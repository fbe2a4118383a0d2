"""What a session that broke off has left: offered, brought back, discarded."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Attachment
from inspector_app.errors import FileProblem, InspectionInUse, InspectorError
from inspector_app.settings import get_journals_folder, get_rescue_folder
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal
from inspector_app.storage.journal_attachments import write_attachment
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import leave_in_journal, make_file, own
from tests.systems import held_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.inspection"
    make_file(path)
    return path


@pytest.fixture
def open_document(path: Path, qtbot: QtBot) -> Iterator[Callable[[], InspectionDocument]]:
    documents: list[InspectionDocument] = []

    def open_it() -> InspectionDocument:
        documents.append(InspectionDocument(path, path.parent / "backups"))
        return documents[-1]

    yield open_it
    for document in documents:
        document.close()


def fail(*_: object) -> None:
    raise FileProblem("The disk is full.")


def journals() -> list[Path]:
    return sorted(get_journals_folder().iterdir())


def test_nothing_is_offered_where_nothing_was_left(
    open_document: Callable[[], InspectionDocument],
) -> None:
    document = open_document()
    assert document.recovery.changes == ()
    document.set_field("root", "location_name", "Mill", "Type")
    document.close()
    assert journals() == []
    assert open_document().recovery.changes == ()


def test_what_was_left_is_brought_back_in_order_and_can_be_undone(
    open_document: Callable[[], InspectionDocument], path: Path, qtbot: QtBot
) -> None:
    leave_in_journal(path, "Mill", "Lane")
    document = open_document()
    assert document.inspection.details.location_name == "Little Meadow Clinic"
    left = [change.id for change in document.recovery.changes]
    assert len(left) == 2
    with qtbot.waitSignal(document.recovery.changed):
        document.recovery.bring_back()
    assert document.inspection.details.location_name == "Lane"
    assert document.recovery.changes == ()
    document.undo_stack.undo()
    assert document.inspection.details.location_name == "Mill"
    document.undo_stack.redo()
    document.close()
    with open_for_reading(path) as reader:
        assert reader.inspection.details.location_name == "Lane"
        assert list(reader.read_ids())[1:3] == left
    assert journals() == []
    assert open_document().recovery.changes == ()


def test_not_now_means_next_time(
    open_document: Callable[[], InspectionDocument], path: Path
) -> None:
    leave_in_journal(path, "Mill")
    document = open_document()
    document.set_field("block1", "text", "Went on.", "Type")
    document.close()
    document = open_document()
    document.recovery.bring_back()
    document.close()
    with open_for_reading(path) as reader:
        assert reader.inspection.details.location_name == "Mill"
    assert journals() == []


def test_what_was_changed_since_does_not_fit_and_stays(
    open_document: Callable[[], InspectionDocument], path: Path
) -> None:
    leave_in_journal(path, "Mill")
    document = open_document()
    document.set_field("root", "location_name", "Wood", "Type")
    document.recovery.bring_back()
    assert document.inspection.details.location_name == "Wood"
    assert document.recovery.refused == 1
    document.close()
    assert len(open_document().recovery.changes) == 1


def test_discarding_is_for_good(
    open_document: Callable[[], InspectionDocument], path: Path
) -> None:
    leave_in_journal(path, "Mill")
    document = open_document()
    document.recovery.discard()
    document.close()
    assert open_document().recovery.changes == ()
    assert journals() == []


def test_photos_come_back_with_their_change(
    open_document: Callable[[], InspectionDocument], path: Path
) -> None:
    photo = b"a photo"
    sha256 = hashlib.sha256(photo).hexdigest()
    with own(path) as file:
        draft = Draft(file.inspection)
        draft.create(
            Attachment(
                id="photo2",
                parent="root",
                position="W",
                name="b.png",
                media_type="image/png",
                sha256=sha256,
            )
        )
        folder = get_journals_folder()
        write = Journal.start(folder, "root", file.path, file.head, [draft.finish("Add photo")])
        write.close()
        write_attachment(folder, "root", sha256, photo)
    document = open_document()
    document.recovery.bring_back()
    document.close()
    with open_for_reading(path) as reader:
        assert reader.read_attachment(sha256) == photo
    assert journals() == []


def test_a_published_inspection_is_reopened_first(
    open_document: Callable[[], InspectionDocument], path: Path
) -> None:
    with own(path) as file:
        draft = Draft(file.inspection)
        draft.set("root", "state", "published")
        file.commit(draft.finish("Publish"), draft.result)
    leave_in_journal(path, "Mill")
    document = open_document()
    with pytest.raises(InspectorError, match="Published"):
        document.recovery.bring_back()
    document.reopen()
    document.recovery.bring_back()
    assert document.inspection.details.location_name == "Mill"


# -- the file that fails


def test_what_is_typed_while_the_file_fails_is_in_the_journal(
    open_document: Callable[[], InspectionDocument],
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    commit = InspectionFile.commit_all
    monkeypatch.setattr(InspectionFile, "commit_all", fail)
    document = open_document()
    for name in ("M", "Mi", "Mill"):
        document.set_field("root", "location_name", name, "Type", "name")
        document.save()
    document.set_field("root", "location_name", "Mills", "Type", "name")
    qtbot.waitUntil(lambda: b"Mills" in journals()[0].read_bytes())
    assert document.save_state is not None
    assert (document.save_state.kind, document.save_state.copies) == ("failed", 1)
    rescued = document.close()
    assert rescued is not None
    assert rescued.parent == get_rescue_folder()
    with open_for_reading(rescued) as reader:
        assert reader.inspection.details.location_name == "Mills"
    monkeypatch.setattr(InspectionFile, "commit_all", commit)
    document = open_document()
    assert len(document.recovery.changes) == 4
    document.recovery.bring_back()
    assert document.inspection.details.location_name == "Mills"


def test_a_passing_trouble_is_not_told_at_once(
    open_document: Callable[[], InspectionDocument], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    attempts: list[object] = []
    real = InspectionFile.commit_all

    def hold_twice(file: InspectionFile, *arguments: object) -> None:
        attempts.append(arguments)
        if len(attempts) <= 2:
            raise InspectionInUse("A virus scanner holds it.")
        real(file, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(InspectionFile, "commit_all", hold_twice)
    document = open_document()
    monkeypatch.setattr("inspector_app.storage.trouble.find_holder", lambda _: None)
    kinds: list[str] = []
    document.save_state_changed.connect(lambda state: kinds.append(state.kind))
    document.set_field("root", "location_name", "Mill", "Type")
    qtbot.waitUntil(lambda: "saved" in kinds)
    assert len(attempts) == 3
    assert "failed" not in kinds


@held_open
def test_a_file_that_disappears_is_noticed_without_typing(
    open_document: Callable[[], InspectionDocument],
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr("inspector_app.document.saving._LOOK", 20)
    document = open_document()
    away = path.rename(path.with_name("away"))
    with qtbot.waitSignal(document.save_state_changed) as signal:
        pass
    assert signal.args[0].kind == "failed"
    assert "deleted" in signal.args[0].message
    away.rename(path)
    qtbot.waitUntil(lambda: document.save_state is not None and document.save_state.kind == "saved")


def test_a_copy_can_be_saved_while_the_file_fails(
    open_document: Callable[[], InspectionDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InspectionFile, "commit_all", fail)
    document = open_document()
    document.set_field("root", "location_name", "Mill", "Type")
    document.save()
    document.save_copy(tmp_path / "copy.inspection", tmp_path / "backups")
    with open_for_reading(tmp_path / "copy.inspection") as reader:
        assert reader.inspection == document.inspection
        assert len(list(reader.history())) == 2
