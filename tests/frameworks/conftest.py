"""An organisation whose framework comes and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.frameworks.changing import Organisation, forget

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def organisation(tmp_path: Path) -> Iterator[Organisation]:
    with pytest.MonkeyPatch.context() as patch:
        yield Organisation(tmp_path / "ours", patch)
    forget()
