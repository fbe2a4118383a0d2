"""Where the values of a TOML file stand, and what was probably meant where it is no TOML."""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

TomlKeys: TypeAlias = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""

_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[\"([^\"]*)\"\]", re.ASCII)
_PATH = re.compile(r"\$(?:\.[A-Za-z_]\w*|\[\d+\]|\[\"[^\"]*\"\])+", re.ASCII)
_AT = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")
_CURLY = "“”„"
_ADVICE = (
    ("Cannot overwrite", "the same key stands twice here"),
    ("Cannot declare", "the same heading in square brackets stands twice"),
    (
        "Cannot mutate",
        "the same heading stands twice, or is a list in one place and not in another",
    ),
    ("Illegal character", "a text ends on its line: is a quotation mark missing?"),
    ("Unterminated string", "is a quotation mark missing?"),
    ("Expected newline", "one key a line; is a quotation mark missing, or one too many?"),
    ("Expected '='", "after a key comes = and its value"),
    ("Unescaped '\\'", "write \\\\ for a backslash"),
    ("Unclosed array", "is a comma, or ] at the end of a list, missing?"),
    ("Unclosed inline table", "is a comma, or } at the end, missing?"),
    ("Expected ']", "a heading ends in ], one of a list in ]]"),
    ("Invalid initial character", "a key is of letters, digits and underscores"),
    ("Invalid statement", "a line is a heading in square brackets, or key = value"),
    ("Invalid value", "after = comes a text in quotation marks, a number, true or false"),
)
"""By how the parser's message begins: what it means for a person."""


def explain_toml(message: str, text: str) -> tuple[str, int | None]:
    """Return what is wrong with a text that is no TOML, and the line.

    Args:
        message: The parser's.
        text: The content of the file.
    """
    found = _AT.search(message)
    lines = text.split("\n")
    number = (int(found[1]) if found[1] else len(lines)) if found else None
    said = _AT.sub("", message)
    line = lines[number - 1] if number is not None and number <= len(lines) else ""
    advice = next((told for start, told in _ADVICE if said.startswith(start)), "")
    # Word and mail programs make them of straight ones, and they open no text.
    if any(mark in line.partition("#")[0] for mark in _CURLY) and '"' not in line:
        advice = 'quotation marks must be straight: "so"'
    return f"is no valid TOML: {said}{f'; {advice}' if advice else ''}", number


def find_line(text: str, path: str) -> int:
    """Return the line of a value, or of the table that it is missing in.

    Args:
        text: A file that is valid TOML.
        path: Where the value is, as `ValuePath` writes it: “$.key_questions[1].word”.
    """
    keys: TomlKeys = tuple(
        int(step[2]) if step[2] else step[1] or step[3] or "" for step in _STEP.finditer(path)
    )
    places = _scan(text)
    while keys and keys not in places:
        keys = keys[:-1]
    return places.get(keys, 1)


def tell_lines(text: str, message: str) -> str:
    """Return a message with the lines of the values that it speaks of."""

    def tell(found: re.Match[str]) -> str:
        return f"{found[0]} (line {find_line(text, found[0])})"

    return _PATH.sub(tell, message)


@lru_cache(maxsize=4)
def _scan(text: str) -> Mapping[TomlKeys, int]:
    return _Scanner(text).places


class _Scanner:
    """Reads a file that is known to be valid, for nothing but the lines of its keys."""

    def __init__(self, text: str) -> None:
        self.places: dict[TomlKeys, int] = {}
        self._text = text.replace("\r\n", "\n")
        self._ends = [found.start() for found in re.finditer(r"\n", self._text)]
        self._at = 0
        self._counts: dict[TomlKeys, int] = {}
        self._scan()

    def _scan(self) -> None:
        table: TomlKeys = ()
        while self._skip_space():
            if self._text.startswith("[[", self._at):
                self._at += 2
                table = self._resolve(self._read_keys())
                self._counts[table] = self._counts.get(table, -1) + 1
                table = (*table, self._counts[table])
                self._note(table)
                self._at += 2
            elif self._text[self._at] == "[":
                self._at += 1
                table = self._resolve(self._read_keys())
                self._note(table)
                self._at += 1
            else:
                self._scan_pair(table)

    def _resolve(self, keys: TomlKeys) -> TomlKeys:
        """Return keys with the number of the last table of each list among them."""
        found: TomlKeys = ()
        for key in keys[:-1]:
            found = (*found, key)
            if found in self._counts:
                found = (*found, self._counts[found])
        return (*found, *keys[-1:])

    def _scan_pair(self, table: TomlKeys) -> None:
        place = (*table, *self._read_keys())
        self._note(place)
        self._at += 1  # the equals sign
        self._scan_value(place)

    def _scan_value(self, place: TomlKeys) -> None:
        self._skip_space()
        first = self._text[self._at]
        if first in "\"'":
            self._read_text()
        elif first == "[":
            self._scan_items(place, "]")
        elif first == "{":
            self._scan_items(place, "}")
        else:
            self._at = self._find(r"[,\]}#\n]")

    def _scan_items(self, place: TomlKeys, end: str) -> None:
        self._at += 1
        number = 0
        while self._skip_space() and self._text[self._at] != end:
            if end == "}":
                self._scan_pair(place)
            else:
                self._note((*place, number))
                self._scan_value((*place, number))
                number += 1
            self._skip_space()
            if self._text[self._at] == ",":
                self._at += 1
        self._at += 1

    def _read_keys(self) -> TomlKeys:
        keys: list[str] = []
        while True:
            self._skip_space()
            if self._text[self._at] in "\"'":
                keys.append(self._read_text())
            else:
                end = self._find(r"[^\w-]")
                keys.append(self._text[self._at : end])
                self._at = end
            self._skip_space()
            if self._text[self._at] != ".":
                return tuple(keys)
            self._at += 1

    def _read_text(self) -> str:
        quote = self._text[self._at]
        mark = quote * 3 if self._text.startswith(quote * 3, self._at) else quote
        start = self._at = self._at + len(mark)
        while not self._text.startswith(mark, self._at):
            self._at += 2 if quote == '"' and self._text[self._at] == "\\" else 1
        text = self._text[start : self._at]
        # Before the end of a long text one or two more of the same mark may stand.
        self._at = self._find(f"[^{quote}]") if len(mark) > 1 else self._at + 1
        return text

    def _skip_space(self) -> bool:
        """Go to what comes next; tell whether there is anything."""
        while self._at < len(self._text):
            if self._text[self._at] == "#":
                self._at = self._find(r"\n")
            elif self._text[self._at].isspace():
                self._at += 1
            else:
                return True
        return False

    def _find(self, pattern: str) -> int:
        found = re.compile(pattern).search(self._text, self._at)
        return found.start() if found else len(self._text)

    def _note(self, place: TomlKeys) -> None:
        line = bisect(self._ends, self._at - 1) + 1
        for length in range(1, len(place) + 1):
            self.places.setdefault(place[:length], line)
