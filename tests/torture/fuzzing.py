"""Damaging files in every way that can be thought of, and opening them as the window would.

    .venv/bin/python -m tests.torture.fuzzing [COUNT] [--seed N] [--only CASE]

Each case is damaged by its seed alone, so that one that fails can be had again with `--only`. Cases
are worked off in processes of their own, which name the case before they begin it: what crashes or
hangs one is found, counted, and passed over.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import apsw

from inspector_app.settings import get_journals_folder
from inspector_app.storage.private_copy import get_journal_path
from tests.torture import mutations
from tests.torture.judging import OUTCOMES, judge_content, judge_file, judge_journal
from tests.torture.originals import make_originals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.torture.originals import FileOriginal, Originals

_PROJECT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "tests.torture.fuzzing")
_PATIENCE = 60
"""Seconds after which a case is taken for one that hangs."""
_MEMORY = 3 << 30
"""Bytes that a process may take."""
_KINDS = (
    *("bytes of a file",) * 4,
    *("pages of a file",) * 3,
    *("header of a file",) * 2,
    *("rows of a file",) * 4,
    *("file after a crash",) * 2,
    *("journal",) * 2,
    *("content",) * 3,
)


class Case(NamedTuple):
    """What became of one damaged file."""

    number: int
    kind: str
    damage: str
    outcome: str
    """One of `OUTCOMES`, or what went wrong."""

    @property
    def failed(self) -> bool:
        """Whether it is what must not be."""
        return self.outcome not in OUTCOMES


class Fuzzer:
    """Damages and judges one case after the other, in a folder of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder / "inspections"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._seed = seed
        self._path = self._folder / "fuzzed.inspection"
        self._originals: Originals = make_originals(self._path)

    def run(self, number: int) -> Case:
        """Damage something, and judge what becomes of it."""
        chance = random.Random(f"{self._seed}.{number}")  # noqa: S311
        kind = chance.choice(_KINDS)
        self._clear()
        damage = "?"
        try:
            damage, judge = self._damage(kind, chance)
            outcome = judge()
        except Exception:  # noqa: BLE001 - that is what is looked for
            outcome = traceback.format_exc()
        return Case(number, kind, damage, outcome)

    def _clear(self) -> None:
        for folder in (self._folder, self._folder.parent / "backups", get_journals_folder()):
            shutil.rmtree(folder, ignore_errors=True)
        self._folder.mkdir()

    def _damage(self, kind: str, chance: random.Random) -> tuple[str, Callable[[], str]]:
        originals = self._originals
        if kind == "content":
            return _damage_content(chance, chance.choice(originals.contents))
        if kind == "journal":
            return self._damage_journal(chance)
        if kind == "file after a crash":
            return self._damage_after_crash(chance)
        original = chance.choice(originals.files)
        name, damage = "", ""
        data = original.data
        for _ in range(chance.choice((1, 1, 1, 2))):
            if kind == "bytes of a file":
                name = chance.choice(list(mutations.BYTES))
                data = mutations.BYTES[name](chance, data) or b""
            elif kind == "pages of a file":
                name, data = "pages", mutations.mix_pages(chance, data, original.older)
            elif kind == "header of a file":
                name, data = "header", mutations.alter_header(chance, data)
            damage = f"{damage}, {name}" if damage else name
            if not data:
                break
        self._path.write_bytes(data)
        if kind == "rows of a file":
            damage = self._alter_rows(chance)
        # SQLite leaves a private copy alone that is older than its clock's tick.
        os.utime(self._path, (1_700_000_000, 1_700_000_000))
        return f"{original.name}: {damage}", lambda: judge_file(self._path, original)

    def _alter_rows(self, chance: random.Random) -> str:
        try:
            return mutations.alter_rows(chance, self._path)
        except apsw.Error as error:
            return f"refused: {type(error).__name__}"

    def _damage_after_crash(self, chance: random.Random) -> tuple[str, Callable[[], str]]:
        original: FileOriginal = self._originals.broken_off
        name = chance.choice(list(mutations.BYTES))
        data, hot = original.data, original.hot
        what = chance.choice(("journal", "journal", "file", "nothing", "journal gone"))
        if what == "journal":
            hot = mutations.BYTES[name](chance, hot)
        elif what == "file":
            data = mutations.BYTES[name](chance, data)
        self._path.write_bytes(data)
        if what != "journal gone":
            get_journal_path(self._path).write_bytes(hot)
        for path in self._folder.iterdir():
            os.utime(path, (1_700_000_000, 1_700_000_000))
        return f"{what}: {name}", lambda: judge_file(self._path, original)

    def _damage_journal(self, chance: random.Random) -> tuple[str, Callable[[], str]]:
        originals = self._originals
        name = chance.choice([*mutations.BYTES, "frames", "frames"])
        if name == "frames":
            data = mutations.mix_frames(chance, originals.journal)
        else:
            data = mutations.BYTES[name](chance, originals.journal)
        self._path.write_bytes(originals.files[0].data)
        journal = get_journals_folder() / originals.journal_name
        journal.parent.mkdir(parents=True, exist_ok=True)
        journal.write_bytes(data)
        return name, lambda: judge_journal(self._path, journal, originals)


def _damage_content(chance: random.Random, data: bytes) -> tuple[str, Callable[[], str]]:
    if chance.random() < 0.4:
        name = chance.choice(list(mutations.BYTES))
        damaged = mutations.BYTES[name](chance, data)
    else:
        name, damaged = "JSON", mutations.alter_json(chance, data)
    return name, lambda: judge_content(damaged)


# -- many cases, in processes that may die


def fuzz(numbers: range, seed: int, tell: Callable[[Case], None] = lambda _: None) -> list[Case]:
    """Work off cases, and return what became of each."""
    cases: list[Case] = []
    start = numbers.start
    while start < numbers.stop:
        begun = start
        for event, value in _run_worker(start, numbers.stop, seed):
            if event == "begin":
                begun = value
            else:
                case = Case(*value)
                cases.append(case)
                tell(case)
                begun = case.number + 1
        if begun < numbers.stop:
            # It ended within this one.
            case = Case(begun, "?", "?", "the process crashed, or hung")
            cases.append(case)
            tell(case)
        start = begun + 1
    return cases


def _run_worker(start: int, stop: int, seed: int) -> Iterator[tuple[str, object]]:
    with tempfile.TemporaryDirectory(prefix="inspector-fuzz-") as home:
        names = ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")
        process = subprocess.Popen(  # noqa: S603
            [*_COMMAND, "--work", home, str(start), str(stop), "--seed", str(seed)],
            env={**os.environ, **dict.fromkeys(names, home), "PYTHONPATH": str(_PROJECT)},
            cwd=_PROJECT,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert process.stdout is not None
        try:
            for line in process.stdout:
                event, value = json.loads(line)
                yield event, value
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def work(home: Path, start: int, stop: int, seed: int) -> None:
    """Be the process that works off cases: names each before it begins it."""
    _limit_memory()
    fuzzer = Fuzzer(home, seed)
    for number in range(start, stop):
        print(json.dumps(["begin", number]), flush=True)  # noqa: T201
        faulthandler.dump_traceback_later(_PATIENCE, exit=True)
        case = fuzzer.run(number)
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(["end", case]), flush=True)  # noqa: T201


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def summarise(cases: list[Case]) -> str:
    """Return a table: how many cases of each kind ended how."""
    counts = Counter((case.kind, case.outcome) for case in cases if not case.failed)
    lines = [f"| Damaged | Cases | {' | '.join(OUTCOMES)} |", "| --- " * 7 + "|"]
    for kind in sorted(set(_KINDS)):
        row = [counts[kind, outcome] for outcome in OUTCOMES]
        lines.append(f"| {kind} | {sum(row)} | {' | '.join(map(str, row))} |")
    failed = [case for case in cases if case.failed]
    lines.append(f"{len(cases)} cases, {len(failed)} failed.")
    return "\n".join(lines)


def main() -> int:
    """Run as many cases as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the number of the first case")
    parser.add_argument("--only", type=int, help="one case")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        home, start, stop = options.work
        work(Path(home), int(start), int(stop), options.seed)
        return 0

    def tell(case: Case) -> None:
        if case.failed:
            print(f"seed {options.seed}, case {case.number}: {case.kind}, {case.damage}")  # noqa: T201
            print(case.outcome, flush=True)  # noqa: T201

    numbers = range(options.start, options.start + options.count)
    if options.only is not None:
        numbers = range(options.only, options.only + 1)
    cases = fuzz(numbers, options.seed, tell)
    print(summarise(cases))  # noqa: T201
    return 1 if any(case.failed for case in cases) else 0


if __name__ == "__main__":
    sys.exit(main())
