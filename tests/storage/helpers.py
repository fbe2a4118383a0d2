"""What the storage tests share: a small fictional inspection, and another process that owns it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import apsw
import msgspec

from inspector_app.domain.change import Change
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    Action,
    AnyEntity,
    Attachment,
    Block,
    Details,
    Edition,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Person,
    Section,
    Topic,
)
from inspector_app.domain.inspection import Inspection
from inspector_app.settings import get_journals_folder
from inspector_app.storage.holder import Holder, get_holder_path
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.protecting import rewrite_file
from inspector_app.storage.reading import open_for_reading
from tests.python_process import make_command, make_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from inspector_app.storage.encryption import Key

PHOTO = b"\x89PNG not really a photo" * 500
PHOTO_SHA256 = hashlib.sha256(PHOTO).hexdigest()
CHEAP = 4
"""The cost of a password that nobody is to be kept from guessing; it is kept in the file."""
WHEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def make_entities() -> list[AnyEntity]:
    """Return the parts of a fictional inspection, with a part of nearly every kind."""
    return [
        Details(
            id="root",
            framework="independent_health_2018",
            framework_version="2026-11-22",
            regime="rated",
            state="draft",
            location_name="Little Meadow Clinic",
            provider_name="Meadow Care Limited",
            visit_dates=(datetime(2026, 11, 3, tzinfo=UTC).date(),),
            ratings={"safe": "good"},
        ),
        Section(id="section1", parent="root", section="overall_summary"),
        Block(
            id="block1", parent="section1", position="V", kind="paragraph", text="A & B <C> {{d}}"
        ),
        KeyQuestion(id="kq1", parent="root", position="V", key_question="safe"),
        Topic(id="topic1", parent="kq1", position="V", topic="safety_systems_and_processes"),
        Block(id="block2", parent="topic1", position="F", kind="bullet", text="Łódź – \U0001f600"),
        Block(
            id="block3", parent="topic1", position="V", kind="bullet", level=1, evidence=("note1",)
        ),
        Action(id="action1", parent="root", position="V", strength="should", text="Keep a log."),
        Notice(id="notice1", parent="root", position="V", regulation="hsca_2014_12"),
        EvidenceNote(
            id="note1", parent="root", position="V", text="Seen on site.", attachments=("photo1",)
        ),
        Attachment(
            id="photo1",
            parent="root",
            position="V",
            name="door.png",
            media_type="image/png",
            sha256=PHOTO_SHA256,
        ),
        Person(id="person1", parent="root", position="V", name="Ann Example", role="manager"),
        Edition(id="edition", parent="root", data="{}"),
    ]


def make_inspection() -> tuple[Change, Inspection]:
    """Return the fictional inspection and the change that makes it; always the same."""
    draft = Draft(Inspection())
    draft.create_all(make_entities())
    made = draft.finish("New inspection", "AB")
    return Change(
        id="change1", label=made.label, who="AB", when=WHEN, edits=made.edits
    ), draft.result


def make_file(path: Path, backups: Path | None = None, key: Key | None = None) -> Inspection:
    """Write the fictional inspection to a file, and return it."""
    change, inspection = make_inspection()
    backups = backups or path.parent / "backups"
    create_inspection_file(path, change, inspection, {PHOTO_SHA256: PHOTO}, backups, key)
    return inspection


def change_name(inspection: Inspection, name: str) -> tuple[Change, Inspection]:
    """Return a change of the location's name, and the inspection after it."""
    draft = Draft(inspection)
    draft.set(inspection.id, "location_name", name)
    return draft.finish("Change name", "AB"), draft.result


def leave_in_journal(path: Path, *names: str, key: Key | None = None) -> None:
    """Leave what a session leaves that was killed before its last changes were in the file."""
    with own(path, key) as file:
        changes = []
        inspection = file.inspection
        for name in names:
            change, inspection = change_name(inspection, name)
            changes.append(change)
        folder = get_journals_folder()
        Journal.start(folder, inspection.id, file.path, file.head, changes, key).close()


def leave_open_elsewhere(path: Path, user: str = "Ann") -> None:
    """Leave the note of somebody who has a file open on another computer."""
    since = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    note = Holder(host="LAPTOP-7", user=user, process=12, since=since)
    get_holder_path(path).write_bytes(msgspec.json.encode(note))


def read_all(path: Path, key: Key | None = None) -> tuple[Inspection, list[Change], bytes | None]:
    """Return everything that a look into a file gives."""
    with open_for_reading(path, key) as reader:
        return reader.inspection, list(reader.history()), reader.read_attachment(PHOTO_SHA256)


def edit_sql(path: Path, sql: str, values: tuple[object, ...] = (), key: Key | None = None) -> None:
    """Change a file behind the application's back."""
    connection = apsw.Connection(str(path))
    if key is not None:
        key.unlock(connection)
    connection.execute(sql, values)
    connection.close()


def protect_file(path: Path, key: Key) -> None:
    """Protect a file that nobody has open; its time stays."""
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    protected = path.with_name("protecting.tmp")
    rewrite_file(path, protected, None, key, lambda _: None)
    protected.replace(path)
    os.utime(path, ns=times)


def snapshot(folder: Path) -> Mapping[str, tuple[bytes, int]]:
    """Return bytes and time of every file in a folder."""
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.is_file()
    }


def dump_plain(inspection: Inspection, history: list[Change]) -> bytes:
    """Return an inspection with its history as JSON, in a fixed order."""
    plain = {
        "entities": sorted(msgspec.to_builtins(list(inspection)), key=lambda item: item["id"]),
        "history": msgspec.to_builtins(history),
    }
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


_OWNER = r"""
import sys
from pathlib import Path
from inspector_app.domain.drafting import Draft
from inspector_app.storage.encryption import derive_key
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.schema import read_header

path, protection = Path(sys.argv[1]), read_header(Path(sys.argv[1])).protection
key = derive_key(sys.argv[3], protection, path) if protection else None
file = InspectionFile.open(path, Path(sys.argv[2]), key)
inspection = file.inspection
connection = file._connection
print("open", flush=True)
for line in sys.stdin:
    word, _, rest = line.strip().partition(" ")
    if word == "name":
        draft = Draft(inspection)
        draft.set(inspection.id, "location_name", rest)
        change = draft.finish("Change name")
        file.commit(change, draft.result)
        inspection = draft.result
    elif word == "spill":
        # More pages than the cache holds: SQLite writes some of them before the end.
        connection.pragma("cache_size", 5)
        connection.pragma("cache_spill", 5)
        connection.execute("BEGIN")
        connection.execute("UPDATE entity SET body = replace(body, 'Little', 'Spilled')")
        for number in range(50):
            connection.execute(
                "INSERT INTO attachment VALUES (?, 9000, zeroblob(9000))", (f"{number:064}",)
            )
            connection.execute("UPDATE attachment SET bytes = zeroblob(9001)")
    elif word == "close":
        file.close()
    print("done", flush=True)
"""


class Owner:
    """Another process that owns an inspection file, and does as it is told."""

    def __init__(self, path: Path, backups: Path, password: str = "") -> None:
        self.process = subprocess.Popen(  # noqa: S603
            make_command(_OWNER, path, backups, password),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=make_environment(),
        )
        try:
            self._expect("open")
        except AssertionError:
            self.kill()
            raise

    def tell(self, order: str) -> None:
        """Give an order and wait until it is done."""
        assert self.process.stdin is not None
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        self._expect("done")

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.process.kill()
        self.end()

    def end(self) -> None:
        """Let the process end; it closes nothing by itself."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def _expect(self, word: str) -> None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.strip() == word, line


@contextlib.contextmanager
def owned_elsewhere(path: Path, backups: Path | None = None, password: str = "") -> Iterator[Owner]:
    """Have another process own a file."""
    owner = Owner(path, backups or path.parent / "backups", password)
    try:
        yield owner
    finally:
        owner.kill()


def own(path: Path, key: Key | None = None) -> InspectionFile:
    """Open a file for writing in this process."""
    return InspectionFile.open(path, path.parent / "backups", key)
