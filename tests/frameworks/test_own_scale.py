"""A framework with a rating scale and rules of its own, beside those that all share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inspector_app.errors import ResourceFault
from inspector_app.frameworks.load import load_framework, load_reference

DATA = Path(__file__).parent / "data"
RULES = """
[[rule_sets]]
id = "own"
name = "Own"

  [[rule_sets.rules]]
  id = "A2"
  gives = "bright_red"
  when = [{of = ["bright_red"], at_least = 1}]
  text = "Red wins."
  source = "none"
  verified = "yes"
"""
SCALE = """
[[ratings]]
id = "bright_red"
name = "Bright red"
order = 2
colour = "#C00000"

[[ratings]]
id = "pale_red"
name = "Pale red"
order = 1

[[no_ratings]]
id = "dark"
name = "Dark"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(DATA, tmp_path / "resources")


def add(folder: Path, *edits: tuple[str, str], end: str) -> None:
    path = folder / "frameworks" / "lighthouse.toml"
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text + end, "utf-8")


def test_its_scale_takes_the_place_of_the_common_one(folder: Path) -> None:
    shared = load_reference(folder)
    add(
        folder,
        ("two_lamps", "own"),
        ('["dim"]', '["pale_red"]'),
        ('scoring = "candles"', ""),
        ("shining =", "bright_red ="),
        ("dim =", "pale_red ="),
        ("not_seen =", "dark ="),
        end=SCALE + RULES,
    )
    framework = load_framework("lighthouse", folder)
    own = shared.for_framework(framework)
    assert dict(own.order) == {"bright_red": 2, "pale_red": 1}
    assert not own.ratings["dark"].is_rating
    assert [own.shape_of(id_) for id_ in own.ratings] == ["star", "triangle", ""]
    assert own.ratings["bright_red"].ink == "#ffffff"
    assert own.rule_sets.keys() == {"own"}
    assert own.regulations == shared.regulations


def test_without_a_scale_of_its_own_its_rules_come_beside_the_common_ones(folder: Path) -> None:
    add(folder, end=RULES.replace("bright_red", "shining"))
    shared = load_reference(folder)
    own = shared.for_framework(load_framework("lighthouse", folder))
    assert own.rule_sets.keys() == {*shared.rule_sets, "own"}
    assert own.ratings == shared.ratings


def test_what_is_off_its_scale_is_told(folder: Path) -> None:
    add(folder, end=SCALE + RULES.replace("bright_red", "bright_read"))
    with pytest.raises(ResourceFault) as caught:
        load_framework("lighthouse", folder)
    faults = "\n".join(str(fault) for fault in caught.value.faults)
    assert "rules[0].gives: no such rating 'bright_read'; did you mean 'bright_red'?" in faults
    assert "when[0].of[0]: no such rating 'bright_read'; did you mean 'bright_red'?" in faults
    assert "$.rating_rules: no such rule set 'two_lamps'; known: 'own'" in faults
