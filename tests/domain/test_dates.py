"""Dates as people in Britain type them."""

from __future__ import annotations

import locale
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.dates import parse_british_date, to_local

if TYPE_CHECKING:
    from collections.abc import Iterator

NINTH = date(2020, 1, 9)


@pytest.mark.parametrize(
    "text",
    [
        "9 January 2020",
        "09 January 2020",
        "9 jan 2020",
        "9 Jan. 2020",
        "9 JANUARY 20",
        "9th January 2020",
        "9th of January, 2020",
        "January 9, 2020",
        "Jan 9th 2020",
        "Thursday 9 January 2020",
        "Thu, 9 Jan 2020",
        "Thurs. 9/1/20",
        "9/1/2020",
        "09/01/20",
        "9.1.2020",
        "9-1-2020",
        "9 1 2020",
        "9 / 1 / 2020",
        "9-Jan-2020",
        "9-Jan-20",
        "9jan2020",
        "2020-01-09",
        "2020/1/9",
        "2020.01.09",
        "  9\u00a0January\t2020 \n",
    ],
)
def test_british_forms_are_read(text: str) -> None:
    assert parse_british_date(text) == NINTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/2/2020", date(2020, 2, 1)),
        ("12/11/2019", date(2019, 11, 12)),
        ("29 February 2020", date(2020, 2, 29)),
        ("3 Sept 2021", date(2021, 9, 3)),
        ("22nd May 2021", date(2021, 5, 22)),
        ("1 June 68", date(2068, 6, 1)),
        ("1 June 69", date(1969, 6, 1)),
        ("31 December 9999", date(9999, 12, 31)),
    ],
)
def test_the_day_stands_first(text: str, expected: date) -> None:
    assert parse_british_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "9",
        "9 January",
        "9 January 2",
        "9/1/202",
        "9/1/0202",
        "9/1/20200",
        "32 January 2020",
        "0 January 2020",
        "29 February 2021",
        "1/13/2020",
        "9/1-2020",
        "9 Janvier 2020",
        "9 ma 2020",
        "Friday 9 January 2020",
        "next Tuesday",
        "2020-13-01",
        "٩/١/٢٠٢٠",
        "9 January 2020 <script>",
        "9" * 10_000,
        "\ud83d\ude00",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert parse_british_date(text) is None


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    month = "January February March April May June July August September October November December"
    long = f"{day.day} {month.split()[day.month - 1]} {day.year}"
    assert parse_british_date(long) == day
    assert parse_british_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_british_date(day.isoformat()) == day


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    parse_british_date(text)


def test_the_computers_language_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(locale, "setlocale", refuse)
    monkeypatch.setattr(locale, "getlocale", refuse)
    assert parse_british_date("9 January 2020") == NINTH


# -- the clock on the wall

EDGES = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1969, 7, 20, 20, 17, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
]


@pytest.fixture(params=["Europe/London", "America/New_York", "Pacific/Kiritimati"])
def _clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of this computer, in several parts of the world; Windows keeps its own."""
    if not hasattr(time, "tzset"):
        yield
        return
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_clock")
@pytest.mark.parametrize("when", EDGES)
def test_a_time_that_no_clock_shows_stays(when: datetime) -> None:
    assert to_local(when) == when


@pytest.mark.usefixtures("_clock")
def test_a_time_is_that_of_this_computer() -> None:
    when = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert to_local(when).utcoffset() == when.astimezone().utcoffset()


def test_a_time_is_that_of_a_zone() -> None:
    zone = timezone(timedelta(hours=-5))
    assert to_local(datetime(2026, 7, 1, 12, tzinfo=UTC), zone).hour == 7
    assert to_local(EDGES[0], zone) is EDGES[0]
