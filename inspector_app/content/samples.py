"""The fictional inspections that come with the application, to try things on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.assets import get_resource

if TYPE_CHECKING:
    from inspector_app.content.importing import Imported

SAMPLES = ("rated", "unrated")


def load_sample(name: str) -> Imported:
    """Return a sample inspection; `name` is one of `SAMPLES`."""
    # The command line names the samples in its help.
    from inspector_app.content.importing import import_content

    file = get_resource("samples", f"{name}.json")
    return import_content(file.read_bytes(), file.name, file.parent)
