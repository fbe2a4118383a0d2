from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from inspector_app.report import phrases


def _days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("days", "phrase"),
    [
        (["2020-01-09"], "9 January 2020"),
        (["2020-01-09", "2020-01-10"], "9 and 10 January 2020"),
        (["2020-01-10", "2020-01-09"], "9 and 10 January 2020"),
        (["2020-01-09", "2020-01-09"], "9 January 2020"),
        (["2020-01-09", "2020-01-10", "2020-01-11"], "9 to 11 January 2020"),
        (["2020-01-09", "2020-01-10", "2020-01-15"], "9, 10 and 15 January 2020"),
        (["2020-01-31", "2020-02-01"], "31 January and 1 February 2020"),
        (["2019-12-31", "2020-01-01"], "31 December 2019 and 1 January 2020"),
        (["2019-12-30", "2019-12-31", "2020-01-01"], "30 December 2019 to 1 January 2020"),
        (["2020-01-09", "2020-03-09", "2021-01-09"], "9 January, 9 March 2020 and 9 January 2021"),
        (["2020-01-09", "2021-01-09"], "9 January 2020 and 9 January 2021"),
    ],
)
def test_visit_dates(days: list[str], phrase: str) -> None:
    assert phrases.dates_phrase(_days(*days), None, None) == phrase


@pytest.mark.parametrize(
    ("first", "last", "phrase"),
    [
        ("2020-07-09", "2020-07-13", "9 to 13 July 2020"),
        ("2020-07-13", "2020-07-09", "9 to 13 July 2020"),
        ("2020-07-30", "2020-08-02", "30 July to 2 August 2020"),
        ("2020-12-30", "2021-01-02", "30 December 2020 to 2 January 2021"),
        ("2020-07-09", "2020-07-09", "9 July 2020"),
        ("2020-07-09", None, "9 July 2020"),
        (None, "2020-07-09", "9 July 2020"),
        (None, None, ""),
    ],
)
def test_visit_range(first: str | None, last: str | None, phrase: str) -> None:
    ends = [date.fromisoformat(text) if text else None for text in (first, last)]
    assert phrases.dates_phrase([], *ends) == phrase


def test_single_days_count_more_than_a_range() -> None:
    range_ = _days("2020-07-01", "2020-07-31")
    assert phrases.dates_phrase(_days("2020-07-09"), *range_) == "9 July 2020"


@pytest.mark.parametrize(
    ("number", "paragraphs", "phrase"),
    [
        ("12", ["12(1)"], "12 (1)"),
        ("12", ["12(1)", "12(2)(a)"], "12 (1) and (2)(a)"),
        ("12", ["12 (1)", "(2)(a)", "12(2)(b)"], "12 (1), (2)(a) and (2)(b)"),
        ("12", [], "12"),
        ("12", ["12", " "], "12"),
        ("20A", ["20A(1)"], "20A (1)"),
    ],
)
def test_breached_paragraphs(number: str, paragraphs: list[str], phrase: str) -> None:
    assert phrases.breached_paragraphs(number, paragraphs) == phrase


def test_small_words() -> None:
    assert phrases.with_article("announced") == "an announced"
    assert phrases.with_article("short notice") == "a short notice"
    assert [phrases.number_word(number) for number in (0, 5, 10, 11)] == ["no", "five", "ten", "11"]
    assert [phrases.join(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert phrases.short_date(date(2020, 3, 6)) == "06/03/2020"


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("See www.cqc.org.uk.", "http://www.cqc.org.uk", "www.cqc.org.uk"),
        ("(https://a.org/b)", "https://a.org/b", "https://a.org/b"),
        ("“https://a.org/b?c=d&e=f”, and", "https://a.org/b?c=d&e=f", "https://a.org/b?c=d&e=f"),
        ("https://a.org/b!", "https://a.org/b", "https://a.org/b"),
        ("HTTPS://A.ORG/", "HTTPS://A.ORG/", "HTTPS://A.ORG/"),
        ("https://a.org/x_(y).", "https://a.org/x_(y)", "https://a.org/x_(y)"),
        ("(see https://a.org/x_(y))", "https://a.org/x_(y)", "https://a.org/x_(y)"),
        ("http://a.org:80/#top;", "http://a.org:80/#top", "http://a.org:80/#top"),
        (r"http://a.org/a|b\c", "http://a.org/a%7Cb%5Cc", r"http://a.org/a|b\c"),
    ],
)
def test_web_addresses_become_links_without_the_punctuation_after_them(
    text: str, target: str, shown: str
) -> None:
    root = etree.fromstring(f"<p>{phrases.prose(text)}</p>")
    (link,) = root.iter("a")
    assert (link.get("href"), link.text) == (target, shown)
    assert "".join(root.itertext()) == text


@pytest.mark.parametrize(
    "text",
    [
        "www.",
        "http://",
        "https://.",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "a@b.org",
        "www,",
    ],
)
def test_what_is_no_web_address_stays_text(text: str) -> None:
    assert "<a" not in phrases.prose(text)
    assert "<a" not in phrases.link(text)


def test_a_website_with_words_around_it_is_no_link() -> None:
    assert "<a" not in phrases.link("www.a.org or www.b.org")
    assert phrases.link(" www.a.org ") == '<a href="http://www.a.org">www.a.org</a>'


def test_control_characters_go_and_breaks_of_other_programs_become_line_breaks() -> None:
    assert phrases.clean("a\x00b\x1bc\x7fd\ud800e\ufffef") == "abcdef"
    assert phrases.clean("a\r\nb\rc\vd\fe\u2028f\u2029g\x85h") == "\n".join("abcdefgh")
    assert phrases.clean("a\tb\u00a0c\u200dd") == "a\tb\u00a0c\u200dd"


@given(st.text(st.characters()))
def test_any_text_becomes_well_formed_and_keeps_its_characters(text: str) -> None:
    for write in (phrases.prose, phrases.with_breaks, phrases.link):
        root = etree.fromstring(f"<p>{write(text)}</p>")
        shown = "".join(root.itertext())
        expected = phrases.clean(text)
        if write is phrases.link:
            shown, expected = shown.strip(), expected.strip()
        assert shown == expected.replace("\n", "")
    etree.fromstring(f'<p title="{phrases.attribute(text)}"/>')
