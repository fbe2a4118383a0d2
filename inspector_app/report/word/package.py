"""Zipping a Word package: the same parts always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}


def zip_package(package: OpcPackage, main: Part, main_xml: bytes) -> bytes:
    """Return a package as a file, with `main_xml` in the place of the main part's own content."""
    buffer = io.BytesIO()
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _add(archive, "[Content_Types].xml", _content_types(parts))
        _add(archive, "_rels/.rels", package.rels.xml)
        for part in parts:
            _add(archive, part.partname.membername, main_xml if part is main else part.blob)
            if len(part.rels):
                _add(archive, part.partname.rels_uri.membername, part.rels.xml)
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes | str) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, data)


def _content_types(parts: list[Part]) -> str:
    entries = [
        f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in _DEFAULTS.items()
    ]
    entries += [
        f"<Override PartName={quoteattr(str(part.partname))} "
        f"ContentType={quoteattr(part.content_type)}/>"
        for part in parts
    ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Types xmlns="{_TYPES}">{"".join(entries)}</Types>'
