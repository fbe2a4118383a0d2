"""What is wrong with the word lists of an organisation's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector_app.assets import get_resource
from inspector_app.checks.catalogue import read_table
from inspector_app.checks.contradictions.theme_table import THEMES, convert_themes
from inspector_app.checks.own_lists import FOLDER, lay_over
from inspector_app.checks.word_lists import FILES, convert_words
from inspector_app.errors import Fault, ResourceFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def find_list_faults(folder: Path) -> list[Fault]:
    """Return what is wrong with the word lists of an organisation's folder, read anew."""
    kinds: dict[str, Any] = {name: kind for kind, name in FILES.items()}
    known = sorted([*kinds, THEMES])
    faults: list[Fault] = []
    for path in sorted((folder / FOLDER).glob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        if path.name not in known:
            faults.append(Fault(f"{FOLDER}/{path.name}", f"is none of {', '.join(known)}"))
            continue
        try:
            ours = read_table(get_resource(FOLDER) / path.name)
            lists: Mapping[str, Any] = lay_over(path.name, ours, read_table(path))
            if path.name == THEMES:
                convert_themes(lists)
            else:
                convert_words(kinds[path.name], lists)
        except ResourceFault as error:
            faults += [Fault(f"{FOLDER}/{fault.path}", fault.message) for fault in error.faults]
    return faults
