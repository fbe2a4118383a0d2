from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.assets import get_resource
from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.running import run_checks
from inspector_app.checks.word_lists import PrivacyWords, StyleWords, WordingWords, load_words
from inspector_app.content.importing import import_content
from inspector_app.content.samples import SAMPLES
from inspector_app.errors import ResourceFault
from inspector_app.frameworks.load import load_framework, load_reference
from tests.checks.trying import find, in_topic
from tests.report.making import bring_in
from tests.strategies import AWKWARD

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.checks.result import CheckResult

_LONG = " ".join(["word"] * 41)
_SHORT = " ".join(["word"] * 40)
_SAID = "The service kept a list of all medicines in the fridge."

_TRIGGERS: dict[str, list[str]] = {
    "placeholder": [
        "We visited on [date].",
        "Staff had TBC training.",
        "Lorem ipsum dolor.",
        "How many???",
        "There were ?? nurses.",
        "To be confirmed by [inspector].",
        "There were XX staff.",
        "We spoke with [Insert roles here].",
        "Run by {{ provider.name }} since 2018.",
        "We saw [number and kinds of clinicians].",
        "We wrote to [provider name].",
    ],
    "slip": [
        "The service provided caring care.",
        "Treatment of disease, disorder and injury.",
        "Under the Health and Social Care Act 2014.",
    ],
    "double_word": [
        "In the the morning.",
        "Staff Staff were kind.".replace("Staff Staff", "All all"),
        "It was\nwas clean.",
    ],
    "open_bracket": [
        "Checks (for example, DBS.",
        "It was clean).",
        "They said “yes.",
        'They said "yes.',
    ],
    "missing_stop": [
        "The service kept a list of medicines",
        "Staff were kind. They knew what to do",
        "Patients told us they were happy ",
    ],
    "vague_quantity": [
        "Some records were incomplete.",
        "We saw a number of gaps.",
        "A handful of records were incomplete.",
        "Training was missing for most staff.",
    ],
    "abbreviation": [
        "Staff had PAT certificates.",
        "The MCA was understood.",
        "Two RMNs worked there.",
        "DoLS had been applied for.",
        "Staff wore FFP3 masks.",
    ],
    "long_sentence": [f"{_LONG}.", f"Short. {_LONG}.", f"“Yes.” {_LONG}!"],
    "motive": [
        "The manager deliberately left it open.",
        "The provider refused to show records.",
        "Staff lied about training.",
    ],
    "loose_must": [
        "The provider must improve training.",
        "The service must keep records.",
        "We said that the clinic must act.",
    ],
    "first_person": ["I saw three records.", "In my view it was clean.", "Then I’ve asked staff."],
    "feeling": [
        "We feel that it was clean.",
        "Overall, we believe staff knew.",
        "We thought it was good.",
    ],
    "present_tense": [
        "The service has a policy.",
        "Staff are kind to patients.",
        "The policy contains no review date.",
        "However, the provider does not keep records.",
    ],
}
_MISSES: dict[str, list[str]] = {
    "placeholder": [
        "“[The doctor] was kind,” a patient said.",
        "“I asked [name] about it,” a patient said.",
        "Staff had a to-do list.",
        "Nurses were trained to insert catheters.",
        "Was it safe?",
        "Sizes XL and XXL were kept; see [1].",
    ],
    "slip": [
        "The service provided caring services.",
        "Diagnostic and screening procedures were registered.",
        "Treatment of disease, disorder or injury.",
    ],
    "double_word": [
        "Staff had had training.",
        "We saw that that was so.",
        "Patients travelled from Walla Walla.",
        "The day-to-day day was long; 111 111.",
    ],
    "open_bracket": [
        "Checks (for example, DBS) were done.",
        "a) clean, b) tidy, (c) safe.",
        "They said “yes” and \"no\".",
        'A 5" tube was used.',
    ],
    "missing_stop": [
        "The service kept a list of medicines.",
        "what we found when we inspected",
        "Their website is at www.example.test/page",
        "The service had these three lists:",
        "Infection control",
    ],
    "vague_quantity": [
        "Some records were incomplete: three of five.",
        "The most important records were complete.",
        "“Some of them are kind,” a patient said.",
        "It provided some, but not all, of these.",
    ],
    "abbreviation": [
        "Disclosure and Barring Service (DBS) checks. DBS checks were done.",
        "IPC (infection prevention and control) was good.",
        "The NHS, CQC and GPs of part II.",
        "The scientist had a PhD.",
        "It is at 4 Ropewalk Yard, Netherwick, ZZ4 7QT.",
    ],
    "long_sentence": [f"{_SHORT}.", f"{_SHORT}. {_SHORT}.", f"{_SHORT}\n{_SHORT}"],
    "motive": [
        "Patients refused to have treatment.",
        "Openness and honesty were encouraged.",
        "“The manager lied to me,” a patient said.",
    ],
    "loose_must": [
        "Staff knew what they must do.",
        "The provider should improve training.",
        "“The provider must act,” a patient said.",
    ],
    "first_person": [
        "“I was happy,” a patient said.",
        "Type I and part I.",
        "Under schedule I staff kept records.",
        "Staff said it was theirs.",
    ],
    "feeling": [
        "Patients felt safe.",
        "We found that staff believed in it.",
        "Owe feelings nothing.",
    ],
    "present_tense": [
        "The service had a policy.",
        "The use of restraint had been recorded.",
        "There was a need for more staff.",
        "Where patients are at risk, staff had a plan.",
        "Following the inspection, the provider has added medicines.",
        "“The service is kind,” a patient said.",
        "Staff involved patients in regular reviews.",
    ],
}  # fmt: skip


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(check, text) for check, texts in table.items() for text in texts]


@pytest.mark.parametrize(("check", "text"), _cases(_TRIGGERS))
def test_what_should_be_written_otherwise_is_found(check: str, text: str) -> None:
    found = find(check, **in_topic(text))
    assert len(found) == 1
    place = found[0].place
    assert text[place.start : place.end] in found[0].excerpt


@pytest.mark.parametrize(("check", "text"), _cases(_MISSES))
def test_what_may_stay_is_left_alone(check: str, text: str) -> None:
    assert find(check, **in_topic(text)) == []


def test_a_should_that_says_must() -> None:
    actions = {"should": [{"text": "Staff must be trained.", "key_question": "safe"}]}
    assert len(find("loose_must", actions=actions)) == 1


def _summary(text: str, **content: Any) -> dict[str, Any]:
    return {"sections": {"key_findings": [{"bullets": [text]}]}, **content}


@pytest.mark.parametrize(
    ("check", "content"),
    [
        ("repeat", in_topic(_SAID, "Other words. " + _SAID.upper())),
        ("repeat", in_topic(_SAID, _SAID, _SAID)),
        ("repeat", {"sections": {"key_findings": [{"bullets": [_SAID, _SAID]}]}}),
        (
            "repeat",
            {"sections": {"key_findings": [{"recommendation": _SAID}, {"paragraph": _SAID}]}},
        ),
        ("repeat_of_summary", _summary(_SAID, **in_topic(_SAID))),
        ("repeat_of_summary", _summary(_SAID, **in_topic("First words. " + _SAID))),
        ("repeat_of_summary", _summary(_SAID.replace(".", "!"), **in_topic(_SAID))),
    ],
)
def test_a_sentence_that_stands_twice(check: str, content: dict[str, Any]) -> None:
    (found,) = find(check, **content)
    assert found.related


@pytest.mark.parametrize("check", ["repeat", "repeat_of_summary"])
@pytest.mark.parametrize(
    "texts",
    [
        (_SAID, _SAID.replace("fridge", "cupboard")),
        ("Staff were kind.", "Staff were kind."),
        ("Following the inspection, the provider has arranged training and we will review it.",)
        * 2,
        ("The service had clear systems to keep people safe and safeguarded from abuse.",) * 2,
    ],
)
def test_what_may_stand_twice(check: str, texts: tuple[str, str]) -> None:
    assert find(check, **in_topic(*texts)) == []
    assert find(check, **_summary(texts[0], **in_topic(texts[1]))) == []


_LEAD = "The service had clear systems to keep people safe and safeguarded from abuse."


def _with_lead(lead: str) -> dict[str, Any]:
    topics = [{"topic": "safety_systems", "lead": lead, "body": []}]
    return {"key_questions": {"safe": {"summary": [], "topics": topics}}}


@pytest.mark.parametrize(
    "lead",
    [
        _LEAD.replace("had clear", "has clear"),
        _LEAD.replace("clear systems", "systems"),
        _LEAD.replace("from abuse", "from harm"),
    ],
)
def test_a_changed_standard_text(lead: str) -> None:
    (found,) = find("changed_formula", **_with_lead(lead))
    assert _LEAD in found.message


@pytest.mark.parametrize(
    "lead",
    [
        _LEAD,
        _LEAD.replace("service", "clinic"),
        _LEAD.rstrip("."),
        # Whoever says “not”, or writes half of it anew, meant it.
        _LEAD.replace("had clear", "did not have clear"),
        _LEAD.replace("clear systems to keep people safe", "a folder on how to keep people"),
        "Staff locked the doors at night.",
    ],
)
def test_a_standard_text_or_an_own_one(lead: str) -> None:
    assert find("changed_formula", **_with_lead(lead)) == []


@pytest.mark.parametrize(("passive", "active", "expected"), [(6, 0, 1), (5, 1, 1), (8, 2, 1)])
def test_a_topic_mostly_in_the_passive(passive: int, active: int, expected: int) -> None:
    texts = ["Records were not kept."] * passive + ["Staff kept records."] * active
    assert len(find("passive", **in_topic(*texts))) == expected


@pytest.mark.parametrize(
    "texts",
    [
        ["Records were kept."] * 5,
        ["Records were kept."] * 4 + ["Staff kept records."] * 4,
        ["Records were kept by nurses."] * 8,
    ],
)
def test_a_topic_in_the_active_voice(texts: list[str]) -> None:
    assert find("passive", **in_topic(*texts)) == []


def test_an_abbreviation_that_is_explained_too_late_says_so() -> None:
    texts = ["Staff had DBS checks.", "Disclosure and Barring Service (DBS) checks were kept."]
    (found,) = find("abbreviation", **in_topic(*texts))
    assert "further down" in found.message


@pytest.mark.parametrize("form", ["full", "short"])
def test_tables_need_no_full_stop(form: str) -> None:
    table = {"table": {"header": ["What was looked at"], "rows": [["Staff were kind to people"]]}}
    content = {
        "framework": "adult_social_care_2017",
        "form": form,
        "sections": {"overall_summary": [table], "about": [table]},
        "notices": [{"activities": ["Personal care for people at home"], "how_not_met": [table]}],
        "rating_grid": [{"service": "Care for people in their homes"}],
    }
    assert find("missing_stop", **content) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_have_no_error_and_nothing_about_people(sample: str) -> None:
    content = (get_resource("samples") / f"{sample}.json").read_text("utf-8")
    findings = _check(content)
    groups = {load_catalogue().get_group(item.check).id for item in findings}
    assert not [item for item in findings if item.severity == "error"]
    assert "privacy" not in groups


def _check(content: str) -> tuple[CheckResult, ...]:
    inspection = import_content(content.encode(), "test.json", None).inspection
    return run_checks(
        inspection, load_framework(inspection.details.framework), load_reference()
    ).results


_PIECES = st.sampled_from(
    [*AWKWARD, "DOB 1/2/1960", "(", "“", '"', "[date]", "XX", "Dr ", "Ann ", "ANN", "Rose Clinic",
     "943 476 5919", "07700 900123", "a@b.c", "SW1A 1AA", "some ", "PAT", "is ", ". ", "\n", "ß"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=8), min_size=1, max_size=8).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=4), _TEXTS)
def test_any_text_can_be_checked_and_places_are_in_it(texts: list[str], name: str) -> None:
    inspection = bring_in(
        people=[{"name": name}, {"name": "Ann Rose"}], **in_topic(*texts)
    ).inspection
    framework = load_framework(inspection.details.framework)
    privacy = {
        *("person_named", "person_perhaps_named", "nhs_number", "birth_date", "telephone", "email"),
        *("postcode", "age", "other_place", "placeholder", "double_word", "open_bracket"),
        *("abbreviation", "missing_stop", "long_sentence", "repeat"),
    }
    for finding in run_checks(inspection, framework, load_reference()).results:
        text = getattr(inspection.find(finding.place.entity), finding.place.field, "")
        if finding.check in privacy:
            assert text[finding.place.start : finding.place.end] == finding.excerpt
        if isinstance(text, str):
            assert 0 <= finding.place.start <= finding.place.end <= len(text)


@pytest.mark.parametrize("kind", [PrivacyWords, WordingWords, StyleWords])
def test_the_word_lists_are_sound(kind: type[PrivacyWords]) -> None:
    assert load_words(kind)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("doubles =", "dubbels =", "doubles: is missing"),
        ('marks = ["TBC"', 'marks = ["TBC", "TBC"', "marks[1]: 'TBC' stands twice"),
        ('marks = ["TBC"', 'marks = ["", 3', "marks[1]"),
    ],
)
def test_faults_of_a_word_list_name_their_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    text = (get_resource("checks") / "wording.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "wording.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ResourceFault) as caught:
        load_words(WordingWords, tmp_path)
    assert fault in str(caught.value)
