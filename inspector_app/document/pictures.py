"""The pictures of a report, for Qt to paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from inspector_app.report.pictures import SCREEN_PIXELS_PER_INCH, place_pictures

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

    from inspector_app.report.pictures import PrintedPicture, PrintedPictures


class _Pictures(Protocol):
    """What gives the pictures of one report."""

    def find(self, sha256: str, share: float) -> PrintedPicture | None: ...


def name_pictures(html: str, pictures: PrintedPictures) -> str:
    """Return the HTML of a report whose pictures have addresses for `get_picture_of_report`."""
    return place_pictures(html, pictures, _name)


def _name(sha256: str, share: float, _picture: PrintedPicture) -> str:
    return f'src="attachment:{sha256}#{share}"'


def get_picture_of_report(url: QUrl, pictures: _Pictures) -> QImage:
    """Return the picture that the HTML of a report names, of the size in which it prints.

    Only the inspection is asked. What it does not have is a single clear pixel: given nothing, Qt
    would look for a file of that name by itself.
    """
    share = url.fragment()
    if url.scheme() == "attachment" and share:
        found = pictures.find(url.path(), float(share))
        image = QImage.fromData(found.data) if found is not None else QImage()
        if found is not None and not image.isNull():
            # Qt measures in pixels of the screen.
            width = max(1.0, found.width * SCREEN_PIXELS_PER_INCH)
            image.setDevicePixelRatio(image.width() / width)
            return image
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image
