"""What the values that a framework is made of share."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class FrameworkValue(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Base of what a framework is made of: immutable, made by keyword.

    Inspections carry them (`editions`), so a field that comes later has a default.
    """

    is_kept: ClassVar[bool] = False
    """Whether only an inspection has it, and its framework no more; see `kept_parts`."""
