"""A wavy line below misspelt words, and colour behind gaps, as they are typed, in any text area.

The marks are formats of the line's layout: they change how a line is painted, not the text. So they
make no undo step, no signal of the document, and are not copied. Qt's own QSyntaxHighlighter does
the same, but goes through a whole text at once.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout
from shiboken6 import isValid

from inspector_app.document.slices import Slices
from inspector_app.texts import count_units
from inspector_app.ui.spelling.speller import get_speller
from inspector_app.ui.widgets.line_marks import make_format
from inspector_app.ui.widgets.painted import SOON, is_painted
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.spelling.checker import Misspelling
    from inspector_app.spelling.places import TextPlace

    TextArea: TypeAlias = QTextEdit | QPlainTextEdit
    PlaceOf: TypeAlias = Callable[[QTextBlock], TextPlace | None]

_FIRST_PAUSE = 150
"""Milliseconds: a page is painted before anything on it is checked."""
_SLICE = 4
"""Milliseconds that checking takes at a time, while nobody types."""
_STEP = 2
"""Milliseconds after which what was found is shown."""
_AT_ONCE = 3
"""Lines that are checked within the key that changed them; more of them wait their turn."""
_LONGEST = 20_000
"""Letters; a longer line is no prose, and every key in it would wait for the check."""
_JOINING = frozenset("'’-\u2010\u2011")


class SpellingMarks(QObject):
    """Keeps the misspelt words and the gaps of a text area marked.

    A line is checked when it changes; all others in slices, once the text area is seen. The word
    that is being typed is left alone until the cursor leaves it.

    Args:
        editor: The text area.
        document: The open inspection, whose names and words are right.
        place_of: Gives what a line shows; None for lines that are not to be checked.
    """

    def __init__(self, editor: TextArea, document: InspectionDocument, place_of: PlaceOf) -> None:
        super().__init__(editor)
        self.editor = editor
        self.speller = get_speller(document)
        self.place_of = place_of
        self._text = editor.document()
        self._round = 0
        """Lines whose state is this number are up to date."""
        self._typed_at: int | None = None
        """Where the word ends, or goes on, that is being typed."""
        self._format = QTextCharFormat()
        self._gap_format = QTextCharFormat()
        self._gaps = document.gaps
        self._slices = Slices(_SLICE, self)
        self._text.contentsChange.connect(self._on_contents_change)
        editor.cursorPositionChanged.connect(self._on_cursor_moved)
        self.speller.changed.connect(self.start_anew)
        editor.installEventFilter(self)
        self._take_colour()
        self._check_all(_FIRST_PAUSE)

    def find(self, line: QTextBlock) -> Sequence[Misspelling]:
        """Return the misspelt words of a line, the one that is being typed included."""
        checker = self.speller.checker
        if checker is None or self.editor.isReadOnly() or self.place_of(line) is None:
            return ()
        if line.length() > _LONGEST:
            return ()
        return checker.find(line.text())

    def find_gaps(self, line: QTextBlock) -> Sequence[tuple[int, int]]:
        """Return where the gaps of a line start and end, in Qt's characters."""
        text = line.text()
        place = self.place_of(line) if "[" in text else None
        if place is None:
            return ()
        return [
            (count_units(text[:start]), count_units(text[:end]))
            for start, end in self._gaps.find_in(text, place.entity, place.field)
        ]

    @Slot()
    def start_anew(self) -> None:
        """Look at every line again."""
        self._round += 1
        self._check_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on when the text area is seen, change colours with it, and notice when it is left."""
        kind = event.type()
        if kind == QEvent.Type.Show:
            self._check_all(_FIRST_PAUSE)
        elif kind == QEvent.Type.FocusOut and isValid(self._text):
            # A text area that is being destroyed loses the focus when its text is gone already.
            self._end_word()
        elif kind in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            if self._take_colour():
                self.start_anew()
        elif kind == QEvent.Type.ReadOnlyChange:
            self.start_anew()
        elif kind == QEvent.Type.InputMethod:
            # An input method puts its own formats in place of the marks.
            self.editor.textCursor().block().setUserState(-1)
            self._check_all(_FIRST_PAUSE)
        return super().eventFilter(watched, event)

    def _take_colour(self) -> bool:
        colour = QColor(get_colour("misspelt"))
        if self._format.underlineColor() == colour and self._format.hasProperty(
            QTextCharFormat.Property.TextUnderlineStyle
        ):
            return False
        self._gap_format = make_format("warning")
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._format.setUnderlineColor(colour)
        return True

    # -- checking

    @Slot(int, int, int)
    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        end = position + added
        # What else changes a text (undo, a change elsewhere) mostly leaves the cursor elsewhere.
        cursor = self.editor.textCursor().position()
        self._typed_at = cursor if self.editor.hasFocus() and position <= cursor <= end else None
        lines: list[QTextBlock] = []
        line = self._text.findBlock(position)
        while line.isValid() and line.position() <= end:
            line.setUserState(-1)
            lines.append(line)
            line = line.next()
        if len(lines) <= _AT_ONCE:
            for line in lines:
                self._check(line)
        if self._slices.is_running or len(lines) > _AT_ONCE:
            # From the beginning: lines may have other numbers now. Not at once: a large paste comes
            # in many pieces.
            self._check_all(_FIRST_PAUSE)

    def _check_all(self, wait: int = 0) -> None:
        self._slices.start(self._check_in_steps(), wait=wait)

    def _check_in_steps(self) -> Generator[int | None, None, None]:
        """Check lines that are not up to date, while they are seen; showing starts this again."""
        while self.editor.isVisible() and not is_painted(self.editor):
            yield SOON
        number = 0
        while self.editor.isVisible():
            self.speller.load()
            line = self._text.findBlockByNumber(number)
            if not line.isValid():
                return
            if line.userState() != self._round:
                number += self._check(line, until=perf_counter() + _STEP / 1000)
                yield None
            else:
                number += 1

    def _check(self, line: QTextBlock, until: float = 0) -> int:
        """Check a line, and those below it until a time comes, and return how many they were.

        They are drawn anew at once: Qt looks through the whole text each time.
        """
        count = 0
        marked: list[QTextBlock] = []
        while line.isValid() and (not count or perf_counter() < until):
            if line.userState() != self._round or not count:
                marked += [line] * self._mark(line)
            count += 1
            line = line.next()
        if marked:
            start, last = marked[0].position(), marked[-1]
            self._text.markContentsDirty(start, last.position() + last.length() - 1 - start)
        return count

    def _mark(self, line: QTextBlock) -> bool:
        """Give a line's layout its marks, and return whether they changed."""
        layout = line.layout()
        if layout.preeditAreaText():
            return False  # an input method shows its own marks there
        line.setUserState(self._round)
        found = self.find(line)
        if found and self._typed_at is not None:
            at = self._typed_at - line.position()
            found = [word for word in found if not self._touches(line, word, at)]
        wanted = [(word.start, word.length, self._format) for word in found]
        wanted += [(start, end - start, self._gap_format) for start, end in self.find_gaps(line)]
        old = layout.formats()
        # A range must outlive what is asked of its format.
        if len(old) == len(wanted) and all(
            (part.start, part.length) == (start, length) and part.format == shape
            for part, (start, length, shape) in zip(old, wanted, strict=True)
        ):
            return False
        layout.setFormats([_make_range(*part) for part in wanted])
        return True

    # -- the word that is being typed

    @Slot()
    def _on_cursor_moved(self) -> None:
        if self._typed_at is None:
            return
        position = self.editor.textCursor().position()
        if position == self._typed_at:
            return
        line = self._text.findBlock(self._typed_at)
        at, now = self._typed_at - line.position(), position - line.position()
        for word in self.find(line):
            if self._touches(line, word, at) and self._touches(line, word, now):
                self._typed_at = position
                return
        self._end_word()

    def _end_word(self) -> None:
        if self._typed_at is not None:
            line = self._text.findBlock(self._typed_at)
            self._typed_at = None
            if line.isValid():
                self._check(line)

    def _touches(self, line: QTextBlock, word: Misspelling, at: int) -> bool:
        """Tell whether a place is in a word, at its end, or behind a sign that may continue it."""
        if word.start < at <= word.end:
            return True
        sign = self._text.characterAt(line.position() + word.end)
        return at == word.end + 1 and sign in _JOINING


def _make_range(start: int, length: int, shape: QTextCharFormat) -> QTextLayout.FormatRange:
    part = QTextLayout.FormatRange()
    part.start, part.length, part.format = start, length, shape
    return part
