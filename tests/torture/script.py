"""A session that does all that the storage does, with what it promises noted beside the record."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, TypeVar

import apsw

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.domain.ids import new_id
from inspector_app.errors import FileProblem
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import apply_left_changes, take_left_changes
from inspector_app.storage.trouble import Trouble
from inspector_app.storage.two_copies import TwoCopies
from tests.storage.helpers import change_name, make_file, make_inspection
from tests.torture.driver import take_digest
from tests.torture.recording import no_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.recovery import LeftChanges
    from tests.torture.recording import Recorder

_Result = TypeVar("_Result")


class Promises:
    """The states of an inspection, and what was promised about them at which step."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self._begun: list[tuple[int, int]] = []
        self._kept: list[tuple[int, int]] = []

    def begin(self, at: int, inspection: Inspection) -> None:
        """From here on the disk may have this state."""
        self.states.append(take_digest(inspection))
        self._begun.append((at, len(self.states) - 1))

    def keep(self, at: int) -> None:
        """From here on the disk must have the latest state."""
        self._kept.append((at, len(self.states) - 1))

    @property
    def points(self) -> list[int]:
        """The steps at which something was promised."""
        return [at for at, _ in self._kept]

    def judge(self, at: int, found: list[str]) -> None:
        """Hold what was found on the disk after so many steps against what was promised.

        Args:
            at: The steps.
            found: The states in the inspection's files; the latest one counts.
        """
        least = max((state for step, state in self._kept if step <= at), default=-1)
        most = max((state for step, state in self._begun if step <= at), default=-1)
        assert set(found) <= set(self.states), f"step {at}: a state that there never was"
        state = max((self.states.index(item) for item in found), default=-1)
        assert least <= state <= most, f"step {at}: state {state}, not from {least} to {most}"


class Script:
    """Somebody who works on a file, through the storage itself, and whom nothing stops."""

    def __init__(self, root: Path, recorder: Recorder, promises: Promises) -> None:
        self.path = root / "inspections" / "clinic.inspection"
        self.journals = root / "state" / "journals"
        self.backups = root / "state" / "backups"
        self.rescue = root / "state" / "rescued"
        self.copy = root / "elsewhere" / "copy.inspection"
        self._recorder = recorder
        self._promises = promises
        self._copies: TwoCopies | None = None
        self._left: LeftChanges | None = None
        self.inspection: Inspection

    @property
    def copies(self) -> TwoCopies:
        """File and journal, open."""
        assert self._copies is not None
        return self._copies

    def run(self) -> None:
        """Do all of it."""
        self.create()
        self.work()
        self.close()

    def create(self) -> None:
        """Make the file, and another that copies are to replace."""
        self._begin(make_inspection()[1])
        self._insist(lambda: make_file(self.path, self.backups))
        self._promises.keep(len(self._recorder.log))
        self._insist(lambda: make_file(self.copy, self.backups))

    def work(self) -> None:
        """Open it, and do what people do."""
        self.open()
        self.name("Mill", "Lane")
        self.write()
        self.name("Wood")
        self.write()
        self.add_photo(b"\x89PNG" * 6000)
        self.write()
        self.note("œdema " * 3000)
        self.back_up()
        self.save_copy()
        self.name("Hill", "Dale")
        self.break_off()
        self.open()
        self.bring_back()
        self.name("Moor")
        self.write()
        self.name("Fell")
        self.add_photo_beside(b"GIF" * 2000)
        self.go_beside()
        self.name("Tarn")
        self.write()

    def open(self) -> None:
        """Open the file."""
        file = self._insist(lambda: InspectionFile.open(self.path, self.backups))
        self.inspection = file.inspection
        self._left = take_left_changes(self.journals, self.inspection.id, file.path, file.read_ids)
        self._copies = TwoCopies(file, self.journals, self.backups)

    def name(self, *names: str) -> None:
        """Change the name, once or more."""
        for name in names:
            change, self.inspection = change_name(self.inspection, name)
            self.take(change)

    def note(self, text: str) -> None:
        """Take a note."""
        draft = Draft(self.inspection)
        place = draft.position_at_end("root", EvidenceNote)
        draft.create(EvidenceNote(id=new_id(), parent="root", position=place, text=text))
        change, self.inspection = draft.finish("Add note"), draft.result
        self.take(change)

    def add_photo(self, data: bytes) -> None:
        """Add a photo; where its bytes find no place, there is none."""
        with contextlib.suppress(FileProblem):
            sha256 = self.copies.add_attachment(data)
            assert sha256 == hashlib.sha256(data).hexdigest()
            draft = Draft(self.inspection)
            place = draft.position_at_end("root", Attachment)
            draft.create(
                Attachment(
                    id=new_id(), parent="root", position=place, name="door", sha256=sha256,
                    media_type="image/png",
                )
            )  # fmt: skip
            change, self.inspection = draft.finish("Add photo"), draft.result
            self.take(change)

    def add_photo_beside(self, data: bytes) -> None:
        """Add a photo while the file is out of reach: its bytes wait beside the journal."""
        self.copies.trouble = Trouble("the folder is gone", "")
        self.add_photo(data)

    def go_beside(self) -> None:
        """Go on in another file, as when something else has taken the place of ours."""
        self._insist(lambda: self.copies.go_beside(self.rescue))
        self._promises.keep(len(self._recorder.log))

    def take(self, change: Change) -> None:
        """Hand a change over; in the journal, it is safe."""
        self._begin(self.inspection)
        self.copies.take([change], self.inspection)
        if not self.copies.journal_trouble:
            self._promises.keep(len(self._recorder.log))

    def write(self) -> bool:
        """Write what waits; in the file, it is safe."""
        done = self.copies.write()
        assert done == (self.copies.trouble is None)
        assert done or self.copies.copies < 2
        if done:
            assert not self.copies.waits
            self._promises.keep(len(self._recorder.log))
        return done

    def back_up(self) -> None:
        """Make a backup while changes are written."""
        if self.copies.file is None:
            return
        target = self.backups / "root" / "20261124T140322Z-x.inspection"
        with contextlib.suppress(FileProblem):
            backup = self.copies.file.start_backup(target)
            try:
                backup.step(3)
                self.name("Beck")
                self.write()
                while not backup.step(20):
                    pass
            except BaseException:
                backup.abandon()
                raise
            backup.finish()

    def save_copy(self) -> None:
        """Save a copy in place of another file."""
        with contextlib.suppress(FileProblem):
            self.copies.write_copy(self.copy, self.backups)

    def break_off(self) -> None:
        """End as a process does that is killed."""
        self.copies._let_go(keep_journal=True)  # noqa: SLF001
        self._copies = None

    def bring_back(self) -> None:
        """Make the changes again that are not in the file, as the window does when it is told."""
        if self._left is None:
            return
        for change in self._left.changes:
            self.inspection = self.inspection.apply(change)
            for edit in change.edits:
                part = self.inspection.find(edit.entity)
                if isinstance(part, Attachment) and not self.copies.read_attachment(part.sha256):
                    data = self._left.read_attachment(part.sha256)
                    assert data is not None
                    self.copies.add_attachment(data)
            self.copies.take([change], self.inspection)
        self.copies.write()
        if self.copies.copies:
            self._left.remove()
            self._left = None

    def close(self) -> None:
        """Close everything."""
        if self._copies is not None:
            self._copies.close()
            self._copies = None

    def _begin(self, inspection: Inspection) -> None:
        self._promises.begin(len(self._recorder.log), inspection)

    def _insist(self, do: Callable[[], _Result]) -> _Result:
        """Do something that a person would try again, once the fault is over."""
        try:
            return do()
        except FileProblem:
            self._recorder.fault = no_fault
            return do()


def look(script: Script) -> list[str]:
    """Return the states that the storage finds: in the file, and in those it went on in.

    Everything that lies there must be whole and must open.
    """
    for folder in (script.backups, script.copy.parent):
        for path in folder.rglob("*.inspection"):
            with open_for_reading(path) as reader:
                assert list(reader.history())
    files = [*script.path.parent.glob("*.inspection"), *script.rescue.glob("*.inspection")]
    return [_look_into(path, script) for path in files]


def _look_into(path: Path, script: Script) -> str:
    with InspectionFile.open(path, script.backups) as file:
        inspection = file.inspection
        left = take_left_changes(script.journals, inspection.id, file.path, file.read_ids)
        if left is not None:
            inspection, refused = apply_left_changes(left, inspection)
            assert not refused, "the journal does not fit the file"
        for item in inspection.all(Attachment):
            data = file.read_attachment(item.sha256)
            if data is None and left is not None:
                data = left.read_attachment(item.sha256)
            assert data is not None, "the bytes of a photo are missing"
        ids = list(file.read_ids())
        assert len(ids) == len(set(ids))
    connection = apsw.Connection(str(path))
    try:
        assert connection.pragma("integrity_check") == "ok"
    finally:
        connection.close()
    return take_digest(inspection)
