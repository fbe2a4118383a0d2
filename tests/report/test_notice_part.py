"""One breach rendered alone: the same words as in the whole report."""

from __future__ import annotations

import pytest

from inspector_app.domain.entities import Notice
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.notice_part import NoticePart, render_notice
from inspector_app.report.report import render_report
from tests.report.making import FRAMEWORK, bring_in, full_content


def render_all(**content: object) -> tuple[list[NoticePart], str]:
    inspection = bring_in("rated", **content).inspection
    framework, reference = load_framework(FRAMEWORK), load_reference()
    parts = [
        render_notice(inspection, notice.id, framework, reference)
        for notice in inspection.all(Notice)
    ]
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
