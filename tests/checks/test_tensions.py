from __future__ import annotations

from typing import Any

import pytest

from inspector_app.checks.themes import load_themes
from tests.checks.trying import find, in_topic

CLASHES = [
    # dental
    ("All staff had completed basic life support training.", "Two dental nurses had not completed life support training.", "training"),
    ("The practice had effective infection control procedures.", "Infection control audits were good, but hand hygiene was poor.", "infection"),
    ("Emergency equipment was available and checked regularly.", "The oxygen cylinder had expired in May.", "emergency"),
    ("Appropriate recruitment checks had been carried out.", "There were no references in three of the staff files.", "recruitment"),
    ("The autoclave and other equipment were serviced and maintained.", "The autoclave had not been serviced since 2020.", "equipment"),
    ("Radiography equipment was maintained safely.", "The X-ray equipment had not been tested for four years.", "equipment"),
    # care home
    ("Medicines were managed safely.", "Medicines were not always stored securely.", "medicines"),
    ("Risk assessments were comprehensive and up to date.", "There was no risk assessment for the use of bed rails.", "risk"),
    ("Care plans were detailed and had been reviewed.", "Care plans had not been updated when needs changed.", "care plans"),
    ("The home was clean and tidy.", "Bathrooms were dirty and the premises smelled.", "premises"),
    ("There were enough staff on duty to meet people's needs, and rotas were safe.", "Rotas showed that the home was short of staff at night.", "staffing"),
    ("Staff received regular supervision.", "Supervision had not taken place and was overdue for six care workers.", "supervision"),
    ("The premises were clean throughout.", "The kitchen was unclean and the flooring was torn.", "premises"),
    ("People's fluid intake was monitored and recorded.", "Fluid charts for three people were incomplete.", "food"),
    ("Mental capacity assessments had been completed.", "Capacity assessments had not been carried out for four people.", "capacity"),
    # GP
    ("Safety alerts were acted on promptly.", "Three safety alerts had not been acted on.", "alerts"),
    ("Vaccines were stored safely.", "Fridge temperatures had not been recorded in August, and vaccines were stored unsafely.", "vaccines"),
    ("Policies were up to date.", "The complaints policy was out of date.", "policies"),
    ("Complaints were investigated and answered.", "Two complaints had not been answered.", "complaints"),
    ("Appointments were available at suitable times.", "Appointments were not available for up to four weeks.", "appointments"),
    ("The practice had a comprehensive programme of audit.", "There was no audit of minor surgery.", "audits"),
    ("Staff were up to date with safeguarding training.", "The receptionists had not received safeguarding training.", "training"),
    # hospital
    ("Controlled drugs were checked and stored securely.", "Controlled drugs were not stored securely in theatre two.", "drugs"),
    ("Staff completed mandatory training and compliance was good.", "Not all medical staff had completed sepsis training.", "training"),
    ("Incidents were reported and investigated.", "Staff failed to report incidents on the ward.", "incidents"),
    ("Patient records were complete and accurate.", "Patient records were illegible and unsigned.", "records"),
    ("Patients' consent was obtained and recorded.", "Consent had not been recorded for five patients.", "consent"),
    ("Governance systems were effective.", "Leaders lacked oversight of risk.", "governance"),
    ("The fire alarm and fire doors were checked and fire safety was well managed.", "A fire door was propped open.", "fire"),
    ("Interpreters were available; an interpreter was always offered.", "There was no interpreter for deaf patients.", "communication"),
    ("Patients' privacy and dignity were respected.", "Conversations at the desk were overheard, which did not protect privacy.", "privacy"),
    ("Legionella risks were managed safely.", "Water temperatures had not been recorded.", "legionella"),
]  # fmt: skip

NO_CLASHES = [
    # other objects
    ("All staff had completed fire training.", "Two nurses had not completed safeguarding training."),
    ("The fire risk assessment was up to date.", "There was no legionella risk assessment."),
    ("The safeguarding policy was up to date.", "The complaints policy was out of date."),
    ("The kitchen was clean.", "The bathrooms were dirty."),
    ("Medicines were stored securely.", "Medicines were not always administered as prescribed."),
    ("The nurses had completed life support training.", "The receptionists had not completed life support training."),
    ("Hoists were serviced.", "Call bells had not been tested."),
    ("Controlled drugs were stored securely.", "Topical creams were not dated."),
    ("The defibrillator was checked weekly and in working order.", "The oxygen was out of date."),
    ("DBS checks had been completed.", "References had not been obtained."),
    ("Complaints were investigated thoroughly.", "The complaints leaflet was not displayed."),
    # contrast in one bullet
    ("Medicines were managed safely. However, two medicines were out of date.", "Two medicines were out of date."),
    ("Care plans were comprehensive, but some had not been reviewed.", "Care plans had not been reviewed."),
    ("Although most policies were up to date, two were not dated.", "The consent policy was not dated."),
    ("Training was up to date except that two nurses had not completed fire training.", "Two nurses had not completed fire training."),
    # after the inspection
    ("Following the inspection, the provider has completed all risk assessments.", "Risk assessments had not been completed."),
    ("After our visit the manager told us that training had been completed.", "Fire training had not been completed."),
    ("The provider has since replaced the equipment, and all equipment is maintained.", "Equipment had not been maintained."),
    # the past, and rules
    ("Medicines were managed safely.", "At our last inspection, medicines were not managed safely."),
    ("The policy stated that staff must have training which is up to date.", "Staff had not received training."),
    ("Staff said: “All our medicines are always stored safely.”", "Medicines were not stored safely."),
    # negations
    ("Medicines were stored safely.", "We had no concerns about medicines."),
    ("Staff were up to date with training.", "No training was overdue: there were no gaps in training."),
    ("The premises were clean.", "We did not identify any issues with the cleanliness of the premises."),
    ("Audits were completed.", "No audits had been missed and the audits were not overdue."),
    ("Patients could book appointments easily.", "Waiting times and delays were minimal."),
    # both well, both lacking
    ("Complaints were answered.", "Complaints were investigated and learning was shared."),
    ("Complaints had not been answered.", "Complaints were not investigated."),
    # numbers and limits
    ("Three of five staff had received an appraisal.", "Two staff had not received an appraisal."),
    ("Some risk assessments were there.", "Risk assessments had not been completed."),
]  # fmt: skip


def _two_topics(one: str, other: str) -> dict[str, Any]:
    return {
        "key_questions": {
            "safe": {"summary": [], "topics": [{"title": "A", "body": [{"bullets": [one]}]}]},
            "well_led": {"summary": [], "topics": [{"title": "B", "body": [{"bullets": [other]}]}]},
        }
    }


@pytest.mark.parametrize(("well", "lack", "theme"), CLASHES)
def test_two_sentences_that_cannot_both_stand(well: str, lack: str, theme: str) -> None:
    messages = [finding.message for finding in find("tension", **_two_topics(well, lack))]
    assert messages
    assert any(theme in message.partition(", the report")[0] for message in messages)
    # Whichever comes first.
    assert find("tension", **_two_topics(lack, well))


@pytest.mark.parametrize(("one", "other"), NO_CLASHES)
def test_two_sentences_that_can_both_stand(one: str, other: str) -> None:
    assert [finding.message for finding in find("tension", **_two_topics(one, other))] == []
    assert [finding.message for finding in find("tension", **_two_topics(other, one))] == []


def test_one_finding_for_a_theme_and_topic_that_quotes_both_and_leads_to_all() -> None:
    lacks = ["Staff had not completed fire training.", "Sepsis training was overdue."]
    content = in_topic("Training was up to date for all staff.", "Staff training was good.", *lacks)
    (finding,) = find("tension", **content)
    assert "“Training was up to date for all staff”" in finding.message
    assert lacks[0].rstrip(".") in finding.message
    assert len(finding.related) == 2


def test_services_are_not_compared_with_each_other() -> None:
    def service(name: str, text: str) -> dict[str, Any]:
        return {"service": name, **in_topic(text)}

    well, lack = "Medicines were managed safely.", "Medicines were not managed safely."
    both = [service("Surgery", well), service("Maternity", lack)]
    assert find("tension", services=both) == []
    assert (
        len(find("tension", services=[service("Surgery", well), service("S", lack + " " + well)]))
        == 1
    )


def _topic(lead: str, *bullets: str) -> dict[str, Any]:
    topic = {"topic": "medicines", "lead": lead, "body": [{"bullets": list(bullets)}]}
    return {"key_questions": {"safe": {"summary": [], "topics": [topic]}}}


_RELIABLE = "The service had reliable systems for appropriate and safe handling of medicines."


@pytest.mark.parametrize(
    "bullets",
    [
        ["Medicines were not stored securely."],
        ["Stock was checked.", "Records were incomplete.", "Two medicines had expired."],
        ["Fridge temperatures had not been recorded.", "Stock was checked."],
    ],
)
def test_a_lead_that_claims_too_much(bullets: list[str]) -> None:
    assert len(find("lead_tension", **_topic(_RELIABLE, *bullets))) == 1


@pytest.mark.parametrize(
    ("lead", "bullets"),
    [
        (_RELIABLE, ["Stock was checked.", "Prescriptions were signed."]),
        (_RELIABLE, ["One.", "Two.", "Three.", "Two medicines had expired."]),
        ("The service had some systems for safe handling.", ["Two medicines had expired."]),
        ("The service did not have reliable systems.", ["Two medicines had expired."]),
    ],
)
def test_a_lead_that_its_findings_bear_out(lead: str, bullets: list[str]) -> None:
    assert find("lead_tension", **_topic(lead, *bullets)) == []


_LACKS = ["Records were incomplete.", "Two medicines had expired.", "Staff had not been trained."]


@pytest.mark.parametrize(
    ("regime", "content"),
    [
        ("rated", {"ratings": {"safe": "good"}, **in_topic(*_LACKS)}),
        ("rated", {"ratings": {"safe": "outstanding"}, **in_topic(*_LACKS, "It was clean.")}),
        ("unrated", {"judgements": {"safe": "met"}, **in_topic(*_LACKS)}),
    ],
)
def test_a_judgement_over_many_lacks(regime: str, content: dict[str, Any]) -> None:
    assert len(find("judgement_tension", regime, **content)) == 1


@pytest.mark.parametrize(
    ("regime", "content"),
    [
        ("rated", {"ratings": {"safe": "requires_improvement"}, **in_topic(*_LACKS)}),
        ("rated", {"ratings": {"safe": "good"}, **in_topic(*_LACKS, *["It was clean."] * 4)}),
        ("unrated", {"judgements": {"safe": "not_met"}, **in_topic(*_LACKS)}),
        ("rated", {"ratings": {"caring": "good"}, **in_topic(*_LACKS)}),
    ],
)
def test_a_judgement_that_its_findings_bear_out(regime: str, content: dict[str, Any]) -> None:
    assert find("judgement_tension", regime, **content) == []


def test_places_stand_where_they_say_in_texts_with_unusual_letters() -> None:
    text = "İstanbul Ward: medicines were stored safely."
    (statement, *_) = load_themes().statements(text)
    assert "medicines were stored safely" in text[statement.start : statement.end]
