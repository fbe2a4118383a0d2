"""The ids that content may use: those of one framework and of the shared reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspector_app.frameworks.model import Framework, Reference

REGIMES = ("rated", "unrated", "scored")


class Vocabulary(NamedTuple):
    """The ids that content may use; None where any text passes."""

    framework: str | None = None
    regimes: Sequence[str] = REGIMES
    forms: Sequence[str] | None = None
    topics: Mapping[str, Sequence[str]] | None = None
    """The framework's topics by key question."""
    sections: Sequence[str] | None = None
    population_groups: Sequence[str] | None = None
    evidence_categories: Sequence[str] | None = None
    regulations: Sequence[str] | None = None
    ratings: Sequence[str] | None = None
    limiters: Sequence[str] | None = None

    @classmethod
    def of(cls, framework: Framework, reference: Reference) -> Vocabulary:
        """Return the vocabulary of a framework."""
        return cls(
            framework=framework.id,
            regimes=[item.id for item in framework.regimes],
            forms=[item.id for item in framework.forms],
            topics={
                question.id: [
                    *(topic.id for topic in question.topics),
                    *(joined.id for joined in question.joined),
                ]
                for question in framework.key_questions
            },
            sections=[item.id for item in framework.sections],
            population_groups=[item.id for item in framework.population_groups] or None,
            # A framework without groups or categories of its own leaves them to the inspector.
            evidence_categories=[item.id for item in framework.evidence_categories] or None,
            regulations=list(reference.regulations),
            ratings=list(reference.ratings),
            limiters=list(reference.limiters),
        )


ANY = Vocabulary()
"""Any text passes where an id stands: for the published schema, and for unknown frameworks."""
