"""Reading the source of templates: what is wrong in them whatever is rendered, line by line.

What a renderer says comes one fault at a time and only from what it reached; this finds the likely
slips of everybody who writes HTML for a living, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from inspector_app.report.reading_html import KNOWN_ELEMENTS
from inspector_app.shapes import did_you_mean, make_printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import jinja2

    SourceFault = tuple[int, str]

_HIDDEN = "\ue000"
"""Stands where Jinja writes something."""
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_LOOSE = re.compile(rf"<(?![/!?A-Za-z{_HIDDEN}])")
_AND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|(?:amp|lt|gt|quot|apos);)(\w+;)?")
_BARE = re.compile(rf"\s[\w-]+=[^\"'\s{_HIDDEN}]")
_EMPTY = frozenset({"br", "img"})
_TABLE_PARTS = frozenset({"thead", "tbody"})
_BY_STYLE = "how text looks is said by the styles of Word: give it a class of styles.toml"
_INSTEAD = {
    "b": "write <strong> for bold text",
    "i": "write <em> for text in italics",
    "u": "reports underline links only; write <strong> or <em>",
    "font": _BY_STYLE,
    "center": _BY_STYLE,
    "style": "how text looks is said by the styles of house_style.docx, and by web/*.css",
    "script": "a report runs nothing",
    "hr": "a line belongs to a style of house_style.docx",
    "dl": "write <ul> and <li>",
    "h5": "headings go from h1 to h4",
    "h6": "headings go from h1 to h4",
}
_PICTURE = (
    "a picture must be one of the inspection, which print_blocks prints; a logo belongs in the "
    "header of house_style.docx"
)
_OPENING = re.compile(
    r"\{%-?\s*(end)?(for|if|macro|block|call|filter|set|autoescape|with)\b(.*?)%\}"
)


def find_source_faults(source: str) -> Iterator[SourceFault]:
    """Yield line and message of each slip in the HTML of a template."""
    text = _JINJA.sub(_hide, source)
    for found in _TAG.finditer(text):
        if message := _judge_tag(found["name"], found["rest"], is_end=bool(found["end"])):
            yield _count_lines(text, found.start()), message
    for found in _LOOSE.finditer(text):
        yield _count_lines(text, found.start()), "a sign < stands alone: write &lt;"
    for found in _AND.finditer(text):
        name = (found[1] or "").removesuffix(";")
        code = name2codepoint.get(name)
        instead = f"&#{code}; for &{name};" if code else "&amp; for &"
        yield _count_lines(text, found.start()), f"write {instead}"


def find_jinja_faults(
    source: str, environment: jinja2.Environment, templates: Collection[str]
) -> Iterator[SourceFault]:
    """Yield line and message of what is wrong with the Jinja of a template.

    Args:
        source: The template.
        environment: Knows the filters and tests.
        templates: Names of the templates that can be included.
    """
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        yield _explain_syntax(source, error)
        return
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        what, known = "filter", environment.filters
        if isinstance(node, nodes.Test):
            what, known = "test", environment.tests
        if node.name not in known:
            name = make_printable(node.name)
            yield node.lineno, f"no such {what} '{name}'{did_you_mean(node.name, known)}"
    for user in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        used = getattr(user, "template", None)
        asked = used.value if isinstance(used, nodes.Const) else ""
        if isinstance(asked, str) and asked and asked not in templates:
            shown = make_printable(asked)
            yield user.lineno, f"there is no template '{shown}'{did_you_mean(asked, templates)}"


def find_strange_names(tree: nodes.Template, known: Mapping[str, object]) -> Iterator[SourceFault]:
    """Yield line and message of each variable, or detail of one, that there is not.

    Args:
        tree: A template, or a text.
        known: The variables; of those that are mappings the details are known, too.
    """
    own = list_own_names(tree)
    for node in tree.find_all(nodes.Name):
        if node.name not in known and node.name not in own:
            shown = make_printable(node.name)
            yield node.lineno, f"no such variable '{shown}'{did_you_mean(node.name, known)}"
    for detail in tree.find_all(nodes.Getattr):
        name = detail.node.name if isinstance(detail.node, nodes.Name) else ""
        owner = known.get(name)
        if name not in own and isinstance(owner, Mapping) and detail.attr not in owner:
            shown = make_printable(detail.attr)
            yield detail.lineno, f"no such detail '{shown}'{did_you_mean(detail.attr, owner)}"


def list_own_names(tree: nodes.Template) -> set[str]:
    """Return the names that a template gives itself: by loops, macros, imports and “set”."""
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    names |= {macro.name for macro in tree.find_all(nodes.Macro)}
    names |= {item.target for item in tree.find_all(nodes.Import)}
    for item in tree.find_all(nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in item.names}
    return names


def _explain_syntax(source: str, error: TemplateSyntaxError) -> SourceFault:
    message = error.message or "is faulty"
    open_: list[tuple[str, int]] = []
    text = re.sub(r"\{#.*?#\}", _hide, source, flags=re.DOTALL)
    for found in _OPENING.finditer(text):
        # A “set” with a value has no end.
        if found[2] == "set" and not found[1] and "=" in found[3]:
            continue
        if not found[1]:
            open_.append((found[2], _count_lines(text, found.start())))
        elif open_ and open_[-1][0] == found[2]:
            open_.pop()
        else:
            break
    if open_ and ("end of template" in message or "unknown tag" in message):
        name, line = open_[-1]
        where = f"where line {error.lineno} stands at the latest"
        return line, f"this {{% {name} %}} is not closed: write {{% end{name} %}}, {where}"
    return error.lineno, message


def _judge_tag(name: str, rest: str, *, is_end: bool) -> str:
    """Return what is wrong with a tag, or ""."""
    if name not in KNOWN_ELEMENTS and name not in _TABLE_PARTS:
        if is_end:
            return ""
        if name.lower() in KNOWN_ELEMENTS:
            return f"write <{name.lower()}>: the names of elements are in small letters"
        advice = _INSTEAD.get(name.lower())
        hint = f"; {advice}" if advice else did_you_mean(name, KNOWN_ELEMENTS)
        return f"no such element '{make_printable(name)}' here{hint}"
    if _BARE.search(rest):
        return f"the value of an attribute of '{name}' must stand in quotation marks"
    if name == "img" and "attachment:" not in rest:
        return _PICTURE
    if name in _EMPTY and not is_end and not rest.rstrip().endswith("/"):
        return f"<{name}> holds nothing and must be closed at once: write <{name}{rest}/>"
    return ""


def _hide(found: re.Match[str]) -> str:
    """Return a stand-in for what Jinja writes, or nothing, on as many lines."""
    return _HIDDEN * (found[0].startswith("{{")) + "\n" * found[0].count("\n")


def _count_lines(text: str, end: int) -> int:
    return text.count("\n", 0, end) + 1
