"""The files that content names: their bytes travel in the JSON or lie beside it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import Fault, PictureFault
from inspector_app.files import read_regular
from inspector_app.pictures.cleaning import clean_picture
from inspector_app.shapes import make_printable
from inspector_app.texts import shorten

if TYPE_CHECKING:
    from inspector_app.content.parsing import Content

_LARGEST = 200_000_000
_NOTHING = hashlib.sha256().hexdigest()


class KeptFile(NamedTuple):
    """A file as it is kept."""

    name: str
    media_type: str
    sha256: str


class AttachmentFiles:
    """Finds the bytes of attachments, in the content or beside it, and cleans the pictures."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.found: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self._missing: list[str] = []
        self._unclean: list[str] = []

    @property
    def remarks(self) -> list[str]:
        """What did not come along, and what came as it was, in words."""
        if not self._unclean:
            return self._missing
        kept = (
            "These files could not be cleaned of what their makers wrote into them (place, time, "
            f"names); they are kept as evidence, as they are: {shorten(', '.join(self._unclean))}."
        )
        return [*self._missing, kept]

    def keep(self, item: Content, path: str) -> KeptFile:
        """Return what an attachment is stored as; its bytes are in `found`."""
        wanted: str = item.get("sha256", "")
        name: str = item["name"]
        media_type: str = item.get("media_type", "")
        data = self._read(item)
        if data is None:
            self._missing.append(
                f"{path}: the file of this attachment did not come along; its name and caption did."
            )
            return KeptFile(name, media_type, wanted)
        if wanted and wanted != hashlib.sha256(data).hexdigest():
            self.faults.append(Fault(f"{path}.sha256", "is not that of the file beside the JSON"))
        try:
            picture = clean_picture(data)
        except PictureFault as fault:
            if data:
                self._unclean.append(f"“{make_printable(name)}” ({fault})")
        else:
            data, media_type = picture.data, picture.media_type
            name = picture.rename(name)
        sha256 = hashlib.sha256(data).hexdigest()
        self.found[sha256] = data
        return KeptFile(name, media_type, sha256)

    def _read(self, item: Content) -> bytes | None:
        if item.get("bytes"):
            return base64.b64decode(item["bytes"])
        if item.get("sha256") == _NOTHING:
            return b""
        name: str = item["name"]
        # A name is data: only one that is nothing but a name is looked for, and only beside.
        if self.folder is None or Path(name).name != name or "\\" in name or "\0" in name:
            return None
        file = self.folder / name
        try:
            # No link is followed: it leads to what whoever made it chose.
            return read_regular(file, most=_LARGEST)
        except OSError:
            return None
