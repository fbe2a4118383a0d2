"""The pictures of a report: cleaned once more, and with no more pixels than print.

What an inspection keeps may be older than the cleaning, or come from elsewhere; so no output takes
an attachment as it is. Every writer asks here, and gets the same size.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import PictureFault
from inspector_app.pictures.cleaning import fit_picture
from inspector_app.report.blocks import NO_PICTURE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SHARES: Mapping[str, float] = {"": 1.0, "full": 1.0, "half": 1 / 2, "third": 1 / 3}
"""How much of the room a picture may take across, by its class in the HTML."""
TALLEST_SHARE = 2 / 3
"""How much of a page a picture may take, so that text and caption find room beside it."""
PIXELS_PER_INCH = 220
"""As many as print; 8 photos as cameras take them make a report of 39 MB."""
SCREEN_PIXELS_PER_INCH = 96
"""At which a small picture is shown: it is never blown up."""
_PICTURE = re.compile(
    r'<img (?P<before>[^>]*?)src="attachment:(?P<sha256>[^"]*)"(?P<after>[^>]*?) ?/>'
)
_CELL = 0.47
_CLASS = re.compile(r'\bclass="([^"]*)" ?')


class Room(NamedTuple):
    """The width of the text and the height that a picture may have, in inches."""

    width: float
    height: float


class PrintedPicture(NamedTuple):
    """A picture as it is printed: a JPEG or PNG, and its size in inches."""

    data: bytes
    media_type: str
    ending: str
    width: float
    height: float


class PrintedPictures:
    """Gives the pictures of one report, each made once."""

    def __init__(self, read_attachment: Callable[[str], bytes | None], room: Room) -> None:
        """Give pictures that fit on pages.

        Args:
            read_attachment: Gives the bytes of a file by SHA-256.
            room: What a page has for a picture.
        """
        self._read_attachment = read_attachment
        self._room = room
        self._made: dict[tuple[str, int], PrintedPicture | None] = {}

    def find(self, sha256: str, share: float = 1.0) -> PrintedPicture | None:
        """Return a picture that takes at most a share of the text's width.

        None where it is missing, or cannot be shown.
        """
        width = self._room.width * share
        key = sha256, round(width * PIXELS_PER_INCH)
        if key not in self._made:
            data = self._read_attachment(sha256)
            self._made[key] = _make(data, Room(width, self._room.height)) if data else None
        return self._made[key]


def _make(data: bytes, room: Room) -> PrintedPicture | None:
    widest, tallest = (round(side * PIXELS_PER_INCH) for side in room)
    try:
        file = fit_picture(data, widest, tallest)
    except PictureFault:
        return None
    width, height = file.width / SCREEN_PIXELS_PER_INCH, file.height / SCREEN_PIXELS_PER_INCH
    scale = min(1.0, room.width / width, room.height / height)
    return PrintedPicture(file.data, file.media_type, file.ending, width * scale, height * scale)


def place_pictures(
    html: str,
    pictures: PrintedPictures,
    describe: Callable[[str, float, PrintedPicture], str],
) -> str:
    """Return the HTML of a report with its pictures as a viewer takes them.

    Args:
        html: What the templates wrote, whole or a part.
        pictures: Gives the pictures; where it has none, words stand instead.
        describe: Returns the attributes of a picture besides its alternative text, from its
            SHA-256, its share of the text's width and itself.
    """

    def put_in(found: re.Match[str]) -> str:
        others = f"{found['before']}{found['after']}"
        look = _CLASS.search(others)
        # What stands in a cell has to do with half of what is around it, and a gap.
        depth = html.count("<td", 0, found.start()) - html.count("</td>", 0, found.start())
        share = SHARES.get(look[1] if look else "", 1.0) * _CELL ** max(depth, 0)
        picture = pictures.find(found["sha256"], share)
        if picture is None:
            return f'<span class="placeholder">{escape(NO_PICTURE)}</span>'
        described = describe(found["sha256"], share, picture)
        return f"<img {described} {_CLASS.sub('', others).strip()}/>"

    return _PICTURE.sub(put_in, html)
