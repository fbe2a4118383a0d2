"""One result in full: what, where, by which rule, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.running import WHOLE_CHECK
from inspector_app.texts import shorten
from inspector_app.ui.checks import setting_aside
from inspector_app.ui.checks.result_model import ASIDE, ResultRow
from inspector_app.ui.notices.breach_regulation import ask_breach_regulation
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.flow_layout import FlowLayout
from inspector_app.ui.widgets.keys import add_letter
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, make_column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from inspector_app.document.inspection_document import InspectionDocument

_LONGEST_EXCERPT = 400
_MENDS: Mapping[str, tuple[str, Callable[[InspectionDocument, str, QWidget], object]]] = {
    "breach_without_notice": ("Choose its &notice…", ask_breach_regulation),
}
"""What mends the results of a check in a dialog: the button's text, and what opens the dialog."""


class ResultCard(QFrame):
    """Shows the result that is selected, or the kind of result."""

    place_wanted = Signal(object)
    """The person wants to see a place; carries the `Place`."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._row: ResultRow | None = None
        self.setProperty("role", "card")
        self.setObjectName("result_card")
        self._build()
        self.show_row(None)

    def _build(self) -> None:
        self._name = make_label("", "label", self, "result_name")
        self._message = make_label("", "", self, "result_message")
        self._excerpt = make_label("", "hint", self)
        self._why = make_label("", "hint", self, "result_why")
        for label in (self._name, self._message, self._excerpt, self._why):
            label.setWordWrap(True)
            label.setTextInteractionFlags(label.textInteractionFlags().TextSelectableByMouse)
        self._reason_label = make_label("&Reason for setting aside", "label", self)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("result_reason")
        self.reason.setAccessibleName("Reason for setting aside")
        self.reason.setPlaceholderText("Why this may stay as it is; the reviewer sees it")
        self.reason.setToolTip(add_letter("Enter sets the result aside", self._reason_label.text()))
        self._reason_label.setBuddy(self.reason)
        self.go = make_button("Go &there", "result_go", "Show where it is", role="primary")
        self.mend = make_button("", "result_mend", "Correct it here")
        self.other = make_button(
            "The &other place", "result_other", "Show the other place that it is compared with"
        )
        self.aside = make_button("Set &aside", "result_aside", "Keep it as it is, with this reason")
        self.aside_all = make_button(
            "Set aside all of this &kind",
            "result_aside_all",
            "Stop showing what this check finds in this inspection",
        )
        self.back = make_button("Show &again", "result_back", "Show it as open again")
        # With large text they take two lines.
        buttons = FlowLayout(None, 8)
        for button in (self.go, self.mend, self.other, self.aside, self.aside_all, self.back):
            buttons.addWidget(button)
        layout = make_column(self, margins=(16, 12, 16, 12))
        add_all(layout, self._name, self._message, self._excerpt, self._why)
        add_all(layout, self._reason_label, self.reason, buttons)
        self.go.clicked.connect(lambda: self._go(0))
        self.mend.clicked.connect(self._on_mend)
        self.other.clicked.connect(lambda: self._go(1))
        self.aside.clicked.connect(self._on_aside)
        self.aside_all.clicked.connect(self._on_aside_all)
        self.back.clicked.connect(self._on_back)
        self.reason.returnPressed.connect(self._on_aside)
        self.reason.textChanged.connect(self._refresh_buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the texts are at this width, for which a splitter does not ask."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setMinimumHeight(max(0, layout.totalHeightForWidth(self.width())))

    def show_row(self, row: ResultRow | None) -> None:
        """Show a line of the tree; None: nothing is selected."""
        is_same = row is not None and self._row is not None and row.name == self._row.name
        self._row = row
        check = row.check if row is not None else ""
        self.setVisible(bool(check))
        if row is None or not check:
            self._refresh_buttons()
            return
        info = load_catalogue().checks[check]
        result = row.result
        self._name.setText(info.name)
        self._message.setText(result.message if result is not None else row.text)
        excerpt = shorten(result.excerpt, _LONGEST_EXCERPT) if result is not None else ""
        self._excerpt.setText(f"“{excerpt}”")
        self._excerpt.setVisible(bool(excerpt))
        mark = "" if info.verified else " (practice, not seen in a source)"
        reason = f"\nSet aside: {row.reason}" if row.reason else ""
        self._why.setText(f"{info.why}\nSource: {info.source}{mark}{reason}")
        if not is_same:
            # The checks run anew while a reason is typed: that must not take it away.
            self.reason.clear()
        self._refresh_buttons()
        self._fit()

    def _refresh_buttons(self) -> None:
        row = self._row
        result = row.result if row is not None else None
        open_ = row is not None and row.severity != ASIDE
        editable = self._document.can_edit
        has_reason = bool(self.reason.text().strip())
        self.go.setVisible(result is not None)
        mend, _ = _MENDS.get(row.check if row is not None else "", ("", None))
        self.mend.setText(mend)
        self.mend.setAccessibleName(mend.replace("&", ""))
        self.mend.setVisible(bool(mend) and open_ and editable and result is not None)
        self.other.setVisible(result is not None and bool(result.related))
        for widget in (self._reason_label, self.reason):
            widget.setVisible(open_ and editable)
        self.aside.setVisible(open_ and editable and result is not None)
        self.aside.setEnabled(has_reason)
        self.aside_all.setVisible(open_ and editable)
        self.aside_all.setEnabled(has_reason)
        is_whole = row is not None and setting_aside.is_set_aside_whole(self._document, row.check)
        self.back.setText("Show &all of this kind again" if is_whole else "Show &again")
        self.back.setAccessibleName(self.back.text().replace("&", ""))
        self.back.setVisible(not open_ and editable and (result is not None or is_whole))

    def _get_name(self) -> str:
        return load_catalogue().checks[self._row.check].name if self._row is not None else ""

    def _go(self, which: int) -> None:
        result = self._row.result if self._row is not None else None
        if result is not None:
            places = (result.place, *result.related)
            self.place_wanted.emit(places[min(which, len(places) - 1)])

    @Slot()
    def _on_mend(self) -> None:
        result = self._row.result if self._row is not None else None
        if result is not None:
            _, ask = _MENDS[result.check]
            ask(self._document, result.place.entity, self.window())

    @Slot()
    def _on_aside(self) -> None:
        result = self._row.result if self._row is not None else None
        if not self.reason.text().strip():
            self.reason.setFocus()
        elif result is not None:
            setting_aside.set_aside(
                self._document, result, self._get_name(), self.reason.text().strip()
            )
        else:
            self._on_aside_all()

    @Slot()
    def _on_aside_all(self) -> None:
        if self._row is not None and self.reason.text().strip():
            reason = self.reason.text().strip()
            setting_aside.set_check_aside(self._document, self._row.check, self._get_name(), reason)

    @Slot()
    def _on_back(self) -> None:
        if self._row is not None:
            result = self._row.result
            key = result.key if result is not None else WHOLE_CHECK
            setting_aside.take_back(self._document, self._row.check, key, self._get_name())
