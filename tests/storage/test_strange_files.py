"""Files that are damaged, hostile or something else: a message, and not a byte altered."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import apsw
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspector_app.errors import FileProblem, NewerInspection, NotAnInspection
from inspector_app.storage.schema import FORMAT
from tests.storage.helpers import (
    PHOTO_SHA256,
    edit_sql,
    make_file,
    make_inspection,
    own,
    read_all,
    snapshot,
)

if TYPE_CHECKING:
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection


def look(path: Path) -> tuple[Inspection, list[Change]] | None:
    """Read everything and open for writing; either works or says why, and alters nothing."""
    before = snapshot(path.parent)
    found: tuple[Inspection, list[Change]] | None = None
    for attempt in (_read, _write):
        try:
            found = attempt(path)
        except FileProblem as error:
            message = str(error)
            assert path.name in message or "attachment" in message
            assert "\n" not in message
        else:
            if attempt is _write:
                # SQLite may set the header's own counters right when somebody owns the file.
                assert found == _read(path)
                continue
        assert snapshot(path.parent) == before
    return found


def _read(path: Path) -> tuple[Inspection, list[Change]]:
    inspection, history, _ = read_all(path)
    return inspection, history


def _write(path: Path) -> tuple[Inspection, list[Change]]:
    with own(path) as file:
        history = list(file.history())
        file.read_attachment(PHOTO_SHA256)
        return file.inspection, history


def assert_refused(
    path: Path, words: str = "has not been changed", kind: type[FileProblem] = NotAnInspection
) -> None:
    before = snapshot(path.parent)
    for attempt in (_read, _write):
        with pytest.raises(kind, match=words):
            attempt(path)
    assert snapshot(path.parent) == before


# -- something else


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear inspector,\n", "is not an inspection file"),
        (b"{}", "is not an inspection file"),
        (b"PK\x03\x04" + bytes(5000), "is not an inspection file"),
        (b"SQLite format 3\0", "is not an inspection file"),
        (b"SQLite format 3\0" + bytes(84), "is a database, but not an inspection"),
        (b"\xff" * 100_000, "is not an inspection file"),
    ],
)
def test_foreign_files(folder: Path, content: bytes, words: str) -> None:
    path = folder / "strange.inspection"
    path.write_bytes(content)
    assert_refused(path, words)


def test_a_database_of_another_program(folder: Path) -> None:
    path = folder / "strange.inspection"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE entity (id, kind, parent, body)")
    connection.close()
    assert_refused(path, "is a database, but not an inspection")


@pytest.mark.parametrize("version", [FORMAT + 1, FORMAT + 2, 1000, 2**31 - 1])
def test_a_newer_format(clinic: Path, version: int) -> None:
    edit_sql(clinic, f"PRAGMA user_version = {version}")
    assert_refused(clinic, "newer version of Inspector", NewerInspection)


@pytest.mark.parametrize("version", [0, -1, -(2**31)])
def test_a_format_that_never_was(clinic: Path, version: int) -> None:
    edit_sql(clinic, f"PRAGMA user_version = {version}")
    assert_refused(clinic)


def test_a_file_that_asks_for_wal(clinic: Path) -> None:
    edit_sql(clinic, "PRAGMA journal_mode = WAL")
    assert_refused(clinic, "not safe in shared folders")


# -- damage


@pytest.mark.parametrize("twentieth", range(20))
def test_a_file_that_was_cut_off(clinic: Path, twentieth: int) -> None:
    data = clinic.read_bytes()
    clinic.write_bytes(data[: len(data) * twentieth // 20])
    assert_refused(clinic, "is empty" if twentieth == 0 else "has not been changed|is damaged")


@cache
def _good() -> bytes:
    with TemporaryDirectory() as name:
        path = Path(name) / "x.inspection"
        make_file(path)
        return path.read_bytes()


flips = st.one_of(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 255)), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 255)), min_size=1, max_size=8),
)


@settings(max_examples=150)
@given(flips=flips)
@example(flips=[(59, 2)])  # text in UTF-16
@example(flips=[(18, 2), (19, 2)])  # WAL
@example(flips=[(19, 2)])  # WAL for reading only
@example(flips=[(16, 2)])  # another page size
def test_bytes_that_were_flipped(flips: list[tuple[int, int]]) -> None:
    data = bytearray(_good())
    for place, value in flips:
        data[place % len(data)] = value
    with TemporaryDirectory() as name:
        path = Path(name) / "x.inspection"
        path.write_bytes(data)
        found = look(path)
    if bytes(data) == _good():
        assert found == (make_inspection()[1], [make_inspection()[0]])


BODIES = [
    "no json",
    "",
    "null",
    "[]",
    "{}",
    '{"entity":"block"}',
    '{"entity":"wizard","id":"block1"}',
    '{"entity":"block","id":"block1","parent":"section1","kind":"wizard"}',
    '{"entity":"block","id":"block1","parent":"section1","kind":"paragraph","more":1}',
    '{"entity":"block","id":"block1","parent":"section1","kind":"paragraph","text":5}',
    # It fits, but is not what the other columns say.
    '{"entity":"block","id":"other","parent":"section1","kind":"paragraph"}',
    '{"entity":"block","id":"block1","parent":"topic1","kind":"paragraph"}',
    '{"entity":"topic","id":"block1","parent":"section1"}',
    # A place among siblings that no list can be sorted into.
    '{"entity":"block","id":"block1","parent":"section1","position":"!","kind":"paragraph"}',
    '{"entity":"block","id":"block1","parent":"section1","kind":"paragraph","rows":'
    + "[" * 5000
    + "]" * 5000
    + "}",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_row_that_is_no_part(clinic: Path, body: str) -> None:
    edit_sql(clinic, "UPDATE entity SET body = ? WHERE id = 'block1'", (body,))
    assert_refused(clinic, "damaged")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM entity",
        "DELETE FROM entity WHERE id = 'root'",
        "DELETE FROM entity WHERE id = 'topic1'",
        "UPDATE entity SET kind = 'section' WHERE id = 'topic1'",
        "UPDATE entity SET id = 'x' WHERE id = 'photo1'",
        "UPDATE entity SET parent = 'photo1', body = json_set(body, '$.parent', 'photo1') "
        "WHERE id = 'block1'",
        "UPDATE entity SET id = 'a b<', body = json_set(body, '$.id', 'a b<') WHERE id = 'block1'",
        "INSERT INTO entity SELECT 'two', kind, parent, json_set(body, '$.id', 'two'), checksum "
        "FROM entity WHERE id = 'root'",
        "UPDATE entity SET body = CAST(x'7bff7d' AS TEXT) WHERE id = 'block1'",
        "DROP TABLE entity",
        "DROP TABLE change",
        "ALTER TABLE entity RENAME COLUMN body TO soul",
        # What is only written would fail long after opening.
        "ALTER TABLE attachment RENAME COLUMN size TO sixe",
        "ALTER TABLE attachment RENAME COLUMN bytes TO byte",
        "ALTER TABLE change RENAME COLUMN who TO whom",
    ],
)
def test_rows_that_make_no_inspection(clinic: Path, sql: str) -> None:
    edit_sql(clinic, sql)
    assert_refused(clinic, "damaged")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change SET edits = 'no json'",
        "UPDATE change SET edits = '{}'",
        "UPDATE change SET at = 'yesterday'",
        "UPDATE change SET edits = CAST(x'ff' AS TEXT)",
        "UPDATE change SET id = CAST(x'ff' AS TEXT)",
        "UPDATE change SET label = CAST(x'ff' AS TEXT)",
        'UPDATE change SET edits = \'[{"entity":"x","after":\' || replace(hex(zeroblob(9000)),'
        " '00', '[') || '}]'",
    ],
)
def test_a_history_that_cannot_be_read(clinic: Path, sql: str) -> None:
    edit_sql(clinic, sql)
    assert_refused(clinic, "damaged")


# -- hostile

STRANGERS = [
    "CREATE TRIGGER t AFTER UPDATE ON entity BEGIN DELETE FROM entity; END",
    "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM change; END",
    "CREATE VIEW extra AS SELECT * FROM entity",
    "ALTER TABLE entity RENAME TO real; CREATE VIEW entity AS SELECT * FROM real",
    "CREATE VIRTUAL TABLE extra USING fts5 (x)",
    "ALTER TABLE entity RENAME TO real;"
    "CREATE VIRTUAL TABLE entity USING fts5(id, kind, parent, body, checksum);"
    "INSERT INTO entity SELECT * FROM real",
    "ALTER TABLE entity ADD COLUMN extra TEXT AS (upper(body)) VIRTUAL",
]


@pytest.mark.parametrize("sql", STRANGERS, ids=range(len(STRANGERS)))
def test_parts_that_could_run(clinic: Path, sql: str) -> None:
    edit_sql(clinic, sql)
    assert_refused(clinic, "None of them was used")


# What strangers' files did to other programs: a table's name that was taken for a path, an index
# that computes, statistics that mislead, a row of a gigabyte, a sort order that nobody has.
ELSEWHERE = {
    "name of a path": 'CREATE TABLE "../../../tmp/evil" (x)',
    "name of a format": 'CREATE TABLE "%s%n{0}<b>" (x)',
    "index that computes": "CREATE INDEX i ON entity (hex(hex(body)))",
    "index on a part": "CREATE INDEX i ON entity (body) WHERE length(body) > 5",
    "statistics": "ANALYZE; UPDATE sqlite_stat1 SET stat = '9223372036854775807 1 1'",
    "virtual table of a folder": "CREATE VIRTUAL TABLE r USING rtree (id, a, b)",
    "row of zeros": "UPDATE entity SET body = CAST(zeroblob(9000000) AS TEXT) WHERE kind = 'block'",
    "row of brackets": "UPDATE entity SET body = replace(hex(zeroblob(1000000)), '0', '[')",
    "number for a text": "UPDATE entity SET body = 9e999",
    "id of a million letters": "UPDATE entity SET id = id || hex(zeroblob(500000))"
    "WHERE kind = 'block'",
    "a schema with garbage": "PRAGMA writable_schema = 1;"
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE entity(' || hex(zeroblob(50000)) || ')'",
    "a schema of blobs": "PRAGMA writable_schema = 1;"
    "UPDATE sqlite_schema SET sql = zeroblob(100), name = zeroblob(5)",
    "root on another page": "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 1",
    "root beyond the end": "PRAGMA writable_schema = 1;"
    "UPDATE sqlite_schema SET rootpage = 2000000000",
}


@pytest.mark.parametrize("sql", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_harmed_other_programs(clinic: Path, sql: str) -> None:
    edit_sql(clinic, sql)
    assert look(clinic) is None


@pytest.mark.parametrize(
    ("at", "data"),
    [(16, b"\0\1"), (16, b"\x02\0"), (16, b"\0\0"), (20, b"\xff"), (21, b"\1\1\1"),
     (28, b"\x7f" * 4), (56, b"\0\0\0\2"), (32, b"\x7f" * 8), (44, b"\0\0\0\x09")],
)  # fmt: skip
def test_a_header_that_says_something_else(clinic: Path, at: int, data: bytes) -> None:
    found = bytearray(clinic.read_bytes())
    found[at : at + len(data)] = data
    clinic.write_bytes(found)
    assert look(clinic) in (None, (make_inspection()[1], [make_inspection()[0]]))


@pytest.mark.skipif(os.name == "nt", reason="links are for administrators there")
def test_a_rollback_journal_that_leads_elsewhere(clinic: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "diary").write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\0\0\0\1" * 2000)
    before = (other / "diary").read_bytes()
    (clinic.parent / f"{clinic.name}-journal").symlink_to(other / "diary")
    with contextlib.suppress(FileProblem):
        _read(clinic)
    with contextlib.suppress(FileProblem):
        _write(clinic)
    assert (other / "diary").read_bytes() == before


@pytest.mark.parametrize("root_page", [0, 1, 2])
def test_a_trigger_in_disguise_does_not_run(clinic: Path, root_page: int) -> None:
    connection = apsw.Connection(str(clinic))
    connection.execute("PRAGMA writable_schema = 1")
    connection.execute(
        "INSERT INTO sqlite_schema VALUES ('table', 'extra', 'entity', ?, "
        "'CREATE TRIGGER extra AFTER UPDATE ON entity BEGIN DELETE FROM change; END')",
        (root_page,),
    )
    connection.close()
    before = clinic.read_bytes()
    assert look(clinic) in (None, (make_inspection()[1], [make_inspection()[0]]))
    assert clinic.read_bytes() == before


def test_a_text_in_the_header_is_no_number(clinic: Path) -> None:
    data = bytearray(clinic.read_bytes())
    struct.pack_into(">I", data, 28, 0xFFFFFFFF)  # pages in the file
    struct.pack_into(">I", data, 92, struct.unpack_from(">I", data, 24)[0])
    clinic.write_bytes(data)
    look(clinic)
