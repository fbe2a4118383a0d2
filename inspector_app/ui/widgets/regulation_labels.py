"""How regulations are called where one is picked, and how they are found by words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.frameworks.law import Regulation
    from inspector_app.frameworks.model import Reference

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def describe_regulation(regulation: Regulation, reference: Reference) -> str:
    """Return “12 Safe care and treatment (2014)”: numbers alone stand in two instruments."""
    years = _YEAR.findall(reference.instruments[regulation.instrument].name)
    year = years[-1] if years else regulation.instrument
    return f"{regulation.number} {regulation.title} ({year})"


def list_unverified(regulation: Regulation) -> list[str]:
    """Return what of a regulation's wording was not seen in a source."""
    parts = {
        "the label": regulation.label_verified,
        "the must line": regulation.must_verified or not regulation.must,
        "the paragraphs": regulation.paragraphs_verified or not regulation.paragraphs,
    }
    found = [name for name, verified in parts.items() if not verified]
    return found if regulation.verified else ["the regulation", *found]


def find_regulations(text: str, reference: Reference) -> list[tuple[str, str]]:
    """Return id and description of the regulations that have every word of a text.

    Words are looked for in number, title, instrument and the words of the paragraphs; what begins
    with the text's number or has it in its title goes first. Each paragraph that was found is
    offered by itself: its reference stands behind the id, as in “RA2014-12 12(2)(g)”.
    """
    words = text.casefold().split()
    found: list[tuple[int, int, int, str, str]] = []
    for place, regulation in enumerate(reference.regulations.values()):
        shown = describe_regulation(regulation, reference)
        instrument = reference.instruments[regulation.instrument].name
        head = f"regulation {shown} {instrument}".casefold()
        body = " ".join(f"{item.ref} {item.words}" for item in regulation.paragraphs).casefold()
        if not all(word in head or word in body for word in words):
            continue
        if list_unverified(regulation):
            shown += " – wording not verified"
        missing = [word for word in words if word not in head]
        begins = bool(words) and words[0] == regulation.number.casefold()
        rank = 0 if begins else 2 if missing else 1
        named = [
            (f"{regulation.id} {item.ref}", f"{shown} · {item.ref} {item.words}")
            for item in regulation.paragraphs
            if missing and all(word in f"{item.ref} {item.words}".casefold() for word in missing)
        ]
        # The words may stand in several paragraphs, one here and one there.
        for value, row in named or [(regulation.id, shown)]:
            found.append((rank, place, len(found), value, row))
    return [(value, shown) for _, _, _, value, shown in sorted(found)]
