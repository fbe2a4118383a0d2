"""The law: instruments, regulations that a notice can cite, regulated activities."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from inspector_app.frameworks.values import FrameworkValue

_PEOPLE = "{{ people }}"
"""Stands for the framework's word in what all frameworks share."""


class RegulationParagraph(FrameworkValue, frozen=True, kw_only=True):
    """A numbered part of a regulation, for the picker."""

    ref: str
    """“12(2)(a)”"""
    words: str
    """A short paraphrase, not the statutory text."""


class Instrument(FrameworkValue, frozen=True, kw_only=True):
    """A set of regulations."""

    id: str
    name: str
    short: str
    si: str = ""
    """Its number among the statutory instruments."""
    note: str = ""


class Regulation(FrameworkValue, frozen=True, kw_only=True):
    """A regulation that a notice can cite.

    Two instruments have a regulation 12: never use the number alone.
    """

    id: str
    """“RA2014-12”"""
    instrument: str
    number: str
    title: str
    label: str
    """First line of the notice's right-hand cell."""
    label_verified: bool = True
    requirement: str = ""
    """The statutory sentence; empty where the exact text was not read."""
    must: str = ""
    """The line in the summary; empty where no fixed phrase is known.

    As in its other texts, `{{ people }}` stands for the people word of the framework.
    """
    must_verified: bool = True
    other_musts: tuple[str, ...] = ()
    opening: str = ""
    """A sentence that often opens “How the regulation was not being met”."""
    citable_alone: bool = True
    prosecutable: Literal["", "direct", "qualified", "part", "no"] = ""
    prosecutable_parts: tuple[str, ...] = ()
    prosecutable_verified: bool = True
    fundamental_standard: bool = False
    key_questions: tuple[str, ...] = ()
    paragraphs: tuple[RegulationParagraph, ...] = ()
    paragraphs_verified: bool = True
    applies_to: str = ""
    rated_services_only: bool = False
    in_force_from: str = ""
    note: str = ""
    verified: bool = False

    def for_people(self, word: str) -> Regulation:
        """Return it as a framework words it that speaks of patients, or of people."""
        texts = (self.must, self.opening, *self.other_musts)
        if not any(_PEOPLE in text for text in texts):
            return self
        return msgspec.structs.replace(
            self,
            must=self.must.replace(_PEOPLE, word),
            opening=self.opening.replace(_PEOPLE, word),
            other_musts=tuple(text.replace(_PEOPLE, word) for text in self.other_musts),
        )


def fold_activity(name: str) -> str:
    """Return an activity's name as it is compared: case, signs and “&” make no difference."""
    return " ".join(re.findall(r"\w+", name.casefold().replace("&", " and ")))


class Activity(FrameworkValue, frozen=True, kw_only=True):
    """A regulated activity."""

    id: str
    name: str
    register_name: str = ""
    code: str = ""
    code_verified: bool = True
    paragraph: int = 0
    """Paragraph of Schedule 1 (2014); 0 where it has none."""
    paragraph_verified: bool = False
    legacy: bool = False
    note: str = ""
    verified: bool = False
