"""TOML of strangers: a fault with few words, whatever is in it."""

from __future__ import annotations

import random
import shutil
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.assets import get_resource
from inspector_app.errors import ResourceFault, TemplateFault
from inspector_app.frameworks.load import load_framework
from inspector_app.report.style_map import load_style_map
from inspector_app.toml_files import read_toml
from inspector_app.toml_places import explain_toml, find_line
from tests.frameworks.test_faults import DATA
from tests.report.making import copy_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = {
    "nested lists": b"a = " + b"[" * 5_000,
    "closed lists": b"a = " + b"[" * 5_000 + b"]" * 5_000,
    "nested tables": b"a = " + b"{ a = " * 5_000,
    "a number of thousands of digits": b"a = " + b"9" * 5_000,
    "a date that is none": b"a = 2020-13-45",
    "text that ends nowhere": b'a = """' + b"x" * 100_000,
    "half a sign": b'a = "\xff"',
    "another encoding": b"\xff\xfea\0=\x001\0",
    "nothing but zeros": b"\0" * 10_000,
    "a key that stands twice": b"a = 1\na = 2",
    "a lone surrogate": b'a = "\\ud800"',
    "too much": b"# \n" * 2_000_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_toml_is_refused(tmp_path: Path, data: bytes) -> None:
    folder = copy_templates(tmp_path)
    (folder / "styles.toml").write_bytes(data)
    with pytest.raises(ValueError, match=r"^is ") as refused:
        read_toml(folder / "styles.toml")
    assert len(str(refused.value)) < 300
    with pytest.raises(TemplateFault, match=r"styles\.toml"):
        load_style_map(folder)


def test_keys_of_thousands_of_parts_are_no_style_map(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    (folder / "styles.toml").write_bytes(b"a." * 3_000 + b"a = 1")
    with pytest.raises(TemplateFault, match=r"styles\.toml"):
        load_style_map(folder)


def test_frameworks_with_anything_in_them_are_read_or_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(DATA, tmp_path / "resources")
    path = folder / "frameworks" / "lighthouse.toml"
    lines = path.read_text("utf-8").splitlines()
    strange = ["1", "-1", "9" * 5_000, "[]", "[[[[]]]]", '""', "{}", "true", "0001-01-01", "nan"]
    for seed in range(120):
        chance = random.Random(seed)  # noqa: S311
        spoilt = list(lines)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(spoilt))
            key, equals, _ = spoilt[at].partition(" = ")
            moved = spoilt[chance.randrange(len(spoilt))]
            spoilt[at] = chance.choice(
                [f"{key}{equals}{chance.choice(strange)}", moved, "", f"{key}x = 1", spoilt[at][:9]]
            )
        path.write_text("\n".join(spoilt), "utf-8")
        try:
            load_framework("lighthouse", folder)
        except ResourceFault as fault:
            assert "lighthouse.toml" in str(fault)  # noqa: PT017 - either will do
            assert len(str(fault)) < 20_000  # noqa: PT017


PLACES = '''# begins with a remark
top = 1
[table]
list = ["x", # ]
  "y", {inner = 1, "a key" = [
    2]}]
[[rows]]
long = """
[[rows]]
not = "a key" \\"""
"""
[[rows.below]]
text = 'c:\\'
[[rows]]
dotted.key = "\\"]"
[rows.after]
end = ""
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("$.top", 2),
        ("$.table.list[1]", 5),
        ('$.table.list[2]["a key"][0]', 6),
        ("$.rows", 7),
        ("$.rows[0].below[0].text", 13),
        ("$.rows[1].dotted.key", 15),
        ("$.rows[1].after.end", 17),
        ("$.rows[1].missing", 14),
        ("$.rows[0].below[0].missing", 12),
        ("$.nowhere", 1),
    ],
)
def test_the_line_of_a_value_is_found(path: str, line: int) -> None:
    tomllib.loads(PLACES)
    assert find_line(PLACES, path) == line
    assert find_line(PLACES.replace("\n", "\r\n"), path) == line


@pytest.mark.parametrize("path", sorted(get_resource().rglob("*.toml")), ids=lambda path: path.name)
def test_every_value_of_our_own_files_has_its_line(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.split("\n")
    for keys, value in _walk(tomllib.loads(text), ()):
        steps = (f"[{key}]" if isinstance(key, int) else f'["{key}"]' for key in keys)
        number = find_line(text, f"${''.join(steps)}")
        if isinstance(value, str) and keys and not isinstance(keys[-1], int):
            assert str(keys[-1]) in lines[number - 1]


def _walk(value: object, keys: tuple[str | int, ...]) -> Iterator[tuple[Any, object]]:
    if keys:
        yield keys, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _walk(part, (*keys, key))
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _walk(part, (*keys, index))


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ('a = 1\nb = "x\nc = 2', 2, "is a quotation mark missing?"),
        ("a = 1\nb = words", 2, "after = comes a text in quotation marks"),
        ("b = “words”", 1, "quotation marks must be straight"),
        ("a = 1\n[b\n", 2, "a heading ends in ]"),
        ('a = "c:\\q"', 1, "for a backslash"),
        ('a = [\n"x"\n"y"]', 3, "is a comma, or ] at the end of a list, missing?"),
        ("a = 1\n\na = 2", 3, "the same key stands twice"),
        ("[a]\n[a]", 2, "the same heading in square brackets stands twice"),
        ('a "x"', 1, "after a key comes ="),
    ],
)
def test_what_is_no_toml_is_told_with_line_and_remedy(text: str, line: int, remedy: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    message, found = explain_toml(str(caught.value), text)
    assert found == line
    assert remedy in message


def test_a_mark_of_the_encoding_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1")
    assert read_toml(path) == {"a": 1}
