from __future__ import annotations

from typing import Any

import pytest

from tests.checks.trying import find, in_topic


def _report(summary: str, finding: str) -> dict[str, Any]:
    topic = {"title": "Records", "body": [{"bullets": [finding]}]}
    return {
        "sections": {"key_findings": [{"bullets": [summary]}]},
        "key_questions": {"safe": {"summary": [], "topics": [topic]}},
    }


@pytest.mark.parametrize(
    ("summary", "finding"),
    [
        (
            "Three of five records did not include allergies.",
            "Two of the five records we looked at did not include allergies.",
        ),
        (
            "4 of 6 staff had completed fire training.",
            "Three of the six staff had completed fire training.",
        ),
        (
            "Three of five care plans had been reviewed.",
            "Three of six care plans had been reviewed.",
        ),
        (
            "We received eight completed comment cards.",
            "Patients had filled in nine Care Quality Commission comment cards.",
        ),
        (
            "The home was registered for 24 beds.",
            "People lived in 26 beds on two floors.",
        ),
        (
            "Managers had recorded 12 falls at night without follow-up.",
            "There were 14 falls at night without follow-up.",
        ),
        (
            "82% of staff had completed mandatory training.",
            "Records showed that 78% of staff had completed mandatory training.",
        ),
        (
            "Temperatures were above range on nine of 19 days.",
            "On ten of the 19 days temperatures were above the range.",
        ),
        (
            "Patients waited up to six weeks for an appointment.",
            "Patients waited up to eight weeks for an appointment.",
        ),
    ],
)
def test_numbers_that_differ(summary: str, finding: str) -> None:
    assert len(find("figures_differ", **_report(summary, finding))) == 1


@pytest.mark.parametrize(
    ("summary", "finding"),
    [
        (
            "Three of five records did not include allergies.",
            "We found that 3 of the 5 records did not include allergies.",
        ),
        ("Three of five records lacked consent.", "Two of five records had no date of birth."),
        (
            "Three of five staff had completed fire training.",
            "Two of five staff had not completed fire training.",
        ),
        ("We received eight comment cards.", "Patients filled in 8 completed comment cards."),
        ("We looked at five care records.", "We looked at six care records about consent."),
        ("We spoke with three nurses and two doctors.", "Two nurses told us that it was clean."),
        ("The clinic opened 5 days a week.", "Complaints were answered within 10 days."),
        (
            "Of 300 requests in the audit, 282 patients were seen within two working days.",
            "All 14 urgent requests in the audit were seen on the same day.",
        ),
        ("82% of staff had had fire training.", "78% of staff had had safeguarding training."),
        ("In 2022, 82% of staff were trained.", "In 2023, 91% of staff were trained."),
        ("The target was 90% of staff trained.", "85% of staff were trained."),
        (
            "Patients waited up to six weeks for a first appointment.",
            "Patients waited up to two weeks for a follow-up appointment.",
        ),
        ("It received 28 complaints in a year.", "We read three complaints received in a year."),
        ("Two doctors had completed training.", "Four of five nurses had completed training."),
    ],
)
def test_numbers_that_agree_or_are_of_other_things(summary: str, finding: str) -> None:
    found = find("figures_differ", **_report(summary, finding))
    assert [finding.message for finding in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "Three of five records (50%) had no date.",
        "In the survey, 90% (eight of ten) of patients agreed.",
        "Of these, 231 of the 236 who replied (89%) would recommend it.",
    ],
)
def test_a_percentage_that_is_not_its_fraction(text: str) -> None:
    assert len(find("percentage_wrong", **_report(text, "It was."))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Three of five records (60%) had no date.",
        "In the survey, 67% (two of three) of patients agreed.",
        "Of these, 231 of the 236 who replied (98%) would recommend it.",
        "Three of four records (76%) had no date.",
        "Three of five records had no date. The target was met (90%).",
    ],
)
def test_a_percentage_that_is_its_fraction(text: str) -> None:
    assert find("percentage_wrong", **_report(text, "It was.")) == []


_VISIT = {"visit": {"type": "comprehensive", "dates": ["2024-03-04", "2024-03-05"]}}


@pytest.mark.parametrize(
    "text",
    [
        "We carried out an announced comprehensive inspection on 14 March 2024.",
        "We carried out this inspection on 4 March 2023.",
        "This inspection took place on 3 March 2024.",
    ],
)
def test_another_date_of_the_visit(text: str) -> None:
    assert len(find("other_visit_date", **_VISIT, **_report(text, "It was."))) == 1


def test_figures_of_two_services_are_not_compared() -> None:
    first, second = ("We received 12 comment cards.", "We received 15 comment cards.")
    bodies = [[first], [second]]
    services = [
        {"service": f"Service {number}", **in_topic(*said)} for number, said in enumerate(bodies)
    ]
    assert find("figures_differ", services=services) == []
    assert len(find("figures_differ", **in_topic(first, second))) == 1


def test_a_day_between_single_days_of_the_visit_is_another() -> None:
    text = "This inspection took place on 5 March 2024."
    for visit, count in (
        ({"dates": ["2024-03-04", "2024-03-06"]}, 1),
        ({"from": "2024-03-04", "to": "2024-03-06"}, 0),
    ):
        assert len(find("other_visit_date", visit=visit, **_report(text, "It was."))) == count


@pytest.mark.parametrize(
    "text",
    [
        "We carried out an announced inspection on 4 March 2024 and 5 March 2024.",
        "We carried out a previous inspection on 4 March 2022.",
        "We carried out an inspection on 7 June 2021 and asked for improvements.",
        "The fire risk assessment was dated 3 March 2024.",
    ],
)
def test_the_dates_of_the_visit_and_others(text: str) -> None:
    assert find("other_visit_date", **_VISIT, **_report(text, "It was.")) == []
