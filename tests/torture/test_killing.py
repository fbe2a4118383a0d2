"""The short forms; the long ones are run by hand, see `killing.py`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.torture import failing_sync
from tests.torture.faults import list_faults
from tests.torture.killing import torture

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 6
PROTECTED_KILLS = 4
HARD = (
    "folder renamed",
    "permission lost",
    "replaced by another version",
    failing_sync.FILE,
    "disk full",
    "network folder gone",
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


def test_nothing_older_than_a_second_is_lost(tmp_path: Path) -> None:
    figures = torture(tmp_path / "torture", KILLS, seed=5)
    assert figures.kills == KILLS
    assert figures.edits > KILLS
    print(figures)  # noqa: T201


def test_the_journal_has_what_a_file_out_of_reach_has_not(tmp_path: Path) -> None:
    (fault,) = [item for item in list_faults(tmp_path, print) if item.name == "file moved away"]
    figures = torture(tmp_path / "torture", 3, seed=11, fault=fault)
    assert figures.recovered
    print(figures)  # noqa: T201


@pytest.mark.parametrize("name", HARD)
def test_nothing_older_than_a_second_is_lost_whatever_befalls_the_folder(
    tmp_path: Path, name: str
) -> None:
    said: list[str] = []
    faults = {fault.name: fault for fault in list_faults(tmp_path, said.append)}
    if name not in faults:
        print(said)  # noqa: T201 - what cannot be had here is no failure, nor is it passed over
        return
    figures = torture(tmp_path / "torture", 1, seed=3, fault=faults[name])
    assert figures.kills == 1
    print(figures)  # noqa: T201


def test_nothing_protected_is_ever_in_the_clear(tmp_path: Path) -> None:
    figures = torture(tmp_path, PROTECTED_KILLS, seed=6, password="meadow lane")  # noqa: S106
    assert figures.kills == PROTECTED_KILLS
    assert figures.edits > PROTECTED_KILLS
