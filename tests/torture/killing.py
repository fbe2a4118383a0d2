"""Killing the application at random moments, and looking at what is left each time.

    .venv/bin/python -m tests.torture.killing [COUNT] [SEED] [PASSWORD]

One inspection file lives through all of it. After each kill, file and journal together must give a
state that the inspection really had: not older than what the window called saved, and not older
than a second. The file must be sound, and open. With a password, nothing of what is typed may
stand in the clear in any file.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.settings import get_journals_folder
from inspector_app.storage import database
from inspector_app.storage.encryption import make_key
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import apply_left_changes, find_left_changes
from tests.storage.helpers import CHEAP, make_file
from tests.torture.driver import TICK, take_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.storage.encryption import Key

_PROJECT = Path(__file__).resolve().parents[2]
_DRIVER = Path(__file__).with_name("driver.py")
_LATEST = 1000 // TICK
"""Ticks after which an edit must be safe: at least a second, more where the machine stalls."""
_MARKS = tuple(text.encode() for text in ("Meadow", "œdema", "Seen on site"))
"""What stands in every protected inspection after a while, and never in the clear."""
_PATIENCE = 60
"""Seconds for the window to open, on the slowest machine."""


class Figures(NamedTuple):
    """What a run has seen."""

    kills: int = 0
    edits: int = 0
    recovered: int = 0
    """How often the journal had more than the file."""
    youngest_lost: int = 0
    """Edits lost in all; each was younger than a second."""

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.edits} edits; the journal had more than the file "
            f"{self.recovered} times; {self.youngest_lost} edits younger than a second were lost, "
            "none that was older, and none that the window called saved."
        )


def torture(
    folder: Path,
    count: int,
    seed: int,
    tell: Callable[[Figures], None] = lambda _: None,
    password: str = "",
) -> Figures:
    """Kill the application so many times, and return what was seen.

    Args:
        folder: Where the file lies.
        count: How many times.
        seed: Says when, and what is typed.
        tell: Is told what was seen so far, after each time.
        password: Protects the inspection; "": it is not protected.

    Raises:
        AssertionError: Something was lost, or cannot be read.
    """
    chance = random.Random(seed)  # noqa: S311
    path = folder / "clinic.inspection"
    key = make_key(password, CHEAP) if password else None
    last = take_digest(make_file(path, folder / "made", key))
    figures = Figures()
    for number in range(count):
        log = folder / f"{number}.log"
        delay = chance.choice((0, chance.uniform(0, 1), chance.uniform(1, 3)))
        away = number % 3 == 2
        _run_and_kill(path, log, f"{seed}.{number}", delay, away=away, password=password)
        if key is not None:
            assert not find_clear(folder), f"kill {number}: in the clear"
        states = read_log(log) or [("open", 0, last)]
        assert states[0][2] == last, f"kill {number}: opened with another state than was left"
        left, last = look(path, key)
        figures = judge(number, states, last, figures._replace(recovered=figures.recovered + left))
        log.unlink(missing_ok=True)
        tell(figures)
    return figures


def _run_and_kill(
    path: Path, log: Path, seed: str, delay: float, *, away: bool, password: str
) -> None:
    """Start the application, and kill it some time after it has opened the file.

    Args:
        path: The file.
        log: Where the application writes what happens.
        seed: Says what it does.
        delay: Seconds.
        away: Whether the file is out of reach meanwhile: then only the journal has what is typed.
        password: What is typed when it is asked for.
    """
    elsewhere = path.with_suffix(".away")
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, str(_DRIVER), str(path), str(log), seed, password],
        env={
            **os.environ,
            "PYTHONPATH": str(_PROJECT),
            "PYTHONUTF8": "1",
            "QT_QPA_PLATFORM": "offscreen",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + _PATIENCE
        while not (log.exists() and log.stat().st_size) and time.monotonic() < deadline:
            assert process.poll() is None, "the application ended by itself"
            time.sleep(0.01)
        assert log.exists(), "the application does not open"
        if away:
            path.rename(elsewhere)
        time.sleep(delay)
        assert process.poll() is None, "the application ended by itself"
    finally:
        process.kill()
        process.wait()
        if elsewhere.exists():
            elsewhere.rename(path)


def read_log(log: Path) -> list[tuple[str, int, str]]:
    """Return what happened, the tick, and the state, line by line; the last may be torn."""
    lines = log.read_text("utf-8").split("\n")[:-1]
    return [(what, int(tick), state) for what, tick, state in (line.split() for line in lines)]


def find_clear(folder: Path) -> list[Path]:
    """Return the files below a folder in which something of what is typed can be read."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(mark in path.read_bytes() for mark in _MARKS)
    ]


def look(path: Path, key: Key | None = None) -> tuple[bool, str]:
    """Return whether the journal has more than the file, and the state that both give together."""
    with open_for_reading(path, key) as reader:
        inspection = reader.inspection
        left = find_left_changes(get_journals_folder(), inspection.id, path, reader.read_ids, key)
    if left is not None:
        inspection, refused = apply_left_changes(left, inspection)
        assert not refused, "the journal does not fit the file"
    connection = database.connect(path, database.READ_WRITE, key)
    try:
        assert connection.pragma("integrity_check") == "ok"
    finally:
        connection.close()
    return left is not None, take_digest(inspection)


def judge(number: int, states: list[tuple[str, int, str]], found: str, figures: Figures) -> Figures:
    """Hold what was found against what the inspection went through."""
    all_states = [state for _, _, state in states]
    assert found in all_states, f"kill {number}: a state that the inspection never had"
    # States come back (undo, a rating set twice): the last time it was so is what counts.
    at = len(all_states) - 1 - all_states[::-1].index(found)
    saved = max((index for index, (what, _, _) in enumerate(states) if what == "saved"), default=0)
    assert at >= saved, f"kill {number}: the window had called a later state saved"
    lost = [tick for what, tick, _ in states[at + 1 :] if what == "edit"]
    end = states[-1][1]
    assert not lost or end - lost[0] <= _LATEST, f"kill {number}: an edit of {end - lost[0]} ticks"
    edits = sum(what == "edit" for what, _, _ in states)
    return figures._replace(
        kills=figures.kills + 1,
        edits=figures.edits + edits,
        youngest_lost=figures.youngest_lost + len(lost),
    )


def _print(figures: Figures) -> None:
    print(figures, flush=True)  # noqa: T201


def main() -> int:
    """Run as often as the command line says."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    password = sys.argv[3] if len(sys.argv) > 3 else ""
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = home
        torture(Path(home), count, seed, _print, password)
    return 0


if __name__ == "__main__":
    sys.exit(main())
