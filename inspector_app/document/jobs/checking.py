"""The jobs behind checks and trace: what the inspection as it stands has to be told.

The window imports this to name the jobs; what they need is imported where they are done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from inspector_app.frameworks.editions import load_edition

if TYPE_CHECKING:
    from inspector_app.checks.check_run import CheckRun
    from inspector_app.document.jobs.job_context import JobContext


class BalanceRow(msgspec.Struct, frozen=True):
    """The evidence for a key question (`topic` is "") or a topic, for the chart."""

    key_question: str
    topic: str
    name: str
    findings: int
    strengths: int
    concerns: int
    neutral: int
    missing: tuple[str, ...]
    """Sources that have not been looked at."""

    @property
    def total(self) -> int:
        """How many notes there are."""
        return self.strengths + self.concerns + self.neutral


class Trace(msgspec.Struct, frozen=True):
    """What stands on nothing, what nothing stands on, and the evidence for each topic."""

    unsupported: tuple[str, ...]
    """Ids of blocks and actions."""
    unused: tuple[str, ...]
    """Ids of notes."""
    balances: tuple[BalanceRow, ...]


def check(context: JobContext, templates: str | None) -> CheckRun:
    """Run all checks.

    Args:
        context: See there.
        templates: The template folder; None: the application's own.
    """
    from inspector_app.checks.running import run_checks
    from inspector_app.document.templates import choose_usable

    inspection = context.inspection
    framework, reference, *_ = load_edition(inspection)
    return run_checks(inspection, framework, reference, templates=choose_usable(templates))


def trace(context: JobContext) -> Trace:
    """Return what the evidence panel lists."""
    from inspector_app.checks.subject import Subject
    from inspector_app.checks.tracing import list_unsupported, list_unused, measure_balance

    inspection = context.inspection
    edition = load_edition(inspection)
    subject = Subject(inspection, edition.framework, edition.reference)
    return Trace(
        tuple(text.entity for text in list_unsupported(subject)),
        tuple(note.id for note in list_unused(subject)),
        tuple(
            BalanceRow(
                key_question=item.key_question,
                topic=item.topic,
                name=item.name,
                findings=item.findings,
                strengths=item.count_notes(stance="strength"),
                concerns=item.count_notes(stance="concern"),
                neutral=item.count_notes(stance="neutral"),
                missing=item.unused_sources,
            )
            for item in measure_balance(subject)
        ),
    )
