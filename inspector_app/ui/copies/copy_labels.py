"""What copies are called, and what is to be known of each kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from inspector_app.domain.dates import to_local
from inspector_app.domain.local_copies import KIND_NAMES, describe_copies
from inspector_app.report.phrases import long_date
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from inspector_app.domain.local_copies import Copy, InspectionCopies, Kind, LastLook

UNTOLD = "Copies of unknown inspections"
OTHERS = "Other files that Inspector keeps here"
_PROTECTED = "Protected inspection"
_DAY = timedelta(days=1)
_ABOUT: Mapping[Kind, str] = {
    "file": "The inspection itself.",
    "rescued": "A whole copy, saved here because the file could not be saved. Open a copy of it "
    "to see whether it has what you need.",
    "left": "Changes that the file does not have, from a session that ended unexpectedly. Open "
    "the inspection to see them, and to bring them back or not.",
    "journal": "The safety copy of what was typed. It is removed automatically when the "
    "inspection is closed and its file has everything.",
    "backup": "A whole copy, made automatically.",
    "kept": (
        "A whole copy, made before the file was replaced, or updated for a newer version of "
        "Inspector."
    ),
    "aside": "Changes that no longer fit any file on this computer. They are kept, and never "
    "brought back automatically.",
    "attachments": "Photos and files that could not be put into the inspection yet. They go into "
    "it when it is opened and can be saved.",
    "unfinished": "Part of a copy that was never finished. You do not need it.",
}


def name_inspection(inspection: InspectionCopies) -> str:
    """Return what an inspection is called."""
    if not inspection.id:
        return UNTOLD
    if title := collapse_spaces(inspection.title):
        return title
    names = [copy.path.stem for copy in inspection.list_kind("file", "rescued")]
    names += [path.stem for path in inspection.missing]
    if inspection.protected:
        return f"{_PROTECTED} “{names[0]}”" if names else _PROTECTED
    return names[0] if names else f"Inspection {inspection.id}"


def name_copy(copy: Copy) -> str:
    """Return what a copy is called."""
    return KIND_NAMES[copy.kind][0]


def write_time(when: datetime) -> str:
    """Return a time as the clock on the wall shows it."""
    local = to_local(when)
    return f"{long_date(local.date())}, {local:%H:%M}"


def describe_copy(copy: Copy) -> str:
    """Return what is to be known of a copy."""
    text = _ABOUT[copy.kind]
    if copy.kind == "journal" and not copy.in_use:
        text = (
            "The safety copy of a session that ended unexpectedly. Open the inspection, and "
            "Inspector looks at it."
        )
    if copy.protected:
        text += " It is protected: nothing of it can be read without the password."
    elif copy.kind in {"file", "backup", "kept", "rescued"} and not copy.readable:
        text += " It cannot be read now: it is damaged, or from another version of Inspector."
    return text


def describe_inspection(inspection: InspectionCopies) -> str:
    """Return what is to be known of all there is of an inspection."""
    if not inspection.id:
        return (
            "They are protected, damaged or unfinished, so they do not show which inspection they "
            "belong to."
        )
    copies = describe_copies(len(inspection.copies), inspection.size)
    sentences = [f"{copies}. Used last on {write_time(inspection.last_used)}."]
    if inspection.protected:
        sentences.append("Protected with a password.")
    if inspection.is_undecided:
        sentences.append("Something waits for your decision.")
    if inspection.missing and not inspection.list_kind("file"):
        sentences.append(f"Its file is not where it was: {inspection.missing[0]}")
    return " ".join(sentences)


def describe_retention(days: int, look: LastLook | None) -> str:
    """Return what goes by itself, what went last, and when is the next time."""
    if days <= 0:
        return "No backup is removed because of its inspection's age (Preferences, Backups)."
    sentences = [
        f"Backups of inspections that have been closed for {days} days are removed automatically, "
        "if the file or a later backup has everything in them (Preferences, Backups)."
    ]
    if look is not None and look.removed_at is not None:
        count = sum(item.count for item in look.removed)
        copies = describe_copies(count, sum(item.size for item in look.removed))
        sentences.append(f"Last removed: {copies}, on {write_time(look.removed_at)}.")
    else:
        sentences.append("Nothing has been removed yet.")
    if look is not None:
        sentences.append(
            f"Inspector looks again on {write_time(look.when + _DAY)}, or when you next start it."
        )
    else:
        sentences.append("Inspector looks for the first time a minute after it starts.")
    return " ".join(sentences)
