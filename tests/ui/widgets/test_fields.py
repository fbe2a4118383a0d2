"""Fields bound to the document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Details, PreviousBreach
from inspector_app.ui.details.item_rows import RowsField, TextItem
from inspector_app.ui.details.remarks import find_breach_remark, find_remarks
from inspector_app.ui.widgets.date_fields import DateField
from inspector_app.ui.widgets.fields import (
    BoundField,
    ChoiceField,
    FlagField,
    LineField,
    LinesField,
    TextField,
)
from inspector_app.ui.widgets.growing_text import GrowingText
from inspector_app.ui.widgets.lines import RowLine, find_by_words
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Key = Qt.Key


@pytest.fixture
def document(make_file: Callable[..., Path], tmp_path: Path) -> Iterator[InspectionDocument]:
    found = InspectionDocument(make_file(imported=bring_in("rated")), tmp_path / "backups")
    yield found
    found.close()


def show(qtbot: QtBot, field: QWidget) -> None:
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)


def make_fields(document: InspectionDocument) -> list[BoundField]:
    root = document.inspection.id
    return [
        LineField(document, root, "location_name", "Location name"),
        TextField(document, root, "overall_departure_reason", "Reason"),
        LinesField(document, root, "address", "Address"),
        ChoiceField(document, root, "announced", "Announced", [(True, "Yes"), (False, "No")]),
        FlagField(document, root, "short_notice", "Short notice"),
        DateField(document, root, "publication_date", "Publication"),
        RowsField(
            document,
            root,
            "registered_activities",
            "Activities",
            "activity",
            lambda: TextItem(RowLine()),
        ),
    ]


VALUES: list[object] = [
    "<b>x</b>", "a\nb", ("1", "2"), False, True, date(2020, 1, 9), ("one", "two"),
]  # fmt: skip


def test_fields_follow_the_document_there_and_back(
    qtbot: QtBot, document: InspectionDocument
) -> None:
    fields = make_fields(document)
    for field, value in zip(fields, VALUES, strict=True):
        qtbot.addWidget(field)
        document.set_field(document.inspection.id, field.field, value, "Elsewhere")
        assert field.value == value
    line, text, lines, choice, flag, day, rows = fields
    assert isinstance(line, LineField)
    assert isinstance(text, TextField)
    assert isinstance(lines, LinesField)
    assert isinstance(choice, ChoiceField)
    assert isinstance(flag, FlagField)
    assert isinstance(day, DateField)
    assert isinstance(rows, RowsField)
    assert line.line.text() == "<b>x</b>"
    assert text.text.toPlainText() == "a\nb"
    assert lines.text.toPlainText() == "1\n2"
    assert choice.combo.currentText() == "No"
    assert flag.box.isChecked()
    assert day.day_edit.line.text() == "9 January 2020"
    assert [item.text() for item in rows.lines] == ["one", "two", ""]
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert line.line.text() == ""
    assert text.text.toPlainText() == ""
    assert lines.text.toPlainText() == ""
    assert choice.combo.currentText() == "Not chosen"
    assert not flag.box.isChecked()
    assert day.day_edit.line.text() == ""
    assert [item.text() for item in rows.lines] == [""]


def test_a_value_of_other_words_is_shown_as_it_is(
    qtbot: QtBot, document: InspectionDocument
) -> None:
    root = document.inspection.id
    document.set_field(root, "previous_ratings.safe", "splendid", "Import")
    field = ChoiceField(document, root, "previous_ratings.safe", "Safe", [("good", "Good")])
    qtbot.addWidget(field)
    assert field.combo.currentText() == "splendid"


def test_a_field_whose_part_is_gone_does_no_harm(
    qtbot: QtBot, document: InspectionDocument
) -> None:
    field = LineField(document, "gone", "text", "Text")
    show(qtbot, field)
    qtbot.keyClicks(field.line, "x")
    assert document.undo_stack.count() == 0


def test_breaks_that_are_pasted_into_a_line_become_spaces(
    qtbot: QtBot, document: InspectionDocument
) -> None:
    field = LineField(document, document.inspection.id, "location_name", "Location name")
    show(qtbot, field)
    qtbot.keyClicks(field.line, "AZ")
    qtbot.keyClick(field.line, Key.Key_Left)
    QGuiApplication.clipboard().setText("one \r\n two\n\nthree\n")
    qtbot.keyClick(field.line, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field.line, "!")
    assert field.value == "Aone two three !Z"
    assert document.inspection.details.location_name == "Aone two three !Z"


def test_a_line_of_any_length_is_kept(qtbot: QtBot, document: InspectionDocument) -> None:
    field = LineField(document, document.inspection.id, "location_name", "Location name")
    show(qtbot, field)
    QGuiApplication.clipboard().setText("x" * 50_000)
    qtbot.keyClick(field.line, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert document.inspection.details.location_name == "x" * 50_000


def test_undo_is_left_to_the_window(qtbot: QtBot, document: InspectionDocument) -> None:
    for field in make_fields(document)[:3]:
        show(qtbot, field)
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, Key.Key_Z, Qt.KeyboardModifier.ControlModifier
        )
        QApplication.sendEvent(field.editor, event)
        assert not event.isAccepted()


def test_a_problem_goes_before_a_remark(qtbot: QtBot, document: InspectionDocument) -> None:
    field = LineField(document, document.inspection.id, "website", "Website")
    show(qtbot, field)
    field.show_remark("A remark")
    assert field.problem.text() == "A remark"
    field.show_problem("A problem")
    assert field.problem.text() == "A problem"
    field.show_problem("")
    field.show_remark("")
    assert not field.problem.text()


def test_a_text_area_grows_with_its_text_up_to_a_limit(qtbot: QtBot) -> None:
    text = GrowingText((2, 5))
    qtbot.addWidget(text)
    text.resize(300, 100)
    text.show()
    heights = []
    for lines in (1, 2, 4, 5, 50):
        text.setPlainText("\n".join("x" * lines))
        heights.append(text.sizeHint().height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_words_are_found_in_any_order_and_early_ones_first() -> None:
    options = [("a", "19 Fit persons 12"), ("b", "12 Safe care"), ("c", "Care in 2012, safe")]
    assert [value for value, _ in find_by_words("12", options)] == ["b", "c", "a"]
    assert [value for value, _ in find_by_words("SAFE care", options)] == ["b", "c"]
    assert find_by_words("none", options) == []
    assert len(find_by_words("", options)) == 3


TODAY = date(2020, 6, 1)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, set()),
        ({"visit_from": date(2020, 1, 9), "visit_to": date(2020, 1, 9)}, set()),
        ({"visit_from": date(2020, 1, 9), "visit_to": date(2020, 1, 8)}, {"visit_to"}),
        ({"visit_from": date(2020, 1, 9), "publication_date": date(2020, 1, 8)},
         {"publication_date"}),
        ({"visit_dates": (date(2020, 1, 9), date(2020, 1, 7)),
          "publication_date": date(2020, 1, 8)}, {"publication_date"}),
        ({"visit_dates": (date(2020, 1, 9),), "publication_date": date(2020, 1, 9)}, set()),
        ({"visit_dates": (date(2020, 1, 9),), "visit_from": date(2020, 1, 9)}, {"visit_dates"}),
        ({"visit_dates": (date(2020, 1, 9),), "previous_rating_date": date(2020, 1, 10)},
         {"previous_rating_date"}),
        ({"visit_dates": (date(2020, 1, 9),), "previous_rating_date": date(2019, 1, 10)}, set()),
        ({"visit_dates": (date(2022, 1, 9),)}, {"visit_dates"}),
        ({"publication_date": date(2021, 6, 1)}, set()),
        ({"publication_date": date(2030, 6, 1)}, {"publication_date"}),
        ({"previous_rating_date": date(2202, 6, 1)}, {"previous_rating_date"}),
        ({"visit_from": date(2202, 1, 1)}, {"visit_from"}),
        ({"visit_to": date(2202, 1, 1)}, {"visit_to"}),
        ({"website": "www.example.org.uk"}, set()),
        ({"website": "https://saltmarshquay.example.org/about us"}, {"website"}),
        ({"website": "https://saltmarshquay.example.org/about?x=1#y"}, set()),
        ({"website": " example.org "}, set()),
        ({"website": "someone@example.org"}, {"website"}),
        ({"website": "none"}, {"website"}),
        ({"website": "javascript:alert(1)"}, {"website"}),
        ({"website": "a." * 5000}, {"website"}),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_remarked(
    fields: dict[str, object], expected: set[str]
) -> None:
    details = Details(id="root", framework="f", regime="rated", **fields)  # type: ignore[arg-type]
    assert set(find_remarks(details, TODAY)) == expected


def test_a_previous_breach_lies_before_the_visit() -> None:
    details = Details(
        id="root", framework="f", regime="rated", visit_dates=(date(2020, 1, 9), date(2020, 1, 8))
    )
    late = PreviousBreach(id="b", parent="root", date=date(2020, 1, 9))
    assert "8 January 2020" in find_breach_remark(late, details, TODAY)
    early = PreviousBreach(id="b", parent="root", date=date(2020, 1, 7))
    assert find_breach_remark(early, details, TODAY) == ""
    assert find_breach_remark(PreviousBreach(id="b"), details, TODAY) == ""
