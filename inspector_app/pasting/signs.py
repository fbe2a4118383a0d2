"""Signs that nobody sees go; ligatures of a typesetter become letters again."""

from __future__ import annotations

import re

from inspector_app.texts import clean_text

# A joiner between two letters that join (Arabic, Indic, emoji) is part of the word.
_UNSEEN = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2064\ufeff]"
    "|(?<![\u0590-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\U0010ffff])"
)
_SPACES = re.compile("[ \t\xa0]+")
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)


def clean_signs(text: str) -> str:
    """Return a text as it was meant: no-break spaces and hyphens stay, soft hyphens do not."""
    text = clean_text(text)
    return text if text.isascii() else _UNSEEN.sub("", text.translate(_LIGATURES))


def collapse(line: str) -> str:
    """Return a line without spaces at its ends, with one for several; a no-break one stays."""
    if "  " in line or "\t" in line or "\xa0" in line:
        line = _SPACES.sub(_keep_no_break, line)
    return line.strip(" \xa0")


def _keep_no_break(spaces: re.Match[str]) -> str:
    # Several are what Word and browsers write for a gap.
    return "\xa0" if spaces.group() == "\xa0" else " "
