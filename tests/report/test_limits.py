"""A template that loops or grows without end is stopped in seconds, and named with its line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector_app.assets import get_templates_folder
from inspector_app.content.samples import load_sample
from inspector_app.errors import TemplateFault
from inspector_app.report import limits
from inspector_app.report.rendering import Renderer
from inspector_app.report.report import render_report

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT_END = {
    "a long range": "{% for x in range(10**9) %}{% endfor %}",
    "loops in loops": "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}",
    "a loop that is named": (
        "{% for a in range(9999) recursive %}{{ loop(range(9999)) }}{% endfor %}"
    ),
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "two macros that call each other": (
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}"
    ),
    "macros twice each": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(99) }}"
    ),
    "a file that includes itself": "{% include 'it.html.j2' %}",
    "a file that imports itself": "{% import 'it.html.j2' as x %}",
    "a file that extends itself": "{% extends 'it.html.j2' %}",
    "a text many times": "{{ 'x' * 10**10 }}",
    "a text many times, the other way round": "{{ 10**10 * 'x' }}",
    "a list many times": "{{ ([1] * 10**10)|length }}",
    "many texts many times": "{% set a = 'x' * 10**8 %}{% set b = a * 100 %}",
    "a text that doubles": (
        "{% set n = namespace(s='xxxxxxxx') %}"
        "{% for x in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}"
    ),
    "a sum that doubles": (
        "{% set n = namespace(s='xxxxxxxx') %}"
        "{% for x in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}"
    ),
    "a list that doubles": (
        "{% set n = namespace(s=[1]) %}"
        "{% for x in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}"
    ),
    "a block that doubles": (
        "{% set n = namespace(s='xxxxxxxx') %}{% for x in range(60) %}"
        "{% set t %}{{ n.s }}{{ n.s }}{% endset %}{% set n.s = t %}{% endfor %}"
    ),
    "a power": "{{ 9 ** 999999 }}",
    "a power of a power": "{{ ((9 ** 999) ** 999) ** 999 }}",
    "a product": (
        "{% set n = namespace(s=9) %}{% for x in range(60) %}{% set n.s = n.s * n.s %}{% endfor %}"
    ),
    "center": "{{ 'x'|center(10**9) }}",
    "indent": "{{ 'x\\ny'|indent(10**9) }}",
    "batch": "{{ [1]|batch(10**9, 'x')|list }}",
    "slice": "{{ [1]|slice(10**9)|list }}",
    "format": "{{ '%1000000000d'|format(1) }}",
    "percent": "{{ '%1000000000d' % 1 }}",
    "the method format": "{{ '{:>1000000000}'.format(1) }}",
    "the method ljust": "{{ 'x'.ljust(10**9) }}",
    "the method zfill": "{{ '1'.zfill(10**9) }}",
    "the method expandtabs": "{{ '\\t'.expandtabs(10**9) }}",
    "the method to_bytes": "{{ (1).to_bytes(10**9, 'big')|length }}",
    "the method replace": "{{ ('x' * 10**6).replace('x', 'y' * 10**6) }}",
    "the filter replace": "{{ ('x' * 10**6)|replace('x', 'y' * 10**6) }}",
    "the method join": "{{ ('y' * 10**6).join(['x'] * 10**6) }}",
    "lipsum": "{{ lipsum(n=10**9) }}",
    "tojson": "{{ [1]|tojson(indent=10**9) }}",
}


@pytest.mark.parametrize("text", WITHOUT_END.values(), ids=WITHOUT_END)
def test_what_has_no_end_is_stopped(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_STEPS", 200_000)
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 50_000_000)
    (tmp_path / "it.html.j2").write_text(f"<p>\n{{# part: the middle #}}\n{text}\n</p>\n", "utf-8")
    with pytest.raises(TemplateFault) as fault:
        Renderer(tmp_path).render("it.html.j2", {})
    assert fault.value.template == "it.html.j2"
    assert fault.value.line in {None, 3, 4}


def test_the_message_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_STEPS", 1000)
    text = "\n{# part: the middle #}\n{% for x in range(9999) %}\n<p></p>\n{% endfor %}\n"
    (tmp_path / "it.html.j2").write_text(text, "utf-8")
    with pytest.raises(TemplateFault) as fault:
        Renderer(tmp_path).render("it.html.j2", {})
    assert str(fault.value).startswith(
        "it.html.j2, line 3 (in the part “the middle”): this repeats"
    )


def test_what_takes_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.0)
    (tmp_path / "it.html.j2").write_text("{% for x in range(9999) %}{% endfor %}", "utf-8")
    with pytest.raises(TemplateFault, match="takes longer than 0 seconds"):
        Renderer(tmp_path).render("it.html.j2", {})


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ 'a' ~ 1 ~ '<' }}", "a1&lt;"),
        ("{{ ('<b>'|safe) ~ '<' }}", "<b>&lt;"),
        ("{{ 'ab' * 3 }}", "ababab"),
        ("{{ 2 ** 10 }}", "1024"),
        ("{{ 'x'|center(5) }}", "  x  "),
        ("{{ '%05.1f'|format(2.25) }}", "002.2"),
        ("{{ ['a', 'b']|join(', ') }}", "a, b"),
        ("{{ '{:>3}'.format(7) }}", "  7"),
        ("{% for x in range(3) %}{{ loop.index }}{% else %}none{% endfor %}", "123"),
        ("{% for x in [] %}{{ x }}{% else %}none{% endfor %}", "none"),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}"
         "{% call m(1) %}!{% endcall %}", "12!"),
        ("{{ [3, 1, 2]|sort|join }}{{ {'a': 1}|dictsort }}", "123[(&#39;a&#39;, 1)]"),
        ("{{ [{'a': 1}, {'a': 2}]|map(attribute='a')|sum }}", "3"),
    ],
)  # fmt: skip
def test_what_ends_is_as_it_was(tmp_path: Path, text: str, printed: str) -> None:
    (tmp_path / "it.html.j2").write_text(text, "utf-8")
    assert Renderer(tmp_path).render("it.html.j2", {}) == printed


def test_a_loop_in_a_copy_of_our_templates_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_STEPS", 100_000)
    folder = tmp_path / "templates"
    shutil.copytree(get_templates_folder(), folder)
    inspection = load_sample("rated").inspection
    template = folder / render_report(inspection, folder=folder).template
    lines = template.read_text("utf-8").splitlines()
    lines[-1] += "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    template.write_text("\n".join(lines), "utf-8")
    with pytest.raises(TemplateFault, match="repeats more than") as fault:
        render_report(inspection, folder=folder)
    assert fault.value.line == len(lines)
