"""Looking over the HTML of a marked report: every element that is not closed or has no style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.report.reading_html import KNOWN_ELEMENTS, HtmlFault, TemplateLine
from inspector_app.report.style_map import STYLES_FILE
from inspector_app.shapes import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from inspector_app.report.style_map import StyleMap

_TOKEN = re.compile(
    r"<\?at (?P<file>.+?):(?P<line>\d+)\?>|"
    r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_CLASS = re.compile(r"\sclass=[\"']([^\"']*)[\"']")
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4"})
_RUNS = frozenset({"strong", "em", "a", "span"})


def find_html_faults(html: str, styles: StyleMap, looks: Collection[str]) -> Iterator[HtmlFault]:
    """Yield what is wrong, each with the template's line.

    Args:
        html: A report that was rendered with marks.
        styles: The style map.
        looks: Looks of ratings that have colours, and so need no style.
    """
    open_: list[tuple[str, TemplateLine | None]] = []
    place: TemplateLine | None = None
    for token in _TOKEN.finditer(html):
        if token["file"]:
            place = TemplateLine(token["file"], int(token["line"]))
            continue
        name, rest = token["name"], token["rest"]
        if token["end"]:
            yield from _close(name, open_, place)
            continue
        if message := _judge_style(name, rest, styles, looks):
            yield HtmlFault(message, place)
        if not rest.rstrip().endswith("/") and name in KNOWN_ELEMENTS - {"br", "img"}:
            open_.append((name, place))


def _close(
    name: str, open_: list[tuple[str, TemplateLine | None]], place: TemplateLine | None
) -> Iterator[HtmlFault]:
    """Close an element, and yield a fault for each inside it that is still open."""
    if name not in KNOWN_ELEMENTS:
        return
    if all(name != other for other, _ in open_):
        yield HtmlFault(f"</{name}> closes nothing: <{name}> is missing before it", place)
        return
    while (last := open_.pop())[0] != name:
        yield HtmlFault(f"'{last[0]}' is not closed before the end of '{name}'", last[1])


def _judge_style(name: str, rest: str, styles: StyleMap, looks: Collection[str]) -> str:
    """Return what is wrong with an element's class, or ""."""
    found = _CLASS.search(rest)
    if found is None:
        return ""
    key = f"{name}.{found[1]}"
    if name in _PARAGRAPHS:
        known: Collection[str] = styles.paragraphs
        known = {*known, *(f"p.{kind}-{look}" for kind in ("rating", "grid") for look in looks)}
    elif name in {"ul", "ol"}:
        known = styles.lists
    elif name == "table":
        known = styles.tables
    elif name in _RUNS:
        known = styles.runs
    else:
        return ""
    if key in known:
        return ""
    return f"{STYLES_FILE} has no style for '{key}'{did_you_mean(key, known)}"
