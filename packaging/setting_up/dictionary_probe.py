"""Run with the environment's Python: look for the British dictionary the way the window will."""

from __future__ import annotations

import sys

from inspector_app.spelling.dictionary import load_dictionary

if __name__ == "__main__":
    sys.exit(0 if load_dictionary() is not None else 1)
