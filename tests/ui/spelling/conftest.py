"""Spelling in the window needs the dictionary."""

from __future__ import annotations

import pytest

from inspector_app.spelling.dictionary import load_dictionary


@pytest.fixture(autouse=True)
def _dictionary() -> None:
    if load_dictionary() is None:
        pytest.skip("there is no British dictionary")
