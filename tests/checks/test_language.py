from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.checks.language import split_sentences, split_words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("We asked Dr. Smith, e.g. about 3.5 mg. He agreed.", 2),
        ("“Was it clean?” Yes!", ["“Was it clean?”", "Yes!"]),
        ("No end", ["No end"]),
        ("First line\nsecond line", ["First line", "second line"]),
        ("The A. B. Clinic closed.", 1),
        ("   ", []),
        ("At 9.30am we arrived.", 1),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, sentences: list[str] | int) -> None:
    found = [passage.text for passage in split_sentences(text)]
    assert len(found) == sentences if isinstance(sentences, int) else found == sentences


@given(st.text())
def test_passages_stand_where_they_say(text: str) -> None:
    for passage in (*split_sentences(text), *split_words(text)):
        assert text[passage.start : passage.end] == passage.text
    ends = [0, *(passage.end for passage in split_sentences(text))]
    starts = [passage.start for passage in split_sentences(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=False))


def test_words_keep_their_apostrophes_and_hyphens() -> None:
    words = [word.text for word in split_words("Patients' well-being wasn’t 100% known.")]
    assert words == ["Patients", "well-being", "wasn’t", "known"]
