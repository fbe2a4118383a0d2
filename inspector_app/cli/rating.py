"""The command that proposes overall ratings for a table."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from typing import TYPE_CHECKING

from inspector_app.checks.rating_table import MissingColumns, rate_table
from inspector_app.cli.streams import choose_kind, goes_out, read_input, write_data, write_result
from inspector_app.errors import FileProblem, UsageProblem
from inspector_app.frameworks.load import list_framework_ids, load_framework, load_reference
from inspector_app.shapes import make_printable, no_such
from inspector_app.spreadsheets import write_csv

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

_DELIMITERS = ",;\t"
_SHOWN = 5
_MOST_BYTES = 200_000_000


def run_rate(options: Namespace) -> int:
    """Propose the overall rating of every row."""
    choose_kind(options, "ratings")
    frameworks = list_framework_ids()
    if options.framework not in frameworks:
        hint = "“inspector-app frameworks” lists them"
        raise UsageProblem(f"{no_such('framework', options.framework, frameworks)} ({hint}).")
    framework = load_framework(options.framework)
    reference = load_reference()
    if framework.rating_rules not in reference.rule_sets:
        raise UsageProblem(f"The framework {framework.id} has no rules for an overall rating.")
    header, rows, delimiter, encoding = _read(options.table)
    try:
        table = rate_table(header, rows, framework, reference)
    except MissingColumns as error:
        raise FileProblem(
            f"“{options.table}” has no column {', '.join(error.columns)}. Its first row must name "
            "the columns. Nothing was saved."
        ) from error
    text = write_csv([table.header, *table.rows], delimiter)
    if goes_out(options):
        write_data(text.replace("\r\n", "\n"))
    else:
        write_result(options, text.encode(encoding))
    for value, count in list(table.strange.items())[:_SHOWN]:
        print(f"Remark: {make_printable(value)} ({count} ×) is no rating.", file=sys.stderr)
    print(
        f"{len(table.rows)} rows; {table.agreeing} of {table.compared} that could be compared "
        "agree with the overall rating in the table.",
        file=sys.stderr,
    )
    return 0


def _read(path: Path) -> tuple[Sequence[str], Sequence[Sequence[str]], str, str]:
    """Return the header, the rows, the delimiter and the encoding of a table."""
    data = read_input(path, most=_MOST_BYTES)
    try:
        # Spreadsheets write a mark in front, and in some countries semicolons.
        encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileProblem(
            f"“{path}” is not UTF-8 text. Save it as “CSV UTF-8” and try again. Nothing was "
            "written."
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileProblem(f"“{path}” is no table: {error}. Nothing was saved.") from error
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise FileProblem(f"“{path}” is empty. Nothing was saved.")
    return filled[0], filled[1:], delimiter, encoding
