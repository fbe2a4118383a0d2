"""An organisation's own folder: what it has goes before ours, and no fault of it stops anybody."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from inspector_app.cli import main
from inspector_app.document.creating import create_inspection
from inspector_app.frameworks import load
from inspector_app.frameworks.load import list_framework_ids, load_framework, load_reference
from inspector_app.organisation import (
    VARIABLE,
    choose_organisation,
    find_organisation,
    list_words,
    write_start,
)
from inspector_app.report.report import render_report
from inspector_app.settings import get_organisation_folder
from inspector_app.storage.reading import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OURS = "independent_health_2018"
FILE = "frameworks/my_framework.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path / "ours"))
        write_start(tmp_path / "ours")
        forget()
        yield tmp_path / "ours"
    forget()


def forget() -> None:
    """Read as a new process does."""
    for remembered in (load._load_framework, load._load_reference, load._list_frameworks):  # noqa: SLF001
        remembered.cache_clear()


def alter(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    forget()


def test_a_framework_of_ones_own_from_nothing_to_the_report(folder: Path, tmp_path: Path) -> None:
    assert "my_framework" in list_framework_ids()
    assert OURS in list_framework_ids()
    path = tmp_path / "first.inspection"
    create_inspection(
        path, tmp_path, load_framework("my_framework"), "rated", location_name="Fern Bank"
    )
    with open_for_reading(path) as reader:
        html = render_report(reader.inspection, folder=folder / "report_templates").html
    assert "Fern Bank" in html
    assert "Is it effective?" in html
    assert main(["frameworks", "--check", str(folder)]) == 0
    target = tmp_path / "first.docx"
    assert main(["export", str(path), "-o", str(target), "--organisation", str(folder)]) == 0
    assert target.exists()


def test_every_part_falls_back_to_ours(folder: Path) -> None:
    regulations = load_reference().regulations
    for name in ("frameworks", "report_templates"):
        shutil.rmtree(folder / name)
    (folder / "words.txt").unlink()
    forget()
    assert list_words() == []
    assert load_reference().regulations == regulations
    assert load_framework(OURS).id == OURS


def test_a_file_of_the_organisation_goes_before_ours(folder: Path) -> None:
    before = load_framework(OURS)
    ours = load.get_resource("frameworks", f"{OURS}.toml")
    shutil.copy(ours, folder / "frameworks")
    alter(folder / "frameworks" / f"{OURS}.toml", before.name, "Our clinics")
    assert load_framework(OURS).name == "Our clinics"
    shutil.copy(load.get_resource("activities.toml"), folder)
    alter(folder / "activities.toml", "Surgical procedures", "Surgery")
    reference = load_reference()
    assert "Surgery" in {item.name for item in reference.activities.values()}


def test_a_faulty_file_is_named_and_used_as_it_was(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_framework("my_framework").name == "My framework"
    alter(folder / FILE, 'name = "My framework"', "name = ")
    assert load_framework("my_framework").name == "My framework"
    assert OURS in {item.id for item in load.list_frameworks()}
    assert main(["frameworks"]) == 0
    assert "Not used: my_framework.toml, line 8: is no valid TOML" in capsys.readouterr().err
    assert main(["frameworks", "--check", str(folder)]) == 1
    assert "my_framework.toml, line 8: is no valid TOML" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among files")
def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "frameworks" / "pipe.toml")
    os.mkfifo(folder / "regulations.toml")
    (folder / "words.txt").unlink()
    os.mkfifo(folder / "words.txt")
    forget()
    assert "pipe" not in list_framework_ids()
    assert load_reference().regulations
    assert list_words() == []
    assert load.find_faults(folder) == []


def test_one_that_never_was_sound_is_left_out(folder: Path) -> None:
    (folder / "frameworks" / "other.toml").write_text('id = "another"')
    (folder / "ratings.toml").write_text("nothing = 1")
    forget()
    assert "other" not in {item.id for item in load.list_frameworks()}
    assert load_reference().ratings["good"].name == "Good"
    assert {re.split("[,:]", fault.path)[0] for fault in load.find_faults(folder)} == {
        "other.toml",
        "ratings.toml",
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (FILE, 'judged_by = "rating"', 'judged_by = "stars"', "$.regimes.rated.judged_by"),
        (FILE, 'id = "my_framework"', 'id = "ours"', "must be 'my_framework'"),
        (FILE, '"location_name", "visit', '"location", "visit', "did you mean 'location_name'"),
        (FILE, "{{ rating.name }}", "{{ rating.name }", "is no valid Jinja"),
        (FILE, 'word = "effective"\n', "", "$.key_questions[1].word: is missing"),
        (FILE, '"my_framework/report', '"my_framework/rapport', "there is no template"),
        (
            "report_templates/my_framework/report.html.j2",
            "location.name",
            "location.nam",
            "line 7",
        ),
        (
            "report_templates/my_framework/report.html.j2",
            'class="judgement"',
            'class="judgment"',
            "judgment",
        ),
        (
            "report_templates/my_framework/report.html.j2",
            "{% endfor %}\n{% include",
            "{% include",
            "report.html.j2",
        ),
        (
            "report_templates/my_framework/report.html.j2",
            "texts.overall_line",
            "texts.overal_line",
            "did you mean 'overall_line'",
        ),
    ],
)
def test_likely_mistakes_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, told: str
) -> None:
    alter(folder / name, old, new)
    assert main(["frameworks", "--check", str(folder)]) == 1
    assert told in capsys.readouterr().out


def test_a_new_folder_takes_the_place_of_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").touch()
    assert main(["frameworks", "--new", str(tmp_path / "there")]) == 3
    assert "is there already" in capsys.readouterr().err
    assert main(["frameworks", "--organisation", str(tmp_path / "nowhere")]) == 2


def test_the_folder_is_named_or_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert find_organisation() is None
    get_organisation_folder().mkdir(parents=True)
    assert find_organisation() == get_organisation_folder()
    choose_organisation(tmp_path)
    assert find_organisation() == tmp_path
    choose_organisation(None)
    assert find_organisation() == get_organisation_folder()
