"""Moving an inspection to another edition of its framework: what changes, and the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector_app.domain.entities import EvidenceNote, KeyQuestion, Section, Topic
from inspector_app.errors import InspectorError
from inspector_app.frameworks.editions import draft_edition
from inspector_app.frameworks.kept_parts import find_spec, has_text, name_kept
from inspector_app.frameworks.key_questions import TopicSpec
from inspector_app.frameworks.report_forms import SectionSpec
from inspector_app.texts import pluralise, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.editions import LoadedEdition
    from inspector_app.frameworks.kept_parts import Part
    from inspector_app.frameworks.model import Framework
    from inspector_app.frameworks.report_forms import Form, Regime

    Fill = Callable[[str], str]
    """Fills a section's name from the details."""

_LONGEST = 100
_COUNTED = (
    ("regulation", "regulations"),
    ("regulated activity", "regulated activities"),
    ("circumstance that limits ratings", "circumstances that limit ratings"),
    ("set of rules for ratings", "sets of rules for ratings"),
    ("wording of the report", "wordings of the report"),
    ("standard text", "standard texts"),
    ("lead sentence", "lead sentences"),
)


def draft_move(draft: Draft, current: LoadedEdition, wanted: LoadedEdition, fill: Fill) -> None:
    """Draft that an inspection is written with another edition from now on.

    What the other one does not have keeps its heading, or goes where nothing was put into it.

    Args:
        draft: Takes the edits.
        current: The edition that the inspection is written with.
        wanted: The other one.
        fill: Fills the name of a section.

    Raises:
        InspectorError: The other one has no such regime.
    """
    inspection, details = draft.result, draft.result.details
    new = wanted.framework
    if new.find_regime(details.regime, details.form) is None:
        new.get_regime(details.regime)
        draft.set(details.id, "form", "")
    gone = _list_gone(new, inspection)
    for part in _list_parts(inspection):
        title = _name_part(current.framework, inspection, part, fill) if part in gone else ""
        draft.set(part.id, "title", title)
    draft.delete_all(part.id for part in gone if not _is_used(inspection, part))
    draft_edition(draft, wanted)
    draft.set(details.id, "framework_version", new.version)


def describe_move(
    inspection: Inspection, current: LoadedEdition, wanted: LoadedEdition, fill: Fill
) -> str:
    """Return what would change with another edition, a line each; see `draft_move`."""
    old, new, details = current.framework, wanted.framework, inspection.details
    lines = []
    if old.version != new.version:
        lines.append(f"Version: {old.version} → {new.version}")
    if old.name != new.name:
        lines.append(f"Name: {old.name} → {new.name}")
    for what, name in (
        ("key question", lambda edition: _name_questions(edition.framework)),
        ("topic", lambda edition: _name_topics(edition.framework, details.regime)),
        ("section", lambda edition: _name_sections(edition.framework, fill)),
        ("form of the report", lambda edition: {f.id: f.name for f in edition.framework.forms}),
        ("rating", lambda edition: {r.id: r.name for r in edition.reference.ratings.values()}),
    ):
        lines += _compare_names(what, name(current), name(wanted))
    if current.reference.order != wanted.reference.order:
        lines.append("Changed: the order of the ratings")
    lines += (
        line
        for names, before, after in zip(
            _COUNTED, _list_counted(current), _list_counted(wanted), strict=True
        )
        for line in _count_changes(names, before, after)
    )
    kept = [
        _name_part(old, inspection, part, fill)
        for part in _list_gone(new, inspection)
        if (spec := find_spec(old, inspection, part)) is not None
        and not spec.is_kept
        and _is_used(inspection, part)
    ]
    if kept:
        names = ", ".join(f"“{_shorten(name)}”" for name in dict.fromkeys(kept))
        lines.append(f"Kept in this inspection, with the heading and all text: {names}")
    if details.form and new.find_regime(details.regime, details.form) is None:
        lines.append("The report takes the usual form: the one that was chosen is gone")
    return "\n".join(lines) or "Only notes and sources, which no report shows."


def find_obstacle(inspection: Inspection, wanted: LoadedEdition) -> str:
    """Say why an inspection cannot be moved to an edition, or return ""."""
    try:
        wanted.framework.get_regime(inspection.details.regime)
    except InspectorError as error:
        return str(error)
    return ""


def _list_parts(inspection: Inspection) -> list[Part]:
    """Return the parts that a framework names."""
    return [
        part
        for part in inspection
        if isinstance(part, KeyQuestion | Section) or (isinstance(part, Topic) and part.topic)
    ]


def _list_gone(framework: Framework, inspection: Inspection) -> list[Part]:
    """Return the parts that a framework does not have."""
    parts = _list_parts(inspection)
    return [part for part in parts if find_spec(framework, inspection, part) is None]


def _is_used(inspection: Inspection, part: Part) -> bool:
    """Tell whether anything was typed into a part, or was put into its place by a note."""
    if has_text(inspection, part):
        return True
    named = {topic for note in inspection.all(EvidenceNote) for topic in note.topics}
    if isinstance(part, Topic):
        question = inspection.find(part.parent)
        return f"{getattr(question, 'key_question', '')}.{part.topic}" in named
    if isinstance(part, KeyQuestion):
        details, id_ = inspection.details, part.key_question
        return id_ in {*details.ratings, *details.judgements, *named} or any(
            _is_used(inspection, topic) for topic in inspection.children(part.id, Topic)
        )
    return False


def _name_part(
    framework: Framework,
    inspection: Inspection,
    part: Part,
    fill: Fill,
) -> str:
    spec = find_spec(framework, inspection, part)
    if spec is None:
        return name_kept(part)
    if isinstance(spec, TopicSpec):
        return spec.get_heading(inspection.details.regime)
    return fill(spec.name) if isinstance(spec, SectionSpec) else spec.name


def _name_questions(framework: Framework) -> dict[str, str]:
    return {item.id: item.name for item in framework.key_questions if not item.is_kept}


def _name_topics(framework: Framework, regime: str) -> dict[str, str]:
    return {
        f"{question.id}.{topic.id}": f"{question.name}: {topic.get_heading(regime)}"
        for question in framework.key_questions
        for topic in question.topics
        if not topic.is_kept
    }


def _name_sections(framework: Framework, fill: Fill) -> dict[str, str]:
    return {item.id: fill(item.name) for item in framework.sections if not item.is_kept}


def _compare_names(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for id_, name in after.items():
        if id_ not in before:
            yield f"Added: {what} “{_shorten(name)}”"
    for id_, name in before.items():
        if id_ not in after:
            yield f"Gone: {what} “{_shorten(name)}”"
        elif after[id_] != name:
            yield f"Renamed: {what} “{_shorten(name)}” is now “{_shorten(after[id_])}”"


def _list_counted(edition: LoadedEdition) -> Iterator[Mapping[Any, object]]:
    """Yield what is only counted, in the order of `_COUNTED`, each by what tells it apart."""
    framework, reference = edition.framework, edition.reference
    yield reference.regulations
    yield reference.activities
    yield reference.limiters
    yield {**reference.rule_sets, **reference.scorings}
    printed: list[Regime | Form] = [*framework.regimes, *framework.forms]
    yield {(item.id, name): text for item in printed for name, text in item.texts.items()}
    yield {
        (owner, item.id): item
        for owner, items in (
            ("", framework.key_question_standard),
            *((section.id, section.standard) for section in framework.sections),
        )
        for item in items
    }
    yield {
        (question.id, topic.id, lead.id): lead
        for question in framework.key_questions
        for topic in question.topics
        for lead in topic.leads
    }


def _count_changes(
    names: tuple[str, str], before: Mapping[Any, object], after: Mapping[Any, object]
) -> Iterator[str]:
    changed = sum(id_ in before and before[id_] != value for id_, value in after.items())
    for doing, count in (
        ("Added", len(after.keys() - before.keys())),
        ("Gone", len(before.keys() - after.keys())),
        ("Changed", changed),
    ):
        if count:
            yield f"{doing}: {pluralise(count, *names)}"


def _shorten(name: str) -> str:
    return shorten(name, _LONGEST)
