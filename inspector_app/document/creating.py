"""Making the file of a new inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.files import describe_read_problem, read_regular
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.frameworks.starting import start_from_framework
from inspector_app.storage.new_files import create_inspection_file

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.content.importing import Imported
    from inspector_app.frameworks.model import Framework


def create_inspection(
    path: Path,
    backups: Path,
    framework: Framework,
    regime: str,
    *,
    form: str = "",
    location_name: str = "",
    provider_name: str = "",
    signatory: tuple[str, str] = ("", ""),
    who: str = "",
) -> None:
    """Write the file of an inspection that starts with all key questions, topics and sections.

    Args:
        path: The file; one that is there is kept among the backups.
        backups: Folder for the file that was there.
        framework: What the inspection is made under.
        regime: Id of one of its ways of judging.
        form: Id of the form of its report; "" where the framework has only one.
        location_name: Name of the service.
        provider_name: Name of who runs it.
        signatory: Name and title of who signs.
        who: Initials for the history.

    Raises:
        FileProblem: The file cannot be written.
    """
    details = {
        "regime": regime,
        "form": form,
        "location_name": location_name.strip(),
        "provider_name": provider_name.strip(),
        "signatory_name": signatory[0],
        "signatory_title": signatory[1],
    }
    started = start_with_edition(*start_from_framework(framework, details, who))
    create_inspection_file(path, *started, {}, backups)


class ImportedInspection(NamedTuple):
    """An inspection that content describes, before it has a file."""

    imported: Imported

    @property
    def remarks(self) -> str:
        """What did not come along, a line each."""
        return "\n".join(self.imported.remarks)

    def write(self, path: Path, backups: Path) -> None:
        """Write the inspection's file; one that is there is kept among the backups.

        Raises:
            FileProblem: The file cannot be written.
        """
        inspection, change, attachments, _ = self.imported
        started = start_with_edition(change, inspection)
        create_inspection_file(path, *started, attachments, backups)


def import_inspection(source: Path, who: str = "") -> ImportedInspection:
    """Read a content file (JSON), with the photos that lie beside it.

    Raises:
        ContentFault: The content has faults; all are listed.
        FileProblem: The file cannot be read.
    """
    # Imported here: few windows bring content in, and all start sooner without.
    from inspector_app.content.importing import MOST_BYTES, import_content

    try:
        data = read_regular(source, follow=True, most=MOST_BYTES)
    except OSError as error:
        raise describe_read_problem(source, error) from error
    return ImportedInspection(import_content(data, source.name, source.parent, who))
