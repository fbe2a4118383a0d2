from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.registry import CHECKS
from inspector_app.errors import ResourceFault

if TYPE_CHECKING:
    from pathlib import Path

_GROUP = '[[groups]]\nid = "a"\nname = "A"\n'
_CHECK = (
    '[[checks]]\nid = "one"\nname = "One"\ngroup = "a"\nseverity = "error"\nwhy = "W"\n'
    'source = "S"\nverified = true\nmessage = "M {place}"\n'
)


def test_every_check_has_an_entry_and_every_entry_a_check() -> None:
    assert set(load_catalogue().checks) == set(CHECKS)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "groups: is missing"),
        (_GROUP + _CHECK.replace('"error"', '"terrible"'), "checks[0].severity"),
        (
            _GROUP + _CHECK.replace('group = "a"', 'group = "b"'),
            "checks[0].group: no such group 'b'",
        ),
        (_GROUP + _CHECK + _CHECK, "checks[1].id: stands twice"),
        (_GROUP + _CHECK.replace("{place}", "{place"), "checks[0].message: has a brace"),
        (_GROUP + _CHECK.replace("{place}", "{place.__class__}"), "checks[0].message: has a brace"),
        ("[[", "is no valid TOML"),
    ],
)
def test_faults_of_the_catalogue_name_their_place(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "checks.toml").write_text(text, "utf-8")
    with pytest.raises(ResourceFault) as caught:
        load_catalogue(tmp_path)
    assert fault in str(caught.value)
