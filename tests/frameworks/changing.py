"""A framework of an organisation that is removed, or changed, under inspections that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Edition
from inspector_app.frameworks import load
from inspector_app.frameworks.editions import find_installed, start_with_edition
from inspector_app.frameworks.load import load_framework
from inspector_app.frameworks.starting import start_from_framework
from inspector_app.organisation import VARIABLE, write_start

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.editions import LoadedEdition

MINE = "my_framework"
FILE = f"frameworks/{MINE}.toml"
PREMISES = """
  [[key_questions.topics]]
  id = "premises"
  heading = "Premises"
  verified = false
  # Standard sentences under the heading; the person picks one or writes her own.
  leads = [
    {id = "good", text = "The premises were safe.", verified = false},
    {id = "mixed", text = "The premises were not always safe.", verified = false},
  ]
"""
CHANGES = (
    ('version = "2026-01-01"', 'version = "2027-01-01"'),
    (PREMISES, '\n[[key_questions.topics]]\nid = "fire"\nheading = "Fire & gas"\n'),
    ('heading = "Staff"', 'heading = "Staff and training"'),
    (
        'id = "summary"\nname = "Summary"',
        'id = "overview"\nname = "Overview of {{ location.name }}"',
    ),
    ('"sections.summary"', '"sections.overview"'),
    ("We rated {{ key_question.word }}", "Rated {{ key_question.word }}"),
)
"""What the next version of the framework has otherwise."""


def forget() -> None:
    """Read as a new process does."""
    for remembered in (load._load_framework, load._load_reference, load._list_frameworks):  # noqa: SLF001
        remembered.cache_clear()


class Organisation:
    """An organisation's folder, and what becomes of it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = patch
        patch.setenv(VARIABLE, str(folder))
        write_start(folder)
        forget()

    def remove(self) -> None:
        """Have the framework, its templates, or anything of the folder installed no more."""
        self._patch.delenv(VARIABLE)
        forget()

    def change(self) -> None:
        """Install the next version of the framework."""
        for old, new in CHANGES:
            self.alter(old, new)

    def alter(self, old: str, new: str) -> None:
        """Change a line of the framework's file, wherever it stands."""
        path = self.folder / FILE
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), "utf-8")
        forget()


def begin(**details: str) -> tuple[Change, Inspection]:
    """Return what begins an inspection of the organisation's framework, with the edition in it."""
    framework = load_framework(MINE)
    given = {"regime": "rated", "location_name": "Fern Bank", **details}
    return start_with_edition(*start_from_framework(framework, given))


def begin_without() -> tuple[Change, Inspection]:
    """Return what begins an inspection as earlier versions made it: without an edition."""
    return start_from_framework(load_framework(MINE), {"regime": "rated"})


def get_installed(framework: str = MINE) -> LoadedEdition:
    """Return the edition that is installed."""
    found = find_installed(framework)
    assert found is not None
    return found


def carry(inspection: Inspection, data: str) -> Inspection:
    """Return an inspection that carries another text as its edition."""
    draft = Draft(inspection)
    (edition,) = inspection.all(Edition)
    draft.set(edition.id, "data", data)
    return draft.result
