"""What lies where a command is to write: ours is replaced, somebody's is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.helpers import run

if TYPE_CHECKING:
    from pathlib import Path

RATINGS = "safe,effective,caring,responsive,well_led\ngood,good,good,good,good\n"
WAYS = {
    "export to Word": ("export", "clinic.inspection", "-o", "x.docx"),
    "export to a web page": ("export", "clinic.inspection", "-o", "x.html"),
    "export to PDF": ("export", "clinic.inspection", "-o", "x.pdf"),
    "dump": ("dump", "clinic.inspection", "-o", "x.json"),
    "rate": ("rate", "ratings.csv", "-o", "x.csv"),
    "index in Word": ("evidence-index", "clinic.inspection", "-o", "x.docx"),
    "index as a table": ("evidence-index", "clinic.inspection", "-o", "x.csv"),
}


@pytest.fixture
def ready(folder: Path, clinic: Path) -> Path:
    (folder / "ratings.csv").write_text(RATINGS)
    assert clinic.exists()
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_only_what_nobody_changed_is_replaced(ready: Path, way: str) -> None:
    *_, name = arguments = WAYS[way]
    target = ready / name
    run(*arguments, folder=ready)
    run(*arguments, folder=ready)
    changed = target.read_bytes() + b" reviewed"
    target.write_bytes(changed)
    done = run(*arguments, folder=ready, code=3)
    assert f"“{name}” was not made by Inspector, or has been changed since" in done.err
    assert "--force" in done.err
    assert done.err.count("\n") == 1
    assert target.read_bytes() == changed
    run(*arguments, "--force", folder=ready)
    assert target.read_bytes() != changed
    run(*arguments, folder=ready)


@pytest.mark.parametrize("way", ["export to Word", "dump", "rate", "index as a table"])
def test_what_inspector_never_wrote_is_kept(ready: Path, way: str) -> None:
    *_, name = arguments = WAYS[way]
    (ready / name).write_bytes(b"precious")
    done = run(*arguments, folder=ready, code=3)
    assert "was not made by Inspector" in done.err
    assert (ready / name).read_bytes() == b"precious"


def test_a_refusal_comes_before_the_password(ready: Path) -> None:
    (ready / "x.docx").write_bytes(b"precious")
    done = run("export", "gone.inspection", "-o", "x.docx", folder=ready, code=3)
    assert "was not made by Inspector" in done.err


def test_content_that_was_imported_is_not_replaced_by_a_dump(folder: Path, clinic: Path) -> None:
    source = clinic.with_suffix(".json")
    source.write_bytes(b"{}")
    run("dump", clinic.name, "-o", source.name, folder=folder, code=3)
    assert source.read_bytes() == b"{}"


def test_another_command_may_replace_what_one_wrote(ready: Path) -> None:
    run("export", "clinic.inspection", "-o", "x.docx", folder=ready)
    run("evidence-index", "clinic.inspection", "-o", "x.docx", folder=ready)
    run("export", "clinic.inspection", "-o", "./x.docx", folder=ready)
    run("export", "clinic.inspection", "-o", ready / "x.docx", folder=ready)
