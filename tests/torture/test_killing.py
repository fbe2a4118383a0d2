"""The short form; the long one is run by hand, see `killing.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture.killing import torture

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 12
PROTECTED_KILLS = 4


def test_nothing_older_than_a_second_is_lost(tmp_path: Path) -> None:
    figures = torture(tmp_path, KILLS, seed=5)
    assert figures.kills == KILLS
    assert figures.edits > KILLS
    assert figures.recovered
    print(figures)  # noqa: T201


def test_nothing_protected_is_ever_in_the_clear(tmp_path: Path) -> None:
    figures = torture(tmp_path, PROTECTED_KILLS, seed=6, password="meadow lane")  # noqa: S106
    assert figures.kills == PROTECTED_KILLS
    assert figures.edits > PROTECTED_KILLS
