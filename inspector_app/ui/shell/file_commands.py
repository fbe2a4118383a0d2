"""New inspections, copies, and content (JSON) in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from inspector_app.document.creating import create_inspection, import_inspection
from inspector_app.document.export_kinds import CONTENT, INSPECTION
from inspector_app.errors import ContentFault, InspectorError
from inspector_app.files import make_file_name
from inspector_app.ui.prompts import NOT_PROTECTED
from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.ui.opening.new_inspection import NewInspection
    from inspector_app.ui.shell.commands import WindowParts


class FileCommands(Commands):
    """Does what the File menu offers besides opening, for the inspection that is open."""

    open_wanted = Signal(object)
    """An inspection was made; carries its path."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self.folder = parts.documents
        """Where dialogs start, unless the preferences say so."""
        parts.actions.save_copy.triggered.connect(self._on_save_copy)
        parts.actions.save_outside.triggered.connect(self._on_save_outside)
        parts.actions.save_content.triggered.connect(self._on_save_content)
        parts.actions.open_content.triggered.connect(self._on_open_content)

    @Slot(object)
    def create(self, wanted: NewInspection) -> None:
        """Make a new inspection where the person says, and have it opened."""
        name = make_file_name(wanted.location_name, "New inspection")
        preferences = self._preferences
        folder = preferences.inspections_folder or self.folder
        path = self._prompts.ask_new_inspection(folder / f"{name}{INSPECTION}")
        if path is None:
            return
        with self._prompts.telling("The inspection was not created."):
            create_inspection(
                path,
                self._backups,
                wanted.framework,
                wanted.regime,
                form=wanted.form,
                location_name=wanted.location_name,
                provider_name=wanted.provider_name,
                signatory=(preferences.signatory_name, preferences.signatory_title),
                who=preferences.who,
            )
            self.open_wanted.emit(path)

    @Slot()
    def _on_save_copy(self) -> None:
        if (document := self._document) is not None:
            self._write(
                f"{document.path.stem} – copy{INSPECTION}",
                "A copy of the whole inspection is written, notes and history included.",
                lambda target: document.save_copy(target, self._backups),
                is_plain=False,
            )

    @Slot()
    def _on_save_outside(self) -> None:
        if (document := self._document) is not None:
            self._write(
                f"{document.path.stem} – for sending{INSPECTION}",
                "A copy is written that holds what the report prints, and nothing else.",
                lambda target: document.save_outside_copy(target, self._backups),
            )

    @Slot()
    def _on_save_content(self) -> None:
        if (document := self._document) is not None:
            self._write(
                f"{document.path.stem}{CONTENT}",
                "Everything you typed is written as content (JSON).",
                document.save_content,
            )

    def _write(
        self, name: str, headline: str, write: Callable[[Path], None], *, is_plain: bool = True
    ) -> None:
        """Ask where something is to lie, write it, and tell."""
        if self._document is None:
            return
        proposed = self._document.path.with_name(name)
        target = self._prompts.ask_copy(proposed)
        if target is None:
            return
        with self._prompts.telling("Nothing was written."):
            write(target)
            if is_plain and self._document.is_protected:
                headline += f" {NOT_PROTECTED}"
            self._prompts.show_written(headline, target)

    @Slot()
    def _on_open_content(self) -> None:
        source = self._prompts.ask_content(self._preferences.inspections_folder or self.folder)
        if source is not None:
            self.bring_in(source)

    def bring_in(self, source: Path) -> None:
        """Make an inspection from a content file, where the person says, and have it opened."""
        try:
            make = import_inspection(source, self._preferences.who)
        except ContentFault as fault:
            faults = "\n".join(fault.list_faults())
            self._prompts.show_list(f"{fault.headline} Nothing was imported.", faults)
            return
        except InspectorError as error:
            self._prompts.show_problem("The content was not opened.", str(error))
            return
        target = self._prompts.ask_new_inspection(source.with_suffix(INSPECTION))
        if target is None:
            return
        with self._prompts.telling("The inspection was not created."):
            make.write(target, self._backups)
            if make.remarks:
                headline = "The inspection is there. Not all came along:"
                self._prompts.show_list(headline, make.remarks)
            self.open_wanted.emit(target)
