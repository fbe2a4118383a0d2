"""The commands `check` and `rate`."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

from inspector_app.cli import main

if TYPE_CHECKING:
    from pathlib import Path

_CONTENT = {
    "format": "inspection-content/1",
    "framework": "independent_health_2018",
    "regime": "rated",
    "sections": {"key_findings": [{"breach": "A breach, {0}.", "regulation": "RA2014-17"}]},
}
_TABLE = "safe;effective;caring;responsive;well_led\r\nGood;Good;Good;RI;RI\r\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.json"
    path.write_text(json.dumps(_CONTENT), "utf-8")
    return path


def test_an_error_is_told_and_ends_with_1(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(content)]) == 1
    told = capsys.readouterr().out
    assert "error: The text reports a breach of regulation 17 (Good governance)" in told
    assert "[breach_without_notice]" in told


def test_results_as_json(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(content), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "inspection-checks/1"
    found = next(item for item in told["findings"] if item["check"] == "breach_without_notice")
    assert found["severity"] == "error"
    assert found["place"]["field"] == "text"
    assert {"name", "group", "why", "source", "verified", "key"} <= found.keys()
    assert told["errors"] >= 1


def test_the_first_hints_of_a_kind_are_quoted(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [{"paragraph": f"I saw that number {number} was clean."} for number in range(5)]
    content.write_text(json.dumps({**_CONTENT, "sections": {"key_findings": said}}), "utf-8")
    main(["check", str(content)])
    lines = capsys.readouterr().out.splitlines()
    at = next(index for index, line in enumerate(lines) if line.endswith("5 × [first_person]"))
    quoted = takewhile(lambda line: line.startswith(" "), lines[at + 1 :])
    assert list(quoted) == ["    “I”"] * 3


def test_what_was_set_aside_is_counted_and_stops_nothing(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(content), "--json"])
    errors = [
        result
        for result in json.loads(capsys.readouterr().out)["findings"]
        if result["severity"] == "error"
    ]
    aside = [{"check": item["check"], "place": item["key"], "reason": "Yes"} for item in errors]
    content.write_text(json.dumps({**_CONTENT, "set_aside": aside}), "utf-8")
    assert main(["check", str(content)]) == 0
    assert f"{len(errors)} set aside" in capsys.readouterr().out


def test_a_sample_can_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--sample", "unrated"]) == 0
    assert capsys.readouterr().out.startswith(("0 errors", "warning", "hint"))


def test_a_table_is_rated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, output = tmp_path / "table.csv", tmp_path / "out.csv"
    table.write_bytes(b"\xef\xbb\xbf" + _TABLE.encode())
    assert main(["rate", str(table), "-o", str(output)]) == 0
    lines = output.read_bytes().decode("utf-8-sig").splitlines()
    assert lines[1] == "Good;Good;Good;RI;RI;Requires improvement;P5;"
    assert "1 rows; 0 of 0" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"safe,effective\nGood,Good\n", "has no column caring, responsive, well_led"),
        (b"\xff\xfes\x00", "line 1: this is not UTF-8 text"),
        (b"safe,name\nGood,Caf\xe9\n", "line 2: this is not UTF-8 text"),
        (b"safe\nGood\nGo\0od\n", "line 3: there is a character that no text has"),
        (b'safe,"effective\nGood\n', "line 1: a quotation mark is opened, and never closed"),
        (b'safe\n"a\nb"\nGood\n"x\ny\n', "line 5: a quotation mark"),
        (b'safe\n"Good"x\n', "line 2: ',' expected after"),
        (b"safe\n" + b"x" * 140_000, "line 2: field larger than field limit"),
        (b"safe\n" + b"Good,Good " * 120_000, "line 2: the row has more than 1,000,000"),
        (b"safe\n" + b"," * 20_000, "line 2: there are more than 16,384 columns"),
    ],
    ids=range(11),
)
def test_what_is_no_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, told: str
) -> None:
    table, output = tmp_path / "table.csv", tmp_path / "out.csv"
    table.write_bytes(data)
    assert main(["rate", str(table), "-o", str(output)]) == 3
    said = capsys.readouterr().err
    assert told in said
    assert str(table) in said
    assert not output.exists()


@pytest.mark.parametrize("piped", [False, True])
def test_a_line_without_end_is_refused_before_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, piped: bool
) -> None:
    table = tmp_path / "table.csv"
    with table.open("wb") as file:
        file.truncate(1 << 30)  # a hole: no disk is filled
    monkeypatch.setattr("inspector_app.cli.rating._MOST_BYTES", 1000)
    with table.open("r") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert main(["rate", "-" if piped else str(table)]) == 3
    assert "1,000 bytes" in capsys.readouterr().err


def test_more_rows_than_a_spreadsheet_has_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.cli.rating._MOST_ROWS", 3)
    table = tmp_path / "table.csv"
    table.write_bytes(b"safe\n\nGood\n\nGood\nGood\n")
    assert main(["rate", str(table)]) == 3
    assert "line 6: there are more than 3 rows" in capsys.readouterr().err
