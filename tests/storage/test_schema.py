"""An inspection file has our tables, to the letter: whatever else is in it is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import NotAnInspection
from tests.storage.helpers import edit_sql, make_inspection, own, read_all, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"


def declare_again(table: str, old: str, new: str) -> str:
    """Return what alters how a table is declared, as a stranger does it, behind SQLite's back."""
    old, new = (text.replace("'", "''") for text in (old, new))
    put = f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}')"  # noqa: S608 - ours
    opened, closed = "PRAGMA writable_schema = ON;", "PRAGMA writable_schema = RESET;"
    return f"{opened} {put} WHERE name = '{table}'; {closed}"


ALTERED = {
    "a check": declare_again("change", "label     TEXT NOT NULL", "label TEXT CHECK (label > 'z')"),
    "a check on a part": declare_again("entity", "body    TEXT", "body TEXT CHECK (0)"),
    "a unique column": declare_again("change", "who       TEXT NOT", "who TEXT UNIQUE NOT"),
    "another type": declare_again("attachment", "bytes   BLOB", "bytes TEXT"),
    "not strict": declare_again("entity", ") STRICT", ")"),
    "another collation": declare_again("seal", "name   TEXT", "name TEXT COLLATE NOCASE"),
    "another default": declare_again("entity", "DEFAULT 0", "DEFAULT 1"),
    "a foreign key": declare_again("entity", "parent  TEXT", "parent TEXT REFERENCES change(id)"),
    "what a conflict does": declare_again(
        "entity", "PRIMARY KEY NOT NULL", "PRIMARY KEY NOT NULL ON CONFLICT IGNORE"
    ),
    "a column": "ALTER TABLE entity ADD COLUMN more TEXT",
    "a generated column": "ALTER TABLE entity ADD COLUMN more TEXT AS (upper(body)) VIRTUAL",
    "a column with another name": "ALTER TABLE change RENAME COLUMN who TO whom",
    "no column": "ALTER TABLE seal DROP COLUMN total",
    "a table": "CREATE TABLE more (id)",
    "a table with another name": "ALTER TABLE attachment RENAME TO photo",
    "no table": "DROP TABLE attachment",
    "an index": "CREATE INDEX more ON entity (parent)",
    "a unique index": "CREATE UNIQUE INDEX more ON change (label)",
    "a partial index": "CREATE INDEX more ON change (label) WHERE who = 'x'",
    "an index that computes": "CREATE INDEX more ON entity (abs(body))",
    "statistics": "ANALYZE",
    "a trigger": "CREATE TRIGGER more AFTER INSERT ON change BEGIN DELETE FROM entity; END",
    "a view": "CREATE VIEW more AS SELECT * FROM entity",
}


@pytest.mark.parametrize("attempt", [own, read_all], ids=["owning", "looking"])
@pytest.mark.parametrize("sql", ALTERED.values(), ids=ALTERED)
def test_an_altered_schema(clinic: Path, sql: str, attempt: Callable[[Path], object]) -> None:
    edit_sql(clinic, sql)
    before = snapshot(clinic.parent)
    with pytest.raises(NotAnInspection, match=r"clinic.*has not been changed"):
        attempt(clinic)
    assert snapshot(clinic.parent) == before


def test_the_message_says_what_is_altered(clinic: Path) -> None:
    edit_sql(clinic, ALTERED["a check"] + ALTERED["a table"])
    with pytest.raises(NotAnInspection) as refused:
        own(clinic)
    assert "“change”, “more”" in str(refused.value)


def test_many_strange_tables_make_no_long_message(clinic: Path) -> None:
    edit_sql(clinic, "".join(f"CREATE TABLE more{number} (id);" for number in range(300)))
    with pytest.raises(NotAnInspection) as refused:
        own(clinic)
    assert "and 296 more" in str(refused.value)
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize("path", sorted(DATA.glob("*.inspection")), ids=lambda path: path.stem)
def test_every_released_form_is_ours(path: Path, folder: Path) -> None:
    copy = folder / "copy.inspection"
    copy.write_bytes(path.read_bytes())
    read_all(copy)


@pytest.mark.parametrize(
    "sql",
    ["VACUUM", "PRAGMA auto_vacuum = FULL; VACUUM", "REINDEX", "PRAGMA page_size = 8192; VACUUM"],
)
def test_what_a_database_program_does_without_altering_it(clinic: Path, sql: str) -> None:
    edit_sql(clinic, sql)
    assert read_all(clinic)[0] == make_inspection()[1]
    own(clinic).close()
