"""Several processes on one file, by whatever name: never do two of them write."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from inspector_app.files import follow_links
from inspector_app.storage.reading import open_for_reading
from tests.python_process import make_command, make_environment
from tests.torture.faults import may_mount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and mounts of POSIX systems")
WRITERS = 4
ROUNDS = 5

# Opens the file when told, commits in its own name, and says which changes it made.
_WRITER = r"""
import sys
from pathlib import Path
from inspector_app.domain.drafting import Draft
from inspector_app.errors import InspectionInUse
from inspector_app.storage import database
from inspector_app.storage.inspection_file import InspectionFile

database._BUSY_MILLISECONDS = 20
path, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for line in sys.stdin:
    try:
        file = InspectionFile.open(path, path.parent.parent / "backups")
    except InspectionInUse:
        print("in use", flush=True)
        continue
    made = []
    inspection = file.inspection
    for number in range(8):
        draft = Draft(inspection)
        draft.set(inspection.id, "location_name", f"{name} {number}")
        change = draft.finish(name)
        file.commit(change, draft.result)
        inspection = draft.result
        made.append(change.id)
    print(",".join(made), flush=True)
    sys.stdin.readline()
    file.close()
    print("closed", flush=True)
"""


class Writer:
    """A process that wants to write a file."""

    def __init__(self, path: Path, name: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            make_command(_WRITER, path, name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=make_environment(),
        )

    def tell(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def names(clinic: Path, tmp_path: Path) -> Iterator[list[Path]]:
    """The same file by several names: its own, two links, and, where one may, another mount."""
    link = tmp_path / "link.inspection"
    link.symlink_to(clinic)
    folder = tmp_path / "folder"
    folder.symlink_to(clinic.parent)
    found = [clinic, link, folder / clinic.name]
    if not may_mount(tmp_path):
        print("Left out: the same folder mounted twice. Only an administrator may mount.")  # noqa: T201
        yield [*found, clinic]
        return
    second = tmp_path / "second"
    second.mkdir()
    command = ["mount", "--bind", str(clinic.parent), str(second)]
    subprocess.run(command, check=True)  # noqa: S603
    try:
        assert follow_links(second / clinic.name) != follow_links(clinic)
        yield [*found, second / clinic.name]
    finally:
        subprocess.run(["umount", "-l", str(second)], check=True)  # noqa: S603, S607


def race(paths: list[Path]) -> list[list[str]]:
    """Have a process for each path open the file at once, and return who made which changes."""
    writers = [Writer(path, f"Writer {number}") for number, path in enumerate(paths)]
    try:
        assert [writer.hear() for writer in writers] == ["ready"] * len(paths)
        rounds = []
        for _ in range(ROUNDS):
            for writer in writers:
                writer.tell()
            said = [writer.hear() for writer in writers]
            winners = [index for index, words in enumerate(said) if words != "in use"]
            assert len(winners) <= 1
            rounds += [said[index].split(",") for index in winners]
            for index in winners:
                writers[index].tell()
                assert writers[index].hear() == "closed"
        return rounds
    finally:
        for writer in writers:
            writer.end()


def check_chain(path: Path, rounds: list[list[str]]) -> None:
    """See that the file holds all that was committed, in one chain, and each writer's in a row."""
    assert rounds
    with open_for_reading(path) as reader:
        assert list(reader.read_ids()) == ["change1", *(id_ for made in rounds for id_ in made)]
        assert [change.id for change in reader.history()] == list(reader.read_ids())


def test_of_all_who_open_a_file_at_once_one_writes(clinic: Path, names: list[Path]) -> None:
    assert len(names) == WRITERS
    check_chain(clinic, race(names))


def test_a_hard_link_is_the_same_file(clinic: Path) -> None:
    other = clinic.with_name("other.inspection")
    os.link(clinic, other)
    check_chain(clinic, race([clinic, other, clinic, other]))
