"""A clipboard with HTML, text or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.pasting.pasted import Pasted
from inspector_app.pasting.reading_text import read_text

if TYPE_CHECKING:
    from inspector_app.pasting.pasted import Reading

LARGE = 200_000
"""Letters of text from which on a paste is worth a question."""
_LARGE_HTML = 3_000_000
_LARGE_LINES = 2_000


def read_pasted(html: str, text: str) -> Reading:
    """Read what the clipboard holds, in steps; its text only where the HTML says nothing."""
    if html:
        # What reads HTML is much to import, which no start of the window needs.
        from inspector_app.pasting.reading_html import read_html

        pasted = yield from read_html(html)
        # What was left out of the HTML may stand in the text.
        if pasted.blocks or pasted.remarks:
            return pasted
    if text:
        return (yield from read_text(text))
    return Pasted([], [])


def is_large(html: str, text: str) -> bool:
    """Tell whether reading and showing it may take more than a moment."""
    if len(text) > LARGE or text.count("\n") > _LARGE_LINES:
        return True
    return len(html) > (_LARGE_HTML if text else LARGE)
