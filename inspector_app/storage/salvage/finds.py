"""What was found in a damaged file: rows sorted into parts, changes, photos and seals.

A row is known by what it holds, not by the table that it was read from: that may be gone.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from inspector_app.domain.change import Change, Edit
from inspector_app.domain.entities import AnyEntity, Details
from inspector_app.domain.former import update_kind
from inspector_app.domain.inspection import entity_from_json, entity_from_plain
from inspector_app.storage.checksums import CHANGE, ENTITY, Seal, get_checksum, make_seal
from inspector_app.storage.history import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspector_app.storage.salvage.raw_pages import RawRow, Value

_edits_decoder = msgspec.json.Decoder(tuple[Edit, ...])
_SHA256 = re.compile("[0-9a-f]{64}")
_MOST_CHANGES = 10_000_000
"""A row with a higher number has a damaged one."""
_START = '{"entity":"'
_TEXT = re.compile(
    r'"(?:text|name|title|lead|caption|must|action|reason)":"((?:[^"\\]|\\.)*)', re.DOTALL
)
"""What was typed, in the JSON of a part that is JSON no more."""


class FoundPart(NamedTuple):
    """A row of the table of parts."""

    id: str
    kind: str
    parent: str
    entity: AnyEntity | None
    """None: the row cannot be understood."""
    sound: bool
    """Whether the row is as it was written, as far as that can be told."""
    text: str = ""
    """What can be read of a row that cannot be understood."""


class FoundChange(NamedTuple):
    """A row of the history, or a change of a journal."""

    number: int
    previous: str
    change: Change


class Finds:
    """Takes rows, each maybe several times, and keeps what they hold."""

    def __init__(self, keep_photo: Callable[[str, bytes], None]) -> None:
        """Make it with nothing found yet.

        Args:
            keep_photo: Takes the bytes of photos and files, each as soon as it is found: all of
                them may be more than memory holds.
        """
        self.parts: dict[str, list[FoundPart]] = {}
        self.changes: dict[str, FoundChange] = {}
        """Those of the history by id, as they were written."""
        self.bad_changes: set[tuple[int, str]] = set()
        """Number and id of those that cannot be understood, or were altered."""
        self.rescued: dict[str, AnyEntity] = {}
        """Parts as changes made them that are damaged elsewhere, by id."""
        self.seals: dict[str, Seal] = {}
        self.has_checksums = False
        """Whether rows have checksums, so that there were seals, too."""
        self.photos: set[str] = set()
        self._keep_photo = keep_photo
        self._seen: set[tuple[Value, ...]] = set()
        self._sums: dict[str, int] = {}

    def add(self, row: RawRow) -> None:
        """Take a row, whatever it is."""
        values = row.values
        if len(values) == 3 and isinstance(values[2], bytes):
            self._add_photo(values)
            return
        if values in self._seen:
            return
        self._seen.add(values)
        match values:
            case (str(id_), str(kind), str(parent), str(body), *rest) if len(rest) <= 1:
                if not isinstance(rest[0] if rest else 0, str) and body.startswith("{"):
                    self._add_part((id_, kind, parent, body), rest[0] if rest else None)
            case (None, str(id_), str(previous), str(), str(), str(), str(), *rest):
                if len(rest) <= 1:
                    self._add_change(row.number, id_, previous, values[1:7], rest)
            case (str(name), int(rows), int(total)):
                self.seals[name] = Seal(rows, total)
                self.has_checksums = True

    def add_loose(self, text: str) -> None:
        """Take text that belongs to no row that could be read."""
        for entity in _read_fragments(text):
            self.rescued.setdefault(entity.id, entity)

    @property
    def has_all_parts(self) -> bool:
        """Whether every part that was written was found as it was."""
        return make_seal(self._sums.values()) == self.seals.get(ENTITY)

    @property
    def written_changes(self) -> int:
        """How many changes the history had, at the least: they are numbered without a gap."""
        numbers = [found.number for found in self.changes.values()]
        numbers += [number for number, _ in self.bad_changes]
        plausible = [number for number in numbers if 0 < number < _MOST_CHANGES]
        return max(self.seals.get(CHANGE, Seal()).rows, max(plausible, default=0))

    @property
    def has_last_change(self) -> bool:
        """Whether the last change of the history was found, as far as that can be told."""
        last = self.written_changes
        return any(found.number == last for found in self.changes.values())

    @property
    def lost_parts(self) -> int:
        """How many parts were written of which no row was found at all."""
        return max(self.seals.get(ENTITY, Seal()).rows - len(self.parts), 0)

    def _add_part(self, columns: tuple[str, str, str, str], checksum: Value) -> None:
        id_, kind, parent, body = columns
        self.has_checksums = self.has_checksums or checksum is not None
        proved = _agrees(columns, checksum)
        try:
            entity: AnyEntity | None = entity_from_json(body)
        except UNREADABLE:
            entity = None
        sound = proved and entity is not None and entity.id == id_ and entity.parent == parent
        if entity is None:
            texts = [match[1] for match in _TEXT.finditer(body)]
            text = " / ".join(_unescape(text) for text in texts if text)
            found = FoundPart(id_, update_kind(kind), parent, None, sound=False, text=text)
        else:
            if not sound:
                # The body is the part; the columns only repeat it.
                id_ = entity.id
            found = FoundPart(id_, update_kind(kind), entity.parent, entity, sound)
        if sound and isinstance(checksum, int):
            self._sums[id_] = checksum
        self.parts.setdefault(id_, []).append(found)

    def _add_change(
        self, number: int, id_: str, previous: str, columns: tuple[Value, ...], rest: list[Value]
    ) -> None:
        _, _, label, who, at, edits = columns
        self.has_checksums = self.has_checksums or bool(rest)
        try:
            change = Change(
                id=id_,
                label=str(label),
                who=str(who),
                when=datetime.fromisoformat(str(at)),
                edits=_edits_decoder.decode(str(edits)),
            )
        except UNREADABLE:
            change = None
        if change is None or not _agrees(columns, rest[0] if rest else None):
            self.bad_changes.add((number, id_))
            self.add_loose(str(edits))
            return
        self.bad_changes.discard((number, id_))
        self.changes.setdefault(id_, FoundChange(number, previous, change))

    def _add_photo(self, values: tuple[Value, ...]) -> None:
        sha256, _, data = values
        if not isinstance(sha256, str) or not isinstance(data, bytes) or sha256 in self.photos:
            return
        if _SHA256.fullmatch(sha256) and hashlib.sha256(data).hexdigest() == sha256:
            self.photos.add(sha256)
            self._keep_photo(sha256, data)


def find_details(finds: Finds) -> Details | None:
    """Return the details of the inspection that a file held, the soundest row first."""
    rows = [part for parts in finds.parts.values() for part in parts]
    found = [row.entity for row in sorted(rows, key=lambda row: not row.sound)]
    found += finds.rescued.values()
    return next((entity for entity in found if isinstance(entity, Details)), None)


def _agrees(columns: tuple[Value, ...], checksum: Value) -> bool:
    """Tell whether a row has its checksum; one of an older format has none to be held to."""
    if checksum is None:
        return True
    try:
        return get_checksum(*map(str, columns)) == checksum
    except ValueError:
        return False


def _read_fragments(edits: str) -> Iterator[AnyEntity]:
    """Yield the parts that the JSON of a damaged change has, each where its own JSON is whole."""
    decoder = json.JSONDecoder()
    place = 0
    while (place := edits.find(_START, place)) >= 0:
        try:
            data, end = decoder.raw_decode(edits, place)
        except (ValueError, RecursionError):
            place += 1
            continue
        place = end
        try:
            yield entity_from_plain(data.get("after") or data)
        except (msgspec.ValidationError, RecursionError):
            continue


def _unescape(text: str) -> str:
    try:
        return str(msgspec.json.decode(f'"{text}"'))
    except (msgspec.DecodeError, ValueError):
        return text
