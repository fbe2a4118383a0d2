"""Pictures of every page, light and dark, from the sample inspection.

    .venv/bin/python packaging/screenshots.py [FOLDER]

Makes `<page>-<theme>-<width>x<height>.png` in FOLDER (default: output/screenshots), without a
screen. Look at them after a change to the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

SIZES = ((1280, 800), (1920, 1080))
THEMES = ("light", "dark")


def main() -> int:
    """Make the pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "output/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = home
        count = _make_pictures(folder, Path(home))
    print(f"{count} pictures in {folder}")
    return 0


def _make_pictures(folder: Path, home: Path) -> int:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from inspector_app.app import make_sample_file
    from inspector_app.ui.main_window import MainWindow
    from inspector_app.ui.shell.outline import Outline
    from inspector_app.ui.theme import get_theme

    application = QApplication([])
    sample = make_sample_file("rated")
    count = 0
    for theme in THEMES:
        get_theme(application).apply(theme)
        for width, height in SIZES:
            settings = QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat)
            window = MainWindow(settings, home, home, make_sample_file)
            window.resize(width, height)
            window.show()
            size = f"{theme}-{width}x{height}"
            count += _grab(application, window, folder / f"welcome-{size}.png")
            window.open_file(sample)
            outline = window.findChild(Outline)
            for entry in [item.id for item in outline.entries]:
                outline.entry_wanted.emit(entry)
                count += _grab(
                    application, window, folder / f"{entry.replace('/', '-')}-{size}.png"
                )
            window.close()
            settings.clear()
    return count


def _grab(application: object, window: object, path: Path) -> int:
    for _ in range(5):
        application.processEvents()
    window.grab().save(str(path))
    return 1


if __name__ == "__main__":
    sys.exit(main())
