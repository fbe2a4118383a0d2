"""Search over the typed texts of an inspection, quick enough to follow every key.

Entities never change, so what was folded once holds for as long as the inspection has that very
entity: after a change only the parts that it touched are folded again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from inspector_app.domain.entities import Attachment, Details, EvidenceNote
from inspector_app.domain.search.folding import FoldedText, Span, find_spans, fold
from inspector_app.domain.search.typed_texts import list_texts, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.search.typed_texts import TypedText

Scope: TypeAlias = Literal["everything", "report", "notes"]
_NOT_PRINTED = {"overall_departure_reason"}
_STEPS = 64
"""Steps of a search that `gather` takes as one."""


class Query(NamedTuple):
    """What is searched, and how."""

    text: str
    match_case: bool = False
    whole_words: bool = False


class Found(NamedTuple):
    """A text with one hit or more; where they stand is worked out when somebody looks."""

    entity: str
    place: TypedText
    hits: int
    query: Query

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the hits stand in the text, from left to right."""
        match_case = self.query.match_case
        return find_spans(
            self.place.text,
            fold(self.place.text, match_case=match_case),
            fold(self.query.text, match_case=match_case).text,
            match_case=match_case,
            whole_words=self.query.whole_words,
        )


def gather(steps: Iterator[Found | None], most: int = 0) -> Generator[None, None, list[Found]]:
    """Take the steps of a search, and return what it found.

    Args:
        steps: From `SearchIndex.steps`.
        most: How many texts are enough; 0: all.
    """
    found: list[Found] = []
    for number, text in enumerate(steps, start=1):
        if text is not None:
            found.append(text)
            if len(found) == most:
                break
        if number % _STEPS == 0:
            yield
    return found


class _Texts(NamedTuple):
    """The texts of an entity with their folded forms."""

    entity: AnyEntity
    texts: tuple[tuple[TypedText, FoldedText], ...]


class SearchIndex:
    """What was folded so far, of one inspection through all its changes."""

    def __init__(self) -> None:
        self._texts: dict[bool, dict[str, _Texts]] = {False: {}, True: {}}

    def search(
        self,
        inspection: Inspection,
        query: Query,
        scope: Scope = "everything",
        wanted: Callable[[AnyEntity], bool] | None = None,
    ) -> Iterator[Found]:
        """Yield the texts with a hit, in the order of the window's pages.

        Args:
            inspection: The current value.
            query: What is searched; an empty text is nowhere.
            scope: Which texts: all, those of the report, or the notes and their files.
            wanted: Asked of each part with a hit, for those of one page; None: all.
        """
        for found in self.steps(inspection, query, scope, wanted):
            if found is not None:
                yield found

    def steps(
        self,
        inspection: Inspection,
        query: Query,
        scope: Scope = "everything",
        wanted: Callable[[AnyEntity], bool] | None = None,
    ) -> Iterator[Found | None]:
        """Do the same as `search`, and yield None for a part without a hit.

        Whoever takes the steps can stop between any two, to go on after a key that was pressed.
        """
        needle = fold(query.text, match_case=query.match_case).text
        if not needle:
            return
        known = self._texts[query.match_case]
        self._forget_gone(inspection, known)
        for entity in walk(inspection):
            if not _is_in(scope, entity):
                continue
            texts = known.get(entity.id)
            if texts is None or texts.entity is not entity:
                texts = known[entity.id] = _fold_all(entity, query.match_case)
            hit = False
            for place, folded in texts.texts:
                if needle not in folded.text:
                    continue
                if scope == "report" and place.field in _NOT_PRINTED:
                    continue
                if not hit and wanted is not None and not wanted(entity):
                    break
                hits = _count(place.text, folded, needle, query)
                if hits:
                    hit = True
                    yield Found(entity.id, place, hits, query)
            if not hit:
                yield None

    def _forget_gone(self, inspection: Inspection, known: dict[str, _Texts]) -> None:
        if len(known) > 2 * len(inspection):
            for id_ in [id_ for id_ in known if inspection.find(id_) is None]:
                del known[id_]


def _fold_all(entity: AnyEntity, match_case: bool) -> _Texts:
    return _Texts(
        entity,
        tuple((place, fold(place.text, match_case=match_case)) for place in list_texts(entity)),
    )


def _count(text: str, folded: FoldedText, needle: str, query: Query) -> int:
    if folded.even and not query.whole_words:
        return folded.text.count(needle)
    spans = find_spans(
        text, folded, needle, match_case=query.match_case, whole_words=query.whole_words
    )
    return len(spans)


def _is_in(scope: Scope, entity: AnyEntity) -> bool:
    if scope == "everything" or isinstance(entity, Details):
        return scope != "notes"
    return isinstance(entity, EvidenceNote | Attachment) == (scope == "notes")
