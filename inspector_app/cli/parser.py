"""What can be typed on the command line, and the help that teaches it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app import __version__
from inspector_app.cli import checking, commands, copies_commands, copying, rating, salvaging
from inspector_app.cli.passwords import add_password_file
from inspector_app.content.samples import SAMPLES
from inspector_app.document.export_kinds import list_endings
from inspector_app.files import exists
from inspector_app.shapes import did_you_mean, no_such

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
  inspector-app dump CLINIC.inspection -o CLINIC.json

Exit codes: 0 done; 1 something stood in the way (the message says what is safe and what to do);
2 the command was not understood; 3 a damaged file was not salvaged whole. "inspector-app COMMAND
--help" tells more of each.
"""


def build_command_parser() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    parser = argparse.ArgumentParser(
        prog="inspector-app",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Inspector {__version__}")
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
    return parser


def refuse_misspelt_command(arguments: Sequence[str]) -> None:
    """Exit with code 2 where the first argument is hardly a file, but nearly a command."""
    first = arguments[0] if arguments else "-"
    if first.startswith("-") or Path(first).suffix or exists(Path(first)):
        return
    if did_you_mean(first, COMMANDS):
        build_command_parser().error(no_such("command", first, COMMANDS))


_Subparsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add(
    subparsers: _Subparsers[argparse.ArgumentParser], name: str, short: str, long: str
) -> argparse.ArgumentParser:
    return subparsers.add_parser(
        name,
        help=short,
        description=long,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_new(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "new",
        "start an inspection",
        "Start an inspection file, empty or from a fictional sample.\n\n"
        "  inspector-app new -o CLINIC.inspection --framework independent_health_2018 "
        "--regime rated\n"
        "  inspector-app new -o TRY.inspection --sample rated",
    )
    _add_output(parser, "the inspection file to write", required=True)
    _add_take_over(parser)
    parser.add_argument("--framework", metavar="ID", help="see “inspector-app frameworks”")
    parser.add_argument("--regime", metavar="ID", help="a regime of the framework")
    parser.add_argument("--location", default="", metavar="NAME", help="name of the location")
    parser.add_argument("--provider", default="", metavar="NAME", help="name of the provider")
    parser.add_argument("--sample", choices=SAMPLES, help="start from a fictional sample instead")
    parser.set_defaults(run=commands.run_new)


def _add_take_over(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="replace an inspection although it was left open on another computer",
    )


def _add_import(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "import",
        "read content (JSON) into an inspection file",
        "Read inspection content into an inspection file. Every fault is listed with its place; a\n"
        "file with faults imports nothing. An inspection that is replaced is copied to the\n"
        "backups first.\n\n"
        "  inspector-app import CLINIC.json -o CLINIC.inspection",
    )
    parser.add_argument("content", type=Path, metavar="CONTENT.json", help="“-” for standard input")
    _add_output(parser, "the inspection file to write (default: CONTENT.inspection)")
    _add_take_over(parser)
    parser.set_defaults(run=commands.run_import)


def _add_dump(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "dump",
        "write an inspection as content (JSON)",
        "Write everything that was typed into an inspection as JSON, attachments included. Works\n"
        "while the file is open in the application.\n\n"
        "  inspector-app dump CLINIC.inspection -o CLINIC.json",
    )
    _add_inspection(parser)
    _add_output(parser, "where to write (default: standard output)")
    parser.add_argument(
        "--no-attachments", action="store_true", help="leave out the bytes of photos and files"
    )
    parser.add_argument(
        "--recover",
        action="store_true",
        help="with what the journal on this computer has more than the file",
    )
    parser.set_defaults(run=commands.run_dump)


def _add_export(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "export",
        "write the report (Word, PDF or web page)",
        "Write the report of an inspection, half-filled or not. The ending of REPORT says the\n"
        f"kind: {list_endings('report')}. Works while the file is open in the application.\n\n"
        "  inspector-app export CLINIC.inspection -o CLINIC.docx\n"
        "  inspector-app export CLINIC.inspection -o CLINIC.docx --final\n"
        "  inspector-app export --sample rated -o TRY.docx",
    )
    _add_source(parser)
    _add_output(parser, "the report to write", required=True, metavar="REPORT")
    state = parser.add_mutually_exclusive_group()
    state.add_argument(
        "--draft",
        dest="draft",
        action="store_true",
        default=None,
        help="mark as draft (default: while there is no publication date)",
    )
    state.add_argument("--final", dest="draft", action="store_false", help="do not mark as draft")
    _add_templates(parser)
    parser.set_defaults(run=commands.run_export)


def _add_check(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "check",
        "check an inspection before it is issued",
        "Look for what a quality reviewer would send back: breaches without a notice, ratings\n"
        "that contradict the rules or the text, names of people, missing dates, and more.\n"
        "Nothing is changed. The exit code is 1 when a result is an error.\n\n"
        "  inspector-app check CLINIC.inspection\n"
        "  inspector-app check CLINIC.inspection --json",
    )
    _add_source(parser)
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.set_defaults(run=checking.run_check)


def _add_rate(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "rate",
        "propose overall ratings for a table (CSV)",
        "Propose the overall rating of every row of a table with a column for each key question\n"
        "(safe, effective, caring, responsive, well_led) and maybe overall and breach. Adds the\n"
        "columns proposed_overall, rule and agrees. A row that lacks a rating gets no proposal.\n\n"
        "  inspector-app rate RATINGS.csv -o PROPOSED.csv",
    )
    parser.add_argument("table", type=Path, metavar="RATINGS.csv", help="the table to read")
    _add_output(parser, "where to write (default: standard output)")
    parser.add_argument(
        "--framework",
        default="independent_health_2018",
        metavar="ID",
        help="whose rules to use (default: %(default)s)",
    )
    parser.set_defaults(run=rating.run_rate)


def _add_evidence_index(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "evidence-index",
        "list every sentence with the notes behind it (Word, PDF, web page or CSV)",
        "Write the evidence index: every sentence of the report with the notes behind it, the\n"
        "evidence for each topic at a glance, and the notes that are not used. It holds evidence\n"
        "notes and is no part of the published report.\n\n"
        "  inspector-app evidence-index CLINIC.inspection -o INDEX.docx\n"
        "  inspector-app evidence-index CLINIC.inspection -o INDEX.csv",
    )
    _add_source(parser)
    _add_output(parser, "the index to write", required=True, metavar="INDEX")
    _add_templates(parser)
    parser.set_defaults(run=commands.run_evidence_index)


def _add_copy(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "copy",
        "copy an inspection, for yourself or for sending outside",
        "Write a copy of an inspection file: all of it, notes, names, photos and history, with\n"
        "the password that it has. With --outside it holds what the report prints and nothing\n"
        "else: no notes, names, reasons or history, nothing of a withheld notice, no password.\n\n"
        "  inspector-app copy CLINIC.inspection -o COPY.inspection\n"
        "  inspector-app copy CLINIC.inspection -o COPY.inspection --outside",
    )
    _add_inspection(parser)
    _add_output(parser, "the copy to write", required=True, metavar="COPY")
    parser.add_argument(
        "--outside", action="store_true", help="only what the report prints, for people outside"
    )
    _add_templates(parser)
    parser.set_defaults(run=copying.run_copy, sample=None)


def _add_salvage(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "salvage",
        "make a new inspection file of what can be read of a damaged one",
        "Read what can be read of a damaged inspection file, row by row and page by page, with\n"
        "its history, the journal on this computer and the photos of the backups, and write it\n"
        "into a new file. Lists what was saved and what was not. The damaged file is not\n"
        "altered.\n\n"
        "The exit code is 0 when everything could be read, 3 when the new file lacks something or\n"
        "has something to look at, 1 when nothing was written.\n\n"
        "A protected file needs its password, and the new one gets the same.\n\n"
        "  inspector-app salvage DAMAGED.inspection -o NEW.inspection",
    )
    parser.add_argument("damaged", type=Path, metavar="DAMAGED", help="the damaged file")
    _add_output(parser, "the new inspection file; nothing may lie there yet", required=True)
    add_password_file(parser)
    parser.add_argument("--json", action="store_true", help="print the list as JSON")
    parser.set_defaults(run=salvaging.run_salvage)


def _add_frameworks(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "frameworks",
        "list the assessment frameworks",
        "List the assessment frameworks and the regimes of each, for “inspector-app new”.\n\n"
        "  inspector-app frameworks",
    )
    parser.set_defaults(run=commands.run_frameworks)


def _add_check_template(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
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
    parser.set_defaults(run=commands.run_check_template)


def _add_copies(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "copies",
        "list what this computer holds of inspections",
        "List files, backups, journals and other copies that this computer holds, by inspection.\n"
        "Nothing is changed.\n\n"
        "  inspector-app copies\n"
        "  inspector-app copies --json",
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=copies_commands.run_copies)


def _add_forget(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    parser = _add(
        subparsers,
        "forget",
        "remove what this computer holds of an inspection",
        "Remove the backups, journals, rescued copies and loose photos of an inspection for good,\n"
        "and what the window remembers of it. Says first what goes and what stays, and asks. The\n"
        "inspection file stays unless --file is given. An inspection that is open is refused.\n\n"
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
    parser.set_defaults(run=copies_commands.run_forget)


def _add_source(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "inspection",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="an inspection file, or content (.json)",
    )
    source.add_argument("--sample", choices=SAMPLES, help="a fictional sample instead")
    add_password_file(parser)


def _add_templates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--templates", type=Path, metavar="FOLDER", help="report templates of your own"
    )


def _add_inspection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inspection", type=Path, metavar="FILE", help="an inspection file")
    add_password_file(parser)


def _add_output(
    parser: argparse.ArgumentParser, text: str, *, required: bool = False, metavar: str = "FILE"
) -> None:
    parser.add_argument("-o", "--output", type=Path, required=required, metavar=metavar, help=text)
