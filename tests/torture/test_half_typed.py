"""What was typed 1.5 seconds before the application was killed is there: nothing need be filed."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from inspector_app.settings import get_journals_folder
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import apply_left_changes, find_left_changes
from tests.storage.helpers import make_file
from tests.torture.running import running
from tests.torture.typist import PLACES

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The fire door was wedged op"
LATER = 1.5
"""Seconds from the last key to the kill."""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("place", PLACES)
def test_half_typed_text_outlives_the_application(tmp_path: Path, place: str) -> None:
    path = tmp_path / "clinic.inspection"
    make_file(path)
    with running("typist.py", tmp_path / "log", path, tmp_path / "log", place, TEXT):
        time.sleep(LATER)
    with open_for_reading(path) as reader:
        inspection = reader.inspection
        left = find_left_changes(get_journals_folder(), inspection.id, path, reader.read_ids)
    if left is not None:
        inspection, _ = apply_left_changes(left, inspection)
    (found,) = [item for item in inspection if TEXT in msgspec.json.encode(item).decode()]
    kinds = {"capture": "evidence_note", "line": "details"}
    assert found.__struct_config__.tag == kinds.get(place, "block")
