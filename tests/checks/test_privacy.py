from __future__ import annotations

import pytest

from tests.checks.trying import find, in_topic

_PEOPLE = [
    {"name": "Dr Philippa Thistlewhite MRCGP", "role": "registered manager"},
    {"name": "Grace O'Neill-Hart", "role": "patient"},
    {"name": "Mark Young", "role": "receptionist"},
    {"name": "Patient 3", "role": "patient"},
    {"name": "Joan de la Cruz", "role": "relative"},
    {"name": "Leontyne Farthingale", "role": "chief inspector"},
    {"name": "Ann Mason", "role": "provider"},
]
_ABOUT = {
    "provider": {"name": "Ann Mason"},
    "location": {
        "name": "Curlew Bridge Clinic",
        "address": ["2 Drovers' Arcade", "Peel House", "ZZ9 3AB"],
        "telephone": "01632 960872",
        "website": "www.curlewbridge.test",
    },
    "signatory": {"name": "Dr Leontyne Farthingale MB ChB"},
    "people": _PEOPLE,
    "visit": {"dates": ["2020-01-09"]},
}

_TRIGGERS = {
    "person_named": [
        "We spoke with Philippa Thistlewhite.",
        "DR THISTLEWHITE’S records were complete.",
        "Mrs. O’Neill-Hart was happy.",
        "The rota said Thistlewhite, Philippa.",
        "Mark  Young answered the telephone.",
        "Mrs de la Cruz had visited.",
        "Joan de la Cruz’s letter was on the desk.",
        "Dr Th\xadistle\xadwhite was on duty.",
        "Dr \ufb01rst saw Philippa\xa0Thistlewhite.",
        "We met Philippa T\u200bhistlewhite.",
        "Dr Thistlewhit\u0301e, typed with an accent, came.",
        "Ms O\u02bcNeill\u2011Hart was happy.",
        "Ms O´Neill–Hart was happy.",
    ],
    "person_perhaps_named": [
        "We asked Philippa about it.",
        "THISTLEWHITE's desk was tidy.",
        "A note said that O’Neill-Hart had called.",
    ],
    "nhs_number": [
        "Record 943 476 5919 was open.",
        "The screen showed 9434765919.",
        "On a label: 943-476-5919.",
        "NHS no: 943.476.5919",
        "Sticker: 943\u2011476\u20115919",
        "Sticker: 943\u202f476\u202f5919",
        "Sticker: 943\xad4765919",
        "943 4765919 was on a sticker.",
        "The NHS number: 9434765918 was seen.",
    ],
    "insurance_number": [
        "AB 12 34 56 C was on the desk.",
        "Form for JG103759A.",
        "NI number QQ was changed to CE-12-34-56-D.",
    ],
    "birth_date": [
        "DOB 12/03/1961 was on the note.",
        "A patient (born on 3rd May 1950) had asked.",
        "Date of birth: 1 January 2001",
        "D.O.B.: 1961-03-12",
    ],
    "old_date": [
        "The label said 12 March 1961.",
        "A folder (03/05/1950) was left open.",
        "It was for January 7, 1988.",
    ],
    "telephone": [
        "Call 07700 900123.",
        "Ring 0044 1632 960998.",
        "The list gave (01632) 960 999 for a patient.",
        "Their number was +44 (0)20 7946 0000.",
    ],
    "email": [
        "They wrote to someone@example.org.",
        "An email from a.b+c@mail.example.co.uk was shown.",
        "Addressed to manager@curlewbridge.test.example.com",
    ],
    "postcode": [
        "A patient in SW1A 1AA.",
        "The house at ZZ9 3AD.",
        "Post came from M1 1AE.",
        "He lives in sw1a 1aa.",
    ],
    "age": [
        "A 43-year-old patient with asthma was seen.",
        "We saw the record of a woman aged 43 with a rash.",
        "The six week old baby had a check.",
    ],
    "other_place": [
        "Rose Lane Surgery had clear systems.",
        "At Harbour View Care Home, staff were kind.",
        "The policy named St Anne's Hospital as the location.",
    ],
}
_MISSES = {
    "person_named": [
        "Patient 3 was happy with the service.",
        "Dr Leontyne Farthingale signed it, and Ann Mason is the provider.",
        "The youngest people and their marks.",
        "Dr Thistlewhitely had left.",
        "Staff were told to mark young people's records.",
        "The nurse young patients knew.",
    ],
    "person_perhaps_named": [
        "Grace and Young are words; Mark this one.",
        "The registered manager and philippa-like names.",
        "Ann Mason is the provider, Farthingale the inspector.",
        "Philippas were not there.",
    ],
    "nhs_number": [
        "Record 943 476 5918 was open.",
        "The provider is 1-9434765919.",
        "Its serial number was 9434765919.",
        "It cost £9434765919.",
    ],
    "insurance_number": [
        "BG 12 34 56 C.",
        "AB 12 34 56 E.",
        "Model XAB123456CD.",
        "QQ 12 34 56 A.",
    ],
    "birth_date": [
        "The audit of 12/03/2019.",
        "Staff checked the date of birth of each patient.",
        "Children born on site in 2018.",
    ],
    "old_date": [
        "The audit of 12 March 2019.",
        "The service has been open since 1 April 1999.",
        "Regulations of 1961.",
        "DOB 12/03/1961 is another check's.",
    ],
    "telephone": [
        "Call 0044 1632 960872.",
        "Call 01632 960872 or 01632960872 or +44 1632 960 872.",
        "Patients called NHS 111 or 999.",
        "CQC is at 03000 616161.",
        "The batch 2019-0123456789 expired.",
    ],
    "email": [
        "Write to hello@curlewbridge.test.",
        "Write to enquiries@cqc.org.uk.",
        "They met @ the clinic.",
    ],
    "postcode": [
        "The service at ZZ9 3AB, ZZ93AB and zz9 3ab.",
        "Vitamin B12 and form W9.",
        "Room A1 2nd floor, and room a1 2nd floor.",
        "Vitamin b12 5mg was given from q4 2hr on.",
    ],
    "age": [
        "Patients aged 18 and over were seen.",
        "The service saw children aged 12 to 17.",
        "A 10-year-old policy was replaced.",
        "A child aged 12 or over was asked.",
    ],
    "other_place": [
        "Curlew Bridge Clinic and The Clinic were clean.",
        "Staff at Peel House searched Companies House.",
        "General Practice and Care Home are words.",
        "In Private Practice this was usual.",
    ],
}


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(check, text) for check, texts in table.items() for text in texts]


@pytest.mark.parametrize(("check", "text"), _cases(_TRIGGERS))
def test_what_leads_to_a_person_is_found(check: str, text: str) -> None:
    found = find(check, **_ABOUT, **in_topic(text))
    assert len(found) == 1
    place = found[0].place
    assert text[place.start : place.end] == found[0].excerpt


@pytest.mark.parametrize(("check", "text"), _cases(_MISSES))
def test_what_leads_to_nobody_is_left_alone(check: str, text: str) -> None:
    assert find(check, **_ABOUT, **in_topic(text)) == []


_CODES = ["Nurse A", "Dr B", "Staff C", "Person 12", "Patient AB1", "Record 7b", "Resident x"]


@pytest.mark.parametrize("code", _CODES)
def test_codes_of_the_people_list_name_nobody(code: str) -> None:
    about = {"people": [{"name": other} for other in _CODES]}
    text = in_topic(f"{code} told us more, as {code.upper()} did; a {code.split()[0]} came.")
    for check in ("person_named", "person_perhaps_named"):
        assert find(check, **about, **text) == []


@pytest.mark.parametrize("name", ["Staff Thistlewhite", "Carer Grimshaw", "Nurse Quillfeather"])
def test_a_role_and_a_name_are_no_code(name: str) -> None:
    last = name.split()[1]
    about = {"people": [{"name": name}]}
    found = [*find("person_named", **about, **in_topic(f"We met {name}, and then {last}."))]
    found += find("person_perhaps_named", **about, **in_topic(f"We met {name}, and then {last}."))
    assert {item.excerpt for item in found} >= {last}


def test_another_place_is_told_once() -> None:
    texts = ["Rose Lane Surgery was clean.", "At Rose Lane Surgery staff were kind."]
    (found,) = find("other_place", **in_topic(*texts))
    assert len(found.related) == 1


def test_notes_are_not_published() -> None:
    notes = [{"text": "Philippa Thistlewhite, 07700 900123"}]
    assert find("person_named", people=_PEOPLE, evidence=notes) == []
    assert find("telephone", people=_PEOPLE, evidence=notes) == []


@pytest.mark.parametrize(
    "content",
    [
        {"previous_rating_note": "as Philippa Thistlewhite told us"},
        {"rating_grid": [{"service": "Clinic of Philippa Thistlewhite"}]},
        {"services": [{"service": "Clinic of Philippa Thistlewhite"}]},
        {"notices": [{"activities": ["Care by Philippa Thistlewhite"]}]},
        {
            "attachments": [{"id": "f1", "name": "a.jpg", "caption": "Philippa Thistlewhite"}],
            "sections": {"background": [{"image": "f1"}]},
        },
    ],
)
def test_names_are_found_wherever_the_report_prints_a_text(content: dict[str, object]) -> None:
    assert len(find("person_named", **_ABOUT, **content)) == 1


def test_the_caption_of_a_file_is_read_where_it_prints() -> None:
    file = {"id": "f1", "name": "a.jpg", "caption": "Philippa Thistlewhite"}
    shown = {"background": [{"image": "f1", "caption": "A room"}]}
    assert find("person_named", **_ABOUT, attachments=[file]) == []
    assert find("person_named", **_ABOUT, attachments=[file], sections=shown) == []


@pytest.mark.parametrize("written", ["Edith Rosalind Quill", "Edith R. Quill", "Edith Quill"])
def test_a_middle_name_may_stand_between(written: str) -> None:
    people = [{"name": "Edith Rosalind Quill"}]
    (found,) = find("person_named", people=people, **in_topic(f"We spoke with {written}."))
    assert found.excerpt == written
