"""Where the person was in an inspection when it was closed, so that it opens there again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from inspector_app.ui.opening.recent_files import (
    find_same,
    list_remembered_files,
    remove_recent_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QAbstractScrollArea

    from inspector_app.ui.pages.page import Page

_KEY = "last_places"
_LONGEST = 200
_SETTLED = 400
"""Milliseconds after which a page has its sizes for certain."""


class LastPlace(NamedTuple):
    """A place on a page; everything may be empty."""

    part: str = ""
    """Id of the part that the page was showing: a note, a notice."""
    focus: str = ""
    """Object name of the field with the cursor."""
    cursor: int = 0
    """Place of the cursor in its text."""
    scroll: int = 0
    """How far the page was scrolled, in pixels."""


def read_last_place(page: Page) -> LastPlace:
    """Return where a page stands."""
    # The stub forgets that there may be none.
    field = cast("QWidget | None", page.focusWidget())
    return LastPlace(
        part=page.shown_part,
        focus=field.objectName()[:_LONGEST] if field is not None else "",
        cursor=_get_cursor(field),
        scroll=page.scroll_area.verticalScrollBar().value(),
    )


def show_last_place(page: Page, place: LastPlace) -> None:
    """Bring a page where it stood; what is no longer there is passed over."""
    if place.part:
        page.show_place(place.part)
    if place.focus:
        # What is far down may not be made yet.
        page.show_everything()
    field = page.findChild(QWidget, place.focus) if place.focus else None
    if field is not None:
        _put_cursor(field, place.cursor)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
    _ScrollKeeper(page.scroll_area, place.scroll)


def get_last_place(settings: QSettings, path: Path) -> LastPlace:
    """Return what is remembered of a file."""
    found = _load(settings).get(str(path))
    try:
        part, focus, cursor, scroll = found if isinstance(found, list) else LastPlace()
        return LastPlace(str(part), str(focus), int(cursor), int(scroll))
    except (TypeError, ValueError):
        # Settings may have been written by anybody.
        return LastPlace()


def store_last_place(settings: QSettings, path: Path, place: LastPlace) -> None:
    """Remember it; only of files in the list of recent ones."""
    kept = {str(item) for item in list_remembered_files(settings)}
    places = {name: value for name, value in _load(settings).items() if name in kept}
    settings.setValue(_KEY, json.dumps({**places, str(path): list(place)}))


class _ScrollKeeper(QObject):
    """Scrolls a page that was just made, again while it finds its sizes."""

    def __init__(self, area: QAbstractScrollArea, value: int) -> None:
        super().__init__(area)
        self._bar = area.verticalScrollBar()
        self._value = value
        self._bar.rangeChanged.connect(self._scroll)
        QTimer.singleShot(0, self, self._scroll)
        QTimer.singleShot(_SETTLED, self, self.deleteLater)
        self._scroll()

    @Slot()
    def _scroll(self) -> None:
        self._bar.setValue(self._value)


def _get_cursor(field: QWidget | None) -> int:
    if isinstance(field, QLineEdit):
        return field.cursorPosition()
    if isinstance(field, QTextEdit | QPlainTextEdit):
        return field.textCursor().position()
    return 0


def _put_cursor(field: QWidget, place: int) -> None:
    if isinstance(field, QLineEdit):
        field.setCursorPosition(place)
    elif isinstance(field, QTextEdit | QPlainTextEdit):
        cursor = field.textCursor()
        cursor.setPosition(max(0, min(place, field.document().characterCount() - 1)))
        field.setTextCursor(cursor)


def _load(settings: QSettings) -> dict[str, Any]:
    try:
        places = json.loads(str(settings.value(_KEY) or "{}"))
    except ValueError:
        return {}
    return places if isinstance(places, dict) else {}


def forget_files(settings: QSettings, paths: Iterable[Path]) -> None:
    """Remove what settings hold of files."""
    gone = list(paths)
    remove_recent_files(settings, gone)
    places = _load(settings)
    same = find_same([*map(Path, places)], gone)
    kept = {name: value for name, value in places.items() if Path(name) not in same}
    settings.setValue(_KEY, json.dumps(kept))
