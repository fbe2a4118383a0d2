"""Paragraphs, bullets and lines of HTML, from whatever program."""

from __future__ import annotations

import pytest

from inspector_app.pasting.reading_html import blocks_from_html
from tests.pasting.reading import read

P, B, H = "paragraph", "bullet", "heading"
_IGNORE = "<span style='mso-list:Ignore'>{0}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>"
_AROUND = {
    "revealed": ("<![if !supportLists]>", "<![endif]>"),
    "comment": ("<!--[if !supportLists]-->", "<!--[endif]-->"),
    "downlevel": ("<!--[if !supportLists]><!-->", "<!--<![endif]-->"),
    "nothing": ("", ""),
    "unended": ("<![if !supportLists]>", ""),
    "unbegun": ("", "<![endif]>"),
    "cut": ("<![if !supportLists]", "<![endif]"),
    "spaced": ("<![ if !supportLists ]>", "<! [endif] >"),
}


@pytest.mark.parametrize("around", _AROUND.values(), ids=_AROUND)
@pytest.mark.parametrize("mark", ["1.", "a)", "(iv)", "§", "Ø", "ü", "·", "o", "–", "\uf0b7"])
def test_marks_of_word(mark: str, around: tuple[str, str]) -> None:
    item = f"{around[0]}<span>{_IGNORE.format(mark)}</span>{around[1]}"
    html = (
        f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{item}First</p>"
        f"<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>{item}Second</p>"
    )
    assert read(html) == [(B, 0, "First"), (B, 1, "Second")]
    told = bool(blocks_from_html(html).remarks)
    assert told is (mark in {"1.", "a)", "(iv)"})


@pytest.mark.parametrize(
    "html",
    [
        "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]>·&nbsp;<![endif]>First</p>",
        "<p style='mso-list:l0 level1 lfo1'>·&nbsp;&nbsp;&nbsp; First</p>",
        "<p style='mso-list:l0 level1 lfo1'>1.&nbsp;&nbsp;&nbsp; First</p>",
        "<style>p.MsoListBullet{mso-list:l1 level1 lfo3}</style><p class=MsoListBullet>First</p>",
        "<ul><li style='mso-list:l0 level1 lfo1'><p>First</p></li></ul>",
        f"<p class=MsoNormal>{_IGNORE.format('v')}First</p>",
        "<p>·&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; First</p>",
        "<p>•\tFirst</p>",
    ],
)
def test_a_list_that_lost_some_of_its_marks(html: str) -> None:
    assert read(html) == [(B, 0, "First")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # Word on the web: a list of its own for each item.
        (
            "<div class=ListContainerWrapper><ul><li data-aria-level=1><p>One</p></li></ul></div>"
            "<div class=ListContainerWrapper><ul><li data-aria-level=2><p>Two</p></li></ul></div>",
            [(B, 0, "One"), (B, 1, "Two")],
        ),
        # Google Docs: a list beside the item that it belongs to.
        (
            "<b style='font-weight:normal' id=docs-internal-guid-1><ul><li aria-level=1><p>"
            "<span style='white-space:pre-wrap'>One</span></p></li><ul><li aria-level=2><p>"
            "<span style='white-space:pre-wrap'>Two</span></p></li></ul></ul></b>",
            [(B, 0, "One"), (B, 1, "Two")],
        ),
        (
            "<ul><li>One<p>more</p><ol><li>Two</ol>end</ul>",
            [(B, 0, "One"), (P, 0, "more"), (B, 1, "Two"), (P, 0, "end")],
        ),
        # Word: a paragraph of the item has no mark.
        (
            "<p style='mso-list:l0 level1 lfo1'>One</p><p class=MsoListParagraph>more</p>"
            "<p style='mso-list:l0 level2 lfo1'>Two</p>",
            [(B, 0, "One"), (P, 0, "more"), (B, 1, "Two")],
        ),
        (
            "<p style='mso-list:l0 level1 lfo1'>One</p><p>more</p>"
            "<p style='mso-list:l0 level2 lfo1'>Two</p>",
            [(B, 0, "One"), (P, 0, "more"), (B, 1, "Two")],
        ),
        ("<ul><ul><li>Only nested</ul></ul>", [(B, 0, "Only nested")]),
        ("<ul><li><h3>One</h3>text</ul>", [(H, 0, "One"), (B, 0, "text")]),
        ("<li>One<li>Two", [(B, 0, "One"), (B, 0, "Two")]),
        ("<ul><li>§ 12 applies</ul>", [(B, 0, "§ 12 applies")]),
    ],
)
def test_lists(html: str, expected: list[tuple[str, int, str]]) -> None:
    assert read(html) == expected


@pytest.mark.parametrize(
    "sentence",
    ["§ 12 applies.", "* See below.", "- So it was.", "— I was afraid.", "o levels", "– Aside."],
)
def test_a_paragraph_that_begins_with_a_sign_is_a_sentence(sentence: str) -> None:
    html = f"<p>Before.</p><p>{sentence}</p><p>After.</p>"
    assert read(html) == [(P, 0, "Before."), (P, 0, sentence), (P, 0, "After.")]


def test_different_signs_in_a_row_are_sentences() -> None:
    html = "<p>§ 12 applies.</p><p>§ 13 applies.</p><p>* See.</p><p>- So.</p><p>— He said.</p>"
    assert {kind for kind, _, _ in read(html)} == {P}


def test_two_lines_that_begin_alike_are_a_list() -> None:
    assert read("<p>- One</p><p>- Two</p>") == [(B, 0, "One"), (B, 0, "Two")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<pre>One\n\nTwo\r\nThree</pre>", ["One", "Two", "Three"]),
        ("<div style='white-space:pre-line'>One\nTwo</div>", ["One", "Two"]),
        ("<style>.k{white-space:pre-wrap}</style><div class=k>One\nTwo</div>", ["One", "Two"]),
        ("<div style='white-space-collapse:preserve'>One\nTwo</div>", ["One", "Two"]),
        ("<div style='white-space:pre'><div>One</div><div>Two</div></div>", ["One", "Two"]),
        ("<p style='white-space:pre-wrap'>One\nTwo</p>", ["One\nTwo"]),
        ("<pre style='white-space:normal'>One\nTwo</pre>", ["One Two"]),
        ("<p>One\nTwo</p>", ["One Two"]),
        ("<p>One<br>Two</p>", ["One\nTwo"]),
        ("One<br><br>Two<br> <br>Three", ["One", "Two", "Three"]),
        ("<div>One</div>Two<div>Three</div>", ["One", "Two", "Three"]),
        ("<br>".join(f"Line {n}" for n in range(60)), [f"Line {n}" for n in range(60)]),
    ],
)
def test_lines(html: str, expected: list[str]) -> None:
    assert [text for _, _, text in read(html)] == expected


@pytest.mark.parametrize(
    "html",
    [
        "<![foo[bar <p>Seen</p><p>text</p>",
        "<p>Seen</p><![if !vml><p>text</p>",
        "<p>Seen</p><!weird thing><p>text</p><!",
        "<p>Seen</p><!-- unended ><p>text</p>",
        "<p>Seen</p><![endif]--><p>text</p><![endif]>",
        "<?xml:namespace prefix = o ns = 'urn:x' /><p>Seen</p><p>text</p><?",
        "<!DOCTYPE html SYSTEM 'x'><html><p>Seen</p><!DOCTYPE x><p>text</p></html></html>",
        "<p>Seen</p><![CDATA[ <p>text</p> ]]>",
        "<p>Seen</p></style></script><p>text</p>",
        "<p>Seen</p><!--><p>text</p><!-->",
        "Version:0.9\r\nStartHTML:00000097\r\nEndHTML:00000170\r\n<p>Seen</p><p>text</p>",
        "<html><head><meta charset=utf-16></head><body><p>Seen</p></body><body><p>text</p></body>",
    ],
)
def test_broken_declarations_lose_nothing(html: str) -> None:
    assert [text for _, _, text in read(html) if text != "unended >"] == ["Seen", "text"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("un&shy;seen &#x200b;sp\u2060ace\ufeff", "unseen space"),
        ("o\ufb03ce \ufb01le \ufb02at e\ufb00ect \ufb05", "office file flat effect st"),
        ("Dr&nbsp;Smith, 5&nbsp;mg, co\u2011operate", "Dr\xa0Smith, 5\xa0mg, co\u2011operate"),
        ("Two.&nbsp; Words&nbsp;&nbsp; far", "Two. Words far"),
        ("&nbsp;Ends&nbsp;", "Ends"),
        ("👩🏽\u200d⚕️ می\u200cخواهم ab\u200dc", "👩🏽\u200d⚕️ می\u200cخواهم abc"),
    ],
)
def test_signs(html: str, expected: str) -> None:
    assert read(f"<p>{html}</p>") == [(P, 0, expected)]


_WORD_MARK = (
    "<a style='mso-footnote-id:ftn{0}' href='#_ftn{0}' name='_ftnref{0}' title=''><span "
    "class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if "
    "!supportFootnotes]>[{0}]<![endif]></span></span></a>"
)
_WORD_NOTE = (
    "<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr><![endif]>"
    "<div style='mso-element:footnote' id=ftn{0}><p class=MsoFootnoteText><a style="
    "'mso-footnote-id:ftn{0}' href='#_ftnref{0}' name='_ftn{0}'>[{0}]</a> The log.</p></div></div>"
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>Seen{_WORD_MARK.format(1)}.</p>{_WORD_NOTE.format(1)}", ["Seen (The log)."]),
        (f"<p>Seen.{_WORD_MARK.format(1)} So.</p>{_WORD_NOTE.format(1)}", ["Seen. (The log.) So."]),
        (
            "<p>Seen<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup>.</p>"
            "<div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a> The log.</p></div>",
            ["Seen (The log)."],
        ),
        (
            "<p>Seen<a class=sdfootnoteanc href='#sdfootnote1sym'><sup>1</sup></a>.</p>"
            "<div id=sdfootnote1><p><a class=sdfootnotesym href='#sdfootnote1anc'>1</a>The log.</p>"
            "</div>",
            ["Seen (The log)."],
        ),
        (
            "<p>Seen<a href='x.htm#_edn2'>[ii]</a>.</p>"
            "<div id=edn2><p><a href='x.htm#_ednref2'>[ii]</a> The</p><p>log.</p></div>",
            ["Seen (The log)."],
        ),
        (f"<p>Seen{_WORD_MARK.format(1)}.</p>", ["Seen."]),
        ("<p>Seen<sup><a href='https://a.org/b#cite_note-9'>[9]</a></sup>.</p>", ["Seen."]),
        ("<p>Seen<span class=MsoFootnoteReference>1</span>.</p>", ["Seen."]),
        (_WORD_NOTE.format(3), ["(The log.)"]),
    ],
)
def test_footnotes_are_sentences_in_brackets(html: str, expected: list[str]) -> None:
    assert [text for _, _, text in read(html)] == expected
    (told,) = blocks_from_html(html).remarks
    assert "footnote" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See point 2.", True),
        ("As in item iv", True),
        ("Recommendation 1 stands", True),
        ("See the lift.", False),
        ("It has 2 points", False),
    ],
)
def test_numbers_that_are_lost_are_told(text: str, told: bool) -> None:
    (remark,) = blocks_from_html(f"<ol><li>One</li><li>{text}</li></ol>").remarks
    assert ("may refer" in remark) is told


@pytest.mark.parametrize("tag", ["div", "span", "font color=red", "blockquote", "b", "section"])
@pytest.mark.parametrize("ends", [True, False], ids=["ends", "does not end"])
def test_text_that_is_nested_very_deeply_is_kept(tag: str, ends: bool) -> None:
    name = tag.split()[0]
    html = f"<{tag}>" * 5000 + "Deep." + f"</{name}>" * 5000 * ends + "<p>Behind.</p>"
    pasted = blocks_from_html(html)
    assert [block.text for block in pasted.blocks] == ["Deep.", "Behind."]
    assert pasted.remarks == []


def test_each_deeply_nested_part_is_a_paragraph_of_its_own() -> None:
    html = "".join(f"<div>Line <b>{number}</b>." for number in range(3000)) + "</div>" * 3000
    assert [block.text for block in blocks_from_html(html).blocks] == [
        f"Line {number}." for number in range(3000)
    ]


@pytest.mark.parametrize("hiding", ["<del>", "<span style='display:none'>", "<section hidden>"])
def test_what_is_hidden_very_deep_stays_hidden(hiding: str) -> None:
    end = f"</{hiding[1:-1].split()[0]}>"
    html = f"{'<div>' * 5000}Seen.{hiding}<div>HIDDEN</div>{end}{'</div>' * 5000}<p>Behind.</p>"
    pasted = blocks_from_html(html)
    assert [block.text for block in pasted.blocks] == ["Seen.", "Behind."]
    assert len(pasted.remarks) == 1


def test_a_loss_is_told_where_elements_that_matter_are_nested_too_deeply() -> None:
    pasted = blocks_from_html("<p>Before.</p>" + "<ul><li>" * 3000 + "Deep.")
    assert [block.text for block in pasted.blocks] == ["Before."]
    assert "left out" in " ".join(pasted.remarks)
