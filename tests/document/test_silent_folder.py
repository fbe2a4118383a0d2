"""A folder that does not answer: the window goes on in the journal, and ends when it is told to."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from inspector_app.document import inspection_document, lock_watch, saving
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.errors import FileProblem
from inspector_app.settings import get_journals_folder
from inspector_app.storage import automatic, inspection_file, reading
from inspector_app.storage.journal import list_journals, read_journal
from tests.storage.helpers import PHOTO_SHA256, make_file, owned_elsewhere, read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PATIENCE = 60_000
SHORT = 150


class HangingFolder:
    """Has whatever is called wait, as a network does, until it answers again."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self.waiting = threading.Event()

    def hang(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wait(*arguments: Any, **options: Any) -> Any:
            self.waiting.set()
            self.answers.wait()
            return function(*arguments, **options)

        return wait


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[HangingFolder]:
    monkeypatch.setattr(saving, "_SILENCE", SHORT)
    folder = HangingFolder()
    yield folder
    folder.answers.set()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.inspection"
    make_file(path)
    return path


@pytest.fixture
def document(path: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    opened = InspectionDocument(path, tmp_path / "backups")
    yield opened
    opened.close()


def rename(document: InspectionDocument, name: str) -> None:
    document.set_field("root", "location_name", name, "Rename")


def count_journaled(document: InspectionDocument) -> int:
    (journal,) = list_journals(get_journals_folder(), document.inspection.id)
    content = read_journal(journal)
    return len(content.changes) if content is not None else 0


@pytest.mark.parametrize("what", ["write_missing", "take_footprint"])
def test_it_is_said_and_changes_go_into_the_journal(
    document: InspectionDocument,
    path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    what: str,
) -> None:
    true = getattr(inspection_file, what)
    monkeypatch.setattr(inspection_file, what, hanging.hang(true))
    rename(document, "One")
    qtbot.waitUntil(
        lambda: (
            document.save_state is not None and "does not answer" in document.save_state.message
        ),
        timeout=PATIENCE,
    )
    rename(document, "Two")
    qtbot.waitUntil(lambda: count_journaled(document) == 2, timeout=PATIENCE)
    assert document.save_state is not None
    assert document.save_state.copies == 1
    assert not document.save()
    with pytest.raises(FileProblem, match="does not answer"):
        document.read_attachment(PHOTO_SHA256)
    hanging.answers.set()
    monkeypatch.setattr(inspection_file, what, true)
    qtbot.waitUntil(lambda: document.save_state.kind == "saved", timeout=PATIENCE)
    assert document.save()
    document.close()
    assert read_all(path)[0].details.location_name == "Two"


def test_closing_waits_for_nobody_and_the_journal_stays(
    document: InspectionDocument,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(
        inspection_file, "write_missing", hanging.hang(inspection_file.write_missing)
    )
    rename(document, "One")
    qtbot.waitUntil(hanging.waiting.is_set, timeout=PATIENCE)
    closing = threading.Timer(PATIENCE / 1000, hanging.answers.set)
    closing.start()
    document.close()
    assert not hanging.answers.is_set(), "closing waited for the folder"
    closing.cancel()
    assert count_journaled(document) == 1


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (inspection_document, "note_opened"),
        (reading, "read_attachment"),
        (lock_watch, "find_lock_state"),
    ],
)
def test_a_look_is_closed_though_its_folder_hangs(
    path: Path,
    tmp_path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    module: Any,
    name: str,
) -> None:
    monkeypatch.setattr(lock_watch, "_INTERVAL", 20)
    with owned_elsewhere(path):
        look = InspectionDocument(path, tmp_path / "backups")
        assert not look.can_edit
        monkeypatch.setattr(module, name, hanging.hang(getattr(module, name)))
        if name != "note_opened":
            # The lock is looked at from a timer.
            look.photos.find_thumbnail(PHOTO_SHA256, 96)
            qtbot.waitUntil(hanging.waiting.is_set, timeout=PATIENCE)
        closing = threading.Timer(PATIENCE / 1000, hanging.answers.set)
        closing.start()
        look.close()
        assert not hanging.answers.is_set(), "closing waited for the folder"
        closing.cancel()
        hanging.answers.set()


def test_a_copy_elsewhere_holds_what_is_in_the_window(
    document: InspectionDocument,
    tmp_path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    true = inspection_file.write_missing
    monkeypatch.setattr(inspection_file, "write_missing", hanging.hang(true))
    rename(document, "One")
    qtbot.waitUntil(hanging.waiting.is_set, timeout=PATIENCE)
    copy = tmp_path / "copy.inspection"
    document.save()
    document.save_copy(copy, tmp_path)
    assert read_all(copy)[0].details.location_name == "One"


def test_a_backup_folder_that_hangs_stops_no_typing(
    document: InspectionDocument,
    path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(automatic, "make_folder", hanging.hang(automatic.make_folder))
    assert document.backups is not None
    document.backups.start()
    qtbot.waitUntil(hanging.waiting.is_set, timeout=PATIENCE)
    rename(document, "One")
    assert document.save()
    assert document.read_attachment(PHOTO_SHA256) is not None
    hanging.answers.set()
    qtbot.waitUntil(lambda: document.backups is None or not document.backups.is_running)


# -- every error that a database knows

ERRORS = sorted(
    {
        item
        for item in vars(apsw).values()
        if isinstance(item, type) and issubclass(item, apsw.Error)
    },
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize(
    "error",
    [*ERRORS, ValueError, MemoryError, RecursionError, OverflowError],
    ids=lambda e: e.__name__,
)
def test_no_error_leaves_a_window_that_neither_saves_nor_closes(
    document: InspectionDocument,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
) -> None:
    def fail(*_: object) -> None:
        raise error("injected")

    with monkeypatch.context() as patch:
        patch.setattr(inspection_file, "write_missing", fail)
        rename(document, "One")
        assert not document.save()
        state = document.save_state
        assert state is not None
        assert (state.kind, state.copies) != ("saved", 0)
        assert count_journaled(document) == 1
    rename(document, "Two")
    assert document.save()
    assert document.save_state is not None
    assert document.save_state.kind == "saved"
    document.close()
    assert read_all(path)[0].details.location_name == "Two"


@pytest.mark.parametrize("error", [*ERRORS, ValueError, MemoryError], ids=lambda e: e.__name__)
def test_an_error_that_lasts_lets_the_inspection_be_closed(
    document: InspectionDocument, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: object) -> None:
        raise error("injected")

    monkeypatch.setattr(inspection_file, "write_missing", fail)
    rename(document, "One")
    rescued = document.close()
    kept = count_journaled(document) if rescued is None else 1
    assert kept == 1


def test_who_paints_a_photo_waits_for_no_folder(
    document: InspectionDocument,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    photo = document.photos.read(PHOTO_SHA256)
    assert photo is not None
    monkeypatch.setattr(document, "read_attachment", hanging.hang(document.read_attachment))
    assert document.photos.read(PHOTO_SHA256) is None
    assert document.photos.read("another") is None, "a second one waited"
    with qtbot.waitSignal(document.photos.came, timeout=PATIENCE):
        hanging.answers.set()
    assert document.photos.read(PHOTO_SHA256) == photo


def test_a_backup_that_nothing_comes_of_is_left_and_the_file_is_let_go(
    document: InspectionDocument,
    path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    true = automatic.RunningBackup.step
    monkeypatch.setattr(automatic.RunningBackup, "step", hanging.hang(true))
    rename(document, "One")
    document.close(lambda _: hanging.waiting.wait())
    assert not hanging.answers.is_set(), "closing waited for the folder"
    hanging.answers.set()
    assert read_all(path)[0].details.location_name == "One"
