"""A sample, entered through the window from nothing, is the sample."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import docx
import pytest

from inspector_app.assets import get_resource
from inspector_app.content.importing import import_content
from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.content.writing import build_content
from inspector_app.domain.entities import Block, EvidenceNote, Service, Topic
from inspector_app.storage.reading import open_for_reading
from tests.ui.keyboard_hands import KeyboardHands
from tests.ui.mouse_hands import MouseHands

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported
    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts
    from tests.ui.entering import EnteringHands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_LONG = 80
_WITHOUT_SERVICES = [name for name in SAMPLES if not any(load_sample(name).inspection.all(Service))]
"""Services with ratings of their own have no page to be entered on."""


def _dump(inspection: Inspection) -> Any:
    """Return what a dump holds, with the text of notes in place of their ids."""
    content = build_content(inspection, None)
    notes = dict(
        zip(
            [item["id"] for item in content["evidence"]],
            [note.text for note in inspection.all(EvidenceNote)],
            strict=True,
        )
    )
    # What a new inspection has of itself, and an older content has not.
    for key in ("framework_version", "state_dates"):
        content.pop(key, None)
    return _without_ids(content, notes)


def _without_ids(value: Any, notes: dict[str, str]) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_ids(item, notes) for key, item in value.items() if key != "id"}
        if "evidence" in kept and "framework" not in kept:
            kept["evidence"] = [notes[id_] for id_ in value["evidence"]]
        # A bullet of nothing but a text is written as that.
        return kept["text"] if kept.keys() == {"text"} else kept
    if isinstance(value, list):
        return [_without_ids(item, notes) for item in value]
    return value


def _load_short_sample(name: str) -> Imported:
    """Return a sample with all that it has, of which no text is long."""
    content = json.loads(get_resource("samples", f"{name}.json").read_bytes())
    kept = {"attachments": content.pop("attachments", [])}
    short = _shorten(content) | kept
    return import_content(json.dumps(short).encode(), "short.json", None)


def _shorten(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shorten(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shorten(item) for item in value]
    is_long = isinstance(value, str) and len(value) > _LONG
    return value[:_LONG].rpartition(" ")[0] if is_long else value


@pytest.mark.parametrize(
    ("name", "hands"),
    [*((name, MouseHands) for name in _WITHOUT_SERVICES), ("rated", KeyboardHands)],
    ids=[*(f"{name}_by_mouse" for name in _WITHOUT_SERVICES), "rated_by_keys"],
)
def test_a_sample_is_entered_and_exported_through_the_window(
    window: MainWindow,
    qtbot: QtBot,
    prompts: RecordingPrompts,
    tmp_path: Path,
    name: str,
    hands: type[EnteringHands],
) -> None:
    window.resize(1280, 800)
    qtbot.waitUntil(window.isActiveWindow)
    sample = _load_short_sample(name)
    path = tmp_path / "entered.inspection"
    report = tmp_path / "entered.docx"
    both = hands(qtbot, window, sample)
    both.enter_everything(path, prompts)
    both.export(report)
    assert not prompts.problems
    window.close()
    with open_for_reading(path) as reader:
        entered = reader.inspection
    assert _dump(entered) == _dump(sample.inspection)
    words = {paragraph.text for paragraph in docx.Document(str(report)).paragraphs}
    shown = [
        part
        for part in entered
        if isinstance(part, Block)
        and part.kind in {"paragraph", "bullet"}
        and isinstance(entered.find(part.parent), Topic)
    ]
    assert shown
    assert [text.text for text in shown if text.text not in words] == []
