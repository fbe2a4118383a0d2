"""What is painted of a picture, and that nobody hears of a damaged one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage

from inspector_app.document.pictures import (
    get_picture_of_report,
    read_picture,
)
from tests.report.making import make_png

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = make_png(30, 10)


EXTRA = range(WHOLE.index(b"pHYs"), WHOLE.index(b"IDAT") - 4)
"""Where the resolution stands, without which the picture is what it is."""


@pytest.mark.parametrize("kind", ["PNG", "JPG", "BMP"])
def test_a_whole_picture_is_read(kind: str, tmp_path: Path) -> None:
    image = QImage.fromData(WHOLE)
    image.save(str(tmp_path / "picture"), kind)
    assert read_picture((tmp_path / "picture").read_bytes()).size() == image.size()


@pytest.mark.parametrize("change", [0x01, 0x20, 0x80, 0xFF])
def test_a_damaged_png_is_no_picture_and_no_noise(
    change: int, capfd: pytest.CaptureFixture[str]
) -> None:
    for place in range(len(WHOLE)):
        altered = bytearray(WHOLE)
        altered[place] ^= change
        assert read_picture(WHOLE[:place]).isNull()
        image = read_picture(bytes(altered))
        assert image.isNull() or (place in EXTRA and image.size() == QImage.fromData(WHOLE).size())
    assert capfd.readouterr() == ("", "")


@given(st.binary(max_size=100))
def test_no_data_are_noise(capfd: pytest.CaptureFixture[str], data: bytes) -> None:
    for beginning in (b"", WHOLE[:8], WHOLE[: WHOLE.index(b"IDAT") - 4]):
        read_picture(beginning + data)
    assert capfd.readouterr() == ("", "")


def test_a_picture_of_the_report_is_no_wider_than_there_is_room() -> None:
    pictures = {"wide": make_png(300, 30), "broken": WHOLE[:40]}
    wide = get_picture_of_report(QUrl("attachment:wide"), pictures.get, 100)
    assert (wide.width(), wide.height()) == (100, 10)
    for address in ("attachment:broken", "attachment:none", "file:///wide", "wide"):
        clear = get_picture_of_report(QUrl(address), pictures.get, 100)
        assert (clear.width(), clear.height()) == (1, 1)
        assert clear.pixelColor(0, 0).alpha() == 0
