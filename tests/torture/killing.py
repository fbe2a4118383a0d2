"""Killing the application at random moments, and looking at what is left each time.

    .venv/bin/python -m tests.torture.killing [COUNT] [SEED] [--faults all] [--password WORDS]

One inspection file lives through all of it. After each kill, file and journal together must give a
state that the inspection really had: not older than what the window called saved, and not older
than a second. The file must be sound, and open. With a password, nothing of what is typed may
stand in the clear in any file.

With faults, something befalls the folder while the application has the file open: each fault in a
run of its own, and each second time it is over before the kill.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
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
from tests.torture.faults import NONE, Place, list_faults
from tests.torture.running import kill, running, wait_until

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from inspector_app.storage.encryption import Key
    from tests.torture.faults import Fault

_LATEST = 1000 // TICK
"""Ticks after which an edit must be safe: at least a second, more where the machine stalls."""
_MARKS = tuple(text.encode() for text in ("Meadow", "œdema", "Seen on site"))
"""What stands in every protected inspection after a while, and never in the clear."""


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
    root: Path,
    count: int,
    seed: int,
    fault: Fault = NONE,
    tell: Callable[[Figures], None] = lambda _: None,
    password: str = "",
) -> Figures:
    """Kill the application so many times, and return what was seen.

    Args:
        root: A folder for all of it.
        count: How many times.
        seed: Says when, and what is typed.
        fault: What befalls the folder once the application has opened the file.
        tell: Is told what was seen so far, after each time.
        password: Protects the inspection; "": it is not protected.

    Raises:
        AssertionError: Something was lost, or cannot be read.
    """
    chance = random.Random(seed)  # noqa: S311
    place = Place(root)
    place.folder.mkdir(parents=True)
    key = make_key(password, CHEAP) if password else None
    with fault.prepare(place):
        last = take_digest(make_file(place.path, root / "unused", key))
        figures = Figures()
        for number in range(count):
            log = root / f"{number}.log"
            short, long = chance.uniform(0, 1), chance.uniform(1, 3)
            delay = chance.choice((0, short, long) if fault == NONE else (short, long, long))
            seeds = (f"{seed}.{number}", password)
            _run_and_kill(place, fault, log, seeds, delay, passes=number % 2 == 1)
            if key is not None:
                assert not find_clear(root), f"kill {number}: in the clear"
            place = place.go_beside() if fault.replaces else place
            states = read_log(log) or [("open", 0, last)]
            assert states[0][2] == last, f"kill {number}: opened with another state than was left"
            left, last = look(place.path, key)
            seen = figures._replace(recovered=figures.recovered + left)
            figures = judge(number, states, last, seen)
            log.unlink(missing_ok=True)
            tell(figures)
    return figures


def _run_and_kill(
    place: Place, fault: Fault, log: Path, seeds: tuple[str, str], delay: float, *, passes: bool
) -> None:
    """Start the application, have the fault strike once the file is open, and kill it.

    Args:
        place: Where the file lies.
        fault: What strikes.
        log: Where the application writes what happens.
        seeds: What says what it does, and the password that is typed when it is asked for.
        delay: Seconds from the fault to the kill.
        passes: Whether the fault is over before the kill, for another such delay.
    """
    seed, password = seeds
    arguments = (place.path, log, seed, place.switches, *([password] if password else []))
    with running("driver.py", log, *arguments, plain_user=fault.plain_user) as process:
        with fault.strike(place):
            if fault.replaces:
                wait_until(lambda: len(list(place.folder.glob("*.inspection"))) > 1, process)
            _work_on(process, delay)
            if not passes:
                kill(process)
        if passes:
            _work_on(process, delay)


def _work_on(process: subprocess.Popen[bytes], seconds: float) -> None:
    time.sleep(seconds)
    assert process.poll() is None, "the application ended by itself"


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


def main() -> int:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=1000, help="how many kills, of each")
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--faults", metavar="NAME", help="“all”, or the beginning of a name")
    parser.add_argument("--password", metavar="WORDS", default="", help="protects the inspection")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["INSPECTOR_FOLDERS"] = home
        for fault in list_faults(Path(home), print):
            if options.faults in {None, "all"} or fault.name.startswith(options.faults):
                root = Path(home, fault.name)
                root.mkdir()
                tell = functools.partial(_tell, fault)
                torture(root, options.count, options.seed, fault, tell, options.password)
            if options.faults is None:
                break
    return 0


def _tell(fault: Fault, figures: Figures) -> None:
    print(f"{fault.name}: {figures}", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
