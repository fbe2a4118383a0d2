"""Standard input and output in place of files, and what may be written where.

Data goes out as bytes, in UTF-8: the console's code page is for what a person reads there.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.document.export_kinds import get_kind, list_kinds
from inspector_app.document.written_files import refuse_foreign, write_own_file
from inspector_app.errors import FileProblem, UsageProblem
from inspector_app.files import describe_read_problem, is_device, read_regular, refuse_unusable_name

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import BinaryIO

    from inspector_app.document.export_kinds import Export, ExportKind

STANDARD = Path("-")
"""Names standard input or output."""
_STREAMS: tuple[Export, ...] = ("content", "ratings")
"""What a device or pipe (/dev/stdout) may get: its name has no ending that says the kind."""
_TEXTS = (".html", ".csv", ".tsv", ".json")


def read_input(path: Path, *, most: int) -> bytes:
    """Return what is in a file, or comes from standard input.

    Args:
        path: The file, or `-`.
        most: Bytes beyond which a file is not read.

    Raises:
        FileProblem: It cannot be read.
    """
    if path == STANDARD:
        if sys.stdin is None:
            raise FileProblem("There is no standard input to read.")
        data = sys.stdin.buffer.read(most + 1)
        if len(data) > most:
            raise FileProblem(f"Standard input has more than {most:,} bytes. It was not read.")
        return data
    try:
        return read_regular(path, follow=True, most=most)
    except OSError as error:
        raise describe_read_problem(path, error) from error


def refuse_standard(path: Path, what: str) -> None:
    """Raise `UsageProblem` where `-` is given for what can only be a file."""
    if path == STANDARD:
        raise UsageProblem(
            f"“-” stands for standard input or output, but {what} is a file: give its name. (A "
            "file that is called so is “./-”.)"
        )


def refuse_no_inspection(target: Path) -> None:
    """Raise `UsageProblem`, before anything is read, for what can be no inspection file."""
    refuse_standard(target, "an inspection")
    get_kind(target, "inspection")


def goes_out(options: Namespace) -> bool:
    """Tell whether what a command makes goes to standard output."""
    return options.output is None or options.output == STANDARD


def choose_kind(options: Namespace, export: Export) -> ExportKind:
    """Return the kind of file that is to be written, before there is anything to wait for.

    Standard output gets what `--kind` says, or the usual kind.

    Raises:
        UsageProblem: The name of the target says no kind, or another than `--kind`.
        ForeignTarget: It is a file of somebody, and there is no `--force`.
    """
    wanted: str | None = getattr(options, "kind", None)
    if goes_out(options):
        ending = f".{wanted}" if wanted else list_kinds(export)[0].ending
        kind = get_kind(Path(f"output{ending}"), export)
        if sys.stdout is None:
            raise FileProblem("There is no standard output: say with -o where to write.")
        if ending not in _TEXTS and sys.stdout.isatty():
            raise UsageProblem(
                f"On a terminal nobody can read {kind.described}: name a file with -o, or send it "
                "to one or to a program with > or |. Nothing was saved."
            )
        return kind
    refuse_unusable_name(options.output)
    if export in _STREAMS and is_device(options.output):
        return list_kinds(export)[0]
    kind = get_kind(options.output, export)
    if wanted and kind.ending != f".{wanted}":
        raise UsageProblem(
            f"“{options.output.name}” and --kind {wanted} contradict each other. Nothing was saved."
        )
    if not options.force:
        refuse_foreign(options.output)
    return kind


def write_result(options: Namespace, data: bytes) -> bool:
    """Write what a command made, and return whether that was into a file.

    Raises:
        FileProblem: It could not be written, or the target is a file of somebody.
    """
    if goes_out(options):
        write_data(data)
        return False
    write_own_file(options.output, data, replace=options.force)
    return True


def write_data(data: bytes | str) -> None:
    """Write data to standard output, a text in UTF-8."""
    if sys.stdout is None:
        raise FileProblem("There is no standard output to write to.")
    sys.stdout.flush()
    binary: BinaryIO = sys.stdout.buffer
    binary.write(data if isinstance(data, bytes) else data.encode("utf-8", "backslashreplace"))
