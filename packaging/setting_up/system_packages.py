"""Installs what Inspector needs from the operating system on a Debian or Ubuntu machine."""

from __future__ import annotations

import os
import subprocess

from inspector_app.system_libraries import (
    Need,
    explain_missing,
    get_install_command,
    is_debian,
)
from setting_up.talking import SetupProblem, say


def may_install() -> bool:
    """Tell whether packages can be installed here without asking anybody."""
    return is_debian() and hasattr(os, "geteuid") and os.geteuid() == 0


def provide(missing: list[Need]) -> None:
    """Install `missing` where that is allowed.

    Raises:
        SetupProblem: It is not allowed, or it failed; the message has the line to type.
    """
    if not may_install():
        raise SetupProblem(explain_missing(missing, debian=is_debian()))
    packages = sorted({need.package for need in missing})
    say(f"Installing from the operating system: {' '.join(packages)}")
    # The update may fail for a source that has nothing to do with us; the installation decides.
    update = _run_apt(["update"])
    install = _run_apt(["install", "-y", "--no-install-recommends", *packages])
    if install.returncode:
        raise SetupProblem(
            f"{update.stdout}{install.stdout}\n"
            "These packages could not be installed; the lines above say why. Without network, "
            "connect and start again. To try by hand:\n\n"
            f"    {get_install_command(packages)}\n"
        )


def _run_apt(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        # Another installation, such as the daily updates, may be under way: wait for it.
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
