"""Nothing asks a disk in the window's thread: a network folder may hang, and the window with it.

That is tried of all widgets, and of what lives in the window's thread below them: the objects of
Qt in `document/`. Functions and other classes there are called by threads and the worker. What goes
to a thread is seen by the call that it is given to. What is left stands below, each with
why nobody waits for it.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = PROJECT / "inspector_app"
METHODS = {
    *("exists", "is_dir", "is_file", "is_symlink", "stat", "lstat", "samefile", "resolve"),
    *("iterdir", "glob", "rglob", "mkdir", "rmdir", "unlink", "replace_patiently", "save_copy"),
    *("read_bytes", "read_text", "write_bytes", "write_text", "moveToTrash"),
    *("history_lines", "read_changes_after", "read_state", "read_backup", "read_attachment"),
    *("add_attachment", "go_beside", "rescue"),
}
"""Those of paths, files and documents that ask a disk for something."""
FUNCTIONS = {
    *("open", "open_regular", "read_regular", "write_file", "replacing", "make_folder", "exists"),
    *("follow_links", "is_folder", "is_device", "is_foreign", "choose_free", "choose_unclaimed"),
    *("look_at_target", "write_own_file", "examine", "copy_backup", "propose_salvaged"),
    *("is_unlocked", "unlock", "open_document_file", "open_for_reading", "create_inspection"),
    *("import_inspection", "write_outside_copy", "load_file", "check_template_folder"),
    *("find_template_problem", "scandir", "copyfile"),
}
"""Ours, and those of Python."""
THREADS = {
    *("wait", "ask", "ask_disk", "ask_disk_all", "ask_file", "run_job"),
    *("_wait", "_run", "_read_in_steps"),
}
"""What is given a function, and has a thread call it."""
NOBODY_WAITS = {
    "document/copies.py:LocalCopies.write_copy.write": "the thread of the copies calls it",
    "document/inspection_document.py:InspectionDocument.__init__": "a thread has opened it",
    "document/inspection_document.py:InspectionDocument.save_copy": "a thread calls it",
    "document/recovering.py:Recovery._store": "a thread calls it",
    "document/versions.py:Versions._bring_bytes": "a thread calls it",
    "document/versions.py:Versions.read_backup": "a thread calls it",
    "ui/evidence/adding.py:_make_attachment": "the job that stores files calls it",
    "ui/evidence/adding.py:load_file": "the job that reads files calls it",
    "ui/help/guide.py:GuideView.__init__": "the application's own folder",
    "ui/help/guide.py:GuideView.show_page": "the application's own folder",
    "ui/help/guide.py:GuideView._find_file": "the application's own folder",
    "ui/opening/unlocking.py:ask_key": "it is given by whoever has a thread do it",
    "ui/prompts.py:Prompts._save_text": "the file dialog has just listed that folder",
    "ui/widgets/icons.py:_draw": "the application's own folder",
    "ui/widgets/theme.py:load_tokens": "the application's own folder",
    "ui/widgets/theme.py:make_style_sheet": "the application's own folder",
}


def list_calls() -> Iterator[tuple[str, str, int]]:
    """Yield the calls in the window's thread that touch a disk: place, function, line."""
    for path in sorted([*(PACKAGE / "ui").rglob("*.py"), *(PACKAGE / "document").rglob("*.py")]):
        tree = ast.parse(path.read_text("utf-8"))
        if path.is_relative_to(PACKAGE / "document"):
            tree.body = [part for part in tree.body if _is_of_qt(part)]
        given = {
            name.id
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and _name(call) in THREADS
            for name in [*call.args, *(keyword.value for keyword in call.keywords)]
            if isinstance(name, ast.Name)
        }
        file = path.relative_to(PACKAGE).as_posix()
        yield from _walk(tree, f"{file}:", given)


def _walk(node: ast.AST, place: str, given: set[str]) -> Iterator[tuple[str, str, int]]:
    for child in ast.iter_child_nodes(node):
        here = place
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            if child.name in given:
                continue
            here = f"{place}{'' if place.endswith(':') else '.'}{child.name}"
        if isinstance(child, ast.Lambda) and isinstance(node, ast.Call) and _name(node) in THREADS:
            continue
        if isinstance(child, ast.Call):
            names = FUNCTIONS if isinstance(child.func, ast.Name) else METHODS
            if _name(child) in names:
                yield here, _name(child), child.lineno
        yield from _walk(child, here, given)


def _is_of_qt(part: ast.stmt) -> bool:
    """Tell whether a class is one whose methods the window's thread calls."""
    bases = part.bases if isinstance(part, ast.ClassDef) else ()
    return any(isinstance(base, ast.Name) and base.id.startswith("Q") for base in bases)


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_nothing_asks_a_disk_in_the_windows_thread() -> None:
    found = list(list_calls())
    faults = [
        f"inspector_app/{place} calls {name}, line {line}"
        for place, name, line in found
        if place not in NOBODY_WAITS
    ]
    assert not faults, f"Give it to a thread (CONTRIBUTING.md), or say why not: {faults}"
    unused = NOBODY_WAITS.keys() - {place for place, _, _ in found}
    assert not unused, "They ask no disk any more."
