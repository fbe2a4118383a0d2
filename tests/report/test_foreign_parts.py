"""What house styles of others may bring along, and what becomes of it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from inspector_app.document.templates import check_template_folder
from inspector_app.errors import TemplateFault
from inspector_app.report.template_check import check_templates, find_left_out
from inspector_app.report.word.house_style import HOUSE_STYLE_FILE
from tests.pictures import making as pictures
from tests.report.making import bring_in, copy_templates, edit_package, export
from tests.systems import links

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
EMPTY_RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
HEADER, SETTINGS, DOCUMENT = "word/header2.xml", "word/settings.xml", "word/document.xml"
ROOT = "_rels/.rels"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_templates(tmp_path)


def relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def spoil(
    folder: Path, relations: Mapping[str, str], parts: Mapping[str, str], content: str = ""
) -> None:
    """Give a house style relations by part, parts of its own, and content in a header."""
    path = folder / HOUSE_STYLE_FILE
    with zipfile.ZipFile(path) as package:
        held = {name: package.read(name).decode() for name in package.namelist()}
    for part, relation in relations.items():
        name = part if part == ROOT else relations_of(part)
        before = held.get(name, EMPTY_RELATIONS)
        held[name] = before.replace("</Relationships>", f"{relation}</Relationships>")
    held |= parts
    if content:
        held[HEADER] = held[HEADER].replace("</w:hdr>", f"<w:p>{content}</w:p></w:hdr>")
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in parts
    )
    types = "[Content_Types].xml"
    held[types] = held[types].replace("</Types>", f"{kinds}</Types>")
    with zipfile.ZipFile(path, "w") as package:
        for name, text in held.items():
            package.writestr(name, text)


def relation(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    space = kind if kind.startswith("http") else OFFICE + kind
    return f'<Relationship Id="rId77" Type="{space}" Target="{target}"{mode}/>'


def read_word(folder: Path) -> bytes:
    """Return all that a report with the house style of a folder holds."""
    data = export(bring_in("rated", location={"name": "Elm"}), folder=folder).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"\n".join(name.encode() + package.read(name) for name in package.namelist())


def find_faults(folder: Path) -> list[str]:
    """Return what a check of the templates says, tried with one short inspection."""
    inspection = bring_in("rated", location={"name": "Elm"}).inspection
    return [str(fault) for fault in check_templates(folder, [inspection])]


LINKED = {
    "picture of a server": (HEADER, "image", "http://evil.example/beacon.png"),
    "picture of a share": (HEADER, "image", "\\\\203.0.113.9\\share\\x.png"),
    "picture of this computer": (HEADER, "image", "file:///etc/hostname"),
    "object elsewhere": (HEADER, "oleObject", "mhtml:http://evil.example/x!x-usc:x"),
    "frame": ("word/webSettings.xml", "frame", "http://evil.example/frame.htm"),
    "source of a mail merge": (SETTINGS, "mailMergeSource", "file:///C:/people.csv"),
    "style sheet for saving": (SETTINGS, "transform", "http://evil.example/x.xslt"),
    "link to a file": (HEADER, "hyperlink", "file://server/share/x.docx"),
    "link to a protocol": (HEADER, "hyperlink", "ms-msdt:/id PCWDiagnostic"),
    "other document": (DOCUMENT, "subDocument", "file:///other.docx"),
    "font elsewhere": ("word/fontTable.xml", "font", "http://evil.example/font.odttf"),
}


@pytest.mark.parametrize(("part", "kind", "target"), LINKED.values(), ids=LINKED)
def test_what_reaches_out_is_refused_by_its_name(
    folder: Path, part: str, kind: str, target: str
) -> None:
    spoil(folder, {part: relation(kind, target, external=True)}, {})
    with pytest.raises(TemplateFault, match=r"house_style.docx.*is not used") as fault:
        read_word(folder)
    assert part.removeprefix("word/") in str(fault.value)
    assert str(fault.value) in find_faults(folder)


ACTIVE = {
    "macros": (DOCUMENT, "http://schemas.microsoft.com/office/2006/relationships/vbaProject"),
    "taken in": (DOCUMENT, f"{OFFICE}aFChunk"),
    "object": (HEADER, f"{OFFICE}oleObject"),
    "embedded file": (HEADER, f"{OFFICE}package"),
    "control": (DOCUMENT, f"{OFFICE}control"),
}


@pytest.mark.parametrize(("part", "kind"), ACTIVE.values(), ids=ACTIVE)
def test_what_runs_is_refused_by_its_name(folder: Path, part: str, kind: str) -> None:
    spoil(folder, {part: relation(kind, "payload.xml")}, {"word/payload.xml": "<payload/>"})
    with pytest.raises(TemplateFault, match=f"is not used: {part.removeprefix('word/')} holds"):
        read_word(folder)


FIELDS = {
    "in one": '<w:r><w:instrText> INCLUDETEXT "C:\\\\secret.txt" </w:instrText></w:r>',
    "simple": '<w:fldSimple w:instr=" INCLUDEPICTURE http://evil.example/x.png \\d "/>',
    "link": "<w:r><w:instrText>LINK Excel.Sheet.8 a.xls</w:instrText></w:r>",
    "dde": "<w:r><w:instrText> ddeauto c:\\\\windows\\\\system32\\\\cmd.exe </w:instrText></w:r>",
    "spread": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DD</w:instrText></w:r>'
        "<w:r><w:instrText>E cmd</w:instrText></w:r>"
    ),
    "drawn": (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:imagedata src="http://evil.example/x.png"/></v:shape></w:pict></w:r>'
    ),
}


@pytest.mark.parametrize("content", FIELDS.values(), ids=FIELDS)
def test_fields_that_take_in_other_files_are_refused(folder: Path, content: str) -> None:
    spoil(folder, {}, {}, content)
    with pytest.raises(TemplateFault, match=r"is not used: header2.xml holds"):
        read_word(folder)


OF_THE_AUTHOR = {
    "custom XML": (DOCUMENT, f"{OFFICE}customXml"),
    "comments": (DOCUMENT, f"{OFFICE}comments"),
    "people": (DOCUMENT, "http://schemas.microsoft.com/office/2011/relationships/people"),
    "building blocks": (DOCUMENT, f"{OFFICE}glossaryDocument"),
    "printer": (DOCUMENT, f"{OFFICE}printerSettings"),
    "custom properties": (ROOT, f"{OFFICE}custom-properties"),
    "thumbnail": (
        ROOT,
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    ),
    "unheard of": (DOCUMENT, "http://example.com/relationships/novelty"),
}


@pytest.mark.parametrize(("part", "kind"), OF_THE_AUTHOR.values(), ids=OF_THE_AUTHOR)
def test_what_tells_of_the_author_is_taken_out_and_told(folder: Path, part: str, kind: str) -> None:
    inner = "word/planted.xml" if part == ROOT else "planted.xml"
    spoil(folder, {part: relation(kind, inner)}, {"word/planted.xml": "<x>Ann Author</x>"})
    data = read_word(folder)
    assert b"Ann Author" not in data
    assert b"planted" not in data
    assert find_faults(folder) == []
    (remark,) = find_left_out(folder)
    assert "which is left out" in remark


def test_the_template_it_was_made_from_is_taken_out(folder: Path) -> None:
    target = "file:///C:/Users/ann.author/Normal.dotm"
    spoil(folder, {SETTINGS: relation("attachedTemplate", target, external=True)}, {})
    edit_package(
        folder / HOUSE_STYLE_FILE,
        {
            SETTINGS: lambda text: text.replace(
                "<w:defaultTabStop",
                '<w:attachedTemplate r:id="rId77"/><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'
                '<w:docVars><w:docVar w:name="a" w:val="Ann Author"/></w:docVars>'
                "<w:defaultTabStop",
            )
        },
    )
    data = read_word(folder)
    for trace in (b"ann.author", b"attachedTemplate", b"00AB12CD", b"Ann Author"):
        assert trace not in data
    assert find_left_out(folder) == (
        "settings.xml holds the template it was made from, which is left out",
    )


def test_properties_of_the_author_are_taken_out(folder: Path) -> None:
    edits: dict[str, Callable[[str], str]] = {
        "docProps/core.xml": lambda text: text.replace(
            "<cp:keywords></cp:keywords>",
            "<cp:keywords>Ann Author</cp:keywords><cp:category>Ann Author</cp:category>",
        ),
        "docProps/app.xml": lambda text: text.replace(
            "</Properties>", "<Company>Ann Author</Company></Properties>"
        ),
    }
    edit_package(folder / HOUSE_STYLE_FILE, edits)
    assert b"Ann Author" not in read_word(folder)


# -- pictures of headers


def put_picture(folder: Path, name: str, data: bytes, *headers: str) -> None:
    """Have headers of a house style show a picture."""
    path = folder / HOUSE_STYLE_FILE
    with zipfile.ZipFile(path) as package:
        held = {entry: package.read(entry) for entry in package.namelist()}
    for header in headers:
        key, place = relations_of(header), f"media/{name}"
        before = held.get(key, EMPTY_RELATIONS.encode()).decode()
        shown = f"{relation('image', place)}</Relationships>"
        held[key] = before.replace("</Relationships>", shown).encode()
    ending = name.rpartition(".")[2]
    kind = f'<Default Extension="{ending}" ContentType="image/{KINDS_OF[ending]}"/>'
    types = "[Content_Types].xml"
    text = held[types].decode()
    if f'Extension="{ending}"' not in text:
        held[types] = text.replace("</Types>", f"{kind}</Types>").encode()
    held[f"word/media/{name}"] = data
    with zipfile.ZipFile(path, "w") as package:
        for entry, content in held.items():
            package.writestr(entry, content)


KINDS_OF = {"jpeg": "jpeg", "emf": "x-emf", "svg": "svg+xml", "gif": "gif", "png": "png"}


def read_pictures(folder: Path) -> dict[str, bytes]:
    data = export(bring_in("rated", location={"name": "Elm"}), folder=folder).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        return {name: package.read(name) for name in names if "media/" in name}


@pytest.mark.parametrize("ending", ["jpeg", "png"])
def test_pictures_of_headers_lose_what_was_written_into_them(folder: Path, ending: str) -> None:
    data = pictures.KINDS[ending]()
    put_picture(folder, f"Ann Author.{ending}", data, HEADER, "word/header1.xml")
    found = read_pictures(folder)
    (name,) = found
    assert "Ann" not in name
    assert pictures.MARKER.encode() not in found[name]
    assert pictures.MARKER.encode() in data
    with Image.open(io.BytesIO(found[name])) as image:
        # Word turns pictures by itself: what it shows keeps its sides.
        assert image.size == pictures.SIZE
    assert (find_faults(folder), find_left_out(folder)) == ([], ())


def test_a_picture_with_pages_shows_its_first(folder: Path) -> None:
    other = pictures.make_image().rotate(180)
    data = pictures.save(pictures.make_image(), "GIF", save_all=True, append_images=[other])
    put_picture(folder, "logo.gif", data, HEADER)
    ((name, found),) = read_pictures(folder).items()
    assert name.endswith(".png")
    with Image.open(io.BytesIO(found)) as image:
        red, _, blue = image.convert("RGB").getpixel((1, 1))
        assert red > blue


def test_a_picture_that_cannot_be_cleaned_is_told(folder: Path) -> None:
    put_picture(folder, "logo.emf", b"\1\0\0\0 Ann Author", HEADER)
    assert read_pictures(folder) == {"word/media/logo.emf": b"\1\0\0\0 Ann Author"}
    (remark,) = find_left_out(folder)
    assert remark.startswith("media/logo.emf holds a picture that cannot be cleaned")
    assert remark.endswith("which goes out as it is")


def test_a_drawing_that_may_be_a_program_is_taken_out(folder: Path) -> None:
    put_picture(folder, "logo.svg", b"<svg><script>Ann Author</script></svg>", HEADER)
    drawn = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg='
        '"http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rId77"/></a:ext>'
        "</a:extLst></a:blip></w:drawing></w:r>"
    )
    spoil(folder, {}, {}, drawn)
    data = read_word(folder)
    assert b"Ann Author" not in data
    assert b"svgBlip" not in data
    (remark,) = find_left_out(folder)
    assert "media/logo.svg holds a drawing" in remark


def test_our_own_house_style_brings_nothing_along() -> None:
    check = check_template_folder(None)
    assert check.faults == ()
    assert check.remarks == ()


def test_web_and_mail_links_of_a_header_stay(folder: Path) -> None:
    spoil(folder, {HEADER: relation("hyperlink", "https://regulator.example", external=True)}, {})
    assert b"https://regulator.example" in read_word(folder)


STRANGE = {
    "twice": [("word/header1.xml", b"<x/>"), ("WORD/header1.xml", b"<x/>")],
    "absolute": [("/etc/passwd", b"")],
    "outside": [("word/../../x.xml", b"")],
    "drive": [("C:/x.xml", b"")],
    "bomb": [("word/bomb.bin", bytes(51_000_000))],
    "many": [(f"word/{number}.bin", b"") for number in range(600)],
    "entities": [("word/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')],
}


@pytest.mark.parametrize("entries", STRANGE.values(), ids=STRANGE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_strange_archives_are_refused(folder: Path, entries: list[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(folder / HOUSE_STYLE_FILE, "a", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries:
            package.writestr(name, data)
    with pytest.raises(TemplateFault, match="is not used"):
        read_word(folder)


def test_a_file_with_macros_is_refused_by_its_type(folder: Path) -> None:
    edits = {
        "[Content_Types].xml": lambda text: text.replace(
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "vnd.ms-word.document.macroEnabled.main+xml",
        )
    }
    edit_package(folder / HOUSE_STYLE_FILE, edits)
    with pytest.raises(TemplateFault, match="with macros"):
        read_word(folder)


@links
@pytest.mark.parametrize(
    "name",
    [
        *(HOUSE_STYLE_FILE, "styles.toml", "partials", "partials/notices.html.j2"),
        "independent_health/rated.html.j2",
    ],
)
def test_links_in_a_template_folder_are_not_followed(
    folder: Path, tmp_path: Path, name: str
) -> None:
    aside = tmp_path / "aside"
    (folder / name).rename(aside)
    (folder / name).symlink_to(aside)
    with pytest.raises(TemplateFault, match=f"{name}.*is a link, which is not followed"):
        read_word(folder)
    assert any("is a link" in fault for fault in find_faults(folder))
