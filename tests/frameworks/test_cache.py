"""What is kept of the resources is what they say, or is not taken."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector_app.assets import get_resource
from inspector_app.errors import ResourceFault
from inspector_app.frameworks import RATINGS, REFERENCE, RULES, cache, load
from inspector_app.frameworks.cache import find_cached, store_cached
from inspector_app.frameworks.model import Framework, Reference
from inspector_app.frameworks.reading import read_framework, read_reference
from inspector_app.settings import get_cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ID = "independent_health_2018"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Read as a new process does."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for remembered in (load._load_framework, load._load_reference, load._list_frameworks):  # noqa: SLF001
        remembered.cache_clear()


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Resources of our own, to be altered."""
    folder = tmp_path / "resources"
    shutil.copytree(get_resource(), folder)
    for module in (load, cache):
        if hasattr(module, "get_resource"):
            monkeypatch.setattr(module, "get_resource", lambda: folder)
    monkeypatch.setattr(cache, "is_own_resource", lambda path: path.is_relative_to(folder))
    return folder


def _alter(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_is_kept_is_what_the_files_say() -> None:
    path = get_resource("frameworks", f"{ID}.toml")
    ratings, rules = get_resource(RATINGS), get_resource(RULES)
    framework = read_framework(path, ratings, rules, [])
    reference = read_reference([get_resource(name) for name in REFERENCE])
    assert load.load_framework(ID) == framework
    assert load.load_reference() == reference
    assert {path.name for path in get_cache_folder().iterdir()} == {
        f"{ID}.kept",
        "reference.kept",
    }
    _forget()
    for name, kind, value in ((ID, Framework, framework), ("reference", Reference, reference)):
        files = [get_resource("words.txt")]
        assert value is not None
        store_cached(name, files, value)
        assert find_cached(name, files, kind) == value


def test_files_that_changed_are_read_anew(resources: Path) -> None:
    before = load.load_framework(ID)
    load.load_reference()
    _alter(resources / "frameworks" / f"{ID}.toml", before.name, "Another name")
    _alter(resources / "ratings.toml", "Outstanding", "Splendid")
    _forget()
    assert load.load_framework(ID).name == "Another name"
    assert "Splendid" in {rating.name for rating in load.load_reference().ratings.values()}


def test_a_framework_is_read_anew_where_the_rules_changed(resources: Path) -> None:
    framework = load.load_framework(ID)
    _alter(resources / "rating_rules.toml", f'"{framework.rating_rules}"', '"other_rules"')
    _forget()
    with pytest.raises(ResourceFault, match="no such rule set"):
        load.load_framework(ID)


def test_another_program_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = load.load_reference()
    files = [get_resource("words.txt")]
    store_cached("reference", files, reference)
    monkeypatch.setattr(cache, "__version__", "99.0")
    assert find_cached("reference", files, Reference) is None


@pytest.mark.parametrize(
    "name", ["frameworks/law.py", "shapes/base.py", "domain/rating_rules.py", "domain/scoring.py"]
)
def test_another_way_of_reading_reads_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    part = tmp_path / "program" / name
    part.parent.mkdir(parents=True)
    part.write_text("# as it was")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path / "program")
    reference = load.load_reference()
    files = [get_resource("words.txt")]
    store_cached("reference", files, reference)
    assert find_cached("reference", files, Reference) == reference
    part.write_text("# as it is")
    assert find_cached("reference", files, Reference) is None


def test_damage_of_what_was_kept_is_not_noticed_by_anybody() -> None:
    wanted = load.load_reference()
    path = get_cache_folder() / "reference.kept"
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        altered = bytearray(whole)
        altered[place] ^= 0x20
        for data in (bytes(altered), whole[:place], whole + b"x"):
            path.write_bytes(data)
            _forget()
            assert load.load_reference() == wanted
            assert path.read_bytes() == whole


def test_where_nothing_can_be_kept_the_files_are_read() -> None:
    get_cache_folder().parent.mkdir(parents=True, exist_ok=True)
    get_cache_folder().write_text("in the way")
    assert load.load_framework(ID).id == ID
    assert load.load_reference().ratings


def test_files_of_others_are_kept_apart(tmp_path: Path) -> None:
    for name in ("theirs", "others"):
        shutil.copytree(get_resource(), tmp_path / name)
        _alter(tmp_path / name / "ratings.toml", "Outstanding", name)
        load.load_reference(tmp_path / name)
    ours = load.load_reference()
    _forget()
    assert len(list(get_cache_folder().glob("reference*"))) == 3
    for name in ("theirs", "others"):
        assert load.load_reference(tmp_path / name).ratings["outstanding"].name == name
    assert load.load_reference() == ours
