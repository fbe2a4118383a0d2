"""Which backups stay as they get older."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MINUTES = timedelta(minutes=5)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_STEPS = (
    (_HOUR, _MINUTES),
    (_DAY, _HOUR),
    (30 * _DAY, _DAY),
    (365 * _DAY, _WEEK),
)
"""Up to which age, one backup in how long: work is thought back to in ever larger steps."""
MOST_BACKUPS = sum(age // step + 2 for age, step in _STEPS) + 2
"""More than these never stay: each age has two ends, and there are the future and the oldest."""
_TOO_OLD = (-1, 0)
_FUTURE = (-2, 0)
_START = datetime(2001, 1, 1, tzinfo=UTC)  # a Monday


def choose_kept(times: Collection[datetime], now: datetime) -> set[datetime]:
    """Return the times of the backups that stay.

    Of each five minutes of the last hour, each hour of the last day, each day of the last month and
    each week of the last year the latest stays; besides, the latest and the oldest of all. Hours,
    days and weeks are those of the clock (UTC), so that thinning again later keeps what would have
    been kept anyway.
    """
    if not times:
        return set()
    latest: dict[tuple[int, int], datetime] = {}
    for when in sorted(times):
        latest[_get_slot(when, now)] = when
    return {min(times), max(times), *(when for slot, when in latest.items() if slot != _TOO_OLD)}


def _get_slot(when: datetime, now: datetime) -> tuple[int, int]:
    age = now - when
    if age < timedelta():
        return _FUTURE  # the clock was wrong then, or is now
    for number, (oldest, step) in enumerate(_STEPS):
        if age <= oldest:
            return number, (when - _START) // step
    return _TOO_OLD
