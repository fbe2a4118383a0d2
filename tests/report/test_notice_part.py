"""One breach rendered alone: the same words as in the whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.domain.entities import Notice
from inspector_app.report.notice_part import NoticePart, render_notice
from inspector_app.report.report import render_report
from tests.report.making import bring_in, copy_templates, edit_template, full_content

if TYPE_CHECKING:
    from pathlib import Path


def render_all(**content: object) -> tuple[list[NoticePart], str]:
    inspection = bring_in("rated", **content).inspection
    parts = [render_notice(inspection, notice.id) for notice in inspection.all(Notice)]
    return parts, render_report(inspection).html


def test_the_places_are_those_of_the_report() -> None:
    parts, html = render_all(**full_content("rated"))
    assert len(parts) == 2
    for part in parts:
        assert part.must in html
        assert part.breach in html
        row = part.row.partition("<tbody>")[2].rpartition("</tbody>")[0].strip()
        assert row in html
    assert "1 August 2024" in parts[1].row


def test_typed_text_is_escaped_in_the_row_and_plain_in_the_lines() -> None:
    (part,), _ = render_all(
        notices=[
            {
                "kind": "requirement",
                "regulation": "RA2014-12",
                "must": "Do <b>this</b> & {{ that }}",
                "breached_paragraphs": ["<i>x</i>"],
                "activities": ["<script>"],
            }
        ]
    )
    assert part.must == "Do <b>this</b> & {{ that }}"
    assert "12 <i>x</i> of the" in part.breach
    assert "<script>" not in part.row


@pytest.mark.parametrize("more", [{}, {"regulation": "RA2014-12", "withheld": True}])
def test_what_does_not_print_is_empty(more: dict[str, object]) -> None:
    (part,), _ = render_all(notices=[{"kind": "warning", **more}])
    assert (part.must, part.breach) == ("", "")
    assert part.row.startswith("<table")


@pytest.mark.parametrize(("form", "prints_musts"), [("full", True), ("short", False)])
def test_the_report_s_own_template_is_used(form: str, prints_musts: bool) -> None:
    notice = {
        "kind": "warning",
        "regulation": "RA2014-12",
        "breached_paragraphs": ["12(1)"],
        "deadline": "2024-08-01",
        "how_not_met": [{"paragraph": "It was not safe."}],
    }
    (part,), html = render_all(framework="adult_social_care_2017", form=form, notices=[notice])
    assert bool(part.must) == prints_musts == (part.must != "" and part.must in html)
    assert part.breach == "Regulation 12 (1)"
    assert "How the regulation was not being met" not in part.row
    assert "We issued a warning notice to be met by 1 August 2024." in part.row


def test_a_template_that_prints_no_table_is_shown_as_it_is(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    start, end = '<table class="notices">', "</table>"
    text = (folder / "partials/notices.html.j2").read_text("utf-8")
    whole = start + text.partition(start)[2].partition(end)[0] + end
    bare = "{% for notice in notices %}<h3>{{ notice.label }}</h3>{% endfor %}"
    edit_template(folder, "partials/notices.html.j2", whole, bare)
    inspection = bring_in(notices=[{"regulation": "RA2014-12", "must": "Act."}]).inspection
    (notice,) = inspection.all(Notice)
    part = render_notice(inspection, notice.id, folder)
    assert "<h3>Regulation 12 HSCA" in part.row
    assert "Act." not in part.row
    assert (part.must, part.breach) == ("Act.", "")
