"""What some systems do not know, as marks for tests."""

from __future__ import annotations

import os

import pytest

held_open = pytest.mark.skipif(
    os.name == "nt", reason="Windows does not move, replace or delete a file that is open"
)
odd_names = pytest.mark.skipif(
    os.name == "nt", reason="Windows takes no name with one of these signs"
)
links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
