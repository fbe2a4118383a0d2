"""Folders of this computer and user, by the platform's own rules.

Where the environment variable INSPECTOR_FOLDERS names a folder, all of them lie in that one: for
tests, and for trying something without touching one's own. Child processes inherit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PLATFORM = platformdirs.PlatformDirs("Inspector", appauthor=False)


def _find(kind: str) -> Path:
    if folders := os.environ.get("INSPECTOR_FOLDERS"):
        return Path(folders, kind)
    folder: Path = getattr(_PLATFORM, f"user_{kind}_path")
    return folder


def list_own_folders() -> tuple[Path, ...]:
    """Return the folders of which everything is for this person alone; they need not be there."""
    return tuple(map(_find, ("state", "cache", "log", "config")))


def is_own(path: Path) -> bool:
    """Tell whether a path lies in one of our folders, or is one."""
    return any(
        path.is_relative_to(form)
        for folder in list_own_folders()
        for form in (folder, os.path.realpath(folder))
    )


def get_state_folder() -> Path:
    """Return the folder for what outlives a session but is no document: backups, journals."""
    return _find("state")


def get_documents_folder() -> Path:
    """Return the folder that open and save dialogs start in."""
    return _find("documents")


def get_backups_folder() -> Path:
    """Return the folder for copies of inspections that were replaced or migrated."""
    return get_state_folder() / "backups"


def get_journals_folder() -> Path:
    """Return the folder for the second copy of every change."""
    return get_state_folder() / "journals"


def get_rescue_folder() -> Path:
    """Return the folder for whole copies of inspections whose own folder could not be written."""
    return get_state_folder() / "rescued"


def get_cache_folder() -> Path:
    """Return the folder for what can be made again at any time and only saves making it."""
    return _find("cache")


def get_opened_folder() -> Path:
    """Return the folder for the notes of when and from where each inspection was open last."""
    return get_state_folder() / "opened"


def get_samples_folder() -> Path:
    """Return the folder for the sample inspections that were tried."""
    return get_state_folder() / "samples"


def get_written_folder() -> Path:
    """Return the folder that knows by digests which files Inspector wrote, and how."""
    return get_state_folder() / "written"


def get_retention_file() -> Path:
    """Return the file that says when old backups were looked through last, and what went."""
    return get_state_folder() / "retention.json"


def get_organisation_folder() -> Path:
    """Return the folder in which an organisation's own frameworks and templates usually lie."""
    return _find("data") / "organisation"


def get_log_folder() -> Path:
    """Return the folder for logs: what happened and where in the program, never what was typed."""
    return _find("log")


def get_own_words_file() -> Path:
    """Return the file with the words that spelling takes as right wherever this person writes."""
    return _find("config") / "own-words.txt"


def get_settings_file() -> Path:
    """Return the file that remembers window layout, recent files and preferences."""
    return _find("config") / "settings.ini"
