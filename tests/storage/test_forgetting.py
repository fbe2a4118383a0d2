"""Removing copies: exactly those, unless somebody uses them; the rest is as it was."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.storage.copy_search import list_holdings
from inspector_app.storage.forgetting import NoBin, find_user, forget_opened, remove_copies
from inspector_app.storage.holder import get_holder_path, write_holder
from inspector_app.storage.journal import Journal
from tests.storage.helpers import leave_open_elsewhere, own, owned_elsewhere
from tests.storage.holdings import ID, Computer

if TYPE_CHECKING:
    from inspector_app.domain.local_copies import Copy


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def put_all(computer: Computer) -> None:
    computer.put_file(3, 5)
    computer.put_rescued(2, 6)
    computer.put_journal(".1.left.journal", 7)
    computer.put_journal(".1.aside", 8)
    computer.put_journal(".journal", 9)
    for state in range(4):
        computer.put_backup(state, 10 + state)
    computer.put_kept(0, 11)
    computer.put_attachment(12)
    computer.put_unfinished(13)


def find_copies(computer: Computer) -> tuple[Copy, ...]:
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    return found.copies


@settings(max_examples=30)
@given(st.data())
def test_exactly_what_was_chosen_goes(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as home:
        computer = Computer(Path(home))
        put_all(computer)
        computer.put_stranger()
        before = computer.snapshot()
        copies = find_copies(computer)
        chosen = data.draw(st.lists(st.sampled_from(copies), unique=True))
        removal = remove_copies(chosen, computer.places)
        assert set(removal.removed) == set(chosen)
        assert not removal.failed
        assert removal.freed == sum(copy.size for copy in chosen)
        gone = [copy.path for copy in chosen]
        assert computer.snapshot() == {
            path: data
            for path, data in before.items()
            if path not in gone and path.parent not in gone
        }
        assert set(find_copies(computer) if len(chosen) < len(copies) else ()) == {
            copy for copy in copies if copy not in chosen
        }


def test_all_of_an_inspection_goes_with_its_folders_and_its_note(computer: Computer) -> None:
    put_all(computer)
    path = computer.documents / "clinic.inspection"
    write_holder(path)
    path.with_name(f"{path.name}-journal").write_bytes(b"")
    remove_copies(find_copies(computer), computer.places)
    forget_opened(computer.places, ID)
    assert computer.snapshot() == {}
    assert not get_holder_path(path).exists()
    assert not (computer.places.backups / ID).exists()
    assert list_holdings(computer.places).find(ID) is None


def test_a_file_that_is_open_stays_and_says_who(computer: Computer) -> None:
    put_all(computer)
    path = computer.documents / "clinic.inspection"
    copies = find_copies(computer)
    with owned_elsewhere(path):
        assert "process" in find_user(copies)
        removal = remove_copies(copies, computer.places)
        (failed,) = removal.failed
        assert failed.copy.path == path
        assert "process" in failed.reason
        assert path.exists()
    with own(path):
        assert find_user(copies) == "this Inspector"


def test_a_file_that_was_left_open_on_another_computer_stays_and_says_whose(
    computer: Computer,
) -> None:
    put_all(computer)
    path = computer.documents / "clinic.inspection"
    leave_open_elsewhere(path, "Beth")
    copies = find_copies(computer)
    assert "Beth" in find_user(copies)
    (failed,) = remove_copies(copies, computer.places).failed
    assert failed.copy.path == path
    assert "Beth" in failed.reason
    assert path.exists()


def test_a_journal_that_is_written_stays(computer: Computer) -> None:
    path = computer.put_file(0)
    journal = Journal.start(computer.places.journals, ID, path, computer.changes[0].id)
    (copy,) = [copy for copy in find_copies(computer) if copy.kind == "journal"]
    assert "process" in find_user((copy,))
    assert remove_copies((copy,), computer.places).failed
    assert journal.path.exists()
    journal.close()
    assert remove_copies((copy,), computer.places).removed == (copy,)


def test_the_file_goes_last_and_to_the_bin(computer: Computer) -> None:
    put_all(computer)
    binned: list[Path] = []

    def discard(path: Path) -> None:
        assert [copy.kind for copy in find_copies(computer)] == ["file"]
        binned.append(path)
        path.unlink()

    copies = [copy for copy in find_copies(computer) if copy.kind != "rescued"]
    removed = [copy for copy in find_copies(computer) if copy.kind == "rescued"]
    remove_copies(removed, computer.places)
    remove_copies(copies, computer.places, discard)
    assert binned == [computer.documents / "clinic.inspection"]


def test_without_a_bin_the_file_stays(computer: Computer) -> None:
    path = computer.put_file(0)

    def discard(path: Path) -> None:
        raise NoBin

    removal = remove_copies(find_copies(computer), computer.places, discard)
    assert [copy.path for copy in removal.no_bin] == [path]
    assert removal.removed == ()
    assert path.exists()
    with own(path):
        pass  # nobody holds it any more


def test_what_cannot_be_removed_is_told_and_the_rest_goes(computer: Computer) -> None:
    put_all(computer)
    copies = find_copies(computer)
    (attachments,) = [copy for copy in copies if copy.kind == "attachments"]
    (attachments.path / "folder").mkdir()
    removal = remove_copies(copies, computer.places)
    assert [item.copy for item in removal.failed] == [attachments]
    assert len(removal.removed) == len(copies) - 1


def test_a_removal_can_be_stopped_between_two_copies(computer: Computer) -> None:
    put_all(computer)

    class Stop(Exception):
        pass

    shares: list[float] = []

    def tell(share: float) -> None:
        shares.append(share)
        if len(shares) > 2:
            raise Stop

    count = len(find_copies(computer))
    with pytest.raises(Stop):
        remove_copies(find_copies(computer), computer.places, tell=tell)
    assert len(find_copies(computer)) == count - 2
