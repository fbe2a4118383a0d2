"""Passwords on the command line: from a file or standard input, never as an argument."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from inspector_app.settings import get_journals_folder
from inspector_app.storage.encryption import PROTECTION_PLACE, make_key
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal
from tests.cli.helpers import COMMAND, environment, run
from tests.storage.helpers import CHEAP, change_name, edit_sql, make_file, read_all

if TYPE_CHECKING:
    from pathlib import Path

KEY = make_key("wörd two ", CHEAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    place.mkdir()
    make_file(place / "clinic.inspection", tmp_path / "backups", KEY)
    (place / "password.txt").write_text("wörd two \r\nnot this\n", encoding="utf-8-sig", newline="")
    return place


@pytest.mark.parametrize(
    "command",
    [
        ("dump",),
        ("export", "-o", "report.html"),
        ("evidence-index", "-o", "index.csv"),
    ],
    ids=lambda command: command[0],
)
def test_every_command_that_reads_takes_it(folder: Path, command: tuple[str, ...]) -> None:
    name, *rest = command
    arguments = name, "clinic.inspection", *rest
    told = run(*arguments, folder=folder, code=3).err
    assert "protected with a password" in told
    assert "--password-file" in told
    assert {path.name for path in folder.iterdir()} == {"clinic.inspection", "password.txt"}
    wrong = run(*arguments, "--password-file", "-", folder=folder, data=b"word two\n", code=3).err
    assert "not the password of “clinic.inspection”" in wrong
    done = run(*arguments, "--password-file", "password.txt", folder=folder)
    assert "protected" not in done.err


def test_the_journal_of_a_protected_inspection_is_brought_back(folder: Path) -> None:
    path = folder / "clinic.inspection"
    with InspectionFile.open(path, folder, KEY) as file:
        change, _ = change_name(file.inspection, "Rose Cottage")
        Journal.start(get_journals_folder(), "root", path, file.head, [change], KEY).close()
    secret = "wörd two ".encode()
    options = "--recover", "--password-file", "-"
    done = run("dump", "clinic.inspection", *options, folder=folder, data=secret)
    assert json.loads(done.out_bytes)["location"]["name"] == "Rose Cottage"


def test_a_password_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "strange.txt").write_bytes(b"\xff\xfe\x00")
    for source, words in (("nowhere.txt", "There is no file"), ("strange.txt", "no text in UTF-8")):
        told = run("dump", "clinic.inspection", "--password-file", source, folder=folder, code=3)
        assert words in told.err


def test_checks_ask_too(folder: Path) -> None:
    told = run("check", "clinic.inspection", folder=folder, code=3).err
    assert "protected with a password" in told


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own")
def test_it_is_asked_for_on_a_terminal(folder: Path) -> None:
    import pty

    here, there = pty.openpty()
    with subprocess.Popen(  # noqa: S603
        [*COMMAND, "dump", "clinic.inspection", "-o", "out.json"],
        cwd=folder,
        env=environment(),
        stdin=there,
        stdout=subprocess.DEVNULL,
        stderr=there,
        start_new_session=True,
    ) as process:
        os.close(there)
        shown = b""
        while b"Password of" not in shown:
            shown += os.read(here, 1024)
        os.write(here, "wörd two \n".encode())
    os.close(here)
    assert process.returncode == 0
    assert json.loads((folder / "out.json").read_bytes())["location"]["name"].startswith("Little")


def test_a_damaged_inspection_is_salvaged_with_it(folder: Path) -> None:
    path = folder / "clinic.inspection"
    edit_sql(path, "UPDATE entity SET body = 'no json' WHERE id = 'root'", key=KEY)
    arguments = "salvage", "clinic.inspection", "-o", "new.inspection"
    assert "--password-file" in run(*arguments, folder=folder, code=3).err
    wrong = run(*arguments, "--password-file", "-", folder=folder, data=b"word two\n", code=3).err
    assert "not the password of “clinic.inspection”" in wrong
    assert not (folder / "new.inspection").exists()
    done = run(*arguments, "--password-file", "password.txt", folder=folder)
    assert "Everything could be read" in done.out
    assert "same password" in done.out
    assert read_all(folder / "new.inspection", KEY)[0].details.location_name.startswith("Little")


def test_one_that_does_not_say_how_it_is_protected(folder: Path) -> None:
    path = folder / "clinic.inspection"
    whole = path.read_bytes()
    path.write_bytes(whole[:PROTECTION_PLACE] + b"??" + whole[PROTECTION_PLACE + 2 :])
    arguments = "salvage", "clinic.inspection", "-o", "new.inspection"
    told = run(*arguments, "--password-file", "password.txt", folder=folder, code=3).err
    assert "neither a backup nor a safety copy on this computer has it" in told
    Journal.start(get_journals_folder(), "root", path, "", [], KEY).close()
    run(*arguments, "--password-file", "password.txt", folder=folder)
    assert read_all(folder / "new.inspection", KEY)[0].details.location_name.startswith("Little")
