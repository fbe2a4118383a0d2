"""The inspector's own words: one a line in a plain text file that outlives every inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.files import (
    describe_read_problem,
    describe_write_problem,
    make_folder,
    write_file,
)
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class OwnWords:
    """The words in a file. What other windows wrote there is read before anything is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self.words: tuple[str, ...] = ()
        """In the order of the alphabet, as last read."""

    def read(self) -> bool:
        """Read the file if it changed, and return whether it did; no file means no words.

        Raises:
            FileProblem: It is there and cannot be read.
        """
        try:
            facts = self._path.stat()
        except FileNotFoundError:
            changed = bool(self.words)
            self._seen, self.words = None, ()
            return changed
        except OSError as error:
            raise describe_read_problem(self._path, error) from error
        seen = (facts.st_mtime_ns, facts.st_size)
        if seen == self._seen:
            return False
        try:
            text = self._path.read_text("utf-8", "replace")
        except OSError as error:
            raise describe_read_problem(self._path, error) from error
        before, self.words = self.words, _arrange(text.splitlines())
        self._seen = seen
        return before != self.words

    def add(self, word: str) -> None:
        """Add a word.

        Raises:
            FileProblem: The file cannot be read or written; the words are as they were.
        """
        self.read()
        self._write(_arrange([*self.words, word]))

    def remove(self, words: Iterable[str]) -> None:
        """Remove some words.

        Raises:
            FileProblem: The file cannot be read or written; the words are as they were.
        """
        self.read()
        gone = set(words)
        self._write(tuple(word for word in self.words if word not in gone))

    def _write(self, words: tuple[str, ...]) -> None:
        if words == self.words:
            return
        try:
            make_folder(self._path.parent)
        except OSError as error:
            raise describe_write_problem(self._path, error) from error
        write_file(self._path, "".join(f"{word}\n" for word in words).encode())
        self.words = words
        facts = self._path.stat()
        self._seen = (facts.st_mtime_ns, facts.st_size)


def _arrange(lines: Iterable[str]) -> tuple[str, ...]:
    words = {collapse_spaces(line) for line in lines}
    return tuple(sorted(words - {""}, key=lambda word: (word.casefold(), word)))
