"""Photos and files of a note: picked, dropped, pasted; cleaned of what the camera wrote."""

from __future__ import annotations

import struct
import warnings
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
)
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.evidence.note_files import NoteFiles
from inspector_app.ui.evidence.pictures import clean_picture, make_thumbnail
from tests.report.making import make_png

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from tests.ui.conftest import RecordingPrompts

LEFT = Qt.MouseButton.LeftButton
SECRET = b"taken at the clinic's back door"


def make_photo() -> bytes:
    """A photo, 40 by 20 as the camera held on its side saw it, with place and orientation."""
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    data = bytes(buffer.data().data())
    entries = struct.pack("<HHII", 0x010E, 2, len(SECRET) + 1, 38)
    entries += struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 2) + entries + struct.pack("<I", 0) + SECRET + b"\0"
    body = b"Exif\0\0" + tiff
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


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


def test_a_cleaned_photo_stands_upright_and_tells_nothing(qtbot: QtBot) -> None:
    photo = make_photo()
    assert SECRET in photo
    picture = clean_picture(photo)
    assert picture is not None
    assert SECRET not in picture.data
    assert b"Exif" not in picture.data
    image = QImage.fromData(picture.data)
    assert (image.width(), image.height()) == (20, 40)
    assert picture.media_type == "image/jpeg"


def test_texts_of_a_png_do_not_travel(qtbot: QtBot) -> None:
    image = QImage(4, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 0, 0, 128))
    image.setText("Comment", SECRET.decode())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    data = bytes(buffer.data().data())
    assert SECRET in data
    picture = clean_picture(data)
    assert picture is not None
    assert SECRET not in picture.data
    assert QImage.fromData(picture.data).pixelColor(1, 1).alpha() == 128


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_stays_as_it_is(data: bytes, qtbot: QtBot) -> None:
    assert clean_picture(data) is None
    assert make_thumbnail(data, 96).isNull()


def test_pick_photos_and_files(
    qtbot: QtBot,
    files: NoteFiles,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    (tmp_path / "door.JPG").write_bytes(make_photo())
    (tmp_path / "rota.pdf").write_bytes(b"%PDF-1.4")
    prompts.files = [tmp_path / "door.JPG", tmp_path / "rota.pdf", tmp_path / "gone.png"]
    click(qtbot, files, "add_files")
    assert [headline for headline, _ in prompts.problems] == ["The file was not added."]
    assert document.undo_stack.undoText() == "Add 2 files to a note"
    pixmaps = [label.pixmap() for label in files.findChildren(QLabel)]
    assert any(not pixmap.isNull() for pixmap in pixmaps)
    photo = document.inspection.get("nurse", EvidenceNote).attachments[0]
    caption = files.findChild(QPlainTextEdit, f"{photo}.caption")
    qtbot.keyClicks(caption, "Back door")
    (door, picture), (rota, pdf) = reopen(document)
    assert (door.name, door.caption, door.media_type) == ("door.JPG", "Back door", "image/jpeg")
    assert SECRET not in picture
    assert QImage.fromData(picture).height() == 40
    assert (rota.name, rota.media_type, pdf) == ("rota.pdf", "application/pdf", b"%PDF-1.4")


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
