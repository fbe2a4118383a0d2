"""Times of notes: kept as ISO, written and read as people write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.ui.evidence.times import HOW_TO_WRITE_TIME, is_time, read_time, write_time

FIRST = datetime(1900, 1, 1)  # noqa: DTZ001  notes have no offset


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4 March 2024, 09:30", "2024-03-04T09:30"),
        ("4/3/24 9:30", "2024-03-04T09:30"),
        ("4.3.24 9.30", "2024-03-04T09:30"),
        ("4 Mar 2024 at 9.30pm", "2024-03-04T21:30"),
        ("Monday 4 March 2024 12:05 AM", "2024-03-04T00:05"),
        ("2024-03-04 09:30", "2024-03-04 09:30"),
        ("2024-03-04T09:30:15+01:00", "2024-03-04T09:30:15+01:00"),
        ("4.3.24", "2024-03-04"),
        (" 4 March 2024 ", "2024-03-04"),
        ("4 March 2024, 25:30", "4 March 2024, 25:30"),
        ("4 March 2024, 13:30 pm", "4 March 2024, 13:30 pm"),
        ("31 February 2024 9:30", "31 February 2024 9:30"),
        ("after lunch", "after lunch"),
        ("9:30", "9:30"),
        ("", ""),
    ],
)
def test_what_people_type(typed: str, expected: str) -> None:
    assert read_time(typed) == expected


@given(st.datetimes(min_value=FIRST).map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_time_is_read_as_it_is_written(moment: datetime) -> None:
    when = f"{moment:%Y-%m-%dT%H:%M}".rjust(16, "0")
    assert read_time(write_time(when)) == when
    assert "T" not in write_time(when)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert read_time(write_time(day.isoformat())) == day.isoformat()


# Windows knows no names of time zones.
ZONES = st.integers(-86_399, 86_399).map(lambda seconds: timezone(timedelta(seconds=seconds)))


@given(st.one_of(st.text(), st.datetimes(timezones=ZONES).map(datetime.isoformat)))
def test_nothing_is_lost_by_writing(when: str) -> None:
    written = write_time(when)
    if written != when:
        assert datetime.fromisoformat(read_time(written)) == datetime.fromisoformat(when)
    assert is_time(read_time(when)) >= is_time(when)


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("2024-03-04T09:30", "4 March 2024, 09:30"),
        ("2024-03-04T09:30:00", "4 March 2024, 09:30"),
        ("2024-03-04", "4 March 2024"),
        ("2024-03-04T09:30:15", "2024-03-04T09:30:15"),
        ("2024-03-04T09:30+01:00", "2024-03-04T09:30+01:00"),
        ("after lunch", "after lunch"),
        ("", ""),
    ],
)
def test_what_is_shown(when: str, written: str) -> None:
    assert write_time(when) == written


def test_the_hint_tells_what_is_read() -> None:
    examples = HOW_TO_WRITE_TIME.removeprefix("Write the time like ").partition(", or")[0]
    assert {read_time(text) for text in examples.split(" or ")} == {"2024-03-04T09:30"}
