"""Standard paragraphs: the framework's texts filled from the details of an inspection.

The forms offer them; once taken, a paragraph is the inspector's own text. What the details do not
say yet comes out as a prompt in square brackets, for the inspector to replace.
"""

from __future__ import annotations

import re
import time
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector_app.errors import TemplateFault
from inspector_app.report.context import announced_word, type_word
from inspector_app.report.phrases import dates_phrase, join, long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import jinja2

    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework, Reference
    from inspector_app.frameworks.report_forms import StandardParagraph

PROMPT = re.compile(r"\[[^\[\]]{1,200}\]")
"""A prompt in square brackets."""
_MISSING = MappingProxyType(
    {
        "provider": "[provider name]",
        "location": "[location name]",
        "address": "[address]",
        "dates": "[date of inspection visit]",
        "previous": "[date]",
        "activities": "[activities]",
    }
)
"""The prompts for what the details do not say yet."""


_MOST_SECONDS = 1.0
"""Of the processor, for all: a window waits for them, and a file may bring texts of others."""


class FilledParagraph(NamedTuple):
    """A standard paragraph, ready to be offered."""

    id: str
    name: str
    kind: str
    text: str
    bullets: tuple[str, ...]
    """The list that the text introduces."""
    verified: bool


class StandardTexts:
    """The standard texts of one framework, filled for one inspection."""

    def __init__(self, inspection: Inspection, framework: Framework, reference: Reference) -> None:
        self._framework = framework
        self._details = inspection.details
        self._seconds = _MOST_SECONDS
        self._context = build_text_context(inspection, framework, reference)

    def for_section(self, section: str) -> list[FilledParagraph]:
        """Return what is offered for a narrative section, in the framework's order.

        Raises:
            TemplateFault: A text of the framework uses something that does not exist.
        """
        found = self._framework.find_section(section)
        return self._fill_all(found.standard if found else ())

    def for_key_questions(self) -> list[FilledParagraph]:
        """Return what is offered for the summaries of all key questions.

        Raises:
            TemplateFault: As `for_section`.
        """
        return self._fill_all(self._framework.key_question_standard)

    def for_key_question(self, key_question: str) -> list[FilledParagraph]:
        """Return what is offered for the summary of a key question, as it is rated.

        Raises:
            TemplateFault: As `for_section`.
        """
        rating = self._details.ratings.get(key_question, "")
        return self._fill_all(
            item
            for item in self._framework.key_question_standard
            if (not item.key_questions or key_question in item.key_questions)
            and (not item.ratings or rating in item.ratings)
        )

    def fill(self, text: str, name: str, **values: object) -> str:
        """Return one text of the framework, filled. `name` is what a fault calls it.

        `values` are what the text may use besides the details (`key_question`, `rating`).

        Raises:
            TemplateFault: The text uses something that does not exist.
        """
        filled = _fill_plainly(text, self._context | values)
        if filled is not None:
            return filled
        # Imported here: a window starts sooner without.
        import jinja2

        from inspector_app.report.limits import render_within_limits

        started = time.thread_time()
        try:
            return render_within_limits(_compile(text), self._context | values, self._seconds)
        except (
            *(jinja2.TemplateError, TypeError, ValueError, AttributeError),
            # What a text of others can do besides.
            *(ArithmeticError, LookupError, RecursionError, SyntaxError, MemoryError),
        ) as error:
            place = f"frameworks/{self._framework.id}.toml"
            raise TemplateFault(place, None, name, str(error)) from error
        finally:
            self._seconds -= time.thread_time() - started

    def _fill_all(self, paragraphs: Iterable[StandardParagraph]) -> list[FilledParagraph]:
        return [
            FilledParagraph(
                id=item.id,
                name=item.name,
                kind=item.kind,
                text=self.fill(item.text, item.name),
                bullets=tuple(self.fill(bullet, item.name) for bullet in item.bullets),
                verified=item.verified,
            )
            for item in paragraphs
            if self._framework.is_offered(item, self._details.regime, self._details.form)
        ]


def list_unfilled(framework: Framework) -> Iterator[str]:
    """Yield the framework's own texts as they stand there, whatever inspection they are for."""
    for item in (
        *framework.key_question_standard,
        *(item for section in framework.sections for item in section.standard),
    ):
        yield from (item.text, *item.bullets)
    for question in framework.key_questions:
        for topic in question.topics:
            yield from (topic.inner_line, *(lead.text for lead in topic.leads))


def list_prompts(framework: Framework) -> frozenset[str]:
    """Return the prompts that the framework's texts can come with, in small letters."""
    texts = (*list_unfilled(framework), *_MISSING.values())
    return frozenset(match.group().casefold() for text in texts for match in PROMPT.finditer(text))


def build_text_context(
    inspection: Inspection, framework: Framework, reference: Reference
) -> dict[str, Any]:
    """Return the variables of standard texts and of the names of sections."""
    details = inspection.details
    days = dates_phrase(details.visit_dates, details.visit_from, details.visit_to)
    previous = details.previous_rating_date
    known = (reference.find_activity(text) for text in details.registered_activities)
    # In running text the names of the activities are in small letters; other words stay as typed.
    names = [
        _lower_first(activity.name) if activity else text
        for activity, text in zip(known, details.registered_activities, strict=True)
    ]
    return {
        "provider": {"name": details.provider_name or _MISSING["provider"]},
        "location": {
            "name": details.location_name or _MISSING["location"],
            "address": list(details.address) or [_MISSING["address"]],
        },
        "visit": {
            "type_word": type_word(details),
            "announced_word": announced_word(details),
            "dates": days or _MISSING["dates"],
        },
        "previous": {"date": long_date(previous) if previous else _MISSING["previous"]},
        "people": framework.people_word,
        "service": next(iter(framework.service_words), "service"),
        "activities": join(names) if names else _MISSING["activities"],
    }


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


_PLACE = re.compile(r"\{\{ (?P<part>[a-z_]+)\.(?P<name>[a-z_]+) \}\}")
"""Where a text says one of the details, such as {{ location.name }}, and nothing more."""


def _fill_plainly(text: str, context: dict[str, Any]) -> str | None:
    """Return a text that is plain but for some details, or None where it is more than that."""
    if "{" in _PLACE.sub("", text) or "\n" in text:
        return None
    values = {}
    for place in _PLACE.finditer(text):
        part = context.get(place["part"])
        value = part.get(place["name"]) if isinstance(part, dict) else None
        if not isinstance(value, str):
            return None
        values[place[0]] = value
    return _PLACE.sub(lambda place: values[place[0]], text)


@cache
def make_text_environment() -> jinja2.Environment:
    """Return what fills standard texts."""
    from jinja2 import StrictUndefined

    from inspector_app.report.limits import LimitedSandbox

    # Plain text comes out, which the report escapes like everything typed.
    environment = LimitedSandbox(undefined=StrictUndefined)
    environment.limit_filters()
    return environment


@cache
def _compile(text: str) -> jinja2.Template:
    return make_text_environment().from_string(text)
