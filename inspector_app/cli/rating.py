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
from inspector_app.frameworks.load import (
    list_framework_ids,
    list_frameworks,
    load_framework,
    load_reference,
)
from inspector_app.shapes import make_printable, no_such
from inspector_app.spreadsheets import write_csv

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from inspector_app.frameworks.model import Framework, Reference

_DELIMITERS = ",;\t"
_SHOWN = 5
_MOST_BYTES = 200_000_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
"""As many as a spreadsheet has."""
_LONGEST_ROW = 1_000_000
"""Characters; a row that is longer is looked at no further."""
_UNCLOSED = "a quotation mark is opened, and never closed"
_SAVE_ANEW = "Save it as “CSV UTF-8” and try again."


def run_rate(options: Namespace) -> int:
    """Propose the overall rating of every row."""
    choose_kind(options, "ratings")
    frameworks = _list_rated(options.framework)
    header, rows, delimiter, encoding = _read(options.table)
    missing: Sequence[str] = ()
    for framework, reference in frameworks:
        try:
            table = rate_table(header, rows, framework, reference)
        except MissingColumns as error:
            missing = min(missing or error.columns, error.columns, key=len)
        else:
            break
    else:
        raise FileProblem(
            f"“{options.table}” has no column {', '.join(missing)}. Its first row must name "
            "the columns. Nothing was saved."
        )
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


def _list_rated(chosen: str | None) -> list[tuple[Framework, Reference]]:
    """Return the framework of that id, or all that propose an overall rating."""
    known = list_framework_ids()
    if chosen is not None and chosen not in known:
        hint = "“inspector-app frameworks” lists them"
        raise UsageProblem(f"{no_such('framework', chosen, known)} ({hint}).")
    frameworks = list_frameworks() if chosen is None else (load_framework(chosen),)
    found = [(item, load_reference().for_framework(item)) for item in frameworks]
    rated = [pair for pair in found if pair[0].rating_rules in pair[1].rule_sets]
    if not rated:
        which = "No framework has" if chosen is None else f"The framework {chosen} has no"
        raise UsageProblem(f"{which} rules for an overall rating.")
    return rated


def _read(path: Path) -> tuple[Sequence[str], Sequence[Sequence[str]], str, str]:
    """Return the header, the rows, the delimiter and the encoding of a table."""
    data = read_input(path, most=_MOST_BYTES)
    try:
        # Spreadsheets write a mark in front, and in some countries semicolons.
        encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refuse(path, line, f"this is not UTF-8 text. {_SAVE_ANEW}") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _refuse(path, line, f"there is a character that no text has. {_SAVE_ANEW}")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    filled = _read_rows(path, text, delimiter)
    if not filled:
        raise FileProblem(f"“{path}” is empty. Nothing was saved.")
    return filled[0], filled[1:], delimiter, encoding


def _read_rows(path: Path, text: str, delimiter: str) -> list[list[str]]:
    """Return the rows that are not blank."""
    length = 0

    def list_lines() -> Iterator[str]:
        nonlocal length
        for line in io.StringIO(text, newline=""):
            length += len(line)
            if length > _LONGEST_ROW:
                raise csv.Error(f"the row has more than {_LONGEST_ROW:,} characters")
            yield line

    reader = csv.reader(list_lines(), delimiter=delimiter, strict=True)
    filled: list[list[str]] = []
    while True:
        # A quotation mark that nobody closes is looked for where its row begins.
        first, length = reader.line_num + 1, 0
        try:
            row = next(reader)
        except StopIteration:
            return filled
        except csv.Error as error:
            reason = _UNCLOSED if str(error) == "unexpected end of data" else str(error)
            raise _refuse(path, first, f"{reason}.") from error
        if len(row) > _MOST_COLUMNS:
            raise _refuse(path, first, f"there are more than {_MOST_COLUMNS:,} columns.")
        if any(cell.strip() for cell in row):
            filled.append(row)
        if len(filled) > _MOST_ROWS:
            raise _refuse(path, first, f"there are more than {_MOST_ROWS:,} rows.")


def _refuse(path: Path, line: int, reason: str) -> FileProblem:
    return FileProblem(f"“{path}” is no table: line {line:,}: {reason} Nothing was saved.")
