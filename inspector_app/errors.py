"""The exceptions of the application, one tree.

    InspectorError                 everything that is told to a person
    ├── ResourceFault              a framework, regulation or rating file is faulty (all faults)
    ├── ContentFault               content to import is faulty (all faults, each with its path)
    ├── ChangeConflict             a change does not fit the inspection it is applied to
    ├── UsageProblem               what was asked for cannot be done by anybody: a wrong ending
    ├── SystemProblem              the computer lacks what Qt needs: a library, a screen
    ├── FileProblem                a file cannot be read or written (the environment)
    │   ├── InspectionInUse        somebody else owns the inspection file
    │   │   └── LeftOpenElsewhere  … or left it open on another computer: it can be taken over
    │   ├── ReadOnlyFile           the file or its folder can only be read
    │   ├── ForeignTarget          what lies there was not written by Inspector, or changed since
    │   ├── NotAnInspection        the file is something else, or damaged
    │   ├── NewerInspection        the file was written by a newer version
    │   ├── PasswordNeeded         the file is protected, and its password was not given
    │   └── WrongPassword          the password is not that of the file
    ├── PictureFault               a picture cannot be cleaned or shown; says why, as a clause
    ├── WorkerStopped              the process that computes in the background is not there
    └── ReportFault                a template, the house style or a text stopped the report
        └── TemplateFault          … with template file, line and part of the inspection

An `InspectorError` says three things: what happened, what is safe, what to do. Anything else that
escapes is a bug of ours. Messages hold names of files and fields, never evidence text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class InspectorError(Exception):
    """Something a person can be told about and act on."""


_SHOWN = 200
"""Faults that a message lists: nobody mends more before trying again."""


class Fault(NamedTuple):
    """One fault in data from outside: where it is and what is wrong there."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class _FaultList(InspectorError):
    """Several faults found at once, so that one correction round is enough."""

    def __init__(self, headline: str, faults: Sequence[Fault], left_out: int = 0) -> None:
        """Make it.

        Args:
            headline: What they are faults of, and that nothing was done.
            faults: The faults.
            left_out: How many there are besides.
        """
        self.headline = headline
        self.faults = tuple(faults)
        self.left_out = left_out
        super().__init__(headline, self.faults, left_out)

    def list_faults(self) -> list[str]:
        """Return a line a fault, and one that says how many more there are."""
        lines = [str(fault) for fault in self.faults[:_SHOWN]]
        more = len(self.faults) - len(lines) + self.left_out
        return [*lines, f"and {more:,} more"] if more else lines

    def __str__(self) -> str:
        return "\n".join([self.headline, *(f"  {line}" for line in self.list_faults())])


class ResourceFault(_FaultList):
    """A file under `resources/` does not hold what it must; lists every fault."""


class ContentFault(_FaultList):
    """Content cannot be imported; lists every fault. Nothing has been imported."""


class ChangeConflict(InspectorError):
    """A change does not fit: the value it expects to find is not there."""


class UsageProblem(InspectorError):
    """What was asked for makes no sense as it was said: a wrong ending, an unknown name."""


class SystemProblem(InspectorError):
    """The operating system lacks what Qt needs; the message says how to get it."""


class PictureFault(InspectorError):
    """A picture cannot be cleaned or shown. The message is a clause, such as “it is damaged”."""


class FileProblem(InspectorError):
    """A file could not be read or written; the message says what is safe and what to do."""


class InspectionInUse(FileProblem):
    """The inspection is open somewhere else; the message says where and by whom."""


class LeftOpenElsewhere(InspectionInUse):
    """Somebody opened the inspection on another computer and has not closed it there."""


class ReadOnlyFile(FileProblem):
    """The file or its folder can only be read."""


class ForeignTarget(FileProblem):
    """A file that was to be replaced is somebody's: not as Inspector wrote it, or not by it."""


class NotAnInspection(FileProblem):
    """The file is not an inspection, or is damaged. It has not been changed."""


class NewerInspection(FileProblem):
    """The file was written by a newer version of the application. It has not been changed."""


class PasswordNeeded(FileProblem):
    """The file is protected with a password that was not given. It has not been changed."""


class WrongPassword(FileProblem):
    """The password is not that of the file. Nothing was opened."""


class WorkerStopped(InspectorError):
    """What computes in the background cannot start, or ended by itself; the inspection is safe."""


class ReportFault(InspectorError):
    """The report could not be made."""


class TemplateFault(ReportFault):
    """A template or the house style is at fault.

    Args:
        template: File name below `report_templates/`.
        line: Line in that file, 1 for the first; None where the whole file is meant.
        part: The part of the inspection that was being printed, in the reader's words, or "".
        message: What is wrong, and where possible the name that was probably meant.
    """

    def __init__(self, template: str, line: int | None, part: str, message: str) -> None:
        self.template = template
        self.line = line
        self.part = part
        self.message = message
        super().__init__(template, line, part, message)

    def __str__(self) -> str:
        place = self.template if self.line is None else f"{self.template}, line {self.line}"
        part = f" (in the part “{self.part}”)" if self.part else ""
        return f"{place}{part}: {self.message}"


def rebuild_error(kind: str, arguments: Sequence[Any]) -> InspectorError:
    """Return an error that happened in another process, from its class's name and its arguments."""
    found = _list_kinds(InspectorError).get(kind, InspectorError)
    if issubclass(found, _FaultList):
        headline, faults, left_out = arguments
        return found(headline, [Fault(*fault) for fault in faults], left_out)
    return found(*arguments)


def _list_kinds(kind: type[InspectorError]) -> dict[str, type[InspectorError]]:
    kinds = {kind.__name__: kind}
    for child in kind.__subclasses__():
        kinds |= _list_kinds(child)
    return kinds
