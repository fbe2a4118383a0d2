"""What a screen reader is told: a name, a fitting role and the state of every control."""

from __future__ import annotations

import runpy
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from inspector_app.content.samples import load_sample
from inspector_app.ui.pages.page import Page
from tests.python_process import PROJECT
from tests.ui.all_pages import describe, has_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Role = QAccessible.Role
_NAMED = {
    *(Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton, Role.MenuItem, Role.PageTab),
    *(Role.EditableText, Role.ComboBox, Role.SpinBox, Role.Slider, Role.ProgressBar),
    *(Role.Table, Role.List, Role.Tree, Role.PageTabList, Role.StatusBar, Role.ListItem),
    *(Role.TreeItem, Role.ColumnHeader, Role.Dialog),
}
"""What has to have a name."""
_LABELLED = "a label beside it"
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_MOST_ROWS = 30
_LEAST_SCENES = 40
_MUTE = {Role.NoRole, Role.Client, Role.Pane, Role.LayeredPane, Role.Border, Role.Grouping}
"""What tells nobody that it is to be used."""


class _Thing(NamedTuple):
    """A control, and what is told of it.

    Interfaces are not kept, and never asked for their controls: Qt lets go of them without telling
    Python, which then takes what is made in their place for them.
    """

    widget: QWidget
    role: QAccessible.Role
    name: str
    disabled: bool
    focused: bool
    checked: bool
    read_only: bool

    @property
    def called(self) -> str:
        return f"{describe(self.widget)} “{self.name}”"


def _ask(widget: QWidget) -> _Thing:
    told = QAccessible.queryAccessibleInterface(widget)
    state = told.state()
    name = told.text(QAccessible.Text.Name)
    if isinstance(widget, QComboBox):
        # On Linux, Qt has the choice for a name, and leaves the name to the label beside it.
        name = widget.accessibleName() or (_LABELLED if has_label(widget) else "")
    flags = (state.disabled, state.focused, state.checked, state.readOnly)
    return _Thing(widget, told.role(), name, *map(bool, flags))


def _walk(top: QWidget) -> Iterator[_Thing]:
    """Yield the controls in a window or dialog."""
    for widget in [top, *top.findChildren(QWidget)]:
        if not widget.isVisible() or (widget is not top and widget.isWindow()):
            continue
        # Qt keeps one for panels that may come to stand behind each other.
        if isinstance(widget, QTabBar) and not widget.count():
            continue
        yield _ask(widget)


def _list_items(view: QAbstractItemView) -> Iterator[str]:
    """Yield what is said of the rows of a list, from its top."""
    model = view.model()
    # Not by the interface: Python and Qt would both let go of what it gives.
    for row in range(min(model.rowCount(), _MOST_ROWS)):
        index = model.index(row, 0)
        yield str(index.data(_SPOKEN) or index.data() or "")


def _get_pane(widget: QWidget) -> QWidget:
    """Return the page, panel or dialog that a control stands in."""
    while not (isinstance(widget, Page | QDockWidget | QDialog) or widget.isWindow()):
        widget = widget.parentWidget()
    return widget


def _find_faults(thing: _Thing) -> Iterator[str]:
    """Yield what is not told of one thing, or told wrongly."""
    role, name, widget = thing.role, thing.name, thing.widget
    if role in _NAMED and not name.strip():
        yield "has no name"
    # The letter that leads to a control is no part of its name.
    if role in _NAMED and "&" in name.replace(" & ", ""):
        yield "has a name with an ampersand"
    if isinstance(widget, QAbstractItemView) and not all(_list_items(widget)):
        yield "has a nameless row"
    if isinstance(widget, QTabBar) and not all(map(widget.tabText, range(widget.count()))):
        yield "has a nameless tab"
    takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    passes = isinstance(widget, QScrollArea) or widget.focusProxy() is not None
    if takes_tab and not passes and role in _MUTE:
        yield f"is used by keys, but said to be {role.name}"
    if thing.disabled == widget.isEnabled():
        yield "is said to be disabled, or not to be"
    if thing.focused != widget.hasFocus():
        yield "is said to have the focus, or not to"
    if isinstance(widget, QAbstractButton):
        if thing.checked != widget.isChecked():
            yield "is said to be checked, or not to be"
        checkable = role in {Role.CheckBox, Role.RadioButton}
        if checkable != widget.isCheckable() and role is not Role.ButtonMenu:
            yield f"can be checked: {widget.isCheckable()}, but is said to be {role.name}"
    is_text = isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit)
    if is_text and role is Role.EditableText and thing.read_only != widget.isReadOnly():
        yield "is said to be read-only, or not to be"


def _find_twins(things: list[_Thing]) -> Iterator[str]:
    """Yield the controls of one page, panel or dialog that cannot be told apart by ear."""
    met: Counter[tuple[QWidget, Role, str]] = Counter()
    for thing in things:
        # The button that empties a line is found in it.
        if thing.role in _NAMED and not isinstance(thing.widget.parentWidget(), QLineEdit):
            met[(_get_pane(thing.widget), thing.role, thing.name)] += 1
    for (pane, role, name), count in met.items():
        if count > 1 and name != _LABELLED:
            yield f"{count} × {role.name} “{name}” in {describe(pane)}"


def test_every_control_of_every_page_panel_and_dialog_is_told(
    window: MainWindow, make_file: Callable[..., Path], prompts: RecordingPrompts
) -> None:
    walk = runpy.run_path(str(PROJECT / "packaging" / "screenshots.py"))["walk_scenes"]
    prompts.confirms = True
    sample = make_file("walked.inspection", load_sample("rated"))
    application = QApplication.instance()
    faults: dict[str, str] = {}
    scenes = 0
    for scene, widget in walk(application, window, sample):
        scenes += 1
        found = list(_walk(widget))
        for thing in found:
            for fault in _find_faults(thing):
                faults.setdefault(f"{thing.called} {fault}", scene)
        for fault in _find_twins(found):
            faults.setdefault(fault, scene)
        if scene == "published":
            _assert_all_is_read(found)
    assert scenes > _LEAST_SCENES
    assert not faults, "\n".join(f"{scene}: {fault}" for fault, scene in faults.items())


def _assert_all_is_read(things: list[_Thing]) -> None:
    """Prove that each text of a page says that it cannot be typed in."""
    texts = [
        thing.read_only
        for thing in things
        if thing.role is Role.EditableText and isinstance(_get_pane(thing.widget), Page)
    ]
    assert texts
    assert all(texts)


def test_every_entry_of_every_menu_is_told(
    window: MainWindow, make_file: Callable[..., Path]
) -> None:
    window.open_file(make_file(imported=load_sample("rated")))
    entries = 0
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
        for action in menu.actions():
            if action.isSeparator():
                continue
            entries += 1
            index = menu.actions().index(action)
            item = QAccessible.queryAccessibleInterface(menu).child(index)
            name = item.text(QAccessible.Text.Name)
            assert name, (menu.title(), index)
            assert name == action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
            assert item.role() is Role.MenuItem, name
            assert bool(item.state().disabled) != action.isEnabled(), name
            assert bool(item.state().checkable) == action.isCheckable(), name
            assert bool(item.state().checked) == action.isChecked(), name
    assert entries > 90
