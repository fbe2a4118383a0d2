"""The lists behind the page of versions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.domain.versions.history import Backup, HistoryLine
from inspector_app.ui.versions.version_model import ROW, VersionModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def make_lines(count: int) -> list[HistoryLine]:
    return [
        HistoryLine(
            f"c{number}",
            f"Change {number} <b>",
            "AB" if number % 3 else "",
            NOON - timedelta(minutes=7 * number),
            marks_version=number % 100 == 50,
        )
        for number in range(count)
    ]


def test_ten_thousand_changes_are_listed_by_session(qtmodeltester: ModelTester) -> None:
    model = VersionModel()
    qtmodeltester.check(model)
    model.show_states(make_lines(10_000), [])
    assert model.states == 10_000 + 100
    rows = [model.index(row, 0).data(ROW) for row in range(model.rowCount())]
    assert rows[0].text == "Named versions"
    assert [row.change for row in rows if row.kind == "change"] == [f"c{n}" for n in range(10_000)]
    headings = [row.text for row in rows if row.kind == "heading"]
    assert headings[1].endswith("changes by AB"), "it names somebody who has not said who they are"
    found = model.find(("change", "c777"))
    assert "Change 777 <b>" in found.data()
    assert not model.find(("change", "nowhere")).isValid()
    model.show_states(make_lines(10_000), [], "change 7777")
    assert model.states == 1


@pytest.mark.parametrize(("wanted", "states"), [("", 4), ("backup", 1), ("change", 3), ("AB", 2)])
def test_a_search_finds_changes_and_backups(wanted: str, states: int) -> None:
    model = VersionModel()
    backup = Backup(Path("backup.inspection"), NOON, "c0", 10)
    model.show_states(make_lines(3), [backup], wanted)
    assert model.states == states


def test_backups_that_reach_the_same_change_are_told_apart() -> None:
    model = VersionModel()
    backups = [Backup(Path(f"{number}.inspection"), NOON, "c0", 10) for number in range(2)]
    model.show_states([], backups)
    rows = [model.index(row, 0).data(ROW) for row in (1, 2)]
    assert [model.find(row.key).row() for row in rows] == [1, 2]
