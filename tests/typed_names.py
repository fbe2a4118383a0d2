"""What people type as names, and what is left of it in the name of a file.

None: Windows keeps the name for a device, or nothing is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPED_NAMES: Mapping[str, str | None] = {
    "con": None,
    "NUL": None,
    " aux. ": None,
    "COM1": None,
    "LPT9": None,
    "com¹": None,
    "...": None,
    "NUL.x": "NUL x",
    "COM10": "COM10",
    "../../etc/passwd": "etc passwd",
    "St Mary’s: A & B": "St Mary s A B",
    "Fern Bank. . ": "Fern Bank",
    "Fern\x00Bank\x1f\x7f\u202e": "Fern Bank",
    "Fern\r\nBank\tClinic": "Fern Bank Clinic",
    "x" * 300: "x" * 80,
    f"{'x' * 79} y": "x" * 79,
    "\N{CJK UNIFIED IDEOGRAPH-20000}" * 90: "\N{CJK UNIFIED IDEOGRAPH-20000}" * 50,
}
