"""What must hold of a damaged file, whatever the damage: opened whole, or told what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from inspector_app.content.importing import import_content
from inspector_app.content.writing import write_content
from inspector_app.document.damaged import unlock_damaged
from inspector_app.document.salvaging import make_stand_in
from inspector_app.domain.drafting import Draft
from inspector_app.errors import InspectorError, NewerInspection, NotAnInspection
from inspector_app.files import follow_links
from inspector_app.settings import get_journals_folder
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import read_journal
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import apply_left_changes, find_left_changes, take_left_changes
from inspector_app.storage.salvage.protections import find_protections
from inspector_app.storage.salvage.replaying import list_states
from inspector_app.storage.salvage.writing import SalvageFolders, salvage_inspection
from tests.storage.helpers import snapshot
from tests.torture.originals import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.salvage.report import SalvageReport
    from tests.torture.originals import FileOriginal, JournalOriginal

WHOLE = "opened whole"
REPORTED = "reported"
SALVAGED = "reported, salvaged whole"
PARTLY = "reported, salvaged in part"
NOTHING = "reported, nothing to salvage"
OUTCOMES = (WHOLE, REPORTED, SALVAGED, PARTLY, NOTHING)
_PLAIN = b'"entity":"'
"""Stands in each row of an inspection, and in each change."""
_LINKS = ("evidence", "attachments", "position")
"""What salvage may change in a part that it keeps: links to parts that are gone, and its order."""


def judge_file(path: Path, original: FileOriginal) -> str:
    """Look into a file that was damaged, open it, go on writing, salvage it.

    Raises:
        AssertionError: It was altered by looking, or is silently another.
    """
    before = snapshot(path.parent)
    read = _look(path, original)
    assert snapshot(path.parent) == before, "looking altered something"
    outcome = _open(path, original, before)
    if original.key is not None:
        refuse_plain(path.parent.parent)
    if read is not None or outcome is WHOLE:
        # Who only looks may see a file whose free pages are damaged, and which is not written.
        return outcome or REPORTED
    assert snapshot(path.parent) == before, "refusing altered something"
    result = _salvage(path, original)
    if original.key is not None:
        refuse_plain(path.parent.parent)
    after = {name: what for name, what in snapshot(path.parent).items() if name in before}
    assert after == before, "salvaging altered something"
    return result


def _look(path: Path, original: FileOriginal) -> bool | None:
    """Read everything; return None where that is refused."""
    try:
        with open_for_reading(path, original.key) as reader:
            assert reader.inspection == original.inspection, "silently another inspection"
            assert list(reader.history()) == original.history, "silently another history"
            for line, change in zip(
                reader.history_lines(), reversed(original.history), strict=True
            ):
                assert (line.id, line.label) == (change.id, change.label), "another history line"
            for sha256, data in original.photos.items():
                try:
                    assert reader.read_attachment(sha256) == data, "silently another photo"
                except InspectorError:
                    continue
    except NewerInspection:
        _look_as_newer(path, original.key)
        return None
    except InspectorError:
        return None
    return True


def _look_as_newer(path: Path, key: Key | None) -> None:
    """Read what a damaged number calls a file of a newer version, as the window shows it."""
    try:
        with open_for_reading(path, key, newer=True) as reader:
            assert "newer version" in reader.note, "shown as one of ours"
    except InspectorError:
        return


def _open(path: Path, original: FileOriginal, before: object) -> str | None:
    """Open a file as the window does, write into it and read it again; None: it is refused."""
    try:
        file = InspectionFile.open(path, path.parent.parent / "backups", original.key)
    except InspectorError:
        assert snapshot(path.parent) == before, "refusing altered something"
        return None
    with file:
        assert file.inspection == original.inspection, "opened as another inspection"
        take_left_changes(
            get_journals_folder(), file.inspection.id, file.path, file.read_ids, original.key
        )
        draft = Draft(file.inspection)
        draft.set(file.inspection.id, "location_name", "Written after the damage. " * 200)
        change = draft.finish("Go on")
        file.commit(change, draft.result)
        file.add_attachment(b"photo" * 3000)
    with open_for_reading(path, original.key) as reader:
        assert reader.inspection == draft.result, "what was written came back as another"
        assert list(reader.history()) == [*original.history, change], "history is another"
    return WHOLE


def _salvage(path: Path, original: FileOriginal) -> str:
    target = path.with_name("salvaged.inspection")
    folders = SalvageFolders(path.parent.parent / "backups", get_journals_folder())
    try:
        key = _find_key(path, folders) if original.key is not None else None
    except InspectorError:
        return REPORTED

    def tell(_text: str, _share: float | None) -> None:
        if key is not None:
            refuse_plain(path.parent.parent)

    try:
        report = salvage_inspection(path, target, folders, make_stand_in, tell, key)
    except NotAnInspection:
        return NOTHING
    except InspectorError:
        return REPORTED
    try:
        with open_for_reading(target, key) as reader:
            assert reader.key == key, "salvage dropped the password"
            found = {entity.id: entity for entity in reader.inspection}
            list(reader.history())
        _judge_salvaged(report, found, original)
    finally:
        target.unlink()
    return SALVAGED if report.is_whole else PARTLY


def _find_key(path: Path, folders: SalvageFolders) -> Key | None:
    """Return the key of a protected file as the window and the command line find it."""
    protections = find_protections(path, folders)
    return unlock_damaged(path, protections, PASSWORD) if protections else None


def refuse_plain(folder: Path) -> None:
    """Look for anything of an inspection in the clear in a folder, and what is below."""
    for path in folder.rglob("*"):
        if path.is_file():
            assert _PLAIN not in path.read_bytes(), f"in the clear: {path.name}"


def _judge_salvaged(
    report: SalvageReport, found: dict[str, AnyEntity], original: FileOriginal
) -> None:
    """Hold what was salvaged against what there was: each difference must be in the report."""
    told = {item.id for item in (*report.doubtful, *report.moved, *report.lost)}
    if report.made_details:
        told.add(original.inspection.id)
    missing = 0
    for entity in original.inspection:
        other = found.get(entity.id)
        if other is None:
            missing += entity.id not in told
        elif _strip(other) != _strip(entity):
            states = list_states(original.history, {entity.id})[entity.id]
            earlier = report.unproved and _strip(other) in map(_strip, states)
            assert entity.id in told or earlier, f"salvage silently altered {entity.id}"
    unknown = report.lost_parts + bool(report.lost_changes) * missing + len(report.moved)
    assert missing <= unknown or report.uncounted, f"salvage silently lost {missing} parts"
    if report.is_whole:
        assert not missing, "called whole, and is not"


def _strip(entity: AnyEntity) -> dict[str, object]:
    plain = msgspec.to_builtins(entity)
    return {name: value for name, value in plain.items() if name not in _LINKS}


def judge_journal(path: Path, journal: Path, original: JournalOriginal) -> str:
    """Read a damaged journal of a whole file; what comes out is a beginning, or is told."""
    key = original.file.key
    data, changes = journal.read_bytes(), original.changes
    content = read_journal(journal, key)
    if content is not None:
        assert content.changes == changes[: len(content.changes)], "another chain"
        short = len(content.changes) < len(changes)
        assert not short or content.damaged or original.data.startswith(data), "silently short"
    real = follow_links(path)
    with open_for_reading(path, key) as reader:
        inspection = reader.inspection
        left = find_left_changes(get_journals_folder(), inspection.id, real, reader.read_ids, key)
    assert journal.read_bytes() == data, "looking altered the journal"
    if left is not None:
        _, refused = apply_left_changes(left, inspection)
        assert not refused, "offered what does not fit"
    with InspectionFile.open(path, path.parent.parent / "backups", key) as file:
        taken = take_left_changes(
            get_journals_folder(), inspection.id, file.path, file.read_ids, key
        )
    assert (taken is None) == (left is None)
    kept = [item.read_bytes() for item in get_journals_folder().iterdir()]
    if taken is None:
        # Nothing is told only of one that ends behind its header, as a new one does.
        assert content is not None
        assert not content.damaged
        assert not content.changes
        return REPORTED
    assert data in kept, "deleted"
    return WHOLE if taken.changes == changes and not taken.damaged else REPORTED


def judge_content(data: bytes) -> str:
    """Import damaged content: all of it, the same each time it goes out and in, or its faults."""
    try:
        imported = import_content(data, "fuzz.json", None)
    except InspectorError:
        return REPORTED
    again = write_content(imported.inspection, imported.attachments.get)
    back = import_content(again, "fuzz.json", None)
    assert write_content(back.inspection, back.attachments.get) == again, "another each time"
    return WHOLE
