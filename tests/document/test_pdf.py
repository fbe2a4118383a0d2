"""The report as PDF."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest

from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.document.pdf import write_pdf
from inspector_app.errors import TemplateFault
from inspector_app.report.phrases import clean
from inspector_app.report.report import read_report_blocks, render_report
from tests.document.reading_pdf import read_pdf
from tests.python_process import make_command, make_environment, make_module_command
from tests.report.making import bring_in, copy_templates

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported


def make_pdf(imported: Imported, *, draft: bool | None = None) -> bytes:
    return write_pdf(render_report(imported.inspection, draft=draft), imported.attachments.get)


def words_of(imported: Imported) -> list[str]:
    blocks = read_report_blocks(render_report(imported.inspection))
    lines = ("".join(run.text for run in getattr(block, "runs", ())) for block in blocks)
    return unicodedata.normalize("NFKC", " ".join(lines)).split()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_word_of_the_report_is_in_the_pdf(name: str, tmp_path: Path, qtbot: QtBot) -> None:
    imported = load_sample(name)
    shown = read_pdf(make_pdf(imported), tmp_path, "-raw")
    # Lines break words at hyphens, and pages put furniture between them: compare as sets.
    have = set(re.sub(r"(?<=\w)-\s+", "-", shown).split())
    missing = [word for word in words_of(imported) if word not in have]
    assert not missing


def test_pages_carry_name_and_number(tmp_path: Path, qtbot: QtBot) -> None:
    pages = read_pdf(make_pdf(load_sample("rated")), tmp_path).split("\f")
    count = len(pages) - 1
    assert count > 8
    assert f"Page 2 of {count}" in pages[1]
    assert "Saltmarsh Quay Clinic" in pages[1]
    assert f"Page {count} of {count}" in pages[count - 1]
    assert all("Page 1 of" not in page for page in pages)


@pytest.mark.parametrize(("draft", "footer"), [(True, "DRAFT"), (False, "Date of publication:")])
def test_a_draft_says_so_on_every_page(
    draft: bool, footer: str, tmp_path: Path, qtbot: QtBot
) -> None:
    data = make_pdf(load_sample("unrated"), draft=draft)
    pages = read_pdf(data, tmp_path).split("\f")[:-1]
    assert all(footer in page for page in pages)
    assert any("DRAFT" in page for page in pages) is draft


def test_no_heading_ends_a_page(tmp_path: Path, qtbot: QtBot) -> None:
    imported = load_sample("rated")
    pages = read_pdf(make_pdf(imported), tmp_path, "-layout").split("\f")[:-1]
    blocks = read_report_blocks(render_report(imported.inspection))
    headings = {
        block.runs[0].text for block in blocks if getattr(block, "key", "") in {"h1", "h2", "h3"}
    }
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        # The last line is the footer.
        assert lines[-2] not in headings, lines[-2]


def test_typed_text_is_never_markup(tmp_path: Path, qtbot: QtBot) -> None:
    text = '<script>alert(1)</script> <img src="file:///etc/passwd"/> {{ 7 * 6 }} & \v end'
    imported = bring_in("rated", sections={"background": [{"paragraph": text}]})
    shown = " ".join(read_pdf(make_pdf(imported), tmp_path).split())
    assert " ".join(clean(text).split()) in shown


def test_a_style_sheet_that_cannot_be_read_is_named(tmp_path: Path, qtbot: QtBot) -> None:
    folder = copy_templates(tmp_path)
    (folder / "web" / "print.css").write_bytes(b"\xff")
    report = render_report(load_sample("rated").inspection, folder=folder)
    with pytest.raises(TemplateFault, match=r"web/print\.css"):
        write_pdf(report, lambda _: None)


def test_the_command_line_writes_it_without_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    target = tmp_path / "report.pdf"
    command = make_module_command("inspector_app", "export", "--sample", "rated")
    done = subprocess.run(  # noqa: S603
        [*command, "-o", str(target)], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
def test_the_same_report_is_the_same_file_whenever_and_wherever_it_is_made(zone: str) -> None:
    # Each is made by a process of its own, as Qt reads the zone once.
    code = (
        "import sys\n"
        "from inspector_app.content.samples import load_sample\n"
        "from inspector_app.document.pdf import write_pdf\n"
        "from inspector_app.report.report import render_report\n"
        "report = render_report(load_sample('unrated').inspection)\n"
        "sys.stdout.buffer.write(write_pdf(report, lambda _: None))\n"
    )
    environment = {**make_environment(), "TZ": zone, "USER": "ann.author"}
    made = [
        subprocess.run(  # noqa: S603 - this Python
            make_command(code), env=environment, capture_output=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert b"ann.author" not in made[0]
    dates = re.findall(rb"(?:Date \(D:|Date=\")(\d{4}-?\d\d-?\d\d)", made[0])
    assert {date.replace(b"-", b"") for date in dates} == {b"20190514"}
    assert len(dates) >= 4
    assert made[0].startswith(b"%PDF")
    assert b"startxref" in made[0]
