"""Rows that were altered, lost, doubled or older than the rest are noticed, whatever did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import EvidenceNote
from inspector_app.errors import NotAnInspection
from inspector_app.storage import reading_rows
from inspector_app.storage.checksums import Seal, get_checksum, make_seal, read_seal
from tests.storage.helpers import PHOTO_SHA256, change_name, edit_sql, make_file, own, read_all

if TYPE_CHECKING:
    from pathlib import Path

numbers = st.lists(st.integers(-(2**63), 2**63 - 1), max_size=8)


@given(first=numbers, second=numbers)
def test_a_seal_is_a_sum_in_any_order(first: list[int], second: list[int]) -> None:
    seal = make_seal(first)
    for number in second:
        seal = seal.add(number)
    assert seal == make_seal([*second, *first])
    for number in reversed(first):
        seal = seal.remove(number)
    assert seal == make_seal(second)
    assert -(2**63) <= seal.total < 2**63


@given(columns=st.lists(st.text(max_size=5), min_size=2, max_size=4), at=st.integers(0, 20))
def test_letters_in_another_column_are_another_row(columns: list[str], at: int) -> None:
    joined = "".join(columns)
    cut = at % (len(joined) + 1)
    others = [joined[:cut], joined[cut:]]
    assert (get_checksum(*columns) == get_checksum(*others)) == (columns == others)


@settings(max_examples=20)
@given(
    edits=st.lists(st.tuples(st.sampled_from("anda"), st.integers(0, 5)), max_size=10),
)
def test_the_seal_follows_every_change(tmp_path: Path, edits: list[tuple[str, int]]) -> None:
    path = tmp_path / "x.inspection"
    path.unlink(missing_ok=True)
    make_file(path)
    with own(path) as file:
        inspection = file.inspection
        for kind, number in edits:
            draft = Draft(inspection)
            id_ = f"extra{number}"
            there = inspection.find(id_) is not None
            if kind == "a":
                draft.set("root", "location_name", f"Name {number}")
            elif kind == "n" and not there:
                draft.create(EvidenceNote(id=id_, parent="root", position="X", text="Seen."))
            elif kind == "d" and there:
                draft.delete(id_)
            file.commit(draft.finish("Edit"), draft.result)
            inspection = draft.result
            file.add_attachment(b"photo %d" % number)
    assert read_all(path)[0] == inspection
    with own(path) as file:
        assert file.inspection == inspection
    connection = apsw.Connection(str(path))
    for table in ("entity", "change", "attachment"):
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)  # noqa: S608
        assert read_seal(connection, table).rows == count
    assert read_seal(connection, "nothing") == Seal()
    connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entity SET body = replace(body, 'Little', 'Tittle')",
        "DELETE FROM entity WHERE id = 'person1'",
        "DELETE FROM entity WHERE id = 'person1'; UPDATE seal SET rows = rows - 1",
        "UPDATE change SET label = 'Another'",
        "UPDATE change SET edits = replace(edits, 'Little', 'Tittle')",
        "UPDATE change SET who = 'XY'",
        "DELETE FROM change",
        "DELETE FROM attachment",
        "UPDATE attachment SET sha256 = replace(sha256, 'a', 'b')",
        "UPDATE seal SET total = 'x' || total WHERE false; DELETE FROM seal",
    ],
)
def test_what_no_change_of_ours_did_is_noticed(clinic: Path, sql: str) -> None:
    edit_sql(clinic, sql)
    before = clinic.read_bytes()
    with pytest.raises(NotAnInspection, match="damaged"):
        read_all(clinic)
    with pytest.raises(NotAnInspection, match="damaged"):
        own(clinic)
    assert clinic.read_bytes() == before


def test_an_older_row_is_noticed(clinic: Path) -> None:
    connection = apsw.Connection(str(clinic))
    query = "SELECT body, checksum FROM entity WHERE id = 'root'"
    old = connection.execute(query).fetchone()
    connection.close()
    with own(clinic) as file:
        file.commit(*change_name(file.inspection, "Mill"))
    assert old is not None
    edit_sql(clinic, "UPDATE entity SET body = ?, checksum = ? WHERE id = 'root'", tuple(old))
    with pytest.raises(NotAnInspection, match="damaged"):
        read_all(clinic)


def test_a_large_file_is_looked_through_without_its_photos(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_rows, "_WHOLE", 0)
    with own(clinic) as file:
        assert file.read_attachment(PHOTO_SHA256)
    data = bytearray(clinic.read_bytes())
    page = data.index(b'{"entity":"details"') // 4096 * 4096
    data[page + 5 : page + 7] = b"\xff\xf0"  # where the rows of the page begin
    clinic.write_bytes(data)
    with pytest.raises(NotAnInspection, match="damaged"):
        own(clinic)
