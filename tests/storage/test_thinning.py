"""Which backups stay: by age, and by the room that they take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.storage.automatic import list_backups, make_backup_path, thin_backups
from inspector_app.storage.thinning import MOST_BACKUPS, choose_kept
from tests.storage.helpers import change_name, own

NOW = datetime(2026, 11, 24, 14, 3, 22, tzinfo=UTC)
AGES = st.one_of(
    st.integers(-3_600, 3_600),
    st.integers(0, 86_400),
    st.integers(0, 40 * 86_400),
    st.integers(0, 2_000 * 86_400),
).map(lambda seconds: timedelta(seconds=seconds))
TIMES = st.sets(AGES.map(lambda age: NOW - age), max_size=300)


@given(TIMES)
def test_the_ends_always_stay_and_never_too_many(times: set[datetime]) -> None:
    kept = choose_kept(times, NOW)
    assert kept <= times
    assert len(kept) <= MOST_BACKUPS
    if times:
        assert {min(times), max(times)} <= kept


@given(TIMES, st.lists(AGES.map(abs), max_size=4).map(sorted))
def test_thinning_often_keeps_what_thinning_once_does(
    times: set[datetime], waits: list[timedelta]
) -> None:
    last = NOW + (waits[-1] if waits else timedelta())
    once = choose_kept(times, last)
    rest = times
    for wait in waits:
        rest = choose_kept(rest, NOW + wait)
    often = choose_kept(rest, last)
    for when in once:
        # Something of the same hour, day or week is still there.
        assert any(abs(other - when) <= timedelta(weeks=1) for other in often)


def test_a_day_of_work() -> None:
    times = [NOW - timedelta(minutes=30 * number) for number in range(2 * 24 * 60)]
    kept = sorted(choose_kept(times, NOW), reverse=True)
    ages = [NOW - when for when in kept]
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert [age for age in ages if age <= hour] == [timedelta(minutes=m) for m in (0, 30, 60)]
    assert len([age for age in ages if hour < age <= day]) in {23, 24}
    assert len([age for age in ages if day < age <= 30 * day]) in {29, 30, 31}
    assert kept[-1] == min(times)


def test_of_the_future_only_the_latest_stays() -> None:
    hours = [NOW + timedelta(hours=hour) for hour in (-30, 1, 2, 3)]
    assert choose_kept(hours, NOW) == {hours[0], hours[-1]}


def test_many_within_an_hour_are_one_in_five_minutes() -> None:
    times = [NOW - timedelta(seconds=10 * number) for number in range(360)]
    assert len(choose_kept(times, NOW)) in {13, 14}
    assert MOST_BACKUPS < 200


def write_backup(root: Path, inspection: str, age: timedelta, size: int) -> Path:
    path = make_backup_path(root, inspection, "change", NOW - age)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def test_the_oldest_go_first_and_the_latest_of_each_never(tmp_path: Path) -> None:
    days = [timedelta(days=number) for number in range(4)]
    first = [write_backup(tmp_path, "aaa", age, 100) for age in days]
    second = [write_backup(tmp_path, "bbb", age + timedelta(hours=1), 100) for age in days]
    other = tmp_path / "clinic (replaced 2026-01-01 120000).inspection"
    other.write_bytes(b"x" * 1_000)
    thin_backups(tmp_path, "aaa", 400, NOW)
    assert [path.exists() for path in (*first, *second)] == [True, True, False, False] * 2
    thin_backups(tmp_path, "aaa", 0, NOW)
    assert [path.exists() for path in (*first, *second)] == [True, False, False, False] * 2
    assert other.exists()


def test_only_backups_are_listed_and_removed(tmp_path: Path) -> None:
    kept = write_backup(tmp_path, "aaa", timedelta(), 10)
    strange = kept.with_name("20269999T999999Z-x.inspection")
    strange.write_bytes(b"")
    mine = kept.with_name("my notes.txt")
    mine.write_text("mine")
    thin_backups(tmp_path, "aaa", 0, NOW)
    assert mine.exists()
    assert [backup.path for backup in list_backups(tmp_path, "aaa")] == [kept]
    (found,) = list_backups(tmp_path, "aaa")
    assert (found.when, found.change, found.size) == (NOW, "change", 10)


# -- clocks that were wrong


def make_backups(backups: Path, *made: tuple[datetime, int]) -> None:
    for when, number in made:
        path = make_backup_path(backups, "abc", f"c{number}", when, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 10)


def list_changes(backups: Path) -> list[str]:
    return [backup.change for backup in list_backups(backups, "abc")]


@given(st.lists(AGES, min_size=1, max_size=30))
def test_the_latest_has_the_latest_change_whatever_the_clock_said(ages: list[timedelta]) -> None:
    with TemporaryDirectory() as folder:
        backups = Path(folder)
        make_backups(backups, *((NOW - age, number) for number, age in enumerate(ages, start=1)))
        assert list_changes(backups) == [f"c{number}" for number in range(len(ages), 0, -1)]
        for limit in (10**9, 0):
            thin_backups(backups, "abc", limit, NOW)
            assert list_changes(backups)[0] == f"c{len(ages)}"
        assert list_changes(backups) == [f"c{len(ages)}"]


def test_what_was_made_while_the_clock_was_ahead_is_thinned_as_what_was_made_before(
    tmp_path: Path,
) -> None:
    ahead = [(NOW + timedelta(days=400, minutes=number), number) for number in range(1, 9)]
    make_backups(tmp_path, *ahead, (NOW - timedelta(days=40), 9), (NOW, 10))
    thin_backups(tmp_path, "abc", 10**9, NOW)
    assert list_changes(tmp_path)[:2] == ["c10", "c9"]


def test_names_without_a_number_are_older_than_those_with_one(tmp_path: Path) -> None:
    folder = tmp_path / "abc"
    folder.mkdir()
    for name in ("20271124T140322Z-old2", "20261124T140322Z-old1"):
        (folder / f"{name}.inspection").write_bytes(b"x")
    make_backups(tmp_path, (NOW, 7))
    assert list_changes(tmp_path) == ["c7", "old2", "old1"]


def test_a_file_says_how_many_changes_it_has(clinic: Path) -> None:
    with own(clinic) as file:
        assert file.read_number() == 1
        file.commit(*change_name(file.inspection, "One"))
        assert file.read_number() == 2
