"""Which files were open last, as the settings remember it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from inspector_app.ui.opening.recent_files import (
    RecentFacts,
    add_recent_file,
    get_recent_facts,
    list_recent_files,
    remove_recent_files,
    store_recent_facts,
)
from tests.systems import links

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.inspection" for number in range(10)]
    for path in paths:
        path.touch()
    return paths


def test_the_last_eight_are_remembered_the_latest_first(
    settings: QSettings, paths: list[Path]
) -> None:
    for path in (*paths, paths[5]):
        add_recent_file(settings, path)
    expected = [paths[5], *(path for path in reversed(paths[2:]) if path != paths[5])]
    assert list_recent_files(settings) == expected
    expected[3].unlink()
    del expected[3]
    assert list_recent_files(settings) == expected


@links
def test_what_is_forgotten_leaves_the_others(settings: QSettings, paths: list[Path]) -> None:
    facts = {path: RecentFacts(location=f"Clinic {path.stem}") for path in paths[:2]}
    for path, found in facts.items():
        add_recent_file(settings, path)
        store_recent_facts(settings, path, found)
    link = paths[0].with_name("link.inspection")
    link.symlink_to(paths[0])
    remove_recent_files(settings, [link])
    assert list_recent_files(settings) == [paths[1]]
    assert get_recent_facts(settings, paths[0]) == RecentFacts()
    assert get_recent_facts(settings, paths[1]) == facts[paths[1]]
