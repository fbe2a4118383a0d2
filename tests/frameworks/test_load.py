from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from jinja2 import Environment, StrictUndefined
from jsonschema import Draft202012Validator

from inspector_app.assets import get_resource
from inspector_app.domain.rating_rules import RuleSet
from inspector_app.domain.scoring import Scoring
from inspector_app.errors import InspectorError, ResourceFault
from inspector_app.frameworks import schema
from inspector_app.frameworks.load import (
    list_framework_ids,
    list_frameworks,
    load_framework,
    load_reference,
)
from inspector_app.frameworks.values import FrameworkValue
from inspector_app.shapes import Record, json_schema

if TYPE_CHECKING:
    from inspector_app.frameworks.model import Framework

DATA = Path(__file__).parent / "data"


def test_the_miniature_framework_loads_with_all_it_has() -> None:
    found = load_framework("lighthouse", DATA)
    assert found.status == "draft"
    assert [regime.id for regime in found.regimes] == ["rated", "scored"]
    assert found.get_regime("scored").scores == {"1": "Some light", "2": "Much light"}
    assert found.get_regime("scored").outcomes[0].symbol == "tick"
    assert found.key_questions[0].get_short_heading() == "Bright?"
    lamp = found.find_topic("bright", "lamp")
    assert lamp is not None
    assert lamp.get_heading("scored") == "The lamp"
    assert lamp.get_heading("rated") == "Lamp"
    assert [lead.verified for lead in lamp.leads] == [True, False]
    assert (lamp.question_verified, lamp.statement_verified) == (True, False)
    assert lamp.characteristic_counts == {"shining": 2, "dim": 1, "not_seen": 3}
    bright = found.key_questions[0]
    joined = found.find_topic("bright", "lamp_lens")
    assert joined is not None
    assert (joined.get_heading("rated"), joined.get_heading("scored")) == (
        "Lamp; Lens",
        "The lamp; Lens",
    )
    assert (joined.code, joined.question) == ("B1", "Does the lamp burn?")
    assert [lead.id for lead in joined.leads] == ["good", "mixed"]
    assert found.list_covered("bright", "lamp_lens") == ("lamp", "lens")
    assert found.list_covered("bright", "lamp") == ("lamp",)
    assert [len(found.list_joined(bright, "rated", form)) for form in ("long", "short")] == [1, 0]
    listed = found.list_characteristics(bright, "rated", "long")
    assert [(item.topic, item.rating, item.text) for item in listed] == [
        ("lamp", "shining", "It is seen from far."),
        ("lamp", "shining", "It never goes out."),
        ("lamp", "dim", "It smokes."),
    ]
    assert len({item.id for item in listed}) == 3
    assert found.sections[0].standard[0].bullets[1] == "the stairs"
    assert found.key_question_standard[0].kind == "paragraph"
    assert found.service_groups[0].services == ("Round tower", "Square tower")


def test_a_form_of_the_report_goes_before_its_regime() -> None:
    found = load_framework("lighthouse", DATA)
    assert [form.id for form in found.list_forms("rated")] == ["long", "short"]
    assert [form.id for form in found.list_forms("scored")] == ["long"]
    short = found.get_regime("rated", "short")
    assert short.template == "lighthouse/short.html.j2"
    assert short.texts["overall_line"].startswith("In short")
    assert short.required == ("location_name", "sections.summary", "location_name")
    assert not short.prints("musts")
    assert (short.contents, found.get_regime("rated").contents) == (True, False)
    assert (short.dates, found.get_regime("rated").dates) == ("long", "")
    assert short.prints("shoulds")
    assert found.get_regime("rated").prints("musts")
    assert found.get_regime("rated") == found.get_regime("rated", "long")
    assert found.list_sections("rated", "") == ("summary",)
    assert found.list_sections("rated", "short") == ()
    bright = found.key_questions[0]
    assert [topic.id for topic in found.list_topics(bright, "rated", "short")] == ["lamp"]
    assert [topic.id for topic in found.list_topics(bright, "rated", "")] == ["lamp", "lens"]


@pytest.mark.parametrize(("regime", "form"), [("scored", "short"), ("rated", "shrt")])
def test_a_form_that_there_is_not_is_refused(regime: str, form: str) -> None:
    found = load_framework("lighthouse", DATA)
    assert found.find_regime(regime, form) is None
    with pytest.raises(InspectorError, match=f"the form “{form}”, which .* it has: long"):
        found.get_regime(regime, form)


def test_the_miniature_files_leave_no_field_untried() -> None:
    text = "".join(path.read_text("utf-8") for path in DATA.rglob("*.toml"))
    kinds = [*FrameworkValue.__subclasses__(), RuleSet, Scoring]
    names = {item.name for kind in kinds for item in msgspec.structs.fields(kind)}
    assert len(names) > 60
    # A rating is known by the list it stands in.
    assert {name for name in names if name not in text} == {"is_rating"}


def test_the_miniature_reference_loads() -> None:
    found = load_reference(DATA)
    assert list(found.instruments) == ["LH1901"]
    assert list(found.regulations) == ["LH1901-1", "LH1901-2A"]
    assert [rating.is_rating for rating in found.ratings.values()] == [True, True, False]
    assert found.ratings["not_seen"].order == 0
    assert found.limiters["L1"].max == "dim"
    assert found.find_activity("LIGHTING") is found.activities["lighting"]
    assert found.find_activity("Fishing") is None


def test_loading_twice_gives_the_same_value() -> None:
    assert load_framework("lighthouse", DATA) is load_framework("lighthouse", DATA)
    assert load_reference(DATA) is load_reference(DATA)
    assert list_frameworks(DATA) == (load_framework("lighthouse", DATA),)
    assert list_framework_ids(DATA) == ("lighthouse",)
    assert load_reference() is load_reference(get_resource())


@pytest.mark.parametrize("name", ["lighthous", "../lighthouse"])
def test_an_unknown_framework_names_the_nearest(name: str) -> None:
    with pytest.raises(ResourceFault, match=r"no such framework .*; did you mean 'lighthouse'\?"):
        load_framework(name, DATA)


@pytest.mark.parametrize(
    "shape", [schema.FRAMEWORK, schema.REGULATIONS, schema.ACTIVITIES, schema.RATINGS]
)
def test_resource_files_have_a_json_schema(shape: Record) -> None:
    Draft202012Validator.check_schema(json_schema(shape))


# -- the real files


def test_the_real_reference_loads() -> None:
    found = load_reference()
    assert len(found.regulations) == 29
    assert len(found.activities) == 15
    assert [rating.id for rating in sorted(found.ratings.values(), key=lambda it: it.order)][
        -4:
    ] == [
        "inadequate",
        "requires_improvement",
        "good",
        "outstanding",
    ]
    assert all(item.id == f"{item.instrument}-{item.number}" for item in found.regulations.values())
    assert list(found.limiters) == ["L1", "L2", "L3", "L4", "L5"]


@pytest.mark.parametrize("announced", ["announced", "short notice announced", ""])
@pytest.mark.parametrize("framework", list_frameworks(), ids=lambda item: item.id)
def test_every_real_text_can_be_filled(framework: Framework, announced: str) -> None:
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    context = {
        "provider": {"name": "Ashdown Ltd"},
        "location": {"name": "Ashdown Clinic", "address": ["1 High Street", "Ashdown"]},
        "visit": {
            "type_word": "comprehensive",
            "announced_word": announced,
            "dates": "9 January 2020",
        },
        "people": framework.people_word,
        "service": "clinic",
        "activities": "surgical procedures and nursing care",
        "previous": {"date": "1 May 2018"},
    }
    standard = [item for section in framework.sections for item in section.standard]
    texts = [section.name for section in framework.sections]
    for item in [*standard, *framework.key_question_standard]:
        texts += [item.text, *item.bullets]
    for text in texts:
        filled = environment.from_string(text).render(context)
        assert "{" not in filled
        assert filled == " ".join(filled.split())
        assert "an short" not in filled


def test_independent_health_has_the_topics_and_wordings_of_its_reports() -> None:
    framework = load_framework("independent_health_2018")
    assert [len(item.topics) for item in framework.key_questions] == [6, 6, 3, 3, 8]
    caring = framework.find_key_question("caring")
    assert caring is not None
    assert caring.phrase == "caring services"
    track = framework.find_topic("safe", "track_record")
    assert track is not None
    assert track.get_heading("unrated") == "Track record on safety"
    assert [section.id for section in framework.sections] == [
        "overall_summary",
        "key_findings",
        "outstanding_practice",
        "inspection_team",
        "background",
        "how_we_inspected",
    ]
    line = framework.get_regime("unrated").texts["not_met"]
    filled = Environment(autoescape=True).from_string(line).render(key_question=caring)
    assert filled == (
        "We found that this service was not providing caring services in accordance with the "
        "relevant regulations."
    )
