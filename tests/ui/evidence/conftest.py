"""An open inspection with notes, and a look into its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.new_files import create_inspection_file
from tests.ui.evidence.making import bring_in_notes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def document(tmp_path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    imported = bring_in_notes()
    path = tmp_path / "clinic.inspection"
    create_inspection_file(
        path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    document = InspectionDocument(path, tmp_path)
    document.who = "KB"
    yield document
    document.close()
