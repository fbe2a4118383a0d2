"""Photos for the window: small copies, large ones to look at, and turning them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inspector_app.document.disk_thread import DiskThread
from inspector_app.domain.entities import Attachment
from inspector_app.errors import InspectorError, PictureFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspector_app.document.disk_thread import DiskJob, TellShare
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.inspection import Inspection
    from inspector_app.pictures.cleaning import CleanPicture

T = TypeVar("T")
_SIDES = (192, 640)
"""Pixels of the longer side of the copies that are kept: for lists, and for texts."""
MOST_BYTES = 64_000_000
"""Of the small copies that are kept."""
_MOMENT = 0.1
"""Seconds that nobody notices: what comes within them is painted with the rest."""
_MOST_WAITING = 100
"""Copies that are still to be made; whoever scrolls on does not want the first ones any more."""


class _Wanted(NamedTuple):
    """What a thread is to find out about the bytes of a photo."""

    sha256: str
    side: int
    """0: why it is not clean."""


class _PhotosDocument(Protocol):
    """What is asked of the open inspection."""

    @property
    def inspection(self) -> Inspection: ...
    def draft(self) -> Draft: ...
    def apply_draft(self, draft: Draft, label: str, merge_key: str = "") -> None: ...
    def read_attachment(self, sha256: str) -> bytes | None: ...
    def add_attachment(self, data: bytes) -> str: ...


class Photos(QObject):
    """Reads photos in a thread of its own and keeps small copies, by hash, as memory allows.

    What was asked for last is made first: it is what is on the screen.
    """

    came = Signal()
    """What `read` did not have in a moment may be there now."""
    ready = Signal(str)
    """Something that was asked for is known; carries the hash of the photo."""

    def __init__(
        self,
        document: _PhotosDocument,
        parent: QObject | None = None,
        *,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Make a cache that is empty.

        Args:
            document: The open inspection.
            parent: See Qt.
            most_bytes: Of the small copies; those that nobody asked for the longest time go first.
        """
        super().__init__(parent)
        self._document = document
        self._most_bytes = most_bytes
        self._thread = DiskThread("photos", self)
        self._reading = DiskThread("photos-of-report", self)
        self._late: dict[str, bytes] = {}
        self._kept: dict[_Wanted, QImage] = {}
        self._bytes = 0
        self._problems: dict[str, str] = {}
        self._waiting: dict[_Wanted, None] = {}
        self._job: DiskJob[QImage | str] | None = None
        self._is_closed = False
        self._origins: dict[str, tuple[str, int]] = {}
        """By the hash of a photo that was turned: that of the first one, and quarters from it."""
        self._turning: dict[str, int] = {}
        """By id: quarters to the right that a photo is still to be turned by."""

    # -- small copies

    def find_thumbnail(self, sha256: str, side: int) -> QImage | None:
        """Return a small copy of a photo; one that is null where it cannot be shown.

        Args:
            sha256: Its hash.
            side: Pixels that its longer side should have at least; the screen's, not the layout's.

        Returns:
            None: It is not there yet, and `ready` tells when it is.
        """
        wanted = _Wanted(sha256, next((size for size in _SIDES if size >= side), _SIDES[-1]))
        found = self._kept.pop(wanted, None)
        if found is not None:
            self._kept[wanted] = found
            return found
        self._want(wanted)
        return None

    def find_problem(self, sha256: str) -> str | None:
        """Return why a file is no clean picture, as a clause, "" if it is; None: not known yet."""
        if sha256 not in self._problems:
            self._want(_Wanted(sha256, 0))
        return self._problems.get(sha256)

    def _want(self, wanted: _Wanted) -> None:
        self._waiting.pop(wanted, None)
        self._waiting[wanted] = None
        if len(self._waiting) > _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._start_next()

    def _start_next(self) -> None:
        # What is still painted while the file is let go has no photos any more.
        if self._job is not None or not self._waiting or self._is_closed:
            return
        wanted, _ = self._waiting.popitem()

        def on_done(found: QImage | str) -> None:
            self._job = None
            if isinstance(found, str):
                self._problems[wanted.sha256] = found
            else:
                self._keep(wanted, found)
            self.ready.emit(wanted.sha256)
            self._start_next()

        def on_error(_: InspectorError) -> None:
            # Asked again when it is painted the next time: the disk may answer by then.
            self._job = None
            self._start_next()

        def look(data: bytes | None) -> QImage | str:
            if not wanted.side:
                from inspector_app.pictures.cleaning import explain_unclean

                return explain_unclean(data) if data else "it is missing"
            return _shrink(data, wanted.side)

        self._job = self._run(wanted.sha256, look, on_done, on_error)

    def _keep(self, wanted: _Wanted, image: QImage) -> None:
        self._kept[wanted] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            self._bytes -= self._kept.pop(next(iter(self._kept))).sizeInBytes()

    # -- large ones

    def load(
        self,
        sha256: str,
        side: int,
        on_done: Callable[[QImage], None],
        on_error: Callable[[InspectorError], None],
    ) -> DiskJob[QImage]:
        """Have a photo read whose longer side has so many pixels at most.

        Args:
            sha256: Its hash.
            side: Pixels.
            on_done: Called with it; with a null one where it cannot be shown.
            on_error: Called where it cannot be read.
        """
        return self._run(sha256, lambda data: _shrink(data, side), on_done, on_error)

    def turn(self, id_: str, quarters: int, on_error: Callable[[InspectorError], None]) -> None:
        """Turn a photo, as one edit with the turns before it.

        Each is made from the photo as it was first, which stays in the file, so that turning on and
        on loses nothing.

        Args:
            id_: Of the attachment.
            quarters: To the right; less than none: to the left.
            on_error: Called where that is not possible.
        """
        waits = id_ in self._turning
        self._turning[id_] = self._turning.get(id_, 0) + quarters
        if not waits:
            self._turn(id_, on_error)

    def _turn(self, id_: str, on_error: Callable[[InspectorError], None]) -> None:
        found = self._document.inspection.find(id_)
        quarters = self._turning[id_]
        if not isinstance(found, Attachment) or not quarters % 4:
            del self._turning[id_]
            return
        sha256 = found.sha256
        origin, before = self._origins.get(sha256, (sha256, 0))
        turned = (before + quarters) % 4

        def work(data: bytes | None) -> tuple[CleanPicture, str]:
            picture = _turn(data, turned)
            return picture, self._document.add_attachment(picture.data)

        def on_done(made: tuple[CleanPicture, str]) -> None:
            picture, new = made
            try:
                self._set(id_, sha256, picture, new)
            except InspectorError as error:
                fail(error)
                return
            self._origins[new] = (origin, turned)
            self._turning[id_] -= quarters
            self._turn(id_, on_error)

        def fail(error: InspectorError) -> None:
            del self._turning[id_]
            on_error(error)

        self._run(origin, work, on_done, fail)

    def _set(self, id_: str, before: str, picture: CleanPicture, sha256: str) -> None:
        """Show other bytes of a photo, unless it is another meanwhile."""
        found = self._document.inspection.find(id_)
        if not isinstance(found, Attachment) or found.sha256 != before:
            return
        draft = self._document.draft()
        draft.set(id_, "sha256", sha256)
        draft.set(id_, "media_type", picture.media_type)
        draft.set(id_, "name", picture.rename(found.name))
        self._document.apply_draft(draft, "Turn picture", f"{id_}.turn")

    # -- for what shows a report

    def read(self, sha256: str) -> bytes | None:
        """Return the bytes of a photo for somebody who paints and cannot wait.

        None: There are none, or not in a moment; then `came` tells when to ask again.
        """
        if sha256 in self._late:
            return self._late.pop(sha256)
        if self._reading.is_busy or self._is_closed:
            return None

        def on_done(data: bytes | None) -> None:
            if data is not None:
                self._late = {sha256: data}
            self.came.emit()

        job = self._reading.run_job(
            lambda _: self._document.read_attachment(sha256), on_done, lambda _: self.came.emit()
        )
        if not job.wait(_MOMENT):
            return None
        job.drop()
        try:
            return job.get_result()
        except InspectorError:
            return None

    # -- the thread

    def _run(
        self,
        sha256: str,
        work: Callable[[bytes | None], T],
        on_done: Callable[[T], None],
        on_error: Callable[[InspectorError], None],
    ) -> DiskJob[T]:
        read = self._document.read_attachment

        def function(tell: TellShare) -> T:
            data = read(sha256) if sha256 else None
            # Stops here where nobody wants it any more.
            tell(0.5)
            return work(data)

        return self._thread.run_job(function, on_done, on_error)

    def close(self, *, wait: bool = True) -> None:
        """Read nothing more; wait until what is being read is, for the file is closed next."""
        self._is_closed = True
        self._waiting.clear()
        self._reading.close(wait=False)
        self._thread.close(wait=wait)


def list_pictures(inspection: Inspection) -> Iterator[Attachment]:
    """Yield the pictures among the files of an inspection."""
    for item in inspection.all(Attachment):
        if is_picture(item):
            yield item


def is_picture(file: Attachment) -> bool:
    """Tell whether a file says of itself that it is a picture."""
    return file.media_type.startswith("image/")


def _shrink(data: bytes | None, side: int) -> QImage:
    from inspector_app.pictures.cleaning import fit_picture

    # Unlike all else of Qt that paints, this may be made in any thread.
    try:
        return QImage.fromData(fit_picture(data, side, side).data) if data else QImage()
    except PictureFault:
        return QImage()


def _turn(data: bytes | None, quarters: int) -> CleanPicture:
    if data is None:
        raise PictureFault("it is missing")
    from inspector_app.pictures.turning import turn_picture

    return turn_picture(data, quarters)
