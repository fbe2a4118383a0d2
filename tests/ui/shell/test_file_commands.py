"""Copies, and content in and out, from the File menu and by dropping a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction

from inspector_app.content.importing import import_content
from inspector_app.domain.entities import EvidenceNote
from inspector_app.storage.reading import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path]) -> MainWindow:
    window.open_file(make_file())
    return window


def _trigger(window: MainWindow, name: str) -> None:
    window.findChild(QAction, f"action_{name}").trigger()


def test_a_copy_for_sending_has_no_notes(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    prompts.copy = tmp_path / "out.inspection"
    _trigger(opened, "save_outside")
    assert prompts.proposed[-1].name == "clinic – for sending.inspection"
    assert [path for _, path in prompts.written] == [prompts.copy]
    with open_for_reading(prompts.copy) as reader:
        assert reader.inspection.details.location_name == "The Invented Clinic"
        assert not list(reader.inspection.all(EvidenceNote))
        assert len(list(reader.history())) == 1


def test_a_whole_copy_has_everything(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    _trigger(opened, "state_final")
    prompts.copy = tmp_path / "copy.inspection"
    _trigger(opened, "save_copy")
    opened.close()
    with open_for_reading(tmp_path / "clinic.inspection") as original:
        expected = list(original.inspection), list(original.history())
    with open_for_reading(prompts.copy) as reader:
        assert (list(reader.inspection), list(reader.history())) == expected


def test_a_copy_never_replaces_the_inspection_itself(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    prompts.copy = tmp_path / "clinic.inspection"
    _trigger(opened, "save_copy")
    assert [headline for headline, _ in prompts.problems] == ["Nothing was written."]
    assert not prompts.written


def test_content_goes_out_and_comes_in(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    prompts.copy = prompts.content = tmp_path / "clinic.json"
    _trigger(opened, "save_content")
    found = import_content(prompts.copy.read_bytes(), "clinic.json", None)
    assert found.inspection.details.location_name == "The Invented Clinic"
    prompts.new_inspection = tmp_path / "again.inspection"
    _trigger(opened, "open_content")
    opened.close()
    with open_for_reading(prompts.new_inspection) as reader:
        assert list(reader.inspection) == list(found.inspection)


def test_faulty_content_is_told_fault_by_fault(
    window: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    source = tmp_path / "bad.json"
    source.write_text(json.dumps({"format": "inspection-content/1", "nonsense": 1}), "utf-8")
    window.open_file(source)
    ((headline, lines),) = prompts.lists
    assert "bad.json" in headline
    assert "nonsense" in lines
    assert "framework" in lines
    assert not prompts.proposed
