from __future__ import annotations

from collections import Counter

import pytest

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.running import run_checks
from inspector_app.content.samples import load_sample
from inspector_app.frameworks.load import load_framework, load_reference

_GROUPS = {"breaches", "ratings", "evidence", "completeness", "consistency"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rated", {"tension": 1, "finding_without_evidence": 13, "single_source": 3}),
        ("unrated", {"lead_tension": 1, "finding_without_evidence": 15, "single_source": 1}),
        ("home_care_full", {"finding_without_evidence": 2}),
        ("care_home_short", {"finding_without_evidence": 7}),
        ("care_home_2014", {"finding_without_evidence": 1, "single_source": 2}),
        ("hospital", {"single_source": 1}),
        ("gp", {}),
        ("dental", {}),
        ("nursing_home_2026", {}),
    ],
)
def test_what_the_samples_have(name: str, expected: dict[str, int]) -> None:
    inspection = load_sample(name).inspection
    checks = [info.id for info in load_catalogue().checks.values() if info.group in _GROUPS]
    framework = load_framework(inspection.details.framework)
    run = run_checks(inspection, framework, load_reference(), checks)
    assert not run.has_error
    # Warnings that a reviewer would argue about, and hints: no more, and no others.
    assert Counter(result.check for result in run.results) == expected
