"""What reports print, read from their HTML: wordings, lists, notices, focused inspections."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from PySide6.QtGui import QTextDocument

from inspector_app.assets import get_templates_folder
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.context import build_context
from inspector_app.report.rendering import get_renderer
from inspector_app.report.report import get_publication_line, load_style_sheet, render_report
from tests.report.making import bring_in, export, render

RA12 = "RA2014-12"
RA17 = "RA2014-17"
MUST_12 = "Ensure care and treatment is provided in a safe way to patients."


def _lines(html: str) -> list[str]:
    """Return the text of each paragraph, heading and list item."""
    root = etree.fromstring(html)
    found = []
    for element in root.iter("p", "h1", "h2", "h3", "h4", "li", "th", "td"):
        inner = [item for item in element.iterdescendants("p", "li") if item is not element]
        text = "".join(element.itertext()) if not inner else element.text or ""
        if text.strip():
            found.append(" ".join(text.split()))
    return found


def _notice(**more: Any) -> dict[str, Any]:
    return {"kind": "requirement", "regulation": RA12, "activities": ["Surgical procedures"]} | more


def _after(lines: list[str], start: str) -> str:
    return lines[next(i for i, line in enumerate(lines) if line.startswith(start)) + 1]


# -- key questions and ratings


def test_a_focused_inspection_lists_what_it_looked_at_and_what_keeps_its_rating() -> None:
    html = render(
        key_questions={"well_led": {}, "safe": {}}, ratings={"safe": "good", "caring": "good"}
    )
    lines = _lines(html)
    assert "Are services safe? – Good" in lines
    assert "Are services caring? – Good" in lines
    assert "Are services well-led? – [rating]" in lines
    assert not [line for line in lines if line.startswith("Are services effective?")]
    assert [line for line in lines if line.startswith("We rated")] == [
        "We rated safe as Good:",
        "We rated well-led as [rating]:",
    ]
    # The five questions are what every inspection asks.
    assert "Is it effective?" in lines


def test_key_questions_stand_in_the_order_of_the_framework() -> None:
    html = render("unrated", key_questions={"well_led": {}, "caring": {}, "safe": {}})
    headings = [element.text for element in etree.fromstring(html).iter("h1")]
    assert headings[-3:] == ["Are services safe?", "Are services caring?", "Are services well-led?"]


def test_an_unrated_focused_inspection_names_its_questions_only() -> None:
    opening = "to ask the service the following key"
    two = render("unrated", judgements={"safe": "met", "well_led": "not_met"})
    assert f"{opening} questions; Are services safe and well-led?" in two
    one = render("unrated", judgements={"safe": "met"})
    assert f"{opening} question; Are services safe?" in one


@pytest.mark.parametrize(
    ("judgement", "kinds", "outcome"),
    [
        ("met", [], "No action"),
        ("not_met", [], "Requirements notice"),
        ("not_met", ["requirement"], "Requirements notice"),
        ("not_met", ["warning", "requirement"], "Enforcement action"),
        ("not_met", ["enforcement"], "Enforcement action"),
    ],
)
def test_judgement_and_notices_of_a_key_question_decide_on_its_outcome(
    judgement: str, kinds: list[str], outcome: str
) -> None:
    imported = bring_in(
        framework="dental_2018",
        regime="unrated",
        judgements={"safe": judgement, "caring": "not_met"},
        # One of another key question, and one of none, change nothing.
        notices=[_notice(kind=kind, key_question="safe") for kind in kinds]
        + [_notice(kind="warning", key_question="well_led"), _notice(kind="warning")],
    )
    report = render_report(imported.inspection)
    found = {item.id: item.outcome.name for item in report.context["all_key_questions"]}
    assert (found["safe"], found["caring"]) == (outcome, "Requirements notice")
    assert found["effective"] == ""  # nothing is judged there yet
    assert re.search(
        rf"Are services safe\?(?:<[^>]+>|\s|Regulations (?:not )?met)*{outcome}", report.html
    )


@pytest.mark.parametrize(
    ("visit", "wording"),
    [
        ({"type": "comprehensive", "announced": True}, "an announced comprehensive inspection"),
        ({"type": "focused", "announced": False}, "an unannounced focused inspection"),
        ({"type": "follow_up", "announced": True, "short_notice": True},
         "a short notice announced follow-up inspection"),
        ({"type": "desk_based"}, "a desk-based inspection"),
        ({}, "a comprehensive inspection"),
    ],
)  # fmt: skip
def test_the_kind_of_visit(visit: dict[str, Any], wording: str) -> None:
    assert f"We carried out {wording} on" in render("unrated", visit=visit)


@pytest.mark.parametrize("rating", list(load_reference().ratings.values()))
def test_ratings_and_what_stands_in_their_place(rating: Any) -> None:
    lines = _lines(
        render(ratings={"overall": rating.id, "safe": rating.id}, key_questions={"safe": {}})
    )
    if rating.is_rating:
        assert f"This service is rated as {rating.name} overall." in lines
        assert f"We rated safe as {rating.name}:" in lines
    else:
        assert f"Overall: {rating.name}" in lines
        assert f"Safe: {rating.name}" in lines
    assert f"Are services safe? – {rating.name}" in lines


def test_the_earlier_position_stands_in_brackets() -> None:
    html = render(ratings={"overall": "good"}, previous_rating_note="previously inadequate")
    assert "This service is rated as Good overall. (previously inadequate)." in _lines(html)


def test_several_visit_days() -> None:
    one = _lines(render(visit={"dates": ["2020-01-09"]}))
    two = _lines(render(visit={"dates": ["2020-01-09", "2020-01-10"]}))
    span = _lines(render(visit={"from": "2020-01-09", "to": "2020-01-13"}))
    day = _lines(render(visit={"from": "2020-01-09", "to": "2020-01-09"}))
    assert "Date of inspection visit: 9 January 2020" in one
    assert "Date of inspection visit: 9 January 2020" in day
    assert "Dates of inspection visit: 9 and 10 January 2020" in two
    assert "Dates of inspection visit: 9 to 13 January 2020" in span


# -- must, should, notices


def test_the_must_of_a_notice_is_the_regulations_own_line_unless_another_is_typed() -> None:
    intro = "The areas where the provider must make improvements"
    assert _after(_lines(render(notices=[_notice()])), intro) == MUST_12
    assert _after(_lines(render(notices=[_notice(must="Do it well.")])), intro) == "Do it well."


def test_a_must_that_two_breaches_share_stands_once() -> None:
    html = render(notices=[_notice(), _notice(activities=["Family planning"])])
    assert _lines(html).count(MUST_12) == 1
    assert html.count("How the regulation was not being met:") == 2


def test_musts_without_a_notice_stand_behind_those_of_notices() -> None:
    html = render(notices=[_notice(must="From a notice.")], actions={"must": ["By itself."]})
    lines = _lines(html)
    assert lines.index("By itself.") == lines.index("From a notice.") + 1


@pytest.mark.parametrize(
    ("notices", "intro", "pointer"),
    [
        ([], "The provider must:", ""),
        ([_notice()], "We identified a regulation that was not being met and the provider must:",
         "You can see full details of the regulation not being met at the end of this report."),
        ([_notice(), _notice()],
         "We identified a regulation that was not being met and the provider must:",
         "You can see full details of the regulation not being met at the end of this report."),
        ([_notice(), _notice(regulation=RA17)],
         "We identified regulations that were not being met and the provider must:",
         "You can see full details of the regulations not being met at the end of this report."),
        ([_notice(withheld=True)], "The provider must:", ""),
    ],
)  # fmt: skip
def test_one_regulation_or_several(notices: list[dict[str, Any]], intro: str, pointer: str) -> None:
    lines = _lines(render("unrated", notices=notices, actions={"must": ["Act."]}))
    assert intro in lines
    assert [line for line in lines if line.startswith("You can see")] == ([pointer] * bool(pointer))


def test_shoulds_say_in_addition_only_after_musts() -> None:
    shoulds = {"should": ["Paint the door."]}
    alone = _lines(render("unrated", actions=shoulds))
    both = _lines(render("unrated", actions={"must": ["Act."], **shoulds}))
    assert _after(alone, "There were areas") == "Paint the door."
    assert _after(both, "In addition, there were areas") == "Paint the door."


def test_a_withheld_notice_shows_regulation_and_activity_and_no_more() -> None:
    html = render(
        notices=[
            _notice(
                kind="enforcement",
                withheld=True,
                must="SECRET must",
                how_not_met=[{"paragraph": "SECRET finding"}],
                breached_paragraphs=["12(1)"],
                action="SECRET action",
                deadline="2024-01-01",
            )
        ]
    )
    lines = _lines(html)
    assert "SECRET" not in html
    assert "1 January 2024" not in html
    assert "This was in breach" not in html
    assert "Enforcement actions" in lines
    assert load_reference().regulations[RA12].label in lines
    assert any(
        line.startswith("Full information about CQC's regulatory response") for line in lines
    )


def test_a_notice_row_in_order() -> None:
    html = render(
        notices=[
            _notice(
                activities=["Surgical procedures", "Family planning"],
                how_not_met=[{"paragraph": "Nothing was:"}, {"bullets": ["Counted."]}],
                breached_paragraphs=["12(1)", "12(2)(a)"],
            )
        ]
    )
    regulation = load_reference().regulations[RA12]
    lines = _lines(html)
    start = lines.index("Regulated activity")
    assert lines[start:] == [
        "Regulated activity",
        "Regulation",
        "Surgical procedures",
        "Family planning",
        regulation.label,
        regulation.requirement,
        "How the regulation was not being met:",
        "Nothing was:",
        "Counted.",
        "This was in breach of regulation 12 (1) and (2)(a) of the Health and Social Care Act 2008 "
        "(Regulated Activities) Regulations 2014.",
    ]


def test_an_enforcement_action_names_what_was_done_and_by_when() -> None:
    html = render(notices=[_notice(kind="warning", action="A warning.", deadline="2024-08-01")])
    lines = _lines(html)
    assert _after(lines, "The enforcement action we took:") == "A warning."
    assert "The provider must comply by 1 August 2024." in lines
    assert "Requirement notices" not in lines


def test_a_notice_without_anything_prints_placeholders() -> None:
    lines = _lines(render(notices=[{}]))
    assert "[regulated activity]" in lines
    assert "[regulation]" in lines


# -- placeholders

RATED_PLACEHOLDERS = {
    "[location name]", "[address]", "[date of inspection visit]", "[publication date]",
    "[overall rating]", "[rating]", "[overall summary]", "[key findings]",
    "[name of the chief inspector]", "[title of the chief inspector]",
    "[inspection team]", "[background]", "[how we inspected]",
}  # fmt: skip
UNRATED_PLACEHOLDERS = {
    "[provider name]", "[location name]", "[address]", "[date of inspection visit]",
    "[publication date]", "[judgement]", "[overall summary]", "[key findings]",
    "[name of the chief inspector]", "[title of the chief inspector]", "[background]",
}  # fmt: skip


@pytest.mark.parametrize(
    ("regime", "expected"), [("rated", RATED_PLACEHOLDERS), ("unrated", UNRATED_PLACEHOLDERS)]
)
def test_an_empty_inspection_shows_every_required_detail_as_missing(
    regime: str, expected: set[str]
) -> None:
    root = etree.fromstring(render(regime))
    marked = root.xpath("//*[@class='placeholder']")
    assert {"".join(element.itertext()) for element in marked} == expected


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_blanks_count_as_missing(blank: str) -> None:
    html = render("unrated", provider={"name": blank}, location={"address": [blank, blank]})
    assert "[provider name]" in html
    assert "[address]" in html


def test_what_is_typed_with_brackets_is_no_placeholder() -> None:
    html = render(location={"name": "[location name]"})
    assert '<p class="cover-title">[location name]</p>' in html


# -- typed text is data


@pytest.mark.parametrize(
    "text",
    ["{{ location.name }}", "{% raw %}", "{# gone? #}", "<script>alert(1)</script>",
     "a & b &amp; c", "<5mg", "]]>", "<!-- x -->",
     "<?at x:1?>", "\"quoted\" 'too'", "# part: Cover"],
)  # fmt: skip
def test_typed_text_is_printed_as_typed(text: str) -> None:
    html = render(
        provider={"name": text},
        location={"name": text, "address": [text], "telephone": text, "website": text},
        previous_rating_note=text,
        sections={"overall_summary": [
            {"paragraph": text}, {"heading": text},
            {"bullets": [{"text": text, "bullets": [text]}]},
            {"table": {"header": [text], "rows": [[text]]}}, {"breach": text},
            {"recommendation": text},
        ]},
        key_questions={"safe": {"topics": [{"title": text, "lead": text}]}},
        actions={"must": [text], "should": [text]},
        notices=[{"activities": [text], "how_not_met": [{"paragraph": text}], "action": text}],
        signatory={"name": text, "title": text},
        services=[{"service": text}],
        rating_grid=[{"service": text, "dates": {"safe": text}, "ratings": {"safe": "good"}}],
    )  # fmt: skip
    lines = _lines(html)
    assert sum(text in line for line in lines) >= 22


def test_each_service_prints_its_own_ratings() -> None:
    found = {"safe": {"summary": [{"paragraph": "Theatres were ready."}]}}
    services = [
        {"service": "Surgery", "ratings": {"safe": "inadequate"}, "key_questions": found},
        {"service": "wards", "key_questions": found},
        {"service": "Clinics", "key_questions": found},
        {
            "service": "Maternity",
            "left_out": True,
            "previous_ratings": {"safe": "outstanding"},
            "previous_dates": {"safe": "2019-03-01"},
            "key_questions": found,
        },
    ]
    grid = [{"service": "Wards", "ratings": {"safe": "requires_improvement"}}]
    lines = _lines(render(ratings={"safe": "good"}, services=services, rating_grid=grid))
    at = [
        lines.index("Surgery", lines.index("Wards")),
        lines.index("wards"),
        lines.index("Clinics"),
    ]
    # Earlier contents rate a service in the grid; one that nobody has rated prints no rating.
    for start, rating in zip(at, ("Inadequate", "Requires improvement", ""), strict=True):
        below = lines[start : lines.index("Theatres were ready.", start)]
        assert below[below.index("Are services safe?") + 1 :] == ([rating] if rating else [])
    assert lines.count("Theatres were ready.") == 3, "what was left out has no section"
    row = lines[lines.index("Maternity") :]
    assert row[1] == "Outstanding1 March 2019"


@pytest.mark.parametrize(
    ("own", "printed"), [("", "The front door"), ("Where patients wait", "Where patients wait")]
)
def test_a_picture_without_a_caption_prints_that_of_its_file(own: str, printed: str) -> None:
    picture = {"image": "door", "alt": "A door", "caption": own}
    file = {"id": "door", "name": "door.png", "caption": "The front door"}
    lines = _lines(render(sections={"background": [picture]}, attachments=[file]))
    captions = {"The front door", "Where patients wait"}
    assert [line for line in lines if line in captions] == [printed]


def test_every_line_break_that_was_typed_stays() -> None:
    html = render(sections={"overall_summary": [{"paragraph": "a\nb\r\nc\vd"}]})
    assert ">a<br/>b<br/>c<br/>d</p>" in html


def test_templates_leave_no_stray_blank_or_double_space() -> None:
    html = render("unrated", notices=[_notice(breached_paragraphs=["12(1)"])])
    for first, second in itertools.pairwise(re.findall(r">([^<>]+)<", html)):
        assert "  " not in first.strip("\n"), (first, second)


def test_lines_that_are_not_filled_yet_print_nothing() -> None:
    blocks = [
        {"paragraph": " "},
        {"bullets": ["One", {"text": "", "bullets": ["under one"]}, ""]},
        {"heading": ""},
    ]
    imported = bring_in("rated", sections={"background": blocks}, actions={"should": ["", "Act."]})
    html = render_report(imported.inspection).html
    assert html.count("<li data-id") == 3
    assert "<h3 data-id" not in html
    assert "under one" in html


@pytest.mark.usefixtures("qapp")
def test_a_nested_bullet_below_a_paragraph_prints_nested() -> None:
    lists = [
        {"bullets": ["One"]},
        {"paragraph": "More of one."},
        {"bullets": [{"nested": ["Two", "Three"]}, "Four"]},
    ]
    imported = bring_in("rated", sections={"background": lists})
    html = render_report(imported.inspection).html
    (outer,) = re.findall(r"<ul>\s*<li class=\"nests\">.*?</ul>\s*</li>.*?</ul>", html, re.DOTALL)
    assert re.findall(r">(\w+)(?=<|\n)", outer) == ["Two", "Three", "Four"]
    styles = {text: style for style, text in export(imported).paragraphs}
    assert [styles[text] for text in ("One", "Two", "Three", "Four")] == [
        "List Bullet",
        "List Bullet 2",
        "List Bullet 2",
        "List Bullet",
    ]
    # As Qt reads it, for the preview, printing and PDF.
    page = QTextDocument()
    page.setDefaultStyleSheet(load_style_sheet(get_templates_folder(), "print.css"))
    page.setHtml(html)
    shown = {}
    block = page.begin()
    while block.isValid():
        if (found := block.textList()) is not None:
            shown[block.text()] = found.format().indent()
        block = block.next()
    assert [shown[text] for text in ("One", "Two", "Three", "Four")] == [1, 2, 2, 1]
    assert "" not in shown


@pytest.mark.parametrize(
    ("framework", "word"),
    [("independent_health_2018", "patients"), ("adult_social_care_2017", "people")],
)
def test_must_lines_speak_of_patients_or_people(framework: str, word: str) -> None:
    html = render(framework=framework, notices=[{"regulation": "RA2014-12"}])
    assert f"care and treatment is provided in a safe way to {word}." in html
    assert "{{" not in html


def test_a_previous_breach_of_which_nothing_is_written_prints_a_whole_sentence() -> None:
    breaches = [
        {"regulation": "RA2014-12", "now": "not_met"},
        {"regulation": "RA2014-17", "text": "Records were not kept."},
    ]
    html = render(framework="adult_social_care_2017", previous_breaches=breaches)
    assert ">At our last inspection there was a breach of regulation 12 (Safe care" in html
    assert ">Records were not kept. This was a breach of regulation 17 (Good" in html


@pytest.mark.parametrize(
    ("framework", "written"),
    [("independent_health_2018", "01/05/2024"), ("adult_social_care_2017", "01 May 2024")],
)
def test_cover_and_footer_write_dates_as_the_framework_does(framework: str, written: str) -> None:
    visit = {"dates": ["2024-03-04"], "publication_date": "2024-05-01"}
    report = render_report(bring_in(framework=framework, visit=visit).inspection)
    assert get_publication_line(report) == f"Date of publication: {written}"
    assert written in report.html


def test_labels_are_those_of_the_framework_where_it_has_some() -> None:
    framework = load_framework("adult_social_care_2017")
    labels = {"overall_label": "Overall & in all", "shoulds_line": "We advise:"}
    regimes = [replace(item, texts={**item.texts, **labels}) for item in framework.regimes]
    inspection = bring_in(
        framework=framework.id, actions={"must": ["Act."], "should": ["Do more."]}
    ).inspection
    template = framework.get_regime("rated").template
    renderer = get_renderer(get_templates_folder())
    for known, overall, should in (
        (framework, "Overall rating for this service", "The provider should:"),
        (replace(framework, regimes=tuple(regimes)), "Overall & in all", "We advise:"),
    ):
        context = build_context(inspection, known, load_reference(), draft=True)
        lines = _lines(renderer.render(template, context))
        assert {overall, should, "The provider must:"} <= set(lines)
