"""What is done to pixels, by Pillow; imported when the first picture is read."""

from __future__ import annotations

import io
import struct
import threading
import warnings
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

from PIL import Image, ImageCms

from inspector_app.errors import PictureFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.pictures.kinds import PictureKind

MOST_PIXELS = 300_000_000
"""Of the largest picture that is read. Phones take 200 million; an A3 scan at 1200 dots an inch has
280 million."""
_AT_ONCE = 50_000_000
"""Pixels that a JPEG is unpacked to at most; a larger one that has to be is read at half size."""
_JPEG_SIDE = 65_500
_DAMAGE = (
    *(OSError, EOFError, SyntaxError, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, AssertionError, NotImplementedError, RuntimeError, MemoryError),
    *(struct.error, zlib.error, ImageCms.PyCMSError),
)
"""What Pillow's readers are known to raise over damaged files: they look before few leaps."""
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
_PAGED = ("GIF", "PNG", "TIFF", "WEBP")
_LOSSY = ("JPEG", "HEIF", "AVIF")
_SUBFILE, _REDUCED = 254, 1
_HEAD = 4096

# `DecodedPicture` refuses what is too large, in words; Pillow would warn of a phone's photo.
Image.MAX_IMAGE_PIXELS = None


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


class _Silence:
    """No warnings, for as long as somebody reads a picture, in whatever thread.

    What Python has for that puts back what it found, which another thread may have put there.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers = 0
        self._catching = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self._lock:
            if not self._readers:
                self._catching = warnings.catch_warnings()
                self._catching.__enter__()
                warnings.simplefilter("ignore")
            self._readers += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._readers -= 1
            if not self._readers:
                self._catching.__exit__(None, None, None)


_silence = _Silence()


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever a damaged picture raises into a `PictureFault`."""
    with _silence:
        try:
            yield
        except _DAMAGE as error:
            raise PictureFault("it is damaged") from error


class DecodedPicture:
    """A picture whose head is read, and whose pixels are read when they are asked for.

    All methods raise what `reading` turns into a `PictureFault`.
    """

    def __init__(self, data: bytes, kind: PictureKind) -> None:
        """Read the head of a picture.

        Raises:
            PictureFault: It is too large.
        """
        self._kind = kind
        if kind.reader == "HEIF":
            # It takes as long to import as Pillow.
            from pillow_heif import register_heif_opener

            register_heif_opener()
        self._is_lossy_webp = b"VP8L" not in data[:_HEAD]
        self._image = Image.open(io.BytesIO(data), formats=(kind.reader,))
        if self._image.width * self._image.height > MOST_PIXELS:
            raise PictureFault(f"it has more than {MOST_PIXELS // 1_000_000} million pixels")
        self._orientation = self._read_orientation()

    @property
    def size(self) -> Size:
        """Width and height as it is seen."""
        width, height = self._image.size
        return Size(height, width) if self._orientation in _SIDEWAYS else Size(width, height)

    @property
    def is_upright(self) -> bool:
        """Whether its pixels are in the order in which they are seen."""
        return self._orientation not in _TURNS

    @property
    def has_own_colours(self) -> bool:
        """Whether its numbers mean other colours than they do on every screen."""
        profile = self._image.info.get("icc_profile")
        return profile is not None and not _is_srgb(profile)

    @property
    def has_pages(self) -> bool:
        """Whether there is more than one picture in the file, a small copy aside."""
        image = self._image
        if self._kind.reader not in _PAGED or not getattr(image, "is_animated", False):
            return False
        image.seek(1)
        tags = getattr(image, "tag_v2", {})
        is_copy = bool(tags.get(_SUBFILE, 0) & _REDUCED)
        image.seek(0)
        return not is_copy

    def check(self) -> None:
        """Read the pixels, of a JPEG an eighth of them, to see that they are there."""
        width, height = self._image.size
        self._image.draft(None, (max(1, width // 8), max(1, height // 8)))
        if self._kind.reader == "JPEG" or width * height <= _AT_ONCE:
            self._image.load()

    def read(self, most: Size | None = None) -> Image.Image:
        """Return the pixels, turned upright, of 8 bits, in the colours of every screen.

        Args:
            most: Width and height that are enough; None: all pixels. A JPEG of more than 50
                million is read at half its size, or less.
        """
        image = self._image
        width, height = image.size
        if most is None:
            share = next(n for n in (1, 2, 4, 8) if width * height <= _AT_ONCE * n * n or n == 8)
            image.draft(None, (max(1, width // share), max(1, height // share)))
        else:
            side = max(most) * 3 // 2
            image.draft(None, (min(width, side), min(height, side)))
        image.load()
        # The reader of TIFF turns by itself, and says so afterwards.
        orientation = self._read_orientation()
        plain = _make_plain(image)
        if most is not None:
            is_sideways = orientation in _SIDEWAYS
            plain = _shrink(plain, Size(most.height, most.width) if is_sideways else most)
        if orientation in _TURNS:
            plain = plain.transpose(_TURNS[orientation])
        plain.info = {}
        return plain

    @property
    def is_lossy(self) -> bool:
        """Whether it was compressed as photos are."""
        return (
            self._kind.reader in _LOSSY
            or self._image.info.get("compression") == "jpeg"
            or (self._kind.reader == "WEBP" and self._is_lossy_webp)
        )

    def _read_orientation(self) -> int:
        try:
            found = self._image.getexif().get(_ORIENTATION, 1)
        except _DAMAGE:
            return 1
        return found if isinstance(found, int) else 1


def encode(image: Image.Image, *, lossy: bool, quality: int = 92) -> bytes:
    """Return pixels as a file: JPEG where they were one before, or may be; else PNG."""
    buffer = io.BytesIO()
    if lossy and image.mode in ("L", "RGB") and max(image.size) <= _JPEG_SIDE:
        image.save(buffer, "JPEG", quality=quality)
    else:
        image.save(buffer, "PNG", compress_level=6 if image.width * image.height < _AT_ONCE else 1)
    return buffer.getvalue()


def has_alpha(image: Image.Image) -> bool:
    """Tell whether pixels may be clear."""
    return image.mode == "RGBA"


def _is_srgb(profile: bytes) -> bool:
    try:
        described = ImageCms.getProfileDescription(io.BytesIO(profile))
    except _DAMAGE:
        # A profile that cannot be read changes nothing.
        return True
    return "srgb" in described.lower()


def _make_plain(image: Image.Image) -> Image.Image:
    """Return an image as black and white, grey, palette or sRGB, with alpha where it had some."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith(("I", "F")):
        return _make_grey(image)
    if image.mode in ("LA", "La", "PA", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in ("1", "L", "P", "RGB", "RGBA", "CMYK"):
        image = image.convert("RGB")
    if profile and image.mode in ("RGB", "RGBA", "CMYK") and not _is_srgb(profile):
        image = _convert_colours(image, profile)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _convert_colours(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, own, srgb, outputMode=mode)
    except _DAMAGE:
        # A profile for other colours than these is no reason to refuse the picture.
        return image
    return converted if converted is not None else image


def _make_grey(image: Image.Image) -> Image.Image:
    """Return grey of more than 8 bits as grey of 8.

    Of 16 bits all are meant; of more, and of fractions, from the darkest to the lightest there is.
    """
    wide = image.convert("F")
    low, high = 0.0, 65535.0
    if not image.mode.startswith("I;16"):
        # Pillow reads some kinds of 16 bits as 32.
        darkest, lightest = cast("tuple[float, float]", wide.getextrema())
        if image.mode == "F" or darkest < low or lightest > high:
            low, high = darkest, lightest
    scale = 255.0 / (high - low) if high > low else 0.0
    return wide.point(lambda value: value * scale + -low * scale).convert("L")


def _shrink(image: Image.Image, most: Size) -> Image.Image:
    if image.width <= most.width and image.height <= most.height:
        return image
    if image.mode in ("1", "P"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    image.thumbnail(most, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image
