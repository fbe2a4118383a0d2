"""The wheel, built and installed away from the checkout, exports a report."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="the wheel is built with hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder]
    _run([sys.executable, "-m", "pip", "wheel", *options, ROOT], folder)
    (wheel,) = folder.glob("inspector_app-*.whl")
    return wheel


def test_the_wheel_holds_the_application_and_nothing_beside_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"inspector_app"}
    for folder in ("resources", "report_templates", "docs"):
        in_checkout = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not path.name.startswith(".")
        }
        assert in_checkout
        assert {f"inspector_app/{name}" for name in in_checkout} <= set(names)


def test_the_installed_wheel_exports_the_sample(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    _run([sys.executable, "-m", "venv", "--without-pip", venv], tmp_path)
    programs = venv / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    options = ["--no-deps", "--no-index", "--no-compile"]
    _run([sys.executable, "-m", "pip", "--python", python, "install", *options, wheel], tmp_path)
    # The dependencies are the ones that run this test. A path that is named in a .pth file does
    # not have its own .pth files read, so an editable installation there stays out of sight.
    packages = _run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], venv)
    here = sysconfig.get_path("purelib")
    Path(packages.strip(), "dependencies.pth").write_text(f"{here}\n", encoding="utf-8")

    location = _run(
        [python, "-P", "-c", "import inspector_app as it; print(it.__file__)"], tmp_path
    )
    assert Path(location.strip()).is_relative_to(venv)
    command = programs / ("inspector-app.exe" if os.name == "nt" else "inspector-app")
    report = tmp_path / "report.docx"
    _run([command, "export", "--sample", "unrated", "-o", report], tmp_path)
    with zipfile.ZipFile(report) as archive:
        assert archive.testzip() is None
        assert "word/document.xml" in archive.namelist()


def _run(command: list[str | Path], folder: Path) -> str:
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(  # noqa: S603  the commands are the ones above
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
