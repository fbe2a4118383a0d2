"""`report_templates/styles.toml`: which Word style each kind of block and text gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from inspector_app.errors import TemplateFault
from inspector_app.report.template_files import find_template_file
from inspector_app.toml_files import TomlFault, read_toml

if TYPE_CHECKING:
    from pathlib import Path

STYLES_FILE = "styles.toml"


class StyleMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of the file: style names by element or element.class."""

    paragraphs: Mapping[str, str]
    lists: Mapping[str, tuple[str, str]]
    tables: Mapping[str, str]
    runs: Mapping[str, str]
    column_widths: Mapping[str, tuple[float, ...]] = {}


def load_style_map(folder: Path) -> StyleMap:
    """Return the map of a template folder.

    Raises:
        TemplateFault: The file is missing or faulty.
    """
    try:
        data = read_toml(find_template_file(folder, STYLES_FILE))
        return msgspec.convert(data, StyleMap)
    except OSError as error:
        raise TemplateFault(STYLES_FILE, None, "", f"cannot be read: {error.strerror}") from error
    except TomlFault as error:
        raise TemplateFault(STYLES_FILE, error.line, "", str(error)) from error
    except ValueError as error:
        raise TemplateFault(STYLES_FILE, None, "", str(error)) from error
