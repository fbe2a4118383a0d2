from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import ResourceFault
from inspector_app.frameworks.load import list_frameworks, load_framework, load_reference

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
LIGHTHOUSE = "frameworks/lighthouse.toml"
QUESTION = "$.key_questions[0]"
STANDARD = "$.sections[0].standard"
NOT_A_PATH = "must be a path below report_templates/ that ends in .html.j2"

Edit = tuple[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the miniature resources that a test may spoil."""
    return shutil.copytree(DATA, tmp_path / "resources")


def spoil(folder: Path, name: str, *edits: Edit) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def get_faults(load: Callable[[], object]) -> list[str]:
    with pytest.raises(ResourceFault) as caught:
        load()
    assert "Your inspections are not affected." in str(caught.value)
    # Where the lines are told is tried by a test of its own.
    return [re.sub(r",? \(?line \d+\)?", "", str(fault)) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            ('id = "lighthouse"\n', 'id = "tower"\n'),
            "$.id: must be 'lighthouse', as the file is called",
        ),
        (('people_word = "sailors"\n', ""), "$.people_word: is missing"),
        (
            ('status = "draft"', 'status = "old"'),
            "$.status: no such value 'old'; known: 'draft'",
        ),
        (
            ('in_use_from = "1901"', 'in_use_from = "long ago"'),
            "$.in_use_from: must be a year, month or day like 2018-01, not 'long ago'",
        ),
        (
            ('version = "2026-11-22"', "version = 2026-11-22"),
            "$.version: must be a text, not a date without quotation marks",
        ),
        (('people_word = "sailors"', 'people_word = ""'), "$.people_word: must not be empty"),
        (
            ('people_word = "sailors"', 'people_words = "x"\npeople_word = "sailors"'),
            "$.people_words: no such key 'people_words'",
        ),
        (
            ("[regimes.scored]", "[regimes.scores]"),
            "$.regimes.scores: no such regime 'scores'; did you mean 'scored'?",
        ),
        (
            ('judged_by = "score"', 'judged_by = "stars"'),
            "$.regimes.scored.judged_by: no such value 'stars'; known: 'rating', 'met', 'score'",
        ),
        (
            ('"lighthouse/rated.html.j2"', '"/lighthouse/rated.html.j2"'),
            f"$.regimes.rated.template: {NOT_A_PATH}",
        ),
        (
            ('"lighthouse/rated.html.j2"', '"../rated.html.j2"'),
            f"$.regimes.rated.template: {NOT_A_PATH}",
        ),
        (
            ('"scored.html.j2"', '"scored.docx"'),
            f"$.regimes.scored.template: {NOT_A_PATH}",
        ),
        (
            ('id = "long"\nname = "Long"', 'id = "long"\nname = "Long"\nregimes = ["rate"]'),
            "$.forms[0].regimes[0]: no such regime 'rate'; did you mean 'rated'?",
        ),
        (
            ('forms = ["long"]\nkey', 'forms = ["lang"]\nkey'),
            "$.key_question_standard[0].forms[0]: no such form 'lang'; did you mean 'long'?",
        ),
        (
            ('key_questions = ["bright"]', 'key_questions = ["brite"]'),
            "$.key_question_standard[0].key_questions[0]: no such key question 'brite'",
        ),
        (
            ('id = "short"', 'id = "long"'),
            "$.forms[1].id: is the same as in $.forms[0]",
        ),
        (
            ('unverified_texts = ["overall_line"]', 'unverified_texts = ["overall"]'),
            "$.forms[1].unverified_texts[0]: no such text 'overall'",
        ),
        (
            ('required = ["location_name", ', 'required = ["location_nam", '),
            "$.regimes.rated.required[0]: no such required field 'location_nam'",
        ),
        (
            ('unverified_texts = ["score_line"]', 'unverified_texts = ["score_lines"]'),
            "$.regimes.scored.unverified_texts[0]: no such text 'score_lines'; did you mean",
        ),
        (
            ("scores = {1 =", "scores = {one ="),
            "$.regimes.scored.scores.one: must be a score like 4, not 'one'",
        ),
        (
            ('id = "sections.summary"', 'id = "sections.sumary"'),
            "$.required_fields[1].id: no such section 'sections.sumary'; did you mean",
        ),
        (
            ('id = "dry"', 'id = "bright"'),
            f"$.key_questions[1].id: is the same as in {QUESTION}",
        ),
        (
            ("suffixes.scored", "suffixes.rates"),
            f"{QUESTION}.suffixes.rates: no such regime 'rates'; did you mean 'rated'?",
        ),
        (
            ('id = "lens"', 'id = "lamp"'),
            f"{QUESTION}.topics[1].id: is the same as in {QUESTION}.topics[0]",
        ),
        (
            ('id = "lens"', 'id = "Lens!"'),
            f"{QUESTION}.topics[1].id: must be small letters, digits and underscores, not 'Lens!'",
        ),
        (('id = "lens"\n', ""), f"{QUESTION}.topics[1].id: is missing"),
        (
            ("headings.scored", "headings.unrated"),
            f"{QUESTION}.topics[0].headings.unrated: no such regime 'unrated'; did you mean",
        ),
        (
            ('{id = "mixed"', '{id = "good"'),
            f"{QUESTION}.topics[0].leads[1].id: is the same as in {QUESTION}.topics[0].leads[0]",
        ),
        (
            ("characteristic_counts = {shining = 2", 'characteristic_counts = {shining = "2"'),
            f"{QUESTION}.topics[0].characteristic_counts.shining: must be a whole number, not a",
        ),
        (
            ("characteristic_counts = {shining = 2", "characteristic_counts = {shining = 3"),
            f"{QUESTION}.topics[0].characteristics.shining: has 2; characteristic_counts says 3",
        ),
        (
            ('dim = ["It smokes."]', 'dim = ["It never goes out."]'),
            f"{QUESTION}.topics[0].characteristics.dim[0]: is the same as "
            f"{QUESTION}.topics[0].characteristics.shining[1]",
        ),
        (
            ('regimes = ["rated"]', 'regimes = ["unrated"]'),
            "$.key_question_standard[0].regimes[0]: no such regime 'unrated'; did you mean",
        ),
        (
            ('regimes = ["rated", "scored"]', 'regimes = ["rated", "unrated"]'),
            "$.sections[0].regimes[1]: no such regime 'unrated'; did you mean",
        ),
        (
            ('regimes = ["scored"]', 'regimes = ["unrated"]'),
            f"{STANDARD}[0].regimes[0]: no such regime 'unrated'; did you mean",
        ),
        (
            ('id = "stairs"', 'id = "basis"'),
            f"{STANDARD}[1].id: is the same as in {STANDARD}[0]",
        ),
        (
            ('kind = "bullet"', 'kind = "bulet"'),
            f"{STANDARD}[1].kind: no such value 'bulet'; did you mean 'bullet'?",
        ),
        (
            ("is {{ rating.name }}.", "is {{ rating.name }."),
            "$.regimes.rated.texts.overall_line: is no valid Jinja: unexpected '}'",
        ),
        (
            ("Summary of {{ location.name }}", "Summary {% of"),
            "$.sections[0].name: is no valid Jinja: Encountered unknown tag 'of'.",
        ),
        (
            ('text = "We looked at:"', 'text = "{% if x %}We looked at:"'),
            f"{STANDARD}[0].text: is no valid Jinja: Unexpected end of template.",
        ),
        (
            ("the lamp of {{ location.name }}", "the lamp of {{"),
            f"{STANDARD}[0].bullets[0]: is no valid Jinja: unexpected 'end of template'",
        ),
        (
            ("The impact was [small", "The impact was {{ # }}[small"),
            "$.key_question_standard[0].text: is no valid Jinja: unexpected char '#' at 18",
        ),
        (
            ("verified = true\n\n[[evidence", 'verified = "yes"\n\n[[evidence'),
            f"{STANDARD}[1].verified: must be true or false, not a text",
        ),
        (
            ('services = ["Round tower", "Square tower"]', "services = []\nservices = []"),
            "is no valid TOML: Cannot overwrite a value; the same key stands twice",
        ),
    ],
)
def test_each_fault_of_a_framework_is_found(folder: Path, edit: Edit, fault: str) -> None:
    spoil(folder, LIGHTHOUSE, edit)
    faults = get_faults(lambda: load_framework("lighthouse", folder))
    assert any(line.startswith(f"lighthouse.toml: {fault}") for line in faults), faults


@pytest.mark.parametrize(
    ("name", "edit", "fault"),
    [
        (
            "regulations.toml",
            ('instrument = "LH1901"', 'instrument = "LH1910"'),
            "$.regulations[0].instrument: no such instrument 'LH1910'; did you mean 'LH1901'?",
        ),
        (
            "regulations.toml",
            ('id = "LH1901-2A"', 'id = "LH1901-1"'),
            "$.regulations[1].id: is the same as in $.regulations[0]",
        ),
        (
            "regulations.toml",
            ('id = "LH1901-2A"', 'id = "2A"'),
            "$.regulations[1].id: must be a law and a number, like LAW2014-12, not '2A'",
        ),
        (
            "regulations.toml",
            ('prosecutable = "no"', 'prosecutable = "maybe"'),
            "$.regulations[1].prosecutable: no such value 'maybe'; known: 'direct'",
        ),
        (
            "regulations.toml",
            ('must = "Ensure', 'must = "{{people}}: ensure'),
            "$.regulations[0].must: is filled with {{ people }} only, written just so",
        ),
        (
            "regulations.toml",
            ('{ref = "1(2)"', '{ref = "1(1)"'),
            "$.regulations[0].paragraphs[1].ref: is the same as in $.regulations[0].paragraphs[0]",
        ),
        (
            "regulations.toml",
            ("[instruments.LH1901]", "[instruments.law]"),
            "$.instruments.law: must be capital letters and a year, like LAW2014, not 'law'",
        ),
        (
            "activities.toml",
            ('code = "LA2"', 'code = "LA1"'),
            "$.activities[1].code: is the same as in $.activities[0]",
        ),
        (
            "activities.toml",
            ("paragraph = 1", "paragraph = -1"),
            "$.activities[0].paragraph: must be 0 or more",
        ),
        (
            "ratings.toml",
            ('max = "dim"', 'max = "dimm"'),
            "$.limiters[0].max: no such rating 'dimm'; did you mean 'dim'?",
        ),
        (
            "ratings.toml",
            ('max = "dim"', 'max = "not_seen"'),
            "$.limiters[0].max: no such rating 'not_seen'; known: 'shining', 'dim'",
        ),
        (
            "ratings.toml",
            ("order = 1", "order = 2"),
            "$.ratings[1].order: is the same as in $.ratings[0]",
        ),
        ("ratings.toml", ("order = 1", "order = 0"), "$.ratings[1].order: must be 1 or more"),
        (
            "ratings.toml",
            ('id = "not_seen"', 'id = "dim"'),
            "$.no_ratings[0].id: is the same as in $.ratings[1]",
        ),
        (
            "ratings.toml",
            ('name = "Not seen"', 'name = "Not seen"\norder = 3'),
            "$.no_ratings[0].order: no such key 'order'",
        ),
        (
            "ratings.toml",
            ('verified = "derived"', "verified = true"),
            "$.limiters[0].verified: must be a text, not true or false",
        ),
        (
            "rating_rules.toml",
            ('gives = "shining"', 'gives = "shinning"'),
            "$.rule_sets[0].rules[0].gives: no such rating 'shinning'; did you mean 'shining'?",
        ),
        (
            "rating_rules.toml",
            ('of = ["dim"], at_least', 'of = ["dark"], at_least'),
            "$.rule_sets[0].rules[1].when[0].of[0]: no such rating 'dark'",
        ),
        (
            "rating_rules.toml",
            ('id = "Q4"', 'id = "Q3"'),
            "$.rule_sets[0].rules[1].id: is the same as in $.rule_sets[0].rules[0]",
        ),
        (
            "rating_rules.toml",
            ('{rating = "dim"', '{rating = "dark"'),
            "$.scorings[0].bands[0].rating: no such rating 'dark'",
        ),
        (
            "rating_rules.toml",
            ('band = "shining"', 'band = "not_seen"'),
            "$.scorings[0].limits[0].band: no such rating 'not_seen'",
        ),
        (
            "rating_rules.toml",
            ("at_least = 1}, {of", "at_leest = 1}, {of"),
            "$.rule_sets[0].rules[0].when[0].at_leest: no such key",
        ),
    ],
)
def test_each_fault_of_the_reference_is_found(
    folder: Path, name: str, edit: Edit, fault: str
) -> None:
    spoil(folder, name, edit)
    faults = get_faults(lambda: load_reference(folder))
    assert any(line.startswith(f"{name}: {fault}") for line in faults), faults


@pytest.mark.parametrize("list_", ["evidence_categories", "service_groups"])
def test_an_id_that_stands_twice_in_a_list_is_found(folder: Path, list_: str) -> None:
    start = f"[[{list_}]]\n"
    spoil(folder, LIGHTHOUSE, (start, f'{start}id = "ships"\nname = "Ships"\n\n{start}'))
    spoil(folder, LIGHTHOUSE, ('id = "towers"', 'id = "ships"'))
    faults = get_faults(lambda: load_framework("lighthouse", folder))
    assert any(line.startswith(f"lighthouse.toml: $.{list_}[1].id") for line in faults), faults


def test_all_faults_of_all_files_come_at_once(folder: Path) -> None:
    spoil(folder, "regulations.toml", ('instrument = "LH1901"', 'instrument = "LH19"'))
    spoil(folder, "activities.toml", ("[[activities]]", "[[activities"))
    (folder / "ratings.toml").unlink()
    faults = get_faults(lambda: load_reference(folder))
    assert [line.partition(":")[0] for line in faults] == [
        "regulations.toml",
        "activities.toml",
        "ratings.toml",
    ]
    assert "a heading ends in ], one of a list in ]]" in faults[1]
    assert faults[2] == "ratings.toml: cannot be read: No such file or directory"


def test_faults_of_every_kind_in_one_file_come_at_once(folder: Path) -> None:
    spoil(
        folder,
        LIGHTHOUSE,
        ('id = "lighthouse"\n', 'id = "tower"\n'),
        ('word = "bright"\n', ""),
        ('id = "lens"', 'id = "lamp"'),
        ("{{ rating.name }}", "{{ rating.name"),
        ('regimes = ["scored"]', 'regimes = ["unrated"]'),
    )
    assert len(get_faults(lambda: load_framework("lighthouse", folder))) == 6


def test_faults_of_several_frameworks_come_at_once(folder: Path) -> None:
    shutil.copy(folder / LIGHTHOUSE, folder / "frameworks/beacon.toml")
    spoil(folder, LIGHTHOUSE, ('id = "lens"', 'id = "lamp"'))
    assert get_faults(lambda: list_frameworks(folder)) == [
        "beacon.toml: $.id: must be 'beacon', as the file is called",
        f"lighthouse.toml: {QUESTION}.topics[1].id: is the same as in {QUESTION}.topics[0]; "
        "each needs one of its own",
        f"lighthouse.toml: {QUESTION}.joined[0].topics[1]: no such topic 'lens'; "
        "known: 'lamp', 'lamp'",
    ]


def test_every_fault_says_its_line_and_that_of_what_it_speaks_of(folder: Path) -> None:
    spoil(
        folder,
        LIGHTHOUSE,
        ('word = "bright"\n', ""),
        ('{id = "mixed"', '{id = "good"'),
        ('heading = "Lens"', "heading = [1]"),
    )
    lines = (folder / LIGHTHOUSE).read_text("utf-8").split("\n")
    with pytest.raises(ResourceFault) as caught:
        load_framework("lighthouse", folder)
    told = {}
    for fault in caught.value.faults:
        found = re.fullmatch(r"lighthouse\.toml, line (\d+): (.*)", str(fault))
        assert found is not None
        told[found[2]] = lines[int(found[1]) - 1].strip()
    first = next(number for number, line in enumerate(lines, 1) if '{id = "good"' in line)
    assert told == {
        f"{QUESTION}.word: is missing; add a line word = …": "[[key_questions]]",
        f"{QUESTION}.topics[1].heading: must be a text, not a list": "heading = [1]",
        f"{QUESTION}.topics[0].leads[1].id: is the same as in {QUESTION}.topics[0].leads[0] "
        f"(line {first}); each needs one of its own": next(
            line.strip() for line in lines if "burned on most" in line
        ),
    }


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "$.id: is missing"),
        (b'key_questions = 3\nsections = ["x"]\nregimes = []', "$.key_questions: must be a list"),
        (
            b"[[key_questions]]\ntopics = [1, {leads = 2}]",
            f"{QUESTION}.topics[0]: must be an",
        ),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"x = " + b"[" * 5000, "is "),
    ],
)
def test_what_is_no_framework_at_all_is_refused(folder: Path, content: bytes, fault: str) -> None:
    (folder / LIGHTHOUSE).write_bytes(content)
    faults = get_faults(lambda: load_framework("lighthouse", folder))
    assert any(line.startswith(f"lighthouse.toml: {fault}") for line in faults), faults
