"""The fictional inspections that come with the application, to try things on."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.assets import get_resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.content.importing import Imported


class Sample(NamedTuple):
    """What people choose a sample by."""

    id: str
    name: str
    what: str


def _read_samples() -> dict[str, Sample]:
    rows = tomllib.loads(get_resource("samples", "samples.toml").read_text("utf-8"))["samples"]
    return {row["id"]: Sample(**row) for row in rows}


SAMPLES: Mapping[str, Sample] = _read_samples()
"""By id, in the order in which they are offered."""


def load_sample(name: str) -> Imported:
    """Return a sample inspection; `name` is one of `SAMPLES`."""
    # The command line names the samples in its help.
    from inspector_app.content.importing import import_content

    file = get_resource("samples", f"{name}.json")
    return import_content(file.read_bytes(), file.name, file.parent)
