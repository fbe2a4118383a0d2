"""Run with the environment's Python: load what the window will need, or say what is missing."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path


def main() -> str | None:
    """Return what is missing, in words, or None."""
    try:
        import PySide6.QtPrintSupport
        import PySide6.QtSvg
        import PySide6.QtWidgets

        if sys.platform.startswith("linux"):
            plugins = Path(PySide6.__file__).parent / "Qt" / "plugins"
            for plugin in (
                "platforms/libqoffscreen.so",
                "platforms/libqxcb.so",
                "xcbglintegrations/libqxcb-egl-integration.so",
                "xcbglintegrations/libqxcb-glx-integration.so",
            ):
                ctypes.CDLL(str(plugins / plugin))
    except (ImportError, OSError) as error:
        return f"Qt, which draws the window, does not start on this machine: {error}"
    return None


if __name__ == "__main__":
    sys.exit(main())
