"""What the window can do, with its keys, and the menus that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from inspector_app.domain.states import STATE_NAMES
from inspector_app.texts import collapse_spaces
from inspector_app.ui.blocks.actions import BlockActions
from inspector_app.ui.outline.entries import SECTIONS
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.theme import THEME_CHOICES, ThemeChoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QUndoStack
    from PySide6.QtWidgets import QMenuBar, QWidget

    from inspector_app.domain.entities import State
    from inspector_app.ui.outline.entries import OutlineEntry

_THEMES: dict[ThemeChoice, str] = {
    "system": "Like the &system",
    "light": "&Light",
    "dark": "&Dark",
}


class WindowActions(QObject):
    """All actions of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.new = self._make("&New inspection…", "new", Keys.NEW)
        self.open = self._make("&Open…", "open", Keys.OPEN)
        self.new_window = self._make("New &window", "new_window", "Ctrl+Shift+N")
        self.save = self._make("&Save", "save", Keys.SAVE)
        self.export = self._make("&Export report…", "export", Keys.EXPORT)
        self.print = self._make("&Print…", "print", Keys.PRINT)
        self.close = self._make("&Close", "close", QKeySequence.StandardKey.Close)
        # Windows has no standard key to quit.
        self.quit = self._make("&Quit", "quit", "Ctrl+Q")
        self.undo = self._make("&Undo", "undo", Keys.UNDO)
        self.redo = self._make("&Redo", "redo", "Ctrl+Shift+Z", "Ctrl+Y")
        keys = QKeySequence.StandardKey
        self.cut = self._make("Cu&t", "cut", keys.Cut)
        self.copy = self._make("&Copy", "copy", keys.Copy)
        self.paste = self._make("&Paste", "paste", keys.Paste)
        self.select_all = self._make("Select &all", "select_all", keys.SelectAll)
        self.capture = self._make("Ta&ke a note…", "capture", Keys.CAPTURE)
        self.find = self._make("&Find…", "find", "Ctrl+F")
        self.replace = self._make("Rep&lace…", "replace", "Ctrl+H")
        self.find_next = self._make("Find &next", "find_next", Keys.FIND_NEXT)
        self.find_previous = self._make("Find pre&vious", "find_previous", Keys.FIND_PREVIOUS)
        self.next_misspelling = self._make("Next &misspelling", "next_misspelling", "F7")
        self.previous_misspelling = self._make(
            "Previous m&isspelling", "previous_misspelling", "Shift+F7"
        )
        self.next_gap = self._make("Ne&xt gap", "next_gap", Keys.NEXT_GAP)
        self.previous_gap = self._make("Previous &gap", "previous_gap", "Shift+F8")
        self.check_spelling = self._make("Check &spelling", "check_spelling")
        self.check_spelling.setCheckable(True)
        self.go_to = self._make("Go to &anything…", "go_to", "Ctrl+K")
        self.back = self._make("&Back", "back", "Alt+Left")
        self.forward = self._make("&Forward", "forward", "Alt+Right")
        self.next_pane = self._make("Next &pane", "next_pane", Keys.NEXT_PANE)
        self.previous_pane = self._make("Pre&vious pane", "previous_pane", "Shift+F6")
        self.larger = self._make("La&rger text", "larger", Keys.LARGER, "Ctrl+=")
        self.smaller = self._make("S&maller text", "smaller", Keys.SMALLER)
        self.usual_size = self._make("&Usual text size", "usual_size", "Ctrl+0")
        self.quiet = self._make("&Quiet view", "quiet", Keys.QUIET)
        self.quiet.setCheckable(True)
        self.reset_layout = self._make("Reset lay&out", "reset_layout")
        self.save_copy = self._make("Save a cop&y…", "save_copy")
        self.keep_version = self._make("&Keep this version…", "keep_version")
        self.copies = self._make("Files on this comp&uter…", "copies")
        self.save_outside = self._make("Save a copy &for sending outside…", "save_outside")
        self.password = self._make("Passwor&d…", "password")
        self.evidence_index = self._make("Evidence &index…", "evidence_index")
        self.save_content = self._make("Save as content (&JSON)…", "save_content")
        self.open_content = self._make("Open conten&t (JSON)…", "open_content")
        self.preferences = self._make("Pr&eferences…", "preferences", "Ctrl+,")
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.reopen = self._make("&Reopen for changes…", "reopen")
        self.states: dict[State, QAction] = {}
        states = QActionGroup(self)
        for state, name in STATE_NAMES.items():
            action = self._make(name, f"state_{state}")
            action.setCheckable(True)
            states.addAction(action)
            self.states[state] = action
        self.recent_menu = QMenu("Open &recent", window)
        self.edit_menu = QMenu("&Edit", window)
        self.state_menu = QMenu("&State", window)
        self.state_menu.addActions(list(self.states.values()))
        self.state_menu.addSeparator()
        self.state_menu.addAction(self.reopen)
        self.guide = self._make("&User guide", "guide", "F1")
        self.keyboard = self._make("&Keyboard", "keyboard")
        self.about = self._make("&About Inspector", "about")
        self.themes: dict[ThemeChoice, QAction] = {}
        group = QActionGroup(self)
        for choice in THEME_CHOICES:
            action = self._make(_THEMES[choice], f"theme_{choice}")
            action.setCheckable(True)
            group.addAction(action)
            self.themes[choice] = action
        self.blocks = BlockActions(window)
        """What can be done to the text that has the focus."""
        self.entries: list[QAction] = []
        """One an entry of the outline, while an inspection is open."""
        self._go_menu: QMenu | None = None
        self._sections: QMenu | None = None
        self._entries_end: QAction | None = None

    def _make(self, text: str, name: str, *keys: str | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(f"action_{name}")
        sequences: list[QKeySequence] = []
        for key in keys:
            if isinstance(key, str):
                sequences.append(QKeySequence(key))
            else:
                sequences += QKeySequence.keyBindings(key)
        action.setShortcuts(list(dict.fromkeys(sequences)))
        return action

    @property
    def for_inspections(self) -> Sequence[QAction]:
        """What there must be an open inspection for."""
        return [
            self.save,
            self.export,
            self.print,
            self.keep_version,
            self.save_copy,
            self.save_outside,
            self.save_content,
            self.password,
            self.evidence_index,
            self.close,
            *self.search,
            self.next_misspelling,
            self.previous_misspelling,
            *self.gaps,
            self.go_to,
            self.next_pane,
            self.previous_pane,
            self.larger,
            self.smaller,
            self.usual_size,
            self.quiet,
            self.reset_layout,
        ]

    @property
    def search(self) -> list[QAction]:
        """What finds and replaces."""
        return [self.find, self.replace, self.find_next, self.find_previous]

    @property
    def gaps(self) -> list[QAction]:
        """What goes from gap to gap."""
        return [self.next_gap, self.previous_gap]

    @property
    def in_quiet_view(self) -> list[QAction]:
        """What can be done by its keys while a text stands alone."""
        text = [self.undo, self.redo, self.save, self.cut, self.copy, self.paste, self.select_all]
        return [*text, self.larger, self.smaller, self.usual_size, self.quiet]

    def build_menus(self, bar: QMenuBar, panels: Iterable[QAction]) -> None:
        """Fill the menu bar. `panels` show and hide the panels."""
        file_menu = bar.addMenu("&File")
        file_menu.addActions([self.new, self.open])
        file_menu.addMenu(self.recent_menu)
        file_menu.addActions([self.open_content, self.new_window])
        file_menu.addSeparator()
        file_menu.addActions([self.save, self.export, self.evidence_index, self.print])
        file_menu.addSeparator()
        file_menu.addActions(
            [self.keep_version, self.save_copy, self.save_outside, self.save_content, self.password]
        )
        file_menu.addSeparator()
        file_menu.addAction(self.copies)
        file_menu.addSeparator()
        file_menu.addActions([self.close, self.quit])
        edit_menu = self.edit_menu
        bar.addMenu(edit_menu)
        edit_menu.addActions([self.undo, self.redo])
        edit_menu.addSeparator()
        edit_menu.addActions([self.cut, self.copy, self.paste, self.select_all])
        edit_menu.addSeparator()
        edit_menu.addActions(self.search)
        edit_menu.addSeparator()
        edit_menu.addAction(self.capture)
        edit_menu.addSeparator()
        edit_menu.addActions(
            [self.check_spelling, self.next_misspelling, self.previous_misspelling]
        )
        edit_menu.addActions(self.gaps)
        edit_menu.addSeparator()
        edit_menu.addAction(self.preferences)
        self.blocks.fill_menu(bar.addMenu("I&nsert"), "insert")
        self.blocks.fill_menu(bar.addMenu("F&ormat"), "format")
        bar.addMenu("&Inspection").addMenu(self.state_menu)
        self._go_menu = bar.addMenu("&Go")
        self._go_menu.addActions([self.go_to, self.back, self.forward])
        self._go_menu.addSeparator()
        self._sections = self._go_menu.addMenu("&Sections")
        self._entries_end = self._go_menu.addSeparator()
        self._go_menu.addActions([self.next_pane, self.previous_pane])
        view_menu = bar.addMenu("&View")
        view_menu.addActions(list(panels))
        view_menu.addAction(self.reset_layout)
        view_menu.addSeparator()
        view_menu.addActions([self.larger, self.smaller, self.usual_size, self.quiet])
        view_menu.addSeparator()
        view_menu.addMenu("&Theme").addActions(list(self.themes.values()))
        bar.addMenu("&Help").addActions([self.guide, self.keyboard, self.about])

    def show_steps(self, stack: QUndoStack | None) -> None:
        """Name the steps that undo and redo would take."""
        for action, word, can, text in (
            (self.undo, "&Undo", stack and stack.canUndo(), stack and stack.undoText()),
            (self.redo, "&Redo", stack and stack.canRedo(), stack and stack.redoText()),
        ):
            action.setEnabled(bool(can))
            step = collapse_spaces(text or "").replace("&", "&&")
            action.setText(f"{word}: {step}" if step else word)

    def show_entries(self, entries: Sequence[OutlineEntry]) -> dict[str, str]:
        """Put the pages into the Go menu, the first nine with keys.

        Sections have a menu of their own: with all of them the first would not fit a low screen.

        Returns:
            The key of each entry that has one, by its id.
        """
        for action in self.entries:
            action.deleteLater()
        self.entries.clear()
        keys: dict[str, str] = {}
        if self._go_menu is None or self._sections is None or self._entries_end is None:
            return keys
        digits = range(1, min(len(entries), 9) + 1)
        for index, entry in enumerate(entries):
            action = QAction(entry.title.replace("&", "&&"), self._window)
            action.setData(entry.id)
            if index < len(digits):
                sequence = QKeySequence(f"Ctrl+{digits[index]}")
                action.setShortcut(sequence)
                keys[entry.id] = name_key(sequence)
            self.entries.append(action)
            if entry.group == SECTIONS:
                self._sections.addAction(action)
                action = self._sections.menuAction()
            self._go_menu.insertAction(self._entries_end, action)
        self._sections.menuAction().setVisible(not self._sections.isEmpty())
        return keys

    def guarded(self) -> list[QAction]:
        """Return the actions whose keys text fields must not take."""
        return [
            self.undo,
            self.redo,
            self.save,
            self.capture,
            self.export,
            self.print,
            *self.search,
            self.next_misspelling,
            self.previous_misspelling,
            *self.gaps,
            self.go_to,
            self.back,
            self.forward,
            self.next_pane,
            self.previous_pane,
        ]
