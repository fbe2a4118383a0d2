"""Crashes, power cuts and faults of the disk at any step of a scripted session.

    .venv/bin/python -m tests.torture.breaking [EVERY]

tries each of them at every step, or at every so-manyth; the tests take few. The session runs once
and is recorded. Then the disk is laid out as a crash or a power cut would have left it, and opened
with the real code. For faults of the disk the session runs anew each time.
"""

from __future__ import annotations

import errno
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.storage import database
from tests.torture.disks import crash, cut_power
from tests.torture.recording import Recorder, SyncFolder, no_fault
from tests.torture.script import Promises, Script, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.torture.disks import Disk, Luck
    from tests.torture.recording import Snapshot, Step

FAULTS = (
    (errno.EIO, 1),
    (errno.ENOSPC, 1),
    (errno.EIO, 8),
    (errno.ENOSPC, 8),
    (errno.EIO, 1_000_000),
    (errno.ENOSPC, 1_000_000),
)
"""Which error, and how many steps in a row fail with it."""
LUCKS: tuple[Luck, ...] = ("none", "some", "some", "some", "all")


class Breaking:
    """A recorded session, and what is left of it after any step."""

    def __init__(self, root: Path) -> None:
        """Run the session.

        Args:
            root: A folder for it, empty.
        """
        self._root = root.resolve()
        for name in ("inspections", "elsewhere"):
            (self._root / name).mkdir(exist_ok=True)
        self.recorder = Recorder(self._root)
        self._promises = Promises()
        self._script = Script(self._root, self.recorder, self._promises)
        self.log: list[Step] = []
        self._start: Snapshot = self.recorder.start

    @property
    def steps(self) -> int:
        """How many steps the session took."""
        return len(self.log)

    def run(self) -> None:
        """Run the whole session, and see that nothing is missing in the end."""
        self._script.create()
        self._script.work()
        self.recorder.fault = no_fault
        assert self._script.write(), "the file has not caught up"
        assert self._script.copies.copies, "it lies nowhere"
        self._script.close()
        self.log = list(self.recorder.log)
        assert self._promises.states[-1] in look(self._script), "not all has been caught up"

    def crash(self, at: int) -> None:
        """Judge a crash after a step, and one in the middle of the next."""
        self._judge(at, crash(self._start, self.log, at))
        self._judge(at, crash(self._start, self.log, at, 0.5))

    def cut_power(self, at: int, luck: Luck, seed: int) -> None:
        """Judge a power cut after a step."""
        chance = random.Random(seed)  # noqa: S311
        self._judge(at, cut_power(self._start, self.log, at, luck, chance))

    def judge_promises(self) -> None:
        """Judge a crash and a power cut whenever something was promised."""
        for at in sorted(set(self._promises.points)):
            self._judge(at, crash(self._start, self.log, at))
            self.cut_power(at, "some" if at % 2 else "none", at)

    def _judge(self, at: int, disk: Disk) -> None:
        disk.lay_out(self._root)
        self.recorder.restart()
        self._promises.judge(at, look(self._script))


def run_with_fault(root: Path, at: int, error: int, length: int) -> None:
    """Run the session with a disk that fails, and judge all that was promised meanwhile.

    Args:
        root: A folder for it, empty.
        at: The step that fails first.
        error: The error number.
        length: How many steps in a row fail; then all goes well again.
    """
    breaking = Breaking(root)
    asked = 0

    def fault(step: Step) -> int:
        nonlocal asked
        if isinstance(step, SyncFolder):
            return 0  # some systems cannot, so nobody hears of it
        asked += 1
        return error if at < asked <= at + length else 0

    breaking.recorder.fault = fault
    with breaking.recorder:
        breaking.run()
        breaking.judge_promises()


def make_folder_in_memory() -> tempfile.TemporaryDirectory[str]:
    """Return a folder in memory, where there is one: no disk need be waited for."""
    memory = Path("/dev/shm")  # noqa: S108
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)


class Counts(NamedTuple):
    """How often what was tried."""

    steps: int
    crashes: int
    power_cuts: int
    faults: int


def break_all(every: int, tell: Callable[[str], None] = lambda _: None) -> Counts:
    """Try everything at each so-manyth step.

    Args:
        every: 1 for all steps.
        tell: Is told how far it is.
    """
    with make_folder_in_memory() as folder:
        breaking = Breaking(Path(folder))
        with breaking.recorder:
            breaking.run()
            steps = range(0, breaking.steps + 1, every)
            for at in steps:
                breaking.crash(at)
            tell(f"{2 * len(steps)} crashes")
            for at in steps:
                for number, luck in enumerate(LUCKS):
                    breaking.cut_power(at, luck, number * 1_000_000 + at)
            tell(f"{len(LUCKS) * len(steps)} power cuts")
    faults = list(_choose(breaking.steps, every))
    for number, (at, error, length) in enumerate(faults, start=1):
        with make_folder_in_memory() as folder:
            run_with_fault(Path(folder), at, error, length)
        if number % 100 == 0:
            tell(f"{number} of {len(faults)} faults of the disk")
    return Counts(breaking.steps, 2 * len(steps), len(LUCKS) * len(steps), len(faults))


def _choose(steps: int, every: int) -> Iterable[tuple[int, int, int]]:
    for number, (error, length) in enumerate(FAULTS):
        for at in range(number % every, steps, every):
            yield at, error, length


def main() -> int:
    """Try everything as often as the command line says."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    database._BUSY_MILLISECONDS = 20  # noqa: SLF001
    sys.unraisablehook = lambda _: None  # errors that SQLite itself passes over
    print(break_all(every, lambda line: print(line, flush=True)))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
