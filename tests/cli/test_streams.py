"""Standard input and output in place of files, and data that is UTF-8 on both."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import CLINIC
from tests.cli.helpers import COMMAND, environment
from tests.cli.helpers import run as run_somehow

if TYPE_CHECKING:
    from pathlib import Path

posix_only = pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
TABLE = "location,safe,effective,caring,responsive,well_led\nŁódź,good,good,good,good,good\n"
run = partial(run_somehow, extra={})
"""A program of its own on every system: this is about its streams."""
CODE_PAGES = ["cp1252", "cp850", "ascii", "utf-16"]


def test_a_dump_goes_to_standard_output(folder: Path, clinic: Path) -> None:
    plain = run("dump", clinic.name, folder=folder)
    named = run("dump", clinic.name, "-o", "-", folder=folder)
    assert named.out_bytes == plain.out_bytes
    assert json.loads(named.out_bytes)["provider"] == CLINIC["provider"]
    assert named.err == ""
    assert [path.name for path in folder.iterdir()] == [clinic.name]


def test_a_table_comes_in_and_goes_out(folder: Path) -> None:
    for data in (TABLE.encode(), TABLE.replace("\n", "\r\n").encode("utf-8-sig")):
        done = run("rate", "-", "-o", "-", folder=folder, data=data)
        rows = list(csv.DictReader(io.StringIO(done.out)))
        assert rows[0]["location"] == "Łódź"
        assert rows[0]["proposed_overall"]
    run("rate", "-", "-o", "x.csv", folder=folder, data=TABLE.encode())
    assert "Łódź".encode() in (folder / "x.csv").read_bytes()
    assert [path.name for path in folder.iterdir()] == ["x.csv"]


def test_content_comes_in(folder: Path) -> None:
    data = json.dumps(CLINIC).encode()
    assert "error" in run("check", "-", folder=folder, data=data).out
    run("import", "-", "-o", "x.inspection", folder=folder, data=data)
    run("export", "-", "-o", "x.html", folder=folder, data=data)
    assert "Little Meadow Clinic" in (folder / "x.html").read_text("utf-8")
    run("evidence-index", "-", "-o", "x.csv", folder=folder, data=data)
    assert "The door was open." in (folder / "x.csv").read_text("utf-8")
    done = run("check", "-", folder=folder, data=data[:-5], code=3)
    assert "standard input" in done.err


@pytest.mark.parametrize(
    ("more", "start"),
    [((), b"PK"), (("--kind", "docx"), b"PK"), (("--kind", "html"), b"<!DOCTYPE html>")],
)
def test_a_report_goes_out(folder: Path, clinic: Path, more: tuple[str, ...], start: bytes) -> None:
    done = run("export", clinic.name, "-o", "-", *more, folder=folder)
    assert done.out_bytes.startswith(start)
    assert done.err == ""
    run("export", clinic.name, "-o", f"x.{more[-1] if more else 'docx'}", folder=folder)
    (written,) = (path for path in folder.iterdir() if path != clinic)
    assert written.read_bytes() == done.out_bytes


def test_an_index_goes_out_as_a_table(folder: Path, clinic: Path) -> None:
    done = run("evidence-index", clinic.name, "-o", "-", "--kind", "csv", folder=folder)
    assert "The door was open." in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "-o", "-", "--sample", "rated"),
        ("import", "clinic.json", "-o", "-"),
        ("dump", "-"),
        ("salvage", "-", "-o", "x.inspection"),
        ("salvage", "x.inspection", "-o", "-"),
        ("forget", "-"),
        ("-",),
    ],
)
def test_what_can_only_be_a_file_is_said(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, folder=folder, code=2)
    assert "“-” stands for standard input or output" in done.err
    assert list(folder.iterdir()) == []


@posix_only
def test_no_binary_on_a_terminal(folder: Path, clinic: Path) -> None:
    for arguments, code in (
        (("export", clinic.name, "-o", "-"), 2),
        (("export", clinic.name, "-o", "-", "--kind", "pdf"), 2),
        (("evidence-index", clinic.name, "-o", "-"), 2),
        (("dump", clinic.name, "-o", "-", "--no-attachments"), 0),
    ):
        terminal, end = os.openpty()
        with open(terminal, "rb", buffering=0), open(end, "wb", buffering=0) as output:  # noqa: PTH123
            process = subprocess.Popen(  # noqa: S603
                [*COMMAND, *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
                env=environment(),
            )
            _, said = process.communicate()
        assert process.returncode == code, said
        assert (b"On a terminal nobody can read" in said) is (code == 2)


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_json_is_utf_8_whatever_the_code_page(folder: Path, clinic: Path, code_page: str) -> None:
    extra = {"PYTHONIOENCODING": code_page, "PYTHONUTF8": "0"}
    named = folder / "Łódź “q”.inspection"
    clinic.rename(named)
    for arguments in (
        ("check", named.name, "--json"),
        ("copies", "--json"),
        ("salvage", named.name, "-o", f"{code_page}.inspection", "--json"),
        ("dump", named.name),
        ("rate", "-"),
    ):
        done = run(*arguments, folder=folder, data=TABLE.encode(), extra=extra)
        text = done.out_bytes.decode("utf-8")
        if arguments[0] == "rate":
            assert "Łódź" in text
        else:
            json.loads(text)


def test_lines_are_utf_8_where_no_terminal_reads_them(folder: Path, clinic: Path) -> None:
    extra = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (("frameworks",), ("check", clinic.name), ("dump", "--help")):
        done = run(*arguments, folder=folder, extra=extra)
        assert done.out_bytes.decode("utf-8")
        assert done.out_bytes == run(*arguments, folder=folder).out_bytes
