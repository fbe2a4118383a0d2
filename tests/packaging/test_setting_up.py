"""The set-up's decisions, with fakes: no network, nothing installed."""

from __future__ import annotations

import ast
import contextlib
import subprocess
import sys
import threading
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from oldest_python import OLDEST, stop_if_too_old
from setting_up import checking, dictionary, environment, preparing, starting, system_packages
from setting_up.checking import Outcome, draw_table, is_ci
from setting_up.one_at_a_time import one_at_a_time
from setting_up.places import ROOT, Places
from setting_up.stamp import describe_now, is_current, is_sound, read_stamp
from setting_up.starting import choose_arguments
from setting_up.talking import SetupProblem, run_main
from setting_up.tools_for_tests import LIBREOFFICE, explain_tool, find_missing_tools, get_tools

from inspector_app.system_libraries import LIBRARIES, Need, explain_missing, find_missing_libraries

if TYPE_CHECKING:
    from pathlib import Path

CURSOR = Need("libxcb-cursor.so.0", "libxcb-cursor0")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path)
    places.constraints.parent.mkdir()
    (tmp_path / "inspector_app").mkdir()
    for path in places.inputs:
        path.write_text(f"first {path.name}\n", encoding="utf-8")
    return places


@pytest.fixture
def steps(places: Places, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let `prepare` run with harmless steps, and record them."""
    taken: list[str] = []

    def make_environment(places: Places) -> None:
        taken.append("make")
        places.programs.mkdir(parents=True)
        places.python.touch()

    def install(places: Places, extras: frozenset[str]) -> None:
        taken.append(f"install {' '.join(sorted(extras))}".strip())

    monkeypatch.setattr(preparing, "find_missing_venv", list)
    monkeypatch.setattr(preparing, "find_missing_libraries", list)
    monkeypatch.setattr(preparing, "make_environment", make_environment)
    monkeypatch.setattr(preparing, "install", install)
    monkeypatch.setattr(preparing, "check_qt", lambda places: taken.append("check"))
    monkeypatch.setattr(preparing, "announce_dictionary", lambda places: None)
    return taken


# The oldest Python


@pytest.mark.parametrize("name", ["run.py", "test.py", "oldest_python.py"])
def test_the_first_files_are_written_for_any_python(name: str) -> None:
    source = (ROOT / "packaging" / name).read_bytes()
    assert source.isascii()
    for node in ast.walk(ast.parse(source)):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)
        assert getattr(node, "annotation", None) is None
        assert getattr(node, "returns", None) is None


def test_an_old_python_is_named() -> None:
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.9"):
        stop_if_too_old((3, 9, 18))
    stop_if_too_old((3, 11, 0))


def test_the_oldest_python_is_the_one_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">={}.{}".format(*OLDEST)


# Exact versions


def test_every_dependency_has_an_exact_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {_normalise(line.split("==")[0]) for line in lines if "==" in line}
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {_normalise(requirement.split(">")[0].split("[")[0]) for requirement in wanted}
    assert names - pinned == set()


def _normalise(name: str) -> str:
    return name.strip().lower().replace("_", "-")


# From nothing, again, after a change, after an accident


def test_a_first_start_sets_everything_up(places: Places, steps: list[str]) -> None:
    preparing.prepare(places)
    assert steps == ["make", "install", "check"]
    assert is_current(read_stamp(places.stamp), describe_now(places, []), places)


def test_a_second_start_does_nothing(places: Places, steps: list[str]) -> None:
    preparing.prepare(places)
    steps.clear()
    preparing.prepare(places)
    assert steps == []


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_changed_input_brings_the_set_up_up_to_date(
    places: Places, steps: list[str], index: int
) -> None:
    preparing.prepare(places, ["test"])
    steps.clear()
    places.inputs[index].write_text("second", encoding="utf-8")
    preparing.prepare(places)
    assert steps == ["install test", "check"]  # what was there once stays up to date


def test_the_tests_add_their_parts_once(places: Places, steps: list[str]) -> None:
    preparing.prepare(places)
    preparing.prepare(places, ["test"])
    preparing.prepare(places)
    preparing.prepare(places, ["test"])
    assert steps == ["make", "install", "check", "install test", "check"]


def test_an_interrupted_set_up_is_made_anew(
    places: Places, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(preparing, "install", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            preparing.prepare(places)
    half_installed = places.venv / "half"
    half_installed.touch()
    steps.clear()

    preparing.prepare(places)
    assert steps == ["make", "install", "check"]
    assert not half_installed.exists()


def test_an_interrupted_update_is_made_anew(
    places: Places, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    preparing.prepare(places)
    places.constraints.write_text("second", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(preparing, "install", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            preparing.prepare(places)
    steps.clear()

    preparing.prepare(places)
    assert steps == ["make", "install", "check"]


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_environment_without_its_python_is_made_anew(places: Places, steps: list[str]) -> None:
    preparing.prepare(places)
    places.python.unlink()
    steps.clear()
    preparing.prepare(places)
    assert steps == ["make", "install", "check"]


def test_an_environment_of_another_python_is_made_anew(
    places: Places, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    preparing.prepare(places)
    steps.clear()
    monkeypatch.setattr(sys, "version", "3.99")
    preparing.prepare(places)
    assert steps == ["make", "install", "check"]


def test_an_environment_that_lost_a_part_is_not_sound(places: Places, steps: list[str]) -> None:
    preparing.prepare(places)
    stamp, now = read_stamp(places.stamp), describe_now(places, [])
    assert stamp is not None
    assert is_sound(stamp, now, places)
    assert not is_sound(replace(stamp, entries=frozenset({"jinja2"})), now, places)
    assert is_sound(stamp, replace(now, entries=frozenset({"jinja2"})), places)  # one more is fine


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"home": 1}'])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, content: str) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text(content, encoding="utf-8")
    assert read_stamp(stamp) is None


def test_making_anew_keeps_the_lock(places: Places) -> None:
    (places.venv / "lib").mkdir(parents=True)
    for path in (places.lock, places.stamp, places.venv / "lib" / "part"):
        path.touch()
    environment.clear_environment(places)
    assert list(places.venv.iterdir()) == [places.lock]


def test_a_second_start_waits_for_the_first(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    entered = threading.Event()

    def start() -> None:
        with one_at_a_time(places.lock, pause=0.01):
            entered.set()

    with contextlib.ExitStack() as held:
        held.enter_context(one_at_a_time(places.lock))
        second = threading.Thread(target=start)
        second.start()
        assert not entered.wait(0.1)
        held.close()
        assert entered.wait(5)
    second.join()
    assert "Another start is setting Inspector up" in capsys.readouterr().err


@pytest.mark.parametrize("sign", ["NewConnectionError", "ResolutionImpossible"])
def test_a_failed_download_says_what_to_do(
    places: Places, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    def fail(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, f"WARNING: ... {sign} ...")

    places.pyproject.write_text('[build-system]\nrequires = ["hatchling"]', encoding="utf-8")
    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(SetupProblem, match=sign) as caught:
        environment.install(places, [])
    assert "Connect to the internet" in str(caught.value)
    assert "HTTPS_PROXY" in str(caught.value)


# What the operating system lacks


def test_missing_libraries_are_found_by_loading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    lost = {"libEGL.so.1", "libxcb-cursor.so.0"}
    missing = find_missing_libraries(lambda name: name not in lost, lambda: False)
    assert [need.package for need in missing] == ["libegl1", "libxcb-cursor0", "fonts-dejavu-core"]
    assert find_missing_libraries(lambda name: True, lambda: True) == []


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_only_linux_lacks_libraries(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert find_missing_libraries(lambda name: False, lambda: False) == []


def test_on_debian_the_line_to_type_is_exact() -> None:
    glib = [Need(name, LIBRARIES[name]) for name in ("libgthread-2.0.so.0", "libglib-2.0.so.0")]
    assert (
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "libglib2.0-0 libxcb-cursor0\n"
    ) in explain_missing([CURSOR, *glib], debian=True)


def test_elsewhere_the_libraries_are_named() -> None:
    explanation = explain_missing([CURSOR], debian=False)
    assert "libxcb-cursor.so.0" in explanation
    assert "apt" not in explanation


def test_without_the_right_to_install_the_set_up_stops_before_any_download(
    places: Places, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "find_missing_libraries", lambda: [CURSOR])
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    monkeypatch.setattr(system_packages, "is_debian", lambda: True)
    with pytest.raises(SetupProblem, match=r"sudo apt-get install -y .* libxcb-cursor0 poppler"):
        preparing.prepare(places, also=[Need("the program pdftotext", "poppler-utils")])
    assert steps == []


@pytest.mark.parametrize("code", [0, 100])
def test_root_installs_the_packages(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, code, "E: no such package\n")

    monkeypatch.setattr(system_packages, "may_install", lambda: True)
    monkeypatch.setattr(subprocess, "run", run)
    stops = pytest.raises(SetupProblem, match="E: no such package") if code else None
    with stops or contextlib.nullcontext():
        system_packages.provide([CURSOR])
    assert [command[0] for command in commands] == ["apt-get", "apt-get"]
    assert commands[1][-3:] == ["-y", "--no-install-recommends", "libxcb-cursor0"]


# The dictionary


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A Debian whose apt can be told what to answer; `installed` is what it was asked for."""
    system: dict[str, Any] = {"code": 0, "root": True, "found": False, "installed": []}

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        if command[0] != "apt-get":  # the probe
            assert command[-1].endswith("dictionary_probe.py")
            return subprocess.CompletedProcess(command, 0 if system["found"] else 1)
        if "install" in command:
            system["installed"] += command[command.index("--no-install-recommends") + 1 :]
            system["found"] = system["code"] == 0
        return subprocess.CompletedProcess(command, system["code"], "E: no such package\n")

    monkeypatch.setattr(subprocess, "run", run)
    for module in (system_packages, dictionary):
        monkeypatch.setattr(module, "may_install", lambda: system["root"])
        monkeypatch.setattr(module, "is_debian", lambda: True)
    return system


def test_root_gets_the_dictionary(places: Places, apt: dict[str, Any]) -> None:
    assert dictionary.provide_dictionary(places)
    assert apt["installed"] == ["hunspell-en-gb", "libenchant-2-2"]
    apt["installed"].clear()
    assert dictionary.provide_dictionary(places)
    assert apt["installed"] == []


@pytest.mark.parametrize("root", [True, False])
def test_a_set_up_without_the_dictionary_says_so_and_goes_on(
    places: Places, apt: dict[str, Any], capsys: pytest.CaptureFixture[str], *, root: bool
) -> None:
    apt.update(root=root, code=100)
    dictionary.announce_dictionary(places)
    said = "".join(capsys.readouterr())
    assert "Inspector works, but for this" in said
    assert "--no-install-recommends hunspell-en-gb libenchant-2-2" in said
    assert bool(apt["installed"]) is root


def test_the_dictionary_is_on_a_line_that_has_to_be_typed(
    places: Places, steps: list[str], apt: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "find_missing_libraries", lambda: [CURSOR])
    apt["root"] = False
    with pytest.raises(SetupProblem, match="hunspell-en-gb libenchant-2-2 libxcb-cursor0"):
        preparing.prepare(places)
    assert steps == []


def test_the_dictionary_is_looked_for_when_all_else_is_there(
    places: Places, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "announce_dictionary", lambda _: steps.append("dictionary"))
    preparing.prepare(places)
    assert steps == ["make", "install", "check", "dictionary"]


@pytest.mark.parametrize("strict", [True, False])
def test_only_ci_stops_without_the_dictionary(
    places: Places, apt: dict[str, Any], capsys: pytest.CaptureFixture[str], *, strict: bool
) -> None:
    apt.update(root=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "find_missing_tools", dict)
        stops = pytest.raises(SetupProblem, match="hunspell-en-gb") if strict else None
        with stops or contextlib.nullcontext():
            checking.look_for_tools(places, strict=strict)
    assert strict or "the British English dictionary" in "".join(capsys.readouterr())


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_each_system_has_its_remedy_for_a_missing_dictionary(system: str) -> None:
    remedy = dictionary.explain_dictionary(system=system, debian=False).split(": ")[1]
    assert remedy
    assert "apt-get" not in remedy


def test_a_python_without_venv_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment, "is_debian", lambda: True)
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    (need,) = environment.find_missing_venv()
    assert need.package == "python{}.{}-venv".format(*sys.version_info)
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    with pytest.raises(SetupProblem, match="ensurepip"):
        environment.find_missing_venv()


# Starting


@pytest.mark.parametrize(
    ("system", "variables", "opens"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": "", "WAYLAND_DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_the_sample_opens_where_there_is_a_screen(
    system: str, variables: dict[str, str], *, opens: bool
) -> None:
    arguments, remark = choose_arguments([], system, variables)
    if opens:
        assert (arguments, remark) == (["--sample", "rated"], "")
    else:
        assert arguments == ["export", "--sample", "rated", "-o", "sample-report.docx"]
        assert remark.startswith("There is no screen here, so")


def test_arguments_are_taken_as_they_are() -> None:
    assert choose_arguments(["check", "a b.inspection"], "linux", {}) == (
        ["check", "a b.inspection"],
        "",
    )


def test_other_pythons_do_not_leak_into_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("INSPECTOR_TEST", "kept")
    variables = environment.get_environment_variables()
    assert "PYTHONPATH" not in variables
    assert variables["INSPECTOR_TEST"] == "kept"


def test_on_windows_ctrl_c_is_left_to_the_application(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Process:
        waits = 0

        def __init__(self, command: list[str], **_: object) -> None:
            assert command[1:4] == ["-P", "-m", "inspector_app"]

        def __enter__(self) -> Process:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def wait(self) -> int:
            Process.waits += 1
            if Process.waits == 1:
                raise KeyboardInterrupt
            return 7

    monkeypatch.setattr(starting, "prepare", lambda places: None)
    monkeypatch.setattr(starting, "Places", lambda: places)
    monkeypatch.setattr(starting, "is_posix", lambda: False)
    monkeypatch.setattr(subprocess, "Popen", Process)
    assert starting.main(["check"]) == 7
    assert Process.waits == 2


def test_problems_and_ctrl_c_end_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def stop() -> int:
        raise SetupProblem("Type this.")

    def interrupt() -> int:
        raise KeyboardInterrupt

    assert run_main(stop) == 1
    assert run_main(interrupt) == 130
    assert capsys.readouterr().err.startswith("Type this.\n\nStopped.")


# Checking


@pytest.mark.parametrize(("value", "strict"), [("true", True), ("1", True), ("", False)])
def test_ci_is_strict(value: str, *, strict: bool) -> None:
    assert is_ci({"CI": value}) is strict
    assert not is_ci({})


def test_missing_tools_come_with_their_remedy() -> None:
    missing = find_missing_tools(lambda name: None if name == "soffice" else name)
    assert missing == {LIBREOFFICE: Need("the program soffice", "libreoffice-writer-nogui")}
    assert "apt-get install -y --no-install-recommends libreoffice-writer-nogui" in explain_tool(
        LIBREOFFICE, debian=True
    )
    for system in ("win32", "darwin"):
        for tool in get_tools(system):
            assert "install" in explain_tool(tool, system=system, debian=False).split(": ")[1]


def test_the_table_shows_what_failed() -> None:
    table = draw_table([Outcome("mypy", True, 1.25), Outcome("ruff check", False, 0.1)])
    assert table == "mypy        passed    1.2 s\nruff check  FAILED    0.1 s"
