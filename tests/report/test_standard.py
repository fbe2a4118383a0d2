"""Standard paragraphs filled from the details."""

from __future__ import annotations

from datetime import date

import pytest

from inspector_app.domain.drafting import Draft
from inspector_app.domain.starting import start_inspection
from inspector_app.errors import TemplateFault
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.standard import StandardTexts

FRAMEWORK = load_framework("independent_health_2018")


def make_texts(regime: str, **fields: object) -> StandardTexts:
    _, inspection = start_inspection({"framework": FRAMEWORK.id, "regime": regime}, [], {})
    draft = Draft(inspection)
    for field, value in fields.items():
        draft.set(inspection.id, field, value)
    return StandardTexts(draft.result, FRAMEWORK, load_reference())


def get_text(texts: StandardTexts, section: str, paragraph: str) -> str:
    return next(item.text for item in texts.for_section(section) if item.id == paragraph)


def test_the_opening_is_filled_from_the_details() -> None:
    texts = make_texts(
        "rated",
        location_name="Mill & Lane <Clinic>",
        announced=False,
        visit_type="focused",
        visit_dates=(date(2026, 3, 2), date(2026, 3, 3)),
    )
    text = get_text(texts, "overall_summary", "announced_opening")
    # Plain text, as it would be typed: nothing is escaped here.
    assert text.startswith(
        "We carried out an unannounced focused inspection at Mill & Lane <Clinic> "
        "on 2 and 3 March 2026."
    )


def test_what_is_not_known_comes_out_as_a_prompt() -> None:
    text = get_text(make_texts("rated"), "overall_summary", "announced_opening")
    assert "[announced or unannounced] comprehensive inspection at [location name]" in text
    assert "on [date of inspection visit]." in text


def test_activities_stand_in_small_letters() -> None:
    texts = make_texts(
        "rated",
        registered_activities=("Surgical procedures", "TREATMENT of our own", "Nursing care"),
    )
    text = get_text(texts, "background", "regulated_activities")
    assert text.endswith("surgical procedures, TREATMENT of our own and nursing care.")


def test_typed_text_is_never_run() -> None:
    texts = make_texts("unrated", location_name="{{ 7 * 6 }}{% raw %}", provider_name="{{ x }}")
    text = get_text(texts, "overall_summary", "service")
    assert "{{ x }}, trading as {{ 7 * 6 }}{% raw %}, provides" in text


@pytest.mark.parametrize("regime", ["rated", "unrated"])
def test_every_text_of_the_framework_can_be_filled(regime: str) -> None:
    texts = make_texts(regime)
    offered = [
        item for section in FRAMEWORK.sections for item in texts.for_section(section.id)
    ] + texts.for_key_questions()
    assert len(offered) > 10
    assert not [item for item in offered if "{{" in item.text or not item.text.strip()]
    assert texts.fill(FRAMEWORK.find_section("background").name, "background") == (
        "Background to [location name]"
    )


@pytest.mark.parametrize(
    "text", ["{{ location.name }}", "At {{ location.name }}, {{ provider.name }} & [x]", "", "x }}"]
)
def test_texts_without_conditions_need_no_templates(text: str) -> None:
    names = {"location_name": "<b>{{ 7 }}", "provider_name": r"\1 & 'co'"}
    texts = make_texts("rated", **names)
    # A condition that always holds sends the same text through the template engine.
    assert texts.fill(text, "x") == texts.fill(f"{text}{{% if true %}}{{% endif %}}", "x")


def test_a_faulty_text_names_framework_and_paragraph() -> None:
    with pytest.raises(
        TemplateFault, match=r"independent_health_2018\.toml \(in the part “Opening”\)"
    ):
        make_texts("rated").fill("{{ locaton.name }}", "Opening")


def test_what_is_meant_for_another_regime_is_not_offered() -> None:
    for regime, other in (("rated", "unrated"), ("unrated", "rated")):
        texts = make_texts(regime)
        offered = {item.id for item in texts.for_section("overall_summary")}
        known = FRAMEWORK.find_section("overall_summary").standard
        assert offered == {item.id for item in known if not item.regimes or regime in item.regimes}
        assert any(other in item.regimes for item in known)
    assert "impact" not in {item.id for item in make_texts("rated").for_key_questions()}
    assert "impact" in {item.id for item in make_texts("unrated").for_key_questions()}


def test_sections_of_another_framework_offer_nothing() -> None:
    assert make_texts("rated").for_section("nowhere") == []
