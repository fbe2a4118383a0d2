"""What can be typed on the command line, and the help that teaches it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app import __version__
from inspector_app.cli.options import (
    Subparsers,
    add_command,
    add_force,
    add_inspection,
    add_kind,
    add_organisation,
    add_output,
    add_password_file,
    add_source,
    add_take_over,
    add_templates,
    set_run,
)
from inspector_app.content.samples import SAMPLES
from inspector_app.document.export_kinds import list_endings
from inspector_app.files import exists

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "new",
    "import",
    "dump",
    "export",
    "check",
    "rate",
    "evidence-index",
    "copy",
    "salvage",
    "frameworks",
    "check-template",
    "copies",
    "forget",
)

_DESCRIPTION = """\
Draft inspection reports: evidence notes, findings per key question, ratings, requirement notices,
and the Word report in the regulator's form.

Without a command the window opens:
  inspector-app                          with nothing open
  inspector-app CLINIC.inspection        with that inspection
  inspector-app --sample rated           with a fictional inspection to try things on
"""

_EPILOG = """\
A round trip:
  inspector-app import CLINIC.json -o CLINIC.inspection
  inspector-app export CLINIC.inspection -o CLINIC.docx
  inspector-app dump CLINIC.inspection -o CLINIC-again.json

"inspector-app help COMMAND" tells more of each. "-" stands for standard input or output where a
command reads content or a table, or writes a report, content or a table. No file is replaced that
Inspector did not write, or that was changed since, but with --force.

Exit codes:
  0    done
  1    done, and there is something to look at: errors of a check, faults of a template, parts that
       were lost; or the answer to a question was no
  2    the command was not understood
  3    something could not be read or written; the message says what is safe and what to do
  130  interrupted
"""


def build_command_parser() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    parser = argparse.ArgumentParser(
        prog="inspector-app",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"Inspector {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_new(subparsers)
    _add_import(subparsers)
    _add_dump(subparsers)
    _add_export(subparsers)
    _add_check(subparsers)
    _add_rate(subparsers)
    _add_evidence_index(subparsers)
    _add_copy(subparsers)
    _add_salvage(subparsers)
    _add_frameworks(subparsers)
    _add_check_template(subparsers)
    _add_copies(subparsers)
    _add_forget(subparsers)
    return parser


def build_window_parser() -> argparse.ArgumentParser:
    """Return the parser of what opens the window."""
    parser = argparse.ArgumentParser(prog="inspector-app", add_help=False)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--sample", choices=SAMPLES)
    add_organisation(parser)
    set_run(parser, "window:run_window_command")
    return parser


def understand(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what is to be done; `run` names the function that does it.

    Raises:
        SystemExit: It was help, or a mistake.
    """
    first = arguments[0] if arguments else ""
    if first == "help":
        wanted = arguments[1:2]
        _refuse_unknown_command(wanted, may_be_file=False)
        return build_command_parser().parse_args([*wanted, "--help"])
    if first in {*COMMANDS, "-h", "--help", "-V", "--version"}:
        return build_command_parser().parse_args(arguments)
    _refuse_unknown_command(arguments[:1], may_be_file=True)
    return build_window_parser().parse_args(arguments)


def _refuse_unknown_command(words: Sequence[str], *, may_be_file: bool) -> None:
    """Exit with code 2 where a word is no command, and hardly a file."""
    for word in words:
        if word in COMMANDS or (may_be_file and _may_be_file(word)):
            continue
        from inspector_app.shapes import no_such

        build_command_parser().error(f"{no_such('command', word, COMMANDS)} (see --help)")


def _may_be_file(word: str) -> bool:
    has_folder = any(mark in word for mark in (os.sep, os.altsep) if mark)
    return word.startswith("-") or has_folder or bool(Path(word).suffix) or exists(Path(word))


def _add_new(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "new",
        "start an inspection",
        "Start an inspection file, empty or from a fictional sample.\n\n"
        "  inspector-app new -o CLINIC.inspection --framework ID --regime rated\n"
        "  inspector-app new -o TRY.inspection --sample rated",
    )
    add_output(parser, "the inspection file to write", required=True)
    add_take_over(parser)
    parser.add_argument("--framework", metavar="ID", help="see “inspector-app frameworks”")
    parser.add_argument("--regime", metavar="ID", help="a regime of the framework")
    parser.add_argument("--form", metavar="ID", help="a form of its reports; else the first")
    parser.add_argument("--location", default="", metavar="NAME", help="name of the location")
    parser.add_argument("--provider", default="", metavar="NAME", help="name of the provider")
    parser.add_argument("--sample", choices=SAMPLES, help="start from a fictional sample instead")
    set_run(parser, "commands:run_new")


def _add_import(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "import",
        "read content (JSON) into an inspection file",
        "Read inspection content into an inspection file. Every fault is listed with its place; a\n"
        "file with faults imports nothing. An inspection that is replaced is copied to the\n"
        "backups first.\n\n"
        "  inspector-app import CLINIC.json -o CLINIC.inspection",
    )
    parser.add_argument("content", type=Path, metavar="CONTENT.json", help="“-” for standard input")
    add_output(parser, "the inspection file to write (default: CONTENT.inspection)")
    add_take_over(parser)
    set_run(parser, "commands:run_import")


def _add_dump(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "dump",
        "write an inspection as content (JSON)",
        "Write everything that was typed into an inspection as JSON, attachments included. Works\n"
        "while the file is open in the application.\n\n"
        "  inspector-app dump CLINIC.inspection -o CLINIC-again.json",
    )
    add_inspection(parser)
    add_output(parser, "where to write (default, or “-”: standard output)")
    add_force(parser)
    parser.add_argument(
        "--no-attachments", action="store_true", help="leave out the bytes of photos and files"
    )
    parser.add_argument(
        "--recover",
        action="store_true",
        help="add what only the safety copy on this computer has",
    )
    set_run(parser, "commands:run_dump")


def _add_export(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "export",
        "write the report (Word, PDF or web page)",
        "Write the report of an inspection, half-filled or not. The ending of REPORT says the\n"
        f"kind: {list_endings('report')}. Works while the file is open in the application.\n\n"
        "  inspector-app export CLINIC.inspection -o CLINIC.docx\n"
        "  inspector-app export CLINIC.inspection -o CLINIC.docx --final\n"
        "  inspector-app export --sample rated -o TRY.docx",
    )
    add_source(parser)
    add_output(parser, "the report to write", required=True, metavar="REPORT")
    add_force(parser)
    add_kind(parser, "report")
    state = parser.add_mutually_exclusive_group()
    state.add_argument(
        "--draft",
        dest="draft",
        action="store_true",
        default=None,
        help="mark as draft (default: while there is no publication date)",
    )
    state.add_argument("--final", dest="draft", action="store_false", help="do not mark as draft")
    add_templates(parser)
    set_run(parser, "commands:run_export")


def _add_check(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "check",
        "check an inspection before it is issued",
        "Look for what a quality reviewer would send back: breaches without a notice, ratings\n"
        "that contradict the rules or the text, names of people, missing dates, and more.\n"
        "Nothing is changed. The exit code is 1 when a result is an error.\n\n"
        "  inspector-app check CLINIC.inspection\n"
        "  inspector-app check CLINIC.inspection --json",
    )
    add_source(parser)
    add_templates(parser)
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    set_run(parser, "checking:run_check")


def _add_rate(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "rate",
        "propose overall ratings for a table (CSV)",
        "Propose the overall rating of every row of a table with a column for each key question\n"
        "of a framework, by its id, and maybe overall and breach. Adds the columns\n"
        "proposed_overall, rule and agrees. A row that lacks a rating gets no proposal.\n\n"
        "  inspector-app rate RATINGS.csv -o PROPOSED.csv",
    )
    parser.add_argument(
        "table",
        type=Path,
        metavar="RATINGS.csv",
        help="the table to read (“-” for standard input)",
    )
    add_output(parser, "where to write (default, or “-”: standard output)")
    add_force(parser)
    parser.add_argument(
        "--framework",
        metavar="ID",
        help="whose rules to use (default: the first whose key questions are the columns)",
    )
    set_run(parser, "rating:run_rate")


def _add_evidence_index(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "evidence-index",
        "list every sentence with the notes behind it (Word, PDF, web page or CSV)",
        "Write the evidence index: every sentence of the report with the notes behind it, the\n"
        "evidence for each topic at a glance, and the notes that are not used. It holds evidence\n"
        "notes and is no part of the published report.\n\n"
        "  inspector-app evidence-index CLINIC.inspection -o INDEX.docx\n"
        "  inspector-app evidence-index CLINIC.inspection -o INDEX.csv",
    )
    add_source(parser)
    add_output(parser, "the index to write", required=True, metavar="INDEX")
    add_force(parser)
    add_kind(parser, "index")
    add_templates(parser)
    set_run(parser, "commands:run_evidence_index")


def _add_copy(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "copy",
        "copy an inspection, for yourself or for sending outside",
        "Write a copy of an inspection file: all of it, notes, names, photos and history, with\n"
        "the password that it has. With --outside it holds what the report prints and nothing\n"
        "else: no notes, names, reasons or history, nothing of a withheld notice, no password.\n\n"
        "  inspector-app copy CLINIC.inspection -o COPY.inspection\n"
        "  inspector-app copy CLINIC.inspection -o COPY.inspection --outside",
    )
    add_inspection(parser)
    add_output(parser, "the copy to write", required=True, metavar="COPY")
    parser.add_argument(
        "--outside", action="store_true", help="only what the report prints, for people outside"
    )
    add_templates(parser)
    set_run(parser, "copying:run_copy")
    parser.set_defaults(sample=None)


def _add_salvage(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "salvage",
        "make a new inspection file of what can be read of a damaged one",
        "Read what can be read of a damaged inspection file, row by row and page by page, with\n"
        "its history, the safety copy on this computer and the photos of the backups, and write\n"
        "it into a new file. Lists what was saved and what was not. The damaged file is not\n"
        "changed.\n\n"
        "The exit code is 0 when everything could be read, 1 when the new file lacks something or\n"
        "has something to look at, 3 when nothing was saved.\n\n"
        "A protected file needs its password, and the new one gets the same.\n\n"
        "  inspector-app salvage DAMAGED.inspection -o NEW.inspection",
    )
    parser.add_argument("damaged", type=Path, metavar="DAMAGED", help="the damaged file")
    add_output(parser, "the new inspection file, which must not exist yet", required=True)
    add_password_file(parser)
    parser.add_argument("--json", action="store_true", help="print the list as JSON")
    set_run(parser, "salvaging:run_salvage")


def _add_frameworks(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "frameworks",
        "list the assessment frameworks",
        "List the assessment frameworks, and the regimes and forms of each, for “inspector-app\n"
        "new”; check those of your organisation, or begin with some (see docs/frameworks.md).\n\n"
        "  inspector-app frameworks\n"
        "  inspector-app frameworks --new OUR_FOLDER\n"
        "  inspector-app frameworks --check OUR_FOLDER",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--check", type=Path, metavar="FOLDER", help="list the faults of an organisation's folder"
    )
    what.add_argument(
        "--new", type=Path, metavar="FOLDER", help="write a folder to begin with, explained"
    )
    set_run(parser, "commands:run_frameworks")


def _add_check_template(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "check-template",
        "check report templates of your own",
        "Render full and empty reports with a folder of templates and list every fault: unknown\n"
        "variables, styles and slots, each with file, line and part of the report.\n\n"
        "  inspector-app check-template MY_TEMPLATES",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of the templates (default: the application's own)",
    )
    set_run(parser, "commands:run_check_template")


def _add_copies(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "copies",
        "list what this computer holds of inspections",
        "List files, backups, safety copies and other copies on this computer, by inspection.\n"
        "Nothing is changed.\n\n"
        "  inspector-app copies\n"
        "  inspector-app copies --json",
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    set_run(parser, "copies_commands:run_copies")


def _add_forget(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    parser = add_command(
        subparsers,
        "forget",
        "remove what this computer holds of an inspection",
        "Remove the backups, safety copies, rescued copies and loose photos of an inspection\n"
        "for good, and what the window remembers of it. Says first what goes and what stays,\n"
        "and asks. The inspection file stays unless --file is given. An inspection that is open\n"
        "is refused.\n\n"
        "  inspector-app forget CLINIC.inspection\n"
        "  inspector-app forget mbu0ctcrx8mxy --yes\n"
        "  inspector-app forget CLINIC.inspection --file",
    )
    parser.add_argument(
        "inspection",
        metavar="FILE|ID",
        help="an inspection file, or an id as “inspector-app copies” lists it",
    )
    parser.add_argument(
        "--file", action="store_true", help="delete the inspection file, too, for good"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    set_run(parser, "copies_commands:run_forget")
