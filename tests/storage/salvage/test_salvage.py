"""Damaged files of every kind are salvaged: what is saved is right, what is not is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.document.salvaging import make_stand_in
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Block, EvidenceNote
from inspector_app.errors import FileProblem, InspectionInUse, NotAnInspection
from inspector_app.settings import get_journals_folder
from inspector_app.storage.automatic import make_backup_path
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.salvage.planting import SALVAGED
from inspector_app.storage.salvage.writing import SalvageFolders, salvage_inspection
from tests.storage.helpers import (
    PHOTO,
    PHOTO_SHA256,
    WHEN,
    change_name,
    edit_sql,
    leave_in_journal,
    own,
    owned_elsewhere,
    read_all,
    snapshot,
)

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.salvage.report import SalvageReport

PAGE = 4096
DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def worked_on(clinic: Path) -> Path:
    """A file with a history: texts changed, a note made, another deleted."""
    with own(clinic) as file:
        inspection = file.inspection
        for name in ("Mill", "Lane", "Wood"):
            change, inspection = change_name(inspection, name)
            file.commit(change, inspection)
        draft = Draft(inspection)
        draft.set("block2", "text", "Drills were held. " * 400)
        draft.create(EvidenceNote(id="note2", parent="root", position="W", text="Log seen."))
        draft.delete("action1")
        file.commit(draft.finish("Work"), draft.result)
    return clinic


def salvage(path: Path) -> tuple[SalvageReport, Inspection]:
    """Salvage a file, and return the list and what is in the new file; the old one is as it was."""
    before = snapshot(path.parent)
    target = path.with_name("new.inspection")
    report = salvage_inspection(path, target, _folders(path), make_stand_in)
    with open_for_reading(target) as reader:
        inspection = reader.inspection
        assert len(list(reader.history())) >= 1
    with own(target) as file:
        file.commit(*change_name(file.inspection, "Going on"))
    target.unlink()
    assert snapshot(path.parent) == before
    return report, inspection


def _folders(path: Path) -> SalvageFolders:
    return SalvageFolders(path.parent.parent / "backups", get_journals_folder())


def _zero(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(data)


def _page_of(path: Path, mark: bytes) -> int:
    return path.read_bytes().index(mark) // PAGE


def test_a_whole_file_comes_out_whole_with_its_history(worked_on: Path) -> None:
    inspection, history, _ = read_all(worked_on)
    report, found = salvage(worked_on)
    assert found == inspection
    assert report.is_whole
    assert report.history == len(history) == 5


def test_the_history_goes_on_where_it_was(worked_on: Path) -> None:
    _, history, photo = read_all(worked_on)
    target = worked_on.with_name("new.inspection")
    salvage_inspection(worked_on, target, _folders(worked_on), make_stand_in)
    _, salvaged, same_photo = read_all(target)
    assert salvaged[:-1] == history
    assert salvaged[-1].label == "Salvaged from “clinic.inspection”"
    assert same_photo == photo == PHOTO


def test_any_page_may_be_lost(worked_on: Path) -> None:
    inspection = read_all(worked_on)[0]
    whole = worked_on.read_bytes()
    for page in range(len(whole) // PAGE):
        worked_on.write_bytes(whole)
        _zero(worked_on, page)
        report, found = salvage(worked_on)
        # Parts lie in their rows and in the history: one page takes neither with the other.
        assert {part.id for part in found} == {part.id for part in inspection}, page
        told = {item.id for item in (*report.doubtful, *report.lost)}
        assert all(part == found.find(part.id) or part.id in told for part in inspection), page


@pytest.mark.parametrize("part", [0.75, 0.9])
def test_a_file_that_was_cut_off(worked_on: Path, part: float) -> None:
    data = worked_on.read_bytes()
    worked_on.write_bytes(data[: int(len(data) * part)])
    report, found = salvage(worked_on)
    assert not report.is_whole
    assert len(found) > 1


def test_without_its_beginning(worked_on: Path) -> None:
    inspection = read_all(worked_on)[0]
    data = worked_on.read_bytes()
    worked_on.write_bytes(bytes(100) + data[100:])
    _, found = salvage(worked_on)
    assert found == inspection


def test_a_text_editor_has_put_its_mark_in_front(worked_on: Path) -> None:
    inspection = read_all(worked_on)[0]
    worked_on.write_bytes(b"\xef\xbb\xbf" + worked_on.read_bytes())
    _, found = salvage(worked_on)
    assert found == inspection


def test_what_a_crash_left_half_written_is_undone_first(clinic: Path) -> None:
    inspection = read_all(clinic)[0]
    with owned_elsewhere(clinic) as owner:
        owner.tell("spill")
        owner.kill()
    _, found = salvage(clinic)
    assert found == inspection


def test_an_altered_letter_is_put_right_from_the_history(worked_on: Path) -> None:
    inspection = read_all(worked_on)[0]
    edit_sql(worked_on, "UPDATE entity SET body = replace(body, 'Wood', 'Food')")
    with pytest.raises(NotAnInspection, match="was changed"):
        own(worked_on)
    report, found = salvage(worked_on)
    assert found == inspection
    assert [item.id for item in report.rebuilt] == ["root"]
    assert report.is_whole


def test_an_altered_letter_that_nothing_puts_right_is_told(worked_on: Path) -> None:
    edit_sql(
        worked_on, "UPDATE entity SET body = replace(body, 'Wood', 'Food'); DELETE FROM change"
    )
    report, found = salvage(worked_on)
    assert found.details.location_name == "Food"
    assert [item.id for item in report.doubtful] == ["root"]
    assert report.lost_changes == 5


def test_rows_that_are_gone_come_from_the_history(worked_on: Path) -> None:
    inspection = read_all(worked_on)[0]
    edit_sql(worked_on, "DELETE FROM entity")
    report, found = salvage(worked_on)
    assert found == inspection
    assert len(report.rebuilt) == len(inspection)


@pytest.mark.parametrize(
    ("sql", "kept"),
    [
        # A topic is gone: its bullets become notes.
        ("DELETE FROM entity WHERE id = 'topic1'", "Drills were held."),
        # A bullet says that it stands below a photo.
        (
            "UPDATE entity SET parent = 'photo1', body = json_set(body, '$.parent', 'photo1') "
            "WHERE id = 'block1'",
            "A & B <C> {{d}}",
        ),
        # Only the text of a row can be read.
        ("UPDATE entity SET body = replace(body, '\"kind\":', '') WHERE id = 'block1'", "A & B"),
    ],
)
def test_texts_without_a_place_become_notes(worked_on: Path, sql: str, kept: str) -> None:
    edit_sql(worked_on, sql)
    edit_sql(worked_on, "DELETE FROM change; DELETE FROM seal")
    report, found = salvage(worked_on)
    notes = [note.text for note in found.all(EvidenceNote) if SALVAGED in note.tags]
    assert any(text.startswith(kept) for text in notes)
    assert report.moved
    assert report.uncounted


def test_strange_ids_and_places_are_put_right(worked_on: Path) -> None:
    edit_sql(
        worked_on,
        "UPDATE entity SET id = 'a b<', body = json_set(body, '$.id', 'a b<') WHERE id = 'topic1';"
        "UPDATE entity SET parent = 'a b<', body = json_set(body, '$.parent', 'a b<')"
        " WHERE parent = 'topic1';"
        "UPDATE entity SET body = json_set(body, '$.position', '!') WHERE id = 'block1';"
        "DELETE FROM change",
    )
    _, found = salvage(worked_on)
    assert len([part for part in found if isinstance(part, Block)]) == 3
    block = found.get("block2", Block)
    assert found.find(block.parent) is not None


def test_links_to_what_is_gone_are_cut(worked_on: Path) -> None:
    edit_sql(worked_on, "DELETE FROM entity WHERE id = 'note1'; DELETE FROM change")
    report, found = salvage(worked_on)
    assert found.get("block3", Block).evidence == ()
    assert report.lost_parts == 1


def test_lost_details_get_a_stand_in_of_the_same_framework(worked_on: Path) -> None:
    # A topic that no other framework has.
    edit_sql(
        worked_on,
        "DELETE FROM entity WHERE id = 'root'; DELETE FROM change;"
        "UPDATE entity SET body = "
        "replace(body, 'safety_systems_and_processes', 'risks_to_patients')",
    )
    report, found = salvage(worked_on)
    assert report.made_details
    assert found.id == "root"
    assert found.details.framework == "independent_health_2018"
    assert not report.moved


def test_a_history_whose_end_may_be_lost_is_not_called_whole(worked_on: Path) -> None:
    # The last change, what it altered, and what counts the changes.
    edit_sql(
        worked_on,
        "DELETE FROM change WHERE number = 5; DELETE FROM seal;"
        "DELETE FROM entity WHERE id IN ('block2', 'note2')",
    )
    report, _ = salvage(worked_on)
    assert report.unproved
    assert report.uncounted
    assert not report.is_whole


# -- photos


def test_a_lost_photo_comes_from_a_backup_or_is_told(worked_on: Path) -> None:
    with own(worked_on) as file:
        target = make_backup_path(_folders(worked_on).backups, "root", file.head, WHEN)
        backup = file.start_backup(target)
        backup.step()
        backup.finish()
    edit_sql(worked_on, "UPDATE attachment SET bytes = zeroblob(size)")
    report, _ = salvage(worked_on)
    assert report.is_whole
    assert report.backup == str(target)
    target.unlink()
    report, _ = salvage(worked_on)
    assert [item.kind for item in report.lost] == ["attachment"]
    assert report.lost[0].text == "door.png"
    assert not report.is_whole


def test_a_photo_whose_index_is_gone_is_found(clinic: Path) -> None:
    with own(clinic) as file:
        assert file.read_attachment(PHOTO_SHA256) == PHOTO
    _zero(clinic, _page_of(clinic, b"sqlite_autoindex_attachment_1") or 1)
    target = clinic.with_name("new.inspection")
    salvage_inspection(clinic, target, _folders(clinic), make_stand_in)
    assert read_all(target)[2] == PHOTO


# -- the journal


def test_what_only_the_journal_has_is_in_the_new_file(worked_on: Path) -> None:
    leave_in_journal(worked_on, "In the journal")
    edit_sql(worked_on, "UPDATE entity SET body = 'no json' WHERE id = 'block1'")
    report, found = salvage(worked_on)
    assert found.details.location_name == "In the journal"
    assert report.from_journal == 1


def test_a_journal_fills_a_gap_in_the_history(worked_on: Path) -> None:
    inspection = read_all(worked_on)[0]
    _, history, _ = read_all(worked_on)
    from inspector_app.storage.journal import Journal

    Journal.start(get_journals_folder(), "root", worked_on, history[0].id, history[1:]).close()
    edit_sql(worked_on, "DELETE FROM change WHERE number IN (2, 3); DELETE FROM entity")
    report, found = salvage(worked_on)
    assert found == inspection
    assert report.lost_changes == 0
    assert report.history == 5


def test_a_journal_of_another_file_is_left_alone(worked_on: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    twin = other / "twin.inspection"
    twin.write_bytes(worked_on.read_bytes())
    leave_in_journal(twin, "Of the twin")
    report, found = salvage(worked_on)
    assert found.details.location_name == "Wood"
    assert report.from_journal == 0


# -- older files, other files


def test_a_damaged_file_of_the_first_format(folder: Path) -> None:
    path = folder / "old.inspection"
    path.write_bytes((DATA / "format-1.inspection").read_bytes())
    inspection = read_all(path)[0]
    edit_sql(path, "DELETE FROM entity WHERE id = 'topic1'")
    with pytest.raises(NotAnInspection):
        own(path)
    report, found = salvage(path)
    assert found == inspection
    assert [item.id for item in report.rebuilt] == ["topic1"]


def test_without_checksums_a_text_that_differs_from_the_history_is_told(folder: Path) -> None:
    path = folder / "old.inspection"
    path.write_bytes((DATA / "format-1.inspection").read_bytes())
    edit_sql(path, "UPDATE entity SET body = replace(body, 'Little', 'Tittle')")
    before = snapshot(folder)
    with pytest.raises(NotAnInspection):
        own(path)
    assert snapshot(folder) == before
    report, _ = salvage(path)
    assert [item.id for item in report.doubtful] == ["root"]


@pytest.mark.parametrize("data", [b"", bytes(9000), b"Dear inspector" * 500, b"SQLite format 3\0"])
def test_nothing_of_an_inspection(folder: Path, data: bytes) -> None:
    path = folder / "strange.inspection"
    path.write_bytes(data)
    with pytest.raises(NotAnInspection, match="has not been changed"):
        salvage(path)
    assert [item.name for item in folder.iterdir()] == ["strange.inspection"]


def test_nothing_is_written_over_and_no_owned_file_is_touched(worked_on: Path) -> None:
    target = worked_on.with_name("there.inspection")
    target.write_bytes(b"mine")
    with pytest.raises(FileProblem, match="is there already"):
        salvage_inspection(worked_on, target, _folders(worked_on), make_stand_in)
    assert target.read_bytes() == b"mine"
    with own(worked_on), pytest.raises(InspectionInUse):
        salvage(worked_on)


def test_stopping_leaves_nothing(worked_on: Path) -> None:
    def stop(_text: str, _share: float | None) -> None:
        raise KeyboardInterrupt

    target = worked_on.with_name("new.inspection")
    with pytest.raises(KeyboardInterrupt):
        salvage_inspection(worked_on, target, _folders(worked_on), make_stand_in, stop)
    assert [item.name for item in worked_on.parent.iterdir()] == [worked_on.name]
