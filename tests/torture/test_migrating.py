"""A migration that breaks off leaves the old file or the new, and a copy of the old."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from inspector_app.storage import inspection_file, new_files, reading, schema
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import make_file, make_inspection
from tests.torture.breaking import make_folder_in_memory
from tests.torture.disks import crash, cut_power
from tests.torture.recording import Recorder

if TYPE_CHECKING:
    from tests.torture.disks import Disk

pytestmark = pytest.mark.skipif(os.name != "posix", reason="how POSIX systems write")


def _add_table(connection: apsw.Connection) -> None:
    connection.execute("CREATE TABLE extra (id TEXT PRIMARY KEY) STRICT")
    connection.execute("INSERT INTO extra SELECT id FROM entity")


def _lift(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _add_table))
    for module in (schema, inspection_file, new_files, reading):
        monkeypatch.setattr(module, "FORMAT", len(schema.MIGRATIONS))


def test_a_migration_that_breaks_off_is_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with make_folder_in_memory() as folder:
        root = Path(folder).resolve()
        path, backups = root / "clinic.inspection", root / "backups"
        old = schema.FORMAT
        make_file(path, backups)
        _lift(monkeypatch)
        recorder = Recorder(root)
        formats = set()
        with recorder:
            InspectionFile.open(path, backups).close()
            log = list(recorder.log)
            start = recorder.start
            for at in range(0, len(log) + 1, 2):
                chance = random.Random(at)  # noqa: S311
                disks: list[Disk] = [
                    crash(start, log, at),
                    crash(start, log, at, 0.5),
                    *(cut_power(start, log, at, luck, chance) for luck in ("none", "some", "some")),
                ]
                for disk in disks:
                    disk.lay_out(root)
                    recorder.restart()
                    formats.add(_judge(path, backups, old))
    assert formats == {old, old + 1}


def _judge(path: Path, backups: Path, old: int) -> int:
    """See that all is whole, and return the format that the file had."""
    connection = apsw.Connection(str(path))
    format_ = int(connection.pragma("user_version"))
    assert connection.pragma("integrity_check") == "ok"
    connection.close()
    copies = list(backups.glob("*.inspection")) if backups.exists() else []
    assert copies or format_ == old, "migrated without a copy of the old file"
    for copy in copies:
        with open_for_reading(copy) as reader:
            assert reader.inspection == make_inspection()[1]
    with InspectionFile.open(path, backups) as file:
        assert file.inspection == make_inspection()[1]
    return format_
