"""Damaging files in every way that can be thought of, and opening them as the window would.

    .venv/bin/python -m tests.torture.fuzzing [COUNT] [--seed N] [--only CASE] [--kinds KIND …]

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
from inspector_app.storage.automatic import make_backup_path
from inspector_app.storage.encryption import PROTECTION_PLACE, PROTECTION_SIZE
from inspector_app.storage.private_copy import get_journal_path
from tests.torture import mutations
from tests.torture.judging import OUTCOMES, judge_content, judge_file, judge_journal
from tests.torture.originals import WHEN, make_originals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.torture.originals import FileOriginal, JournalOriginal, Originals

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
    *("protected inspection",) * 3,
)
_PROTECTED = (
    *("bytes of a file",) * 4,
    *("pages of a file",) * 3,
    *("header of a file",) * 2,
    *("file after a crash",) * 2,
    *("journal",) * 2,
)
"""What of a protected inspection is damaged. Its rows are altered by nobody without the key."""


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

    def __init__(self, folder: Path, seed: int, kinds: Sequence[str] = _KINDS) -> None:
        self._folder = folder / "inspections"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._seed = seed
        self._kinds = kinds
        self._path = self._folder / "fuzzed.inspection"
        self._originals: Originals = make_originals(self._path)

    def run(self, number: int) -> Case:
        """Damage something, and judge what becomes of it."""
        chance = random.Random(f"{self._seed}.{number}")  # noqa: S311
        kind = chance.choice(self._kinds)
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
        if kind == "protected inspection":
            kind = chance.choice(_PROTECTED)
            files, broken_off = originals.protected, originals.protected_broken_off
            journal = originals.sealed_journal
        else:
            files, broken_off, journal = originals.files, originals.broken_off, originals.journal
        if kind == "journal":
            return self._damage_journal(chance, journal)
        if kind == "file after a crash":
            return self._damage_after_crash(chance, broken_off)
        return self._damage_file(kind, chance, chance.choice(files))

    def _damage_file(
        self, kind: str, chance: random.Random, original: FileOriginal
    ) -> tuple[str, Callable[[], str]]:
        name, damage = "", ""
        data = original.data
        for _ in range(chance.choice((1, 1, 1, 2))):
            if kind == "bytes of a file":
                name = chance.choice(list(mutations.BYTES))
                data = mutations.BYTES[name](chance, data) or b""
            elif kind == "pages of a file":
                name, data = "pages", mutations.mix_pages(chance, data, original.older)
            elif kind == "header of a file":
                name, data = "header", self._alter_header(chance, data, original)
            damage = f"{damage}, {name}" if damage else name
            if not data:
                break
        self._path.write_bytes(data)
        if kind == "rows of a file":
            damage = self._alter_rows(chance)
        if original.key is not None and chance.random() < 0.3:
            damage += ", with a backup"
            self._put_backup(original)
        # SQLite leaves a private copy alone that is older than its clock's tick.
        os.utime(self._path, (1_700_000_000, 1_700_000_000))
        return f"{original.name}: {damage}", lambda: judge_file(self._path, original)

    def _alter_header(self, chance: random.Random, data: bytes, original: FileOriginal) -> bytes:
        """Alter a field of a header; of a protected file also what says how it is protected."""
        if original.key is None or chance.random() < 0.6:
            return mutations.alter_header(chance, data)
        at = PROTECTION_PLACE + chance.randrange(PROTECTION_SIZE)
        return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]

    def _put_backup(self, original: FileOriginal) -> None:
        backups = self._folder.parent / "backups"
        path = make_backup_path(backups, original.inspection.id, "change", WHEN)
        path.parent.mkdir(parents=True)
        path.write_bytes(original.older)

    def _alter_rows(self, chance: random.Random) -> str:
        try:
            return mutations.alter_rows(chance, self._path)
        except apsw.Error as error:
            return f"refused: {type(error).__name__}"

    def _damage_after_crash(
        self, chance: random.Random, original: FileOriginal
    ) -> tuple[str, Callable[[], str]]:
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
        return f"{original.name}: {what}: {name}", lambda: judge_file(self._path, original)

    def _damage_journal(
        self, chance: random.Random, original: JournalOriginal
    ) -> tuple[str, Callable[[], str]]:
        name = chance.choice([*mutations.BYTES, "frames", "frames"])
        if name == "frames":
            before = PROTECTION_SIZE if original.file.key is not None else 0
            data = mutations.mix_frames(chance, original.data, before)
        else:
            data = mutations.BYTES[name](chance, original.data)
        self._path.write_bytes(original.file.data)
        journal = get_journals_folder() / original.name
        journal.parent.mkdir(parents=True, exist_ok=True)
        journal.write_bytes(data)
        damage = f"journal of {original.file.name}: {name}"
        return damage, lambda: judge_journal(self._path, journal, original)


def _damage_content(chance: random.Random, data: bytes) -> tuple[str, Callable[[], str]]:
    if chance.random() < 0.4:
        name = chance.choice(list(mutations.BYTES))
        damaged = mutations.BYTES[name](chance, data)
    else:
        name, damaged = "JSON", mutations.alter_json(chance, data)
    return name, lambda: judge_content(damaged)


# -- many cases, in processes that may die


def fuzz(
    numbers: range,
    seed: int,
    tell: Callable[[Case], None] = lambda _: None,
    kinds: Sequence[str] = _KINDS,
) -> list[Case]:
    """Work off cases, and return what became of each."""
    cases: list[Case] = []
    start = numbers.start
    while start < numbers.stop:
        begun = start
        for event, value in _run_worker(start, numbers.stop, seed, kinds):
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


def _run_worker(
    start: int, stop: int, seed: int, kinds: Sequence[str]
) -> Iterator[tuple[str, object]]:
    with tempfile.TemporaryDirectory(prefix="inspector-fuzz-") as home:
        names = ("INSPECTOR_FOLDERS", "TMPDIR")
        command = [*_COMMAND, "--work", home, str(start), str(stop), "--seed", str(seed)]
        process = subprocess.Popen(  # noqa: S603
            [*command, "--kinds", *kinds],
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


def work(home: Path, start: int, stop: int, seed: int, kinds: Sequence[str]) -> None:
    """Be the process that works off cases: names each before it begins it."""
    _limit_memory()
    fuzzer = Fuzzer(home, seed, kinds)
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
    parser.add_argument("--kinds", nargs="+", default=_KINDS, choices=sorted(set(_KINDS)))
    parser.add_argument("--only", type=int, help="one case")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        home, start, stop = options.work
        work(Path(home), int(start), int(stop), options.seed, options.kinds)
        return 0

    def tell(case: Case) -> None:
        if case.failed:
            print(f"seed {options.seed}, case {case.number}: {case.kind}, {case.damage}")  # noqa: T201
            print(case.outcome, flush=True)  # noqa: T201

    numbers = range(options.start, options.start + options.count)
    if options.only is not None:
        numbers = range(options.only, options.only + 1)
    cases = fuzz(numbers, options.seed, tell, options.kinds)
    print(summarise(cases))  # noqa: T201
    return 1 if any(case.failed for case in cases) else 0


if __name__ == "__main__":
    sys.exit(main())
