"""What Word finds in the file: sound package, named styles, bookmarks, lists, tables, pictures."""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from inspector_app.assets import get_templates_folder
from inspector_app.content.importing import Imported, import_content
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Block, Topic
from inspector_app.report.phrases import clean
from inspector_app.report.report import render_report, write_web_page
from inspector_app.report.word.house_style import HouseStyle
from tests.python_process import make_command
from tests.report.making import (
    WordFile,
    bring_in,
    copy_templates,
    edit_template,
    export,
    full_content,
    make_jpeg,
    make_png,
    text_of,
)
from tests.strategies import contents

if TYPE_CHECKING:
    from pathlib import Path

REGIMES = ("rated", "unrated")
BOOKMARK = "_ir_"
EMU_PER_PIXEL = 9525
TEXT_WIDTH = 9298 * 635
TEXT_HEIGHT = 13946 * 635


@pytest.fixture(params=REGIMES)
def imported(request: pytest.FixtureRequest) -> Imported:
    return bring_in(request.param, **full_content(request.param))


@pytest.fixture
def word(imported: Imported) -> WordFile:
    return export(imported)


# -- the package


def test_no_part_stands_twice_and_nothing_of_old_word_versions(word: WordFile) -> None:
    assert len(word.names) == len(set(word.names))
    assert word.names[0] == "[Content_Types].xml"
    assert not [name for name in word.names if "stylesWithEffects" in name]
    assert not [name for name in word.names if name.startswith("/")]


def test_the_same_inspection_gives_the_same_bytes(imported: Imported) -> None:
    assert export(imported).data == export(imported).data


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    content = tmp_path / "content.json"
    base = {"format": "inspection-content/1", "framework": "independent_health_2018"}
    content.write_text(json.dumps(base | {"regime": "rated"} | full_content("rated")), "utf-8")
    program = (
        "import sys; from inspector_app.cli import main; "
        "sys.exit(main(['export', sys.argv[1], '-o', sys.argv[2]]))"
    )
    reports = []
    for seed in ("1", "2"):
        report = tmp_path / f"report{seed}.docx"
        subprocess.run(  # noqa: S603 - our own command line
            make_command(program, content, report),
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        reports.append(report.read_bytes())
    assert reports[0] == reports[1]


def test_properties_say_what_it_is(imported: Imported) -> None:
    core = export(imported).parse("docProps/core.xml")
    values = {element.tag.rpartition("}")[2]: element.text for element in core}
    assert values["title"] == "The Invented Clinic: inspection report"
    assert values["subject"] == "Comprehensive inspection"
    assert values["language"] == "en-GB"
    assert values["created"] == values["modified"] == "2024-05-01T00:00:00Z"


def test_text_is_british(word: WordFile) -> None:
    languages = {item.get(qn("w:val")) for item in word.styles.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert not list(word.document.iter(qn("w:lang")))


@pytest.mark.parametrize("day", ["0001-01-01", "0202-01-09", "1000-01-01", "9999-12-31"])
def test_a_date_of_any_year_exports(day: str) -> None:
    core = export(bring_in(visit={"publication_date": day})).read("docProps/core.xml")
    assert "T00:00:00Z" in core


# -- bookmarks


def test_each_block_of_the_inspection_has_one_bookmark(imported: Imported) -> None:
    word = export(imported)
    names = [item.get(qn("w:name")) for item in word.document.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)
    numbers = [item.get(qn("w:id")) for item in word.document.iter(qn("w:bookmarkStart"))]
    ends = [item.get(qn("w:id")) for item in word.document.iter(qn("w:bookmarkEnd"))]
    assert len(numbers) == len(set(numbers))
    assert sorted(numbers) == sorted(ends)
    printed = {entity.id for entity in imported.inspection if isinstance(entity, Block | Topic)}
    assert printed <= {name.removeprefix(BOOKMARK) for name in names}


def test_a_bookmark_stands_around_the_text_of_its_block() -> None:
    word = export(bring_in(sections={"background": [{"paragraph": "Here.", "id": "mine"}]}))
    (start,) = [
        item
        for item in word.document.iter(qn("w:bookmarkStart"))
        if item.get(qn("w:name")) == f"{BOOKMARK}mine"
    ]
    assert text_of(start.getparent()) == "Here."


def test_a_block_that_a_template_prints_twice_has_its_bookmark_once(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    printed = "{{ print_blocks(sections.background) }}"
    edit_template(folder, "independent_health/rated.html.j2", printed, printed * 2)
    content = {"sections": {"background": [{"paragraph": "Here.", "id": "mine"}]}}
    word = export(bring_in(**content), folder=folder)
    document = word.read("word/document.xml")
    assert document.count(">Here.<") == 2
    assert document.count(f'w:name="{BOOKMARK}mine"') == 1


def test_a_list_gets_a_number_that_the_house_style_has_not() -> None:
    style = HouseStyle(get_templates_folder())
    numberings = list(style.document.part.numbering_part.element.iter(qn("w:num")))
    numberings[0].set(qn("w:numId"), "99")
    abstract = numberings[0].find(qn("w:abstractNumId")).get(qn("w:val"))
    assert [style.add_numbering(abstract) for _ in range(2)] == [100, 101]


def test_the_longest_id_fits() -> None:
    word = export(bring_in(sections={"background": [{"paragraph": "x", "id": "a" * 32}]}))
    assert f'w:name="{BOOKMARK}{"a" * 32}"' in word.read("word/document.xml")


# -- styles only


def test_the_body_carries_no_direct_formatting(word: WordFile) -> None:
    for properties in word.document.iter(qn("w:rPr")):
        assert [child.tag for child in properties] == [qn("w:rStyle")]
    for properties in word.document.iter(qn("w:pPr")):
        tags = [child.tag for child in properties]
        assert tags in ([qn("w:pStyle")], [qn("w:pStyle"), qn("w:numPr")])
    used = {item.get(qn("w:val")) for item in word.document.iter(qn("w:pStyle"), qn("w:rStyle"))}
    used |= {item.get(qn("w:val")) for item in word.document.iter(qn("w:tblStyle"))}
    assert used <= word.style_names.keys()


def test_headings_and_introductions_stay_with_what_follows(word: WordFile) -> None:
    for name in ("heading 1", "heading 2", "heading 3", "heading 4", "List Intro", "Lead"):
        assert word.find_style(name).find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None, name


def test_headings_are_headings_for_the_navigation_pane(word: WordFile) -> None:
    styles = {style for style, _ in word.paragraphs}
    assert {"heading 1", "heading 2", "heading 3"} <= styles


def test_nested_bullets_have_a_style_of_their_own(word: WordFile) -> None:
    styles = {text: style for style, text in word.paragraphs}
    assert (styles["Two"], styles["Two a"], styles["Three"]) == (
        "List Bullet",
        "List Bullet 2",
        "List Bullet",
    )
    assert styles["Medicines: none were counted."] == "Table Bullet"


def test_web_addresses_are_links(word: WordFile) -> None:
    targets = word.targets("hyperlink")
    links = {
        text_of(link): targets[link.get(qn("r:id"))]
        for link in word.document.iter(qn("w:hyperlink"))
    }
    assert links == {
        "www.cqc.org.uk": "http://www.cqc.org.uk",
        "www.invented.example": "http://www.invented.example",
    }
    rels = word.read("word/_rels/document.xml.rels")
    assert rels.count('TargetMode="External"') == len(targets)


# -- tables


def is_switched_on(row: Any, name: str) -> bool:
    found = row.find(f"{qn('w:trPr')}/{qn(f'w:{name}')}")
    return found is not None and found.get(qn("w:val")) != "off"


def test_short_rows_stay_whole_and_heads_repeat(word: WordFile) -> None:
    rows = list(word.document.iter(qn("w:tr")))
    assert rows
    for row in rows:
        if len(list(row.iter(qn("w:p")))) <= 10:
            assert is_switched_on(row, "cantSplit")
    heads = [text_of(row) for row in rows if is_switched_on(row, "tblHeader")]
    assert "AuditResult" in heads
    assert heads.count("Regulated activityRegulation") == 2


def test_tall_rows_may_split_and_tall_heads_do_not_repeat() -> None:
    tall = "\n".join(f"Line {number}" for number in range(40))
    table = {"header": [tall, "Beds"], "rows": [[tall, "1"], ["Elm", "2"]]}
    topic = {"title": "Wards", "body": [{"table": table}]}
    word = export(bring_in("unrated", key_questions={"safe": {"topics": [topic]}}))
    head, row, short = list(word.document.iter(qn("w:tr")))[-3:]
    for tall_row in (head, row):
        # Switched off, and not only left out: the table style would switch it on.
        assert tall_row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}").get(qn("w:val")) == "off"
    assert not is_switched_on(head, "tblHeader")
    assert is_switched_on(short, "cantSplit")


def test_each_cell_ends_in_a_paragraph_and_rows_are_filled(word: WordFile) -> None:
    for cell in word.document.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")
    for table in word.document.iter(qn("w:tbl")):
        columns = len(table.find(qn("w:tblGrid")))
        assert {len(row.findall(qn("w:tc"))) for row in table.findall(qn("w:tr"))} == {columns}


def test_tables_do_not_run_into_one_another_and_no_document_ends_in_one(word: WordFile) -> None:
    for table in word.document.iter(qn("w:tbl")):
        following = table.getnext()
        while following is not None and following.tag == qn("w:bookmarkEnd"):
            following = following.getnext()
        assert following is not None
        assert following.tag == qn("w:p")


def test_a_table_in_a_notice_stands_in_its_cell(word: WordFile) -> None:
    outer = [
        table for table in word.document.iter(qn("w:tbl")) if list(table.iterancestors(qn("w:tc")))
    ]
    assert [text_of(table) for table in outer] == ["MonthCountsMay0"]
    width = int(outer[0].find(f"{qn('w:tblPr')}/{qn('w:tblW')}").get(qn("w:w")))
    assert width < 9298 * 0.65


@pytest.mark.parametrize("table", [{}, {"rows": [[]]}, {"header": ["a"]}, {"rows": [[], ["a"]]}])
def test_tables_of_hardly_anything_export(table: Any) -> None:
    word = export(bring_in(sections={"background": [{"table": table}]}))
    for row in word.document.iter(qn("w:tr")):
        assert row.findall(qn("w:tc"))


# -- draft and final


def test_a_draft_says_so_on_every_page(imported: Imported) -> None:
    word = export(imported, draft=True)
    assert all('string="DRAFT"' in xml for xml in word.furniture("header"))
    assert all(">DRAFT<" in xml for xml in word.furniture("footer"))


def test_a_final_report_has_its_date_and_no_watermark(imported: Imported) -> None:
    word = export(imported)
    assert not any("PowerPlusWaterMarkObject" in xml for xml in word.furniture("header"))
    assert any("Cover band" in xml for xml in word.furniture("header"))
    assert all("Date of publication: 01/05/2024" in xml for xml in word.furniture("footer"))


def test_a_report_without_a_date_of_publication_is_a_draft_unless_it_is_said_to_be_final() -> None:
    imported = bring_in()
    assert "DRAFT" in export(imported).furniture("footer")[0]
    final = export(imported, draft=False).furniture("footer")
    assert all("Date of publication: [publication date]" in xml for xml in final)


def test_slots_of_header_and_footer_are_filled(word: WordFile) -> None:
    furniture = "".join(word.furniture("header") + word.furniture("footer"))
    assert "{{" not in furniture
    assert "The Invented Clinic" in furniture
    assert "Invented Care Limited" in furniture


def test_an_empty_inspection_exports_with_visible_placeholders() -> None:
    for regime in REGIMES:
        word = export(bring_in(regime))
        marked = {
            text_of(run)
            for run in word.document.iter(qn("w:r"))
            if (style := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None
            and style.get(qn("w:val")) == "Placeholder"
        }
        assert {"[publication date]", "[location name]", "[background]"} <= marked
        assert "[location name]" in word.furniture("header")[0] + word.furniture("header")[1]


# -- pictures


def _with_picture(data: bytes, **more: Any) -> WordFile:
    coded = base64.b64encode(data).decode()
    attachment = {"id": "photo", "name": "photo.jpg", "bytes": coded}
    blocks = [{"image": "photo", **more}]
    return export(bring_in(sections={"background": blocks}, attachments=[attachment]))


def _sizes(word: WordFile) -> list[tuple[int, int]]:
    extents = word.document.iter(f"{{{WORD_DRAWING}}}extent")
    return [(int(item.get("cx")), int(item.get("cy"))) for item in extents]


WORD_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@pytest.mark.parametrize("make", [make_png, make_jpeg])
def test_pictures_keep_their_proportions_and_stay_on_the_page(make: Any) -> None:
    assert _sizes(_with_picture(make(200, 100))) == [(200 * EMU_PER_PIXEL, 100 * EMU_PER_PIXEL)]
    ((width, height),) = _sizes(_with_picture(make(4000, 1000)))
    assert width == pytest.approx(TEXT_WIDTH, rel=0.01)
    assert height == pytest.approx(width / 4, rel=0.01)
    ((width, height),) = _sizes(_with_picture(make(100, 4000)))
    assert height == pytest.approx(TEXT_HEIGHT * 2 / 3, rel=0.01)
    assert width == pytest.approx(height / 40, rel=0.02)


def test_a_picture_has_its_alternative_text() -> None:
    word = _with_picture(make_png(10, 10), alt='A "room"\n<empty>', caption="The room")
    (properties,) = word.document.iter(f"{{{WORD_DRAWING}}}docPr")
    assert properties.get("descr") == 'A "room" <empty>'
    assert ("caption", "The room") in word.paragraphs


def test_the_name_of_a_file_is_never_printed() -> None:
    word = _with_picture(make_png(10, 10))
    (properties,) = word.document.iter(f"{{{WORD_DRAWING}}}docPr")
    assert properties.get("descr") == ""
    assert "word/media/picture1.png" in word.names
    assert not [name for name in word.names if "photo" in name]


@pytest.mark.parametrize(("width", "share"), [("full", 1), ("half", 1 / 2), ("third", 1 / 3)])
def test_a_picture_takes_its_share_of_the_line(width: str, share: float) -> None:
    ((found, _),) = _sizes(_with_picture(make_png(4000, 1000), width=width))
    assert found == pytest.approx(TEXT_WIDTH * share, rel=0.01)


def _show_pictures(*widths: str) -> WordFile:
    coded = base64.b64encode(make_png(3000, 2000)).decode()
    blocks = [{"image": "photo", "width": width} for width in widths]
    attachment = {"id": "photo", "name": "photo.png", "bytes": coded}
    return export(bring_in(sections={"background": blocks}, attachments=[attachment]))


def _count_beside(word: WordFile) -> list[int]:
    """Return the number of pictures in each row of each table of pictures."""
    rows = word.document.iter(qn("w:tr"))
    counts = [len(list(row.iter(f"{{{WORD_DRAWING}}}extent"))) for row in rows]
    return [count for count in counts if count]


@pytest.mark.parametrize(
    ("widths", "beside"),
    [
        (["pair", "pair"], [2]),
        (["pair"], []),
        (["pair", "pair", "pair"], [2]),
        (["pair", "pair", "pair", "pair"], [2, 2]),
        (["pair", "half", "pair"], []),
        (["full", "pair", "pair", "third"], [2]),
    ],
)
def test_two_of_a_pair_stand_side_by_side(widths: list[str], beside: list[int]) -> None:
    word = _show_pictures(*widths)
    assert _count_beside(word) == beside
    sizes = _sizes(word)
    assert len(sizes) == len(widths)
    paired = [size for size, width in zip(sizes, widths, strict=True) if width == "pair"]
    assert all(width <= TEXT_WIDTH / 2 for width, _ in paired)


def test_a_picture_shown_twice_lies_in_the_file_once() -> None:
    word = _show_pictures("full", "full")
    assert len([name for name in word.names if "/picture" in name]) == 1


def test_photos_have_no_more_pixels_than_print() -> None:
    word = _with_picture(make_jpeg(4000, 3000))
    with zipfile.ZipFile(io.BytesIO(word.data)) as archive:
        image = Image.open(io.BytesIO(archive.read("word/media/picture1.jpg")))
    assert image.width == pytest.approx(TEXT_WIDTH / 914400 * 220, abs=2)


@pytest.mark.parametrize(
    "data",
    [
        b"not a picture",
        make_png(9, 9)[:20],
        make_png(9, 9)[:30],
        make_jpeg(9, 9)[:12],
        make_png(0, 0),
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 64,
        b"\xff\xd8\xff\xe0" + b"\x00" * 64,
        b"GIF89a",
        b"BM" + b"\x00" * 12,
        b"II*\x00\xff\xff\xff\x7f",
        b"MM\x00*\x00\x00\x00\x08\xff\xff",
    ],
)
def test_a_damaged_picture_leaves_a_visible_place(data: bytes) -> None:
    word = _with_picture(data)
    assert "[picture: it cannot be shown here]" in word.texts
    assert not _sizes(word)


@given(st.binary(max_size=64), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"]))
@settings(max_examples=60)
def test_no_bytes_break_the_export(data: bytes, start: bytes) -> None:
    _with_picture(start + data)


def test_a_picture_whose_file_is_missing_leaves_a_visible_place() -> None:
    attachment = {"id": "photo", "name": "photo.jpg", "sha256": "0" * 64}
    imported = bring_in(sections={"background": [{"image": "photo"}]}, attachments=[attachment])
    assert "[picture: it cannot be shown here]" in export(imported).texts
    draft = Draft(imported.inspection)
    draft.delete("photo")
    without = imported._replace(inspection=draft.result)
    assert "[picture: the file is missing]" in export(without).texts


def test_drawings_have_numbers_of_their_own(word: WordFile) -> None:
    whole = [
        word.document,
        *(word.parse(f"word/{name}") for name in word.targets("header").values()),
    ]
    whole += [word.parse(f"word/{name}") for name in word.targets("footer").values()]
    numbers = [item.get("id") for root in whole for item in root.iter(f"{{{WORD_DRAWING}}}docPr")]
    assert len(numbers) > 3
    assert len(numbers) == len(set(numbers))


def test_a_picture_in_a_notice_is_no_wider_than_its_cell(word: WordFile) -> None:
    in_cells = [
        int(item.get("cx"))
        for item in word.document.iter(f"{{{WORD_DRAWING}}}extent")
        if list(item.iterancestors(qn("w:tc")))
    ]
    assert in_cells
    assert max(in_cells) < TEXT_WIDTH * 0.65


# -- any text


def _as_shown(text: str) -> str:
    """Return a text as HTML and Word show it: blanks folded, and none at the ends of lines."""
    lines = clean(text).replace("\t", " ").split("\n")
    folded = [" ".join(part for part in line.split(" ") if part) for line in lines]
    return "\n".join(folded)


_SPECIALS = st.sampled_from(
    ["<b>", "&amp;", "]]>", "\x00", "\x0b", "😀", "שלום", "\u202e", "\t", "\n", "{{"]
)
_TEXTS = st.lists(st.one_of(_SPECIALS, st.text(max_size=8)), max_size=8).map("".join)


@given(st.lists(_TEXTS, min_size=1, max_size=5))
@settings(max_examples=60)
def test_any_text_comes_out_as_it_was_typed(typed: list[str]) -> None:
    ids = [f"block{number}" for number in range(len(typed))]
    blocks = [
        {"paragraph": text, "id": id_} if number % 2 else {"bullets": [{"text": text, "id": id_}]}
        for number, (text, id_) in enumerate(zip(typed, ids, strict=True))
    ]
    word = export(bring_in(sections={"background": blocks}))
    shown = {
        item.get(qn("w:name")): text_of(item.getparent())
        for item in word.document.iter(qn("w:bookmarkStart"))
    }
    wanted = {
        f"{BOOKMARK}{id_}": _as_shown(text)
        for id_, text in zip(ids, typed, strict=True)
        if clean(text).strip()  # a line that is not filled yet prints nothing
    }
    assert {name: text for name, text in shown.items() if name in wanted} == wanted


@given(contents())
@settings(max_examples=40)
def test_any_content_exports(content: Any) -> None:
    imported = import_content(json.dumps(content).encode(), "random.json", None)
    for draft in (True, False):
        word = export(imported, draft=draft)
        for cell in word.document.iter(qn("w:tc")):
            assert cell[-1].tag == qn("w:p")


def test_a_table_without_a_head_is_not_dressed_up_with_one(word: WordFile) -> None:
    looks = {
        text_of(table): table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}").get(qn("w:firstRow"))
        for table in word.document.iter(qn("w:tbl"))
    }
    assert looks["AuditResultHand hygiene98%Notes"] == "1"
    assert looks["Withoutaheader"] == "0"


def test_contents_name_each_large_heading_with_its_page(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    name = "independent_health/rated.html.j2"
    edit_template(folder, name, "{% if contents %}", "{% if true %}")
    imported = bring_in("rated", **full_content("rated"))
    word = export(imported, folder=folder)
    start = word.texts.index("Contents")
    headings = [text for style, text in word.paragraphs[start + 1 :] if style == "heading 1"]
    assert len(headings) > 5
    lines = word.texts[start + 1 : start + 1 + len(headings)]
    assert lines == [f"{heading}…" for heading in headings]
    # Each asks for the page of a bookmark, which stands around its heading.
    asked = [item.text.split()[1] for item in word.document.iter(qn("w:instrText"))]
    marked = {
        item.get(qn("w:name")): text_of(item.getparent())
        for item in word.document.iter(qn("w:bookmarkStart"))
    }
    assert [marked[bookmark] for bookmark in asked] == headings
    assert "Contents" not in export(imported).texts
    report = render_report(imported.inspection, folder=folder)
    page = write_web_page(report, imported.attachments.get).decode()
    assert page.count('<p class="contents">') == len(headings)
