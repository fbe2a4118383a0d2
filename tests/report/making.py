"""Making inspections from content, and looking into the Word files that come of them."""

from __future__ import annotations

import base64
import io
import json
import shutil
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from inspector_app.assets import get_templates_folder
from inspector_app.content.importing import Imported, import_content
from inspector_app.report.report import render_report, write_docx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FRAMEWORK = "independent_health_2018"


def bring_in(regime: str = "rated", /, **content: Any) -> Imported:
    """Import content of the keys that matter to a test."""
    base = {"format": "inspection-content/1", "framework": FRAMEWORK, "regime": regime}
    return import_content(json.dumps(base | content).encode(), "test.json", None)


def render(regime: str = "rated", /, **content: Any) -> str:
    """Return the HTML of a report."""
    return render_report(bring_in(regime, **content).inspection).html


def export(
    imported: Imported, *, draft: bool | None = None, folder: Path | None = None
) -> WordFile:
    """Return the Word report."""
    report = render_report(imported.inspection, draft=draft, folder=folder)
    return WordFile(write_docx(report, imported.attachments.get))


def copy_templates(to: Path) -> Path:
    """Return a copy of the template folder, to be spoilt."""
    return shutil.copytree(get_templates_folder(), to / "templates")


def edit_template(folder: Path, name: str, old: str, new: str) -> int:
    """Replace a text that stands once in a template, and return the line where it stood."""
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def edit_package(path: Path, edits: Mapping[str, Callable[[str], str]]) -> None:
    """Change parts of a Word file as somebody's program would."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, edit in edits.items():
        text = parts[name].decode()
        changed = edit(text)
        assert changed != text, f"nothing was changed in {name}"
        parts[name] = changed.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


class WordFile:
    """A Word file, to look into."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.names = archive.namelist()
            self._parts = {name: archive.read(name) for name in self.names}
        self.document = self.parse("word/document.xml")
        self.styles = self.parse("word/styles.xml")
        self.style_names = {
            style.get(qn("w:styleId")): style.find(qn("w:name")).get(qn("w:val"))
            for style in self.styles.iter(qn("w:style"))
        }

    def parse(self, name: str) -> Any:
        return etree.fromstring(self._parts[name])

    def read(self, name: str) -> str:
        return self._parts[name].decode()

    @property
    def paragraphs(self) -> list[tuple[str, str]]:
        """Style and text of each paragraph in reading order, line breaks as such."""
        return [
            (self.style_of(paragraph), text_of(paragraph))
            for paragraph in self.document.iter(qn("w:p"))
        ]

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.paragraphs]

    @property
    def list_items(self) -> list[tuple[str, str, int, str]]:
        """Style, numbering, level and text of each paragraph with a numbering of its own."""
        found = []
        for properties in self.document.iter(qn("w:numPr")):
            paragraph = properties.getparent().getparent()
            number = properties.find(qn("w:numId")).get(qn("w:val"))
            level = int(properties.find(qn("w:ilvl")).get(qn("w:val")))
            found.append((self.style_of(paragraph), number, level, text_of(paragraph)))
        return found

    def starts_at_one(self, number: str) -> bool:
        """Whether a numbering counts, and starts again, on both levels."""
        numbering = self.parse("word/numbering.xml")
        (found,) = numbering.xpath(f"w:num[@w:numId='{number}']", namespaces=numbering.nsmap)
        starts = {
            item.getparent().get(qn("w:ilvl")): item.get(qn("w:val"))
            for item in found.iter(qn("w:startOverride"))
        }
        abstract = found.find(qn("w:abstractNumId")).get(qn("w:val"))
        (formats,) = (
            [level.find(qn("w:numFmt")).get(qn("w:val")) for level in item.iter(qn("w:lvl"))][:2]
            for item in numbering.iter(qn("w:abstractNum"))
            if item.get(qn("w:abstractNumId")) == abstract
        )
        return starts == {"0": "1", "1": "1"} and "bullet" not in formats

    def style_of(self, element: Any) -> str:
        return self.style_names[element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))]

    def find_style(self, name: str) -> Any:
        (id_,) = [id_ for id_, other in self.style_names.items() if other.lower() == name.lower()]
        return next(
            style for style in self.styles.iter(qn("w:style")) if style.get(qn("w:styleId")) == id_
        )

    def targets(self, kind: str) -> dict[str, str]:
        """Targets of the document's relationships whose type ends in `kind`, by id."""
        rels = self.parse("word/_rels/document.xml.rels")
        return {
            item.get("Id"): item.get("Target")
            for item in rels
            if item.get("Type", "").endswith(f"/{kind}")
        }

    def furniture(self, kind: str) -> list[str]:
        """XML of the headers or footers that the document uses."""
        return [self.read(f"word/{target}") for target in self.targets(kind).values()]


def text_of(element: Any) -> str:
    nodes = element.iter(qn("w:t"), qn("w:br"))
    return "".join("\n" if node.tag == qn("w:br") else node.text or "" for node in nodes)


def make_png(width: int, height: int) -> bytes:
    """Return a grey picture, 96 dots an inch."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = (b"\0" + b"\x80" * width) * height
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            chunk(b"pHYs", struct.pack(">IIB", 3780, 3780, 1)),
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        ]
    )


def make_jpeg(width: int, height: int) -> bytes:
    """Return a grey photo."""
    buffer = io.BytesIO()
    Image.new("L", (width, height), 128).save(buffer, "JPEG")
    return buffer.getvalue()


def full_content(regime: str) -> dict[str, Any]:
    """Return content with every kind of part, nothing missing."""
    blocks = [
        {"paragraph": "A paragraph & more <b>text</b>, see www.cqc.org.uk.", "id": "para1"},
        {"bullets": ["One", {"text": "Two", "bullets": ["Two a", "Two b"]}, "Three"]},
        {"heading": "A sub-heading"},
        {"bullets": ["Another list"]},
        {"table": {"header": ["Audit", "Result"], "rows": [["Hand hygiene", "98%"], ["Notes"]]}},
        {"table": {"rows": [["Without", "a", "header"]]}},
        {"breach": "This was a breach of regulation 12.", "regulation": "RA2014-12"},
        {"recommendation": "We recommend a second look."},
        {"image": "photo1", "caption": "The treatment room", "alt": "A room"},
        {"image": "photo2"},
    ]
    questions = ["safe", "effective", "caring", "responsive", "well_led"]
    ratings = ["inadequate", "requires_improvement", "good", "outstanding", "insufficient_evidence"]
    pictures = {"photo1": make_png(2000, 500), "photo2": b"\x89PNG\r\n\x1a\nbroken"}
    return {
        "provider": {"name": "Invented Care Limited"},
        "location": {
            "name": "The Invented Clinic",
            "address": ["1 Nowhere Lane", "Sometown", "ZZ1 1ZZ"],
            "telephone": "01632 960000",
            "website": "www.invented.example",
        },
        "visit": {
            "type": "comprehensive",
            "announced": True,
            "dates": ["2024-03-04", "2024-03-05"],
            "publication_date": "2024-05-01",
        },
        "previous_rating_note": "previously inspected, not rated",
        "ratings": {**dict(zip(questions, ratings, strict=True)), "overall": "good"}
        if regime == "rated"
        else {},
        "judgements": {**dict.fromkeys(questions, "met"), "safe": "not_met"}
        if regime == "unrated"
        else {},
        "rating_grid": [
            {
                "service": "Surgery",
                "ratings": {"safe": "requires_improvement", "overall": "good"},
                "dates": {"safe": "May 2023"},
            }
        ],
        "services": [
            {
                "service": "Surgery",
                "key_questions": {
                    "safe": {
                        "summary": [{"paragraph": "Safe surgery."}],
                        "topics": [
                            {"topic": "medicines", "lead": "Stored well.", "body": blocks[:0]}
                        ],
                    }
                },
                "actions": {"must": ["Count instruments."], "should": ["Count them twice."]},
            }
        ],
        "sections": {
            name: [{"paragraph": f"About {name}."}]
            for name in ("inspection_team", "background", "how_we_inspected", "key_findings")
        }
        | {"overall_summary": blocks, "outstanding_practice": [{"bullets": ["Something rare."]}]},
        "key_questions": {
            name: {
                "summary": [{"bullets": [f"Summary of {name}."]}],
                "topics": [{"title": f"Topic of {name}", "lead": "A lead.", "body": blocks[1:4]}],
            }
            for name in questions
        },
        "actions": {"must": ["Another must."], "should": ["Improve the signs."]},
        "notices": [
            {
                "kind": "requirement",
                "activities": ["Surgical procedures", "Diagnostic and screening procedures"],
                "regulation": "RA2014-12",
                "how_not_met": [
                    {"paragraph": "There were no systems for:"},
                    {"bullets": ["Medicines: none were counted."]},
                    {"table": {"header": ["Month", "Counts"], "rows": [["May", "0"]]}},
                    {"image": "photo1"},
                ],
                "breached_paragraphs": ["12(1)", "12(2)(a)"],
            },
            {
                "kind": "warning",
                "activities": ["Surgical procedures"],
                "regulation": "RA2014-17",
                "how_not_met": [{"heading": "Records"}, {"bullets": ["None were kept."]}],
                "breached_paragraphs": ["17(1)"],
                "action": "We served a warning notice.",
                "deadline": "2024-08-01",
            },
        ],
        "signatory": {"name": "Dr A N Other", "title": "Chief Inspector"},
        "attachments": [
            {"id": id_, "name": f"{id_}.png", "bytes": base64.b64encode(data).decode()}
            for id_, data in pictures.items()
        ],
    }
