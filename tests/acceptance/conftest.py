"""The window of the other tests, for the real reports."""

from tests.ui.conftest import make_file, make_window, prompts, window

__all__ = ["make_file", "make_window", "prompts", "window"]
