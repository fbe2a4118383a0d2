"""From the bytes of a content file to plain data that fit the format, or to all their faults."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NoReturn

from inspector_app.content.format import ANY, FORMAT, Vocabulary, build_shape
from inspector_app.content.references import find_reference_faults
from inspector_app.errors import ContentFault, Fault
from inspector_app.frameworks.load import list_framework_ids, load_framework, load_reference
from inspector_app.shapes import check, no_such, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Content = dict[str, Any]
"""Content that fits the format."""


def parse_content(data: bytes, name: str) -> Content:
    """Return the content of a file, checked.

    Args:
        data: The whole file, UTF-8.
        name: What messages call it.

    Raises:
        ContentFault: It is no JSON, of another format, or has faults; all are listed.
    """
    return check_content(_parse_json(data, name), name)


def check_content(value: Any, name: str) -> Content:
    """Return plain data as content, checked.

    Raises:
        ContentFault: It is of another format or has faults; all are listed.
    """
    if isinstance(value, dict):
        _refuse_other_format(value, name)
    vocabulary, faults = _find_vocabulary(value)
    shape_faults = check(build_shape(vocabulary), value)
    known = {fault.path for fault in faults}
    faults += [fault for fault in shape_faults if fault.path not in known]
    if isinstance(value, dict):
        faults += find_reference_faults(value)
    if faults or not isinstance(value, dict):
        raise _refuse(name, faults)
    return value


def _refuse_other_format(value: Content, name: str) -> None:
    found = value.get("format")
    if isinstance(found, str) and found != FORMAT:
        message = f"is “{shorten(found)}”; this version of Inspector reads “{FORMAT}”"
        raise _refuse(name, [Fault("$.format", message)])


def _find_vocabulary(value: Any) -> tuple[Vocabulary, list[Fault]]:
    """Return the vocabulary of the content's framework, or why there is none."""
    framework = value.get("framework") if isinstance(value, dict) else None
    if not isinstance(framework, str):
        return ANY, []
    known = list_framework_ids()
    if framework not in known:
        return ANY, [Fault("$.framework", no_such("framework", framework, known))]
    return Vocabulary.of(load_framework(framework), load_reference()), []


def _refuse(name: str, faults: Sequence[Fault]) -> ContentFault:
    count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
    return ContentFault(f"“{name}” cannot be imported; nothing was. It has {count}:", faults)


def _parse_json(data: bytes, name: str) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refuse(name, [Fault(f"byte {error.start}", "is not UTF-8 text")]) from error
    twice: list[tuple[Content, str]] = []

    def build_object(pairs: list[tuple[str, Any]]) -> Content:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            twice.extend((made, key) for key, count in counts.items() if count > 1)
        return made

    try:
        value = json.loads(text, object_pairs_hook=build_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        ended = error.pos >= len(text.rstrip())
        message = (
            "the file ends in the middle; it is not whole"
            if ended
            else (f"is not well-formed JSON ({error.msg})")
        )
        raise _refuse(name, [Fault(place, message)]) from error
    except RecursionError as error:
        raise _refuse(name, [Fault("$", "is nested too deeply")]) from error
    except ValueError as error:
        raise _refuse(name, [Fault("$", str(error))]) from error
    if twice:
        raise _refuse(name, list(_locate(value, twice)))
    return value


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"has the number {word}, which JSON does not know")


def _locate(value: Any, twice: Sequence[tuple[Content, str]]) -> Iterator[Fault]:
    """Yield a fault for each key that stands twice in one object, with its path."""
    waiting: list[tuple[str, Any]] = [("$", value)]
    while waiting:
        path, item = waiting.pop()
        for owner, key in twice:
            if owner is item:
                yield Fault(f"{path}.{shorten(key)}", "stands twice in the same object")
        if isinstance(item, dict):
            waiting += [(f"{path}.{shorten(key)}", part) for key, part in item.items()]
        elif isinstance(item, list):
            waiting += [(f"{path}[{index}]", part) for index, part in enumerate(item)]
