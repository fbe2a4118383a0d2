"""Holding every field against a place, with a sentence for each that the place does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.completeness import on_purpose
from tests.completeness.planting import list_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.completeness.planting import Field

ON_PURPOSE = "tests/completeness/on_purpose.py"


def hold(faults: Iterator[str]) -> None:
    """Fail with every sentence at once."""
    found = list(faults)
    if found:
        why_not = f"Where a place need not know it, say so in its table of {ON_PURPOSE}."
        pytest.fail("\n".join([*found, why_not]), pytrace=False)


def read_reasons(table: str) -> set[str]:
    """Return the fields that a table of `on_purpose.py` names, each as `Kind.field`."""
    return read_names(" ".join(getattr(on_purpose, table).values()))


def read_names(names: str) -> set[str]:
    """Return the fields that a line names."""
    found = set(names.split())
    unknown = found - {str(field) for field in list_fields()}
    assert not unknown, f"{ON_PURPOSE} names {unknown}, which are no fields."
    return found


def hold_against(
    table: str,
    find_fault: Callable[[Field], str],
    wanted: Callable[[Field], bool] = lambda field: True,
) -> None:
    """Fail with a sentence for each field that a place neither knows nor leaves out on purpose.

    Args:
        table: The table of `on_purpose.py` with what the place leaves out.
        find_fault: Returns what is wrong with a field and which file to edit, or "".
        wanted: Which fields the place is to know.
    """

    def list_faults() -> Iterator[str]:
        left_out = read_reasons(table)
        for field in filter(wanted, list_fields()):
            fault = find_fault(field)
            if not fault and str(field) in left_out:
                yield f"{field}: known there after all; take it out of {table} in on_purpose.py."
            elif fault and str(field) not in left_out:
                yield f"{field}: {fault}. ({table})"

    hold(list_faults())
