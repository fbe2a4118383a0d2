"""Key questions, topics and sections that an inspection has and its framework has no more.

They keep the headings that they had, so that what was written under them is shown, printed where
the report's template prints it, and can be moved. They are never offered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

import msgspec

from inspector_app.domain.entities import Block, KeyQuestion, Section, Topic
from inspector_app.frameworks.key_questions import KeyQuestionSpec, TopicSpec
from inspector_app.frameworks.report_forms import SectionSpec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework

Part: TypeAlias = KeyQuestion | Topic | Section
S = TypeVar("S", KeyQuestionSpec, SectionSpec, TopicSpec)


class KeptTopic(TopicSpec, frozen=True, kw_only=True):
    """A topic that the framework has no more."""

    is_kept: ClassVar[bool] = True


class KeptSection(SectionSpec, frozen=True, kw_only=True):
    """A section that the framework has no more, or not yet."""

    is_kept: ClassVar[bool] = True


class KeptQuestion(KeyQuestionSpec, frozen=True, kw_only=True):
    """A key question that the framework has no more."""

    is_kept: ClassVar[bool] = True


def find_spec(
    framework: Framework, inspection: Inspection, part: AnyEntity | None
) -> KeyQuestionSpec | SectionSpec | TopicSpec | None:
    """Return what a framework says of a key question, topic or section of an inspection.

    None for what is no such part, for a topic of the inspector's own, and for one that there is
    neither in the framework nor among the parts that were kept.
    """
    if isinstance(part, Section):
        return framework.find_section(part.section)
    if isinstance(part, KeyQuestion):
        return framework.find_key_question(part.key_question)
    if isinstance(part, Topic):
        question = inspection.find(part.parent)
        if isinstance(question, KeyQuestion):
            return framework.find_topic(question.key_question, part.topic)
    return None


def has_text(inspection: Inspection, part: Part) -> bool:
    """Tell whether anything was typed into a part."""
    if inspection.child_ids(part.id, Block):
        return True
    if isinstance(part, Topic):
        return bool(part.lead.strip())
    return any(has_text(inspection, topic) for topic in inspection.children(part.id, Topic))


def add_kept_parts(framework: Framework, inspection: Inspection) -> Framework:
    """Return a framework with the parts that only the inspection has; most often the same one."""
    parts = [
        part
        for part in inspection
        if isinstance(part, Part)
        and (part.topic if isinstance(part, Topic) else has_text(inspection, part))
        and find_spec(framework, inspection, part) is None
    ]
    if not parts:
        return framework
    sections: list[SectionSpec] = [*framework.sections]
    questions: list[KeyQuestionSpec] = [*framework.key_questions]
    topics: dict[str, list[TopicSpec]] = {}
    for part in parts:
        name = name_kept(part)
        if isinstance(part, Section):
            # A section's name may say one of the details; this one was typed, or came with a file.
            plain = name.replace("{", "{{ '{' }}")
            section = KeptSection(id=part.section, name=plain)
            sections.append(section)
        elif isinstance(part, KeyQuestion):
            question = KeptQuestion(
                id=part.key_question, name=name, heading=name, word=name.lower(), verified=False
            )
            questions.append(question)
        else:
            owner = inspection.find(part.parent)
            topic = KeptTopic(id=part.topic, heading=name, verified=False)
            topics.setdefault(getattr(owner, "key_question", ""), []).append(topic)
    return msgspec.structs.replace(
        framework,
        sections=_each_once(sections),
        key_questions=tuple(
            msgspec.structs.replace(item, topics=_each_once([*item.topics, *topics[item.id]]))
            if item.id in topics
            else item
            for item in _each_once(questions)
        ),
    )


def name_kept(part: Part) -> str:
    """Return the heading that a part had; where nobody knows it any more, its id in words."""
    if isinstance(part, Section):
        id_ = part.section
    else:
        id_ = part.topic if isinstance(part, Topic) else part.key_question
    return part.title.strip() or id_.replace("_", " ").capitalize()


def _each_once(specs: Iterable[S]) -> tuple[S, ...]:
    found: dict[str, S] = {}
    for spec in specs:
        found.setdefault(spec.id, spec)
    return tuple(found.values())
