"""Shapes without parts: texts, dates, numbers, flags, choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from inspector_app.errors import Fault
from inspector_app.shapes.base import Definitions, Faults, Part, Shape, ValuePath
from inspector_app.shapes.wording import make_printable, no_such

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_ZONE = r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_MOMENT = rf"{_DAY}(?:T{_CLOCK}{_ZONE}?)?"


LONGEST = 10_000_000
"""Characters of a text that says no limit: more than all reports of a year."""


def _is_unicode(text: str) -> bool:
    # JSON can spell half of a surrogate pair, which no file or database takes afterwards.
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_calendar_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, eq=False)
class Text(Shape):
    r"""A text.

    Args:
        min_length: Fewest characters (code points); 1 means that it must not be empty.
        max_length: Most characters; None for any number that a person can have typed.
        pattern: Regular expression for the whole text, in the part of the language that Python and
            JavaScript share; `\d` and `\w` mean ASCII only, as they do in a JSON Schema.
        pattern_name: What the pattern asks for, after “must be”: “small letters and digits”.
    """

    json_types = (str,)

    min_length: int = 0
    max_length: int | None = None
    pattern: str | None = None
    pattern_name: str = "written as expected"

    @cached_property
    def _regex(self) -> re.Pattern[str] | None:
        return None if self.pattern is None else re.compile(self.pattern, re.ASCII)

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if not self.fits_type(value, place, faults):
            return ()
        length = len(value)
        if length < self.min_length:
            least = f"must have at least {self.min_length} characters, not {length}"
            faults.append(Fault(str(place), "must not be empty" if length == 0 else least))
        elif length > (most := self.max_length or LONGEST):
            faults.append(Fault(str(place), f"must have at most {most} characters, not {length}"))
        elif not _is_unicode(value):
            faults.append(Fault(str(place), "must be Unicode text; it holds half of a character"))
        elif self._regex is not None and not self._regex.fullmatch(value):
            message = f"must be {self.pattern_name}, not '{make_printable(value)}'"
            faults.append(Fault(str(place), message))
        return ()

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string"}
        if self.min_length:
            schema["minLength"] = self.min_length
        if self.max_length is not None:
            schema["maxLength"] = self.max_length
        if self.pattern is not None:
            schema["pattern"] = f"^(?:{self.pattern})$"
        return schema


@dataclass(frozen=True, eq=False)
class _TimeText(Shape):
    """A text that names a point in time."""

    json_types = (str,)
    pattern: ClassVar[str]
    wanted: ClassVar[str]

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if self.fits_type(value, place, faults):
            if not re.fullmatch(self.pattern, value):
                message = f"must be {self.wanted}, not '{make_printable(value)}'"
                faults.append(Fault(str(place), message))
            elif not _is_calendar_time(value):
                faults.append(Fault(str(place), f"no such day in the calendar: '{value}'"))
        return ()

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True, eq=False)
class Date(_TimeText):
    """A day of the calendar as a text: 2026-11-22."""

    pattern = _DAY
    wanted = "a date like 2026-11-22"

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {**super().build_schema(defs), "format": "date"}


@dataclass(frozen=True, eq=False)
class DateTime(_TimeText):
    """A day, or a day and time with or without a zone, as a text: 2026-11-22T14:03."""

    pattern = _MOMENT
    wanted = "a date or a date and time like 2026-11-22T14:03"


@dataclass(frozen=True, eq=False)
class Whole(Shape):
    """A whole number, limits included."""

    json_types = (int,)

    minimum: int | None = None
    maximum: int | None = None

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if self.fits_type(value, place, faults):
            # The number itself is not quoted: one of 5,000 digits cannot even be written out.
            if self.minimum is not None and value < self.minimum:
                faults.append(Fault(str(place), f"must be {self.minimum} or more"))
            elif self.maximum is not None and value > self.maximum:
                faults.append(Fault(str(place), f"must be {self.maximum} or less"))
        return ()

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        limits = {"minimum": self.minimum, "maximum": self.maximum}
        return {"type": "integer", **{k: v for k, v in limits.items() if v is not None}}


@dataclass(frozen=True, eq=False)
class Flag(Shape):
    """True or false."""

    json_types = (bool,)

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        self.fits_type(value, place, faults)
        return ()

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, eq=False)
class Choice(Shape):
    """One of a few texts.

    Args:
        options: The texts.
        what: What they are, for “no such topic 'x'”.
    """

    json_types = (str,)

    options: Sequence[str]
    what: str = "value"

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.options)

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if not self.fits_type(value, place, faults) or value in self._known:
            return ()
        if faults.is_full:
            faults.left_out += 1
        else:
            faults.append(Fault(str(place), no_such(self.what, value, self.options)))
        return ()

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.options)}
