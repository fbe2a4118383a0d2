"""An organisation's own folder: frameworks, report templates, law, words. Any part may be missing.

    frameworks/*.toml         assessment frameworks, beside or in place of ours
    report_templates/         templates, styles.toml, house_style.docx
    regulations.toml, activities.toml, ratings.toml, rating_rules.toml
    words.txt                 words that spelling takes as right, besides ours
    checks/*.toml             what is different in the word lists of the checks

What it lacks is the application's own, file by file. It is the folder that the environment variable
INSPECTOR_ORGANISATION names (the option `--organisation` and the preferences set it, so that child
processes have it, too), else the one called `organisation` among the application's data.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from inspector_app.assets import get_resource
from inspector_app.errors import FileProblem
from inspector_app.files import read_regular
from inspector_app.settings import get_organisation_folder

VARIABLE = "INSPECTOR_ORGANISATION"
_LARGEST_LIST = 4_000_000
"""Bytes."""


def find_organisation() -> Path | None:
    """Return the folder of the organisation, or None where there is none."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    usual = get_organisation_folder()
    return usual if usual.is_dir() else None


def choose_organisation(folder: Path | None) -> None:
    """Take a folder from now on, here and in the processes that are started; None: the usual."""
    if folder is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = str(folder.absolute())


def list_words() -> list[str]:
    """Return the lines of the organisation's list of words; of one that cannot be read, none."""
    organisation = find_organisation()
    if organisation is None:
        return []
    try:
        text = read_regular(organisation / "words.txt", most=_LARGEST_LIST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    return text.splitlines()


def find_templates() -> Path | None:
    """Return the organisation's folder of report templates, or None where it has none."""
    organisation = find_organisation()
    folder = organisation / "report_templates" if organisation is not None else None
    return folder if folder is not None and folder.is_dir() else None


def write_start(folder: Path) -> None:
    """Write a folder that an organisation can begin with: one small framework, explained.

    Raises:
        FileProblem: The folder is there already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileProblem(f"“{folder}” is there already. Nothing was saved; name a new folder.")
    try:
        shutil.copytree(get_resource("new_organisation"), folder, dirs_exist_ok=True)
    except OSError as error:
        raise FileProblem(f"“{folder}” could not be written: {error.strerror}.") from error
