"""The organisation of these tests: what somebody made who had read docs/frameworks.md alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.content.importing import import_content

if TYPE_CHECKING:
    from inspector_app.content.importing import Imported

HYGIENE = Path(__file__).parent / "hygiene"
RESTAURANT = Path(__file__).parent / "restaurant.json"
FRAMEWORK = "restaurant_hygiene"


def load_restaurant() -> Imported:
    """Return a filled inspection of a restaurant; the organisation must be chosen."""
    return import_content(RESTAURANT.read_bytes(), RESTAURANT.name, None)
