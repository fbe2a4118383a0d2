"""Names that cannot be what they are to be: refused before anything is read or written."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.cli import main
from inspector_app.errors import UsageProblem
from inspector_app.files import refuse_unusable_name
from tests.cli.helpers import run

NEW = ("new", "--framework", "independent_health_2018", "--regime", "rated", "-o")
REFUSED = [
    ((*NEW, "q.docx"), "end it in .inspection"),
    ((*NEW, "q.json"), "end it in .inspection"),
    ((*NEW, "q"), "end it in .inspection"),
    ((*NEW, ".inspection"), "end it in .inspection"),
    (("new", "--sample", "rated", "-o", "q.inspection.docx"), "end it in .inspection"),
    (("import", "clinic.json", "-o", "clinic.json"), "end it in .inspection"),
    (("import", "clinic.json", "-o", "q.docx"), "end it in .inspection"),
    (("import", "clinic.json", "-o", "q"), "end it in .inspection"),
    (("salvage", "x.inspection", "-o", "q.json"), "end it in .inspection"),
    (("export", "--sample", "rated", "-o", "x.inspection"), "end it in .docx, .pdf or .html"),
    (("export", "--sample", "rated", "-o", "x.odt"), "end it in .docx, .pdf or .html"),
    (("export", "--sample", "rated", "-o", "x"), "end it in .docx, .pdf or .html"),
    (("evidence-index", "--sample", "rated", "-o", "x.json"), ".pdf, .html or .csv"),
    (("dump", "x.inspection", "-o", "x.docx"), "end it in .json"),
    (("dump", "x.inspection", "-o", "x.inspection"), "end it in .json"),
    (("dump", "x.inspection", "-o", "x"), "end it in .json"),
    (("rate", "x.csv", "-o", "x.docx"), "end it in .csv or .tsv"),
    (("export", "--sample", "rated", "-o", "x.docx", "--kind", "pdf"), "contradict"),
    ((*NEW, "con.inspection"), "a device"),
    (("import", "aux.json"), "a device"),
    (("export", "--sample", "rated", "-o", "NUL.docx"), "a device"),
    (("dump", "x.inspection", "-o", "COM1.json"), "a device"),
    (("rate", "x.csv", "-o", "Prn .csv"), "a device"),
    (("evidence-index", "--sample", "rated", "-o", "file:stream.csv"), "a colon"),
    (("salvage", "x.inspection", "-o", "lpt9.x.inspection"), "a device"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=lambda value: " ".join(value)[-40:])
def test_a_target_that_says_something_else_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert "Nothing was saved." in said.err
    assert said.out == ""
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["NUL.docx", "x.odt"])
def test_the_program_ends_with_2(folder: Path, name: str) -> None:
    done = run("export", "--sample", "rated", "-o", name, folder=folder, extra={}, code=2)
    assert done.err.startswith("inspector-app: “")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        *(
            "NUL.docx",
            "con.docx",
            "aux",
            "COM1.json",
            "lpt¹.pdf",
            "CONIN$",
            "nul.tar.gz",
            "Aux .docx",
        ),
        *("report.", "report. .", "report.docx ", "report.docx.", "file:stream", "a.docx:b"),
    ],
)
def test_names_that_windows_takes_for_something_else(name: str) -> None:
    with pytest.raises(UsageProblem, match="Choose another name"):
        refuse_unusable_name(Path("folder", name))


@pytest.mark.parametrize(
    "name",
    [
        "console.docx",
        "com.docx",
        "COM10.json",
        "a con.pdf",
        "nul-report.html",
        ".aux",
        "St. Mary's.docx",
    ],
)
def test_names_that_only_look_so_are_fine(name: str) -> None:
    refuse_unusable_name(Path("con", name))
