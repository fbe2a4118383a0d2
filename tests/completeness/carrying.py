"""The way of a value through a content file, and the place where it is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator

from inspector_app.content.importing import import_content
from inspector_app.content.writing import write_content
from inspector_app.errors import InspectorError
from tests.completeness.planting import find_part
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection
    from tests.completeness.planting import Field

PUBLISHED = PROJECT / "docs" / "inspection-content-1.schema.json"
SCHEMA = Draft202012Validator(json.loads(PUBLISHED.read_bytes()))


def find_content_fault(field: Field, bare: Inspection, planted: Inspection) -> str:
    """Return where a planted value is lost on its way through a content file, or ""."""
    try:
        data = write_content(planted, None)
    except AssertionError as error:
        return f"content/writing.py does not write it: {error}"
    part = find_part(planted, field.kind)
    if data == write_content(bare, None) and getattr(part, field.name) != getattr(
        find_part(bare, field.kind), field.name
    ):
        return "content/writing.py does not write it"
    unknown = [error.message for error in SCHEMA.iter_errors(json.loads(data))]
    if unknown:
        return (
            f"the published schema refuses it ({unknown[0]}): declare it in content/format.py and "
            "run INSPECTOR_REWRITE=1 pytest tests/content/test_schema.py"
        )
    try:
        back = find_part(import_content(data, "x.json", None).inspection, field.kind)
    except InspectorError as error:
        return f"an import refuses it ({error}): declare it in content/format.py"
    if back is None or getattr(back, field.name) != getattr(part, field.name):
        return "content/building.py does not read it"
    return ""
