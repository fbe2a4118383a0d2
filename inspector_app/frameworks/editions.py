"""The edition of its framework that an inspection carries, and the one that is installed.

An edition is a framework with the law, activities, ratings and rules beside it, as they were at one
time: JSON in the form of the TOML files, read back as strictly as those. So an inspection can be
opened and worked on where its framework is not installed, or has changed since.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Edition
from inspector_app.domain.ids import id_from
from inspector_app.errors import Fault, ResourceFault
from inspector_app.frameworks.kept_parts import KeptSection, add_kept_parts
from inspector_app.frameworks.load import load_framework, load_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework, Reference
    from inspector_app.frameworks.report_forms import Form, Regime

    Table = dict[str, Any]

_Printed = TypeVar("_Printed", "Regime", "Form")
_LARGEST = 4_000_000
"""Characters; as much as a TOML file may have."""
_KEPT = 8
_CANNOT = "The framework that the inspection carries cannot be used, and none is installed."


class LoadedEdition(NamedTuple):
    """What an inspection is written with."""

    framework: Framework
    reference: Reference
    """Law, and ratings as the framework has them."""
    data: str
    """Both as the file has them."""
    is_other: bool = False
    """Whether it is the inspection's own, since another is installed, or none."""
    problem: str = ""
    """Why the inspection's own is not used, or ""."""


def load_edition(inspection: Inspection) -> LoadedEdition:
    """Return framework and law of an inspection: those that it carries, else those installed.

    The framework has the parts besides that only the inspection has; see `kept_parts`.

    Raises:
        ResourceFault: It carries none that can be used, and none is installed.
    """
    carried = find_carried(inspection)
    framework = inspection.details.framework
    found = _load_installed(framework) if carried is None else _load(carried.data, framework)
    return found._replace(framework=add_kept_parts(found.framework, inspection))


def find_carried(inspection: Inspection) -> Edition | None:
    """Return the edition that an inspection carries, or None."""
    return next(inspection.all(Edition), None)


def find_installed(framework: str) -> LoadedEdition | None:
    """Return the edition of a framework that is installed, or None where that cannot be used."""
    try:
        return _load_installed(framework)
    except ResourceFault:
        return None


def describe_edition(edition: LoadedEdition) -> str:
    """Return what to tell of the edition that an inspection uses; "": it is the installed one."""
    name = f"“{edition.framework.name}”"
    if edition.problem:
        return (
            f"The copy of {name} in this inspection cannot be read ({edition.problem}), so the "
            "installed framework is used. Your text is not affected."
        )
    if not edition.is_other:
        return ""
    other = find_installed(edition.framework.id)
    if other is None:
        return (
            f"{name} is not installed on this computer. This inspection uses the copy that it "
            "carries."
        )
    own, new = edition.framework.version, other.framework.version
    versions = f"of {new} is installed, and this inspection was written with that of {own}"
    if own == new:
        versions = "has changed since this inspection was written"
    return f"{name} {versions}. It goes on using its own copy."


def draft_edition(draft: Draft, edition: LoadedEdition) -> None:
    """Draft that an inspection carries an edition from now on."""
    carried = find_carried(draft.result)
    if carried is None:
        root = draft.result.id
        draft.create(Edition(id=id_from("edition"), parent=root, data=edition.data))
    else:
        draft.set(carried.id, "data", edition.data)


def start_with_edition(change: Change, inspection: Inspection) -> tuple[Change, Inspection]:
    """Return what begins an inspection, with the edition that is installed in it.

    Args:
        change: The change that makes the inspection from nothing.
        inspection: The value after it.
    """
    draft = Draft(inspection)
    draft_edition(draft, load_edition(inspection))
    edits = (*change.edits, *draft.finish("").edits)
    return msgspec.structs.replace(change, edits=edits), draft.result


def write_edition(framework: Framework, reference: Reference) -> str:
    """Return an edition as JSON; the same edition always gives the same text.

    Args:
        framework: The framework.
        reference: What all frameworks share.
    """
    plain = msgspec.to_builtins(
        {
            "framework": framework,
            "regulations": {
                "instruments": [*reference.instruments.values()],
                "regulations": [*reference.regulations.values()],
            },
            "activities": {"activities": [*reference.activities.values()]},
            "ratings": {
                "ratings": [*reference.ratings.values()],
                "limiters": [*reference.limiters.values()],
            },
            "rating_rules": {
                "rule_sets": [*reference.rule_sets.values()],
                "scorings": [*reference.scorings.values()],
            },
        }
    )
    plain["framework"]["regimes"] = _by_name(plain["framework"]["regimes"])
    plain["framework"]["instruments"] = _by_name(plain["framework"].get("instruments", []))
    plain["regulations"]["instruments"] = _by_name(plain["regulations"]["instruments"])
    for part in ("framework", "ratings"):
        scale = plain[part].pop("ratings", ())
        for kind in ("ratings", "no_ratings"):
            plain[part][kind] = [
                {key: value for key, value in row.items() if key != "is_rating"}
                for row in scale
                if row["is_rating"] == (kind == "ratings")
            ]
    return msgspec.json.encode(plain).decode()


def read_edition(data: str, framework: str) -> LoadedEdition:
    """Return the edition that a text holds, which anybody may have written.

    Args:
        data: The text.
        framework: Id of the framework that it must be of.

    Raises:
        ResourceFault: It has faults; lists all.
    """
    # Imported here: most often the edition is the one that is installed.
    from inspector_app.frameworks import references, schema
    from inspector_app.frameworks.reading import make_framework, make_reference
    from inspector_app.shapes import Faults, check

    plain = _parse(data)
    faults = Faults(check(schema.EDITION, plain))
    if not faults:
        rules, ratings = plain["rating_rules"], plain["ratings"]
        for part, found in (
            (
                "framework",
                references.check_framework(plain["framework"], framework, rules, ratings),
            ),
            ("regulations", references.check_regulations(plain["regulations"])),
            ("activities", references.check_activities(plain["activities"])),
            ("ratings", references.check_ratings(ratings, ratings)),
            ("rating_rules", references.check_rating_rules(rules, ratings)),
        ):
            faults.extend(Fault(f"{part}: {path}", message) for path, message in found)
    if faults:
        raise ResourceFault(_CANNOT, faults, faults.left_out)
    others = (plain[name] for name in ("regulations", "activities", "ratings", "rating_rules"))
    return _make(make_framework(plain["framework"]), make_reference(*others), is_other=True)


def _parse(data: str) -> Any:
    if len(data) > _LARGEST:
        message = f"is larger than {_LARGEST // 1_000_000} megabytes"
        raise ResourceFault(_CANNOT, [Fault("$", message)])
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        fault = Fault("$", "is no valid JSON")
        raise ResourceFault(_CANNOT, [fault]) from error


def _load_installed(framework: str) -> LoadedEdition:
    return _make(load_framework(framework), load_reference())


def _make(framework: Framework, shared: Reference, *, is_other: bool = False) -> LoadedEdition:
    data = write_edition(framework, shared)
    return LoadedEdition(framework, shared.for_framework(framework), data, is_other)


def _load(data: str, framework: str) -> LoadedEdition:
    """Return the edition to use where an inspection carries a text."""
    installed = find_installed(framework)
    if installed is not None and data == installed.data:
        return installed
    found = _try_to_read(data, framework)
    if isinstance(found, ResourceFault):
        if installed is None:
            raise found
        return installed._replace(problem=str(found.faults[0]))
    if installed is None:
        return found
    return found._replace(framework=_complete(found.framework, installed.framework))


@lru_cache(maxsize=_KEPT)
def _try_to_read(data: str, framework: str) -> LoadedEdition | ResourceFault:
    try:
        return read_edition(data, framework)
    except ResourceFault as error:
        return error


def _complete(framework: Framework, installed: Framework) -> Framework:
    """Return a framework with the texts and sections that only the installed one has.

    Its templates are the installed ones, which may ask for more than when it was written. Such
    sections are never offered, so they print nothing.
    """
    known = {item.id for item in framework.sections}
    return msgspec.structs.replace(
        framework,
        sections=(
            *framework.sections,
            *(
                KeptSection(id=item.id, name=item.name)
                for item in installed.sections
                if item.id not in known
            ),
        ),
        regimes=tuple(_add_texts(item, installed.regimes) for item in framework.regimes),
        forms=tuple(_add_texts(item, installed.forms) for item in framework.forms),
    )


def _add_texts(item: _Printed, others: Iterable[_Printed]) -> _Printed:
    same = (other for other in others if (other.id, other.template) == (item.id, item.template))
    texts = next((other.texts for other in same), {})
    return msgspec.structs.replace(item, texts={**texts, **item.texts})


def _by_name(rows: list[Table]) -> Table:
    """Return rows as a table of tables by id, as the TOML files have them."""
    return {row.pop("id"): row for row in rows}
