"""The web page: one file, nothing from elsewhere, typed text inert."""

from __future__ import annotations

import base64
import json
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings

from inspector_app.content.importing import Imported, import_content
from inspector_app.pictures.cleaning import clean_picture
from inspector_app.report.report import render_report, write_web_page
from tests.report.making import bring_in, full_content, make_jpeg, make_png
from tests.strategies import contents

VOID = {"meta", "br", "img"}
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class _Page(HTMLParser):
    """Elements of a page; each must be closed in turn."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(data.decode())
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _write(imported: Imported, *, draft: bool | None = None) -> _Page:
    report = render_report(imported.inspection, draft=draft)
    return _Page(write_web_page(report, imported.attachments.get))


def _check_inert(page: _Page) -> None:
    for tag, attributes in page.elements:
        assert tag not in {"script", "iframe", "object", "embed", "link", "base", "form"}
        assert not [name for name in attributes if name.startswith("on")]
        if "src" in attributes:
            assert (attributes["src"] or "").startswith("data:image/")
        if "href" in attributes:
            assert (attributes["href"] or "").lower().startswith(("http://", "https://"))
            assert tag == "a"


def test_a_page_needs_no_other_file() -> None:
    for regime in ("rated", "unrated"):
        page = _write(bring_in(regime, **full_content(regime)))
        _check_inert(page)
        tags = [tag for tag, _ in page.elements]
        assert tags[0] == "html"
        assert tags.count("article") == 1
        assert "@import" not in page.text
        assert "url(" not in page.text


def test_pictures_travel_along_by_what_they_are_not_by_what_they_are_called() -> None:
    pictures = {"png": make_png(3, 3), "jpeg": make_jpeg(3, 3), "svg": b"<svg onload='alert(1)'/>"}
    imported = bring_in(
        sections={"background": [{"image": kind, "alt": 'a "b" > c'} for kind in pictures]},
        attachments=[
            {
                "id": kind,
                "name": kind,
                "media_type": "image/svg+xml",
                "bytes": base64.b64encode(data).decode(),
            }
            for kind, data in pictures.items()
        ],
    )
    page = _write(imported)
    images = [attributes for tag, attributes in page.elements if tag == "img"]
    assert [image["src"] for image in images] == [
        f"data:image/{kind};base64,{base64.b64encode(clean_picture(pictures[kind]).data).decode()}"
        for kind in ("png", "jpeg")
    ]
    assert [(image["width"], image["height"]) for image in images] == [("3", "3")] * 2
    assert {image["alt"] for image in images} == {'a "b" > c'}
    assert "[picture: it cannot be shown here]" in page.text


def test_typed_markup_is_shown_and_does_nothing() -> None:
    imported = bring_in(
        location={"name": SCRIPT, "website": "javascript:alert(1)", "address": [SCRIPT]},
        sections={"background": [{"paragraph": SCRIPT}, {"table": {"rows": [[SCRIPT]]}}]},
        key_questions={"safe": {"topics": [{"title": SCRIPT, "lead": SCRIPT}]}},
    )
    page = _write(imported)
    _check_inert(page)
    assert page.text.count(SCRIPT) >= 6


def test_a_draft_says_so_and_a_final_report_does_not() -> None:
    imported = bring_in()
    assert "Draft: not for publication" in _write(imported).text
    assert "Draft: not for publication" not in _write(imported, draft=False).text


@given(contents())
@settings(max_examples=30)
def test_any_content_makes_a_sound_page(content: Any) -> None:
    _check_inert(_write(import_content(json.dumps(content).encode(), "random.json", None)))
