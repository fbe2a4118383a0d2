"""The report on screen: pictures of the inspection, and nothing from anywhere else."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from inspector_app.content.samples import load_sample
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import KeyQuestion
from inspector_app.ui.preview.report_view import ReportView
from tests.report.making import make_png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

IMAGE = QTextDocument.ResourceType.ImageResource


@pytest.fixture
def view(qtbot: QtBot) -> ReportView:
    view = ReportView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    return view


def _has_colour(view: ReportView) -> bool:
    """Whether the grey of the test picture is painted anywhere."""
    image = view.viewport().grab().toImage()
    return any(
        image.pixelColor(x, y).name() == "#808080"
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )


def test_files_are_not_loaded(view: ReportView, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    picture.write_bytes(make_png(200, 200))
    assert not QImage(str(picture)).isNull()
    for source in (picture.as_uri(), str(picture), f"//localhost{picture}", "secret.png"):
        view.setSearchPaths([str(tmp_path)])
        view.setHtml(f'<p><img src="{source}" width="200" height="200"/></p>')
        assert not _has_colour(view), source


def test_the_network_is_not_asked(view: ReportView, qtbot: QtBot) -> None:
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        view.setHtml(f'<link rel="stylesheet" href="{address}/a.css"/><img src="{address}/b.png"/>')
        view.viewport().grab()
        server.shutdown()
    assert asked == []


def test_pictures_of_the_inspection_are_shown(
    view: ReportView, make_file: Callable[..., Path], tmp_path: Path
) -> None:
    document = InspectionDocument(make_file(), tmp_path)
    report = document.reports.render()
    view.show_report(document, report)
    source = report.html.partition('src="')[2].partition('"')[0]
    image = view.loadResource(IMAGE.value, QUrl(f"{source}#1.0"))
    size = image.deviceIndependentSize()
    assert size.width() == 560
    assert size.height() == pytest.approx(140, abs=1)
    nothing = view.loadResource(IMAGE.value, QUrl("attachment:" + "0" * 64))
    assert (nothing.width(), nothing.height()) == (1, 1)
    document.close()


def test_a_page_is_shown_where_its_own_part_begins_not_in_the_summary(
    view: ReportView, make_file: Callable[..., Path], tmp_path: Path
) -> None:
    document = InspectionDocument(make_file(imported=load_sample("home_care_full")), tmp_path)
    question = next(iter(document.inspection.all(KeyQuestion)))
    view.show_report(document, document.reports.render(), {"Is the service safe?": question.id})
    while view.is_drawing:
        QApplication.processEvents()
    assert view.show_place([question.id])
    line = view.cursorForPosition(QPoint(20, 40)).block()
    shown = [line.text(), line.next().text(), line.next().next().text()]
    assert "Our findings" in shown, shown
    document.close()


def test_only_web_addresses_are_opened(view: ReportView, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.toString()))
    )
    for address in ("https://a.example/", "file:///etc/passwd", "javascript:x", "http://b.example"):
        view.anchorClicked.emit(QUrl(address))
    assert opened == ["https://a.example/", "http://b.example"]


def test_lines_stay_short_enough_to_read(view: ReportView, qtbot: QtBot) -> None:
    view.resize(1600, 700)
    assert view.viewport().width() <= 850
    view.resize(500, 700)
    assert view.viewport().width() > 450
