"""The contents of a report: a line for each large heading that follows."""

from __future__ import annotations

import re

CONTENTS = "p.contents"
"""The key of such a line, and in templates of the paragraph in whose place they stand."""
_PLACE = re.compile(r'<p class="contents">\s*</p>\n?|<p class="contents"\s*/>\n?')
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)


def fill_contents(html: str) -> str:
    """Return the HTML of a report with its contents, where the template has a place for them."""
    found = _PLACE.search(html)
    if found is None:
        return html
    headings = _HEADING.findall(html, found.end())
    lines = "".join(f'<p class="contents">{heading}</p>\n' for heading in headings)
    return f"{html[: found.start()]}{lines}{_PLACE.sub('', html[found.end() :])}"
