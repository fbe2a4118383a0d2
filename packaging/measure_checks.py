"""How long the checks take on an inspection of ten times the usual size.

    .venv/bin/python packaging/measure_checks.py [--by-check] [FILE]

Prints what the first run in a new process takes, what a second one and one after an edit take, and
what it takes to hand the answer from the worker to the window. Times are those that the process
computed: the same whatever else the computer does. FILE is an inspection or a content file to take
in place of the large one; `--by-check` names the dearest checks.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec
from large_inspection import make_large_inspection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector_app.checks.result import CheckFunction, Occurrence
    from inspector_app.checks.subject import Subject
    from inspector_app.domain.inspection import Inspection

_EDITS = 15
_DEAREST = 12


class _Watched:
    """A check function that counts the seconds it takes."""

    def __init__(self, function: CheckFunction) -> None:
        self._function = function
        self.seconds = 0.0

    def __call__(self, subject: Subject) -> Iterable[Occurrence]:
        before = time.process_time()
        hits = list(self._function(subject))
        self.seconds += time.process_time() - before
        return hits


def main() -> int:
    """Measure and print."""
    files = [Path(item) for item in sys.argv[1:] if not item.startswith("-")]
    _measure(_read(files[0]) if files else make_large_inspection().inspection)
    return 0


def _measure(inspection: Inspection) -> None:
    from inspector_app.checks import running
    from inspector_app.checks.check_run import CheckRun
    from inspector_app.checks.registry import CHECKS
    from inspector_app.document.jobs.messages import AnswerReader, Done, pack, pack_answer
    from inspector_app.frameworks.load import load_framework, load_reference

    framework, reference = load_framework(inspection.details.framework), load_reference()
    watched: dict[str, _Watched] = {}

    def check(title: str, checked: Inspection) -> CheckRun:
        if "--by-check" in sys.argv:
            watched.update({id_: _Watched(function) for id_, function in CHECKS.items()})
            running.CHECKS = watched
        before = time.process_time()
        run = running.run_checks(checked, framework, reference)
        _say(title, time.process_time() - before)
        for id_, item in sorted(watched.items(), key=lambda pair: -pair[1].seconds)[:_DEAREST]:
            _say(f"  {id_}", item.seconds)
        return run

    run = check("first run, everything cold", inspection)
    check("second run, nothing changed", inspection)
    times = []
    for number, changed in enumerate(_edit(inspection)):
        before = time.process_time()
        if number:
            running.run_checks(changed, framework, reference)
            times.append(time.process_time() - before)
        else:
            check("after one edit", changed)
    _say("after one edit, median", statistics.median(times))
    _say("  longest", max(times))
    found = f"{len(run.results):,} results"
    before = time.process_time()
    data = pack(Done(1, pack_answer(run)))
    _say(f"in the worker, packing {found}", time.process_time() - before)
    before = time.process_time()
    (answer,) = AnswerReader().feed(data)
    msgspec.msgpack.decode(answer.answer, type=CheckRun)
    _say(f"in the window, unpacking {len(data):,} bytes", time.process_time() - before)


def _edit(inspection: Inspection) -> Iterator[Inspection]:
    """Yield the inspection with one more letter in one bullet, each time in another one."""
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import Block

    blocks = [item for item in inspection if isinstance(item, Block) and item.kind == "bullet"]
    for block in blocks[:: len(blocks) // _EDITS or 1][:_EDITS]:
        draft = Draft(inspection)
        draft.set(block.id, "text", f"{block.text}x")
        inspection = inspection.apply(draft.finish("Type"))
        yield inspection


def _read(path: Path) -> Inspection:
    from inspector_app.content.importing import import_content
    from inspector_app.storage.reading import open_for_reading

    if path.suffix == ".json":
        return import_content(path.read_bytes(), path.name, path.parent).inspection
    with open_for_reading(path) as reader:
        return reader.inspection


def _say(what: str, seconds: float) -> None:
    print(f"{what:<48} {seconds * 1000:8.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
