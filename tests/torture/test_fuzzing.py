"""The short form; the long one is run by hand, see `fuzzing.py`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.torture import fuzzing, judging, mutations
from tests.torture.originals import make_originals

if TYPE_CHECKING:
    from pathlib import Path

CASES = 60


def test_damaged_files_are_opened_whole_or_reported() -> None:
    cases = fuzzing.fuzz(range(CASES), seed=11)
    assert len(cases) == CASES
    assert [case for case in cases if case.failed] == []
    assert {case.outcome for case in cases} == set(judging.OUTCOMES)
    print(fuzzing.summarise(cases))  # noqa: T201


def test_a_crash_and_a_hang_are_found_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    events = {0: [("begin", 0), ("end", [0, "content", "bits", judging.REPORTED]), ("begin", 1)]}
    events[2] = [("begin", 2), ("end", [2, "content", "bits", judging.WHOLE])]
    monkeypatch.setattr(
        fuzzing, "_run_worker", lambda start, _stop, _seed, _kinds: iter(events[start])
    )
    cases = fuzzing.fuzz(range(3), seed=1)
    assert [case.failed for case in cases] == [False, True, False]
    assert "1 failed" in fuzzing.summarise(cases)


def test_a_silent_change_is_found(tmp_path: Path) -> None:
    path = tmp_path / "inspections" / "fuzzed.inspection"
    path.parent.mkdir()
    original = make_originals(path).files[0]
    path.write_bytes(original.older)
    with pytest.raises(AssertionError, match="silently another"):
        judging.judge_file(path, original)


def test_what_is_in_the_clear_is_found(tmp_path: Path) -> None:
    path = tmp_path / "inspections" / "fuzzed.inspection"
    path.parent.mkdir()
    originals = make_originals(path)
    path.write_bytes(originals.protected[1].data)
    judging.refuse_plain(tmp_path)
    path.write_bytes(originals.files[1].data)
    with pytest.raises(AssertionError, match="in the clear"):
        judging.refuse_plain(tmp_path)


@pytest.mark.parametrize("name", mutations.BYTES)
def test_damage_is_the_same_for_the_same_seed(name: str) -> None:
    data = random.Random(1).randbytes(20_000)  # noqa: S311
    damage = mutations.BYTES[name]
    once, again = (damage(random.Random(5), data) for _ in range(2))  # noqa: S311
    assert once == again != data
