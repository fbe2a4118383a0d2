"""Words that are right because of what is inspected: names of the service, terms of the framework.

Only whether they are right is taken from here: a name that must not appear in the report is no
misspelling either, and it is the checks that find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.assets import get_resource
from inspector_app.domain.entities import Details, Person, Service
from inspector_app.organisation import list_words
from inspector_app.spelling.tokens import find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework, Reference

_DETAILS = frozenset(
    {
        "provider_name", "location_name", "service_type", "address", "website",
        "registered_activities", "signatory_name", "signatory_title", "own_words",
    }
)  # fmt: skip


def collect_inspection_words(inspection: Inspection) -> frozenset[str]:
    """Return the words of an inspection's names, and those that it was taught."""
    details = inspection.details
    texts = [
        details.provider_name,
        details.location_name,
        details.service_type,
        *details.address,
        # A website's parts: the practice is often called like that in the text too.
        details.website.replace(".", " ").replace("/", " "),
        *details.registered_activities,
        details.signatory_name,
        details.signatory_title,
        *(person.name for person in inspection.all(Person)),
        *(service.name for service in inspection.all(Service)),
    ]
    return _words_of(texts) | frozenset(details.own_words)


def touches_names(change: Change, inspection: Inspection) -> bool:
    """Tell whether a change may have changed what `collect_inspection_words` returns."""
    for edit in change.edits:
        entity = inspection.find(edit.entity)
        if entity is None:  # gone: only its kind is known
            before = edit.before
            if isinstance(before, dict) and before.get("entity") in {"person", "service"}:
                return True
        elif isinstance(entity, Person | Service) or (
            isinstance(entity, Details) and edit.field in _DETAILS
        ):
            return True
    return False


def collect_framework_words(framework: Framework, reference: Reference) -> frozenset[str]:
    """Return the words of a framework, of what all frameworks share, and of `words.txt`."""
    lines = get_resource("words.txt").read_text("utf-8").splitlines() + list_words()
    listed = (line.strip() for line in lines if not line.startswith("#"))
    return _words_of(_list_terms(framework, reference)).union(filter(None, listed))


def _list_terms(framework: Framework, reference: Reference) -> Iterator[str]:
    yield framework.name
    yield framework.people_word
    yield from framework.service_words
    for question in framework.key_questions:
        yield question.name
        yield question.heading
        for topic in question.topics:
            yield topic.heading
            yield from topic.headings.values()
            yield from (lead.text for lead in topic.leads)
    yield from (category.name for category in framework.evidence_categories)
    for group in framework.service_groups:
        yield group.name
    for instrument in reference.instruments.values():
        yield instrument.name
        yield instrument.short
    for regulation in reference.regulations.values():
        yield from (regulation.title, regulation.requirement, regulation.must)
        yield from regulation.other_musts
    for activity in reference.activities.values():
        yield from (activity.name, activity.register_name)
    yield from (rating.name for rating in reference.ratings.values())


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    words: set[str] = set()
    for text in texts:
        for word in find_words(text):
            words.add(word.text)
            # “Oakhurst-Rowan Surgery” lets Rowan stand alone.
            words.update(part for part in word.text.split("-") if len(part) > 1)
    return frozenset(words)
