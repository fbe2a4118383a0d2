"""A plugin of pytest: no test, and no process that one starts, uses the folders of this person.

Every test has folders of its own; what is read before and between tests lies in those of the run.
The person's are looked at before and after. On a computer where nobody else can have used
Inspector meanwhile, a difference fails the run.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from inspector_app import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

VARIABLE = "INSPECTOR_FOLDERS"


class _Watch:
    """Looks whether anything changed in the person's folders since it was made."""

    def __init__(self) -> None:
        # Other programs write into the documents.
        self._places = [place for name, place in list_places().items() if "documents" not in name]
        self._times = read_times(self._places)

    def find_changes(self) -> list[Path]:
        changed = self._times.items() ^ read_times(self._places).items()
        return sorted({path for path, _ in changed})


_watch = pytest.StashKey[_Watch]()


def list_places() -> dict[str, Path]:
    """Return every file and folder of a person that the settings know, by its function's name."""
    return {
        name: function()
        for name, function in inspect.getmembers(settings, inspect.isfunction)
        if name.startswith("get_")
    }


def read_times(places: Iterable[Path]) -> dict[Path, int]:
    """Return when each file and folder in these places was changed last."""
    times: dict[Path, int] = {}
    for place in places:
        for path in (place, *place.rglob("*")):
            with contextlib.suppress(OSError):
                times[path] = path.lstat().st_mtime_ns
    return times


def pytest_configure(config: pytest.Config) -> None:
    """Look at the person's folders, then have others."""
    if hasattr(config, "workerinput"):
        return
    config.stash[_watch] = _Watch()
    folders = tempfile.TemporaryDirectory(prefix="inspector-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(folders.cleanup)
    os.environ[VARIABLE] = folders.name


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Tell where the person's folders are no longer as they were."""
    yield
    watch = session.config.stash.get(_watch, None)
    if watch is None or not (changes := watch.find_changes()):
        return
    listed = "".join(f"\n  {path}" for path in changes)
    session.config.get_terminal_writer().line(f"\nChanged in the person's own folders:{listed}")
    if os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv(VARIABLE, str(home))
    # Where libraries keep what is theirs.
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in os.environ:
        if name.startswith("XDG_") and name.endswith("_HOME"):
            monkeypatch.delenv(name)
