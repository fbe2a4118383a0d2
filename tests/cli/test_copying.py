"""Copying an inspection on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.helpers import read_text, run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_copy_for_outside_prints_the_same_and_holds_no_notes(
    folder: Path, clinic_json: Path
) -> None:
    run("import", clinic_json, "-o", "clinic.inspection", folder=folder)
    done = run("copy", "clinic.inspection", "-o", "out.inspection", "--outside", folder=folder)
    assert done.out == "Wrote out.inspection: what the report prints.\n"
    data = (folder / "out.inspection").read_bytes()
    assert "Patients were safe" in data.decode(errors="replace")
    for private in (b"The door was open.", b"door.png", b"clinic1", bytes(folder)):
        assert private not in data
    for name in ("clinic", "out"):
        run("export", f"{name}.inspection", "-o", f"{name}.docx", folder=folder)
    assert read_text(folder / "clinic.docx") == read_text(folder / "out.docx")


def test_a_copy_for_outside_of_content_holds_no_notes(folder: Path, clinic_json: Path) -> None:
    run("copy", clinic_json, "-o", "out.inspection", "--outside", folder=folder)
    content = json.loads(run("dump", "out.inspection", folder=folder).out_bytes)
    assert content["location"] == {"name": "Little Meadow Clinic"}
    assert not {"evidence", "attachments"} & content.keys()


def test_a_whole_copy_is_the_same_inspection(folder: Path, clinic_json: Path) -> None:
    run("import", clinic_json, "-o", "clinic.inspection", folder=folder)
    run("copy", "clinic.inspection", "-o", "copy.inspection", folder=folder)
    dumps = {run("dump", f"{name}.inspection", folder=folder).out for name in ("clinic", "copy")}
    assert len(dumps) == 1


def test_a_copy_never_takes_the_place_of_its_inspection(folder: Path, clinic_json: Path) -> None:
    run("import", clinic_json, "-o", "clinic.inspection", folder=folder)
    before = (folder / "clinic.inspection").read_bytes()
    for options in ((), ("--outside",)):
        target = ("-o", folder / "clinic.inspection")
        done = run("copy", "clinic.inspection", *target, *options, folder=folder, code=2)
        assert "Nothing was saved." in done.err
    assert (folder / "clinic.inspection").read_bytes() == before


def test_a_copy_is_an_inspection_file(folder: Path, clinic_json: Path) -> None:
    done = run("copy", clinic_json, "-o", "out.docx", "--outside", folder=folder, code=2)
    assert "end it in .inspection" in done.err


def test_rated_tables_hold_no_formulas(folder: Path) -> None:
    head = "name;safe;effective;caring;responsive;well_led"
    table = f"{head}\n=cmd|'/c calc'!A1;Good;Good;Good;Good;Good\n-5;Good;Good;Good;Good;Good\n"
    (folder / "in.csv").write_text(table, "utf-8")
    run("rate", "in.csv", "-o", "out.csv", folder=folder)
    lines = (folder / "out.csv").read_text("utf-8").splitlines()
    assert lines[1].startswith("'=cmd|")
    assert lines[2].startswith("-5;")
