"""How many words the report prints of what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.domain.entities import Action, Block, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection

_WORD = re.compile(r"[^\s\ufffc]+")


def count_words(text: str) -> int:
    """Return how many words a text has; what stands for a picture is none."""
    return len(_WORD.findall(text))


def count_own_words(part: AnyEntity | None) -> int:
    """Return how many words a part has itself, without what is below it."""
    if isinstance(part, Block):
        cells = sum(count_words(cell) for row in (part.header, *part.rows) for cell in row)
        return count_words(part.text) + cells
    if isinstance(part, Action):
        return count_words(part.text)
    return count_words(part.lead) if isinstance(part, Topic) else 0


class WordTally:
    """The words of some parts, kept up to date part by part."""

    def __init__(self, parts: Iterable[AnyEntity] = ()) -> None:
        self._counts = {part.id: count_own_words(part) for part in parts}
        self.total = sum(self._counts.values())

    def renew(self, id_: str, part: AnyEntity | None) -> None:
        """Count a part again, or no more where it is None."""
        words = count_own_words(part)
        self.total += words - self._counts.get(id_, 0)
        if part is None:
            self._counts.pop(id_, None)
        else:
            self._counts[id_] = words


def count_all_words(inspection: Inspection, part: str) -> int:
    """Return how many words a part has with all that is below it."""
    below = sum(map(count_own_words, inspection.descendants(part)))
    return below + count_own_words(inspection.find(part))
