"""Broken HTML: whatever is cut, doubled or swapped, something is read and nothing hidden shows."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from inspector_app.pasting.reading_html import blocks_from_html
from tests.pasting.reading import everything
from tests.pasting.test_hidden import COMMENTS, DELETED, HIDDEN

_CASES = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "data").glob("*"))]
_COUNT = int(os.environ.get("INSPECTOR_MUTATIONS", "300"))
_SEED = int(os.environ.get("INSPECTOR_MUTATION_SEED", "1"))
_PIECES = (
    "<![", "<!--", "-->", "<![endif]>", "<![if !supportLists]>", "<!", "<?", "]]>", "<![CDATA[",
    "<table>", "</table>", "<td rowspan=9 colspan=9>", "<tr>", "</td>", "<li>", "</ul>", "<ol>",
    "<pre>", "</p>", "<p style='mso-list:l0 level9 lfo1'>", "&#0;", "&#xFFFC;", "\x00", "\ud800",
    "<style>", "</style>", "<script>", "\v", "<b>", "<col style='display:none'>", "'", '"', ">",
    "<span style='mso-element:field-begin'></span>", "<!--StartFragment-->", "<!--EndFragment-->",
    "<a href='#_ftn1'>", "<a href='#_ftnref1'>", "<svg>", "<template>", "<frameset>", "<textarea>",
)  # fmt: skip
_FORBIDDEN = {chr(code) for code in (0, 0xB, 0xFFFC, 0xD800, 0x200B, 0xAD)}
_WHOLE = [
    html for html in (*HIDDEN.values(), *DELETED.values(), *COMMENTS.values()) if "</" in html
]


def _mutate(html: str, random_: random.Random) -> str:
    for _ in range(random_.randint(1, 6)):
        start = random_.randrange(len(html) + 1)
        end = min(len(html), start + random_.choice((1, 3, 20, 100)))
        match random_.randrange(4):
            case 0:
                html = html[:start] + html[end:]
            case 1:
                html = html[:start] + random_.choice(_PIECES) + html[start:]
            case 2:
                html = html[:end] + html[start:end] + html[end:]
            case _:
                other = random_.choice(_CASES)
                at = random_.randrange(len(other))
                html = html[:start] + other[at : at + 80] + html[end:]
    return html


@pytest.mark.parametrize("part", range(3))
def test_any_html_is_read(part: int) -> None:
    random_ = random.Random(f"{_SEED} {part}")  # noqa: S311
    for _ in range(_COUNT // 3):
        html = _mutate(random_.choice(_CASES), random_)
        for block in blocks_from_html(html).blocks:
            text = everything([block])
            assert not _FORBIDDEN.intersection(text), html
            assert block.level in {0, 1}, html
            assert block.kind == "table" or text.strip(), html


def test_what_is_hidden_stays_so_in_the_middle_of_anything() -> None:
    random_ = random.Random(_SEED)  # noqa: S311
    for _ in range(_COUNT):
        # Around it, not within: of a broken “hidden” nobody can say what was meant.
        front = _mutate(random_.choice(_CASES), random_)
        back = _mutate(random_.choice(_CASES), random_)
        html = f"{front} x'>\">--></style></script>>{random_.choice(_WHOLE)}{back}"
        assert "MARKER" not in everything(blocks_from_html(html).blocks), html
