"""What Qt paints of the pictures of a report, and that nobody hears of a damaged one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl

from inspector_app.document.pictures import get_picture_of_report, name_pictures
from inspector_app.report.pictures import PrintedPictures, Room
from tests.report.making import make_png

WHOLE = make_png(300, 30)
ROOM = Room(width=1.0, height=1.0)


def paint(html: str, **files: bytes) -> list[tuple[int, int]]:
    """Return the sizes that Qt gives to the pictures of a report."""
    pictures = PrintedPictures(files.get, ROOM)
    named = name_pictures(html, pictures)
    addresses = [part.partition('"')[0] for part in named.split('src="')[1:]]
    images = [get_picture_of_report(QUrl(address), pictures) for address in addresses]
    return [image.deviceIndependentSize().toSize().toTuple() for image in images]


def test_pictures_are_as_large_as_they_print() -> None:
    html = "".join(
        f'<p><img class="{look}" src="attachment:a" alt=""/></p>'
        for look in ("full", "half", "third")
    )
    assert paint(html, a=WHOLE) == [(96, 10), (48, 5), (32, 3)]


def test_a_picture_in_a_cell_leaves_room_for_the_others() -> None:
    cell = '<td><img class="full" src="attachment:a" alt=""/></td>'
    ((width, _), (other, _)) = paint(f"<table><tr>{cell}{cell}</tr></table>", a=WHOLE)
    assert width == other
    assert 2 * width < 96


def test_a_picture_has_more_pixels_than_the_screen() -> None:
    pictures = PrintedPictures({"a": WHOLE}.get, ROOM)
    assert get_picture_of_report(QUrl("attachment:a#1.0"), pictures).width() == 220


@pytest.mark.parametrize("address", ["attachment:none#1.0", "attachment:a", "file:///a", "a"])
def test_nothing_else_is_ever_loaded(address: str) -> None:
    clear = get_picture_of_report(QUrl(address), PrintedPictures({"a": WHOLE}.get, ROOM))
    assert (clear.width(), clear.height()) == (1, 1)
    assert clear.pixelColor(0, 0).alpha() == 0


@given(st.binary(max_size=100), st.sampled_from([0, 8, 33, 60, len(WHOLE)]))
def test_a_damaged_picture_is_words_and_no_noise(
    capfd: pytest.CaptureFixture[str], data: bytes, kept: int
) -> None:
    pictures = PrintedPictures({"a": WHOLE[:kept] + data}.get, ROOM)
    named = name_pictures('<p><img src="attachment:a" alt=""/></p>', pictures)
    assert ("cannot be shown" in named) is (kept < len(WHOLE))
    assert capfd.readouterr() == ("", "")
