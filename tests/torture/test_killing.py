"""The short form; the long one is run by hand, see `killing.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture.killing import torture

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 12


def test_nothing_older_than_a_second_is_lost(tmp_path: Path) -> None:
    figures = torture(tmp_path, KILLS, seed=5)
    assert figures.kills == KILLS
    assert figures.edits > KILLS
    assert figures.recovered
    print(figures)  # noqa: T201
