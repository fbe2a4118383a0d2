"""Finding the files of a template folder: none of them by a link that leads elsewhere.

What a folder does not have is the application's own, file by file.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import jinja2

from inspector_app.assets import get_templates_folder
from inspector_app.errors import TemplateFault
from inspector_app.files import is_device
from inspector_app.toml_files import explain_encoding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def find_template_file(folder: Path, name: str) -> Path:
    """Return the path of a file of a template folder, or of our own where that has it not.

    The folder itself may be a link.

    A folder that somebody sends could otherwise have any file of this computer printed.

    Args:
        folder: The template folder.
        name: Its name below the folder, with “/” between folders.

    Raises:
        TemplateFault: It is a link, or lies behind one, or is no file.
    """
    path = folder
    for part in PurePosixPath(name).parts:
        path /= part
        if path.is_symlink():
            message = "it is a link, which is not followed: put the file itself there"
            raise TemplateFault(path.relative_to(folder).as_posix(), None, "", message)
    if is_device(path):
        # Whoever opens a pipe waits for somebody at its other end.
        raise TemplateFault(name, None, "", "it is a device or pipe, not a file")
    if not path.exists():
        own = get_templates_folder() / name
        return own if own.exists() else path
    return path


def find_template_name(folder: Path, path: Path) -> str:
    """Return what a file is called in a template folder or in ours; "": it is in neither."""
    for base in (folder, get_templates_folder()):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return ""


def read_template(path: Path, name: str) -> str:
    """Return the text of a template.

    Args:
        path: Where it is.
        name: What a fault calls it.

    Raises:
        TemplateFault: It is no UTF-8 text, or cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TemplateFault(name, None, "", f"cannot be read: {error.strerror}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message, line = explain_encoding(data, error)
        raise TemplateFault(name, line, "", message) from error


class TemplateLoader(jinja2.FileSystemLoader):
    """Loads the templates of a folder, and our own that it lacks; follows no links in it."""

    def __init__(self, folder: Path) -> None:
        # Some editors begin a file with a mark of its encoding.
        super().__init__([folder, get_templates_folder()], encoding="utf-8-sig")
        self._folder = folder

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """See `jinja2.BaseLoader.get_source`."""
        path = find_template_file(self._folder, template)
        try:
            text, name, is_fresh = super().get_source(environment, template)
        except UnicodeDecodeError:
            read_template(path, template)
            raise
        # One that is put into the folder later takes the place of ours.
        return text, name, lambda: is_fresh() and find_template_file(self._folder, template) == path
