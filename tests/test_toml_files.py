"""TOML of strangers: a fault with few words, whatever is in it."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import ResourceFault, TemplateFault
from inspector_app.frameworks.load import load_framework
from inspector_app.report.style_map import load_style_map
from inspector_app.toml_files import read_toml
from tests.frameworks.test_faults import DATA
from tests.report.making import copy_templates

if TYPE_CHECKING:
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
