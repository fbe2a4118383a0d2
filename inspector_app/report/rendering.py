"""From the context to HTML: a strict, sandboxed Jinja, and errors that say where they are."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from inspector_app.errors import TemplateFault
from inspector_app.report.phrases import (
    attribute,
    join,
    link,
    number_word,
    prose,
    with_article,
    with_breaks,
)
from inspector_app.shapes import did_you_mean

_PART = re.compile(r"\{#-?\s*part:\s*(.+?)\s*-?#\}")
_BLOCK_START = re.compile(r"^(\s*)(<[a-z][a-z0-9]*)", re.MULTILINE)


_FILTERS: Mapping[str, Callable[..., str]] = {
    "attribute": attribute,
    "link": link,
    "number_word": number_word,
    "phrase": join,
    "prose": prose,
    "with_article": with_article,
}


class _Missing(jinja2.StrictUndefined):
    """An unknown variable: an error that names it and what was probably meant."""

    def __getattr__(self, name: str) -> Any:
        # Jinja asks for an attribute of something unknown: the unknown thing is the fault.
        if name.startswith("__"):
            raise AttributeError(name)
        self._fail_with_undefined_error()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        owner = self._undefined_obj
        if owner is jinja2.utils.missing:
            return f"no such variable '{name}'"
        known = list(owner) if isinstance(owner, Mapping) else _public_names(owner)
        return f"no such detail '{name}'{did_you_mean(name, known)}"


def _public_names(owner: object) -> list[str]:
    return [name for name in dir(owner) if not name.startswith("_")]


class _Markers(Extension):
    """Marks in the output where each block of the template came from: `<?at file:line?>`.

    Used only to find the place of a fault in what was rendered; block elements that start a line
    are marked, which is how our templates write them.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """See `jinja2.ext.Extension.preprocess`."""
        lines = source.split("\n")
        return "\n".join(
            _BLOCK_START.sub(rf"\1<?at {name}:{number}?>\2", line)
            for number, line in enumerate(lines, start=1)
        )


def _refuse_none(value: Any) -> Any:
    """Return what an expression prints; text of a person is escaped with its line breaks kept."""
    if value is None:
        raise jinja2.UndefinedError("the value here is None")
    return value if isinstance(value, Markup) else with_breaks(str(value))


class Renderer:
    """Renders the templates of one folder."""

    def __init__(self, folder: Path, *, markers: bool = False) -> None:
        self._folder = folder
        self._environment = ImmutableSandboxedEnvironment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=_Missing,
            finalize=_refuse_none,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_Markers] if markers else [],
        )
        self._environment.filters.update(_FILTERS)
        self._environment.globals["fill"] = self._fill

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """Return the HTML of a report.

        Args:
            template: File name below the folder.
            context: The variables.

        Raises:
            TemplateFault: The template is missing or faulty; names file, line and part.
        """
        return self._explain(
            template, lambda: self._environment.get_template(template).render(context)
        )

    def render_text(self, text: str, context: Mapping[str, Any], name: str) -> str:
        """Return a small text of a framework, filled. `name` is what messages call it."""
        return self._explain(
            name, lambda: str(self._compile(text).render(context)), from_file=False
        )

    def find_part(self, template: str, line: int) -> str:
        """Return the part of the report that a line of a template prints, or ""."""
        try:
            lines = (self._folder / template).read_text("utf-8").split("\n")[:line]
        except OSError:
            return ""
        return next((found[1] for text in reversed(lines) if (found := _PART.search(text))), "")

    def _fill(self, text: str, **values: Any) -> Markup:
        """Fill one of the framework's wordings, inside a template."""
        return Markup(self._compile(text).render(values))

    def _compile(self, text: str) -> jinja2.Template:
        return _compile_text(self._environment, text)

    def _explain(self, template: str, render: Callable[[], str], *, from_file: bool = True) -> str:
        try:
            return render()
        except jinja2.TemplateNotFound as error:
            name = error.name or template
            raise self._fault(error, template, f"there is no template '{name}'") from error
        except jinja2.TemplateSyntaxError as error:
            name = error.name or template
            part = self.find_part(name, error.lineno) if from_file else ""
            raise TemplateFault(name, error.lineno, part, error.message or "is faulty") from error
        except (jinja2.TemplateError, TypeError, ValueError, AttributeError, KeyError) as error:
            # Whatever an expression of a template raises is the template's fault.
            raise self._fault(error, template, str(error)) from error

    def _fault(self, error: Exception, template: str, message: str) -> TemplateFault:
        places = self._find_places(error)
        if not places:
            return TemplateFault(template, None, "", message)
        name, line = places[-1]
        parts = (self.find_part(*place) for place in reversed(places))
        return TemplateFault(name, line, next(filter(None, parts), ""), message)

    def _find_places(self, error: Exception) -> list[tuple[str, int]]:
        """Return template and line of each frame of an error, the innermost last."""
        frames = traceback.extract_tb(error.__traceback__)
        places = []
        for frame in frames:
            path = Path(frame.filename)
            if path.is_relative_to(self._folder) and frame.lineno:
                places.append((path.relative_to(self._folder).as_posix(), frame.lineno))
        return places


@cache
def _compile_text(environment: jinja2.Environment, text: str) -> jinja2.Template:
    return environment.from_string(text)
