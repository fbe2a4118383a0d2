"""The command that salvages a damaged inspection file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from inspector_app.cli.passwords import find_damaged_key
from inspector_app.cli.streams import refuse_no_inspection, refuse_standard, write_data
from inspector_app.document.salvage_labels import describe_salvage
from inspector_app.document.salvaging import salvage

if TYPE_CHECKING:
    from argparse import Namespace

FORMAT = "inspection-salvage/1"
NOT_ALL = 1
"""Exit code where a new file was written that lacks something, or where something is to be seen
to."""


def run_salvage(options: Namespace) -> int:
    """Write what can be read of a damaged file into a new one, and say what that is."""
    refuse_standard(options.damaged, "a damaged inspection")
    refuse_no_inspection(options.output)
    key = find_damaged_key(options.damaged, options.password_file)
    report = salvage(options.damaged, options.output, key=key)
    if options.json:
        plain = {"format": FORMAT, "whole": report.is_whole, **msgspec.to_builtins(report)}
        write_data(msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n")
    else:
        print(describe_salvage(report))
    print(f"Wrote {options.output}.", file=sys.stderr)
    return 0 if report.is_whole else NOT_ALL
