"""What goes by itself: only what is elsewhere, and nothing that somebody has to decide on."""

from __future__ import annotations

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.local_copies import Copy, InspectionCopies
from inspector_app.storage.automatic import make_backup_path
from inspector_app.storage.copy_search import list_holdings
from inspector_app.storage.facts import read_change_ids
from inspector_app.storage.retention import choose_expired, read_last_look, remove_expired
from tests.storage.helpers import owned_elsewhere
from tests.storage.holdings import ID, NOW, Computer

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = st.sampled_from(("backup", "kept", "file", "rescued", "aside", "unfinished"))
_HISTORIES = (tuple("abcdef"), tuple("abcxyz"))
"""Two files that were one until the third change."""


@st.composite
def _copies(draw: st.DrawFn) -> tuple[InspectionCopies, Mapping[Path, frozenset[str]]]:
    """Copies with a beginning of a history each; some are damaged."""
    copies, contents = [], {}
    for number in range(draw(st.integers(0, 12))):
        kind = draw(_KINDS)
        history = draw(st.sampled_from(_HISTORIES))[: draw(st.integers(0, 6))]
        path = Path(f"{number}.inspection")
        when = NOW - timedelta(days=draw(st.integers(0, 800)))
        head = history[-1] if history and kind in {"backup", "kept"} else ""
        copies.append(Copy(kind, path, 10, when, head, opened=True))
        contents[path] = frozenset() if draw(st.booleans()) else frozenset(history)
    last = NOW - timedelta(days=draw(st.integers(0, 800)))
    return InspectionCopies(ID, "", False, tuple(copies), (), last), contents


@settings(max_examples=400)
@given(_copies(), st.sampled_from((0, 30, 365)))
def test_what_goes_is_in_what_stays(
    made: tuple[InspectionCopies, Mapping[Path, frozenset[str]]], days: int
) -> None:
    inspection, contents = made
    going = choose_expired(inspection, days, NOW, lambda path: contents[path])
    staying = [copy for copy in inspection.copies if copy not in going]
    assert {copy.kind for copy in going} <= {"backup", "kept", "unfinished"}
    if days == 0 or NOW - inspection.last_used < timedelta(days=days):
        assert not going
    for copy in going:
        if copy.kind != "unfinished":
            assert any(copy.change in contents[other.path] for other in staying)
    backups = inspection.list_kind("backup", "kept")
    files = inspection.list_kind("file", "rescued")
    if backups and not any(contents[file.path] for file in files):
        latest = max(copy.when for copy in backups)
        assert any(copy.when == latest for copy in staying), "the file is gone or damaged"


@given(_copies(), st.sampled_from(("left", "journal", "rescued")))
def test_while_something_is_undecided_all_stays(
    made: tuple[InspectionCopies, Mapping[Path, frozenset[str]]], kind: str
) -> None:
    inspection, contents = made
    waiting = Copy(kind, Path("waiting"), 1, NOW - timedelta(days=900))  # type: ignore[arg-type]
    contents = {**contents, waiting.path: frozenset("abcdefxyz")}
    inspection = inspection._replace(
        copies=(*inspection.copies, waiting), last_used=NOW - timedelta(days=800)
    )
    assert choose_expired(inspection, 30, NOW, lambda path: contents[path]) == ()


_AGES = st.sampled_from((1, 20, 400, 800))


@settings(max_examples=40)
@given(st.data())
def test_no_change_is_lost_from_a_real_folder(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as home:
        computer = Computer(Path(home))
        never = computer.put_stranger()
        states = st.integers(0, len(computer.states) - 1)
        if data.draw(st.booleans(), "file"):
            path = computer.put_file(data.draw(states), data.draw(_AGES))
            if data.draw(st.booleans(), "damaged"):
                computer.put(path, path.read_bytes()[:-4096], 800)
        for _ in range(data.draw(st.integers(0, 5), "backups")):
            computer.put_backup(data.draw(states), data.draw(_AGES))
        for _ in range(data.draw(st.integers(0, 2), "kept")):
            computer.put_kept(data.draw(states), data.draw(_AGES))
        for ending in data.draw(st.sets(st.sampled_from((".1.left.journal", ".1.aside")))):
            never.append(computer.put_journal(ending, data.draw(_AGES)))
        if data.draw(st.booleans(), "rescued"):
            never.append(computer.put_rescued(data.draw(states), data.draw(_AGES)))
        if data.draw(st.booleans(), "attachments"):
            never += computer.put_attachment(data.draw(_AGES)).iterdir()
        before = computer.snapshot()
        known = {change for path in before for change in read_change_ids(path)}
        remove_expired(computer.places, data.draw(st.sampled_from((0, 30, 365))), NOW)
        after = computer.snapshot()
        assert after.items() <= before.items()
        assert {change for path in after for change in read_change_ids(path)} == known
        assert all(path in after for path in never)
        files = {path for path in before if path.is_relative_to(computer.documents)}
        assert files <= after.keys()
        if any(ID in path.parts for path in before):
            found = list_holdings(computer.places).find(ID)
            assert found is not None, "of an inspection with backups something stays"


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_what_went_is_kept_with_ids_only(
    computer: Computer, caplog: pytest.LogCaptureFixture
) -> None:
    computer.put_file(3, 400, name="A secret name")
    old = [computer.put_backup(state, 500 - state) for state in range(4)]
    with caplog.at_level(logging.INFO):
        look = remove_expired(computer.places, 365, NOW)
    assert not any(path.exists() for path in old)
    assert look == read_last_look(computer.places.retention)
    assert look.removed_at == NOW
    assert [(item.inspection, item.count) for item in look.removed] == [(ID, 4)]
    text = caplog.text + computer.places.retention.read_text()
    assert ID in text
    assert "secret" not in text
    assert "Meadow" not in text
    later = remove_expired(computer.places, 365, NOW + timedelta(days=1))
    assert later.removed == look.removed, "what went last is told until something goes again"
    assert later.when == NOW + timedelta(days=1)


def test_the_latest_backup_stays_where_the_file_has_not_all_of_it(computer: Computer) -> None:
    computer.put_file(1, 400)
    old = [computer.put_backup(state, 500 - state) for state in range(4)]
    remove_expired(computer.places, 365, NOW)
    assert [path.exists() for path in old] == [False, False, False, True]


def test_a_day_too_early(computer: Computer) -> None:
    computer.put_file(3, 364)
    path = computer.put_backup(3, 500)
    remove_expired(computer.places, 365, NOW)
    assert path.exists()
    remove_expired(computer.places, 365, NOW + timedelta(days=1))
    assert not path.exists()


# -- clocks that were wrong


def put_ahead(computer: Computer, what: str) -> Path:
    """Leave a time that is still to come, and return a backup that may go."""
    backup = computer.put_backup(2, -900 if what == "backup" else 500)
    file = computer.put_file(3, -900 if what == "note" else 500)
    computer.age(file, -900 if what == "file" else 500)
    if what == "kept":
        computer.put_kept(3, -900)
    return backup


@pytest.mark.parametrize("what", ["file", "note", "backup", "kept"])
def test_what_a_clock_that_was_ahead_has_left_counts_from_when_it_was_seen(
    computer: Computer, what: str
) -> None:
    backup = put_ahead(computer, what)
    for day in (0, 1, 364):
        now = NOW + timedelta(days=day)
        remove_expired(computer.places, 365, now)
        assert backup.exists(), day
        found = list_holdings(computer.places, now=now).find(ID)
        assert found is not None
        assert found.last_used == NOW, "it is known when it was seen, and not counted anew"
    remove_expired(computer.places, 365, NOW + timedelta(days=365))
    assert not backup.exists()


def test_what_was_changed_ahead_of_the_clock_later_counts_from_later(computer: Computer) -> None:
    backup = put_ahead(computer, "file")
    remove_expired(computer.places, 365, NOW)
    computer.age(computer.documents / "clinic.inspection", -901)
    later = NOW + timedelta(days=300)
    remove_expired(computer.places, 365, later)
    remove_expired(computer.places, 365, later + timedelta(days=364))
    assert backup.exists()
    remove_expired(computer.places, 365, later + timedelta(days=365))
    assert not backup.exists()


def test_a_clock_that_is_behind_for_a_day_makes_nothing_older(computer: Computer) -> None:
    computer.put_file(3, 300)
    backup = computer.put_backup(2, 500)
    remove_expired(computer.places, 365, NOW - timedelta(days=9000))
    remove_expired(computer.places, 365, NOW)
    assert backup.exists()
    remove_expired(computer.places, 365, NOW + timedelta(days=65))
    assert not backup.exists()


def test_of_backups_the_one_with_the_most_changes_comes_first(computer: Computer) -> None:
    when = {1: NOW + timedelta(days=400), 2: NOW - timedelta(days=2), 3: NOW - timedelta(days=1)}
    for number, made in when.items():
        change = computer.changes[number].id
        path = make_backup_path(computer.places.backups, ID, change, made, number)
        computer.put(path, computer.states[number])
    found = list_holdings(computer.places, now=NOW).find(ID)
    assert found is not None
    assert [copy.number for copy in found.list_kind("backup")] == [3, 2, 1]


def test_an_inspection_that_is_open_keeps_all(computer: Computer) -> None:
    file = computer.put_file(3, 800)
    path = computer.put_backup(3, 500)
    with owned_elsewhere(file):
        computer.age(file, 800)
        remove_expired(computer.places, 30, NOW)
    assert path.exists()


@pytest.mark.parametrize("age", [400, -400])
def test_what_a_crash_left_unfinished_goes_after_a_day(computer: Computer, age: int) -> None:
    computer.put_file(3, 400)
    new = computer.put_unfinished(age)
    if age < 0:
        remove_expired(computer.places, 365, NOW - timedelta(days=365))
    computer.put_backup(3, 500)
    remove_expired(computer.places, 365, NOW)
    assert not new.exists()
    assert not new.parent.exists(), "an empty folder goes"
