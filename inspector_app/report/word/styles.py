"""Looking up Word styles for blocks: the style map against the house style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.report.style_map import STYLES_FILE
from inspector_app.report.word.house_style import HOUSE_STYLE_FILE
from inspector_app.shapes import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from inspector_app.report.style_map import StyleMap
    from inspector_app.report.word.house_style import HouseStyle


class StyleFault(Exception):
    """A block has no Word style: `key` is its element or element.class."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class WordStyles:
    """Style ids by block key; each is looked up once.

    All methods raise `StyleFault` where the map does not know the key or the house style not the
    style.
    """

    def __init__(self, style_map: StyleMap, house_style: HouseStyle) -> None:
        self._map = style_map
        self._house_style = house_style
        self._found: dict[tuple[str, str], str] = {}
        self._shadings: dict[str, str] = {}

    def paragraph(self, key: str) -> str:
        """Return the id of the paragraph style of a block."""
        return self._find(key, self._map.paragraphs, self._house_style.find_paragraph_style)

    def table(self, key: str) -> str:
        """Return the id of a table's style."""
        return self._find(key, self._map.tables, self._house_style.find_table_style)

    def run(self, key: str) -> str:
        """Return the id of the character style of a run."""
        return self._find(key, self._map.runs, self._house_style.find_character_style)

    def list_level(self, key: str, level: int) -> str:
        """Return the id of the style of a list's level; deeper levels look like the deepest."""
        names = {name: levels[min(level, 1)] for name, levels in self._map.lists.items()}
        return self._find(key, names, self._house_style.find_paragraph_style, f"level {level}")

    def shading(self, key: str) -> str:
        """Return the shading of a paragraph's style as XML, for the cell around it."""
        if key not in self._shadings:
            self._shadings[key] = self._house_style.get_shading(self.paragraph(key))
        return self._shadings[key]

    def column_widths(self, key: str, count: int, text_width: int) -> list[int]:
        """Return the widths of a table's columns in twentieths of a point."""
        shares = self._map.column_widths.get(key, ())
        if len(shares) != count:
            shares = (1.0,) * count
        total = sum(shares)
        return [int(text_width * share / total) for share in shares]

    def find_faults(self) -> Iterator[StyleFault]:
        """Look up every style of the map, and yield a fault for each that is missing."""
        lookups: list[tuple[Iterable[str], Callable[[str], str]]] = [
            (self._map.paragraphs, self.paragraph),
            (self._map.lists, lambda key: self.list_level(key, 0)),
            (self._map.lists, lambda key: self.list_level(key, 1)),
            (self._map.tables, self.table),
            (self._map.runs, self.run),
        ]
        for keys, look_up in lookups:
            for key in keys:
                try:
                    look_up(key)
                except StyleFault as fault:
                    yield fault

    def _find(
        self,
        key: str,
        names: Mapping[str, str],
        find: Callable[[str], str | None],
        detail: str = "",
    ) -> str:
        cached = self._found.get((key, detail))
        if cached is not None:
            return cached
        name = names.get(key)
        if name is None:
            hint = did_you_mean(key, names)
            raise StyleFault(key, f"{STYLES_FILE} has no style for '{key}'{hint}")
        style = find(name)
        if style is None:
            raise StyleFault(
                key,
                f"the Word style '{name}', which {STYLES_FILE} gives to '{key}', is missing in "
                f"{HOUSE_STYLE_FILE}",
            )
        self._found[key, detail] = style
        return style
