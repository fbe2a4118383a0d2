"""An inspection of restaurants: three questions, five steps, law of its own, no Python touched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from docx.oxml.ns import qn

from inspector_app.cli import main
from inspector_app.organisation import VARIABLE
from tests.organisations.making import FRAMEWORK, HYGIENE, RESTAURANT
from tests.report.making import WordFile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def organisation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(HYGIENE))


def test_nothing_is_wrong_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["frameworks", "--check"], ["check-template"]):
        assert main([*command, str(HYGIENE)]) == 0
        assert "0 faults" in capsys.readouterr().err


def test_an_inspection_is_begun_checked_and_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pot.inspection"
    assert main(["new", "-o", str(path), "--framework", FRAMEWORK, "--regime", "rated"]) == 0
    assert main(["check", str(path), "--json"]) == 0
    shown = capsys.readouterr().out
    found = json.loads(shown[shown.index("{") :])["findings"]
    # No check takes it for something of the health and care regulator.
    assert {item["check"] for item in found} == {
        "dates_missing",
        "register_data_missing",
        "section_empty",
    }
    target = tmp_path / "pot.docx"
    assert main(["export", str(path), "-o", str(target)]) == 0
    assert "[name of the restaurant]" in WordFile(target.read_bytes()).texts


def test_its_report_says_what_its_template_says_in_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "pot.inspection"
    assert main(["import", str(RESTAURANT), "-o", str(path)]) == 0
    word = export(path, tmp_path / "pot.docx")
    for text in (
        "Food hygiene & safety report",
        "Visited on 3 November 2026",
        "Hygiene at The Copper Pot is dirty.",
        "Before, it was passable.",
        "Cooking: spotless",
        "Keep cold food at 5 °C or colder.",
        "Byelaw 3: cold food",
        "For Serving meals",
        "write down temperatures each morning",
    ):
        assert text in word.texts
    ratings = [(style, text) for style, text in word.paragraphs if style.startswith("Rating ")]
    assert [text for style, text in ratings if style != "Rating Label"] == [
        "Dirty",
        "Clean",
        "Spotless",
        "Dirty",
    ]
    grounds = {
        cell.find(f".//{qn('w:t')}").text: cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}").get(
            qn("w:fill")
        )
        for cell in word.document.iter(qn("w:tc"))
        if cell.find(f".//{qn('w:t')}").text in {"Dirty", "Clean", "Spotless"}
    }
    assert grounds == {"Dirty": "EF6C00", "Clean": "7CB342", "Spotless": "0B5D1E"}
    page = tmp_path / "pot.html"
    assert main(["export", str(path), "-o", str(page)]) == 0
    html = page.read_text("utf-8")
    assert "td.rating-dirty { background-color: #ef6c00; }" in html
    assert '<td class="rating-dirty"><p class="rating-dirty">Dirty</p></td>' in html


def export(path: Path, target: Path) -> WordFile:
    assert main(["export", str(path), "-o", str(target)]) == 0
    return WordFile(target.read_bytes())


def test_its_rules_propose_and_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "ratings.csv"
    table.write_text("storing,cooking,cleaning\nclean,spotless,clean\nclean,dirty,clean\n", "utf-8")
    assert main(["rate", str(table), "--framework", FRAMEWORK, "-o", "-"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert "Clean" in rows[1]
    assert "H5" in rows[1]
    assert "Dirty" in rows[2]
    assert "H2" in rows[2]


def test_the_frameworks_of_others_are_as_they_were(tmp_path: Path) -> None:
    target = tmp_path / "sample.docx"
    assert main(["export", "--sample", "rated", "-o", str(target)]) == 0
    assert "Rating Good" in {style for style, _ in WordFile(target.read_bytes()).paragraphs}
