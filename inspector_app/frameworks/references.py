"""What the shape of a resource file cannot say: ids, references, and texts that must be Jinja.

Everything here reads plain data that may be faulty in other places, so that one round reports the
faults of every kind. What has the wrong type is passed over: its shape reports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector_app.errors import Fault
from inspector_app.frameworks import REQUIRABLE
from inspector_app.shapes import ValuePath, no_such

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Row = Mapping[str, Any]

_TOP = ValuePath()
_AS_IT_STANDS = (
    "is printed as it stands: only texts, standard texts and names of sections are filled"
)


def check_framework(data: Row, file_id: str, rules: Row, ratings: Row) -> list[Fault]:
    """Return the broken references of a framework file.

    Args:
        data: The file's content.
        file_id: What the file's name says that the framework is called.
        rules: The content of the rating rules that frameworks share.
        ratings: The content of the ratings file that frameworks share.
    """
    faults: list[Fault] = []
    own_scale = bool(list(_rows(data, "ratings")))
    scale = data if own_scale else ratings
    shared = {} if own_scale else rules
    if isinstance(data.get("id"), str) and data["id"] != file_id:
        faults.append(Fault("$.id", f"must be '{file_id}', as the file is called"))
    for name in (
        "forms",
        "key_questions",
        "sections",
        "required_fields",
        "evidence_categories",
        "service_groups",
        "key_question_standard",
    ):
        faults += _find_doubles(_rows(data, name))
    for place, row in _rows(data, "key_questions"):
        faults += _find_doubles([*_rows(row, "topics", place), *_rows(row, "joined", place)])
        for topic_place, topic in _rows(row, "topics", place):
            faults += _find_doubles(_rows(topic, "leads", topic_place))
    for place, row in _list_holders(data):
        faults += _check_characteristics(place, row)
    for place, row in _rows(data, "sections"):
        faults += _find_doubles(_rows(row, "standard", place))
    faults += _check_regimes(data)
    faults += _check_regime_names(data)
    faults += _check_required_fields(data)
    faults += check_ratings(data, scale) + check_rating_rules(data, scale)
    faults += _check_rating_names(data, scale)
    faults += check_regulations(data) + check_activities(data)
    sets, scorings = (
        _get_values((*_rows(data, name), *_rows(shared, name)), "id")
        for name in ("rule_sets", "scorings")
    )
    faults += _find_strangers(_TOP, data, "rating_rules", ["", *sets], what="rule set")
    faults += _find_strangers(_TOP, data, "scoring", ["", *scorings])
    faults += _find_list_strangers(_TOP, data, "service_rules", sets, "rule set")
    faults += _find_strangers(_TOP, data, "group_rules", ["", *sets], what="rule set")
    faults += _find_doubles(_rows(data, "population_groups"))
    faults += check_jinja(_find_framework_texts(data))
    faults += _check_plain_texts(data)
    return faults


def check_regulations(data: Row) -> list[Fault]:
    """Return the broken references of the regulations file."""
    faults = _find_doubles(_rows(data, "regulations"))
    instruments = _get_keys(data, "instruments")
    for place, row in _rows(data, "regulations"):
        faults += _find_strangers(place, row, "instrument", instruments)
        faults += _find_doubles(_rows(row, "paragraphs", place), key="ref")
        others = row.get("other_musts")
        for key in ("must", "opening"):
            faults += _find_unfilled(ValuePath(place, key), row.get(key))
        for index, text in enumerate(others if isinstance(others, list) else ()):
            faults += _find_unfilled(ValuePath(ValuePath(place, "other_musts"), index), text)
    return faults


def _find_unfilled(place: ValuePath, text: object) -> list[Fault]:
    """Return a fault where a text that all frameworks share asks for more than the people word."""
    if not isinstance(text, str) or "{" not in text.replace("{{ people }}", ""):
        return []
    return [Fault(str(place), "is filled with {{ people }} only, written just so")]


def check_activities(data: Row) -> list[Fault]:
    """Return the doubles of the activities file."""
    rows = list(_rows(data, "activities"))
    coded = [(place, row) for place, row in rows if row.get("code")]
    return _find_doubles(rows) + _find_doubles(rows, key="name") + _find_doubles(coded, key="code")


def check_ratings(data: Row, scale: Row) -> list[Fault]:
    """Return the doubles of the ratings in a file, and limits that are off the scale.

    Args:
        data: The file's content.
        scale: What says the ratings that there are: this file, or the one that all share.
    """
    ratings = list(_rows(data, "ratings"))
    faults = _find_doubles([*ratings, *_rows(data, "no_ratings")])
    faults += _find_doubles(ratings, key="order")
    faults += _find_doubles(_rows(data, "limiters"))
    known = _get_values(_rows(scale, "ratings"), "id")
    for place, row in _rows(data, "limiters"):
        faults += _find_strangers(place, row, "max", known, what="rating")
    return faults


def check_rating_rules(data: Row, ratings: Row) -> list[Fault]:
    """Return the doubles of the rating rules, and what is off the scale of the ratings file."""
    sets, scorings = list(_rows(data, "rule_sets")), list(_rows(data, "scorings"))
    rules = [rule for place, row in sets for rule in _rows(row, "rules", place)]
    caps = [cap for place, row in sets for cap in _rows(row, "caps", place)]
    limits = [limit for place, row in scorings for limit in _rows(row, "limits", place)]
    faults = _find_doubles(sets) + _find_doubles(scorings)
    faults += _find_doubles([*rules, *caps, *limits])
    scale = _get_values(_rows(ratings, "ratings"), "id")
    if not scale:
        # The file of the ratings tells why there are none.
        return faults
    for place, row in [*rules, *caps, *limits]:
        for key in ("gives", "max", "band"):
            faults += _find_strangers(place, row, key, scale, what="rating")
        for count_place, count in _rows(row, "when", place):
            faults += _find_list_strangers(count_place, count, "of", scale, "rating")
    for place, row in scorings:
        for band_place, band in _rows(row, "bands", place):
            faults += _find_strangers(band_place, band, "rating", scale)
    return faults


def check_jinja(texts: Iterable[tuple[ValuePath, object]]) -> list[Fault]:
    """Return a fault for every text that is no Jinja; anything but a text is passed over."""
    # Imported here: it costs more than all the rest of loading, and plain texts do without.
    from jinja2 import Environment, TemplateSyntaxError

    environment = Environment(autoescape=True)
    faults: list[Fault] = []
    for place, text in texts:
        if isinstance(text, str) and "{" in text:
            try:
                environment.parse(text)
            except TemplateSyntaxError as error:
                faults.append(Fault(str(place), f"is no valid Jinja: {error.message}"))
            except RecursionError:
                faults.append(Fault(str(place), "is nested too deeply"))
    return faults


def _check_plain_texts(data: Row) -> list[Fault]:
    """Return the texts of key questions and topics that look as if they were filled."""
    holders = list(_list_holders(data))
    holders += [lead for place, row in _list_holders(data) for lead in _rows(row, "leads", place)]
    return [
        Fault(str(ValuePath(place, key)), f"{_AS_IT_STANDS}; write it without braces")
        for place, row in holders
        for key, text in row.items()
        if isinstance(text, str) and "{{" in text
    ]


def _check_rating_names(data: Row, scale: Row) -> list[Fault]:
    """Return the places of a framework that name a rating, or limit a question, there is not."""
    ratings = _get_values((*_rows(scale, "ratings"), *_rows(scale, "no_ratings")), "id")
    if not ratings:
        # The file of the ratings tells why there are none.
        return []
    questions = _get_values(_rows(data, "key_questions"), "id")
    faults: list[Fault] = []
    for place, row in _rows(data, "key_question_standard"):
        faults += _find_list_strangers(place, row, "ratings", ratings, "rating")
    for place, row in _list_holders(data):
        for key in ("characteristics", "characteristic_counts"):
            faults += _find_key_strangers(place, row, key, ratings, "rating")
    for place, row in _rows(data, "limiters"):
        known = [*questions, "any"]
        faults += _find_strangers(place, row, "key_question", known, what="key question")
    return faults


def _check_regimes(data: Row) -> list[Fault]:
    """Return the faults inside `[regimes.…]` and `[[forms]]`."""
    faults: list[Fault] = []
    fields = _get_values(_rows(data, "required_fields"), "id")
    forms = list(_rows(data, "forms"))
    for place, regime in _tables(data, "regimes"):
        faults += _find_doubles(_rows(regime, "outcomes", place))
        if "template" not in regime and not any(_has_regime(row, place.key) for _, row in forms):
            faults.append(Fault(f"{place}.template", "is missing, and no form has one"))
    for place, row in (*_tables(data, "regimes"), *forms):
        faults += _find_list_strangers(place, row, "required", fields, "required field")
        texts = _get_keys(row, "texts")
        faults += _find_list_strangers(place, row, "unverified_texts", texts, "text")
    return faults


def _has_regime(form: Row, regime: str | int) -> bool:
    """Tell whether a form is one of a regime's."""
    named = form.get("regimes")
    return not named or (isinstance(named, list) and regime in named)


def _check_regime_names(data: Row) -> list[Fault]:
    """Return the places that name a regime, a form or a key question which there is not."""
    known = _get_keys(data, "regimes")
    forms = _get_values(_rows(data, "forms"), "id")
    questions = _get_values(_rows(data, "key_questions"), "id")
    faults: list[Fault] = []
    for place, row in _rows(data, "key_questions"):
        faults += _find_key_strangers(place, row, "suffixes", known, "regime")
        topics = _get_values(_rows(row, "topics", place), "id")
        for joined_place, joined in _rows(row, "joined", place):
            faults += _find_list_strangers(joined_place, joined, "topics", topics, "topic")
            faults += _find_list_strangers(joined_place, joined, "forms", forms, "form")
        for topic_place, topic in _rows(row, "topics", place):
            faults += _find_key_strangers(topic_place, topic, "headings", known, "regime")
            faults += _find_list_strangers(topic_place, topic, "forms", forms, "form")
    for place, row in (*_rows(data, "sections"), *_find_standard(data)):
        faults += _find_list_strangers(place, row, "regimes", known, "regime")
        faults += _find_list_strangers(place, row, "forms", forms, "form")
    for place, row in _find_standard(data):
        faults += _find_list_strangers(place, row, "key_questions", questions, "key question")
    for place, row in _rows(data, "forms"):
        faults += _find_list_strangers(place, row, "regimes", known, "regime")
    return faults


def _list_holders(data: Row) -> Iterator[tuple[ValuePath, Row]]:
    """Yield the key questions and their topics: what can have characteristics."""
    for place, row in _rows(data, "key_questions"):
        yield place, row
        yield from _rows(row, "topics", place)


def _check_characteristics(place: ValuePath, row: Row) -> list[Fault]:
    """Return the characteristics that stand twice, and lists that are not as long as counted."""
    found, counts = row.get("characteristics"), row.get("characteristic_counts")
    faults: list[Fault] = []
    first: dict[str, ValuePath] = {}
    for rating, texts in found.items() if isinstance(found, dict) else ():
        here = ValuePath(ValuePath(place, "characteristics"), rating)
        if not isinstance(texts, list):
            continue
        for index, text in enumerate(texts):
            at = ValuePath(here, index)
            if isinstance(text, str) and first.setdefault(text, at) is not at:
                faults.append(Fault(str(at), f"is the same as {first[text]}"))
        count = counts.get(rating) if isinstance(counts, dict) else None
        if isinstance(count, int) and texts and len(texts) != count:
            faults.append(Fault(str(here), f"has {len(texts)}; characteristic_counts says {count}"))
    return faults


def _check_required_fields(data: Row) -> list[Fault]:
    """Return the required fields that name no field, or no section."""
    sections = [f"sections.{name}" for name in _get_values(_rows(data, "sections"), "id")]
    faults: list[Fault] = []
    for place, row in _rows(data, "required_fields"):
        if str(row.get("id")).startswith("sections."):
            faults += _find_strangers(place, row, "id", sections, what="section")
        else:
            faults += _find_strangers(place, row, "id", REQUIRABLE, what="field")
    return faults


def _find_standard(data: Row) -> Iterator[tuple[ValuePath, Row]]:
    yield from _rows(data, "key_question_standard")
    for place, row in _rows(data, "sections"):
        yield from _rows(row, "standard", place)


def _find_framework_texts(data: Row) -> Iterator[tuple[ValuePath, object]]:
    """Yield every text that is filled from an inspection, with its place."""
    for place, row in (*_tables(data, "regimes"), *_rows(data, "forms")):
        texts = row.get("texts")
        for name, text in texts.items() if isinstance(texts, dict) else ():
            yield ValuePath(ValuePath(place, "texts"), name), text
    for place, row in _rows(data, "sections"):
        yield ValuePath(place, "name"), row.get("name")
    for place, row in _find_standard(data):
        yield ValuePath(place, "text"), row.get("text")
        bullets = row.get("bullets")
        for index, text in enumerate(bullets if isinstance(bullets, list) else ()):
            yield ValuePath(ValuePath(place, "bullets"), index), text


def _rows(data: Row, name: str, place: ValuePath = _TOP) -> Iterator[tuple[ValuePath, Row]]:
    """Yield place and content of the tables in a list of tables."""
    rows = data.get(name)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield ValuePath(ValuePath(place, name), index), row


def _tables(data: Row, name: str) -> Iterator[tuple[ValuePath, Row]]:
    """Yield place and content of the tables that stand by name in a table."""
    tables = data.get(name)
    for key, table in tables.items() if isinstance(tables, dict) else ():
        if isinstance(table, dict):
            yield ValuePath(ValuePath(_TOP, name), key), table


def _get_keys(data: Row, name: str) -> list[str]:
    table = data.get(name)
    return list(table) if isinstance(table, dict) else []


def _get_values(rows: Iterable[tuple[ValuePath, Row]], key: str) -> list[str]:
    return [row[key] for _, row in rows if isinstance(row.get(key), str)]


def _find_doubles(rows: Iterable[tuple[ValuePath, Row]], key: str = "id") -> list[Fault]:
    first: dict[str | int, ValuePath] = {}
    faults: list[Fault] = []
    for place, row in rows:
        value = row.get(key)
        if isinstance(value, str | int) and first.setdefault(value, place) is not place:
            faults.append(
                Fault(
                    str(ValuePath(place, key)),
                    f"is the same as in {first[value]}; each needs one of its own",
                )
            )
    return faults


def _find_strangers(
    place: ValuePath, row: Row, key: str, known: Iterable[str], what: str = ""
) -> list[Fault]:
    value = row.get(key)
    names = list(known)
    if not isinstance(value, str) or value in names:
        return []
    return [Fault(str(ValuePath(place, key)), no_such(what or key, value, names))]


def _find_list_strangers(
    place: ValuePath, row: Row, key: str, known: Iterable[str], what: str
) -> list[Fault]:
    values = row.get(key)
    names = list(known)
    return [
        Fault(str(ValuePath(ValuePath(place, key), index)), no_such(what, value, names))
        for index, value in enumerate(values if isinstance(values, list) else ())
        if isinstance(value, str) and value not in names
    ]


def _find_key_strangers(
    place: ValuePath, row: Row, key: str, known: Iterable[str], what: str
) -> list[Fault]:
    names = list(known)
    return [
        Fault(str(ValuePath(ValuePath(place, key), name)), no_such(what, name, names))
        for name in _get_keys(row, key)
        if name not in names
    ]
