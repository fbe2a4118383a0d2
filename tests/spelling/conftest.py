"""The British dictionary; without it, spelling cannot be tested."""

from __future__ import annotations

import pytest

from inspector_app.spelling.dictionary import Dictionary, load_dictionary


@pytest.fixture
def british() -> Dictionary:
    found = load_dictionary()
    if found is None:
        pytest.skip("there is no British dictionary")
    return found
