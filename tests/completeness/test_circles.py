"""Imports run one way: no module needs, even for its types, one that needs it."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = PROJECT / "inspector_app"
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts): path
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py"
}


def list_imports(tree: ast.Module) -> Iterator[str]:
    """Yield what a module imports when it is imported, or for its types."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.If) else [node]
        for item in inside:
            if isinstance(item, ast.ImportFrom) and item.module:
                yield item.module
                yield from (f"{item.module}.{name.name}" for name in item.names)


def test_no_import_runs_in_a_circle() -> None:
    graph = {
        module: MODULES.keys() & set(list_imports(ast.parse(path.read_text("utf-8"))))
        for module, path in MODULES.items()
    }
    assert sum(map(len, graph.values())) > len(graph)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise AssertionError(f"Have one of these ask for less, by a Protocol: {circle}") from None
