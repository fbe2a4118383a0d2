"""What a run of the checks found. Apart from the checks, which take long to import."""

from __future__ import annotations

import msgspec

from inspector_app.checks.result import CheckResult


class CheckRun(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks found: the gravest first, then in the order of the catalogue.

    `set_aside` are results that the inspector set aside, each with the reason.
    """

    results: tuple[CheckResult, ...]
    set_aside: tuple[tuple[CheckResult, str], ...]

    def count(self, severity: str) -> int:
        """Return how many there are; hints are counted once for each check."""
        found = [item.check for item in self.results if item.severity == severity]
        return len(set(found)) if severity == "hint" else len(found)

    @property
    def has_error(self) -> bool:
        """Whether one of them is an error."""
        return any(item.severity == "error" for item in self.results)
