"""The ids that content may use: those of one framework and of the shared reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspector_app.frameworks.model import Framework, Reference

    Content = dict[str, Any]

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

    def add_former(self, content: Content) -> Vocabulary:
        """Return a vocabulary with what content names with the heading that it had."""
        former = content.get("former_headings")
        headings = former if isinstance(former, dict) else {}
        topics = {id_: [*known] for id_, known in (self.topics or {}).items()}
        for id_ in _list_keys(headings.get("key_questions")):
            topics.setdefault(id_, [])
        for owner in (content, *_list_tables(content.get("services"))):
            questions = owner.get("key_questions")
            for id_, question in questions.items() if isinstance(questions, dict) else ():
                named = question.get("topics") if isinstance(question, dict) else None
                topics.get(id_, []).extend(
                    topic["topic"]
                    for topic in _list_tables(named)
                    if topic.get("title") and isinstance(topic.get("topic"), str)
                )
        sections = [*(self.sections or ()), *_list_keys(headings.get("sections"))]
        return self._replace(topics=topics, sections=sections)


def _list_keys(value: object) -> list[str]:
    return [*value] if isinstance(value, dict) else []


def _list_tables(value: object) -> list[Content]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


ANY = Vocabulary()
"""Any text passes where an id stands: for the published schema, and for unknown frameworks."""
