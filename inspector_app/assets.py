"""Where the application's own files are; the only module that looks for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inspector_app.errors import FileProblem

_PACKAGE = Path(__file__).resolve().parent


@cache
def _find_folder(name: str) -> Path:
    # A wheel carries the folders inside the package; a checkout has them at the top.
    for base in (_PACKAGE, _PACKAGE.parent):
        folder = base / name
        if folder.is_dir():
            return folder
    raise FileProblem(
        f"The application's folder “{name}” is missing, so it was not installed completely. "
        "Your inspections are not affected. Install the application again."
    )


def get_resource(*parts: str) -> Path:
    """Return the path of a file or folder below `resources/`."""
    return _find_folder("resources").joinpath(*parts)


def is_own_resource(path: Path) -> bool:
    """Tell whether a file lies below `resources/`."""
    return path.is_relative_to(get_resource())


def get_guide() -> Path:
    """Return the path of the user guide."""
    return _find_folder("docs") / "user-guide.md"


def get_templates_folder() -> Path:
    """Return the folder `report_templates/`."""
    return _find_folder("report_templates")
