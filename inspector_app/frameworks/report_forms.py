"""How a framework's reports are made: regimes, forms, sections and their standard texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from inspector_app.domain.entities import NoticeKind
from inspector_app.frameworks.values import FrameworkValue

RegimeId = Literal["rated", "unrated", "scored"]
SectionOwner = Literal["location", "service", "group"]
PrintedPart = Literal[
    "telephone", "website", "previous_rating_note", "previous_breaches", "rating_grid", "services",
    "population_groups",
    "leads", "summaries", "musts", "shoulds", "signatory",
]  # fmt: skip
"""What some reports print of what is typed, and others do not."""
DateStyle = Literal["", "short", "long", "padded"]
"""How reports write a date that stands alone: 01/11/2018, 1 November 2018, 01 November 2018.

Where nothing is said, a form does as its regime, and a regime writes short ones.
"""


class StandardParagraph(FrameworkValue, frozen=True, kw_only=True):
    """A sentence that the forms offer for a section; from then on it is the inspector's text."""

    id: str
    name: str
    """What the menu calls it."""
    kind: Literal["paragraph", "bullet", "heading"] = "paragraph"
    text: str
    """Jinja."""
    bullets: tuple[str, ...] = ()
    """Jinja: the list that the text introduces and that is put in with it."""
    regimes: tuple[str, ...] = ()
    """Regimes that it is offered in; empty: all."""
    forms: tuple[str, ...] = ()
    """Forms of the report that it is offered in; empty: all."""
    key_questions: tuple[str, ...] = ()
    """In the summary of a key question: those that it is for; empty: all."""
    ratings: tuple[str, ...] = ()
    """In the summary of a key question: the ratings that it is for; empty: all, and none."""
    verified: bool = False


class SectionSpec(FrameworkValue, frozen=True, kw_only=True):
    """A narrative part of the report."""

    id: str
    name: str
    """What forms and outline call it; Jinja, for “Background to {{ location.name }}”."""
    regimes: tuple[str, ...] = ()
    """Regimes that it is offered in; empty: all. Content of any regime may carry it."""
    forms: tuple[str, ...] = ()
    """Forms of the report that have it; empty: all. Content of any form may carry it."""
    standard: tuple[StandardParagraph, ...] = ()
    help: str = ""
    below: SectionOwner = "location"
    """What has it: the location, each of its services, or each population group."""
    kind: Literal["paragraph", "bullet"] = "paragraph"
    """What its text begins with."""


class OutcomeSpec(FrameworkValue, frozen=True, kw_only=True):
    """What stands beside a key question in place of a rating."""

    id: str
    name: str
    symbol: str = ""
    judgement: Literal["met", "not_met", ""] = ""
    """The judgement that it stands beside; empty: any."""
    notices: tuple[NoticeKind, ...] = ()
    """Kinds of notices on the key question that it needs one of; empty: none is needed."""
    verified: bool = False


class Regime(FrameworkValue, frozen=True, kw_only=True):
    """A way of judging within a framework."""

    id: RegimeId
    name: str
    judged_by: Literal["rating", "met", "score"]
    template: str = ""
    """Template below `report_templates/`; empty where each form has its own."""
    texts: Mapping[str, str] = {}
    """Jinja: wordings that the templates print, by name (`key_question_line`, `met`, …)."""
    unverified_texts: tuple[str, ...] = ()
    """Names of texts whose wording was not seen."""
    scores: Mapping[str, str] = {}
    """What each score says, by score: “4” to “Evidence shows an exceptional standard”."""
    outcomes: tuple[OutcomeSpec, ...] = ()
    required: tuple[str, ...] = ()
    """Ids of `RequiredField` whose absence prints a placeholder."""
    not_printed: tuple[PrintedPart, ...] = ()
    """What its report has no place for: the window does not offer it."""
    dates: DateStyle = ""
    """How it writes a date that stands alone, on the cover and in footers."""
    contents: bool = False
    """Whether it has a list of contents."""
    note: str = ""
    verified: bool = False

    def prints(self, part: PrintedPart) -> bool:
        """Tell whether its report has a place for a part."""
        return part not in self.not_printed


class Form(FrameworkValue, frozen=True, kw_only=True):
    """A form in which a framework's reports are printed: a short one, that of some years."""

    id: str
    name: str
    regimes: tuple[str, ...] = ()
    """Regimes that have it; empty: all."""
    in_use_from: str = ""
    in_use_to: str = ""
    """Years, months or days, as exactly as they are known."""
    template: str
    """Template below `report_templates/`."""
    texts: Mapping[str, str] = {}
    """Jinja: wordings of this form, beside or in place of those of the regime."""
    unverified_texts: tuple[str, ...] = ()
    """Names of texts whose wording was not seen."""
    required: tuple[str, ...] = ()
    """Ids of `RequiredField` that this form prints, beside those of the regime."""
    not_printed: tuple[PrintedPart, ...] = ()
    """What this form has no place for, beside that of the regime."""
    dates: DateStyle = ""
    """How this form writes a date that stands alone."""
    contents: bool = False
    """Whether it has a list of contents, even where the regime's reports have none."""
    note: str = ""
    verified: bool = False


class RequiredField(FrameworkValue, frozen=True, kw_only=True):
    """A detail whose absence shows in the report as “[name]”."""

    id: str
    """A field of the details (`publication_date`) or a section (`sections.background`)."""
    name: str
