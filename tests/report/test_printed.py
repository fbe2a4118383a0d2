"""What a framework says that its reports print is held against what its templates print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from inspector_app.assets import get_templates_folder
from inspector_app.frameworks.load import list_frameworks, load_framework, load_reference
from inspector_app.report.printed import find_disagreements
from tests.report.making import FRAMEWORK, copy_templates, edit_template

if TYPE_CHECKING:
    from pathlib import Path

RATED = "independent_health/rated.html.j2"
OF_RATED = f"(the regime “rated” of the framework {FRAMEWORK})"


def tell(folder: Path, **regime: Any) -> list[str]:
    """Return what does not agree in rated reports, the regime changed."""
    framework = load_framework(FRAMEWORK)
    regimes = [replace(item, **regime) for item in framework.regimes if item.id == "rated"]
    framework = replace(framework, regimes=tuple(regimes))
    return [str(item) for item in find_disagreements(framework, load_reference(), folder)]


def test_ours_agree() -> None:
    reference = load_reference()
    for framework in list_frameworks():
        own = reference.for_framework(framework)
        assert list(find_disagreements(framework, own, get_templates_folder())) == []


STATEMENT = '<p data-id="{{ block.id }}" class="{{ block.kind }}">{{ block.text | prose }}</p>'


@pytest.mark.parametrize(
    ("place", "old", "told"),
    [
        (RATED, "{{ print_actions(shoulds) }}", "no shoulds: print it, or write it into"),
        (RATED, "{{ print_blocks(sections.background) }}", "no sections.background: print it, or"),
        ("partials/notices.html.j2", "{{ notice.action | prose }}", "not all of notices (the"),
    ],
)
def test_what_a_template_leaves_out(tmp_path: Path, place: str, old: str, told: str) -> None:
    folder = copy_templates(tmp_path)
    edit_template(folder, place, old, "")
    (line,) = tell(folder)
    assert line.startswith(f"{RATED}: prints {told}")
    assert line.endswith(OF_RATED)


def test_a_kind_of_text_that_a_template_leaves_out_is_told_of_each_part(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    edit_template(folder, "partials/blocks.html.j2", STATEMENT, "")
    lines = tell(folder)
    for part in ("summaries", "topics", "services", "notices", "sections.overall_summary"):
        assert any(f"prints not all of {part}" in line for line in lines), part


def test_what_is_said_to_be_left_out() -> None:
    ours = get_templates_folder()
    (line,) = tell(ours, not_printed=("previous_breaches", "musts"))
    assert line == f"{RATED}: musts is printed: take it out of not_printed {OF_RATED}"
    (line,) = tell(ours, not_printed=())
    assert "prints no previous_breaches: print it, or write it into not_printed" in line
