"""What a person can see uses none of the words that docs/wording.md avoids."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

_PACKAGE = PROJECT / "inspector_app"
_SEEN = ("ui", "document", "storage", "spelling", "errors.py", "files.py", "toml_files.py")
_SENTENCE = re.compile(r"[^\W\d_]{2,}[,.:;…”]? [“(]?[^\W\d_]")
_SQL = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|PRAGMA|BEGIN|VALUES)\b")
_CODE = re.compile(r"· [A-Z]{1,2}\d|\([A-Z]{1,2}\d\)|(?<![\w-])--[a-z]")
"""A rule's number, or an option of the command line."""
_KEY = re.compile(r"\b(?:Ctrl|Alt|Shift)\+\w|\bF\d{1,2}\b")
_UNSEEN = {"debug", "info", "warning", "error", "exception", "setObjectName", "compile"}
"""What a text is given to that shows it to nobody: logs, names of objects, patterns."""


class _Rule(NamedTuple):
    avoid: re.Pattern[str]
    files: tuple[str, ...]
    """Where it may stand."""


class _Text(NamedTuple):
    place: str
    text: str

    @property
    def file(self) -> str:
        return self.place.partition(":")[0]


def _read_rules(page: str) -> Iterator[_Rule]:
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("| ") or len(cells) != 3 or cells[0] in {"Avoid", "---"}:
            continue
        words = [re.escape(word.strip()) for word in cells[0].split(", ")]
        files = tuple(re.findall(r"`([^`]+)`", cells[2]))
        yield _Rule(re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE), files)


def _list_texts(path: Path) -> Iterator[_Text]:
    """Return the sentences of a module that a person can see."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            unseen.add(id(node.value))
        elif isinstance(node, ast.Call) and _name(node.func) in _UNSEEN:
            unseen.update(id(child) for child in ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            # Its texts are read with it, those within its braces by themselves.
            unseen.update(id(value) for value in node.values if isinstance(value, ast.Constant))
    for node in ast.walk(tree):
        text = _join(node) if id(node) not in unseen else ""
        if _SENTENCE.search(text) and not _SQL.search(text):
            yield _Text(f"{path.relative_to(_PACKAGE).as_posix()}:{node.lineno}", text)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _join(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text.replace("&", "")
        case ast.JoinedStr(values=values):
            return "".join(_join(value) or "…" for value in values)
    return ""


@cache
def _list_seen() -> tuple[_Text, ...]:
    found: list[_Text] = []
    for name in _SEEN:
        place = _PACKAGE / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            found.extend(_list_texts(path))
    checks = tomllib.loads((PROJECT / "resources/checks/checks.toml").read_text(encoding="utf-8"))
    for check in checks["checks"]:
        texts = (check["name"], check["message"], check["why"], *check.get("messages", {}).values())
        found.extend(_Text(f"checks.toml:{check['id']}", text) for text in texts)
    return tuple(found)


def _find_avoided(rules: list[_Rule], texts: tuple[_Text, ...]) -> list[str]:
    return [
        f"{item.place}: “{found.group()}” in “{item.text}”"
        for item in texts
        for rule in rules
        if item.file not in rule.files and (found := rule.avoid.search(item.text))
    ]


@cache
def _load_rules() -> list[_Rule]:
    return list(_read_rules((PROJECT / "docs/wording.md").read_text(encoding="utf-8")))


def test_no_text_uses_a_word_that_is_avoided() -> None:
    assert len(_load_rules()) > 20
    assert len(_list_seen()) > 1000
    found = _find_avoided(_load_rules(), _list_seen())
    assert not found, "docs/wording.md says what to write instead:\n" + "\n".join(found)


def test_no_text_shows_a_code_or_an_option() -> None:
    told_in_a_terminal = {"document/qt_needs.py"}
    found = [
        f"{item.place}: {item.text}"
        for item in _list_seen()
        if item.file not in told_in_a_terminal and _CODE.search(item.text)
    ]
    assert not found, "\n".join(found)


def test_no_text_spells_a_key_of_the_window() -> None:
    fields_own = {"ui/find/find_bar.py", "ui/blocks/table_editor.py", "ui/blocks/editor.py"}
    found = [
        f"{item.place}: {item.text}"
        for item in _list_seen()
        if item.file.startswith("ui/") and item.file not in fields_own and _KEY.search(item.text)
    ]
    assert not found, "name_key of ui/widgets/keys.py names it:\n" + "\n".join(found)


def test_every_exception_is_needed() -> None:
    unneeded = [
        f"{file}: {rule.avoid.pattern}"
        for rule in _load_rules()
        for file in rule.files
        if not any(item.file == file and rule.avoid.search(item.text) for item in _list_seen())
    ]
    assert not unneeded, "\n".join(unneeded)


def test_an_avoided_word_is_seen_in_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.completeness.test_wording._PACKAGE", tmp_path)
    module = tmp_path / "planted.py"
    module.write_text(
        '"""The journal, in a docstring."""\n'
        '_log.warning("the journal is damaged")\n'
        'button.setToolTip(f"{name} is safe in the "\n    "journal on this computer")\n'
        'KEY = "journal"\n',
        encoding="utf-8",
    )
    found = _find_avoided(_load_rules(), tuple(_list_texts(module)))
    assert [line.partition(" ")[0] for line in found] == ["planted.py:3:"]
