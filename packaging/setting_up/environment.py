"""The virtual environment: made, filled, and checked."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.system_libraries import Need, is_debian
from setting_up.talking import SetupProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from setting_up.places import Places

_NETWORK_SIGNS = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "SSLError",
    "CERTIFICATE_VERIFY_FAILED",
    "Temporary failure in name resolution",
    # What pip's resolver makes of an index that it could not read, when it is quiet.
    "No matching distribution found",
    "ResolutionImpossible",
)
_NETWORK_ADVICE = """\
Inspector's parts could not be downloaded. Most often there is no network.
- Connect to the internet and start again. This is needed once.
- Behind a proxy, name it first:  HTTPS_PROXY=http://proxy.example:8080
- With a certificate of your organisation, name its file first:  PIP_CERT=/path/to/file.pem
- If the network is well, this Python may be too new: 3.11 to 3.14 are tried."""
_OTHER_ADVICE = """\
Inspector's parts could not be installed; the lines above say why.
Mend that and start again, or pass these lines on to whoever looks after Inspector."""


def find_missing_venv() -> list[Need]:
    """Return the Debian package that lets this Python make environments, if it is missing.

    Raises:
        SetupProblem: It is missing, and no package can help.
    """
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return []
    if is_debian() and sys.base_prefix == "/usr":
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return [Need("Python's venv and ensurepip", f"python{version}-venv")]
    raise SetupProblem(
        f"The Python at {sys.executable} came without the modules venv and ensurepip, which "
        "Inspector needs.\nInstall a complete one from https://www.python.org/downloads/"
    )


def get_environment_variables() -> dict[str, str]:
    """Return this process's variables without those that would leak another Python in."""
    foreign = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {name: value for name, value in os.environ.items() if name not in foreign}


def clear_environment(places: Places) -> None:
    """Delete all of the environment but the lock, which this process holds."""
    places.stamp.unlink(missing_ok=True)
    try:
        for path in places.venv.iterdir():
            if path == places.lock:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    except OSError as error:
        raise SetupProblem(
            f"The folder {places.venv} could not be made anew: {error.strerror}.\n"
            "If Inspector is open, close it, then start again. Otherwise delete that folder."
        ) from error


def make_environment(places: Places) -> None:
    """Make the environment, empty but for pip."""
    _run([sys.executable, "-I", "-m", "venv", places.venv])


def install(places: Places, extras: Iterable[str]) -> None:
    """Install the checkout with its dependencies, at the versions of the constraints.

    The build tools go in first and stay: when only Inspector's own files change, which also
    happens to an inspector without network, bringing the set-up up to date needs no download.
    """
    names = ",".join(sorted(extras))
    checkout = f"{places.root}[{names}]" if names else str(places.root)
    quietly = ["--quiet", "--disable-pip-version-check", "--no-input"]
    pip: list[str | Path] = [places.python, "-I", "-m", "pip", "install", *quietly]
    pip += ["--constraint", places.constraints]
    _run([*pip, *read_build_tools(places.pyproject)])
    _run([*pip, "--no-build-isolation", "--editable", checkout])


def read_build_tools(pyproject: Path) -> list[str]:
    """Return what has to be installed to build the package, editable or not."""
    with pyproject.open("rb") as file:
        requires: list[str] = tomllib.load(file)["build-system"]["requires"]
    return [*requires, "editables"]  # hatchling asks for it when an installation is editable


def check_qt(places: Places) -> None:
    """Load Qt in the environment the way the window will, to be sure that nothing is missing."""
    _run([places.python, "-I", Path(__file__).with_name("qt_probe.py")])


def _run(command: list[str | Path]) -> None:
    result = subprocess.run(
        command,
        env=get_environment_variables(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # shares the lock, see one_at_a_time
        check=False,
    )
    if result.returncode:
        offline = any(sign in result.stdout for sign in _NETWORK_SIGNS)
        raise SetupProblem(f"{result.stdout}\n{_NETWORK_ADVICE if offline else _OTHER_ADVICE}")
