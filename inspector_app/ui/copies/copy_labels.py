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
OTHERS = "Other things that Inspector keeps here"
_PROTECTED = "Protected inspection"
_DAY = timedelta(days=1)
_ABOUT: Mapping[Kind, str] = {
    "file": "The inspection itself.",
    "rescued": "A whole copy, written here when the file could not be. Open a copy of it to see "
    "whether it has what you need.",
    "left": "What a session that broke off had more than the file. Open the inspection to see it, "
    "and to bring it back or not.",
    "journal": "The second copy of what was typed. It goes by itself once the inspection is closed "
    "and its file has everything.",
    "backup": "A whole copy, made by itself.",
    "kept": "A whole copy, made before the file was replaced, or brought to a newer format.",
    "aside": "Changes that fit no file on this computer any more. They are kept, and never brought "
    "back by themselves.",
    "attachments": "Photos and files that could not be put into the inspection yet. They go into "
    "it when it is opened and can be written.",
    "unfinished": "What a crash left of a copy in the making. It is of no use.",
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
        text = "The journal of a session that broke off. Open the inspection: it is looked at then."
    if copy.protected:
        text += " It is protected: nothing of it can be read without the password."
    elif copy.kind in {"file", "backup", "kept", "rescued"} and not copy.readable:
        text += " It cannot be looked into now: it is damaged, or of another version."
    return text


def describe_inspection(inspection: InspectionCopies) -> str:
    """Return what is to be known of all there is of an inspection."""
    if not inspection.id:
        return "They are protected, damaged or unfinished, so they do not tell whose they are."
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
        return "No backup goes because of its inspection's age (Preferences, Backups)."
    sentences = [
        f"Backups of inspections that have been closed for {days} days go by themselves, where the "
        "file or a later backup has everything in them (Preferences, Backups)."
    ]
    if look is not None and look.removed_at is not None:
        count = sum(item.count for item in look.removed)
        copies = describe_copies(count, sum(item.size for item in look.removed))
        sentences.append(f"Last removed: {copies}, on {write_time(look.removed_at)}.")
    else:
        sentences.append("Nothing was removed so far.")
    if look is not None:
        sentences.append(f"Next look: {write_time(look.when + _DAY)}, or when Inspector runs next.")
    else:
        sentences.append("The first look is a minute after the start.")
    return " ".join(sentences)
