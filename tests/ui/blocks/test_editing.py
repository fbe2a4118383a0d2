"""What becomes of the lines of a text area, without one."""

from __future__ import annotations

import pytest

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.ui.blocks import editing

KINDS = {"p": "paragraph", "b": "bullet", "n": "bullet", "h": "heading", "t": "table"}


def _lines(letters: str) -> list[WantedBlock]:
    return [
        WantedBlock(KINDS[letter], letter, level=int(letter == "n"))  # type: ignore[arg-type]
        for letter in letters
    ]


@pytest.mark.parametrize(
    ("letters", "kind", "expected"),
    [
        ("ph", "heading", ["heading", "heading"]),
        ("hh", "heading", ["paragraph", "paragraph"]),
        ("hth", "heading", ["paragraph", "table", "paragraph"]),
        ("bp", "bullet", ["bullet", "bullet"]),
        ("bn", "bullet", ["paragraph", "paragraph"]),
    ],
)
def test_lines_of_several_kinds_become_one_first(
    letters: str, kind: str, expected: list[str]
) -> None:
    lines = _lines(letters)
    new = editing.toggle(lines, 0, len(lines) - 1, kind)  # type: ignore[arg-type]
    assert [line.kind for line in new] == expected


@pytest.mark.parametrize(
    ("letters", "first", "last", "levels"),
    [
        ("bb", 1, 1, [0, 1]),
        ("bbb", 0, 2, [0, 1, 1]),
        ("pb", 1, 1, [0, 0]),
        ("b", 0, 0, [0]),
        ("bp", 1, 1, [0, 0]),
        ("bn", 1, 1, [0, 1]),
    ],
)
def test_a_bullet_nests_below_one_in_front_of_it(
    letters: str, first: int, last: int, levels: list[int]
) -> None:
    new = editing.nest(_lines(letters), first, last, 1)
    assert [line.level for line in new] == levels


@pytest.mark.parametrize(
    ("letters", "index", "by", "expected"),
    [
        ("bnpb", 0, 1, "pbnb"),
        ("pbn", 1, -1, "bnp"),
        ("bnbn", 2, -1, "bnbn"),
        ("bpn", 0, 1, "pbn"),
        ("pb", 0, -1, None),
        ("bn", 0, 1, None),
    ],
)
def test_a_bullet_takes_along_those_below_it(
    letters: str, index: int, by: int, expected: str | None
) -> None:
    new, moved = editing.move(_lines(letters), index, by)
    assert moved is (expected is not None)
    assert "".join(line.text for line in new) == (expected or letters)
