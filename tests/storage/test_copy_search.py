"""What a computer holds of inspections, told by inspection; looking changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from inspector_app.domain.local_copies import describe_size
from inspector_app.storage.copy_search import list_holdings
from inspector_app.storage.encryption import make_key
from inspector_app.storage.facts import read_change_ids, read_facts
from inspector_app.storage.forgetting import remove_copies
from inspector_app.storage.journal import Journal
from inspector_app.storage.journal_attachments import write_attachment
from inspector_app.storage.opened import list_opened, note_opened, read_opened
from inspector_app.storage.retention import remove_expired
from inspector_app.storage.taking_over import find_owner
from tests.storage.helpers import CHEAP, make_file, own, owned_elsewhere, protect_file
from tests.storage.holdings import ID, NOW, OTHER, Computer

if TYPE_CHECKING:
    from pathlib import Path

KEY = make_key("meadow", CHEAP)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_everything_is_found_and_nothing_is_touched(computer: Computer) -> None:
    put = {
        "file": computer.put_file(3, 5),
        "rescued": computer.put_rescued(2, 6),
        "left": computer.put_journal(".1.left.journal", 7),
        "aside": computer.put_journal(".1.aside", 8),
        "journal": computer.put_journal(".journal", 9),
        "backup": computer.put_backup(1, 10),
        "kept": computer.put_kept(0, 11),
        "attachments": computer.put_attachment(12),
        "unfinished": computer.put_unfinished(13),
    }
    strangers = computer.put_stranger()
    before = computer.snapshot()
    holdings = list_holdings(computer.places)
    assert computer.snapshot() == before

    found = holdings.find(ID)
    assert found is not None
    assert {copy.kind: copy.path for copy in found.copies} == put
    assert found.title == "Fourth", "as the latest copy has it"
    assert found.last_used == NOW - timedelta(days=5)
    assert found.is_undecided
    assert not found.missing
    sizes = {copy.kind: copy.size for copy in found.copies}
    assert sizes["file"] == len(computer.states[3])
    assert sizes["attachments"] == len(b"a photo")
    (backup,) = found.list_kind("backup")
    assert backup.when == (NOW - timedelta(days=10))
    assert backup.change == computer.changes[1].id

    assert {item.id for item in holdings.inspections} == {ID, OTHER, ""}
    other = holdings.find(OTHER)
    unknown = holdings.find("")
    assert other is not None
    assert unknown is not None
    assert {copy.path for copy in other.copies} == {strangers[0], strangers[2]}
    assert [copy.path for copy in unknown.copies] == [strangers[1]]
    assert holdings.inspections[-1] is unknown
    assert computer.places.logs in {item.path for item in holdings.others}
    listed = sum(item.size for item in holdings.inspections)
    assert holdings.size == listed + sum(item.size for item in holdings.others)


def test_nothing_is_there_on_a_new_computer(computer: Computer) -> None:
    assert list_holdings(computer.places) == ((), ())


def test_a_file_that_is_gone_is_named(computer: Computer) -> None:
    path = computer.put_file(0)
    computer.put_backup(0, 3)
    path.unlink()
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    assert found.missing == (path,)
    assert not found.list_kind("file")


def test_a_file_that_somebody_has_open_is_known_by_its_note(computer: Computer) -> None:
    path = computer.put_file(0)
    computer.put_backup(0, 3)
    with owned_elsewhere(path):
        found = list_holdings(computer.places).find(ID)
        assert found is not None
        assert [copy.path for copy in found.list_kind("file")] == [path]
        assert read_facts(path).readable == "busy"
        assert "process" in find_owner(path)
    with own(path):
        assert list_holdings(computer.places, [path]).find(ID) == found
        assert find_owner(path) == "this Inspector"
    assert find_owner(path) == ""


def test_what_is_open_is_called_as_it_is_called_now(computer: Computer) -> None:
    computer.put_backup(0, 3)
    found = list_holdings(computer.places, titles={ID: "Typed just now"}).find(ID)
    assert found is not None
    assert found.title == "Typed just now"


def test_a_file_that_another_has_replaced_is_not_claimed(computer: Computer) -> None:
    path = computer.put_file(0)
    computer.put_backup(0, 3)
    path.write_bytes(b"something else altogether")
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    (file,) = found.list_kind("file")
    assert not file.readable


def test_a_journal_that_is_written_says_so(computer: Computer) -> None:
    path = computer.put_file(0)
    journal = Journal.start(computer.places.journals, ID, path, computer.changes[0].id)
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    assert found.is_in_use
    assert not found.is_undecided
    journal.close()
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    assert not found.is_in_use
    assert found.is_undecided


def test_a_rescued_copy_that_was_opened_waits_for_nothing(computer: Computer) -> None:
    path = computer.put_rescued(0, 1)
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    assert found.is_undecided
    note_opened(computer.places.opened, ID, path)
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    assert not found.is_undecided
    assert [copy.kind for copy in found.copies] == ["rescued"]


def put_protected(computer: Computer) -> dict[str, Path]:
    """Put copies of all kinds of an inspection that is protected."""
    whole = {
        "file": computer.put_file(3, 5),
        "rescued": computer.put_rescued(2, 6),
        "backup": computer.put_backup(1, 10),
        "kept": computer.put_kept(0, 11),
    }
    for path in whole.values():
        protect_file(path, KEY)
    journals = computer.places.journals
    Journal.start(journals, ID, whole["file"], computer.changes[3].id, [], KEY).close()
    write_attachment(journals, ID, "0" * 64, b"a photo", KEY)
    (journal,) = journals.glob("*.journal")
    return {**whole, "journal": journal, "attachments": journals / f"{ID}.attachments"}


def test_what_is_protected_is_listed_without_a_name(computer: Computer) -> None:
    put = put_protected(computer)
    before = computer.snapshot()
    holdings = list_holdings(computer.places)
    (found,) = holdings.inspections
    assert found.id == ID
    assert found.protected
    assert found.title == ""
    assert {copy.kind: copy.path for copy in found.copies} == put
    for copy in found.copies:
        # Sealed photos look like anything.
        assert copy.protected == (copy.kind != "attachments")
        assert copy.readable == (copy.kind in {"journal", "attachments"})
    assert computer.snapshot() == before


def test_a_journal_alone_says_whose_it_is_and_that_it_is_protected(computer: Computer) -> None:
    put = put_protected(computer)
    for kind in ("file", "rescued", "backup"):
        put[kind].unlink()
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    assert [(copy.kind, copy.protected) for copy in found.copies] == [
        ("journal", True),
        ("kept", True),
        ("attachments", False),
    ]


def test_what_is_protected_with_another_password_tells_nobody_whose_it_is(
    computer: Computer,
) -> None:
    put_protected(computer)
    other = computer.put(computer.places.backups / "other.inspection", computer.states[0])
    protect_file(other, make_key("meadow", CHEAP))
    found = list_holdings(computer.places).find("")
    assert found is not None
    assert [copy.path for copy in found.copies] == [other]
    assert found.protected


def test_a_protected_file_that_is_open_elsewhere_is_told(computer: Computer) -> None:
    path = put_protected(computer)["file"]
    with owned_elsewhere(path, computer.places.backups, "meadow") as owner:
        found = list_holdings(computer.places).find(ID)
        assert found is not None
        assert found.list_kind("file")[0].protected
        assert find_owner(path)
        assert read_facts(path).readable == "busy"
        owner.kill()
    assert find_owner(path) == ""
    assert read_facts(path).readable == "protected"


def test_a_protected_inspection_is_removed_with_all_its_copies(computer: Computer) -> None:
    put = put_protected(computer)
    found = list_holdings(computer.places).find(ID)
    assert found is not None
    removal = remove_copies(found.copies, computer.places)
    assert not removal.failed
    assert len(removal.removed) == len(put)
    assert not any(path.exists() for path in put.values())


def test_backups_that_cannot_be_read_stay_however_old_they_are(computer: Computer) -> None:
    put_protected(computer)
    before = computer.snapshot()
    remove_expired(computer.places, 1, NOW + timedelta(days=3000))
    assert computer.snapshot() == before


def test_the_changes_of_a_damaged_file_are_not_believed(computer: Computer) -> None:
    path = computer.put_file(3)
    assert read_change_ids(path) == {change.id for change in computer.changes}
    path.write_bytes(computer.states[3][:-4096])
    assert read_change_ids(path) == frozenset()
    assert read_change_ids(computer.documents / "nowhere") == frozenset()


def test_the_note_remembers_files_and_survives_rubbish(tmp_path: Path) -> None:
    folder = tmp_path / "opened"
    for name in ("one", "two", "one"):
        note_opened(folder, ID, tmp_path / name)
    (note,) = list_opened(folder)
    assert [path.rpartition("/")[2].rpartition("\\")[2] for path in note.paths] == ["one", "two"]
    (folder / f"{OTHER}.json").write_text("{ rubbish")
    assert len(list(list_opened(folder))) == 1
    assert read_opened(folder / f"{OTHER}.json") is None
    note_opened(folder / f"{ID}.json", ID, tmp_path)  # a folder that cannot be: no obstacle
    with pytest.raises(ValueError, match="id"):
        note_opened(folder, "../escape", tmp_path)


def test_a_search_can_be_stopped(computer: Computer) -> None:
    computer.put_backup(0, 1)

    class Stop(Exception):
        pass

    def stop(share: float) -> None:
        assert 0 <= share <= 1
        raise Stop

    with pytest.raises(Stop):
        list_holdings(computer.places, tell=stop)


def test_sizes_are_told_as_people_read_them() -> None:
    told = [describe_size(size) for size in (0, 1, 1_499, 999_999, 1_000_000, 3_400_000_000)]
    assert told == ["0 kB", "1 kB", "1 kB", "1000 kB", "1.0 MB", "3.4 GB"]


def test_a_copied_file_counts_as_another_file_of_the_same(computer: Computer, folder: Path) -> None:
    first = computer.put_file(0)
    second = folder / "copied.inspection"
    make_file(second)
    found = list_holdings(computer.places, [second]).find(ID)
    assert found is not None
    assert {copy.path for copy in found.list_kind("file")} == {first, second}
