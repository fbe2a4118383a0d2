"""The package's own source, read for its Literals and for the lists that spell their members out.

Of each Literal, wherever it stands, it finds the displays that name its members: dicts by their
keys, tuples and lists by their items or by a column of theirs, sets. Nothing is listed by hand, so
a new Literal or a new table is found by itself.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, get_args

from inspector_app.domain.entities import AnyEntity
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PACKAGE = PROJECT / "inspector_app"
_COLLECTED = (ast.Subscript, ast.Dict, ast.Set, ast.Tuple, ast.List)
_LEAVES = (ast.Name, ast.Constant, ast.alias, ast.expr_context, ast.operator, ast.cmpop)


class Vocabulary(NamedTuple):
    """Members that go together: those of a Literal, or the kinds of entities."""

    name: str
    """Of its alias, or of the class and field that it types."""
    file: str
    members: tuple[object, ...]


class Display(NamedTuple):
    """A dict, tuple, list or set that names members."""

    where: str
    """File and line, and the name that it is given."""
    file: str
    names: frozenset[str]
    is_table: bool
    """Whether it has a place for each member; a set says which members are of a sort."""


class _Named(NamedTuple):
    node: ast.expr
    name: str
    file: str


@cache
def _walk_package() -> tuple[_Named, ...]:
    found: list[_Named] = []
    for path in sorted(_PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        _collect(tree, "", path.relative_to(_PACKAGE).as_posix(), found)
    return tuple(found)


def _collect(node: ast.AST, name: str, file: str, found: list[_Named]) -> None:
    """Collect Literals and displays with the name of what they are part of."""
    for child in ast.iter_child_nodes(node):
        here = name
        match child:
            case ast.ClassDef() | ast.FunctionDef():
                here = child.name
            case (
                ast.Assign(targets=[ast.Name(id=target)])
                | ast.AnnAssign(target=ast.Name(id=target))
            ):
                here = f"{name}.{target}" if isinstance(node, ast.ClassDef) else target
            case ast.arg(arg=target):
                here = f"{name}.{target}"
        # What is unpacked into a tuple is read with it, and a Literal's members are no tuple.
        if isinstance(child, _COLLECTED) and not isinstance(node, ast.Starred):
            found.append(_Named(child, here, file))
        if not isinstance(child, _LEAVES) and not _is_literal(child):
            _collect(child, here, file, found)


def _is_literal(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal"


@cache
def list_literals() -> tuple[Vocabulary, ...]:
    """Return every Literal of the package once: those with the same members are one."""
    found: dict[tuple[object, ...], Vocabulary] = {}
    for node, name, file in _walk_package():
        if isinstance(node, ast.Subscript) and _is_literal(node):
            members = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            values = tuple(ast.literal_eval(member) for member in members)
            # An alias is a better name than the parameter that spells the same members out.
            if values not in found or "." in found[values].name > name:
                found[values] = Vocabulary(name, file, values)
    return tuple(found.values())


@cache
def list_vocabularies() -> tuple[Vocabulary, ...]:
    """Return the Literals, and the kinds of entities by their classes and by their tags."""
    kinds = get_args(AnyEntity)
    tags = tuple(str(kind.__struct_config__.tag) for kind in kinds)
    return (
        *list_literals(),
        Vocabulary("AnyEntity", "domain/entities.py", tuple(kind.__name__ for kind in kinds)),
        Vocabulary("tags of AnyEntity", "domain/entities.py", tags),
    )


@cache
def _list_displays() -> tuple[Display, ...]:
    return tuple(
        Display(f"{item.file}:{item.node.lineno} ({item.name})", item.file, names, is_table)
        for item in _walk_package()
        for names, is_table in _read_display(item.node)
        if len(names) > 1
    )


def _read_display(node: ast.expr) -> Iterator[tuple[frozenset[str], bool]]:
    match node:
        case ast.Dict(keys=keys):
            yield _read_names(keys), True
        case ast.Set(elts=items):
            yield _read_names(items), False
        case ast.Tuple(elts=items) | ast.List(elts=items):
            yield _read_names(part for item in items for part in _unpack(item)), True
            rows = [item.elts for item in items if isinstance(item, ast.Tuple)]
            if len(rows) == len(items):
                for column in zip(*rows, strict=False):
                    yield _read_names(column), True


def _unpack(item: ast.expr) -> list[ast.expr]:
    is_unpacked = isinstance(item, ast.Starred) and isinstance(item.value, ast.Tuple)
    return item.value.elts if is_unpacked else [item]


def _read_names(nodes: Iterable[ast.expr | None]) -> frozenset[str]:
    found = set()
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.Name) and node.id[0].isupper() and not node.id.isupper():
            found.add(node.id)
    return frozenset(found)


@cache
def _match_displays() -> dict[str, tuple[Display, ...]]:
    """Return the displays by the vocabularies that their names are of, the best match first."""
    found: dict[str, list[Display]] = {}
    for display in _list_displays():
        rest = set(display.names)
        while len(rest) > 1:
            best = max(list_vocabularies(), key=lambda item: len(rest.intersection(item.members)))
            hits = rest.intersection(best.members)
            if len(hits) < max(2, len(rest) / 2):
                break
            found.setdefault(best.name, []).append(display)
            rest -= hits
    return {name: tuple(displays) for name, displays in found.items()}


def list_tables(vocabulary: Vocabulary) -> list[Display]:
    """Return the displays that name most members, so that they are meant to name all."""
    return [
        item for item in _match_displays().get(vocabulary.name, ()) if _is_table(item, vocabulary)
    ]


def list_selections(vocabulary: Vocabulary) -> list[Display]:
    """Return the displays that name some members and, on purpose, not others."""
    found = _match_displays().get(vocabulary.name, ())
    return [item for item in found if not _is_table(item, vocabulary)]


def _is_table(display: Display, vocabulary: Vocabulary) -> bool:
    hits = display.names.intersection(vocabulary.members)
    return display.is_table and len(hits) > len(vocabulary.members) / 2


@cache
def read_source(file: str) -> frozenset[str]:
    """Return the texts and the names of attributes and arguments that a file spells out."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((_PACKAGE / file).read_text(encoding="utf-8"))):
        match node:
            case ast.Constant(value=str(name)) | ast.Attribute(attr=name) | ast.keyword(arg=name):
                if name:
                    found.add(name)
    return frozenset(found)
