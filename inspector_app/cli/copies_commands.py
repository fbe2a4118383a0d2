"""The commands that list what this computer holds of inspections, and remove it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.cli.streams import refuse_standard, write_data
from inspector_app.domain.dates import to_local
from inspector_app.domain.local_copies import (
    KIND_NAMES,
    KINDS,
    describe_copies,
    describe_count,
    describe_size,
)
from inspector_app.errors import InspectorError
from inspector_app.files import exists, follow_links
from inspector_app.settings import get_backups_folder, get_settings_file
from inspector_app.storage.copy_search import get_copy_folders, list_holdings
from inspector_app.storage.forgetting import find_user, forget_opened, remove_copies
from inspector_app.storage.retention import read_last_look
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from inspector_app.domain.local_copies import Copy, Holdings, InspectionCopies

_FORMAT = "inspector-copies/1"


def run_copies(options: Namespace) -> int:
    """List everything."""
    places = get_copy_folders(get_backups_folder())
    holdings = list_holdings(places)
    if options.json:
        plain = _to_plain(holdings)
        look = read_last_look(places.retention)
        plain["last_look"] = look.when.isoformat() if look is not None else None
        write_data(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
    else:
        for line in _tell(holdings):
            print(line)
    return 0


def run_forget(options: Namespace) -> int:
    """Remove all there is of an inspection, but for its file unless that is wanted, too."""
    places = get_copy_folders(get_backups_folder())
    path = Path(options.inspection)
    refuse_standard(path, "an inspection")
    given = [follow_links(path)] if exists(path) else []
    inspection = _find(list_holdings(places, given), options.inspection)
    going = [copy for copy in inspection.copies if copy.kind != "file" or options.file]
    if user := find_user(inspection.copies):
        raise InspectorError(
            f"Nothing was removed: {user} has this inspection open. Close it there and try again."
        )
    if not options.yes and not _confirm(inspection, going):
        print("Nothing was removed. (Where nobody can answer, say --yes.)", file=sys.stderr)
        return 1
    removal = remove_copies(going, places)
    if removal.failed:
        still = "\n".join(f"{item.copy.path}: {item.reason}" for item in removal.failed)
        raise InspectorError(
            f"{len(removal.removed)} of {len(going)} were removed. Still there:\n{still}"
        )
    forget_opened(places, inspection.id)
    _forget_in_window(inspection)
    print(f"Removed {describe_copies(len(removal.removed), removal.freed)}.")
    return 0


def _find(holdings: Holdings, wanted: str) -> InspectionCopies:
    """Return what there is of an inspection by its id, or by a file that is, or was, there."""
    path = follow_links(Path(wanted))
    for inspection in holdings.inspections:
        paths = {copy.path for copy in inspection.list_kind("file", "rescued")}
        if inspection.id and (wanted == inspection.id or path in paths | {*inspection.missing}):
            return inspection
    raise InspectorError(
        f"This computer holds nothing of “{wanted}” that can be told to be of one inspection. "
        "“inspector-app copies” lists what there is, with ids. Nothing was removed."
    )


def _confirm(inspection: InspectionCopies, going: Iterable[Copy]) -> bool:
    """Say what goes and what stays, and return whether the person wants that."""
    if sys.stdin is None:
        return False
    for line in _tell_removal(inspection, going):
        print(line, file=sys.stderr)
    print("Remove it? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _forget_in_window(inspection: InspectionCopies) -> None:
    """Remove what the window's settings hold of the files."""
    place = get_settings_file()
    if not exists(place):
        return
    paths = [copy.path for copy in inspection.list_kind("file", "rescued")]
    try:
        # Only Qt writes its settings as it reads them; a computer without it has none.
        from PySide6.QtCore import QSettings

        from inspector_app.ui.opening.last_place import forget_files
    except ImportError:
        print("Remark: the window may still list it among the recent ones.", file=sys.stderr)
        return
    settings = QSettings(str(place), QSettings.Format.IniFormat)
    forget_files(settings, [*paths, *inspection.missing])
    settings.sync()


def _tell(holdings: Holdings) -> Iterator[str]:
    for inspection in holdings.inspections:
        title = collapse_spaces(inspection.title)
        name = title or ("protected" if inspection.protected else "without a name")
        yield f"{inspection.id or '(unknown)'}  {name}, {describe_size(inspection.size)}"
        for copies in _group(inspection.copies):
            first = copies[0]
            size = describe_size(sum(copy.size for copy in copies))
            last = f"last changed {_write(first.when)}"
            where = str(first.path if len(copies) == 1 else first.path.parent)
            yield f"    {describe_count(copies)}, {size}, {last}: {where}"
        for path in inspection.missing:
            yield f"    not there any more: {path}"
        if inspection.is_undecided:
            yield "    waits for your decision: open it in the window"
    for item in holdings.others:
        yield f"other  {item.path}, {describe_size(item.size)}"
    yield f"{describe_size(holdings.size)} in all."


def _tell_removal(inspection: InspectionCopies, going: Iterable[Copy]) -> Iterator[str]:
    gone = list(going)
    what = "; ".join(describe_count(copies) for copies in _group(gone)) or "no copies"
    size = describe_size(sum(copy.size for copy in gone))
    yield f"Goes for good, of {inspection.id}: {what} ({size}), and what the window remembers."
    if any(copy.kind in {"left", "journal", "aside"} for copy in gone):
        yield "Changes that may be in no file are among it."
    stays = [copy for copy in inspection.copies if copy not in gone]
    for copy in stays:
        yield f"Stays: {copy.path}"
    if not stays:
        yield "Nothing of this inspection is left on this computer then."


def _group(copies: Iterable[Copy]) -> Iterator[list[Copy]]:
    found = list(copies)
    for kind in KINDS:
        if same := [copy for copy in found if copy.kind == kind]:
            yield same


def _write(when: datetime) -> str:
    return f"{to_local(when):%Y-%m-%d %H:%M}"


def _to_plain(holdings: Holdings) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "size": holdings.size,
        "inspections": [
            {
                "id": item.id,
                "title": item.title,
                "protected": item.protected,
                "last_used": item.last_used.isoformat(),
                "undecided": item.is_undecided,
                "in_use": item.is_in_use,
                "missing": [str(path) for path in item.missing],
                "copies": [
                    {
                        "kind": copy.kind,
                        "name": KIND_NAMES[copy.kind][0],
                        "path": str(copy.path),
                        "size": copy.size,
                        "protected": copy.protected,
                        "when": copy.when.isoformat(),
                        "readable": copy.readable,
                    }
                    for copy in item.copies
                ],
            }
            for item in holdings.inspections
        ],
        "others": [
            {"path": str(item.path), "size": item.size, "when": item.when.isoformat()}
            for item in holdings.others
        ],
    }
