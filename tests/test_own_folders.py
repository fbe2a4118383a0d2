"""The tests, and what they start, use no folder of the person who runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.own_folders import VARIABLE, list_places
from tests.python_process import PROJECT, make_command, make_environment, make_module_command

PRINT = """
from tests.own_folders import list_places
print(*list_places().values(), sep="\\n")
"""


def test_all_that_the_settings_know_lies_in_the_folder_of_the_test(tmp_path: Path) -> None:
    places = list_places()
    assert len(set(places.values())) == len(places) > 10
    assert all(place.is_relative_to(tmp_path) for place in places.values())


def test_a_process_that_is_started_inherits_it(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - this Python
        make_command(PRINT), env=make_environment(), capture_output=True, check=True
    )
    told = [Path(line) for line in done.stdout.decode().splitlines()]
    assert told == list(list_places().values())


def test_a_person_has_the_folders_of_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = list_places()
    monkeypatch.delenv(VARIABLE)
    person = list_places()
    assert not set(person.values()) & set(own.values())
    assert all(place.is_absolute() for place in person.values())
    if os.name == "nt":
        assert not any(place.is_relative_to(tmp_path) for place in person.values())


def test_nobody_else_asks_the_platform() -> None:
    asking = [
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "inspector_app").rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("platformdirs", "QStandardPaths"))
    ]
    assert asking == ["inspector_app/settings.py"]


@pytest.mark.parametrize(
    ("writes", "told", "code"),
    [
        ("get_state_folder() / 'x'", False, 0),
        ("Path({person!r}, 'state', 'new')", True, 1),
        ("Path({person!r}, 'state', 'old')", True, 1),
    ],
)
def test_a_run_that_touches_the_persons_folders_fails(
    tmp_path: Path, writes: str, told: bool, code: int
) -> None:
    person = tmp_path / "person"
    (person / "state").mkdir(parents=True)
    (person / "state" / "old").write_text("theirs")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "test_it.py").write_text(
        "from pathlib import Path\n"
        "from inspector_app.settings import get_state_folder\n"
        "def test_it():\n"
        f"    place = {writes.format(person=str(person))}\n"
        "    place.parent.mkdir(exist_ok=True)\n"
        "    place.write_text('by a test')\n"
    )
    plugins = ("-p", "no:cacheprovider", "-p", "tests.own_folders")
    done = subprocess.run(  # noqa: S603 - this Python
        make_module_command("pytest", *plugins, "--rootdir", tmp_path / "run", tmp_path / "run"),
        env=make_environment({VARIABLE: str(person), "CI": "true"}),
        cwd=tmp_path / "run",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert ("person's own folders" in done.stdout) == told
