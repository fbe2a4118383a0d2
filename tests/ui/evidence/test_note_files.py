"""Photos and files of a note: picked, dropped, pasted; cleaned of what the camera wrote."""

from __future__ import annotations

import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QColorSpace,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QProgressBar, QPushButton

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.pictures.cleaning import clean_picture
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.evidence import adding
from inspector_app.ui.evidence.note_files import NoteFiles
from inspector_app.ui.evidence.pictures import encode_picture
from inspector_app.ui.widgets import disk_waiting
from tests.pictures import making
from tests.report.making import make_png

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.pictures.cleaning import CleanPicture
    from tests.ui.conftest import RecordingPrompts

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def files(document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot) -> NoteFiles:
    files = NoteFiles(document, prompts)
    qtbot.addWidget(files)
    document.changed.connect(files.refresh)
    files.resize(600, 400)
    files.show_note("nurse")
    files.show()
    qtbot.waitExposed(files)
    return files


def reopen(document: InspectionDocument) -> list[tuple[Attachment, bytes]]:
    document.close()
    with open_for_reading(document.path) as reader:
        inspection = reader.inspection
        found = []
        for id_ in inspection.get("nurse", EvidenceNote).attachments:
            file = inspection.get(id_, Attachment)
            found.append((file, reader.read_attachment(file.sha256) or b""))
    return found


def click(qtbot: QtBot, files: NoteFiles, name: str) -> None:
    qtbot.mouseClick(files.findChild(QPushButton, name), LEFT)


def find_problems(files: NoteFiles) -> list[str]:
    """Return what the rows say of files that could not be cleaned."""
    labels = [label for label in files.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels if label.objectName().startswith("problem.")]


def wait_for_photos(qtbot: QtBot, document: InspectionDocument) -> None:
    """Wait until all is known of the files of the note."""
    inspection = document.inspection
    for id_ in inspection.get("nurse", EvidenceNote).attachments:
        sha256 = inspection.get(id_, Attachment).sha256
        qtbot.waitUntil(lambda sha256=sha256: document.photos.find_problem(sha256) is not None)


@pytest.mark.parametrize("kind", making.KINDS)
def test_a_photo_tells_nothing(
    kind: str,
    qtbot: QtBot,
    files: NoteFiles,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    path = tmp_path / f"door.{kind}"
    path.write_bytes(making.KINDS[kind]())
    prompts.files = [path]
    click(qtbot, files, "add_files")
    assert prompts.problems == []
    wait_for_photos(qtbot, document)
    assert find_problems(files) == []
    ((file, data),) = reopen(document)
    assert making.MARKER.encode() not in data
    assert Path(file.name).suffix in {".jpg", ".jpeg", ".png"}
    picture = QImage.fromData(data)
    assert (picture.height() > picture.width()) is (kind in making.TURNED)


def test_what_cannot_be_cleaned_says_so_where_it_is_added(
    qtbot: QtBot,
    files: NoteFiles,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    broken = making.make_jpeg()[:300]
    pages = making.save(
        making.make_image(), "TIFF", save_all=True, append_images=[making.make_image()]
    )
    given = {"film.mp4": b"\0\0\0\x18ftypmp42", "broken.jpg": broken, "scan.tif": pages}
    for name, data in given.items():
        (tmp_path / name).write_bytes(data)
    prompts.files = [tmp_path / name for name in given]
    click(qtbot, files, "add_files")
    wait_for_photos(qtbot, document)
    problems = find_problems(files)
    reasons = ("no picture", "damaged", "several pages")
    assert len(problems) == len(reasons)
    for problem, reason in zip(problems, reasons, strict=True):
        assert reason in problem
        assert problem.startswith("Kept as it is")
    assert {file.name: data for file, data in reopen(document)} == given


def test_a_pasted_picture_has_the_colours_of_screens(qtbot: QtBot) -> None:
    image = QImage(4, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 0, 0, 128))
    image.setText("Comment", making.MARKER)
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    picture = encode_picture(image)
    assert making.MARKER.encode() not in picture.data
    shown = QImage.fromData(picture.data)
    assert shown.pixelColor(1, 1).alpha() == 128


def test_pick_photos_and_files(
    qtbot: QtBot,
    files: NoteFiles,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    (tmp_path / "door.JPG").write_bytes(making.make_jpeg())
    (tmp_path / "rota.pdf").write_bytes(b"%PDF-1.4")
    prompts.files = [tmp_path / "door.JPG", tmp_path / "rota.pdf", tmp_path / "gone.png"]
    click(qtbot, files, "add_files")
    assert [headline for headline, _ in prompts.problems] == ["The file was not added."]
    assert document.undo_stack.undoText() == "Add 2 files to a note"
    photo = document.inspection.get("nurse", EvidenceNote).attachments[0]
    caption = files.findChild(QPlainTextEdit, f"{photo}.caption")
    qtbot.keyClicks(caption, "Back door")
    (door, picture), (rota, pdf) = reopen(document)
    assert (door.name, door.caption, door.media_type) == ("door.JPG", "Back door", "image/jpeg")
    assert making.MARKER.encode() not in picture
    assert QImage.fromData(picture).height() == making.SIZE[0]
    assert (rota.name, rota.media_type, pdf) == ("rota.pdf", "application/pdf", b"%PDF-1.4")


def test_many_are_added_in_order_beside_the_window(
    qtbot: QtBot,
    files: NoteFiles,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads = set()

    def clean(data: bytes) -> CleanPicture:
        threads.add(threading.current_thread())
        return clean_picture(data)

    monkeypatch.setattr(adding, "clean_picture", clean)
    names = [f"{number}.jpg" for number in (3, 1, 2)]
    for name in names:
        (tmp_path / name).write_bytes(making.make_jpeg())
    prompts.files = [tmp_path / name for name in [*names[:2], "gone.jpg", names[2]]]
    click(qtbot, files, "add_files")
    assert threads
    assert threading.main_thread() not in threads
    assert ["gone.jpg" in message for _, message in prompts.problems] == [True]
    assert [file.name for file, _ in reopen(document)] == names


def test_who_cancels_adds_nothing(
    qtbot: QtBot,
    files: NoteFiles,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goes_on = threading.Event()
    cleaned: list[int] = []

    def clean(data: bytes) -> CleanPicture:
        cleaned.append(len(data))
        if len(cleaned) == 2:
            goes_on.wait()
        return clean_picture(data)

    monkeypatch.setattr(adding, "clean_picture", clean)
    monkeypatch.setattr(disk_waiting, "_PATIENCE", 20)
    prompts.files = [tmp_path / f"{number}.jpg" for number in range(4)]
    for path in prompts.files:
        path.write_bytes(making.make_jpeg())
    before = document.inspection

    def cancel() -> None:
        progress = files.window().findChild(QProgressBar, "waiting_progress")
        if progress is not None and progress.isVisible() and progress.value() == 25:
            timer.stop()
            qtbot.mouseClick(files.window().findChild(QPushButton, "waiting_cancel"), LEFT)
            goes_on.set()

    timer = QTimer(files)
    timer.timeout.connect(cancel)
    timer.start(10)
    click(qtbot, files, "add_files")
    assert not timer.isActive()
    assert len(cleaned) == 2
    assert document.inspection == before
    assert not prompts.problems


def test_paste_a_picture(qtbot: QtBot, files: NoteFiles, document: InspectionDocument) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(QImage.fromData(make_png(30, 10)))
    click(qtbot, files, "paste_files")
    clipboard.clear()
    ((file, data),) = reopen(document)
    assert file.name == "Pasted picture.png"
    assert QImage.fromData(data).width() == 30


def test_drop_a_file(files: NoteFiles, document: InspectionDocument, tmp_path: Path) -> None:
    path = tmp_path / "room.png"
    path.write_bytes(make_png(30, 10))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    with warnings.catch_warnings():
        # Newer versions of Qt want another kind of point, which older ones do not take.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(files.rect().center(), copy, data, LEFT, none)
    enter.ignore()
    QApplication.sendEvent(files, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(files, QDropEvent(QPointF(5, 5), copy, data, LEFT, none))
    ((file, _),) = reopen(document)
    assert file.name == "room.png"


def test_remove_and_undo(
    qtbot: QtBot,
    files: NoteFiles,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    path = tmp_path / "room.png"
    path.write_bytes(make_png(30, 10))
    prompts.files = [path]
    click(qtbot, files, "add_files")
    before = document.inspection
    (id_,) = before.get("nurse", EvidenceNote).attachments
    click(qtbot, files, f"remove.{id_}")
    assert document.inspection.find(id_) is None
    document.undo_stack.undo()
    assert document.inspection == before
    assert files.findChild(QPushButton, f"remove.{id_}")
    ((_, data),) = reopen(document)
    assert QImage.fromData(data).width() == 30
