"""What is kept of a picture: its pixels, upright, as Word shows them, and nothing else."""

from __future__ import annotations

import io
import os
import random
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageCms

from inspector_app.errors import PictureFault
from inspector_app.pictures.cleaning import clean_picture, explain_unclean, fit_picture
from inspector_app.pictures.pixels import MOST_PIXELS
from tests.pictures.making import (
    KINDS,
    MARKER,
    SIZE,
    TURNED,
    chunk,
    make_exif,
    make_heic,
    make_image,
    make_jpeg,
    make_noise,
    make_png,
    make_profile,
    make_tiff,
    make_webp,
    save,
)
from tests.pictures.mutating import mutate

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = MARKER.encode()
MUTATIONS = int(os.environ.get("INSPECTOR_MUTATIONS", "100"))
"""How many damaged pictures are tried; by hand, 2,000."""
OTHER_KINDS: dict[str, Callable[[], bytes]] = {
    "avif": lambda: save(make_image(), "AVIF", exif=make_exif(1)),
    "webp-lossless": lambda: save(make_image(), "WEBP", lossless=True, exif=make_exif(1)),
    "webp-alpha": lambda: save(make_image().convert("RGBA"), "WEBP"),
    "tiff-cmyk": lambda: save(make_image().convert("CMYK"), "TIFF"),
    "tiff-lab": lambda: save(make_image().convert("LAB"), "TIFF"),
    "tiff-lzw": lambda: make_tiff(1, compression="tiff_lzw"),
    "tiff-fax": lambda: save(make_image().convert("1"), "TIFF", compression="group4"),
    "tiff-float": lambda: save(make_image().convert("F"), "TIFF"),
    "tiff-16": lambda: save(make_image().convert("L").convert("I;16"), "TIFF"),
    "png-16": lambda: save(make_image().convert("L").convert("I;16"), "PNG"),
    "png-palette": lambda: save(make_image().convert("P"), "PNG", transparency=0),
    "png-grey-alpha": lambda: save(make_image().convert("LA"), "PNG"),
    "png-two-colours": lambda: save(make_image().convert("1"), "PNG"),
    "jpeg-cmyk": lambda: save(make_image().convert("CMYK"), "JPEG", comment=MARK),
    "jpeg-grey": lambda: save(make_image().convert("L"), "JPEG", comment=MARK),
    "jpeg-progressive": lambda: save(make_image(), "JPEG", progressive=True, comment=MARK),
    "jpeg-rgb": lambda: save(make_image(), "JPEG", keep_rgb=True, comment=MARK),
    "bmp-palette": lambda: save(make_image().convert("P"), "BMP"),
}
ALL_KINDS = {**KINDS, **OTHER_KINDS}


def make_lab_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def open_picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    image.load()
    return image


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_nothing_but_pixels_is_kept(kind: str) -> None:
    data = ALL_KINDS[kind]()
    assert MARK in data or kind not in KINDS, "the test plants nothing"
    clean = clean_picture(data)
    image = open_picture(clean.data)
    assert MARK not in clean.data
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe"} | {
        "adobe_transform",
        "progressive",
        "progression",
    }
    assert image.mode in {"1", "L", "LA", "P", "RGB", "RGBA"}
    assert (clean.width, clean.height) == image.size
    assert clean_picture(clean.data) == clean
    assert explain_unclean(clean.data) == ""
    assert explain_unclean(data) or clean.data == data


@pytest.mark.parametrize("kind", [*KINDS, "avif", "webp-lossless", "jpeg-rgb", "jpeg-progressive"])
def test_it_stands_upright_in_its_own_colours(kind: str) -> None:
    image = open_picture(clean_picture(ALL_KINDS[kind]()).data).convert("RGB")
    # What the camera saw on its left is above once it is turned to the right.
    first, last = (20, 5), (20, 55)
    if kind not in TURNED:
        first, last = (5, 20), (55, 20)
    assert image.size == (SIZE[::-1] if kind in TURNED else SIZE)
    for place, (red, blue) in ((first, (220, 20)), (last, (20, 220))):
        pixel = image.getpixel(place)
        assert isinstance(pixel, tuple)
        assert abs(pixel[0] - red) < 25
        assert abs(pixel[2] - blue) < 25


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", [make_jpeg, make_tiff, make_heic, make_png, make_webp])
def test_every_way_of_holding_a_camera(make: Callable[[int], bytes], orientation: int) -> None:
    width, height = SIZE if orientation < 5 else SIZE[::-1]
    image = open_picture(clean_picture(make(orientation)).data)
    assert image.size == (width, height)
    red = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "low", 8: "low"}
    places = {"left": (4, 20), "right": (56, 20), "top": (20, 4), "low": (20, 56)}
    pixel = image.convert("RGB").getpixel(places[red[orientation]])
    assert isinstance(pixel, tuple)
    assert pixel[0] > pixel[2]


def test_what_is_fine_stays_as_it_is() -> None:
    noise = make_noise(64)
    for data in (save(noise, "JPEG"), save(noise, "PNG"), save(noise, "JPEG", progressive=True)):
        assert clean_picture(data).data == data


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_resolution_gives_nobody_away(kind: str) -> None:
    data = save(make_noise(20), kind, dpi=(96, 96))
    assert clean_picture(data).data != data
    assert explain_unclean(data) == ""
    assert explain_unclean(data + MARK)


def test_a_jpeg_is_not_compressed_again() -> None:
    noise = make_noise(64)
    data = save(noise, "JPEG", exif=make_exif(1), icc_profile=make_profile(), quality=60)
    clean = clean_picture(data).data
    assert MARK not in clean
    assert open_picture(clean).tobytes() == open_picture(data).tobytes()


def test_colours_of_another_profile_are_brought_to_those_of_screens() -> None:
    # The profile of the screen with red and blue changed for each other.
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = (profile.index(name, 128) for name in (b"rXYZ", b"bXYZ"))
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    own = bytes(profile).replace(b"s\0R\0G\0B", b"c\0a\0m\0e")
    for kind, quality in (("PNG", None), ("JPEG", 95)):
        data = save(make_image(), kind, icc_profile=own, quality=quality)
        image = open_picture(clean_picture(data).data).convert("RGB")
        pixel = image.getpixel((5, 20))
        assert isinstance(pixel, tuple)
        assert pixel[2] > 200 > 60 > pixel[0]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("profile", [b"", b"no profile", make_lab_profile()])
def test_a_profile_of_other_colours_is_no_reason_to_lose_a_picture(
    profile: bytes, mode: str
) -> None:
    data = save(make_image().convert(mode), "JPEG", icc_profile=profile)
    assert open_picture(clean_picture(data).data).size == SIZE


@pytest.mark.parametrize(
    ("mode", "values"), [("I;16", (0, 0x4000, 0x8000, 0xFFFF)), ("F", (-1.0, -0.5, 0.0, 1.0))]
)
def test_grey_of_more_than_8_bits_keeps_its_shades(mode: str, values: tuple[float, ...]) -> None:
    image = Image.new(mode, (len(values), 1))
    for place, value in enumerate(values):
        image.putpixel((place, 0), value)
    clean = open_picture(clean_picture(save(image, "TIFF")).data)
    assert [clean.getpixel((place, 0)) for place in range(4)] == pytest.approx(
        [0, 64, 128, 255], abs=1
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM, as a letter begins",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\nbroken",
        make_jpeg()[:200],
        save(make_image(), "PNG")[:-50],
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60,
    ],
)
def test_what_cannot_be_cleaned_says_why(data: bytes) -> None:
    with pytest.raises(PictureFault, match=r"^it is "):
        clean_picture(data)
    with pytest.raises(PictureFault, match=r"^it is "):
        fit_picture(data, 100, 100)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP", "PNG"])
def test_pages_are_not_lost_unasked(kind: str) -> None:
    pages = [make_image(), make_image().rotate(180)]
    data = save(pages[0], kind, save_all=True, append_images=pages[1:])
    with pytest.raises(PictureFault, match="several pages"):
        clean_picture(data)
    assert fit_picture(data, 100, 100).width == SIZE[0]


def test_a_small_copy_in_a_tiff_is_no_page() -> None:
    small = Image.new("RGB", (6, 4))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    data = save(make_image(), "TIFF", save_all=True, append_images=[small])
    assert clean_picture(data).width == SIZE[0]


# -- large ones


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_of_108_megapixels(orientation: int) -> None:
    data = save(Image.new("RGB", (12000, 9000), "navy"), "JPEG", exif=make_exif(orientation))
    clean = clean_picture(data)
    assert MARK not in clean.data
    # Nothing to turn: not a pixel is touched. Else half of each side is kept.
    assert (clean.width, clean.height) == ((12000, 9000) if orientation == 1 else (4500, 6000))
    small = fit_picture(data, 300, 300)
    assert max(small.width, small.height) == 300
    assert (small.width > small.height) is (orientation == 1)


def test_what_unpacks_to_too_much_is_refused_by_its_head() -> None:
    side = 1 + int(MOST_PIXELS**0.5)
    rows = zlib.compress(b"\0" * 100)
    size = side.to_bytes(4) * 2
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\0\0\0\0") + chunk(b"IDAT", rows)
    with pytest.raises(PictureFault, match="300 million pixels"):
        clean_picture(data + chunk(b"IEND", b""))


def test_pixels_hidden_behind_the_pixels_go() -> None:
    data = save(make_image().convert("L"), "PNG")
    rows = zlib.compress((b"\0" + b"\x80" * 60) * 40)
    head = data[:33]
    clean = clean_picture(head + chunk(b"IDAT", rows + MARK) + chunk(b"IEND", b""))
    assert MARK not in clean.data
    assert (clean.width, clean.height) == SIZE


# -- made to measure


def test_a_photo_has_no_more_pixels_than_asked_for() -> None:
    data = save(make_image(4000, 3000), "JPEG")
    fit = fit_picture(data, 800, 800)
    assert (fit.width, fit.height, fit.ending) == (800, 600, ".jpg")
    same = fit_picture(save(make_image(), "JPEG"), 800, 800)
    assert (same.width, same.height) == SIZE


def test_a_photo_from_the_clipboard_becomes_a_jpeg_and_a_screen_stays_sharp() -> None:
    noise = make_noise(100)
    photo = noise.resize((1000, 1000), Image.Resampling.BICUBIC)
    assert fit_picture(save(photo, "PNG"), 900, 900).ending == ".jpg"
    assert fit_picture(save(make_image(1000, 1000), "PNG"), 900, 900).ending == ".png"
    assert fit_picture(save(photo.convert("RGBA"), "PNG"), 900, 900).ending == ".png"


def test_the_thinnest_line_keeps_a_pixel() -> None:
    fit = fit_picture(save(Image.new("RGB", (1, 5000)), "PNG"), 100, 100)
    assert (fit.width, fit.height) == (1, 100)


# -- damaged ones


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_no_damage_raises_anything_else(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    source = random.Random(kind)  # noqa: S311 - the same damage each time
    data = ALL_KINDS[kind]()
    for _ in range(max(1, MUTATIONS // len(ALL_KINDS))):
        try_picture(mutate(data, source))
    # The library for TIFF tells the terminal of a damaged code, and cannot be kept from it.
    if not kind.startswith("tiff"):
        assert capfd.readouterr() == ("", "")


def try_picture(data: bytes) -> bool:
    """Clean and fit a picture that may be damaged; return whether it could be."""
    try:
        clean = clean_picture(data)
        open_picture(clean.data)
        fit = fit_picture(data, 30, 30)
    except PictureFault:
        return False
    assert max(fit.width, fit.height) <= 30
    return True
