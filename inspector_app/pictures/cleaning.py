"""Cleaning pictures before they are kept, and again, made to measure, before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import PictureFault
from inspector_app.pictures.kinds import find_picture_kind
from inspector_app.pictures.stripping import (
    PNG_BEGINNING,
    strip_jpeg,
    strip_png,
    strip_resolution,
)

if TYPE_CHECKING:
    from inspector_app.pictures.kinds import PictureKind
    from inspector_app.pictures.pixels import DecodedPicture, Size

_STRIPPERS = {"JPEG": strip_jpeg, "PNG": strip_png}
_ENDINGS = {".png": (".png",), ".jpg": (".jpg", ".jpeg", ".jpe", ".jfif")}
_OTHER_ENDINGS = (
    *("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "tif", "tiff", "bmp", "dib"),
    *("heic", "heif", "hif", "avif"),
)
_PRINT_QUALITY = 88
_WIDEST = 10_000
"""Pixels across a picture that is made anew of several pages."""
_SMALL = 300_000
"""Bytes up to which a picture that fits is printed as it is kept, whatever its kind."""


class CleanPicture(NamedTuple):
    """A JPEG or PNG without metadata, upright, that Word shows."""

    data: bytes
    width: int
    height: int

    @property
    def media_type(self) -> str:
        """As in “image/jpeg”."""
        return "image/png" if self.data.startswith(PNG_BEGINNING) else "image/jpeg"

    @property
    def ending(self) -> str:
        """The ending of a file of its kind."""
        return ".png" if self.data.startswith(PNG_BEGINNING) else ".jpg"

    def rename(self, name: str) -> str:
        """Return the name of a file with the ending that fits the picture."""
        stem, dot, ending = name.rpartition(".")
        if f".{ending.lower()}" in _ENDINGS[self.ending]:
            return name
        is_ending = dot and stem and ending.lower() in _OTHER_ENDINGS
        return f"{stem if is_ending else name}{self.ending}"


def clean_picture(data: bytes) -> CleanPicture:
    """Return a picture with nothing but its pixels.

    Place, time, camera, author, comments, thumbnails and whatever else a camera or a program wrote
    into it are gone; which side is up is not. What Word shows keeps its very pixels. JPEG over 50
    million pixels that must be turned come at half their size or less.

    Raises:
        PictureFault: It is no picture that can be read, is damaged or too large, or has pages of
            which all but the first would be lost.
    """
    kind = _get_kind(data)
    from inspector_app.pictures.pixels import DecodedPicture, reading

    with reading():
        picture = DecodedPicture(data, kind)
        if picture.has_pages:
            raise PictureFault("it has several pages, or moves")
        return _clean(picture, data, kind)


def clean_shown(data: bytes, *, as_placed: bool = False) -> CleanPicture:
    """Return a picture as it is shown somewhere, with nothing but its pixels; of pages, the first.

    Args:
        data: A picture.
        as_placed: Whether it stands in a Word file: Word turns what it shows by itself, so that
            the pixels stay in the order in which they are.

    Raises:
        PictureFault: It is no picture that can be read, is damaged or too large.
    """
    if as_placed and (placed := _strip_turned(data)) is not None:
        return placed
    try:
        return clean_picture(data)
    except PictureFault:
        return fit_picture(data, _WIDEST, _WIDEST)


def _strip_turned(data: bytes) -> CleanPicture | None:
    """Return a picture that lies sideways without metadata, as it lies; None where it does not."""
    kind = _get_kind(data)
    from inspector_app.pictures.pixels import DecodedPicture, reading

    strip = _STRIPPERS.get(kind.reader)
    with reading():
        picture = DecodedPicture(data, kind)
        if strip is None or picture.is_upright or picture.has_own_colours:
            return None
        kept = strip(data)
        if kept is None:
            return None
        stripped = DecodedPicture(kept, kind)
        stripped.check()
        return CleanPicture(kept, *stripped.size)


def explain_unclean(data: bytes) -> str:
    """Return why a file is no picture with nothing but its pixels, as a clause; "" if it is.

    How many pixels make an inch may stand in it: that tells nothing of anybody, and earlier
    versions of this program wrote it.
    """
    try:
        is_clean = clean_picture(data).data in (data, strip_resolution(data))
        return "" if is_clean else "it was added before photos were cleaned"
    except PictureFault as fault:
        return str(fault)


def fit_picture(data: bytes, widest: int, tallest: int) -> CleanPicture:
    """Return the first page of a picture, cleaned, with no more pixels than are needed.

    Args:
        data: A picture, cleaned before or not.
        widest: Pixels.
        tallest: Pixels.

    Raises:
        PictureFault: It cannot be shown.
    """
    kind = _get_kind(data)
    from inspector_app.pictures.pixels import DecodedPicture, Size, encode, has_alpha, reading

    most = Size(max(1, widest), max(1, tallest))
    with reading():
        picture = DecodedPicture(data, kind)
        if _fits(picture.size, most):
            clean = _clean(picture, data, kind)
            if clean.ending == ".jpg" or len(clean.data) <= _SMALL:
                return clean
            picture = open_picture(clean.data)
        image = picture.read(most)
        file = encode(image, lossy=picture.is_lossy, quality=_PRINT_QUALITY)
        if not picture.is_lossy and not has_alpha(image):
            # Photos come as PNG, too, from the clipboard; drawings and screens stay sharp.
            photo = encode(image.convert("RGB"), lossy=True, quality=_PRINT_QUALITY)
            file = photo if 2 * len(photo) < len(file) else file
        return CleanPicture(file, *image.size)


def open_picture(data: bytes) -> DecodedPicture:
    """Return a picture whose head is read; call it, and what it has, within `reading`.

    Raises:
        PictureFault: It is too large, or none that can be read.
    """
    from inspector_app.pictures.pixels import DecodedPicture

    return DecodedPicture(data, _get_kind(data))


def _get_kind(data: bytes) -> PictureKind:
    kind = find_picture_kind(data)
    if kind is None:
        raise PictureFault("it is no picture, or of a kind that cannot be read")
    return kind


def _fits(size: Size, most: Size) -> bool:
    return size.width <= most.width and size.height <= most.height


def _clean(picture: DecodedPicture, data: bytes, kind: PictureKind) -> CleanPicture:
    from inspector_app.pictures.pixels import DecodedPicture, encode

    strip = _STRIPPERS.get(kind.reader)
    if strip is not None and picture.is_upright and not picture.has_own_colours:
        kept = strip(data)
        if kept is not None:
            # Read again as it is now: what was left out must not be missed.
            DecodedPicture(kept, kind).check()
            return CleanPicture(kept, *picture.size)
    image = picture.read()
    return CleanPicture(encode(image, lossy=picture.is_lossy), *image.size)
