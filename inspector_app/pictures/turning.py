"""Turning a picture by quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.pictures.cleaning import CleanPicture, clean_picture, open_picture

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 95


def turn_picture(data: bytes, quarters: int) -> CleanPicture:
    """Return a picture, cleaned, turned to the right by so many quarters.

    Raises:
        PictureFault: It cannot be shown, or has pages of which all but the first would be lost.
    """
    clean = clean_picture(data)
    if not quarters % 4:
        return clean
    from PIL import Image

    from inspector_app.pictures.pixels import encode, reading

    turns = (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
    with reading():
        picture = open_picture(clean.data)
        turned: Image.Image = picture.read().transpose(turns[quarters % 4 - 1])
        file = encode(turned, lossy=picture.is_lossy, quality=_QUALITY)
        return CleanPicture(file, *turned.size)
