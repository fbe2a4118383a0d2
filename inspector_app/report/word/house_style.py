"""`house_style.docx`: the Word file that decides how reports look.

Taken from it are styles, numbering, theme, page set-up, headers and footers with their slots
(`{{ location_name }}`) and the watermark; its body is only a gallery and is left out.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from lxml import etree

from inspector_app.errors import TemplateFault
from inspector_app.report.template_files import find_template_file
from inspector_app.report.word.foreign_parts import find_package_fault, take_out_foreign_parts
from inspector_app.shapes import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from docx.document import Document

HOUSE_STYLE_FILE = "house_style.docx"
SLOTS = ("location_name", "provider_name", "publication_line", "document_kind")
_SLOT = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")
_WATERMARK = "PowerPlusWaterMarkObject"  # Word's own name for the watermarks it makes
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    NotImplementedError,
    ValueError,
)
"""What opening a damaged package may raise."""


class HouseStyle:
    """The house style, opened for one report: filling slots changes it."""

    def __init__(self, folder: Path) -> None:
        """Open the house style of a template folder.

        Raises:
            TemplateFault: It is missing or no Word file.
        """
        path = find_template_file(folder, HOUSE_STYLE_FILE)
        try:
            if problem := find_package_fault(path):
                raise _fault(f"is not used: {problem}")
            self.document: Document = docx.Document(str(path))
            found = take_out_foreign_parts(self.document)
        except (PackageNotFoundError, OSError) as error:
            raise _fault("is missing, or is no Word file") from error
        except zipfile.BadZipFile as error:
            raise _fault("is no Word file, or is damaged") from error
        except _DAMAGE as error:
            raise _fault("is damaged: Word may be able to repair it") from error
        if refused := [str(item) for item in found if item.refused]:
            raise _fault(f"is not used: {'; '.join(refused)}")
        self.left_out = tuple(str(item) for item in found)
        """What it was not taken over with, in words."""
        self._styles: dict[tuple[Any, str], Any] = {
            (style.type, (style.name or "").casefold()): style for style in self.document.styles
        }

    # -- styles

    def find_paragraph_style(self, name: str) -> str | None:
        """Return the id of a paragraph style by its name in any case, or None."""
        return self._find_style(WD_STYLE_TYPE.PARAGRAPH, name)

    def find_character_style(self, name: str) -> str | None:
        """Return the id of a character style by its name in any case, or None."""
        return self._find_style(WD_STYLE_TYPE.CHARACTER, name)

    def find_table_style(self, name: str) -> str | None:
        """Return the id of a table style by its name in any case, or None."""
        return self._find_style(WD_STYLE_TYPE.TABLE, name)

    def _find_style(self, kind: WD_STYLE_TYPE, name: str) -> str | None:
        style = self._styles.get((kind, name.casefold()))
        return style.style_id if style is not None else None

    def add_coloured_style(self, name: str, base: str, ground: str, ink: str) -> None:
        """Add a paragraph style in other colours than the one that it is based on.

        Args:
            name: Its name; a style of that name stays as it is.
            base: Name of the other.
            ground: Such as “#1e6b3a”.
            ink: The colour of its letters.
        """
        kind = WD_STYLE_TYPE.PARAGRAPH
        based_on = self._styles.get((kind, base.casefold()))
        if based_on is None or (kind, name.casefold()) in self._styles:
            return
        style = self.document.styles.add_style(name, kind)
        style.base_style = based_on
        shading = parse_xml(
            f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground[1:].upper()}"/>'
        )
        style.element.get_or_add_pPr().append(shading)
        style.font.color.rgb = RGBColor.from_string(ink[1:].upper())
        self._styles[kind, name.casefold()] = style

    def get_shading(self, style_id: str) -> str:
        """Return the shading of a paragraph style as XML, for the cell around it; "" without."""
        for element in self._style_chain(style_id):
            shading = element.find(f"{qn('w:pPr')}/{qn('w:shd')}")
            if shading is not None:
                return _bare_xml(shading)
        return ""

    def get_list_numbering(self, style_id: str) -> tuple[str, int] | None:
        """Return abstract numbering id and level of a list style, or None where it has none."""
        for element in self._style_chain(style_id):
            properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is None:
                continue
            number = properties.find(qn("w:numId"))
            level = properties.find(qn("w:ilvl"))
            for num in self._numbering.iter(qn("w:num")):
                if number is not None and num.get(qn("w:numId")) == number.get(qn("w:val")):
                    abstract = num.find(qn("w:abstractNumId"))
                    ilvl = int(level.get(qn("w:val"))) if level is not None else 0
                    return abstract.get(qn("w:val")), ilvl
        return None

    def add_numbering(self, abstract: str) -> int:
        """Return the id of a new numbering that starts again at 1."""
        taken = [int(num.get(qn("w:numId"))) for num in self._numbering.iter(qn("w:num"))]
        new = max(taken, default=0) + 1
        restart = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in (0, 1)
        )
        numbering = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{new}"><w:abstractNumId w:val="{abstract}"/>'
            f"{restart}</w:num>"
        )
        # Word for Mac leaves a mark behind the last numbering, where it must stay the last.
        list(self._numbering.iter(qn("w:num")))[-1].addnext(numbering)
        return new

    @cached_property
    def _numbering(self) -> Any:
        return self.document.part.numbering_part.element

    def _style_chain(self, style_id: str) -> Iterator[Any]:
        """Yield the XML of a style and of those it is based on."""
        by_id = {style.style_id: style.element for style in self._styles.values()}
        seen: set[str] = set()
        current: str | None = style_id
        while current is not None and current in by_id and current not in seen:
            seen.add(current)
            element = by_id[current]
            yield element
            base = element.find(qn("w:basedOn"))
            current = base.get(qn("w:val")) if base is not None else None

    # -- page

    @cached_property
    def section_xml(self) -> str:
        """The final section's properties as XML: page size, margins, headers and footers."""
        return _bare_xml(self.document.sections[-1]._sectPr)  # noqa: SLF001 - no public name

    @cached_property
    def text_width(self) -> int:
        """Width of the text in twentieths of a point."""
        section = self.document.sections[-1]
        width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        return int(width) // 635

    @property
    def text_height(self) -> int:
        """Height of the text on a page in twentieths of a point."""
        section = self.document.sections[-1]
        margins = abs(section.top_margin or 0) + abs(section.bottom_margin or 0)
        return (int(section.page_height or 0) - margins) // 635

    def find_slots(self) -> list[tuple[str, str]]:
        """Return the slots that headers and footers have: where, and the name in it."""
        return [
            (part, match[1])
            for part, element in self._furniture()
            for paragraph in element.iter(qn("w:p"))
            for match in _SLOT.finditer(
                "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
            )
        ]

    def fill_slots(self, values: Mapping[str, str]) -> None:
        """Fill the slots of headers and footers.

        Raises:
            TemplateFault: A slot has a name that nothing is known for.
        """
        for part, element in self._furniture():
            for paragraph in element.iter(qn("w:p")):
                _fill_paragraph(list(paragraph.iter(qn("w:t"))), values, part)

    def remove_watermark(self) -> None:
        """Take the watermark out of the headers: the report is final."""
        for _, element in self._furniture():
            for shape in list(element.iter(_SHAPE)):
                if (shape.get("id") or "").startswith(_WATERMARK):
                    # LibreOffice puts all drawings of a paragraph into one run: the rest stays.
                    picture = next(shape.iterancestors(qn("w:pict")))
                    picture.getparent().remove(picture)

    def _furniture(self) -> Iterator[tuple[str, Any]]:
        kinds = {RELATIONSHIP_TYPE.HEADER: "Header", RELATIONSHIP_TYPE.FOOTER: "Footer"}
        for relationship in self.document.part.rels.values():
            if relationship.reltype in kinds:
                yield kinds[relationship.reltype], relationship.target_part.element


def _fill_paragraph(texts: list[Any], values: Mapping[str, str], part: str) -> None:
    """Fill the slots of a paragraph, also one that Word has spread over several runs."""
    whole = "".join(node.text or "" for node in texts)
    if "{{" not in whole:
        return
    # The last slot first, so that places further left stay where they are.
    for match in reversed(list(_SLOT.finditer(whole))):
        name = match[1]
        if name not in values:
            hint = did_you_mean(name, SLOTS)
            raise TemplateFault(HOUSE_STYLE_FILE, None, part, f"no such slot '{name}'{hint}")
        _replace_span(texts, match.start(), match.end(), values[name])


def _replace_span(texts: list[Any], start: int, end: int, value: str) -> None:
    position = 0
    inserted = False
    for node in texts:
        text = node.text or ""
        left, right = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if left < right:
            node.text = text[:left] + ("" if inserted else value) + text[right:]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            inserted = True


def _bare_xml(element: Any) -> str:
    """Return an element as XML that stands within our document, whose root declares `w` and `r`."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return re.sub(r'\sxmlns:\w+="[^"]*"', "", text, count=0) if _only_known(element) else text


def _only_known(element: Any) -> bool:
    known = {qn("w:x")[:-1], qn("r:x")[:-1]}
    names = [node.tag for node in element.iter()]
    names += [name for node in element.iter() for name in node.attrib]
    return all(any(name.startswith(space) for space in known) for name in names)


def _fault(message: str) -> TemplateFault:
    return TemplateFault(HOUSE_STYLE_FILE, None, "", message)
