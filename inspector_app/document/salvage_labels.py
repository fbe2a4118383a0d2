"""What was saved of a damaged file and what was not, in an inspector's words; knows no Qt."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.domain.part_names import PART_NAMES
from inspector_app.errors import InspectorError
from inspector_app.frameworks.load import load_framework
from inspector_app.report.phrases import long_date
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector_app.storage.salvage.report import SalvagedItem, SalvageReport

_SHOWN = 20
"""Texts that are quoted of each group."""


def headline(report: SalvageReport) -> str:
    """Return in a sentence what became of a damaged file."""
    parts = pluralise(report.parts, "part")
    if report.is_whole:
        return f"Everything could be read: {parts} are in the new file, just as they were."
    return f"{parts.capitalize()} are in the new file. Not everything could be read."


def describe_salvage(report: SalvageReport) -> str:
    """Return the list of what was saved, what was not, and what to look at, to read and copy."""
    source, target = Path(report.source), Path(report.target)
    blocks = [
        [
            f"Damaged file, not changed: {source}",
            f"New file{', with the same password' if report.protected else ''}: {target}",
            headline(report),
        ],
        _list_lost(report),
        _list_doubtful(report),
        _list_moved(report),
        _list_kept(report),
        _list_backup(report),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _list_lost(report: SalvageReport) -> list[str]:
    lines = list(_group(report.lost, report.framework))
    if report.lost_parts:
        more = pluralise(report.lost_parts, "part")
        lines.append(f"{more} more, of which nothing could be read")
    if report.uncounted:
        lines.append("maybe more: nothing says how many parts there were")
    if report.made_details:
        lines.append("the details of the service and the visit, and the ratings")
    return ["Not saved:", *_indent(lines)] if lines else []


def _list_doubtful(report: SalvageReport) -> list[str]:
    lines = list(_group(report.doubtful, report.framework))
    if report.unproved:
        lines.append("any other part: nothing proves that it is the latest")
    head = "Saved, but look at them: they may have been changed, or be older than your last changes"
    return [f"{head}:", *_indent(lines)] if lines else []


def _list_moved(report: SalvageReport) -> list[str]:
    lines = list(_group(report.moved, report.framework))
    head = "Saved in another place, as theirs is lost: texts are notes with the tag “salvaged”"
    return [f"{head}:", *_indent(lines)] if lines else []


def _list_kept(report: SalvageReport) -> list[str]:
    lines = []
    if report.rebuilt:
        one = len(report.rebuilt) == 1
        parts = pluralise(len(report.rebuilt), "part")
        they = "is just as it was" if one else "are just as they were"
        lines.append(f"{parts} with a damaged row {they}, from the history.")
    if report.from_journal:
        changes = pluralise(report.from_journal, "change")
        lines.append(
            f"{changes} that only the safety copy on this computer had are in the new file."
        )
    if report.refused:
        labels = ", ".join(f"“{label}”" for label in report.refused)
        lines.append(f"These changes from the safety copy no longer fit: {labels}.")
    if report.history:
        changes = pluralise(report.history, "change")
        lines.append(f"The history is whole: {changes}.")
    else:
        lost = pluralise(report.lost_changes, "change")
        missing = f", as {lost} of it could not be read" if report.lost_changes else ""
        lines.append(f"The history starts again{missing}.")
    return lines


def _list_backup(report: SalvageReport) -> list[str]:
    if not report.backup:
        return ["There is no backup of this inspection on this computer."]
    when = datetime.fromtimestamp(report.backup_when).astimezone()
    return [
        f"The latest backup is of {long_date(when.date())}, {when:%H:%M}: {report.backup}",
        "The page Versions of the new file shows what is different, and brings back any of it.",
    ]


def _group(items: Iterable[SalvagedItem], framework: str) -> Iterator[str]:
    """Yield a line for the parts of each kind and place, and one for each of their texts."""
    groups: dict[tuple[str, str], list[SalvagedItem]] = {}
    for item in items:
        groups.setdefault((item.kind, item.place), []).append(item)
    for (kind, place), found in groups.items():
        where = f" of {_name_place(place, framework)}" if place else ""
        yield f"{pluralise(len(found), *PART_NAMES.get(kind, ('part',)))}{where}"
        texts = [item.text for item in found if item.text]
        yield from (f"    “{text}”" for text in texts[:_SHOWN])
        if len(texts) > _SHOWN:
            yield f"    and {len(texts) - _SHOWN} more"


def _name_place(place: str, framework: str) -> str:
    if place == "notices":
        return "the notices"
    try:
        found = load_framework(framework)
    except InspectorError:
        return place.replace("_", " ")
    question = found.find_key_question(place)
    if question is not None:
        return question.name
    return f"the section “{place.replace('_', ' ')}”"


def _indent(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)
