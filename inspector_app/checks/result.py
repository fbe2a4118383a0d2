"""What checks find: where, what, and under which rule."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

Severity: TypeAlias = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
"""The gravest first. Errors contradict a rule or the report itself, warnings deserve a look, hints
are about style and are shown by the kind, not one by one."""


class Location(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A field of the inspection, and a passage of its text.

    `field` is a field's name, with key or index where it has parts ("ratings.safe", "rows.1.2");
    `start` and `end` count characters of that text; both 0: all of it.
    """

    entity: str
    field: str = ""
    start: int = 0
    end: int = 0


class CheckInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the catalogue says of a check."""

    id: str
    name: str
    group: str
    """Id of the group that it is listed in."""
    severity: Severity
    message: str
    """What is said of a result; `{name}` is filled with what the check found."""
    messages: Mapping[str, str] = {}
    """Other wordings by name, for checks that find several things."""
    why: str
    """The rule behind it."""
    source: str
    verified: bool


class CheckGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Checks that are listed together."""

    id: str
    name: str


class Occurrence(msgspec.Struct, frozen=True, gc=False):
    """What a check function found: the catalogue makes a result of it.

    `values` fill the message; `wording` names another one of the check's messages. `excerpt` is
    the passage in question: setting a result aside holds for as long as that passage is the same.
    """

    place: Location
    values: Mapping[str, str] = {}
    excerpt: str = ""
    related: tuple[Location, ...] = ()
    wording: str = ""


class CheckResult(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that a person should look at before the report is issued.

    `key` stays the same for as long as the result does; setting aside is by check and key. The
    message names things of the inspection, so it is a typed text and never markup.
    """

    check: str
    severity: Severity
    message: str
    place: Location
    related: tuple[Location, ...] = ()
    excerpt: str = ""
    key: str


def make_result(info: CheckInfo, occurrence: Occurrence) -> CheckResult:
    """Return the result that an occurrence of a check is."""
    template = info.messages[occurrence.wording] if occurrence.wording else info.message
    # The template is ours; what fills it is only put in, never read as one.
    message = template.format_map(occurrence.values)
    return CheckResult(
        check=info.id,
        severity=info.severity,
        message=message,
        place=occurrence.place,
        related=occurrence.related,
        excerpt=occurrence.excerpt,
        key=_make_key(occurrence),
    )


def _make_key(occurrence: Occurrence) -> str:
    parts = [
        occurrence.wording,
        occurrence.place.field,
        occurrence.excerpt,
        *(place.entity for place in occurrence.related),
    ]
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=6)
    return f"{occurrence.place.entity}/{digest.hexdigest()}"
