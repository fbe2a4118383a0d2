"""What all tests share: no screen, folders of their own, no skipping where CI forbids it."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.systems import find_fonts

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.name == "nt":
    # Without a screen, Qt does not ask Windows for them, and every text is far too wide.
    os.environ.setdefault("QT_QPA_FONTDIR", find_fonts())
    # In a checkout that may only be read, Windows' Python would look for a free name for ever.
    kept = Path(tempfile.gettempdir(), "inspector-hypothesis")
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(kept))

import pytest
from hypothesis import HealthCheck, settings

from tests.python_process import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

# What several tests do together fails with what was compared, too.
pytest.register_assert_rewrite("tests.ui", "tests.torture", "tests.typed_names")

settings.register_profile(
    "default",
    deadline=None,  # no timed asserts: machines differ
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("default")

ACCEPTANCE = PROJECT.parent / "shared" / "acceptance"
"""The real reports, where they lie beside the project."""

_YOUNG = 1
"""What was made since the test before; what is older is looked through by Python as it counts."""

pytest_plugins = ["tests.own_folders"]
collect_ignore = [] if ACCEPTANCE.is_dir() else ["acceptance"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Turn a skip into a failure where nothing may be skipped but for another system.

    What is missing is found while a test runs; `skipif` is for what a system does not have.
    """
    report = yield
    is_meant = hasattr(report, "wasxfail") or any(
        mark.args[0] for mark in item.iter_markers("skipif")
    )
    if report.skipped and os.environ.get("INSPECTOR_NO_SKIPS") and not is_meant:
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{item.nodeid} must not be skipped here: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> object:
    """Have Python look for garbage between tests of Qt and not within one.

    The application does so, too, from its event loop (`ui/shell/garbage_timer.py`): whatever is
    found within an event may be what the event is for.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect(_YOUNG)


_workers: list[Any] = []


@pytest.hookimpl(optionalhook=True)
def pytest_testnodeready(node: Any) -> None:
    """Remember a process that runs a part of the tests."""
    _workers.append(node.gateway._io)  # noqa: SLF001 - nothing else tells how it ended


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Let the run fail where such a process passed its tests, but crashed as it ended."""
    yield
    codes = [worker.wait() for worker in _workers]
    if any(codes) and session.exitstatus == pytest.ExitCode.OK:
        told = f"\nA process that ran tests crashed at its end: {codes}"
        session.config.get_terminal_writer().line(told)
        session.exitstatus = pytest.ExitCode.INTERNAL_ERROR


def pytest_report_header() -> str:
    """Say whether the real reports are compared."""
    found = "are compared" if ACCEPTANCE.is_dir() else "do not lie beside this clone: left out"
    return f"real reports: {found}"
