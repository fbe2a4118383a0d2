"""What Word files of others may bring along: looked for in the house style before it is used.

Whatever could reach out, run or take in other files is refused by its name: a report must not call
home from the computer of whoever reads it. What only tells of the house style's author is taken
out, and can be told of. Pictures take the road of all pictures, and lose what was written into
them.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from inspector_app.errors import PictureFault
from inspector_app.pictures.cleaning import clean_shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document

_MOST_PARTS = 500
_LARGEST = 50_000_000
"""Bytes of all parts, unpacked; a house style with a large logo has one."""
_KEPT = frozenset(
    {
        *("officeDocument", "styles", "numbering", "settings", "webSettings", "fontTable"),
        *("theme", "header", "footer", "footnotes", "endnotes", "image", "font", "hyperlink"),
    }
)
"""The last word of the relations that a report has a use for."""
_LINKED = frozenset({"http", "https", "mailto"})
_ACTIVE = {
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "attachedToolbars": "macros",
    "keyMapCustomizations": "macros",
    "aFChunk": "another document that is taken in (altChunk)",
    "subDocument": "another document that is taken in",
    "oleObject": "an embedded object (OLE)",
    "package": "an embedded file",
    "control": "an ActiveX control",
    "activeXControlBinary": "an ActiveX control",
}
_TAKEN_OUT = {
    "attachedTemplate": "the template it was made from",
    "comments": "comments",
    "commentsExtended": "comments",
    "commentsIds": "comments",
    "commentsExtensible": "comments",
    "people": "names of people",
    "customXml": "custom XML",
    "custom-properties": "custom properties",
    "extended-properties": "properties",
    "core-properties": "properties",
    "thumbnail": "a thumbnail",
    "printerSettings": "printer settings",
    "mailMergeRecipientData": "addresses of a mail merge",
    "glossaryDocument": "building blocks",
}
_FIELD = re.compile(
    r"^\s*(INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DDE|DDEAUTO|DATABASE|RD|MACROBUTTON"
    r"|AUTOTEXT|AUTOTEXTLIST|GLOSSARY|ADDIN|CONTROL|EMBED|HTMLCONTROL|MERGEFIELD|ASK|FILLIN)\b",
    re.IGNORECASE,
)
_ACTIVE_ELEMENTS = {
    qn("w:altChunk"): _ACTIVE["aFChunk"],
    qn("w:subDoc"): _ACTIVE["subDocument"],
    qn("w:object"): _ACTIVE["oleObject"],
    qn("w:control"): _ACTIVE["control"],
    "{urn:schemas-microsoft-com:office:office}OLEObject": _ACTIVE["oleObject"],
}
_OF_THE_AUTHOR = tuple(
    map(qn, ("w:attachedTemplate", "w:rsids", "w:docVars", "w:mailMerge", "w:saveThroughXslt"))
)
"""Elements of the settings."""
_DRAWING = "a drawing that can load and run things (SVG)"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_DRIVE = re.compile(r"^([A-Za-z]:|[/\\])|\\|(^|/)\.\.(/|$)")


class ForeignPart(NamedTuple):
    """Something in a Word file that has no place in a report."""

    part: str
    what: str
    refused: bool
    """Whether the file is not used; else it is used without that."""
    stays: bool = False
    """Whether it is used with that all the same."""

    def __str__(self) -> str:
        end = ", which goes out as it is" if self.stays else ", which is left out"
        return f"{self.part} holds {self.what}" + ("" if self.refused else end)


def find_package_fault(path: Path) -> str:
    """Say what is wrong with the archive of a Word file before it is unpacked, or return "".

    Raises:
        OSError: It cannot be read.
        zipfile.BadZipFile: It is no archive.
    """
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = Counter(entry.filename.casefold() for entry in entries)
        if len(entries) > _MOST_PARTS:
            return f"it has {len(entries):,} parts, more than {_MOST_PARTS}"
        if sum(entry.file_size for entry in entries) > _LARGEST:
            return f"unpacked it is larger than {_LARGEST // 1_000_000} MB"
        for entry in entries:
            if names[entry.filename.casefold()] > 1:
                return f"the part “{entry.filename}” stands in it twice"
            if _DRIVE.search(entry.orig_filename):
                return f"the part “{entry.orig_filename}” would lie outside it"
            if entry.flag_bits & 1:
                return f"the part “{entry.filename}” is encrypted"
            if entry.filename.endswith((".xml", ".rels")):
                data = archive.read(entry)
                if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
                    return f"the part “{entry.filename}” declares a document type"
                if entry.filename == "[Content_Types].xml" and b"macroEnabled" in data:
                    return "it is a file with macros: save it as “Word document (.docx)”"
    return ""


def take_out_foreign_parts(document: Document) -> list[ForeignPart]:
    """Take out of an opened Word file what a report has no use for, and return what was found."""
    package = document.part.package
    found = list(_clean_relations("the file", package.rels))
    for part in list(package.iter_parts()):
        name = _name(part)
        if "macro" in part.content_type.lower() or "vba" in part.content_type.lower():
            found.append(ForeignPart(name, "macros", refused=True))
        body = part is document.part
        found += _clean_relations(name, part.rels, gallery=body)
        # The body is only a gallery of the styles and does not go out.
        if (element := getattr(part, "element", None)) is not None and not body:
            found += _look_through(name, element)
        elif not body and part.content_type.endswith("+xml"):
            found += _look_through(name, etree.fromstring(part.blob, _PARSER))
    cleaned: dict[Part, Part] = {}
    for part in list(package.iter_parts()):
        found += _clean_pictures(part, cleaned)
    settings = document.settings.element
    for element in [child for child in settings if child.tag in _OF_THE_AUTHOR]:
        settings.remove(element)
    return list(dict.fromkeys(found))


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def _clean_relations(part: str, relations: Any, *, gallery: bool = False) -> Iterator[ForeignPart]:
    """Delete what is not kept. Of the gallery's own pictures and links none is needed."""
    for key, relation in list(relations.items()):
        kind = relation.reltype.rpartition("/")[2]
        if kind in _ACTIVE:
            yield ForeignPart(part, _ACTIVE[kind], refused=True)
        elif kind in _TAKEN_OUT:
            if kind not in {"core-properties", "extended-properties"}:
                yield ForeignPart(part, _TAKEN_OUT[kind], refused=False)
            del relations[key]
        elif relation.is_external and not _is_plain_link(kind, relation.target_ref):
            yield ForeignPart(part, f"a link to “{relation.target_ref[:80]}”", refused=True)
        elif kind not in _KEPT or (gallery and kind in {"image", "hyperlink"}):
            if kind not in _KEPT:
                yield ForeignPart(part, f"a part of the kind “{kind[:40]}”", refused=False)
            del relations[key]


def _clean_pictures(part: Part, cleaned: dict[Part, Part]) -> Iterator[ForeignPart]:
    """Put clean pictures in the place of those that a part shows; several may show the same."""
    for key, relation in list(part.rels.items()):
        if relation.is_external or not relation.reltype.endswith("/image"):
            continue
        picture = relation.target_part
        name = _name(picture)
        if "svg" in picture.content_type:
            yield _take_out_drawing(part, key, name)
            continue
        if picture not in cleaned:
            try:
                clean = clean_shown(picture.blob, as_placed=True)
            except PictureFault as fault:
                what = f"a picture that cannot be cleaned ({fault})"
                yield ForeignPart(name, what, refused=False, stays=True)
                continue
            place = PackURI(f"/word/media/house{len(cleaned) + 1}{clean.ending}")
            cleaned[picture] = Part(place, clean.media_type, clean.data, part.package)
        part.rels.add_relationship(relation.reltype, cleaned[picture], key)


def _take_out_drawing(part: Part, key: str, name: str) -> ForeignPart:
    """Take a drawing (SVG) out: it is a program. Word has a picture beside it, and shows that."""
    found = getattr(part, "element", None)
    if found is None:
        return ForeignPart(name, _DRAWING, refused=True)
    for drawing in list(found.iter(_SVG)):
        extension = drawing.getparent()
        extension.getparent().remove(extension)
    del part.rels[key]
    return ForeignPart(name, _DRAWING, refused=False)


def _name(part: Part) -> str:
    return str(part.partname).removeprefix("/word/").removeprefix("/")


def _is_plain_link(kind: str, target: str) -> bool:
    """Tell whether a link is one that a reader clicks, to a web page or an address."""
    return kind == "hyperlink" and target.partition(":")[0].lower() in _LINKED


def _look_through(part: str, root: Any) -> Iterator[ForeignPart]:
    for element in root.iter():
        if element.tag in _ACTIVE_ELEMENTS:
            yield ForeignPart(part, _ACTIVE_ELEMENTS[element.tag], refused=True)
        elif element.tag == qn("w:fldSimple"):
            yield from _judge_field(part, element.get(qn("w:instr"), ""))
        for name, value in element.attrib.items():
            # VML names pictures by `src`, too, without any relation.
            if name in {"src", "href"} and re.match(r"\s*(\w+:|\\\\|//)", value):
                scheme = value.strip().partition(":")[0].lower()
                if name == "src" or scheme not in _LINKED:
                    yield ForeignPart(part, f"a link to “{value[:80]}”", refused=True)
    for paragraph in root.iter(qn("w:p")):
        yield from _judge_fields_of(part, paragraph)


def _judge_fields_of(part: str, paragraph: Any) -> Iterator[ForeignPart]:
    """Yield what the fields of a paragraph take in; Word spreads their codes over several runs."""
    code = ""
    for element in paragraph.iter(qn("w:fldChar"), qn("w:instrText")):
        if element.tag == qn("w:instrText"):
            code += element.text or ""
        else:
            yield from _judge_field(part, code)
            code = ""
    yield from _judge_field(part, code)


def _judge_field(part: str, code: str) -> Iterator[ForeignPart]:
    if field := _FIELD.match(code):
        yield ForeignPart(part, f"the field {field[1].upper()}", refused=True)
