"""Small phrases in British English that templates and standard paragraphs share."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.report_forms import DateStyle

# What XML cannot carry; line and page breaks of other programs become plain line breaks.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Trailing punctuation and a closing bracket belong to the sentence, not to the address; a pair of
# brackets within it is its own. The host is plain, so that Word takes the address for one.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?"
    r"(?:[/?#](?:\([^\s<>\"()]*\)|[^\s<>\"()])*(?:\([^\s<>\"()]*\)|[^\s<>\"().,;:!?'’”\]])|/)?",
    re.IGNORECASE,
)
_UNSAFE_IN_ADDRESS = re.compile(r"[\\^`{|}\[\]]")


def get_location_name(inspection: Inspection) -> str:
    """Return the location's name for headers and titles, or a placeholder."""
    return collapse_spaces(clean(inspection.details.location_name)) or "[location name]"


def clean(text: str) -> str:
    """Return a text without the control characters that no document can hold."""
    if text.isprintable():
        return text
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text))


def with_breaks(text: str) -> Markup:
    """Return a text as HTML: everything escaped, line breaks kept."""
    if text.isprintable():
        return escape(text)
    return Markup(str(escape(clean(text))).replace("\n", "<br/>"))


def prose(text: str) -> Markup:
    """Return running text as HTML: everything escaped, line breaks kept, web addresses live."""
    if "//" not in text and "www." not in text.lower():
        return with_breaks(text)
    text = clean(text)
    parts: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        parts += (with_breaks(text[end : match.start()]), link(match.group()))
        end = match.end()
    return Markup("".join([*parts, with_breaks(text[end:])]))


def link(text: str) -> Markup:
    """Return a web address as a live link, and any other text as it is."""
    address = clean(text).strip()
    if not _ADDRESS.fullmatch(address):
        return with_breaks(text)
    target = address if "://" in address else f"http://{address}"
    target = _UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found.group()):02X}", target)
    return Markup('<a href="{}">{}</a>').format(target, address)


def attribute(text: str) -> Markup:
    """Return a text for an attribute: everything escaped, on one line."""
    return escape(collapse_spaces(clean(text)))


def with_article(phrase: str) -> str:
    """Return “an announced inspection” for “announced inspection”."""
    return f"an {phrase}" if phrase[:1].lower() in set("aeiou") else f"a {phrase}"


def number_word(number: int) -> str:
    """Return “five” for 5; numbers above ten stay figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def join(items: Iterable[str]) -> str:
    """Return “a, b and c”."""
    *head, last = list(items) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def long_date(day: date) -> str:
    """Return “9 January 2020”."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return “16/03/2020”."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def padded_date(day: date) -> str:
    """Return “01 November 2018”."""
    return f"{day.day:02} {_MONTHS[day.month - 1]} {day.year}"


DATE_STYLES: Mapping[DateStyle, Callable[[date], str]] = {
    "": short_date,
    "short": short_date,
    "long": long_date,
    "padded": padded_date,
}


def dates_phrase(days: Sequence[date], first: date | None, last: date | None) -> str:
    """Return the days of a visit: “9 January 2020”, “9 and 10 January 2020”, “9 to 13 July 2020”.

    Args:
        days: The single days, in any order.
        first: First day of a range, used where there are no single days.
        last: Last day of a range.
    """
    if not days:
        ends = sorted({day for day in (first, last) if day})
        return " to ".join(_share_endings(ends))
    ordered = sorted(set(days))
    unbroken = ordered[-1] - ordered[0] == timedelta(days=len(ordered) - 1)
    if len(ordered) > 2 and unbroken:
        return " to ".join(_share_endings([ordered[0], ordered[-1]]))
    return join(_share_endings(ordered))


def _share_endings(days: Sequence[date]) -> list[str]:
    """Return the days in words, month and year only where the next day's are different."""
    words = []
    for day, following in zip_longest(days, days[1:]):
        if following and (day.year, day.month) == (following.year, following.month):
            words.append(str(day.day))
        elif following and day.year == following.year:
            words.append(f"{day.day} {_MONTHS[day.month - 1]}")
        else:
            words.append(long_date(day))
    return words


def breached_paragraphs(number: str, paragraphs: Iterable[str]) -> str:
    """Return “12 (1) and (2)(a)” for regulation 12 and its paragraphs 12(1), 12(2)(a)."""
    parts = [part.strip().removeprefix(number).strip() for part in paragraphs]
    parts = [part for part in parts if part]
    return f"{number} {join(parts)}" if parts else number


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
