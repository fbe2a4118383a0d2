"""The version of SQLite, for the window to tell."""

from __future__ import annotations

from inspector_app.storage.database import get_version


def get_sqlite_version() -> str:
    """Return the version of SQLite that inspection files are kept with."""
    return get_version()
