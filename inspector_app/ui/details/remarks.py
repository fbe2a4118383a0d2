"""What does not go together in the details. Nothing of it blocks: it is told below the field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.report.phrases import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from inspector_app.domain.entities import Details, PreviousBreach

_ADDRESS = re.compile(
    r"(?:https?://)?(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_FAR = "This is more than a year from now: is the year right?"


def find_remarks(details: Details, today: date) -> Mapping[str, str]:
    """Return what to say below fields of the details, by the field's name."""
    remarks: dict[str, str] = {}
    days = sorted(details.visit_dates)
    first = days[0] if days else details.visit_from
    last = days[-1] if days else details.visit_to or details.visit_from
    start, end = details.visit_from, details.visit_to
    if days and _is_far(days[-1], today):
        remarks["visit_dates"] = _FAR
    if days and (start or end):
        remarks["visit_dates"] = "Both days and a range are set: the report prints the days."
    if _is_far(start, today):
        remarks["visit_from"] = _FAR
    if start and end and end < start:
        remarks["visit_to"] = f"The last day is before the first, {long_date(start)}."
    elif _is_far(end, today):
        remarks["visit_to"] = _FAR
    published = details.publication_date
    if published and last and published < last:
        remarks["publication_date"] = f"This is before the visit ended, on {long_date(last)}."
    elif _is_far(published, today):
        remarks["publication_date"] = _FAR
    previous = details.previous_rating_date
    if previous and first and previous > first:
        remarks["previous_rating_date"] = f"This is after this visit, on {long_date(first)}."
    elif _is_far(previous, today):
        remarks["previous_rating_date"] = _FAR
    website = details.website.strip()
    if website and not _ADDRESS.fullmatch(website):
        remarks["website"] = "This does not look like a website, such as www.example.org.uk."
    return remarks


def find_breach_remark(breach: PreviousBreach, details: Details, today: date) -> str:
    """Return what to say below the date of a previous breach, or ""."""
    first = min(details.visit_dates, default=details.visit_from)
    if breach.date and first and breach.date > first:
        return f"This is after this visit, on {long_date(first)}."
    return _FAR if _is_far(breach.date, today) else ""


def _is_far(day: date | None, today: date) -> bool:
    return day is not None and (day - today).days > 366
