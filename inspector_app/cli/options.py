"""What several commands have in common: options, and how a command is added."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.content.samples import SAMPLES
from inspector_app.document.export_kinds import list_kinds
from inspector_app.organisation import VARIABLE

if TYPE_CHECKING:
    from inspector_app.document.export_kinds import Export

Subparsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def add_command(
    subparsers: Subparsers[argparse.ArgumentParser], name: str, short: str, long: str
) -> argparse.ArgumentParser:
    """Add a command, and return its parser."""
    parser = subparsers.add_parser(
        name,
        help=short,
        description=long,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_organisation(parser)
    return parser


def add_organisation(parser: argparse.ArgumentParser) -> None:
    """Have a command use the frameworks and templates of an organisation."""
    parser.add_argument(
        "--organisation",
        type=Path,
        metavar="FOLDER",
        help="the folder of your organisation's frameworks and templates (default: the folder "
        f"that {VARIABLE} names)",
    )


def set_run(parser: argparse.ArgumentParser, function: str) -> None:
    """Set what runs a command: module and function, imported only then."""
    parser.set_defaults(run=f"inspector_app.cli.{function}")


def add_take_over(parser: argparse.ArgumentParser) -> None:
    """Have a command replace what is open elsewhere, when told."""
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="replace an inspection although it was left open on another computer",
    )


def add_source(parser: argparse.ArgumentParser) -> None:
    """Have a command read an inspection, content or a sample."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "inspection",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="an inspection file, or content (.json, or “-” for standard input)",
    )
    source.add_argument("--sample", choices=SAMPLES, help="a fictional sample instead")
    add_password_file(parser)


def add_templates(parser: argparse.ArgumentParser) -> None:
    """Have a command take templates from a folder."""
    parser.add_argument(
        "--templates", type=Path, metavar="FOLDER", help="report templates of your own"
    )


def add_inspection(parser: argparse.ArgumentParser) -> None:
    """Have a command read an inspection file."""
    parser.add_argument("inspection", type=Path, metavar="FILE", help="an inspection file")
    add_password_file(parser)


def add_password_file(parser: argparse.ArgumentParser) -> None:
    """Have a command take the password of the inspection from a file."""
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="the password of a protected inspection is the first line of this file (“-” for "
        "standard input; default: ask on the terminal)",
    )


def add_output(
    parser: argparse.ArgumentParser, text: str, *, required: bool = False, metavar: str = "FILE"
) -> None:
    """Have a command write where `-o` says."""
    parser.add_argument("-o", "--output", type=Path, required=required, metavar=metavar, help=text)


def add_force(parser: argparse.ArgumentParser) -> None:
    """Have a command replace somebody's file, when told."""
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace a file although Inspector did not write it, or it was changed since",
    )


def add_kind(parser: argparse.ArgumentParser, export: Export) -> None:
    """Have a command send a kind of file to standard output."""
    kinds = list_kinds(export)
    parser.add_argument(
        "--kind",
        choices=[kind.ending.removeprefix(".") for kind in kinds],
        help="what to send to standard output where that is the target (-o -; default: docx)",
    )
