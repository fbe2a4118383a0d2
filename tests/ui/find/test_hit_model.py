"""The list of hits under Qt's model tester."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.search.search import Query, SearchIndex
from inspector_app.ui.find.hit_model import (
    COUNT,
    EXCERPT,
    FIELD,
    HitKey,
    HitModel,
    group_found,
)
from tests.report.making import bring_in

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection

CHECK = Qt.ItemDataRole.CheckStateRole
TIP = Qt.ItemDataRole.ToolTipRole
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def inspection() -> Inspection:
    return bring_in(
        "rated",
        actions={
            "must": [{"id": "a", "text": "Mend the <b>fridge</b>, and every other fridge."}],
            "should": [],
        },
        evidence=[
            {"id": "n", "text": "Fridge log", "source_detail": "fridge door"},
            {"id": "m", "text": "No word of it"},
        ],
    ).inspection


@pytest.fixture
def model(inspection: Inspection, qtmodeltester: ModelTester, qtbot: QtBot) -> HitModel:
    model = HitModel(lambda: inspection)
    qtmodeltester.check(model)
    fill(model, inspection, "fridge")
    qtmodeltester.check(model)
    return model


def fill(model: HitModel, inspection: Inspection, text: str) -> None:
    titles = {"a": (0, "Actions"), "n": (1, "Evidence"), "m": (1, "Evidence")}
    found = SearchIndex().search(inspection, Query(text))
    model.show_groups(group_found(found, lambda entity: titles[entity]))


def rows(model: HitModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_hits_stand_below_their_places(model: HitModel) -> None:
    assert rows(model) == [
        "Actions",
        "Mend the <b>fridge</b>, and every other fridge.",
        "Mend the <b>fridge</b>, and every other fridge.",
        "Evidence",
        "Fridge log",
        "Source: fridge door",
    ]
    assert (model.hits, model.groups, model.ticked) == (4, 2, 4)
    assert model.index(0, 0).data(COUNT) == 2
    assert model.index(0, 0).data(ACCESSIBLE) == "Actions: 2"
    assert model.index(0, 0).data(EXCERPT) is None
    assert model.index(2, 0).data(EXCERPT).before.endswith("every other ")
    assert model.index(5, 0).data(FIELD) == "Source"
    assert "<" not in model.index(1, 0).data(TIP)
    assert not model.flags(model.index(3, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_the_way_through_the_hits_goes_round(model: HitModel) -> None:
    seen = [1]
    for _ in range(4):
        seen.append(model.find_next(seen[-1], 1) or -1)
    assert seen == [1, 2, 4, 5, 1]
    assert [model.find_next(1, -1), model.find_next(4, -1), model.find_next(-1, 1)] == [5, 2, 1]
    assert model.find_row(HitKey("n", "source_detail", (), 0)) == 5
    assert model.find_row(HitKey("n", "text", (), 1)) is None
    model.show_groups([])
    assert model.find_next(0, 1) is None
    assert model.get_spot(0) is None


def test_single_hits_can_be_left_out(model: HitModel, inspection: Inspection) -> None:
    second = model.index(2, 0)
    assert second.data(CHECK) is None
    assert not model.setData(second, UNCHECKED, CHECK)
    model.set_checkable(True)
    assert second.data(CHECK) == CHECKED
    assert model.index(0, 0).data(CHECK) is None
    assert not model.setData(model.index(0, 0), UNCHECKED, CHECK)
    assert model.setData(second, UNCHECKED, CHECK)
    assert model.ticked == 3
    assert [spot.span.start for spot in model.iterate_ticked() if spot.entity == "a"] == [12]
    # Still left out after another search, as long as it is there.
    fill(model, inspection, "fridge")
    assert second.data(CHECK) == UNCHECKED
    fill(model, inspection, "mend")
    assert model.ticked == model.hits == 1
    fill(model, inspection, "fridge")
    assert model.setData(model.index(2, 0), UNCHECKED, CHECK)
    model.tick_all()
    assert model.ticked == 4
