"""Whatever is in the input: a faithful report, or a message that names the place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.helpers import make_content, read_paragraphs, read_text, run, write_json

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = json.dumps(make_content(location={"name": "Clinic"}, ratings={"safe": "good"})).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (WHOLE[: len(WHOLE) // 2], "line 1"),
        (WHOLE[:-1], "line 1"),
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\xff\xfe{\x00}\x00", "byte 0"),
        (b"not json", "line 1"),
        (b"[]", "$"),
        (b"null", "$"),
        (b"12", "$"),
        (b"{}", "$.format"),
        (b"[" * 100_000, "deep"),
        (b'{"a":' * 50_000, "deep"),
        (WHOLE.replace(b'"regime"', b'"regime": "rated", "regime"'), "twice"),
        (WHOLE.replace(b'"Clinic"', b"NaN"), "NaN"),
        (WHOLE.replace(b'"Clinic"', b"9" * 10_000), "$.location.name"),
        (WHOLE.replace(b'"Clinic"', b'"\\ud800"'), "$.location.name"),
        (WHOLE.replace(b"content/1", b"content/2"), "$.format"),
        (WHOLE.replace(b"health_2018", b"health_2081"), "did you mean 'independent_health_2018'"),
        (WHOLE.replace(b'"rated"', b'"ratd"'), "$.regime"),
        (WHOLE.replace(b'"good"', b'"god"'), "$.ratings.safe"),
        (WHOLE.replace(b'"safe"', b'"sfae"'), "did you mean 'safe'"),
    ],
)
def test_content_that_cannot_be_read(folder: Path, data: bytes, words: str) -> None:
    (folder / "x.json").write_bytes(data)
    for arguments in (("import", "x.json"), ("export", "x.json", "-o", "x.docx")):
        done = run(*arguments, folder=folder, code=3)
        assert words in done.err
        assert "x.json" in done.err
        assert len(done.err) < 5000
    assert [path.name for path in folder.iterdir()] == ["x.json"]
    assert (folder / "x.json").read_bytes() == data


def test_ids_that_are_used_twice(folder: Path) -> None:
    content = make_content(
        evidence=[{"id": "a", "text": "one"}, {"id": "a", "text": "two"}],
        sections={"overall_summary": [{"paragraph": "x", "id": "a"}]},
    )
    write_json(folder / "x.json", content)
    done = run("import", "x.json", folder=folder, code=3)
    assert "evidence[" in done.err
    assert "stands already" in done.err


TEXTS = {
    "jinja": "{{ 7 * 7 }} {% for x in y %} {# gone? #} {{ config }} }} %}",
    "html": "<b>bold</b> <script>alert(1)</script> <5mg &amp; A & B </p> ]]> <!-- -->",
    "xml": "&#x0; &lt; \"quoted\" 'single' <?xml version='1.0'?>",
    "emoji": "\U0001f600 \U0001f468‍\U0001f469‍\U0001f467 ‼️",
    "rtl": "العربية עברית 123 ‏abc",
    "combining": "é ẹ̀ 漢字 ｆｕｌｌ",
    "spaces": "two  spaces and   three, no-break: x",
    "word": "MERGEFIELD \\* HYPERLINK ${slot} «slot»",
    "long word": "x" * 5000,
    "paragraph": " ".join(f"word{number}" for number in range(20_000)),
}


def _everywhere(text: str) -> dict[str, Any]:
    return make_content(
        id="x",
        location={"name": text[:2000], "address": [text[:2000]]},
        provider={"name": text[:2000]},
        sections={"overall_summary": [{"paragraph": text}, {"heading": text[:2000]}]},
        key_questions={
            "safe": {
                "summary": [{"paragraph": text}],
                "topics": [
                    {
                        "topic": "safety_systems",
                        "body": [{"bullets": [{"text": text, "bullets": [text]}]}],
                    },
                    {
                        "title": text[:2000],
                        "body": [{"table": {"header": [text[:2000]], "rows": [[text]]}}],
                    },
                ],
            }
        },
        actions={"must": [text], "should": [text]},
        evidence=[{"text": text, "stance": "concern"}],
    )


def _squeeze(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_comes_out_as_it_was_typed(folder: Path, name: str) -> None:
    text = TEXTS[name]
    before = write_json(folder / "x.json", _everywhere(text))
    run("import", "x.json", folder=folder)
    assert (folder / "x.json").read_bytes() == before
    dumped = json.loads(run("dump", "x.inspection", folder=folder).out_bytes)
    assert dumped["sections"]["overall_summary"][0]["paragraph"] == text
    assert dumped["key_questions"]["safe"]["topics"][0]["body"][0]["bullets"][0]["text"] == text
    run("export", "x.inspection", "-o", "x.docx", folder=folder)
    paragraphs = [_squeeze(line) for line in read_paragraphs(folder / "x.docx")]
    assert sum(_squeeze(text) in line for line in paragraphs) >= 7
    run("export", "x.inspection", "-o", "x.html", folder=folder)
    assert "<script>" not in (folder / "x.html").read_text("utf-8")


def test_control_characters(folder: Path) -> None:
    text = "one\x0btwo\x0cthree\x00\x01\x1b[31m four\r\nfive\u2028six\ufffeseven"
    write_json(folder / "x.json", _everywhere(text))
    run("import", "x.json", folder=folder)
    dumped = json.loads(run("dump", "x.inspection", folder=folder).out_bytes)
    assert dumped["sections"]["overall_summary"][0]["paragraph"] == text, "kept as it was typed"
    run("export", "x.inspection", "-o", "x.docx", folder=folder)
    found = _squeeze(read_text(folder / "x.docx"))
    assert "one two three[31m four five six" in found
    assert "seven" in found


def test_three_hundred_notices(folder: Path) -> None:
    notices = [
        {
            "regulation": "RA2014-5",
            "activities": ["Surgery"],
            "how_not_met": [{"bullets": [f"Reason number {number} {{{{x}}}} & <y>"]}],
        }
        for number in range(300)
    ]
    write_json(folder / "x.json", make_content(notices=notices))
    run("import", "x.json", folder=folder)
    run("export", "x.inspection", "-o", "x.docx", folder=folder)
    text = read_text(folder / "x.docx")
    for number in range(300):
        assert f"Reason number {number} {{{{x}}}} & <y>" in text


@pytest.mark.parametrize("regime", ["rated", "unrated"])
def test_nothing_but_what_must_be(folder: Path, regime: str) -> None:
    write_json(folder / "x.json", {**make_content(), "regime": regime})
    run("import", "x.json", folder=folder)
    done = run("export", "x.inspection", "-o", "x.docx", folder=folder)
    assert "a draft" in done.out
    assert "[location name]" in read_text(folder / "x.docx")
    run("export", "x.inspection", "-o", "x.html", folder=folder)


EMPTY: dict[str, Any] = {
    "provider": {},
    "location": {"name": "", "address": []},
    "visit": {"dates": []},
    "ratings": {},
    "sections": {"overall_summary": [], "background": [{"paragraph": ""}, {"bullets": []}]},
    "key_questions": {
        "safe": {"summary": [], "topics": []},
        "caring": {
            "topics": [{"topic": "kindness", "body": []}, {"title": "", "body": []}],
        },
    },
    "actions": {"must": [""], "should": []},
    "notices": [{}, {"how_not_met": []}, {"regulation": "RA2014-5"}],
    "evidence": [{}],
    "people": [{}],
    "previous_breaches": [{}],
    "rating_grid": [{}],
    "services": [{}, {"service": ""}],
    "set_aside": [{}],
    "signatory": {},
}


def test_everything_there_and_empty(folder: Path) -> None:
    write_json(folder / "x.json", make_content(**EMPTY))
    run("import", "x.json", folder=folder)
    run("export", "x.inspection", "-o", "x.docx", folder=folder)
    first = run("dump", "x.inspection", folder=folder).out_bytes
    (folder / "y.json").write_bytes(first)
    run("import", "y.json", folder=folder)
    assert run("dump", "y.inspection", folder=folder).out_bytes == first


@pytest.mark.parametrize("key", sorted(EMPTY))
@pytest.mark.parametrize("value", [None, 5, "text", [[]], {"surprise": [1]}], ids=str)
def test_values_of_another_kind(folder: Path, key: str, value: object) -> None:
    from inspector_app.content.importing import import_content
    from inspector_app.errors import ContentFault

    data = json.dumps(make_content(**{key: value})).encode()
    with pytest.raises(ContentFault) as caught:
        import_content(data, "x.json", folder)
    assert f"$.{key}" in str(caught.value)
