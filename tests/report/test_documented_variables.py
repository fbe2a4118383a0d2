"""The examples of docs/frameworks.md print what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from inspector_app.report.rendering import Renderer
from inspector_app.report.report import build_report_context, render_report
from inspector_app.texts import collapse_spaces
from tests.report.making import bring_in

PAGE = Path(__file__).parents[2] / "docs" / "frameworks.md"
# One that stops in the middle (“…”) is no whole template.
_EXAMPLE = re.compile(r"`(?P<code>(?=[^`]*\{[{%])[^`…]+)`(?: is “(?P<prints>[^”]+)”)?")

CONTENT: dict[str, Any] = {
    "framework": "adult_social_care_2017",
    "provider": {"name": "Fern Care Limited"},
    "location": {
        "name": "Fern Bank",
        "address": ["1 Fern Lane", "Sometown"],
        "telephone": "01632 960000",
    },
    "registered_activities": ["Personal care"],
    "visit": {
        "type": "follow_up",
        "announced": False,
        "dates": ["2020-01-09", "2020-01-10"],
        "publication_date": "2020-03-01",
    },
    "ratings": {"safe": "good", "well_led": "good", "overall": "good"},
    "previous_ratings": {
        "safe": "requires_improvement",
        "overall": "requires_improvement",
        "date": "2018-05-02",
    },
    "previous_rating_note": "rated in May 2018",
    "previous_breaches": [
        {
            "regulation": "RA2014-17",
            "text": "No audits.",
            "answer": "Audits each month.",
            "now": "met",
            "date": "2018-05-02",
        }
    ],
    "sections": {"about": [{"paragraph": "About it."}]},
    "key_questions": {
        "safe": {
            "summary": [{"paragraph": "In short."}],
            "topics": [{"topic": "medicines", "lead": "A lead.", "body": [{"paragraph": "So."}]}],
        }
    },
    "actions": {"should": ["Do more."]},
    "notices": [
        {
            "regulation": "RA2014-12",
            "activities": ["Personal care"],
            "breached_paragraphs": ["12(1)", "12(2)(a)"],
            "how_not_met": [{"paragraph": "It was not."}],
            "key_question": "safe",
            "deadline": "2020-06-01",
        }
    ],
    "services": [{"service": "Day care", "key_questions": {"safe": {"topics": []}}}],
    "rating_grid": [
        {
            "service": "Day care",
            "ratings": {"safe": "good", "overall": "outstanding"},
            "dates": {"safe": "2019-05-01"},
        }
    ],
    "signatory": {"name": "A N Other", "title": "Inspector"},
}


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    found = build_report_context(bring_in(**CONTENT).inspection, draft=True)
    question = found["key_questions"][0]
    return found | {
        # As in the framework to begin with.
        "sections": {"summary": found["sections"]["about"]},
        "texts": {**found["texts"], "overall_line": "Overall: {{ rating.name }}"},
        "rating": found["overall"],
        "question": question,
        "topic": question.topics[0],
        "action": found["musts"][0],
        "notice": found["requirement_notices"][0],
        "breach": found["previous_breaches"][0],
        "service": found["services"][0],
        "row": found["rating_grid"][0],
        "block": found["sections"]["about"][0],
    }


def test_every_example_prints_what_it_says(context: dict[str, Any], tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8").partition("### Variables\n")[2].partition("### Filters")[0]
    examples = list(_EXAMPLE.finditer(text.replace(r"\|", "|")))
    assert len(examples) > 50
    head = '{% from "partials/blocks.html.j2" import print_blocks, print_actions %}'
    for example in examples:
        (tmp_path / "one.html.j2").write_text(head + example["code"], "utf-8")
        printed = Renderer(tmp_path).render("one.html.j2", context)
        if example["prints"]:
            plain = html.fromstring(f"<div>{printed}</div>").text_content()
            assert (example["code"], collapse_spaces(plain)) == (example["code"], example["prints"])


def test_ratings_of_a_service_are_those_of_its_row_and_of_no_other(
    context: dict[str, Any],
) -> None:
    content = CONTENT | {"services": [{"service": "Night care", "key_questions": {"safe": {}}}]}
    inspection = bring_in(**content).inspection
    (service,) = build_report_context(inspection, draft=True)["services"]
    assert service.overall.id == service.key_questions[0].rating.id == ""
    assert service.key_questions[0].previous.id == ""
    assert context["service"].overall.id == "outstanding"
    assert "Night care" in render_report(inspection).html
