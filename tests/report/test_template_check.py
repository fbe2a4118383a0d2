"""Templates checked before they are used: all faults at once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector_app.assets import get_templates_folder
from inspector_app.cli import main
from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.document.templates import check_template_folder
from inspector_app.domain.starting import start_inspection
from inspector_app.report.template_check import check_templates
from tests.report.making import copy_templates, edit_package, edit_template

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection


@pytest.fixture(scope="module")
def inspections() -> list[Inspection]:
    """Full inspections, and two empty ones."""
    started = [
        start_inspection({"framework": "independent_health_2018", "regime": name}, [], {})[1]
        for name in ("rated", "unrated")
    ]
    return [*(load_sample(name).inspection for name in SAMPLES), *started]


def test_our_own_templates_have_no_fault(inspections: list[Inspection]) -> None:
    assert check_templates(get_templates_folder(), inspections) == []


def test_every_unknown_variable_is_named_at_once(
    tmp_path: Path, inspections: list[Inspection]
) -> None:
    folder = copy_templates(tmp_path)
    rated = "independent_health/rated.html.j2"
    places = [
        (rated, "{{ location.telephone }}", "{{ location.telefone }}"),
        (rated, "{{ visit.dates }}", "{{ vist.dates }}"),
        ("partials/signatory.html.j2", "{{ signatory.title }}", "{{ signatory.titel | prose }}"),
    ]
    lines = [edit_template(folder, *place) for place in places]
    faults = check_templates(folder, inspections)
    found = {(fault.template, fault.line, fault.part, fault.message) for fault in faults}
    assert found == {
        (
            rated,
            lines[0],
            "Cover",
            "no such detail 'telefone'; did you mean 'telephone'?",
        ),
        (rated, lines[1], "Cover", "no such variable 'vist'; did you mean 'visit'?"),
        (
            "partials/signatory.html.j2",
            lines[2],
            "Signatory",
            "no such detail 'titel'; did you mean 'title'?",
        ),
    }


def test_styles_and_slots_are_named(tmp_path: Path, inspections: list[Inspection]) -> None:
    folder = copy_templates(tmp_path)
    edit_template(folder, "styles.toml", '"p.lead" = "Lead"', '"p.lead" = "Leed"')
    edit_package(
        folder / "house_style.docx",
        {"word/header1.xml": lambda xml: xml.replace("{{ location_name }}", "{{ location_nam }}")},
    )
    messages = [str(fault) for fault in check_templates(folder, inspections)]
    assert any("styles.toml, line" in text and "'Leed'" in text for text in messages)
    slot = "house_style.docx (in the part “Header”): no such slot 'location_nam'"
    assert any(text.startswith(slot) for text in messages)


def test_html_that_reports_do_not_know_is_named(
    tmp_path: Path, inspections: list[Inspection]
) -> None:
    folder = copy_templates(tmp_path)
    old = '<p class="signatory-name">'
    line = edit_template(folder, "partials/signatory.html.j2", old, '<p class="signatory-nam">')
    (fault,) = check_templates(folder, inspections)
    assert (fault.template, fault.line) == ("partials/signatory.html.j2", line)


def test_the_command_tries_our_own_with_every_framework(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-template"]) == 0
    assert "0 faults in" in capsys.readouterr().err
    assert main(["check-template", str(tmp_path / "nowhere")]) == 3


INDEX = "evidence_index/index.html.j2"


def test_the_evidence_index_and_the_web_page_are_tried(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    for name in (INDEX, "web/page.html.j2"):
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(get_templates_folder() / name, folder / name)
    lines = [
        edit_template(folder, INDEX, "{{ item.findings }}", "{{ item.finding }}"),
        edit_template(folder, INDEX, "<p><strong>{{ note.number", "<p><b>x</b>{{ note.number"),
        edit_template(folder, INDEX, 'class="balance"', 'class="balanse"'),
        edit_template(folder, "web/page.html.j2", "{{ style | safe }}", "{{ styles | saef }}"),
    ]
    told = {(item.template, item.line) for item in check_template_folder(folder).faults}
    assert told >= {(INDEX, line) for line in lines[:3]} | {("web/page.html.j2", lines[3])}
