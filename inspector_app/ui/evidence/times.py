"""When a note was taken: kept as ISO, written and read as people write it."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from inspector_app.domain.dates import parse_british_date
from inspector_app.report.phrases import long_date
from inspector_app.texts import collapse_spaces

HOW_TO_WRITE_TIME = "Write the time like 4 March 2024, 09:30 or 4/3/24 9:30, or only the day."
LONGEST_TIME = "30 September 2024, 09:30"
_DAY_ONLY = len("2024-03-04")
_AFTERNOON = 12
_TIME = re.compile(
    r"(?P<day>.+?)(?:,| at|t| )? ?(?P<hour>\d{1,2})[:.](?P<minute>\d{2}) ?(?P<half>[ap]m)?",
    re.ASCII,
)


def is_time(when: str) -> bool:
    """Tell whether a text is an ISO date or date-time; an empty one says nothing wrong."""
    try:
        datetime.fromisoformat(when or "2024-01-31")
    except ValueError:
        return False
    return True


def read_time(text: str) -> str:
    """Return what a person typed as ISO date or date-time; what is neither, as it is.

    ISO itself is taken as it is, with its seconds and its offset.
    """
    plain = collapse_spaces(text)
    if is_time(plain):
        return plain
    day = parse_british_date(plain)
    if day is not None:
        return day.isoformat()
    match = _TIME.fullmatch(plain.casefold())
    day = parse_british_date(match["day"].rstrip(",")) if match else None
    clock = _read_clock(match["hour"], match["minute"], match["half"]) if match else None
    if day is None or clock is None:
        return text
    return f"{day.isoformat()}T{clock:%H:%M}"


def write_time(when: str) -> str:
    """Return an ISO date or date-time as “4 March 2024, 09:30”.

    What that would not say whole (seconds other than 0, an offset), and what is no time, comes as
    it is.
    """
    try:
        if len(when) <= _DAY_ONLY:
            text = long_date(date.fromisoformat(when))
        else:
            moment = datetime.fromisoformat(when)
            text = f"{long_date(moment.date())}, {moment:%H:%M}"
        is_whole = datetime.fromisoformat(read_time(text)) == datetime.fromisoformat(when)
    except ValueError:
        return when
    return text if is_whole else when


def _read_clock(hour: str, minute: str, half: str | None) -> time | None:
    number = int(hour)
    if half:
        if not 1 <= number <= _AFTERNOON:
            return None
        number = number % _AFTERNOON + (_AFTERNOON if half == "pm" else 0)
    try:
        return time(number, int(minute))
    except ValueError:
        return None
