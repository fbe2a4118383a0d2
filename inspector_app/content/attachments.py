"""The files that content names: their bytes travel in the JSON or lie beside it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import Fault
from inspector_app.files import read_regular

if TYPE_CHECKING:
    from inspector_app.content.parsing import Content

_LARGEST = 200_000_000
_NOTHING = hashlib.sha256().hexdigest()


class AttachmentFiles:
    """Finds the bytes of attachments, in the content or beside it."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.found: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self.remarks: list[str] = []

    def get_hash(self, item: Content, path: str) -> str:
        """Return the SHA-256 that the attachment is stored under."""
        wanted: str = item.get("sha256", "")
        data = self._read(item)
        if data is None:
            self.remarks.append(
                f"{path}: the file of this attachment did not come along; its name and caption did."
            )
            return wanted
        found = hashlib.sha256(data).hexdigest()
        if wanted and wanted != found:
            self.faults.append(Fault(f"{path}.sha256", "is not that of the file beside the JSON"))
        self.found[found] = data
        return found

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
            return read_regular(file, follow=True, most=_LARGEST)
        except OSError:
            return None
