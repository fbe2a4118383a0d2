"""Faults of templates and house style: each names file, line and part of the inspection."""

from __future__ import annotations

import os
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.errors import TemplateFault
from inspector_app.report.report import render_report, write_docx, write_web_page
from tests.report.making import (
    bring_in,
    copy_templates,
    edit_package,
    edit_template,
    export,
    full_content,
)

if TYPE_CHECKING:
    from pathlib import Path

RATED = "independent_health/rated.html.j2"
NOTICES = "partials/notices.html.j2"
BLOCKS = "partials/blocks.html.j2"
KEY_QUESTION = "partials/key_question.html.j2"
HOUSE_STYLE = "house_style.docx"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return copy_templates(tmp_path)


def _fail(templates: Path) -> TemplateFault:
    imported = bring_in("rated", **full_content("rated"))
    with pytest.raises(TemplateFault) as caught:
        export(imported, folder=templates)
    return caught.value


def test_the_untouched_copy_works(templates: Path) -> None:
    for regime in ("rated", "unrated"):
        export(bring_in(regime, **full_content(regime)), folder=templates)


# (template, old text, new text, part, message)
FAULTS: dict[str, tuple[str, str, str, str, str]] = {
    "syntax error": (
        RATED, "{% if shoulds %}", "{% if shoulds % }", "Overall summary", "unexpected '}'",
    ),
    "unknown tag": (
        NOTICES, "{% if requirement_notices %}", "{% fi requirement_notices %}",
        "Requirement notices", "unknown tag 'fi'",
    ),
    "unknown variable": (
        RATED, "{{ previous_rating_note }}", "{{ previous_rating_not }}", "Overall summary",
        "no such variable 'previous_rating_not'; did you mean 'previous_rating_note'?",
    ),
    "unknown detail": (
        RATED, "{{ visit.dates }}", "{{ visit.datse }}", "Cover",
        "no such detail 'datse'; did you mean 'dates'?",
    ),
    "unknown detail in a condition": (
        KEY_QUESTION, "{% if topic.lead %}", "{% if topic.laed %}", "Key questions",
        "no such detail 'laed'; did you mean 'lead'?",
    ),
    "detail of something unknown": (
        RATED, "{{ location.website | link }}", "{{ locaton.website | link }}", "Cover",
        "no such variable 'locaton'; did you mean 'location'?",
    ),
    "None printed": (
        RATED, "{{ publication_date }}", "{{ texts.get('nothing') }}", "Cover",
        "the value here is None",
    ),
    "a partial that is not there": (
        RATED, "partials/notices.html.j2", "partials/notice.html.j2", "Key questions",
        "there is no template 'partials/notice.html.j2'",
    ),
    "division by zero": (
        RATED, "{{ location.telephone }}", "{{ 1 / 0 }}", "Cover", "division by zero",
    ),
    "unsafe attribute": (
        RATED, "{{ location.telephone }}", "{{ location.__class__.__mro__ }}", "Cover",
        "no such detail '__class__'",
    ),
    "tag that is not closed": (
        RATED, "Inspection report</p>", "Inspection report", "Cover",
        "'p' is not closed before the end of 'header'",
    ),
    "unknown element": (
        NOTICES, '<p>The table below shows the legal requirements that were not being met. The',
        '<blockquote>The', "Requirement notices", "no such element 'blockquote'",
    ),
    "unknown element within text": (
        BLOCKS, '{{ action.text | prose }}', '<b>{{ action.text | prose }}</b>', "",
        "'b' stands within text",
    ),
    "text outside of a paragraph": (
        RATED, '<h1>Overall summary</h1>', '<h1>Overall summary</h1>Hello', "Overall summary",
        "text stands outside of a paragraph",
    ),
    "unknown class": (
        NOTICES, 'class="notice-breach"', 'class="notice-breech"', "Requirement notices",
        "styles.toml has no style for 'p.notice-breech'; did you mean 'p.notice-breach'?",
    ),
    "a picture from elsewhere": (
        BLOCKS, 'src="attachment:{{ block.image }}"', 'src="https://a.example/b.png"', "",
        "a picture must be an attachment of the inspection",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_template_is_named_with_line_and_part(name: str, templates: Path) -> None:
    template, old, new, part, message = FAULTS[name]
    if name == "unknown element":
        text = (templates / template).read_text("utf-8")
        old = next(line for line in text.split("\n") if line.startswith(old))
        new = old.replace("<p>", "<blockquote>").replace("</p>", "</blockquote>")
    line = edit_template(templates, template, old, new)
    fault = _fail(templates)
    assert (fault.template, fault.line, fault.part) == (template, line, part)
    assert message in fault.message
    assert str(fault).startswith(f"{template}, line {fault.line}")


def test_a_missing_template_is_named(templates: Path) -> None:
    edit_template(templates, RATED, "partials/signatory.html.j2", "partials/nobody.html.j2")
    fault = _fail(templates)
    assert fault.template == RATED
    assert "there is no template 'partials/nobody.html.j2'" in fault.message


@pytest.mark.parametrize(
    "name", [RATED, "partials/blocks.html.j2", "styles.toml", HOUSE_STYLE, "web/report.css"]
)
def test_what_a_folder_lacks_is_our_own(name: str, templates: Path) -> None:
    (templates / name).unlink()
    imported = bring_in("rated", **full_content("rated"))
    report = render_report(imported.inspection, folder=templates)
    assert report.html == render_report(imported.inspection).html
    assert write_docx(report, imported.attachments.get)
    assert write_web_page(report, imported.attachments.get)


def test_a_folder_may_hold_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    own = tmp_path / "partials" / "signatory.html.j2"
    imported = bring_in("rated", **full_content("rated"))
    assert "Signed:" not in render_report(imported.inspection, folder=tmp_path).html
    # One that comes later is taken, too, though ours was in use.
    own.write_text("<p>Signed: {{ signatory.name }}</p>", "utf-8")
    assert "Signed:" in render_report(imported.inspection, folder=tmp_path).html
    own.write_text("<p>Signed:</p>\n<p>{{ signatory.nam }}</p>", "utf-8")
    fault = _fail(tmp_path)
    assert (fault.template, fault.line) == ("partials/signatory.html.j2", 2)


def test_a_template_in_another_encoding_is_named(templates: Path) -> None:
    path = templates / RATED
    path.write_bytes(path.read_text("utf-8").replace("Tel:", "Tél:").encode("latin-1"))
    assert _fail(templates).template == RATED


# -- the style map


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[lists]", "[lists", "line "),
        ('"p.lead" = "Lead"\n', "", "styles.toml has no style for 'p.lead'"),
        ('"p.lead" = "Lead"', '"p.lead" = 3', "Expected `str`, got `int` - at `$.paragraphs"),
        ("[runs]", "[rnus]", "rnus"),
        ('"p.lead" = "Lead"', '"p.lead" = "Leed"', "the Word style 'Leed'"),
        ('"ul" = ["List Bullet", "List Bullet 2"]', '"ul" = ["List Bullet"]', "Expected `array`"),
    ],
)
def test_a_faulty_style_map_is_named(old: str, new: str, message: str, templates: Path) -> None:
    edit_template(templates, "styles.toml", old, new)
    fault = _fail(templates)
    assert message in str(fault)
    assert "styles.toml" in str(fault)


# -- the house style


def _without_style(name: str) -> Any:
    return lambda xml: re.sub(
        rf'<w:style (?:(?!</w:style>).)*<w:name w:val="{name}"/>.*?</w:style>', "", xml, count=1
    )


def test_a_style_that_somebody_deleted_in_word_is_named_with_who_needs_it(templates: Path) -> None:
    edit_package(templates / HOUSE_STYLE, {"word/styles.xml": _without_style("Notice Breach")})
    fault = _fail(templates)
    text = (templates / NOTICES).read_text("utf-8")
    line = text[: text.index('class="notice-breach"')].count("\n") + 1
    assert (fault.template, fault.line, fault.part) == (NOTICES, line, "Requirement notices")
    assert "the Word style 'Notice Breach'" in fault.message
    assert "is missing in house_style.docx" in fault.message


@pytest.mark.parametrize(
    ("part", "where"), [("word/header1.xml", "Header"), ("word/footer1.xml", "Footer")]
)
def test_a_slot_of_another_name_is_named(part: str, where: str, templates: Path) -> None:
    edit_package(
        templates / HOUSE_STYLE,
        {part: lambda xml: re.sub(r"\{\{ \w+ \}\}", "{{ locaton_name }}", xml)},
    )
    fault = _fail(templates)
    assert (fault.template, fault.part) == (HOUSE_STYLE, where)
    assert fault.message == "no such slot 'locaton_name'; did you mean 'location_name'?"


def test_a_slot_that_word_has_spread_over_runs_is_filled(templates: Path) -> None:
    spread = "{{</w:t></w:r><w:r><w:t> location</w:t></w:r><w:r><w:t>_name }}"
    edit_package(
        templates / HOUSE_STYLE,
        {"word/header1.xml": lambda xml: xml.replace("{{ location_name }}", spread)},
    )
    word = export(bring_in(location={"name": "A & B"}), folder=templates)
    (header,) = [xml for xml in word.furniture("header") if "Inspection report" in xml]
    assert "A &amp; B" in header
    assert "{{" not in header


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4000])


def _make_text(path: Path) -> None:
    path.write_bytes(b"This is not a Word file.")


def _make_other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")


def _break_xml(path: Path) -> None:
    edit_package(path, {"word/styles.xml": lambda xml: xml[: len(xml) // 2]})


def _flip_bytes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("word/styles.xml").header_offset + 60
    for place in range(start, start + 400):
        data[place] ^= 0x5A
    path.write_bytes(data)


@pytest.mark.parametrize(
    "spoil",
    [_truncate, _make_text, _make_other_zip, _break_xml, _flip_bytes],
    ids=["truncated", "text", "another zip", "broken XML", "flipped bytes"],
)
def test_a_house_style_that_is_no_word_file_is_named(spoil: Any, templates: Path) -> None:
    spoil(templates / HOUSE_STYLE)
    fault = _fail(templates)
    assert fault.template == HOUSE_STYLE
    assert re.search("is missing, or is no Word file|is damaged", fault.message)


# -- the web page


def test_a_fault_of_the_page_is_named(templates: Path) -> None:
    line = edit_template(templates, "web/page.html.j2", "{{ title }}", "{{ titel }}")
    report = render_report(bring_in().inspection, folder=templates)
    with pytest.raises(TemplateFault, match=f"line {line}.*did you mean 'title'"):
        write_web_page(report, lambda _: None)


# -- what templates change without any Python


def test_a_wording_changed_in_a_template_shows_in_the_next_export(templates: Path) -> None:
    imported = bring_in("rated", **full_content("rated"))
    edit_template(templates, RATED, "Our key findings were:", "What we found:")
    texts = export(imported, folder=templates).texts
    assert "What we found:" in texts
    assert "Our key findings were:" not in texts


def test_two_ordered_lists_both_start_at_one(templates: Path) -> None:
    lists = """\
<ol><li>First</li><li>Second<ol><li>Inner</li></ol></li></ol>
<p>Between</p>
<ol><li>First again</li></ol>
<ul><li>Bullet<ol><li>Numbered</li></ol></li><li>Bullet<ol><li>Numbered anew</li></ol></li></ul>
"""
    (templates / RATED).write_text(f"<article>\n{lists}</article>\n", "utf-8")
    report = render_report(bring_in().inspection, folder=templates)
    word = export(bring_in(), folder=templates)
    assert write_docx(report, lambda _: None) == word.data
    numbers = {}
    for style, number, level, text in word.list_items:
        numbers[text] = (style, number, level)
    restarted = [numbers[text][1] for text in ("First", "First again", "Numbered", "Numbered anew")]
    assert len(set(restarted)) == 4
    assert numbers["Second"][1] == numbers["Inner"][1] == numbers["First"][1]
    assert numbers["Inner"][0] == "List Number 2"
    assert numbers["Inner"][2] == 1
    assert numbers["First"][0] == "List Number"
    for number in restarted:
        assert word.starts_at_one(number)


def _write_both(templates: Path) -> None:
    export(bring_in(), folder=templates)
    write_web_page(render_report(bring_in().inspection, folder=templates), lambda _: None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of other systems")
@pytest.mark.parametrize("name", [RATED, "styles.toml", "house_style.docx", "web/page.html.j2"])
def test_a_pipe_is_no_template(templates: Path, name: str) -> None:
    (templates / name).unlink()
    os.mkfifo(templates / name)
    with pytest.raises(TemplateFault, match="pipe") as refused:
        _write_both(templates)
    assert name in str(refused.value)
