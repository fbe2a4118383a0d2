"""What was typed and does not print: tried with the report's own template, whosever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.checks.running import run_checks
from inspector_app.frameworks.load import list_frameworks, load_framework, load_reference
from inspector_app.report.full_inspection import make_full_inspections
from inspector_app.report.printed import list_typed
from tests.report.making import bring_in, copy_templates, edit_template, full_content

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.checks.result import CheckResult
    from inspector_app.domain.inspection import Inspection

CARE = {"framework": "adult_social_care_2017"}
SUMMARY = {"sections": {"overall_summary": [{"paragraph": "A summary."}, {"paragraph": "More."}]}}
ABOUT = {"sections": {"about": [{"table": {"rows": [["", "About"]]}}]}}


def check(inspection: Inspection, templates: Path | None = None) -> tuple[CheckResult, ...]:
    framework = load_framework(inspection.details.framework)
    reference = load_reference()
    wanted = ["typed_not_printed"]
    return run_checks(inspection, framework, reference, wanted, templates=templates).results


def tell(content: dict[str, Any], templates: Path | None = None) -> list[tuple[str, str]]:
    """Return what the report does not print, and the field that a click leads to."""
    found = check(bring_in(**content).inspection, templates)
    return [(item.message.partition(" does not print ")[2], item.place.field) for item in found]


@pytest.mark.parametrize("form", ["full", "short"])
def test_a_section_of_another_form_is_told_once(form: str) -> None:
    content, name, field = {
        "full": (SUMMARY, "“Overall summary”", "text"),
        "short": (ABOUT, "“About the service”", "rows.0.1"),
    }[form]
    ((what, place),) = tell({**CARE, **content, "form": form})
    other = {"full": "Short report (2018)", "short": "Report with topics (from 2019)"}[form]
    assert what.startswith(f"{name}, but the form “{other}” would.")
    assert place == field
    assert tell({**CARE, **content, "form": "short" if form == "full" else "full"}) == []


def test_plain_fields_are_told_by_what_they_are_for() -> None:
    content = {
        **CARE,
        "form": "short",
        "signatory": {"name": "A name", "title": "A title"},
        "previous_rating_note": "not rated then",
        "actions": {"must": ["Do this.", "And that."], "should": ["Do more."]},
        "notices": [{"regulation": "RA2014-12", "must": "Act.", "activities": ["Care"]}],
        "previous_breaches": [{"regulation": "RA2014-12", "text": "What it was."}],
    }
    full = ", but the form “Report with topics (from 2019)” would"
    assert [(what.partition(". ")[0], field) for what, field in tell(content)] == [
        ("the note on the previous rating", "previous_rating_note"),
        ("the signatory", "signatory_name"),
        (f"what the provider must do{full}", "text"),
        (f"what the provider should do{full}", "text"),
    ]


@pytest.mark.parametrize("regime", ["rated", "unrated"])
def test_what_prints_is_not_told(regime: str) -> None:
    content = full_content(regime)
    if regime == "unrated":
        content["previous_rating_note"] = ""
    content["notices"].append(
        {
            "kind": "warning",
            "regulation": "RA2014-12",
            "withheld": True,
            "must": "Not yet.",
            "action": "Nor this.",
            "how_not_met": [{"paragraph": "Nor that."}],
        }
    )
    assert check(bring_in(regime, **content).inspection) == ()


def test_every_form_prints_what_its_framework_says() -> None:
    reference = load_reference()
    for framework in list_frameworks():
        for inspection in make_full_inspections(framework, reference):
            details = inspection.details
            regime = framework.get_regime(details.regime, details.form)
            typed = {part for _, part in list_typed(inspection)} - {"previous_breaches"}
            assert bool(check(inspection)) == bool(typed & set(regime.not_printed))


def test_templates_of_ones_own_decide(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    content = full_content("rated")
    assert tell(content, folder) == []
    edit_template(folder, "partials/key_question.html.j2", "topic.lead | prose", '"" | prose')
    edit_template(folder, "independent_health/rated.html.j2", "location.telephone }}", '"" }}')
    edit_template(folder, "partials/notices.html.j2", "{{ notice.action | prose }}", "")
    found = [(what.partition(". ")[0], field) for what, field in tell(content, folder)]
    assert found == [
        ("the telephone number", "telephone"),
        ("lead sentences of topics", "lead"),
        ("some of the notice on regulation 17 (Good governance)", "action"),
    ]
    edit_template(folder, "partials/signatory.html.j2", "{{ signatory.name }}", "{{ nobody }}")
    assert tell(content, folder) == []  # whose fault that is, every export tells
