"""From the bytes of a content file to plain data that fit the format, or to all their faults."""

from __future__ import annotations

import json
from collections import Counter
from string import hexdigits
from typing import TYPE_CHECKING, Any, NoReturn

from inspector_app.content.format import FORMAT, build_shape
from inspector_app.content.references import find_reference_faults
from inspector_app.content.vocabulary import ANY, Vocabulary
from inspector_app.content.walking import walk
from inspector_app.errors import ContentFault, Fault
from inspector_app.frameworks.load import list_framework_ids, load_framework, load_reference
from inspector_app.shapes import Faults, ValuePath, check, make_printable, no_such
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

Content = dict[str, Any]
"""Content that fits the format."""

_MOST_DIGITS = 100
"""Longer numbers are cut: none that long fits anywhere, and Python refuses those of thousands."""


def parse_content(data: bytes, name: str) -> Content:
    """Return the content of a file, checked.

    Args:
        data: The whole file, UTF-8.
        name: What messages call it.

    Raises:
        ContentFault: It is no JSON, of another format, or has faults; all are listed.
    """
    value, faults = _parse_json(data, name)
    return check_content(value, name, faults)


def check_content(value: Any, name: str, faults: Sequence[Fault] = ()) -> Content:
    """Return plain data as content, checked.

    Args:
        value: What is to be content.
        name: What messages call it.
        faults: Those that reading it has found already.

    Raises:
        ContentFault: It is of another format or has faults; all are listed.
    """
    if isinstance(value, dict):
        _refuse_other_format(value, name)
    vocabulary, more = _find_vocabulary(value)
    found = Faults(faults)
    found.extend(more)
    found.extend(check(build_shape(vocabulary), value))
    if isinstance(value, dict) and not found.is_full:
        found.extend(find_reference_faults(value))
    if found or not isinstance(value, dict):
        raise refuse(name, found)
    return value


def refuse(name: str, faults: Sequence[Fault]) -> ContentFault:
    """Return what to raise for a file with these faults."""
    left_out = faults.left_out if isinstance(faults, Faults) else 0
    count = pluralise(len(faults) + left_out, "fault")
    headline = f"“{name}” cannot be imported; nothing was. It has {count}:"
    return ContentFault(headline, faults, left_out)


def _refuse_other_format(value: Content, name: str) -> None:
    found = value.get("format")
    if isinstance(found, str) and found != FORMAT:
        message = f"is “{make_printable(found)}”; this version of Inspector reads “{FORMAT}”"
        raise refuse(name, [Fault("$.format", message)])


def _find_vocabulary(value: Any) -> tuple[Vocabulary, list[Fault]]:
    """Return the vocabulary of the content's framework, or why there is none."""
    framework = value.get("framework") if isinstance(value, dict) else None
    if not isinstance(framework, str):
        return ANY, []
    known = list_framework_ids()
    if framework not in known:
        return ANY, [Fault("$.framework", no_such("framework", framework, known))]
    found = load_framework(framework)
    vocabulary = Vocabulary.of(found, load_reference().for_framework(found))
    return vocabulary.add_former(value), []


def _parse_json(data: bytes, name: str) -> tuple[Any, Faults]:
    """Return what the file holds, and a fault for each key that stands twice in one object."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
        message = "the file ends in the middle of a character" if cut else "is not UTF-8 text"
        raise refuse(name, [Fault(f"byte {error.start}", message)]) from error
    if not text.strip():
        raise refuse(name, [Fault("$", "the file is empty")])
    # The objects are kept along with their keys, so that their addresses stay theirs.
    twice: dict[int, tuple[Content, list[str]]] = {}

    def build_object(pairs: list[tuple[str, Any]]) -> Content:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            twice[id(made)] = made, [key for key, count in counts.items() if count > 1]
        return made

    try:
        value = json.loads(
            text,
            object_pairs_hook=build_object,
            parse_constant=_refuse_constant,
            parse_int=lambda digits: int(digits[:_MOST_DIGITS]),
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise refuse(name, [Fault(place, _describe(error))]) from error
    except RecursionError as error:
        raise refuse(name, [Fault("$", "is nested too deeply")]) from error
    except ValueError as error:
        raise refuse(name, [Fault("$", str(error))]) from error
    return value, Faults(
        Fault(str(ValuePath(place, key)), "stands twice in the same object")
        for place, item in (walk(value) if twice else ())
        for key in (twice[id(item)][1] if id(item) in twice else ())
    )


def _describe(error: json.JSONDecodeError) -> str:
    rest = error.doc[error.pos :].rstrip()
    if error.msg.startswith("Unterminated string"):
        return "the file ends in the middle of the text that begins here"
    in_word = any(word.startswith(rest) for word in ("true", "false", "null", "-"))
    in_escape = "\\u" in error.msg and set(rest.removeprefix("u")) <= set(hexdigits)
    if in_word or in_escape:
        return "the file ends in the middle; it is not whole"
    return f"is not well-formed JSON ({error.msg})"


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"has the number {word}, which JSON does not know")
