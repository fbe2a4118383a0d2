"""What “Go to anything” offers: pages, commands, notices, recent files, sentences and notes."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu

from inspector_app.document.slices import Slices
from inspector_app.domain.entities import Action, Block, EvidenceNote, Notice
from inspector_app.domain.search.excerpt import make_excerpt
from inspector_app.domain.search.ranking import rank_by_words, steps_by_words
from inspector_app.domain.search.replace import Spot
from inspector_app.domain.search.search import gather
from inspector_app.texts import collapse_spaces
from inspector_app.ui.find.titles import PlaceTitles
from inspector_app.ui.opening.recent_files import get_recent_facts, list_recent_files
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.shell.go_to import Destination, GoToPalette
from inspector_app.ui.widgets.keys import name_key
from inspector_app.ui.widgets.regulation_labels import describe_regulation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenuBar

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.search.search import Found
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.find_commands import FindCommands
    from inspector_app.ui.shell.inspection_view import InspectionView

_MOST_TEXTS = 8
_REMEMBERED = 5
_TEXTS = {"text", "header", "rows", "must", "action"}
"""Fields that are sentences, not words beside them."""
_SLICE = 6
"""Milliseconds of searching between two events."""
_ENOUGH = 200
"""So many texts are ranked; more have a word in common with everything."""


class GoingAnywhere(Commands):
    """Opens the palette, fills it, and goes where the person chose to."""

    file_wanted = Signal(object)
    """The person chose a recent file; carries its path."""

    def __init__(self, parts: WindowParts, view: InspectionView, find: FindCommands) -> None:
        super().__init__(parts)
        self._view = view
        self._find = find
        self._palette: GoToPalette | None = None
        self._used: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)
        """Kind and text of what was chosen, the latest one first."""
        self._words = ""
        self._slices = Slices(_SLICE, self)
        view.document_shown.connect(self.show_document)

    @Slot(object)
    def show_document(self, document: InspectionDocument | None) -> None:
        """Search an inspection from now on; the palette of another one closes."""
        self._slices.stop()
        self._document = document
        self._used.clear()
        if self._palette is not None:
            self._palette.close_palette(give_back=False)

    def toggle_palette(self) -> None:
        """Open the palette, or close the one that is open."""
        if self._document is None:
            return
        if self._palette is not None:
            self._palette.close_palette(give_back=True)
            return
        places = [
            *self._list_pages(),
            *self._list_commands(self._window.menuBar()),
            *self._list_notices(self._document),
            *self._list_files(self._document),
        ]
        named = {(place.kind, place.text): place for place in places}
        used = [named[key] for key in self._used if key in named]
        palette = self._palette = GoToPalette(places, used, self._window)
        palette.chosen.connect(self._on_chosen)
        palette.words_typed.connect(self._on_words_typed)
        palette.closed.connect(self._on_closed)

    @Slot(object)
    def _on_chosen(self, place: Destination) -> None:
        key = (place.kind, place.text)
        if key in self._used:
            self._used.remove(key)
        self._used.appendleft(key)
        place.go()

    @Slot()
    def _on_closed(self) -> None:
        self._slices.stop()
        self._palette = None

    # -- what has a name

    def _list_pages(self) -> Iterator[Destination]:
        enter = self._view.enter
        keys = {str(action.data()): name_key(action) for action in self._actions.entries}
        for entry in self._view.outline.entries:
            key = keys.get(entry.id, "")
            yield Destination(entry.title, partial(enter, entry.id), "Page", key=key)
            for topic in entry.topics:
                yield Destination(topic.title, partial(enter, topic.id), "Topic", entry.title)

    def _list_commands(
        self, menu: QMenuBar | QMenu, path: tuple[str, ...] = ()
    ) -> Iterator[Destination]:
        pages = [self._actions.go_to, *self._actions.entries]
        # WORKAROUND: in PySide 6.8 a menu that `QAction.menu` gave goes with who asked for it.
        menus = {below.menuAction(): below for below in self._window.findChildren(QMenu)}
        for action in menu.actions():
            below = menus.get(action)
            name = _plain(action)
            if below is self._actions.recent_menu:
                continue  # these have names of their own below
            if below is not None:
                yield from self._list_commands(below, (*path, name))
            elif name and action.isEnabled() and action.isVisible() and action not in pages:
                where, key = " › ".join(path), name_key(action)
                yield Destination(name, action.trigger, "Command", where, always=False, key=key)

    def _list_notices(self, document: InspectionDocument) -> Iterator[Destination]:
        for notice in document.inspection.everywhere(Notice):
            found = document.reference.regulations.get(notice.regulation)
            if found is not None:
                title = describe_regulation(found, document.reference)
                go = partial(self._view.go_to_part, notice.id)
                yield Destination(f"Regulation {title}", go, "Notice", "Notices", always=False)

    def _list_files(self, document: InspectionDocument) -> Iterator[Destination]:
        for path in list_recent_files(self._settings):
            if not document.is_at(path):
                location = collapse_spaces(get_recent_facts(self._settings, path).location)
                title = f"{location} ({path.name})" if location else path.name
                go = partial(self.file_wanted.emit, path)
                yield Destination(title, go, "Recent file", "Open", always=False)

    # -- what is written

    @Slot(str)
    def _on_words_typed(self, text: str) -> None:
        if self._document is not None:
            self._words = text
            inspection = self._document.inspection
            steps = steps_by_words(self._view.index, inspection, text, _is_text)
            self._slices.start(gather(steps, _ENOUGH), self._on_texts_found)

    def _on_texts_found(self, found: Sequence[Found]) -> None:
        if self._palette is None or self._document is None:
            return
        inspection = self._document.inspection
        texts = [item for item in found if item.place.field in _TEXTS]
        best = sorted(texts, key=lambda item: _rank(item, self._words))[:_MOST_TEXTS]
        view = self._view
        titles = PlaceTitles(lambda: view.outline.entries, lambda: view.entry)
        places = []
        for item in best:
            place, span = item.place, item.spans[0]
            spot = Spot(item.entity, place.field, place.at, place.text, span)
            _, where = titles.name(item.entity, inspection)
            excerpt = make_excerpt(place.text, span).text
            go = partial(self._find.show_spot, spot)
            kind = "Note" if isinstance(inspection.find(item.entity), EvidenceNote) else "Text"
            places.append(Destination(excerpt, go, kind, where, between=": "))
        self._palette.show_texts(places)


def _is_text(entity: AnyEntity) -> bool:
    return isinstance(entity, Block | Action | Notice | EvidenceNote)


def _rank(found: Found, words: str) -> int:
    rank = rank_by_words(found.place.text, words)
    return 4 if rank is None else rank


def _plain(action: QAction) -> str:
    """Return the text of an action without the mark of its key."""
    text = action.text().partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")
    return collapse_spaces(text)
