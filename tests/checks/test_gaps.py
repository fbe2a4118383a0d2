"""Gaps: where they are, whatever part they stand in."""

from __future__ import annotations

from inspector_app.checks.gaps import list_gaps
from inspector_app.frameworks.load import load_framework
from inspector_app.report.standard import StandardTexts, list_prompts
from inspector_app.ui.shell.reviewing import make_spot
from tests.report.making import bring_in

CONTENT = {
    "evidence": [{"id": "n1", "text": "Ask [name]."}],
    "sections": {
        "background": [
            {"paragraph": "Run by [Provider name] since [date] 🙂 by [roles].", "id": "s1"},
            {"table": {"header": ["Room"], "rows": [["One", "[number]"]]}, "id": "t1"},
        ]
    },
    "key_questions": {
        "safe": {
            "summary": [{"paragraph": "“I asked [name],” one said; see [1].", "id": "k0"}],
            "topics": [{"id": "topic", "title": "Rooms", "lead": "[Insert finding]", "body": []}],
        }
    },
    "actions": {"must": [{"id": "m1", "text": "Train [number] staff."}]},
    "notices": [{"id": "v1", "regulation": "RA2014-12", "must": "Ensure [examples] [sic]."}],
}


def test_gaps_are_found_wherever_the_report_prints_them() -> None:
    inspection = bring_in("rated", **CONTENT).inspection
    prompts = list_prompts(load_framework(inspection.details.framework))
    found = []
    for gap in list_gaps(inspection, prompts):
        spot = make_spot(gap, inspection)
        found.append((gap.entity, gap.field, spot.text[gap.start : gap.end]))
    assert sorted(found) == [
        ("m1", "text", "[number]"),
        ("s1", "text", "[Provider name]"),
        ("s1", "text", "[date]"),
        ("s1", "text", "[roles]"),
        ("t1", "rows.0.1", "[number]"),
        ("topic", "lead", "[Insert finding]"),
        ("v1", "must", "[examples]"),
    ]


def test_every_prompt_that_a_standard_text_comes_with_is_known() -> None:
    from inspector_app.frameworks.load import load_reference
    from inspector_app.report.standard import PROMPT

    inspection = bring_in("rated").inspection
    framework = load_framework(inspection.details.framework)
    texts = StandardTexts(inspection, framework, load_reference())
    offered = [item for part in framework.sections for item in texts.for_section(part.id)]
    prompts = [
        match.group()
        for item in (*offered, *texts.for_key_questions())
        for text in (item.text, *item.bullets)
        for match in PROMPT.finditer(text)
    ]
    assert prompts
    assert list_prompts(framework).issuperset(prompt.casefold() for prompt in prompts)
