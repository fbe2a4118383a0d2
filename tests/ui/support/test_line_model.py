"""Lines of a list under Qt's model tester."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from inspector_app.ui.support.line_list import LineList
from inspector_app.ui.support.line_model import ID, Line, LineModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot


def describe(id_: str) -> Line:
    return Line("" if id_ == "c" else "Safe", f"<b>{id_}</b> {{x}}")


def test_the_model_holds_what_qt_asks_of_models(qtmodeltester: ModelTester) -> None:
    model = LineModel(describe)
    qtmodeltester.check(model)
    for ids in (["a", "b", "c"], [], ["c"], ["c"]):
        model.show_ids(ids)
        qtmodeltester.check(model)
        assert [model.index(row).data(ID) for row in range(model.rowCount())] == ids
    assert model.index(0).data() == "<b>c</b> {x}"
    model.show_ids(["a"])
    assert model.index(0).data() == "Safe: <b>a</b> {x}"
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p>Safe: &lt;b&gt;a&lt;/b&gt; {x}</p>"


def test_the_same_lines_are_no_new_list() -> None:
    model = LineModel(describe)
    model.show_ids(["a", "b"])
    reset, changed = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    model.show_ids(("a", "b"))
    assert (reset.count(), changed.count()) == (0, 1)


def test_the_selected_line_stays_selected_for_as_long_as_it_is_there(qtbot: QtBot) -> None:
    view = LineList(LineModel(describe), "lines", "Lines")
    qtbot.addWidget(view)
    view.show_ids(["a", "b", "c"])
    view.setCurrentIndex(view.lines.index(1))
    view.show_ids(["c", "b"])
    assert view.current_id == "b"
    view.show_ids(["c"])
    assert view.current_id == ""
