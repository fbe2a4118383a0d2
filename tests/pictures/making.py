"""Pictures of seven kinds, with a marker in every field that a camera or a program can write to."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, TiffImagePlugin
from PIL.ExifTags import IFD, Base
from pillow_heif import register_heif_opener

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

register_heif_opener()

MARKER = "QZMARKERZQ"
_MARK = MARKER.encode()
_XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>{MARKER}</rdf></x:xmpmeta>'.encode()
_TEXT_TAGS = (
    *(Base.ImageDescription, Base.Make, Base.Model, Base.Software, Base.Artist),
    *(Base.HostComputer, Base.Copyright),
)
SIZE = 60, 40
"""As the camera held on its side saw it; upright it is 40 wide and 60 high."""


def make_image(width: int = SIZE[0], height: int = SIZE[1]) -> Image.Image:
    """Return a picture that is red on its left and blue on its right."""
    image = Image.new("RGB", (width, height), (20, 20, 220))
    image.paste((220, 20, 20), (0, 0, width // 2, height))
    return image


def make_noise(side: int) -> Image.Image:
    """Return a picture that no compression makes small."""
    return Image.effect_noise((side, side), 90).convert("RGB")


def save(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def make_exif(orientation: int = 6) -> Image.Exif:
    """Return EXIF with the marker in texts, comments, maker's notes, the place and the lens."""
    exif = Image.Exif()
    for tag in _TEXT_TAGS:
        exif[tag] = MARKER
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.Exif).update(
        {Base.UserComment: b"ASCII\0\0\0" + _MARK, Base.MakerNote: _MARK, Base.LensModel: MARKER}
    )
    exif.get_ifd(IFD.GPSInfo).update({1: "N", 2: (51.0, 30.0, 0.0), 27: _MARK, 28: _MARK})
    return exif


def make_profile() -> bytes:
    """Return a profile of colours that are those of the screen, with the marker in its texts."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + _MARK


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def make_jpeg(orientation: int = 6) -> bytes:
    """Return a JPEG with the marker in every segment that may hold one, and behind its end."""
    data = save(
        make_image(),
        "JPEG",
        exif=make_exif(orientation),
        icc_profile=make_profile(),
        comment=_MARK,
        dpi=(300, 300),
    )
    resources = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(_MARK)) + _MARK
    thumbnail = b"JFXX\0\x10" + save(make_image(8, 8), "JPEG", comment=_MARK)
    extra = [
        _segment(0xE0, thumbnail),
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _XMP),
        _segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + _XMP),
        _segment(0xED, b"Photoshop 3.0\0" + resources),
        _segment(0xE2, b"MPF\0" + _MARK),
        *(_segment(marker, _MARK) for marker in range(0xE3, 0xED)),
        _segment(0xEF, _MARK),
        _segment(0xFE, _MARK),
    ]
    # Behind the header of JFIF, which is 18 bytes long and comes first.
    second = save(make_image(8, 8), "JPEG", exif=make_exif())
    return data[:20] + b"".join(extra) + data[20:] + second + _MARK


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def make_png(orientation: int = 6) -> bytes:
    """Return a PNG with the marker in every chunk that may hold one, and behind its end."""
    data = save(make_image(), "PNG")
    text = _MARK[:79] + b"\0"
    extra = [
        chunk(b"iCCP", text + b"\0" + zlib.compress(make_profile())),
        chunk(b"pHYs", b"QZMARKER\1"),
        chunk(b"tEXt", text + _MARK),
        chunk(b"zTXt", text + b"\0" + zlib.compress(_MARK, 0)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _XMP),
        chunk(b"eXIf", make_exif(orientation).tobytes().removeprefix(b"Exif\0\0")),
        chunk(b"sPLT", text + b"\x08" + b"\0" * 6),
        chunk(b"prVt", _MARK),
    ]
    head = 8 + 25
    return (
        data[:head] + b"".join(extra) + data[head:-12] + chunk(b"tEXt", text) + data[-12:] + _MARK
    )


def make_webp(orientation: int = 6) -> bytes:
    """Return a WebP with the marker in its chunks, and in one of nobody."""
    data = save(
        make_image(), "WEBP", exif=make_exif(orientation), xmp=_XMP, icc_profile=make_profile()
    )
    data += b"PRVT" + struct.pack("<I", len(_MARK)) + _MARK
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def make_tiff(orientation: int = 6, **options: object) -> bytes:
    """Return a TIFF with the marker in every tag of text, and behind its end."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (*_TEXT_TAGS, 269, 285, 337, 65000):
        tags[tag] = MARKER
        tags.tagtype[tag] = 2
    for tag in (700, 33723, 34377, 37724, 37500):
        tags[tag] = _MARK
        tags.tagtype[tag] = 7
    tags[Base.Orientation] = orientation
    return save(make_image(), "TIFF", tiffinfo=tags, **options) + _MARK


def make_heic(orientation: int = 6) -> bytes:
    """Return a HEIC with the marker in EXIF and XMP, turned by a field besides, as phones do."""
    return save(make_image(), "HEIF", exif=make_exif(orientation).tobytes(), xmp=_XMP)


def make_bmp() -> bytes:
    """Return a BMP with the marker between its head and its pixels, and behind them."""
    data = save(make_image(), "BMP", dpi=(0, 0))
    (start,) = struct.unpack_from("<I", data, 10)
    gap = struct.pack("<I", start + len(_MARK))
    return data[:10] + gap + data[14:start] + _MARK + data[start:] + _MARK


def make_gif() -> bytes:
    """Return a GIF with the marker in its comment, its application's block, and behind its end."""
    data = save(make_image(), "GIF", comment=_MARK)
    application = b"!\xff\x0bXMP DataXMP" + bytes((len(_MARK),)) + _MARK + b"\0"
    return data[:-1] + application + b"!\xfe" + bytes((len(_MARK),)) + _MARK + b"\0;" + _MARK


KINDS: Mapping[str, Callable[[], bytes]] = {
    "jpeg": make_jpeg,
    "png": make_png,
    "heic": make_heic,
    "webp": make_webp,
    "tiff": make_tiff,
    "bmp": make_bmp,
    "gif": make_gif,
}
TURNED = ("jpeg", "png", "heic", "webp", "tiff")
"""Kinds whose pictures here lie on their side."""
