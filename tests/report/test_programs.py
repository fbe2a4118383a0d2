"""Other programs judge the file: two validators, and LibreOffice, also on the house style."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.report.style_map import load_style_map
from inspector_app.report.word.house_style import HouseStyle
from inspector_app.report.word.styles import WordStyles
from tests.report.making import (
    bring_in,
    copy_templates,
    edit_package,
    export,
    full_content,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from inspector_app.content.importing import Imported

RED = "C00000"
LONG_ROW = [
    {"paragraph": "The provider did not:"},
    {"bullets": [*(f"Finding {n}: nobody had looked. " * 4 for n in range(60)), "THE LAST WORD"]},
]


def _long_notice() -> Imported:
    notices = [{"regulation": "RA2014-12", "how_not_met": LONG_ROW}, {"must": "Act."}]
    return bring_in("unrated", notices=notices)


def _awkward() -> Imported:
    addresses = "http://a.org/[x]|{y} https://a.org/x_(y) http://a.org/%zz#b#c www.münchen.de/ä"
    blocks = [{"paragraph": addresses}, {"table": {"rows": [[]]}}, {"table": {"header": ["a"]}}]
    return bring_in(location={"name": "<b>" * 40}, sections={"background": blocks})


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Reports of all kinds as files."""
    folder = tmp_path_factory.mktemp("reports")
    imported = {
        "rated": bring_in("rated", **full_content("rated")),
        "unrated": bring_in("unrated", **full_content("unrated")),
        "empty_rated": bring_in("rated"),
        "empty_unrated": bring_in("unrated"),
        "long_notice": _long_notice(),
        "awkward": _awkward(),
        **{f"sample_{name}": load_sample(name) for name in SAMPLES},
    }
    paths = {}
    for name, item in imported.items():
        paths[name] = folder / f"{name}.docx"
        paths[name].write_bytes(export(item).data)
    return paths


# -- validators


def test_openxml_audit_finds_no_fault(reports: Mapping[str, Path]) -> None:
    validator = OpenXmlValidator()
    for name, path in reports.items():
        result = validator.validate(str(path))
        assert result.is_valid, f"{name}: {[str(error) for error in result.errors]}"


def _find_ooxml_validate() -> str | None:
    return os.environ.get("OOXML_VALIDATE") or shutil.which("ooxml-validate")


# Where Node is not present there is no such validator, and nothing that could be skipped.
if shutil.which("npm") or _find_ooxml_validate():

    def test_microsofts_own_rules_find_no_fault(reports: Mapping[str, Path]) -> None:
        command = _find_ooxml_validate()
        if command is None:
            pytest.skip("python packaging/test.py installs the validator")
        chosen = ("rated", "unrated", "awkward", *(f"sample_{name}" for name in SAMPLES))

        def judge(name: str) -> str:
            done = subprocess.run(  # noqa: S603 - a validator that the developer chose
                [command, reports[name]], capture_output=True, encoding="utf-8", check=False
            )
            return done.stdout + done.stderr

        # Each takes seconds to start.
        with ThreadPoolExecutor(max_workers=2) as pool:
            for name, verdict in zip(chosen, pool.map(judge, chosen), strict=True):
                assert "Found 0 errors" in verdict, f"{name}: {verdict}"


# -- LibreOffice


class Office:
    """LibreOffice with a profile of its own, so that one that is open does not matter."""

    def __init__(self, command: str, folder: Path) -> None:
        self._command = command
        self._folder = folder

    def convert(self, paths: list[Path], kind: str) -> list[Path]:
        out = self._folder / kind
        subprocess.run(  # noqa: S603 - LibreOffice
            [
                self._command,
                f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                out,
                *paths,
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return [out / path.with_suffix(f".{kind}").name for path in paths]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        pytest.skip("LibreOffice is not installed")
    return Office(command, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def saved_templates(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates whose house style has red headings and was saved by LibreOffice."""
    folder = copy_templates(tmp_path_factory.mktemp("saved"))
    house_style = folder / "house_style.docx"

    def redden(xml: str) -> str:
        start = xml.index('<w:name w:val="heading 1"/>')
        colour = '<w:color w:val="12505B" w:themeColor="accent1"/>'
        return xml[:start] + xml[start:].replace(colour, f'<w:color w:val="{RED}"/>', 1)

    edit_package(house_style, {"word/styles.xml": redden})
    (saved,) = office.convert([house_style], "docx")
    shutil.copy(saved, house_style)
    return folder


def _pdf_pages(path: Path) -> list[str]:
    command = shutil.which("pdftotext")
    if command is None:
        pytest.skip("pdftotext (poppler) is not installed")
    done = subprocess.run(  # noqa: S603 - poppler
        [command, "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.split("\f")[:-1]


def test_libreoffice_shows_every_report_whole(
    office: Office, reports: Mapping[str, Path], saved_templates: Path, tmp_path: Path
) -> None:
    final = tmp_path / "saved_style.docx"
    imported = bring_in("rated", **full_content("rated"))
    final.write_bytes(export(imported, folder=saved_templates).data)
    everything = {**reports, "saved_style": final}
    pdfs = dict(zip(everything, office.convert(list(everything.values()), "pdf"), strict=True))
    pages = {name: _pdf_pages(pdf) for name, pdf in pdfs.items()}
    for name, texts in pages.items():
        assert len(texts) > 1, name
        assert f"Page {len(texts)} of {len(texts)}" in texts[-1], name
    # A row that is longer than a page must not lose what stands beyond it.
    assert any("THE LAST WORD" in text for text in pages["long_notice"])
    assert sum("Finding 59:" in text for text in pages["long_notice"]) == 1
    # The look is the same when the house style went through LibreOffice.
    assert abs(len(pages["saved_style"]) - len(pages["rated"])) <= 1
    assert "The Invented Clinic" in pages["saved_style"][2]


_HEIGHTS = (*range(5, 36, 5), *range(36, 50), *range(50, 121, 10))
"""Lines in a row: where a page ends, each; else some."""


def _mark_lines(kind: str, count: int) -> list[str]:
    return [f"{kind}{count:03}L{number:03}" for number in range(count)]


def test_no_line_of_a_row_is_lost_however_tall_it_is(office: Office, tmp_path: Path) -> None:
    notices, topics, expected = [], [], set()
    for count in _HEIGHTS:
        bullets, lines, head, words = (_mark_lines(kind, count) for kind in "BLHW")
        expected.update(bullets, lines, head, words)
        notices.append({"regulation": "RA2014-12", "how_not_met": [{"bullets": bullets}]})
        rows = [["Elm", "1"], ["\n".join(lines), "2"], ["Ash", "3"]]
        tables = [
            {"table": {"header": ["Ward", "Beds"], "rows": rows}},
            {"table": {"header": ["\n".join(head), "Beds"], "rows": [[" ".join(words), "2"]]}},
        ]
        topics.append({"title": f"{count} lines", "body": tables})
    path = tmp_path / "tall.docx"
    imported = bring_in("unrated", notices=notices, key_questions={"safe": {"topics": topics}})
    path.write_bytes(export(imported).data)
    (pdf,) = office.convert([path], "pdf")
    shown = re.findall(r"[BLHW]\d{3}L\d{3}", "\n".join(_pdf_pages(pdf)))
    assert expected - set(shown) == set()


def test_a_house_style_that_libreoffice_saved_has_all_styles(saved_templates: Path) -> None:
    style_map = load_style_map(saved_templates)
    assert not list(WordStyles(style_map, HouseStyle(saved_templates)).find_faults())


@pytest.mark.parametrize("draft", [True, False])
def test_reports_with_a_house_style_that_libreoffice_saved(
    draft: bool, saved_templates: Path, tmp_path: Path
) -> None:
    imported = bring_in("rated", **full_content("rated"))
    ours, theirs = export(imported), export(imported, draft=draft, folder=saved_templates)
    assert theirs.texts == ours.texts
    assert [style.casefold() for style, _ in theirs.paragraphs] == [
        style.casefold() for style, _ in ours.paragraphs
    ]
    headers = theirs.furniture("header")
    assert all(("PowerPlusWaterMarkObject" in xml) == draft for xml in headers)
    assert any("Cover band" in xml for xml in headers)
    assert any("The Invented Clinic" in xml for xml in headers)
    assert "{{" not in "".join(headers + theirs.furniture("footer"))
    heading = theirs.find_style("heading 1")
    assert heading.find(f"{qn('w:rPr')}/{qn('w:color')}").get(qn("w:val")) == RED
    path = tmp_path / "report.docx"
    path.write_bytes(theirs.data)
    # LibreOffice writes some values in its own parts as newer editions of the standard spell them.
    faults = [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
    theirs_own = re.compile(
        r"\[\w+\] /word/(fontTable|numbering|styles|settings|header\d|footer\d).xml:"
    )
    assert not [fault for fault in faults if not theirs_own.match(fault)]


def test_ordered_lists_with_a_house_style_that_libreoffice_saved(saved_templates: Path) -> None:
    template = saved_templates / "independent_health" / "unrated.html.j2"
    template.write_text("<article>\n<ol><li>A</li></ol>\n<p>x</p>\n<ol><li>B</li></ol>\n</article>")
    word = export(bring_in("unrated"), folder=saved_templates)
    (_, first, _, _), (_, second, _, _) = word.list_items
    assert first != second
    assert word.starts_at_one(first)
    assert word.starts_at_one(second)


def test_numberings_stay_in_front_of_the_mark_of_word_for_mac(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    mark = '<w:numIdMacAtCleanup w:val="1"/>'
    edit_package(
        folder / "house_style.docx",
        {"word/numbering.xml": lambda xml: xml.replace("</w:numbering>", f"{mark}</w:numbering>")},
    )
    template = folder / "independent_health" / "rated.html.j2"
    template.write_text("<article>\n<ol><li>A</li></ol>\n</article>")
    numbering = export(bring_in(), folder=folder).parse("word/numbering.xml")
    assert numbering[-1].tag == qn("w:numIdMacAtCleanup")


# -- samples


def test_the_samples_show_every_kind_of_part() -> None:
    reports = [export(load_sample(name)) for name in SAMPLES]
    styles = {style for word in reports for style, _ in word.paragraphs}
    expected = {
        "heading 1", "heading 2", "heading 3", "Body Text", "Lead", "List Intro", "List Bullet",
        "List Bullet 2", "Table Head", "Table Text", "Table Bullet", "Notice Label",
        "Notice Subhead", "Notice Breach", "Judgement",
    }  # fmt: skip
    assert expected <= styles


def test_the_rated_sample_is_a_draft_with_something_still_missing() -> None:
    word = export(load_sample("rated"))
    assert "DRAFT" in "".join(word.furniture("footer"))
    assert "[publication date]" in "".join(word.texts)


_RATINGS = ("outstanding", "good", "requires_improvement", "inadequate")


def test_no_word_of_the_ratings_grid_breaks(office: Office, tmp_path: Path) -> None:
    keys = ("safe", "effective", "caring", "responsive", "well_led", "overall")
    rows = [
        {
            "service": service,
            "ratings": {key: _RATINGS[(at + shift) % 4] for at, key in enumerate(keys)},
            "dates": {"caring": "2026-10-01"},
        }
        for shift, service in enumerate(
            ("Urgent and emergency services", "Gynaecology", "Outpatients", "Critical care")
        )
    ]
    path = tmp_path / "grid.docx"
    path.write_bytes(export(bring_in("rated", rating_grid=rows)).data)
    (pdf,) = office.convert([path], "pdf")
    text = "\n".join(_pdf_pages(pdf))
    grid = text[text.index("Ratings of services") :].split()
    assert {"Outstanding", "improvement", "Inadequate", "Responsive", "Gynaecology"} <= {*grid}
    assert (grid.count("Outstanding"), grid.count("improvement")) == (6, 6)
    assert "2026-10-01" not in text
    assert grid.count("October") == len(rows)
