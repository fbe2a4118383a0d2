"""Standard texts, changed ones, and near misses."""

from __future__ import annotations

from datetime import date
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import KeyQuestion, Section, Topic
from inspector_app.domain.starting import start_inspection
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.boilerplate import (
    StandardSentence,
    StandardSentences,
    list_standard_sentences,
    restore,
)
from inspector_app.report.standard import PROMPT, StandardTexts

FRAMEWORK = load_framework("independent_health_2018")
LEAD = "The service was actively involved in quality improvement activity."
CARDS = (
    "We received [number] patient Care Quality Commission comment cards. [All] of the comment "
    "cards we received were positive about the service. Patients said staff were [words from the "
    "cards]."
)
FORMULAE = StandardSentences([StandardSentence("Lead", LEAD), StandardSentence("Cards", CARDS)])


def judge(text: str) -> str:
    return FORMULAE.judge(text).kind


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        f"  {LEAD.replace(' ', '  ', 1)} ",
        CARDS,
        CARDS.replace("[number]", "25"),
        CARDS.replace("[number]", "25")
        .replace("[All]", "Twenty-one")
        .replace("[words from the cards]", "kind, patient and “never rushed”"),
    ],
)
def test_standard(text: str) -> None:
    assert judge(text) == "standard"


@pytest.mark.parametrize(("count", "fits"), [(1, True), (30, True), (31, False), (200, False)])
@pytest.mark.parametrize("text", ["We saw [what] there.", "[Who] was there.", "We spoke to [whom]"])
def test_what_stands_in_place_of_a_prompt_is_thirty_words_at_most(
    text: str, count: int, fits: bool
) -> None:
    typed = PROMPT.sub(" ".join(["word"] * count), text)
    one = StandardSentences([StandardSentence("a", text)])
    assert (one.judge(typed).kind == "standard") is fits
    # Between two prompts, too.
    two = StandardSentences([StandardSentence("b", f"{text} and [more] of it.")])
    assert (two.judge(f"{typed} and less of it.").kind == "standard") is fits


@pytest.mark.parametrize("typed", ["() in (May).", "(Two) in ().", "() in ()."])
def test_something_stands_in_place_of_each_prompt(typed: str) -> None:
    sentences = StandardSentences([StandardSentence("a", "([number]) in ([month]).")])
    assert sentences.judge("(Two) in (May).").kind == "standard"
    assert sentences.judge(typed).kind != "standard"


def test_word_curls_quotes() -> None:
    sentences = StandardSentences(
        [StandardSentence("Link", "Select the 'all services' link - for the [name] clinic.")]
    )
    assert (
        sentences.judge("Select the ‘all services’ link – for the Mill clinic.").kind == "standard"
    )


@pytest.mark.parametrize(
    "text",
    [
        LEAD.replace("actively ", ""),
        LEAD.replace("was", "was not"),
        LEAD.replace("quality improvement", "audit and improvement"),
        LEAD.removesuffix("."),
        LEAD.lower(),
        CARDS.replace("positive", "negative"),
        CARDS.replace("[number]", "25").replace("cards we received were", "cards were all"),
        CARDS.replace("[number]", "25").replace("were positive about", "praised"),
        # The sentence with the last prompt left out.
        CARDS.replace("[number]", "25").rpartition(" Patients")[0],
    ],
)
def test_changed(text: str) -> None:
    verdict = FORMULAE.judge(text)
    assert verdict.kind == "changed"
    assert verdict.standard is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The service was not involved in any audit activity.",
        "The service was actively recruiting two nurses.",
        "Staff were actively involved in the local hospice, and in quality boards of the trust.",
        "We received patient feedback. All of it was positive about the service and its staff.",
        f"{LEAD} It had completed two audits of record keeping in the year before we inspected, "
        "and the second showed that records had improved.",
        "activity improvement quality in involved actively was service The",
        "[number] [All]",
    ],
)
def test_own(text: str) -> None:
    assert judge(text) == "own"


def test_short_formulae_have_no_changed_form() -> None:
    sentences = StandardSentences([StandardSentence("Short", "Staff treated people well.")])
    assert sentences.judge("Staff treated people well.").kind == "standard"
    assert sentences.judge("Staff treated people badly.").kind == "own"


def test_a_weaker_lead_is_standard_too() -> None:
    sentences = StandardSentences(
        [StandardSentence("a", LEAD), StandardSentence("b", LEAD.replace("actively", "partly"))]
    )
    assert sentences.judge(LEAD.replace("actively", "partly")).kind == "standard"


def test_a_text_filled_from_details_that_changed_since_is_changed() -> None:
    _, inspection = start_inspection(
        {"framework": FRAMEWORK.id, "regime": "rated", "location_name": "Mill Clinic"},
        ["overall_summary"],
        {"effective": ["monitoring"]},
    )
    (section,) = inspection.all(Section)

    def make(draft: Draft) -> StandardSentences:
        texts = StandardTexts(draft.result, FRAMEWORK, load_reference())
        return StandardSentences(
            list_standard_sentences(texts, draft.result, FRAMEWORK, section.id)
        )

    draft = Draft(inspection)
    draft.set(inspection.id, "visit_dates", (date(2026, 3, 2),))
    offered = StandardTexts(draft.result, FRAMEWORK, load_reference())
    text = offered.for_section("overall_summary")[0].text
    assert make(draft).judge(text).kind == "standard"
    draft.set(inspection.id, "visit_dates", (date(2026, 3, 9), date(2026, 3, 10)))
    verdict = make(draft).judge(text)
    assert verdict.kind == "changed"
    assert verdict.standard is not None
    assert "9 and 10 March 2026" in verdict.standard.text


def test_each_part_has_the_formulae_that_its_form_offers() -> None:
    _, inspection = start_inspection(
        {"framework": FRAMEWORK.id, "regime": "rated"},
        ["overall_summary"],
        {"effective": ["monitoring"]},
    )
    texts = StandardTexts(inspection, FRAMEWORK, load_reference())
    (section,) = inspection.all(Section)
    (question,) = inspection.all(KeyQuestion)
    (topic,) = inspection.children(question.id, Topic)

    def names(part: str) -> list[StandardSentence]:
        return list(list_standard_sentences(texts, inspection, FRAMEWORK, part))

    assert "what we found when we inspected" in [sentence.text for sentence in names(section.id)]
    assert names(topic.id)[0] == StandardSentence("Lead sentence", LEAD)
    assert names(inspection.id) == []


def test_restoring_keeps_what_stands_in_place_of_prompts() -> None:
    theirs = (
        "We received 25 patient CQC comment cards. Most of the comment cards we received were "
        "positive about this service. Patients said staff were kind and never late."
    )
    assert restore(StandardSentence("Cards", CARDS), theirs) == CARDS.replace(
        "[number]", "25"
    ).replace("[All]", "Most").replace("[words from the cards]", "kind and never late")
    assert restore(StandardSentence("Lead", LEAD), LEAD.replace("was", "is")) == LEAD


@pytest.mark.parametrize("amount", ["£500", "$3", "80%", "£2.50", "12"])
def test_money_and_percentages_are_restored_whole(amount: str) -> None:
    formula = StandardSentence("Fee", "Each patient had paid [amount] for their own treatment.")
    text = f"Every patient had paid {amount} for their own treatment."
    assert restore(formula, text) == formula.text.replace("[amount]", amount)


@given(st.text(max_size=200))
def test_any_text_is_judged_and_what_is_restored_is_standard(text: str) -> None:
    assert judge(text) in {"own", "changed", "standard"}
    for sentence in (StandardSentence("Lead", LEAD), StandardSentence("Cards", CARDS)):
        assert StandardSentences([sentence]).judge(restore(sentence, text)).kind == "standard"


WORDS = [*LEAD.removesuffix(".").split(), "not", "staff", "improvement"]


@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_the_cheap_bounds_find_what_comparing_everything_finds(words: list[str]) -> None:
    text = " ".join(words)
    lead = LEAD.removesuffix(".").casefold().split()
    matcher = SequenceMatcher(None, [word.casefold() for word in words], lead, autojunk=False)
    alike = matcher.ratio() >= 0.75
    assert judge(text) == ("changed" if alike else "own")
