"""What all text areas of one inspection share: dictionary, words that are right, and the switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inspector_app.errors import InspectorError
from inspector_app.settings import get_own_words_file
from inspector_app.spelling.own_words import OwnWords

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.spelling.checker import Checker

_CHECK = "spelling/check"
_TOLD = "spelling/told_no_dictionary"
_NAMES_PAUSE = 400
"""Milliseconds after which a name that is being typed counts as known."""


def get_speller(document: InspectionDocument) -> Speller:
    """Return the speller of an inspection, made when it is first asked for."""
    return document.findChild(Speller) or Speller(document)


def load_spelling_choice(settings: QSettings) -> bool:
    """Return whether the person wants spelling to be checked."""
    return bool(settings.value(_CHECK, True, type=bool))


def store_spelling_choice(settings: QSettings, wanted: bool) -> None:
    """Remember whether the person wants spelling to be checked."""
    settings.setValue(_CHECK, wanted)


class Speller(QObject):
    """Checks words for one inspection. The dictionary is loaded when the first text is looked at.

    Without settings (`use_settings`) spelling is checked, and nothing is remembered.
    """

    changed = Signal()
    """Other words are right now, or checking was switched: every text has to be looked at again."""
    dictionary_missed = Signal()
    """There is no British dictionary on this computer, and the person has not been told yet."""
    failed = Signal(str, str)
    """A word could not be kept; carries headline and message."""

    def __init__(self, document: InspectionDocument) -> None:
        super().__init__(document)
        self._document = document
        self._settings: QSettings | None = None
        self._enabled = True
        self._checker: Checker | None = None
        self._looked = False
        self._own = OwnWords(get_own_words_file())
        self._framework_words: frozenset[str] = frozenset()
        self._pause = QTimer(self, singleShot=True, interval=_NAMES_PAUSE)
        self._pause.timeout.connect(self._refresh_words)
        document.changed.connect(self._on_document_changed)
        document.edition_changed.connect(self._on_edition_changed)

    # -- the switch

    def use_settings(self, settings: QSettings) -> None:
        """Take what the person chose, and remember there what the person was told."""
        self._settings = settings
        self.set_enabled(load_spelling_choice(settings))

    @property
    def enabled(self) -> bool:
        """Whether spelling is to be checked."""
        return self._enabled

    def set_enabled(self, enabled: bool) -> None:
        """Switch checking on or off."""
        if enabled != self._enabled:
            self._enabled = enabled
            self.changed.emit()

    def dismiss_told(self) -> None:
        """Remember that the person knows that there is no dictionary."""
        if self._settings is not None:
            self._settings.setValue(_TOLD, True)

    # -- words

    @property
    def checker(self) -> Checker | None:
        """What checks now; None: not switched on, not loaded yet, or there is no dictionary."""
        return self._checker if self._enabled else None

    def load(self) -> Checker | None:
        """Load the dictionary if it is not loaded yet, and return what checks now."""
        if self._enabled and not self._looked:
            from inspector_app.spelling.checker import Checker
            from inspector_app.spelling.dictionary import load_dictionary

            self._looked = True
            dictionary = load_dictionary()
            if dictionary is not None:
                self._read_framework_words()
                self._checker = Checker(dictionary)
                self._read_own_words()
                self._checker.set_words(self._collect())
                self.changed.emit()
            elif self._settings is None or not self._settings.value(_TOLD, False, type=bool):
                self.dictionary_missed.emit()
        return self.checker

    def add_to_inspection(self, word: str) -> None:
        """Take a word as right in this inspection, as a step that can be undone."""
        details = self._document.inspection.details
        if word in details.own_words:
            return
        words = (*details.own_words, word)
        label = f"Add “{word}” to this inspection's words"
        self._document.set_field(details.id, "own_words", words, label)
        self._refresh_words()

    def add_to_own(self, word: str) -> None:
        """Take a word as right wherever this person writes."""
        try:
            self._own.add(word)
        except InspectorError as error:
            self.failed.emit(f"“{word}” was not added to your words.", str(error))
        self._refresh_words()

    @Slot()
    def reread_own_words(self) -> None:
        """Take in what another window added to the person's words, or removed."""
        if self._checker is not None and self._read_own_words():
            self._refresh_words()

    def _read_own_words(self) -> bool:
        try:
            return self._own.read()
        except InspectorError as error:
            self.failed.emit("Your own words could not be read.", str(error))
            return False

    def _collect(self) -> frozenset[str]:
        from inspector_app.spelling.known_words import collect_inspection_words

        inspection = collect_inspection_words(self._document.inspection)
        return inspection.union(self._framework_words, self._own.words)

    def _read_framework_words(self) -> None:
        from inspector_app.spelling.known_words import collect_framework_words

        framework, reference = self._document.framework, self._document.reference
        self._framework_words = collect_framework_words(framework, reference)

    @Slot()
    def _on_edition_changed(self) -> None:
        if self._checker is not None:
            self._read_framework_words()
            self._pause.start()

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if self._checker is None:
            return
        from inspector_app.spelling.known_words import touches_names

        if touches_names(change, self._document.inspection):
            self._pause.start()

    @Slot()
    def _refresh_words(self) -> None:
        self._pause.stop()
        if self._checker is not None and self._checker.set_words(self._collect()):
            self.changed.emit()
