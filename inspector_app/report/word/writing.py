"""Putting a Word report together: house style, body, pictures, links, properties."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from inspector_app.report.pictures import TALLEST_SHARE, PrintedPictures, Room
from inspector_app.report.word.body import BodyWriter, PictureFrame, Resources
from inspector_app.report.word.house_style import HouseStyle
from inspector_app.report.word.package import zip_package
from inspector_app.report.word.styles import WordStyles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from inspector_app.report.blocks import ReportBlock
    from inspector_app.report.style_map import StyleMap

_EMU_PER_INCH = 914400
_TWIPS_PER_INCH = 1440
_FALLBACK_DATE = date(2000, 1, 1)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
)


class DocumentFacts(NamedTuple):
    """What headers, footers and properties say."""

    location_name: str
    provider_name: str
    publication_line: str
    subject: str
    date: date | None
    """Goes into the properties, so that the same inspection gives the same file."""
    draft: bool
    kind: str
    """What the title calls the document."""


def write_word(
    blocks: Sequence[ReportBlock],
    facts: DocumentFacts,
    folder: Path,
    style_map: StyleMap,
    read_attachment: Callable[[str], bytes | None],
    colours: Mapping[str, tuple[str, str]],
) -> bytes:
    """Return a report as a Word file.

    Args:
        blocks: The report.
        facts: What stands around it.
        folder: The template folder with the house style.
        style_map: Which style each block gets.
        read_attachment: Gives the bytes of a picture by SHA-256.
        colours: Ground and letters of ratings, by look; where the map has a style, that is taken.

    Raises:
        TemplateFault: The house style is missing, damaged or has an unknown slot.
        StyleFault: A block has no style.
    """
    house_style = HouseStyle(folder)
    document = house_style.document
    house_style.fill_slots(
        {
            "location_name": facts.location_name,
            "provider_name": facts.provider_name,
            "publication_line": facts.publication_line,
            "document_kind": facts.kind[:1].upper() + facts.kind[1:],
        }
    )
    if not facts.draft:
        house_style.remove_watermark()
    part = document.part
    style_map = _add_rating_styles(style_map, house_style, colours)

    def restart(style: str) -> int:
        found = house_style.get_list_numbering(style)
        return house_style.add_numbering(found[0]) if found else 0

    def link(target: str) -> str:
        return part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    room = Room(
        house_style.text_width / _TWIPS_PER_INCH,
        house_style.text_height * TALLEST_SHARE / _TWIPS_PER_INCH,
    )
    frames = _Frames(part, PrintedPictures(read_attachment, room))
    writer = BodyWriter(
        WordStyles(style_map, house_style),
        Resources(link, frames.find, restart),
        house_style.text_width,
    )
    body = writer.write(blocks)
    _set_properties(document.core_properties, facts)
    xml = f"{_HEAD}{body}{house_style.section_xml}</w:body></w:document>"
    return zip_package(part.package, part, xml.encode())


def _add_rating_styles(
    style_map: StyleMap, house_style: HouseStyle, colours: Mapping[str, tuple[str, str]]
) -> StyleMap:
    """Return the map with a style for each rating that it has none for, made of its colours."""
    added: dict[str, str] = {}
    for look, pair in colours.items():
        for kind in ("rating", "grid"):
            key, base = f"p.{kind}-{look}", style_map.paragraphs.get(f"p.{kind}-none")
            if key not in style_map.paragraphs and base is not None:
                added[key] = f"{kind.title()} {look.replace('_', ' ').title()}"
                house_style.add_coloured_style(added[key], base, *pair)
    paragraphs = {**style_map.paragraphs, **added}
    return msgspec.structs.replace(style_map, paragraphs=paragraphs) if added else style_map


class _Frames:
    """Puts pictures into the package, each as one part however often it is shown."""

    def __init__(self, part: Any, pictures: PrintedPictures) -> None:
        self._part = part
        self._pictures = pictures
        self._relationships: dict[bytes, str] = {}

    def find(self, sha256: str, share: float) -> PictureFrame | None:
        """Return the frame of a picture; None where it cannot be shown."""
        picture = self._pictures.find(sha256, share)
        if picture is None:
            return None
        relationship = self._relationships.get(picture.data)
        if relationship is None:
            name = PackURI(f"/word/media/picture{len(self._relationships) + 1}{picture.ending}")
            image = Part(name, picture.media_type, picture.data, self._part.package)
            relationship = self._part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
            self._relationships[picture.data] = relationship
        width, height = (
            max(1, int(side * _EMU_PER_INCH)) for side in (picture.width, picture.height)
        )
        return PictureFrame(relationship, width, height)


def _set_properties(properties: Any, facts: DocumentFacts) -> None:
    # A year with less than four digits is a slip of typing that the properties cannot hold.
    day = facts.date if facts.date and facts.date.year >= 1000 else _FALLBACK_DATE
    moment = datetime.combine(day, time())
    properties.title = f"{facts.location_name}: {facts.kind}"[:255]
    properties.subject = facts.subject[:255]
    properties.author = "Inspector"
    properties.last_modified_by = "Inspector"
    properties.language = "en-GB"
    properties.revision = 1
    # python-docx writes times as UTC and wants them without a zone.
    properties.created = properties.modified = moment
