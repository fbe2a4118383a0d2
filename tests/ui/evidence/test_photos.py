"""Photos in rows, large in the viewer, and to be chosen from: by clicks and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPushButton, QWidget

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.ui.evidence.note_files import NoteFiles
from inspector_app.ui.evidence.photo_button import PhotoButton
from inspector_app.ui.evidence.photo_viewer import PhotoViewer
from inspector_app.ui.evidence.picture_picker import PicturePicker
from tests.pictures import making

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from tests.ui.conftest import RecordingPrompts

LEFT = Qt.MouseButton.LeftButton
RED, BLUE = (220, 20, 20), (20, 20, 220)


@pytest.fixture
def photos(document: InspectionDocument) -> list[str]:
    """Two photos, red on their left and blue on their right, and a film on the note “nurse”."""
    ids = []
    draft = document.draft()
    for name, kind in (
        ("door.jpg", "image/jpeg"),
        ("ward.jpg", "image/jpeg"),
        ("a.mp4", "video/mp4"),
    ):
        data = making.save(making.make_image(300, 200), "JPEG") if "jpg" in name else b"film"
        id_ = name.partition(".")[0] * 2
        data += name.encode() if "mp4" in name else b""
        file = Attachment(
            id=id_,
            parent=document.inspection.id,
            position=draft.position_at_end(document.inspection.id, Attachment),
            name=name,
            media_type=kind,
            sha256=document.add_attachment(data),
            caption="The <b>back</b> door" if name == "door.jpg" else "",
        )
        draft.create(file)
        ids.append(id_)
    draft.set("nurse", "attachments", tuple(ids))
    document.apply_draft(draft, "Add files")
    document.undo_stack.clear()
    return ids


def colours(widget: QWidget) -> tuple[bool, bool]:
    """Return whether the left, and the top, of what a widget shows are red."""
    image = widget.grab().toImage()
    middle, size = widget.rect().center(), widget.rect()

    def is_red(x: int, y: int) -> bool:
        colour = image.pixelColor(
            int(x * image.devicePixelRatio()), int(y * image.devicePixelRatio())
        )
        return colour.red() > 150 and colour.blue() < 100

    return is_red(size.width() // 4, middle.y()), is_red(middle.x(), size.height() // 4)


def show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def test_rows_show_photos_and_a_click_shows_them_large(
    document: InspectionDocument, photos: list[str], prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    files = NoteFiles(document, prompts)
    document.changed.connect(files.refresh)
    files.resize(600, 400)
    files.show_note("nurse")
    show(qtbot, files)
    door, _, film = files.findChildren(PhotoButton)
    qtbot.waitUntil(lambda: colours(door)[0])
    assert not film.isEnabled()
    qtbot.mouseClick(door, LEFT)
    viewer = files.findChild(PhotoViewer)
    qtbot.waitUntil(viewer.isActiveWindow)
    # What is no photo is not among them.
    assert viewer.width() <= max(files.window().width(), viewer.minimumSizeHint().width())
    assert viewer.findChild(QLabel, "photo_name").text() == "1 of 2: door.jpg"
    assert viewer.findChild(QLabel, "photo_caption").text() == "The <b>back</b> door"
    # The row shows it turned as soon as it is.
    qtbot.keyClick(viewer, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: document.undo_stack.count() == 1)

    def is_turned() -> bool:
        # The rows may be made anew at any time: those of now are asked.
        found = [button for button in files.findChildren(PhotoButton) if button.file == photos[0]]
        return any(colours(button)[1] for button in found if button.isVisible())

    qtbot.waitUntil(is_turned)
    viewer.close()


@pytest.fixture
def viewer(document: InspectionDocument, photos: list[str], qtbot: QtBot) -> PhotoViewer:
    viewer = PhotoViewer(document, photos[:2], photos[0])
    # Qt would delete it when it is closed, before the test ends.
    viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    show(qtbot, viewer)
    qtbot.waitUntil(lambda: viewer.view.sceneRect().width() == 300)
    return viewer


def test_next_and_previous_by_key_and_button(
    viewer: PhotoViewer, photos: list[str], qtbot: QtBot
) -> None:
    forward, back = (
        viewer.findChild(QPushButton, f"photo_{name}") for name in ("next", "previous")
    )
    assert not back.isEnabled()
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.photo == photos[1]
    assert not forward.isEnabled()
    # At the end there is nothing to go to.
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.mouseClick(back, LEFT)
    assert viewer.photo == photos[0]
    assert viewer.windowTitle() == "door.jpg"


def test_zoom_by_key_wheel_and_double_click(viewer: PhotoViewer, qtbot: QtBot) -> None:
    view = viewer.view
    whole = view.zoom
    qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    assert view.zoom > whole
    qtbot.keyClick(viewer, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(whole)
    spot = QPointF(view.viewport().rect().center())
    for _ in range(60):
        event = QWheelEvent(
            spot,
            view.viewport().mapToGlobal(spot),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)
    # As large as makes sense, and no larger.
    assert 4 * whole < view.zoom <= 16
    qtbot.mouseDClick(view.viewport(), LEFT)
    assert view.zoom == pytest.approx(whole)


def test_turning_is_undone_in_the_viewer_too(
    viewer: PhotoViewer, document: InspectionDocument, photos: list[str], qtbot: QtBot
) -> None:
    before = document.inspection
    qtbot.keyClick(viewer, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: viewer.view.sceneRect().width() == 200)
    turned = document.inspection.get(photos[0], Attachment)
    image = QImage.fromData(document.read_attachment(turned.sha256) or b"")
    assert image.pixelColor(100, 280).red() > 200
    qtbot.keyClick(viewer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.inspection == before
    qtbot.waitUntil(lambda: viewer.view.sceneRect().width() == 300)
    qtbot.mouseClick(viewer.findChild(QPushButton, "photo_right"), LEFT)
    qtbot.waitUntil(lambda: viewer.view.sceneRect().width() == 200)


def test_a_photo_that_is_missing_says_so_and_one_that_goes_closes_the_viewer(
    viewer: PhotoViewer, document: InspectionDocument, photos: list[str], qtbot: QtBot
) -> None:
    document.set_field(photos[1], "sha256", "0" * 64, "Lose")
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    problem = viewer.findChild(QLabel, "photo_problem")
    qtbot.waitUntil(problem.isVisible)
    assert "cannot be shown" in problem.text()
    qtbot.keyClick(viewer, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: "was not turned" in problem.text())
    qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert not problem.isVisible()
    draft = document.draft()
    draft.set("nurse", "attachments", ())
    draft.delete(photos[0])
    document.apply_draft(draft, "Remove")
    assert not viewer.isVisible()
    assert document.inspection.get("nurse", EvidenceNote).attachments == ()


@pytest.fixture
def show_picker(
    document: InspectionDocument, photos: list[str], qtbot: QtBot
) -> Callable[..., PicturePicker]:
    def make(**options: bool) -> PicturePicker:
        picker = PicturePicker(document, **options)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(picker)
        picker.open()
        picker.activateWindow()
        qtbot.waitUntil(picker.isActiveWindow)
        return picker

    return make


def test_a_picture_is_chosen_by_its_look(
    show_picker: Callable[..., PicturePicker], photos: list[str], qtbot: QtBot
) -> None:
    picker = show_picker()
    view = picker.findChild(QListView, "picture_list")
    model = view.model()
    # The last one first; a caption says more than the name of a file.
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "ward.jpg",
        "The <b>back</b> door",
    ]
    rect = view.visualRect(model.index(1, 0))

    def is_painted() -> bool:
        image = view.viewport().grab().toImage()
        ratio = image.devicePixelRatio()
        spot = (rect.left() + 40) * ratio, (rect.top() + 70) * ratio
        return image.pixelColor(*map(int, spot)).getRgb()[0] > 180

    qtbot.waitUntil(is_painted)
    picked: list[str] = []
    picker.picked.connect(picked.append)
    line = picker.findChild(QLineEdit, "picture_search")
    qtbot.keyClicks(line, "nothing like this")
    assert not picker.findChild(QPushButton, "picture_insert").isEnabled()
    line.clear()
    qtbot.keyClicks(line, "BACK")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert picked == [photos[0]]
    assert not picker.isVisible()


def test_a_file_can_be_chosen_instead(
    show_picker: Callable[..., PicturePicker], qtbot: QtBot
) -> None:
    picker = show_picker(has_files=False)
    assert picker.findChild(QPushButton, "picture_file") is None
    picker = show_picker()
    with qtbot.waitSignal(picker.file_wanted):
        qtbot.mouseClick(picker.findChild(QPushButton, "picture_file"), LEFT)
    assert not picker.isVisible()
