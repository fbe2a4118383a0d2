"""The real reports come in and go out the same."""

from __future__ import annotations

import json

import pytest

from inspector_app.content.importing import import_content
from inspector_app.content.writing import write_content
from tests.acceptance.comparing import REPORTS
from tests.conftest import ACCEPTANCE
from tests.content.comparing import assert_same


@pytest.mark.parametrize("name", REPORTS)
def test_a_real_report_comes_back_the_same(name: str) -> None:
    file = ACCEPTANCE / f"{name}.json"
    content = json.loads(file.read_bytes())
    imported = import_content(file.read_bytes(), file.name, file.parent)
    assert imported.remarks == ()
    written = write_content(imported.inspection, None)
    assert_same(json.loads(written), content)

    again = import_content(written, file.name, None)
    assert again.inspection == imported.inspection
    assert write_content(again.inspection, None) == written
