"""Every command as a person types it: results, messages, exit codes."""

from __future__ import annotations

import base64
import json
import os
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.cli import main
from inspector_app.cli.parser import COMMANDS, understand
from tests.cli.conftest import CLINIC
from tests.cli.helpers import (
    COMMAND,
    FRAMEWORK,
    environment,
    make_content,
    read_text,
    run,
    write_json,
)
from tests.python_process import PROJECT, make_command
from tests.storage.helpers import leave_open_elsewhere, owned_elsewhere
from tests.systems import odd_names

if TYPE_CHECKING:
    from collections.abc import Iterator

posix_only = pytest.mark.skipif(os.name != "posix", reason="signals, pipes and names of POSIX")
SAMPLES = PROJECT / "resources" / "samples"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- what each command does


def test_new(folder: Path) -> None:
    arguments = ("--framework", FRAMEWORK, "--regime", "rated", "--location", "Łódź & <Clinic>")
    done = run("new", "-o", "x.inspection", *arguments, folder=folder)
    assert done.out.startswith("Wrote x.inspection: ")
    assert done.err == ""
    content = json.loads(run("dump", "x.inspection", folder=folder).out_bytes)
    assert content["location"] == {"name": "Łódź & <Clinic>"}
    assert content["regime"] == "rated"
    assert len(content["key_questions"]) == 5
    run("export", "x.inspection", "-o", "x.docx", folder=folder)
    assert "Łódź & <Clinic>" in read_text(folder / "x.docx")


@pytest.mark.parametrize("sample", ["rated", "unrated"])
def test_new_and_export_from_a_sample(folder: Path, sample: str) -> None:
    if not (SAMPLES / f"{sample}.json").exists():
        pytest.skip("there is no such sample yet")
    run("new", "-o", "x.inspection", "--sample", sample, folder=folder)
    run("export", "x.inspection", "-o", "x.docx", folder=folder)
    run("export", "--sample", sample, "-o", "y.docx", folder=folder)
    assert read_text(folder / "x.docx") == read_text(folder / "y.docx")


def test_import_dump_and_import_again(folder: Path, clinic_json: Path) -> None:
    before = clinic_json.read_bytes()
    done = run("import", "clinic.json", folder=folder)
    assert done.out == "Wrote clinic.inspection.\n"
    assert clinic_json.read_bytes() == before
    first = run("dump", "clinic.inspection", folder=folder).out_bytes
    content = json.loads(first)
    for key, value in CLINIC.items():
        if key not in {"attachments", "evidence", "sections"}:
            assert content[key] == value
    assert content["attachments"][0]["bytes"] == "iVBORw0KGgo="
    done = run("dump", "clinic.inspection", "-o", "again.json", folder=folder)
    assert done.out == "Wrote again.json.\n"
    assert (folder / "again.json").read_bytes() == first
    run("import", "again.json", "-o", "again.inspection", folder=folder)
    assert run("dump", "again.inspection", folder=folder).out_bytes == first
    plain = run("dump", "clinic.inspection", "--no-attachments", folder=folder).out_bytes
    assert "bytes" not in json.loads(plain)["attachments"][0]
    assert names(folder) == ["again.inspection", "again.json", "clinic.inspection", "clinic.json"]


def test_import_from_standard_input(folder: Path) -> None:
    data = json.dumps(CLINIC).encode()
    done = run("import", "-", "-o", "x.inspection", folder=folder, data=data)
    assert done.out == "Wrote x.inspection.\n"
    done = run("import", "-", folder=folder, data=data, code=2)
    assert "-o" in done.err
    done = run("import", "-", "-o", "y.inspection", folder=folder, data=data[:-9], code=3)
    assert "standard input" in done.err
    assert names(folder) == ["x.inspection"]


def test_import_without_the_files_of_attachments_says_so(folder: Path) -> None:
    write_json(folder / "x.json", make_content(attachments=[{"name": "gone.png"}]))
    done = run("import", "x.json", folder=folder)
    assert "Remark: " in done.err
    assert "attachments[0]" in done.err
    assert done.out == "Wrote x.inspection.\n"


def test_import_over_an_inspection_keeps_a_copy(folder: Path, clinic: Path) -> None:
    old = run("dump", clinic.name, folder=folder).out_bytes
    write_json(folder / "clinic.json", make_content(location={"name": "Another"}))
    run("import", "clinic.json", folder=folder)
    assert b"Another" in run("dump", clinic.name, folder=folder).out_bytes
    copies = [path for path in folder.parent.rglob("*.inspection") if path != clinic]
    assert len(copies) == 1
    assert run("dump", copies[0], folder=folder).out_bytes == old


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_export(folder: Path, clinic: Path, kind: str) -> None:
    target = folder / f"report.{kind}"
    done = run("export", clinic.name, "-o", target.name, folder=folder)
    assert done.out == f"Wrote {target.name}, a draft.\n"
    first = target.read_bytes()
    done = run("export", clinic.name, "-o", target.name, "--final", folder=folder)
    assert done.out == f"Wrote {target.name}, final.\n"
    assert target.read_bytes() != first
    done = run("export", clinic.name, "-o", target.name, "--draft", folder=folder)
    assert target.read_bytes() == first, "the same report has the same bytes"
    text = read_text(target) if kind == "docx" else target.read_text("utf-8")
    assert "Little Meadow Clinic" in text
    assert "Patients were safe &" in text
    assert names(folder) == sorted([clinic.name, target.name])


def test_export_of_content(folder: Path, clinic_json: Path) -> None:
    before = clinic_json.read_bytes()
    run("export", "clinic.json", "-o", "report.docx", folder=folder)
    assert "Patients were safe & well." in read_text(folder / "report.docx")
    assert clinic_json.read_bytes() == before
    assert names(folder) == ["clinic.json", "report.docx"]


def test_frameworks(folder: Path) -> None:
    done = run("frameworks", folder=folder)
    assert FRAMEWORK in done.out
    assert "--regime rated" in done.out
    assert done.err == ""


# -- help and mistakes


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_teaches(folder: Path, command: str) -> None:
    done = run(command, "--help", folder=folder)
    assert f"  inspector-app {command}" in done.out, "an example"
    assert done.err == ""


@pytest.mark.parametrize("option", ["--help", "-h", "help", "--version", "-V"])
def test_help_and_version(folder: Path, option: str) -> None:
    done = run(option, folder=folder)
    if option in {"--version", "-V"}:
        assert done.out.startswith("Inspector ")
    else:
        assert all(command in done.out for command in COMMANDS)
        assert "inspector-app export" in done.out
        assert "Exit codes" in done.out
    assert done.err == ""


@pytest.mark.parametrize("command", ["new", "export", "rate", "evidence-index", "forget"])
def test_help_of_a_command_by_either_word(folder: Path, command: str) -> None:
    told = run("help", command, folder=folder)
    assert told.out == run(command, "--help", folder=folder).out
    assert told.err == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_what_runs_a_command_is_there(command: str) -> None:
    arguments = {"frameworks": [], "copies": [], "check-template": []}.get(command, ["x"])
    output = (
        ["-o", "x"] if command in {"new", "export", "evidence-index", "copy", "salvage"} else []
    )
    options = understand([command, *([] if command == "new" else arguments), *output])
    assert callable(pkgutil.resolve_name(options.run))


@pytest.mark.parametrize(
    "arguments",
    [
        ("export",),
        ("export", "x.inspection"),
        ("export", "x.inspection", "-o", "x.docx", "--final", "--draft"),
        ("export", "x.inspection", "--sample", "rated", "-o", "x.docx"),
        ("export", "--sample", "nothing", "-o", "x.docx"),
        ("new",),
        ("import",),
        ("dump",),
        ("dump", "x.inspection", "--wrong"),
        ("frameworks", "more"),
        ("--wrong",),
    ],
)
def test_what_is_not_understood_is_code_2(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, folder=folder, code=2)
    assert done.out == ""
    assert done.err.startswith("usage: inspector-app")
    assert names(folder) == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("exprot", "export"),
        ("improt", "import"),
        ("dmup", "dump"),
        ("framework", "frameworks"),
        ("Export", "export"),
        ("evidence_index", "evidence-index"),
    ],
)
def test_a_misspelt_command_is_not_taken_for_a_file(folder: Path, word: str, meant: str) -> None:
    for arguments in ((word, "x.inspection"), ("help", word)):
        done = run(*arguments, folder=folder, code=2)
        assert f"no such command '{word}'; did you mean '{meant}'?" in done.err
        assert done.out == ""


def test_a_word_that_is_no_command_and_no_file(folder: Path) -> None:
    assert "no such command 'qqq' (see --help)" in run("qqq", folder=folder, code=2).err
    assert (
        "no such command 'x.inspection'" in run("help", "x.inspection", folder=folder, code=2).err
    )


def test_main_returns_its_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["frameworks", "more"]) == 2
    assert main(["dump", "gone.inspection"]) == 3
    said = capsys.readouterr()
    assert said.out.startswith("Inspector ")
    assert "There is no file" in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--framework", "independent_health_2081", "--regime", "rated"), f"mean '{FRAMEWORK}'"),
        (("--framework", FRAMEWORK, "--regime", "ratd"), "did you mean 'rated'"),
        (("--framework", FRAMEWORK, "--regime", "zzz"), "rated"),
        (("--framework", FRAMEWORK), "--regime"),
        (("--regime", "rated"), "--framework"),
        ((), "inspector-app frameworks"),
        (("--sample", "rated", "--regime", "rated"), "sample"),
        (("--framework", "../../etc/passwd", "--regime", "rated"), "no such framework"),
    ],
)
def test_new_with_wrong_names(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("new", "-o", "x.inspection", *arguments, folder=folder, code=2)
    assert words in done.err
    assert names(folder) == []


# -- files in the way


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dump", "gone.inspection"), "There is no file"),
        (("export", "gone.inspection", "-o", "x.docx"), "There is no file"),
        (("export", "gone.json", "-o", "x.docx"), "There is no file"),
        (("import", "gone.json"), "There is no file"),
        (("dump", "."), "is a folder"),
        (("import", "."), "is a folder"),
        (("export", "text.inspection", "-o", "x.docx"), "is not an inspection file"),
        (("dump", "empty.inspection"), "is empty"),
        (("import", "clinic.json", "-o", "text.inspection"), "is not an inspection file"),
        (("import", "clinic.json", "-o", "gone/x.inspection"), "there is no folder"),
        (("export", "clinic.json", "-o", "gone/x.docx"), "there is no folder"),
        (("export", "clinic.json", "-o", "folder.docx"), "that is a folder"),
        (("export", "clinic.json", "-o", "x.docx", "--templates", "gone"), "no folder “gone”"),
        (("export", "clinic.json", "-o", "x.docx", "--templates", "clinic.json"), "no folder “cli"),
        (("evidence-index", "clinic.json", "-o", "x.docx", "--templates", "gone"), "folder “gone”"),
        (("evidence-index", "clinic.json", "-o", "x.csv", "--templates", "gone"), "folder “gone”"),
        (("export", "--sample", "rated", "-o", "x.pdf", "--templates", "a/b"), "no folder “a"),
        (("check-template", "gone"), "gone"),
        (("import", "n" * 300 + ".json"), "could not be read|There is no file"),
        (("export", "clinic.json", "-o", "n" * 300 + ".docx"), "could not be saved"),
    ],
)
def test_what_stands_in_the_way_is_said(
    folder: Path, clinic_json: Path, arguments: tuple[str, ...], words: str
) -> None:
    (folder / "text.inspection").write_text("precious")
    (folder / "empty.inspection").touch()
    (folder / "folder.docx").mkdir()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    done = run(*arguments, folder=folder, code=3)
    assert any(word in done.err for word in words.split("|"))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_dump_does_not_replace_the_inspection(folder: Path, clinic: Path) -> None:
    before = clinic.read_bytes()
    for name in (clinic.name, "other.inspection"):
        done = run("dump", clinic.name, "-o", name, folder=folder, code=2)
        assert ".json" in done.err
    assert clinic.read_bytes() == before
    assert names(folder) == [clinic.name]


def test_an_open_inspection_can_be_read_but_not_replaced(folder: Path, clinic: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("name Typed a moment ago")
        write_json(folder / "new.json", make_content())
        done = run("import", "new.json", "-o", clinic.name, folder=folder, code=3)
        assert f"process {owner.process.pid}" in done.err
        assert "is open" in done.err
        dumped = run("dump", clinic.name, folder=folder).out_bytes
        assert json.loads(dumped)["location"]["name"] == "Typed a moment ago"
        run("export", clinic.name, "-o", "report.docx", folder=folder)
        assert "Typed a moment ago" in read_text(folder / "report.docx")


def test_an_inspection_left_open_on_another_computer_is_replaced_only_when_told(
    folder: Path, clinic: Path
) -> None:
    leave_open_elsewhere(clinic)
    before = clinic.read_bytes()
    write_json(folder / "new.json", make_content())
    done = run("import", "new.json", "-o", clinic.name, folder=folder, code=3)
    assert "Ann on LAPTOP-7 (process 12, since 03 November 2026" in done.err
    assert "--take-over" in done.err
    assert clinic.read_bytes() == before
    run("export", clinic.name, "-o", "report.docx", folder=folder)
    done = run("import", "new.json", "-o", clinic.name, "--take-over", folder=folder)
    assert "is kept" in done.err
    assert clinic.read_bytes() != before


def test_a_report_that_is_open_elsewhere(folder: Path, clinic: Path) -> None:
    (folder / "report.docx").write_bytes(b"old")
    (folder / ".~lock.report.docx#").touch()
    done = run("export", clinic.name, "-o", "report.docx", "--force", folder=folder, code=3)
    assert "“report.docx” is open in another program" in done.err
    assert ".~lock.report.docx#" in done.err
    assert (folder / "report.docx").read_bytes() == b"old"


NAMES = [
    "with spaces",
    "Łódź 東京 \U0001f600",
    "100% {name} %s $HOME `x` 'q'",
    pytest.param('"d" <e> *', marks=odd_names),
    "right‮left​zero",
    "-leading",
    "--output",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_file_name(folder: Path, name: str) -> None:
    write_json(folder / f"{name}.json", CLINIC)
    run("import", f"--output={name}.inspection", "--", f"{name}.json", folder=folder)
    run("export", f"--output={name}.docx", "--", f"{name}.inspection", folder=folder)
    done = run("dump", f"--output={name} out.json", "--", f"{name}.inspection", folder=folder)
    assert "Wrote " in done.out
    assert "Little Meadow Clinic" in read_text(folder / f"{name}.docx")
    assert len(names(folder)) == 4


@posix_only
def test_a_file_name_that_is_no_text(folder: Path, clinic: Path) -> None:
    name = os.fsdecode(b"report \xff\xfe.docx")
    done = run("export", clinic.name, "-o", name, folder=folder)
    assert "Wrote report " in done.out
    assert name in names(folder)
    run("dump", os.fsdecode(b"gone \xff"), folder=folder, code=3)


# -- output, screen, signals


def test_the_dump_is_utf_8_whatever_the_terminal_says(folder: Path, clinic: Path) -> None:
    done = run("dump", clinic.name, folder=folder)
    for encoding in ("ascii", "cp1252", "utf-16"):
        extra = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        other = run("dump", clinic.name, folder=folder, extra=extra)
        assert other.out_bytes == done.out_bytes
    assert "Łódź".encode() in done.out_bytes


def test_a_terminal_that_knows_ascii_only(folder: Path, clinic: Path) -> None:
    extra = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    for command in COMMANDS:
        run(command, "--help", folder=folder, extra=extra)
    run("frameworks", folder=folder, extra=extra)
    if os.name == "posix":
        extra = {"PYTHONIOENCODING": "ascii"}
        done = run("export", clinic.name, "-o", "Łódź.docx", folder=folder, extra=extra)
        assert done.out == "Wrote \\u0141\\xf3d\\u017a.docx, a draft.\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens of Linux")
@pytest.mark.parametrize("arguments", [(), ("x.inspection",), ("--sample", "rated"), ("--", "-x")])
def test_without_a_screen(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, folder=folder, code=3)
    assert "There is no screen" in done.err
    assert "inspector-app export" in done.err


_SPY = """
import sys
from inspector_app.cli import main
code = main(sys.argv[1:])
print([name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))], file=sys.stderr)
sys.exit(code)
"""
_SPY_ON_PICTURES = _SPY.replace('"PySide6", "shiboken6"', '"PIL", "pillow_heif"')


def test_no_command_loads_pillow_before_there_is_a_picture(folder: Path) -> None:
    content = {"format": "inspection-content/1", "framework": FRAMEWORK, "regime": "rated"}
    attachment = {"name": "a.pdf", "bytes": base64.b64encode(b"%PDF-1.7").decode()}
    (folder / "c.json").write_text(json.dumps({**content, "attachments": [attachment]}))
    for arguments in (
        ("import", "c.json", "-o", "i.inspection"),
        ("export", "i.inspection", "-o", "x.docx"),
        ("export", "i.inspection", "-o", "x.html"),
        ("dump", "i.inspection"),
        ("check", "i.inspection"),
        ("--help",),
    ):
        ended = subprocess.run(  # noqa: S603
            make_command(_SPY_ON_PICTURES, *arguments),
            cwd=folder,
            capture_output=True,
            env=environment(),
            check=arguments[0] != "check",
        )
        assert ended.stderr.decode().rstrip().endswith("[]"), arguments


def test_no_command_loads_qt(folder: Path, clinic: Path, clinic_json: Path) -> None:
    clinic_json.write_bytes(json.dumps(CLINIC).encode())
    row = "good,good,good,good,good"
    (folder / "ratings.csv").write_text(f"safe,effective,caring,responsive,well_led\n{row}\n")
    for arguments in (
        ("new", "-o", "n.inspection", "--framework", FRAMEWORK, "--regime", "rated"),
        ("import", "clinic.json", "-o", "i.inspection"),
        ("dump", clinic.name),
        ("export", clinic.name, "-o", "x.docx"),
        ("export", clinic.name, "-o", "x.html"),
        ("frameworks",),
        ("check", clinic.name, "--json"),
        ("rate", "ratings.csv", "-o", "r.csv"),
        ("evidence-index", clinic.name, "-o", "e.docx"),
        ("evidence-index", clinic.name, "-o", "e.csv"),
        ("--help",),
    ):
        ended = subprocess.run(  # noqa: S603
            make_command(_SPY, *arguments),
            cwd=folder,
            capture_output=True,
            env=environment(),
            check=arguments[0] != "check",
        )
        assert ended.stderr.decode().rstrip().endswith("[]"), arguments


_LATER = {"apsw", "cryptography", "docx", "jinja2", "lxml", "msgspec"}
_LIST_MODULES = """
import sys
from inspector_app.cli import main
main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [("--help",), ("export", "--help"), ("help", "rate"), ("--version",), ("dump",)]
)
def test_help_and_mistakes_import_no_command(folder: Path, arguments: tuple[str, ...]) -> None:
    ended = subprocess.run(  # noqa: S603
        make_command(_LIST_MODULES, *arguments),
        cwd=folder,
        capture_output=True,
        env=environment(),
        check=True,
    )
    imported = ended.stderr.decode().splitlines()[-1].split()
    assert "inspector_app.cli.parser" in imported
    assert not _LATER & {*imported}
    assert "inspector_app.cli.commands" not in imported


@posix_only
@pytest.mark.parametrize("arguments", [("dump",), ("--help",), ("frameworks",)])
def test_a_reader_that_has_seen_enough(
    folder: Path, clinic: Path, arguments: tuple[str, ...]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    given = (*arguments, clinic.name) if arguments == ("dump",) else arguments
    try:
        ended = subprocess.run(  # noqa: S603
            [*COMMAND, *given],
            cwd=folder,
            stdout=writing,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.stderr == b""
    # argparse itself passes over what it cannot print.
    assert ended.returncode in ({0, 141} if arguments == ("--help",) else {141})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the full device of Linux")
@pytest.mark.parametrize("arguments", [("dump",), ("frameworks",)])
def test_output_that_is_full(folder: Path, clinic: Path, arguments: tuple[str, ...]) -> None:
    given = (*arguments, clinic.name) if arguments == ("dump",) else arguments
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(  # noqa: S603
            [*COMMAND, *given],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert ended.returncode == 3
    assert ended.stderr.decode().startswith("inspector-app: The output could not be")
    assert ended.stderr.count(b"\n") == 1


@posix_only
@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_closed_streams(folder: Path, clinic: Path, closed: str) -> None:
    for command, code in ((f"dump {clinic.name}", 3), ("import - -o x.inspection", 3)):
        ended = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", f'exec "$@" {command} {closed}', "sh", *COMMAND],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment(),
            check=False,
        )
        assert b"Traceback" not in ended.stderr
        if not (closed == "<&-" and command.startswith("dump")):
            assert ended.returncode == code
            assert ended.stderr.startswith(b"inspector-app: ")


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Let what is started be interrupted, which a shell spares what it runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@posix_only
@pytest.mark.usefixtures("interrupts")
def test_an_interrupt(folder: Path) -> None:
    (folder / "x.inspection").touch()
    process = subprocess.Popen(  # noqa: S603
        [*COMMAND, "import", "-", "-o", "x.inspection"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    # More than a pipe holds: once it is written, the command is reading.
    process.stdin.write(b" " * 500_000)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert (out, err) == (b"", b"")
    assert names(folder) == ["x.inspection"]
    assert (folder / "x.inspection").read_bytes() == b""
