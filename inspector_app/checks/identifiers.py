"""Numbers, dates and addresses that lead to a person, in text that will be published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.checks.language import find_spans, get_vocabulary
from inspector_app.checks.result import Occurrence
from inspector_app.checks.word_lists import PrivacyWords, any_of, load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, PublishedText, Subject

# Ids of the regulator look like “1-1234567890”: nothing may be joined to the number.
_NHS = re.compile(
    r"(?<![\w+£-])(?<!\d[. ])"
    r"[1-9]\d{2}(?:([ .-]?)\d{3}\1\d{4}|[ -]?\d{3}[ -]?\d{4})(?![\w-]|[. ]\d)"
)
_NHS_LABEL = re.compile(r"\bNHS\s+(?:no\.?|number)\W{0,3}(?:is\s+|was\s+)?$", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"\b(?:serial|batch|lot|policy|order|invoice|reference)\b", re.IGNORECASE)
_INSURANCE = re.compile(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]"
    r"[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?!\w)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?,?\s+\d{{4}}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})"
)
_BIRTH = re.compile(
    rf"(?<!\w)(?:D\.?O\.?B\.?|date\s+of\s+birth|born(?:\s+on)?|\(b\.)(?:\s+(?:is|was))?[:\s(,–-]*"
    rf"{_DATE}(?!\d)",
    re.IGNORECASE,
)
_LONG_DATE = re.compile(rf"(?<![\w/.-])(?:{_DATE})(?![\w/-])", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_YEARS_AGO = 16
_PHONE = re.compile(
    r"(?<![\w/.-])(?:(?:\+44|0044)[\s-]?(?:\(0\)[\s-]?)?|\(?0)\d(?:[\s()-]{0,2}\d){7,9}(?![\w-]|[/.]\d)"
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_POSTCODE = re.compile(
    r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d"
    # Typed in small letters, “A1 2nd floor” looks like one, and so do hours.
    r"(?!(?-i:st|nd|rd|th|hr))[ABD-HJLNP-UW-Z]{2}(?![\w-])",
    re.IGNORECASE,
)


def find_nhs_numbers(subject: Subject) -> Iterator[Occurrence]:
    """Find NHS numbers: ten digits whose last one checks the others."""
    return _find(subject.with_digits, _NHS, lambda text, at: _is_nhs_number(text, at))


def find_insurance_numbers(subject: Subject) -> Iterator[Occurrence]:
    """Find National Insurance numbers."""
    return _find(subject.with_digits, _INSURANCE)


def find_births(subject: Subject) -> Iterator[Occurrence]:
    """Find dates of birth that are called so."""
    return _find(subject.with_digits, _BIRTH)


def find_old_dates(subject: Subject) -> Iterator[Occurrence]:
    """Find days so long before the visit that they may be somebody's birthday."""
    details = subject.details
    visit = details.visit_dates[0] if details.visit_dates else details.visit_from
    day = visit or details.publication_date
    if day is None:
        return iter(())
    latest = day.year - _YEARS_AGO

    def is_old(text: str, at: tuple[int, int]) -> bool:
        year = _YEAR.search(text, *at)
        before = text[max(0, at[0] - 40) : at[0]]
        named = any(start <= at[0] < end for start, end in find_spans(_BIRTH, text))
        return (
            year is not None
            and 1900 <= int(year.group()) <= latest
            and not named
            and not re.search(
                r"\b(?:Act|Regulations?|Order|since|opened|founded|registered)\b", before
            )
        )

    return _find(subject.with_digits, _LONG_DATE, is_old)


def find_phones(subject: Subject) -> Iterator[Occurrence]:
    """Find telephone numbers that are not the service's own, nor a public line."""
    known = load_words(PrivacyWords).public_numbers | {_digits(subject.details.telephone)}
    return _find(
        subject.with_digits, _PHONE, lambda text, at: _digits(text[slice(*at)]) not in known
    )


def find_emails(subject: Subject) -> Iterator[Occurrence]:
    """Find email addresses elsewhere than at the service's own website."""
    host = re.sub(r"^\w+://", "", subject.details.website.strip().casefold())
    own = host.split("/")[0].removeprefix("www.")
    known = load_words(PrivacyWords).public_domains | ({own} if own else set())

    def is_foreign(text: str, at: tuple[int, int]) -> bool:
        domain = text[slice(*at)].rpartition("@")[2].casefold().rstrip(".-")
        return not any(domain == item or domain.endswith(f".{item}") for item in known)

    return _find((text for text in subject.published if "@" in text.folded), _EMAIL, is_foreign)


def find_postcodes(subject: Subject) -> Iterator[Occurrence]:
    """Find postcodes that are not in the service's own address."""
    own = "".join(" ".join(subject.details.address).split()).upper()

    def is_foreign(text: str, at: tuple[int, int]) -> bool:
        return "".join(text[slice(*at)].split()).upper() not in own

    return _find(subject.with_digits, _POSTCODE, is_foreign)


def find_ages(subject: Subject) -> Iterator[Occurrence]:
    """Find one person described by an age."""
    person = any_of(load_words(PrivacyWords).people)
    pattern = re.compile(
        rf"(?<!\w)(?:\d{{1,3}}|[a-z]+(?:-[a-z]+)?)[\s-](?:year|month|week|day)s?[\s-]old"
        rf"\s+(?:[\w-]+\s+){{0,2}}{person}(?!\w)"
        rf"|(?<!\w)(?:a|an|the|one|another|this)\s+(?:[\w-]+\s+){{0,2}}{person},?\s+aged\s+\d{{1,3}}"
        rf"(?!\w|\s*(?:to|and|or|years\s+(?:and|or|to)|[–+-]))",
        re.IGNORECASE,
    )
    words = frozenset({"old", "aged"})
    candidates = (
        text for text in subject.published if not words.isdisjoint(get_vocabulary(text.folded))
    )
    return _find(candidates, pattern)


def _find(
    candidates: Iterable[PublishedText],
    pattern: re.Pattern[str],
    is_meant: Callable[[str, tuple[int, int]], bool] | None = None,
) -> Iterator[Occurrence]:
    """Find an expression in those texts that can hold it."""
    for text in candidates:
        for start, end in find_spans(pattern, text.folded):
            if is_meant is None or is_meant(text.folded, (start, end)):
                typed = text.unfold(start, end)
                passage = text.text[slice(*typed)]
                yield Occurrence(text.place(*typed), {"passage": passage}, passage)


def _is_nhs_number(text: str, at: tuple[int, int]) -> bool:
    digits = [int(digit) for digit in _digits(text[slice(*at)])]
    if _NHS_LABEL.search(text, max(0, at[0] - 24), at[0]):
        return True
    if _OTHER_LABEL.search(text, max(0, at[0] - 30), at[0]):
        return False
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == digits[9] and len(set(digits)) > 1


def _digits(text: str) -> str:
    """Return a telephone number's digits as they are dialled within the country."""
    text = re.sub(r"^\s*(?:\+44|0044)", "0", text.replace("(0)", ""))
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


CHECKS: Mapping[str, CheckFunction] = {
    "nhs_number": find_nhs_numbers,
    "insurance_number": find_insurance_numbers,
    "birth_date": find_births,
    "old_date": find_old_dates,
    "telephone": find_phones,
    "email": find_emails,
    "postcode": find_postcodes,
    "age": find_ages,
}
