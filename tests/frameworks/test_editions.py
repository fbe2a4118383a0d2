"""The edition that an inspection carries: read as strictly as a file, used, moved, undone."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.cli import main
from inspector_app.content.importing import import_content
from inspector_app.content.writing import write_content
from inspector_app.document.outside_copies import write_outside_copy
from inspector_app.domain.dissolving import draft_dissolve
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Block, Edition, EvidenceNote, KeyQuestion, Section, Topic
from inspector_app.errors import ContentFault, InspectorError, ResourceFault, TemplateFault
from inspector_app.frameworks.editions import (
    LoadedEdition,
    draft_edition,
    find_installed,
    load_edition,
    read_edition,
    write_edition,
)
from inspector_app.frameworks.kept_parts import add_kept_parts, find_spec
from inspector_app.frameworks.load import list_frameworks, load_framework, load_reference
from inspector_app.frameworks.moving_editions import describe_move, draft_move, find_obstacle
from inspector_app.frameworks.starting import start_from_framework
from inspector_app.report.report import render_report
from inspector_app.report.standard import StandardTexts
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from tests.frameworks.changing import (
    MINE,
    Organisation,
    begin,
    begin_without,
    carry,
    forget,
    get_installed,
)

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection

DATA = Path(__file__).parent / "data"
KEPT = DATA / "edition.json"
"""An edition as the first version wrote it that had any; never made anew."""


def get_data(inspection: Inspection) -> str:
    (edition,) = inspection.all(Edition)
    return edition.data


def add_text(inspection: Inspection) -> Inspection:
    """Return an inspection with a line of text in each part that can hold some."""
    draft = Draft(inspection)
    for part in [item for item in inspection if isinstance(item, KeyQuestion | Section | Topic)]:
        draft.create(
            Block(id=f"b{part.id[:20]}", parent=part.id, position="V", kind="bullet", text=part.id)
        )
    return draft.result


def fill_of(inspection: Inspection) -> Any:
    framework, reference, *_ = load_edition(inspection)
    texts = StandardTexts(inspection, framework, reference)
    return lambda name: texts.fill(name, name)


def move(inspection: Inspection) -> Inspection:
    """Return an inspection that is moved to the installed edition; taking it back is certain."""
    draft = Draft(inspection)
    draft_move(draft, load_edition(inspection), get_installed(), fill_of(inspection))
    change = draft.finish("Move")
    assert draft.result.apply(change.inverse("Undo")) == inspection
    return draft.result


def get_titles(inspection: Inspection) -> dict[str, str]:
    kinds = KeyQuestion | Section | Topic
    return {item.id: item.title for item in inspection if isinstance(item, kinds) and item.title}


# -- written and read


def test_every_installed_framework_comes_back_as_it_is() -> None:
    reference = load_reference()
    for framework in list_frameworks():
        data = write_edition(framework, reference)
        edition = read_edition(data, framework.id)
        assert edition.framework == framework
        assert edition.reference == reference.for_framework(framework)
        assert edition.data == data
        assert edition.is_other


def test_an_edition_that_was_carried_once_is_read_for_ever() -> None:
    framework, reference, *_ = read_edition(KEPT.read_text("utf-8"), "lighthouse")
    assert (framework.version, framework.people_word) == ("2026-11-22", "sailors")
    assert [item.id for item in framework.regimes] == ["rated", "scored"]
    assert framework.find_topic("bright", "lens") is not None
    assert reference.order == {"dim": 1, "shining": 2}


BROKEN = {
    "no JSON": lambda _: "{",
    "nothing": lambda _: "",
    "another thing": lambda _: "[1, 2]",
    "deep": lambda _: "[" * 100_000,
    "deep inside": lambda data: data.replace('"name":"Safe"', f'"name":{"[" * 5000}{"]" * 5000}'),
    "huge": lambda data: data.replace('"name":"Safe"', f'"name":"{"x" * 4_000_001}"'),
    "an unknown key": lambda data: data.replace('"people_word"', '"peopleword"'),
    "another framework": lambda data: data.replace(f'"id":"{MINE}"', '"id":"another"'),
    "a wrong type": lambda data: data.replace('"heading":"Is it safe?"', '"heading":7'),
    "no Jinja": lambda data: data.replace("Overall: {{", "Overall: {% {{"),
    "deep Jinja": lambda data: data.replace("Overall: ", f"{{{{ {'(' * 900}1{')' * 900} }}}}"),
    "a path": lambda data: data.replace("my_framework/report.html.j2", "../../secret.html.j2"),
    "a double": lambda data: data.replace('"id":"effective"', '"id":"safe"'),
    "no regulations": lambda data: data.replace('"regulations":{', '"regulation":{'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_damaged_is_refused_and_the_installed_one_used(
    how: str, organisation: Organisation
) -> None:
    _, inspection = begin()
    broken = carry(inspection, BROKEN[how](get_data(inspection)))
    assert get_data(broken) != get_data(inspection)
    edition = load_edition(broken)
    assert edition.framework == load_framework(MINE)
    assert edition.problem
    assert not edition.is_other
    organisation.remove()
    with pytest.raises(ResourceFault, match="cannot be used, and none is installed"):
        load_edition(broken)


def test_whatever_is_altered_in_it_is_read_or_refused(organisation: Organisation) -> None:
    _, inspection = begin()
    plain = msgspec.json.decode(get_data(inspection))
    chance = random.Random(13)  # noqa: S311 - the same each time
    odd = (None, "", "{{ x }}", "{%", 10**30, -1, [], {}, [[]], True, "\x00", "é" * 300, {"id": 1})
    refused = 0
    for _ in range(150):
        altered = json.loads(json.dumps(plain))
        place: Any = altered
        while isinstance(place, dict | list) and place:
            key = (
                chance.choice(list(place))
                if isinstance(place, dict)
                else chance.randrange(len(place))
            )
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or chance.random() < 0.15:
                place[key] = chance.choice(odd)
                break
            place = inner
        try:
            read_edition(json.dumps(altered), MINE)
        except ResourceFault:
            refused += 1
    assert refused > 50


def test_a_text_of_others_cannot_stop_the_window(organisation: Organisation) -> None:
    _, inspection = begin()
    endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    data = get_data(inspection).replace("We inspected {{ location.name }}", endless)
    organisation.remove()
    inspection = carry(inspection, data)
    framework, reference, *_ = load_edition(inspection)
    with pytest.raises(TemplateFault, match=r"repeats|longer"):
        StandardTexts(inspection, framework, reference).for_section("summary")


# -- which is used


def test_the_installed_one_is_used_while_it_is_the_same(organisation: Organisation) -> None:
    _, inspection = begin()
    assert load_edition(inspection) == get_installed()
    assert load_edition(begin_without()[1]) == get_installed()
    organisation.change()
    assert load_edition(begin_without()[1]) == get_installed()


def test_its_own_is_used_where_none_or_another_is_installed(organisation: Organisation) -> None:
    _, inspection = begin()
    was = get_installed()
    organisation.change()
    assert get_installed().data != was.data
    edition = load_edition(inspection)
    assert (edition.is_other, edition.data) == (True, was.data)
    assert edition.framework.find_topic("safe", "premises") is not None
    assert edition.framework.list_sections("rated", "") == ("summary",)
    organisation.remove()
    assert find_installed(MINE) is None
    assert load_edition(inspection) == was._replace(is_other=True)


def test_templates_of_now_get_the_texts_that_they_ask_for(organisation: Organisation) -> None:
    _, inspection = begin()
    organisation.alter("[regimes.rated.texts]", '[regimes.rated.texts]\nnew_line = "Now: {{ x }}"')
    organisation.alter("Overall: {{", "Over all: {{")
    texts = load_edition(inspection).framework.get_regime("rated").texts
    assert texts["new_line"] == "Now: {{ x }}"
    assert texts["overall_line"].startswith("Overall: {{")
    assert "new_line" not in load_edition(inspection).data


def test_the_report_is_printed_by_the_nearest_template(organisation: Organisation) -> None:
    _, inspection = begin()
    templates = organisation.folder / "report_templates"
    assert "Fern Bank" in render_report(inspection, folder=templates).html
    organisation.alter("my_framework/report.html.j2", "my_framework/newer.html.j2")
    own = templates / "my_framework" / "report.html.j2"
    own.rename(own.with_name("newer.html.j2"))
    report = render_report(inspection, folder=templates)
    assert report.template == "my_framework/newer.html.j2"
    assert "Fern Bank" in report.html
    organisation.remove()
    with pytest.raises(TemplateFault, match="carries its framework, but not the templates"):
        render_report(inspection)


# -- moved


def test_moving_keeps_the_headings_of_what_is_gone(organisation: Organisation) -> None:
    inspection = add_text(begin()[1])
    (safe, *_) = inspection.all(KeyQuestion)
    (premises,) = inspection.children(safe.id, Topic)
    (summary,) = inspection.all(Section)
    organisation.change()
    moved = move(inspection)
    assert get_titles(moved) == {premises.id: "Premises", summary.id: "Summary"}
    assert moved.details.framework_version == "2027-01-01"
    edition = load_edition(moved)
    assert edition.data == get_installed().data
    assert not edition.is_other
    framework = edition.framework
    kept = framework.find_topic("safe", "premises")
    assert kept is not None
    assert kept.is_kept
    assert kept.heading == "Premises"
    assert framework.list_topics(framework.key_questions[0], "rated", "") == [
        framework.find_topic("safe", "fire")
    ]
    assert framework.list_sections("rated", "") == ("overview",)
    html = render_report(moved, folder=organisation.folder / "report_templates").html
    assert "Premises" in html
    assert f">{premises.id}<" in html
    # What is kept is no part of what the next file carries.
    assert read_edition(get_data(moved), MINE).framework.find_topic("safe", "premises") is None

    # And back, to an edition that has them: nothing is left of it.
    for old, new in (("2027", "2028"), ('id = "fire"', 'id = "premises"')):
        organisation.alter(old, new)
    assert get_titles(move(moved)) == {summary.id: "Summary"}


def test_what_changes_is_said_line_by_line(organisation: Organisation) -> None:
    inspection = add_text(begin()[1])
    organisation.change()
    wanted = get_installed()
    said = describe_move(inspection, load_edition(inspection), wanted, fill_of(inspection))
    assert said.splitlines() == [
        "Version: 2026-01-01 → 2027-01-01",
        "Added: topic “Safe: Fire & gas”",
        "Gone: topic “Safe: Premises”",
        "Renamed: topic “Effective: Staff” is now “Effective: Staff and training”",
        "Added: section “Overview of Fern Bank”",
        "Gone: section “Summary”",
        "Changed: 1 wording of the report",
        "Added: 1 standard text",
        "Gone: 1 standard text",
        "Gone: 2 lead sentences",
        "Kept in this inspection, with the heading and all text: “Summary”, “Premises”",
    ]
    moved = move(inspection)
    nothing = describe_move(moved, load_edition(moved), wanted, fill_of(moved))
    assert nothing == "Only notes and sources, which no report shows."
    for old, new in (
        ('name = "Good"', 'name = "Fine"'),
        ("order = 1\n", "order = 4\n"),
        ('id = "not_rated"\nname = "Not rated"', 'id = "not_seen"\nname = "Not seen"'),
    ):
        organisation.alter(old, new)
    said = describe_move(moved, load_edition(moved), get_installed(), fill_of(moved))
    assert "Renamed: rating “Good” is now “Fine”" in said
    assert "Gone: rating “Not rated”" in said
    assert "Changed: the order of the ratings" in said


def test_a_way_of_judging_that_is_gone_stands_in_the_way(organisation: Organisation) -> None:
    _, inspection = begin()
    organisation.alter("[regimes.rated", "[regimes.unrated")
    assert "“rated”" in find_obstacle(inspection, get_installed())
    with pytest.raises(InspectorError, match="rated"):
        move(inspection)


def test_a_part_that_nobody_names_any_more_is_called_by_its_id(organisation: Organisation) -> None:
    inspection = add_text(begin_without()[1])
    organisation.change()
    framework = load_edition(inspection).framework
    kept = framework.find_topic("safe", "premises")
    section = framework.find_section("summary")
    assert kept is not None
    assert section is not None
    assert (kept.heading, section.name) == ("Premises", "Summary")
    assert kept.is_kept
    assert section.is_kept


def test_a_kept_heading_is_no_template(organisation: Organisation) -> None:
    inspection = add_text(begin_without()[1])
    organisation.change()
    draft = Draft(inspection)
    (summary,) = inspection.all(Section)
    odd = "{{ 7 * 7 }} {% raw %} <b> & {# x #}"
    draft.set(summary.id, "title", odd)
    framework, reference, *_ = load_edition(draft.result)
    section = framework.find_section("summary")
    assert section is not None
    assert StandardTexts(draft.result, framework, reference).fill(section.name, "x") == odd


# -- whatever was typed


@pytest.fixture(scope="module")
def two_editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[LoadedEdition, ...]:
    """Give a framework as it was, and its next version."""
    with pytest.MonkeyPatch.context() as patch:
        organisation = Organisation(tmp_path_factory.mktemp("two") / "ours", patch)
        before = get_installed()
        organisation.change()
        after = get_installed()
    forget()
    return before, after


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_moving_loses_nothing_and_is_taken_back(
    two_editions: tuple[LoadedEdition, ...], tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    old, new = two_editions
    change, bare = start_from_framework(old.framework, {"regime": "rated"})
    draft = Draft(bare)
    draft_edition(draft, old)
    parts = [item for item in bare if isinstance(item, KeyQuestion | Section | Topic)]
    for part in data.draw(st.lists(st.sampled_from(parts), unique_by=lambda item: item.id)):
        draft.create(Block(id=f"b{part.id[:20]}", parent=part.id, kind="bullet", text="Typed"))
    for topic in data.draw(st.lists(st.sampled_from(parts), unique_by=lambda item: item.id)):
        if isinstance(topic, Topic):
            draft.set(topic.id, "lead", data.draw(st.sampled_from(["", "A lead."])))
    named = data.draw(st.sets(st.sampled_from(["safe", "safe.premises", "effective.staff"])))
    draft.create(EvidenceNote(id="note", parent=bare.id, topics=tuple(sorted(named))))
    typed = draft.result

    step = Draft(typed)
    draft_move(step, old, new, str)
    moved, made = step.result, step.finish("Move")
    assert moved.apply(made.inverse("Undo")) == typed
    lost = {item.id for item in typed} - {item.id for item in moved}
    for id_ in lost:
        part = typed.find(id_)
        assert isinstance(part, Section | Topic)
        assert not any(True for _ in typed.descendants(id_))
        assert not getattr(part, "lead", "")
    framework = add_kept_parts(new.framework, moved)
    for part in parts:
        if part.id not in lost:
            now = moved.find(part.id)
            spec = find_spec(framework, moved, now)
            was = find_spec(old.framework, typed, part)
            assert was is not None
            if spec is None:
                assert isinstance(now, Section), "an empty section is shown nowhere"
            elif spec.is_kept:
                assert spec.id == was.id
                assert getattr(now, "title", "") in {
                    getattr(was, "heading", ""),
                    getattr(was, "name", ""),
                }
    # Each kept part is taken up by another, and the file has it all.
    for part in [item for item in moved if getattr(item, "title", "")]:
        dissolving = Draft(step.result)
        (question, *_) = step.result.all(KeyQuestion)
        draft_dissolve(dissolving, part.id, question.id)
        assert dissolving.result.apply(dissolving.finish("x").inverse("y")) == step.result
        step = dissolving
    blocks = {item.id for item in typed if isinstance(item, Block)}
    assert blocks <= {item.id for item in step.result}
    assert add_kept_parts(new.framework, step.result) == new.framework

    path = tmp_path_factory.mktemp("file") / "x.inspection"
    start = msgspec.structs.replace(change, edits=(*change.edits, *draft.finish("").edits))
    create_inspection_file(path, start, typed, {}, path.parent)
    with InspectionFile.open(path, path.parent) as file:
        file.commit(made, moved)
    with open_for_reading(path) as reader:
        assert reader.inspection == moved
        assert load_edition(reader.inspection).data == new.data


# -- out of the window


def test_content_has_the_headings_of_what_is_gone(organisation: Organisation) -> None:
    inspection = add_text(begin()[1])
    organisation.change()
    moved = move(inspection)
    data = write_content(moved, None)
    back = import_content(data, "fern.json", None).inspection
    assert get_titles(back) == get_titles(moved)
    assert write_content(back, None) == data
    kept = json.loads(data)
    del kept["former_headings"]
    with pytest.raises(ContentFault, match="no such section 'summary'"):
        import_content(json.dumps(kept).encode(), "fern.json", None)


def test_a_copy_for_outside_carries_the_framework_in_use(
    organisation: Organisation, tmp_path: Path
) -> None:
    inspection = add_text(begin()[1])
    templates = organisation.folder / "report_templates"
    organisation.remove()
    for name, source in (
        ("own", inspection),
        ("same", carry(inspection, f" {get_data(inspection)}")),
    ):
        target = tmp_path / f"{name}.inspection"
        write_outside_copy(source, target, lambda _: None, tmp_path, templates=templates)
        with open_for_reading(target) as reader:
            assert get_data(reader.inspection) == get_data(inspection)
            (change,) = reader.history()
        made = [edit.after for edit in change.edits if "edition" in str(edit.after)[:80]]
        assert len(made) == 1


def test_the_command_line_goes_on_without_the_framework(
    organisation: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, templates = tmp_path / "fern.inspection", organisation.folder / "report_templates"
    change, inspection = begin()
    create_inspection_file(path, change, inspection, {}, tmp_path)
    before = path.read_bytes()
    organisation.remove()
    assert main(["check", str(path)]) == 0
    assert "“My framework” is not installed" in capsys.readouterr().err
    assert main(["dump", str(path), "-o", str(tmp_path / "fern.json")]) == 0
    target = str(tmp_path / "fern.html")
    assert main(["export", str(path), "-o", target]) == 3
    assert "is not installed here" in capsys.readouterr().err
    assert main(["export", str(path), "-o", target, "--templates", str(templates)]) == 0
    assert "Fern Bank" in Path(target).read_text("utf-8")
    assert path.read_bytes() == before
