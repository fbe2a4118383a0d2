"""With large text every page keeps to the window: nothing scrolls sideways or widens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDockWidget,
    QPushButton,
    QStyle,
    QTableView,
)

from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.opening.welcome import WelcomePage
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.preview.report_view import ReportView
from inspector_app.ui.ratings.rating_choice import RatingButton
from inspector_app.ui.shell.workspace import Workspace
from inspector_app.ui.widgets.theme import get_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

SIZE = (1280, 760)
SMALL = (800, 600)


@pytest.fixture(params=[100, 150])
def text_size(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    theme = get_theme(qapp)
    theme.apply("light")
    theme.set_text_size(request.param)
    yield request.param
    theme.set_text_size(100)


@pytest.mark.parametrize(
    ("text_size", "size"), [(100, SIZE), (150, SIZE), (200, SMALL)], indirect=["text_size"]
)
def test_no_page_scrolls_sideways(
    text_size: int, size: tuple[int, int], make_window: Callable[[], MainWindow],
    make_file: Callable[..., Path], qtbot: QtBot,
) -> None:  # fmt: skip
    window = make_window()
    window.resize(*size)
    window.open_file(make_file())
    outline, workspace = window.findChild(Outline), window.findChild(Workspace)
    for entry in [item.id for item in outline.entries]:
        outline.entry_wanted.emit(entry)
        page = workspace.page
        if entry == "ratings" and size == SMALL:
            # Their panel stands in place of the page.
            continue
        qtbot.waitUntil(page.isVisible)
        if entry == "evidence":
            page.findChild(QTableView, "evidence_table").selectAll()
        QApplication.processEvents()
        if isinstance(page, ScrollPage):
            assert page.scroll_area.horizontalScrollBar().maximum() == 0, (entry, text_size)
        assert (window.width(), window.height()) == size, (entry, text_size)
    # Nor does a panel that comes, whatever pages were shown before.
    docks = window.findChildren(QDockWidget)
    for dock in (dock for dock in docks if dock.toggleViewAction().isVisible()):
        dock.show()
        QApplication.processEvents()
        assert (window.width(), window.height()) == size, (dock.objectName(), text_size)
        if dock.objectName() == "find_dock":
            window.findChild(QAction, "action_replace").trigger()
            QApplication.processEvents()
            assert (window.width(), window.height()) == size, text_size
        close = dock.findChild(QAbstractButton, "qt_dockwidget_closebutton")
        if size == SMALL and close.isVisible():
            assert close.height() > window.fontMetrics().ascent() / 2


@pytest.mark.parametrize("text_size", [100, 200], indirect=True)
@pytest.mark.parametrize("size", [SIZE, SMALL])
def test_the_first_page_shows_its_buttons_whole(
    text_size: int, size: tuple[int, int], make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    window.resize(*size)
    page = window.findChild(WelcomePage)
    qtbot.waitUntil(page.isVisible)
    QApplication.processEvents()
    for button in page.findChildren(QPushButton):
        wanted, has = button.sizeHint(), button.size()
        assert has.width() >= wanted.width(), (button.text(), text_size)
        assert has.height() >= wanted.height(), (button.text(), text_size)
        # The page scrolls down to the last, but not sideways.
        right = button.mapTo(page, button.rect().topRight()).x()
        assert right <= page.rect().right(), (button.text(), text_size)


@pytest.mark.parametrize("text_size", [100], indirect=True)
def test_another_size_holds_at_once_everywhere(
    text_size: int, make_window: Callable[[], MainWindow], make_file: Callable[..., Path],
    qapp: QApplication, qtbot: QtBot,
) -> None:  # fmt: skip
    window = make_window()
    window.resize(*SIZE)
    window.open_file(make_file())
    window.findChild(Outline).entry_wanted.emit("key_question/safe")
    text = next(one for one in window.findChildren(BlockEditor) if one.isVisible())
    report = window.findChild(ReportView, "report_view")
    qtbot.waitUntil(lambda: "Are services safe?" in report.toPlainText())
    theme = get_theme(qapp)

    def measure() -> dict[str, float]:
        fragment = report.document().find("We rated safe").charFormat()
        return {"text": text.font().pointSizeF(), "report": fragment.fontPointSize()}

    def measure_signs() -> list[float]:
        boxes = window.findChildren(QCheckBox)
        outline = window.findChild(Outline)
        metric = QStyle.PixelMetric
        return [
            boxes[0].style().pixelMetric(metric.PM_IndicatorWidth, None, boxes[0]),
            outline.style().pixelMetric(metric.PM_SmallIconSize, None, outline),
        ]

    before, signs = measure(), measure_signs()
    for percent in (200, 100):
        theme.set_text_size(percent)
        theme.apply("dark" if percent == text_size else "light")
        qapp.processEvents()
        scale = percent / text_size
        assert measure() == {
            name: pytest.approx(size * scale, abs=0.2) for name, size in before.items()
        }
        # What stands beside letters, boxes and marks, is as large as they are.
        assert measure_signs() == [pytest.approx(side * scale, rel=0.15) for side in signs]
        for button in window.findChildren(RatingButton):
            if button.isVisible() and button.text():
                assert button.height() >= button.get_height(button.width()), button.text()
