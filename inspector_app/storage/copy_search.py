"""All that this computer holds of inspections: files, backups, journals and what else there is."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.ids import is_own_id
from inspector_app.domain.local_copies import KINDS, Copy, Holdings, InspectionCopies, OtherItem
from inspector_app.files import exists, follow_links
from inspector_app.settings import (
    get_journals_folder,
    get_log_folder,
    get_opened_folder,
    get_rescue_folder,
    get_retention_file,
    get_samples_folder,
    get_state_folder,
)
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.facts import FileFacts, read_facts
from inspector_app.storage.journal import is_in_use, read_journal, read_journal_protection
from inspector_app.storage.opened import list_opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from inspector_app.domain.local_copies import Kind
    from inspector_app.storage.encryption import Protection
    from inspector_app.storage.opened import Opened

_ATTACHMENTS = ".attachments"
_JOURNAL = re.compile(r"([a-z0-9]{1,32})-[^.]+\.(?:\d+\.)?(left\.journal|journal|aside)")
_ENDINGS: dict[str, Kind] = {"left.journal": "left", "journal": "journal", "aside": "aside"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CopyFolders(NamedTuple):
    """The folders in which copies lie."""

    state: Path
    backups: Path
    journals: Path
    rescued: Path
    samples: Path
    opened: Path
    logs: Path
    retention: Path
    """A file: what went by itself, and when."""


def get_copy_folders(backups: Path) -> CopyFolders:
    """Return the folders of this computer, with backups in the one that is given."""
    return CopyFolders(
        state=get_state_folder(),
        backups=backups,
        journals=get_journals_folder(),
        rescued=get_rescue_folder(),
        samples=get_samples_folder(),
        opened=get_opened_folder(),
        logs=get_log_folder(),
        retention=get_retention_file(),
    )


def list_holdings(
    places: CopyFolders,
    files: Iterable[Path] = (),
    titles: Mapping[str, str] | None = None,
    tell: Callable[[float], None] | None = None,
    now: datetime | None = None,
) -> Holdings:
    """Return all that this computer holds of inspections. Nothing is written.

    Args:
        places: Where to look.
        files: Inspection files that are known otherwise: recent ones, open ones.
        titles: What inspections that are open are called now, by id.
        tell: Hears how far it is, 0 to 1, and may raise to stop it.
        now: The time now, UTC; None: what the clock says.
    """
    found = _Search(places, tell or _say_nothing, now or datetime.now(UTC)).run(files)
    named = [
        item._replace(title=(titles or {}).get(item.id, item.title)) for item in found.inspections
    ]
    return found._replace(inspections=tuple(named))


class _Found:
    """What was found of an inspection so far."""

    def __init__(self, inspection: str) -> None:
        self.id = inspection
        self.copies: dict[Path, Copy] = {}
        self.paths: set[Path] = set()
        """Where files of it were, by notes and journals."""
        self.titles: list[tuple[datetime, str]] = []
        self.protected = False
        self.times: list[datetime] = []
        """When it was open or changed, as clocks said that may have been wrong."""
        self.note: Opened | None = None

    def add(self, copy: Copy, facts: FileFacts | None = None) -> None:
        if facts is not None and facts.protection is not None:
            copy = copy._replace(protected=True)
        self.protected = self.protected or copy.protected
        self.copies[copy.path] = copy
        self.times.append(copy.when)
        if facts is not None and facts.title:
            self.titles.append((copy.when, facts.title))

    def finish(self, now: datetime) -> InspectionCopies:
        # Where a backup says how many changes it has, clocks are not asked which is the latest.
        copies = sorted(
            self.copies.values(),
            key=lambda copy: (KINDS.index(copy.kind), -copy.number, -copy.when.timestamp()),
        )
        last_used, ahead = self._find_last(now)
        return InspectionCopies(
            id=self.id,
            title=max(self.titles)[1] if self.titles else "",
            protected=self.protected,
            copies=tuple(copies),
            missing=tuple(sorted(path for path in self.paths if not exists(path))),
            last_used=last_used,
            ahead=ahead,
        )

    def _find_last(self, now: datetime) -> tuple[datetime, datetime | None]:
        """Return when it was used last, and the time ahead of now that nobody has noted yet.

        A clock that was ahead has left times that are still to come. What they stand for was over
        when the first of them was seen by a clock that was right.
        """
        times = [*self.times, *([self.note.last] if self.note is not None else [])]
        past = [when for when in times if when <= now]
        ahead = max((when for when in times if when > now), default=None)
        if ahead is not None:
            seen = self.note.seen_ahead(ahead) if self.note is not None else None
            if seen is None or seen > now:
                return now, ahead
            past.append(seen)
        return max(past, default=_EPOCH), None


class _Search:
    """Looks through the folders, one after the other."""

    def __init__(self, places: CopyFolders, tell: Callable[[float], None], now: datetime) -> None:
        self._places = places
        self._tell = tell
        self._now = now
        self._found: dict[str, _Found] = {}
        self._strays: list[Path] = []
        self._protections: dict[Protection, str] = {}
        """Whose inspection has them: of protected copies, nothing else tells it."""

    def run(self, files: Iterable[Path]) -> Holdings:
        steps: tuple[Callable[[], None], ...] = (
            self._look_at_notes,
            self._look_at_journals,
            self._look_at_backups,
            lambda: self._look_at_files(files),
            self._look_at_kept,
        )
        for number, look in enumerate(steps):
            self._tell(number / len(steps))
            look()
        others = self._list_others()
        found = [item.finish(self._now) for item in self._found.values() if item.copies]
        # What nobody can tell of comes last.
        found.sort(key=lambda item: (bool(item.id), item.last_used), reverse=True)
        return Holdings(tuple(found), tuple(others))

    def _get(self, inspection: str) -> _Found:
        return self._found.setdefault(inspection, _Found(inspection))

    def _look_at_notes(self) -> None:
        for note in list_opened(self._places.opened):
            found = self._get(note.inspection)
            found.note = note
            found.paths.update(Path(path) for path in note.paths)

    def _look_at_journals(self) -> None:
        for path in _list_folder(self._places.journals):
            match = _JOURNAL.fullmatch(path.name)
            if match is not None:
                self._add_journal(path, match[1], _ENDINGS[match[2]])
            elif path.name.endswith(_ATTACHMENTS) and is_own_id(path.stem) and path.is_dir():
                if copy := _make_copy("attachments", path):
                    self._get(path.stem).add(copy)
            elif path.name.endswith(".tmp") and (unfinished := _make_copy("unfinished", path)):
                self._get("").add(unfinished)
            else:
                self._strays.append(path)

    def _add_journal(self, path: Path, inspection: str, kind: Kind) -> None:
        copy = _make_copy(kind, path, in_use=kind == "journal" and is_in_use(path))
        if copy is None:
            return
        found = self._get(inspection)
        if (protection := read_journal_protection(path)) is not None:
            self._protections.setdefault(protection, inspection)
        found.add(copy._replace(protected=protection is not None))
        content = read_journal(path)
        if content is not None and content.header.inspection == inspection:
            found.paths.add(Path(content.header.path))

    def _look_at_backups(self) -> None:
        for path in _list_folder(self._places.backups):
            if _is_automatic(path):
                self._look_at_automatic(path)

    def _look_at_automatic(self, folder: Path) -> None:
        backups = list_backups(self._places.backups, folder.name)
        for number, backup in enumerate(backups):
            copy = Copy("backup", backup.path, backup.size, backup.when, backup.change)
            copy = copy._replace(number=backup.number)
            # The latest tells what the inspection is called; the others need not be opened.
            facts = read_facts(backup.path) if number == 0 else None
            if facts is not None:
                copy = copy._replace(readable=facts.readable == "whole")
                if facts.protection is not None:
                    self._protections.setdefault(facts.protection, folder.name)
            self._get(folder.name).add(copy, facts)
        known = {backup.path for backup in backups}
        for path in _list_folder(folder):
            if path.name.endswith(".tmp"):
                if unfinished := _make_copy("unfinished", path):
                    self._get(folder.name).add(unfinished)
            elif path not in known:
                self._strays.append(path)

    def _look_at_kept(self) -> None:
        for path in _list_folder(self._places.backups):
            if not _is_automatic(path):
                self._add_by_content("kept", path)
        for path in _list_folder(self._places.rescued):
            self._add_by_content("rescued", path)

    def _look_at_files(self, files: Iterable[Path]) -> None:
        samples = _list_folder(self._places.samples)
        claimed = {path: found.id for found in self._found.values() for path in found.paths}
        for path in dict.fromkeys([*claimed, *samples, *map(follow_links, files)]):
            if not _is_below(path, self._places.rescued, self._places.backups):
                self._add_file(path, claimed.get(path, ""))

    def _add_file(self, path: Path, claimed: str) -> None:
        copy = _make_copy("file", path)
        if copy is None or path.is_dir():
            return
        facts = read_facts(path)
        # What cannot be read now is believed to be what was there when it was open.
        inspection = facts.inspection or claimed or self._find_by_protection(facts)
        if claimed and inspection != claimed:
            self._found[claimed].paths.discard(path)
        if inspection:
            readable = facts.readable in {"whole", "busy"}
            copy = copy._replace(change=facts.head, readable=readable)
            self._get(inspection).add(copy, facts)
            if facts.protection is not None:
                self._protections.setdefault(facts.protection, inspection)

    def _find_by_protection(self, facts: FileFacts) -> str:
        return "" if facts.protection is None else self._protections.get(facts.protection, "")

    def _add_by_content(self, kind: Kind, path: Path) -> None:
        """Add a copy whose name does not say what inspection it is of."""
        facts = read_facts(path)
        copy = _make_copy(kind, path)
        if copy is None or path.is_dir():
            self._strays.append(path)
            return
        if path.name.endswith(".tmp"):
            copy = copy._replace(kind="unfinished")
        found = self._get(facts.inspection or self._find_by_protection(facts))
        readable = facts.readable == "whole"
        opened = path in found.paths
        found.add(copy._replace(change=facts.head, readable=readable, opened=opened), facts)

    def _list_others(self) -> list[OtherItem]:
        """Return what nobody has claimed, a folder as one item."""
        places = self._places
        shown = {places.backups, places.journals, places.rescued, places.samples}
        paths = [path for path in _list_folder(places.state) if path not in shown]
        items = []
        for path in dict.fromkeys([*self._strays, *paths, places.logs]):
            if copy := _make_copy("unfinished", path):
                items.append(OtherItem(path, copy.size, copy.when))
        return items


def _is_automatic(path: Path) -> bool:
    return is_own_id(path.name) and path.is_dir()


def _is_below(path: Path, *folders: Path) -> bool:
    return any(path.is_relative_to(follow_links(folder)) for folder in folders)


def _make_copy(kind: Kind, path: Path, *, in_use: bool = False) -> Copy | None:
    """Return a copy with its size and time, or None where nothing lies there."""
    try:
        found = path.stat()
        size = found.st_size
        if stat.S_ISDIR(found.st_mode):
            size = sum(item.stat().st_size for item in path.rglob("*") if item.is_file())
    except (OSError, ValueError):
        return None
    return Copy(kind, path, size, datetime.fromtimestamp(found.st_mtime, UTC), in_use=in_use)


def _list_folder(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _say_nothing(share: float) -> None:
    """Tell nobody."""
