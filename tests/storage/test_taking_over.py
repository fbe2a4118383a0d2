"""Notes of other computers, locks of other processes, and whoever wants to write all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from inspector_app.errors import FileProblem, InspectionInUse, LeftOpenElsewhere
from inspector_app.storage.holder import describe_this_process, find_holder, get_holder_path
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.taking_over import find_lock_state
from tests.storage.helpers import (
    leave_open_elsewhere,
    make_file,
    own,
    owned_elsewhere,
    read_all,
    snapshot,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_who_holds_a_file_is_told_and_nothing_is_written(clinic: Path, folder: Path) -> None:
    assert find_lock_state(clinic) == ("free", "")
    with owned_elsewhere(clinic) as owner:
        owner.tell("name Mill")
        before = snapshot(folder)
        state = find_lock_state(clinic)
        assert state.kind == "locked"
        assert f"process {owner.process.pid}" in state.who
        assert snapshot(folder) == before
        owner.tell("name Lane")
    # Dead, with its note and half a journal left.
    assert find_lock_state(clinic).kind == "free"
    assert read_all(clinic)[0].details.location_name == "Lane"


def test_half_a_change_that_a_crash_left_is_nobodys(clinic: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("spill")
        assert find_lock_state(clinic).kind == "locked"
    assert find_lock_state(clinic).kind == "free"


def test_the_file_of_this_process_is_not_touched_by_looking(clinic: Path) -> None:
    with own(clinic):
        assert find_lock_state(clinic).kind == "locked"
        with pytest.raises(AssertionError), owned_elsewhere(clinic):
            pass


def test_a_file_that_is_gone_is_a_problem(folder: Path) -> None:
    with pytest.raises(FileProblem):
        find_lock_state(folder / "nothing.inspection")


def test_a_note_of_another_computer_is_heeded_until_told_otherwise(clinic: Path) -> None:
    leave_open_elsewhere(clinic)
    assert find_lock_state(clinic).kind == "left_open"
    with pytest.raises(LeftOpenElsewhere, match="Ann on LAPTOP-7"):
        own(clinic)
    with pytest.raises(InspectionInUse, match="open the file for editing here"):
        make_file(clinic)
    with InspectionFile.open(clinic, clinic.parent, take_over=True):
        holder = find_holder(clinic)
        assert holder is not None
        assert holder.is_here()
    assert not get_holder_path(clinic).exists()
    own(clinic).close()


def test_a_note_of_this_computer_says_nothing_without_a_lock(clinic: Path) -> None:
    note = msgspec.structs.replace(describe_this_process(), process=1)
    get_holder_path(clinic).write_bytes(msgspec.json.encode(note))
    assert find_lock_state(clinic).kind == "free"
    own(clinic).close()
