"""Parts of an inspection that its framework does not have any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.result import Location, Occurrence
from inspector_app.domain.entities import KeyQuestion, Section, Topic
from inspector_app.domain.part_names import PART_NAMES
from inspector_app.frameworks.kept_parts import find_spec, has_text, name_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject


def find_kept_parts(subject: Subject) -> Iterator[Occurrence]:
    """Find key questions, topics and sections with text that the framework has no more."""
    inspection = subject.inspection
    for part in inspection:
        if not isinstance(part, KeyQuestion | Section | Topic):
            continue
        spec = find_spec(subject.framework, inspection, part)
        if spec is not None and spec.is_kept and has_text(inspection, part):
            values = {
                "what": PART_NAMES[str(part.__struct_config__.tag)][0],
                "name": name_kept(part),
            }
            yield Occurrence(Location(part.id, "title"), values)


CHECKS: Mapping[str, CheckFunction] = {"not_in_framework": find_kept_parts}
