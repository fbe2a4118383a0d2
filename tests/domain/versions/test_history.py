"""The sessions that a history consists of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inspector_app.domain.versions.history import HistoryLine, group_sessions

EVENING = datetime(2026, 3, 4, 23, 50, tzinfo=UTC)


def _line(minutes: int, who: str = "AB") -> HistoryLine:
    when = EVENING + timedelta(minutes=minutes)
    return HistoryLine(f"c{minutes}", "Change", who, when, marks_version=False)


@pytest.mark.parametrize(
    ("minutes", "sessions"),
    [
        ([0], [[0]]),
        ([-60, 0], [[0, -60]]),
        ([-61, 0], [[0], [-61]]),
        ([0, 9], [[9, 0]]),
        ([0, 10], [[10], [0]]),
        ([-200, -190, 5, 20], [[20], [5], [-190, -200]]),
    ],
)
def test_a_long_pause_and_midnight_end_a_session(
    minutes: list[int], sessions: list[list[int]]
) -> None:
    found = group_sessions([_line(number) for number in reversed(minutes)], UTC)
    ids = [[f"c{number}" for number in session] for session in sessions]
    assert [[line.id for line in session.lines] for session in found] == ids


def test_a_session_says_when_it_was_and_who_was_there_first() -> None:
    lines = [_line(-10, "CD"), _line(-20, "AB"), _line(-30, "CD")]
    (session,) = group_sessions(lines, UTC)
    assert (session.start, session.end) == (lines[2].when, lines[0].when)
    assert session.who == ("CD", "AB")
