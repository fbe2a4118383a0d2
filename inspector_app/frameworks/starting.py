"""A new inspection with all that its framework has for the form of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.starting import start_inspection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework


def start_from_framework(
    framework: Framework, details: Mapping[str, str], who: str = ""
) -> tuple[Change, Inspection]:
    """Return the change that starts an inspection, and the inspection after it.

    Args:
        framework: Gives the narrative parts, the key questions and their topics.
        details: Fields of `Details`, the framework's own left out; at least `regime`.
        who: Initials for the history.
    """
    regime, form = details["regime"], details.get("form", "")
    if not framework.get_regime(regime, form).prints("signatory"):
        details = {**details, "signatory_name": "", "signatory_title": ""}
    return start_inspection(
        {"framework": framework.id, "framework_version": framework.version, **details},
        framework.list_sections(regime, form),
        {
            question.id: [topic.id for topic in framework.list_topics(question, regime, form)]
            for question in framework.key_questions
        },
        who,
    )
