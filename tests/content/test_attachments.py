"""Files that content names: in it, beside it, or not to be had; never from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.content.importing import Imported, import_content
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.errors import ContentFault
from inspector_app.pictures.cleaning import clean_picture
from tests.pictures import making
from tests.report.making import make_png
from tests.strategies import FRAMEWORK
from tests.systems import links

if TYPE_CHECKING:
    from pathlib import Path

HEAD = {"format": "inspection-content/1", "framework": FRAMEWORK, "regime": "rated"}
PHOTO = clean_picture(make_png(2, 2)).data
SECRET = b"what is not to be read"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def load(folder: Path | None, *attachments: dict[str, Any]) -> Imported:
    content = {**HEAD, "attachments": list(attachments)}
    return import_content(json.dumps(content).encode(), "content.json", folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "outer" / "content"
    made.mkdir(parents=True)
    return made


def test_bytes_in_the_content(folder: Path) -> None:
    imported = load(folder, {"name": "a.jpg", "bytes": base64.b64encode(PHOTO).decode()})
    assert imported.attachments == {sha256(PHOTO): PHOTO}
    (item,) = imported.inspection.all(Attachment)
    assert item.sha256 == sha256(PHOTO)
    assert imported.remarks == ()


def test_bytes_in_the_content_go_before_a_file_beside_it(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(SECRET)
    imported = load(folder, {"name": "a.jpg", "bytes": base64.b64encode(PHOTO).decode()})
    assert imported.attachments == {sha256(PHOTO): PHOTO}


@pytest.mark.parametrize("name", ["a.jpg", "photo 1 é.png", "noending", ".hidden", "a..b"])
def test_a_file_beside_the_content(folder: Path, name: str) -> None:
    (folder / name).write_bytes(PHOTO)
    imported = load(folder, {"name": name, "sha256": sha256(PHOTO)})
    assert imported.attachments == {sha256(PHOTO): PHOTO}
    assert imported.remarks == ()


def test_a_file_beside_the_content_without_a_hash(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(PHOTO)
    (item,) = load(folder, {"name": "a.jpg"}).inspection.all(Attachment)
    assert item.sha256 == sha256(PHOTO)


@links
@pytest.mark.parametrize("target", ["../secret.jpg", "other.jpg", "gone.jpg"])
def test_a_link_beside_the_content_is_not_followed(folder: Path, target: str) -> None:
    for name in ("../secret.jpg", "other.jpg"):
        (folder / name).write_bytes(PHOTO)
    (folder / "a.jpg").symlink_to(target)
    imported = load(folder, {"name": "a.jpg"})
    assert imported.attachments == {}
    assert imported.remarks == (f"$.attachments[0]: {REMARK}",)


def test_two_names_of_the_same_bytes(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(PHOTO)
    (folder / "b.jpg").write_bytes(PHOTO)
    imported = load(folder, {"name": "a.jpg"}, {"name": "b.jpg"})
    assert imported.attachments == {sha256(PHOTO): PHOTO}
    assert len(list(imported.inspection.all(Attachment))) == 2


def test_another_file_of_that_name_is_a_fault(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(PHOTO)
    (folder / "b.jpg").write_bytes(PHOTO)
    wrong = {"name": "b.jpg", "sha256": "0" * 64}
    with pytest.raises(ContentFault) as caught:
        load(folder, {"name": "a.jpg"}, wrong, {**wrong, "name": "a (2).jpg"})
    assert [str(fault) for fault in caught.value.faults] == [
        "$.attachments[1].sha256: is not that of the file beside the JSON"
    ]
    assert str(caught.value).startswith("“content.json” cannot be imported; nothing was.")


@pytest.mark.parametrize("kind", making.KINDS)
def test_pictures_are_cleaned_and_upright(folder: Path, kind: str) -> None:
    data = making.KINDS[kind]()
    (folder / "a.heic").write_bytes(data)
    note = {"text": "Seen.", "attachments": ["a.heic"]}
    content = {**HEAD, "attachments": [{"name": "a.heic", "sha256": sha256(data)}]}
    raw = json.dumps({**content, "evidence": [note]}).encode()
    imported = import_content(raw, "content.json", folder)
    assert imported.remarks == ()
    ((digest, kept),) = imported.attachments.items()
    assert making.MARKER.encode() not in kept
    (item,) = imported.inspection.all(Attachment)
    assert (item.sha256, sha256(kept)) == (digest, digest)
    ending = ".jpg" if item.media_type == "image/jpeg" else ".png"
    assert item.name == f"a{ending}"
    (found,) = imported.inspection.all(EvidenceNote)
    assert found.attachments == (item.id,)


def test_what_cannot_be_cleaned_is_told(folder: Path) -> None:
    (folder / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    (folder / "broken.jpg").write_bytes(PHOTO[:20])
    imported = load(folder, {"name": "film.mp4"}, {"name": "broken.jpg"})
    assert set(imported.attachments.values()) == {b"\0\0\0\x18ftypmp42", PHOTO[:20]}
    (remark,) = imported.remarks
    assert "“film.mp4” (it is no picture, or of a kind that cannot be read)" in remark
    assert "“broken.jpg” (it is damaged)" in remark


REMARK = "the file of this attachment did not come along; its name and caption did."


def test_a_file_that_is_not_there_is_a_remark(folder: Path) -> None:
    item = {"name": "a.jpg", "sha256": "1" * 64, "caption": "c", "media_type": "image/jpeg"}
    imported = load(folder, {"name": "b.jpg"}, item)
    assert imported.attachments == {}
    assert imported.remarks == (f"$.attachments[0]: {REMARK}", f"$.attachments[1]: {REMARK}")
    kept = list(imported.inspection.all(Attachment))[1]
    assert (kept.name, kept.sha256, kept.caption) == ("a.jpg", "1" * 64, "c")


def test_without_a_folder_nothing_is_looked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.jpg").write_bytes(PHOTO)
    monkeypatch.chdir(folder)
    assert load(None, {"name": "a.jpg"}).attachments == {}


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "./../secret",
        "sub/../../secret",
        "sub/inner",
        "./beside",
        "sub\\inner",
        "..\\secret",
        "C:\\secret",
        "C:secret\\x",
        "/secret",
        "//secret",
        "~/secret",
        "..",
        ".",
        "sub",
        "sub/",
        "beside\x00",
        "x" * 5000,
        "{absolute}",
        "{absolute}\x00.jpg",
        "file://{absolute}",
    ],
)
def test_only_a_name_beside_the_content_is_ever_read(folder: Path, name: str) -> None:
    secret = folder.parent / "secret"
    traps = [secret, folder / "sub" / "inner", folder / "sub\\inner", folder / "C:\\secret"]
    (folder / "sub").mkdir()
    for trap in [*traps, folder / "..\\secret", folder / "beside"]:
        # Not every system can hold every name.
        if os.name == "posix" or "\\" not in trap.name:
            trap.write_bytes(SECRET)
    name = name.replace("{absolute}", str(secret))
    imported = load(folder, {"name": name})
    assert imported.attachments == {}
    assert imported.remarks == (f"$.attachments[0]: {REMARK}",)
    # The name is kept as it came: it is data.
    (item,) = imported.inspection.all(Attachment)
    assert item.name == name


def test_the_trap_would_spring(folder: Path) -> None:
    """The test above sees a read where there is one."""
    (folder / "beside").write_bytes(SECRET)
    assert load(folder, {"name": "beside"}).attachments == {sha256(SECRET): SECRET}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_beside_the_content_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "a.jpg")
    assert load(folder, {"name": "a.jpg"}).attachments == {}


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\u202e", "\x9b2J"])
def test_a_name_that_is_told_makes_a_terminal_do_nothing(sign: str) -> None:
    data = base64.b64encode(b"no picture").decode()
    content = HEAD | {"attachments": [{"id": "f", "name": f"a{sign}.mp4", "bytes": data}]}
    (remark,) = import_content(json.dumps(content).encode(), "test.json", None).remarks
    assert remark.isprintable()
