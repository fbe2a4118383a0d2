"""Small copies of photos, made beside the window, and photos that are turned."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.photos import Photos, list_pictures
from inspector_app.domain.entities import Attachment
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from tests.pictures import making
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    imported = bring_in("rated")
    path = tmp_path / "clinic.inspection"
    create_inspection_file(
        path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    return path


@pytest.fixture
def document(path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    document = InspectionDocument(path, path.parent)
    yield document
    document.close()


def add(document: InspectionDocument, id_: str, data: bytes) -> Attachment:
    """Keep bytes as they are, as earlier versions did."""
    file = Attachment(
        id=id_,
        parent=document.inspection.id,
        name=f"{id_}.jpg",
        media_type="image/jpeg",
        sha256=document.add_attachment(data),
    )
    draft = document.draft()
    draft.create(file)
    document.apply_draft(draft, "Add a file")
    return file


def make_photo(width: int = 400, height: int = 300) -> bytes:
    return making.save(making.make_image(width, height), "JPEG", quality=95)


def wait_for(qtbot: QtBot, photos: Photos, file: Attachment, side: int = 96) -> QImage:
    found: list[QImage | None] = []

    def is_there() -> bool:
        found.append(photos.find_thumbnail(file.sha256, side))
        return found[-1] is not None

    qtbot.waitUntil(is_there)
    image = found[-1]
    assert image is not None
    return image


def test_small_copies_are_read_and_made_in_another_thread(
    document: InspectionDocument, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, film = add(document, "door", make_photo()), add(document, "film", b"no picture")
    threads = set()
    read = document.read_attachment

    def read_attachment(sha256: str) -> bytes | None:
        threads.add(threading.current_thread())
        return read(sha256)

    monkeypatch.setattr(document, "read_attachment", read_attachment)
    photos = document.photos
    assert photos.find_thumbnail(door.sha256, 96) is None
    with qtbot.waitSignal(photos.ready, check_params_cb=lambda ready: ready == door.sha256):
        pass
    small = photos.find_thumbnail(door.sha256, 96)
    assert small is not None
    assert (small.width(), small.height()) == (192, 144)
    assert wait_for(qtbot, photos, door, 600).width() == 400
    assert wait_for(qtbot, photos, film).isNull()
    assert threading.main_thread() not in threads
    problems = []
    for file in (door, film):
        qtbot.waitUntil(lambda file=file: photos.find_problem(file.sha256) is not None)
        problems.append(photos.find_problem(file.sha256))
    assert problems == ["", "it is no picture, or of a kind that cannot be read"]
    assert list(list_pictures(document.inspection)) == [door, film]


def test_who_cannot_read_in_two_threads_reads_in_the_windows(
    document: InspectionDocument, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = add(document, "door", make_photo())
    threads = set()
    read = document.read_attachment

    def read_attachment(sha256: str) -> bytes | None:
        threads.add(threading.current_thread())
        return read(sha256)

    monkeypatch.setattr(document, "read_attachment", read_attachment)
    photos = Photos(document)
    assert wait_for(qtbot, photos, door).width() == 192
    assert threads
    assert threading.main_thread() not in threads
    photos.close()


def test_as_many_are_kept_as_there_is_memory_for(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    one, two = add(document, "one", make_photo()), add(document, "two", make_photo(300, 400))
    photos = Photos(document, most_bytes=192 * 144 * 4)
    wait_for(qtbot, photos, one)
    wait_for(qtbot, photos, two)
    assert photos.find_thumbnail(two.sha256, 96) is not None
    assert photos.find_thumbnail(one.sha256, 96) is None
    photos.close()


def test_turning_is_one_edit_and_the_first_photo_stays(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    before = add(document, "door", make_photo())
    document.undo_stack.clear()
    errors: list[Exception] = []

    def get() -> Attachment:
        return document.inspection.get("door", Attachment)

    def turn(*quarters: int) -> QImage:
        start = get().sha256
        for quarter in quarters:
            document.photos.turn("door", quarter, errors.append)
        qtbot.waitUntil(lambda: get().sha256 != start)
        return QImage.fromData(document.read_attachment(get().sha256) or b"")

    # Red is on the left, then at the top, then on the right.
    upright = turn(1)
    assert (upright.width(), upright.height()) == (300, 400)
    assert upright.pixelColor(150, 20).red() > 200
    # The second comes while the first is still at work.
    around = turn(1)
    assert around.width() == 400
    assert around.pixelColor(380, 150).red() > 200
    # Round to where it began: the very same bytes.
    turn(-1, -1)
    assert get() == before
    assert document.undo_stack.count() == 0
    turn(-1)
    assert document.undo_stack.undoText() == "Turn picture"
    turned = get()
    document.undo_stack.undo()
    assert get() == before
    assert errors == []
    document.undo_stack.redo()
    document.close()
    with open_for_reading(document.path) as reader:
        assert reader.inspection.get("door", Attachment) == turned
        assert reader.read_attachment(before.sha256) == make_photo()
        assert making.MARKER.encode() not in (reader.read_attachment(turned.sha256) or b"")


def test_what_cannot_be_turned_says_so_and_stays(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    file = add(document, "film", b"no picture")
    errors: list[Exception] = []
    document.photos.turn("film", 1, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert "no picture" in str(errors[0])
    assert document.inspection.get("film", Attachment) == file
    # One that is deleted meanwhile is none to turn.
    door = add(document, "door", make_photo())
    document.photos.turn(door.id, 1, errors.append)
    draft = document.draft()
    draft.delete(door.id)
    document.apply_draft(draft, "Remove a file")
    wait_for(qtbot, document.photos, file)
    assert document.inspection.find(door.id) is None
    assert len(errors) == 1
