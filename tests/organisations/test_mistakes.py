"""The most likely mistakes of an author: each told with file, line and remedy, all in one run."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from inspector_app.cli import main
from inspector_app.organisation import VARIABLE
from tests.organisations.making import FRAMEWORK, HYGIENE

if TYPE_CHECKING:
    from pathlib import Path

TOML = f"frameworks/{FRAMEWORK}.toml"
TEMPLATE = f"report_templates/{FRAMEWORK}/report.html.j2"


class Mistake(NamedTuple):
    """What somebody writes in place of what was right; `at` stands on the line that is told."""

    file: str
    right: str
    wrong: str
    at: str
    told: str


MISTAKES = {
    "a key is misspelt": Mistake(
        TOML, 'heading = "Raw', 'haeding = "Raw', "haeding =", "did you mean 'heading'?"
    ),
    "an id is missing": Mistake(
        TOML,
        '  id = "hands"\n',
        "",
        '[[key_questions.topics]]\n  heading = "Hands',
        "$.key_questions[1].topics[0].id: is missing; add a line id = …",
    ),
    "an id stands twice": Mistake(
        TOML,
        'id = "pests"',
        'id = "surfaces" # twice',
        "# twice",
        "is the same as in $.key_questions[2].topics[0] (line {surfaces}); each needs one",
    ),
    "a rule gives a rating that there is not": Mistake(
        TOML,
        'gives = "spotless"',
        'gives = "spotles"',
        'gives = "spotles"',
        "no such rating 'spotles'; did you mean 'spotless'?",
    ),
    "a value is of another kind": Mistake(
        TOML,
        'people_word = "customers"',
        'people_word = ["customers"]',
        "people_word =",
        "$.people_word: must be a text, not a list",
    ),
    "a standard text names what there is not": Mistake(
        TOML, 'ill."', 'ill at {{ location.nam }}."', "location.nam }", "did you mean 'name'?"
    ),
    "a label names what it is not given": Mistake(
        TOML,
        "{{ rating.name | lower }}.",
        "{{ ratng.name | lower }}.",
        "ratng.name",
        "no such variable 'ratng'; did you mean 'rating'?",
    ),
    "a required field is misspelt": Mistake(
        TOML,
        'id = "visit_dates"',
        'id = "visit_date"',
        'id = "visit_date"',
        "no such field 'visit_date'; did you mean 'visit_dates'?",
    ),
    "a colour is a word": Mistake(
        TOML, '"#0b5d1e"', '"green"', '"green"', "must be a colour like #1e6b3a, not 'green'"
    ),
    "a lead is taken for a text that is filled": Mistake(
        TOML, "Food was kept cold.", "{{ people }} were safe.", "were safe", "write it without"
    ),
    "a variable is misspelt": Mistake(
        TEMPLATE, "provider.name", "provder.name", "provder", "did you mean 'provider'?"
    ),
    "a detail of a question is misspelt": Mistake(
        TEMPLATE,
        'continued">{{ question.heading',
        'continued">{{ question.haeding',
        "question.haeding",
        "no such detail 'haeding'; did you mean 'heading'?",
    ),
    "a filter is misspelt": Mistake(
        TEMPLATE, "day | long_date", "day | longdate", "longdate", "did you mean 'long_date'?"
    ),
    "a section is misspelt": Mistake(
        TEMPLATE,
        "print_blocks(sections.advice)",
        "print_blocks(sections.advise)",
        "sections.advise",
        "no such detail 'advise'; did you mean 'advice'?",
    ),
    "an element is not closed": Mistake(
        TEMPLATE,
        "We recommend that you:</p>",
        "We recommend that you:",
        "We recommend that you:",
        "'p' is not closed before the end of 'section'",
    ),
    "bold as in other HTML": Mistake(
        TEMPLATE, "<p>Before, it", "<p><b>Before</b>, it", "<b>", "write <strong> for bold text"
    ),
    "a sign that HTML writes otherwise": Mistake(
        TEMPLATE, "&amp; safety", "& safety", "& safety", "write &amp; for &"
    ),
    "a logo": Mistake(
        TEMPLATE,
        "Our advice</h1>",
        'Our advice</h1><img src="logo.png"/>',
        "logo.png",
        "a logo belongs in the header of house_style.docx",
    ),
    "a class without a style": Mistake(
        TEMPLATE,
        'class="overall-rating"',
        'class="overal-rating"',
        "overal-rating",
        "styles.toml has no style for 'p.overal-rating'; did you mean 'p.overall-rating'?",
    ),
}
"""All of these can be made at once."""
BROKEN = {
    "frameworks/second.toml": (b'id = "second"\nname = "Se', 2, "is a quotation mark missing?"),
    "frameworks/third.toml": ('id = "café"'.encode("utf-16"), 0, "with the encoding UTF-8"),
    "frameworks/fourth.toml": ("a = 1\nb = “so”".encode(), 2, "must be straight"),
    "report_templates/one.html.j2": ("<p>x</p>\n<p>é</p>".encode("latin-1"), 2, "encoding UTF-8"),
    "report_templates/two.html.j2": (
        b"<p>\n{% for x in musts %}\n{% if draft %}\n{% endif %}\n</p>",
        2,
        "this {% for %} is not closed: write {% endfor %}",
    ),
    "report_templates/three.html.j2": (
        b'\n{% include "partials/notice.html.j2" %}',
        2,
        "there is no template 'partials/notice.html.j2'; did you mean 'partials/notices.html.j2'?",
    ),
}
"""Files that cannot be read to their end, each with the line and the remedy."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "ours"))
    return shutil.copytree(HYGIENE, tmp_path / "ours")


def test_all_are_told_in_one_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, (data, _, _) in BROKEN.items():
        (folder / name).write_bytes(data)
    for mistake in MISTAKES.values():
        path = folder / mistake.file
        text = path.read_text("utf-8")
        assert mistake.right in text, mistake
        path.write_text(text.replace(mistake.right, mistake.wrong, 1), "utf-8")
    assert main(["check-template", str(folder)]) == 1
    told = capsys.readouterr().out.splitlines()
    expected = [(name, line, remedy) for name, (_, line, remedy) in BROKEN.items()]
    # The line above it begins the table.
    surfaces = find_line(folder / TOML, 'id = "surfaces"') - 1
    for mistake in MISTAKES.values():
        line = find_line(folder / mistake.file, mistake.at)
        expected.append((mistake.file, line, mistake.told.replace("{surfaces}", str(surfaces))))
    for file, line, remedy in expected:
        start = f"{file}, line {line}" if line else f"{file}:"
        assert [text for text in told if text.startswith(start) and remedy in text], (start, remedy)
    # Nothing but the mistakes is told, and what follows from two of them.
    follow = {
        "heading: is missing": "the misspelt key",
        "no such required field 'visit_dates'": "the misspelt field",
    }
    rest = [
        text
        for text in told
        if not any(remedy in text for _, _, remedy in expected)
        and not any(words in text for words in follow)
    ]
    assert rest == []


def find_line(path: Path, text: str) -> int:
    content = path.read_text("utf-8")
    return content.count("\n", 0, content.index(text)) + 1


def test_a_mistake_stops_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / TOML).write_text("id = ")
    assert main(["frameworks"]) == 0
    shown = capsys.readouterr()
    assert re.search(rf"Not used: {FRAMEWORK}\.toml, line 1: is no valid TOML", shown.err)
    assert shown.out
