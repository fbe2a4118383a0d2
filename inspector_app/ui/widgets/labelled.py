"""Something that can be chosen, known without the widget that chooses."""

from __future__ import annotations

from typing import NamedTuple


class Labelled(NamedTuple):
    """Something that can be chosen: what is stored, what it is called, and where it belongs."""

    id: str
    name: str
    group: str = ""

    @property
    def full_name(self) -> str:
        """Name with what it belongs to: “Safe: Medicines”."""
        return f"{self.group}: {self.name}" if self.group else self.name
