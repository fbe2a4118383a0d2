"""Reading the dates that people in Britain type, whatever the computer's language."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from inspector_app.texts import collapse_spaces

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EARLIEST_YEAR = 1900
_LATEST_SHORT_YEAR = 68
"""Two digits up to this are of our century, those above of the last one."""

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{2}|\d{4})"
_WEEKDAY = re.compile(r"(?P<weekday>[a-z]{3,9})\.?,? (?P<rest>.+)", re.ASCII)
_FORMS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}",  # 9 January 2020, 9th of Jan, 2020
        rf"{_DAY}-?{_MONTH}-?{_YEAR}",  # 9-Jan-20, 9jan2020
        rf"{_MONTH} {_DAY},? {_YEAR}",  # January 9, 2020
        rf"{_DAY} ?(?P<mark>[/.\- ]) ?(?P<month>\d{{1,2}}) ?(?P=mark) ?{_YEAR}",  # 9/1/2020
        r"(?P<year>\d{4})(?P<mark>[/\-.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",  # ISO
    )
]


def to_local(when: datetime, zone: tzinfo | None = None) -> datetime:
    """Return a time by the clock of this computer, or of a zone.

    A time that a file gives may be one of which the system knows no local one: on Windows each
    before 1970, elsewhere the first and last hours that there are. It stays as it is.
    """
    try:
        return when.astimezone(zone)
    except (OSError, OverflowError, ValueError):
        return when


def parse_british_date(text: str) -> date | None:
    """Return the day that a text names, or None where it names none.

    The day stands before the month: “9/1/2020” is 9 January. A weekday may stand in front, and must
    then be the right one. Years before 1900 are taken for slips of the keyboard.
    """
    text = collapse_spaces(text.casefold())
    weekday = None
    match = _WEEKDAY.fullmatch(text)
    if match is not None:
        weekday = _find_name(match["weekday"], _DAYS)
        if weekday is not None:
            text = match["rest"]
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        found = _make_date(match.groupdict())
        if found is not None and weekday in {None, found.weekday()}:
            return found
    return None


def add_days(day: date, days: int) -> date:
    """Return the day so many days later; at the ends of the calendar, its first or last."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def _make_date(parts: dict[str, str]) -> date | None:
    if "name" in parts:
        index = _find_name(parts["name"], _MONTHS)
        if index is None:
            return None
        month = index + 1
    else:
        month = int(parts["month"])
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year <= _LATEST_SHORT_YEAR else 1900
    if year < _EARLIEST_YEAR:
        return None
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None


def _find_name(text: str, names: tuple[str, ...]) -> int | None:
    """Return which name a text is, written out or cut short after three letters or more."""
    return next((index for index, name in enumerate(names) if name.startswith(text)), None)
