"""From the context to HTML: a strict, sandboxed Jinja, and errors that say where they are."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from markupsafe import Markup

from inspector_app.errors import TemplateFault
from inspector_app.report.limits import LimitedSandbox, count_size, render_within_limits
from inspector_app.report.phrases import (
    attribute,
    join,
    link,
    long_date,
    number_word,
    padded_date,
    prose,
    short_date,
    with_article,
    with_breaks,
)
from inspector_app.report.template_files import (
    TemplateLoader,
    find_template_file,
    find_template_name,
)
from inspector_app.shapes import did_you_mean

TEXT = "text: "
"""What the name of one of a framework's wordings begins with, where it is rendered."""
_PART = re.compile(r"\{#-?\s*part:\s*(.+?)\s*-?#\}")
_UNKNOWN_VARIABLE = re.compile(r"no such variable '(.*)'")
_BLOCK_START = re.compile(r"^(\s*)(<[a-z][a-z0-9]*)", re.MULTILINE)


def _for_dates(write: Callable[[date], str]) -> Callable[[date | str], str]:
    """Return a filter that writes dates and leaves what stands in place of one as it is."""
    return lambda value: write(value) if isinstance(value, date) else value


_FILTERS: Mapping[str, Callable[..., str]] = {
    "attribute": attribute,
    "link": link,
    "long_date": _for_dates(long_date),
    "number_word": number_word,
    "padded_date": _for_dates(padded_date),
    "phrase": join,
    "prose": prose,
    "short_date": _for_dates(short_date),
    "with_article": with_article,
}


_FAULTS_OF_TEMPLATES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Whatever an expression of a template raises is the template's fault."""


class Described(jinja2.Undefined):
    """An unknown variable that says what it is and what was probably meant."""

    def describe(self) -> str:
        """Return the message about it."""
        name = str(self._undefined_name)
        owner = self._undefined_obj
        if owner is jinja2.utils.missing:
            return f"no such variable '{name}'"
        known = list(owner) if isinstance(owner, Mapping) else _public_names(owner)
        return f"no such detail '{name}'{did_you_mean(name, known)}"


class Missing(Described, jinja2.StrictUndefined):
    """An unknown variable stops the rendering."""

    def __getattr__(self, name: str) -> Any:
        # Jinja asks for an attribute of something unknown: the unknown thing is the fault.
        if name.startswith("__"):
            raise AttributeError(name)
        self._fail_with_undefined_error()

    @property
    def _undefined_message(self) -> str:
        return self.describe()


def _for_known_values(function: Callable[..., str]) -> Callable[..., str]:
    """Return a filter that lets an unknown value speak for itself."""

    def apply(value: Any) -> str:
        if isinstance(value, jinja2.Undefined):
            return str(value)
        return function(value)

    return apply


def _public_names(owner: object) -> list[str]:
    return [name for name in dir(owner) if not name.startswith("_")]


class _Markers(Extension):
    """Marks in the output where each block of the template came from: `<?at file:line?>`.

    Used only to find the place of a fault in what was rendered; block elements that start a line
    are marked, which is how our templates write them.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        lines = source.split("\n")
        return "\n".join(
            _BLOCK_START.sub(rf"\1<?at {name}:{number}?>\2", line)
            for number, line in enumerate(lines, start=1)
        )


def _refuse_none(value: Any) -> Any:
    """Return what an expression prints; text of a person is escaped with its line breaks kept."""
    if value is None:
        raise jinja2.UndefinedError("the value here is None")
    return count_size(value if isinstance(value, Markup) else with_breaks(str(value)))


@cache
def get_renderer(folder: Path, *, markers: bool = False) -> Renderer:
    """Return the renderer of a template folder; it notices when a template changes."""
    return Renderer(folder, markers=markers)


class Renderer:
    """Renders the templates of one folder.

    Args:
        folder: The template folder.
        markers: Mark in the output where each block came from.
        undefined: What stands for unknown variables; a check may collect them.
    """

    def __init__(
        self,
        folder: Path,
        *,
        markers: bool = False,
        undefined: type[jinja2.Undefined] | None = None,
    ) -> None:
        self._folder = folder
        self._texts: dict[str, jinja2.Template] = {}
        self.given: dict[str, tuple[str, ...]] = {}
        """The names of what each wording was given last."""
        self.loader = TemplateLoader(folder)
        self.environment = LimitedSandbox(
            loader=self.loader,
            autoescape=True,
            undefined=undefined or Missing,
            finalize=_refuse_none,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_Markers] if markers else [],
        )
        self.environment.filters.update(
            {name: _for_known_values(function) for name, function in _FILTERS.items()}
        )
        self.environment.limit_filters()
        self.environment.globals["fill"] = self._fill

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """Return the HTML of a report.

        Args:
            template: File name below the folder.
            context: The variables.

        Raises:
            TemplateFault: The template is missing or faulty; names file, line and part.
        """
        return self._explain(
            template,
            lambda: render_within_limits(self.environment.get_template(template), context),
            context,
        )

    def list_templates(self) -> list[str]:
        """Return the names of the templates that there are."""
        return self.environment.list_templates(["j2"])

    def find_part(self, template: str, line: int) -> str:
        """Return the part of the report that a line of a template prints, or ""."""
        try:
            path = find_template_file(self._folder, template)
            text = path.read_text("utf-8", errors="replace")
        except (OSError, TemplateFault):
            return ""
        lines = reversed(text.split("\n")[:line])
        return next((found[1] for text in lines if (found := _PART.search(text))), "")

    def _fill(self, text: str, **values: Any) -> Markup:
        """Fill one of the framework's wordings, inside a template."""
        if isinstance(text, jinja2.Undefined):
            return Markup(str(text))
        self.given[f"{TEXT}{text}"] = tuple(values)
        return Markup(self._compile(text).render(values))

    def _compile(self, text: str) -> jinja2.Template:
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = self.environment.from_string(text)
            found.name = f"{TEXT}{text}"
        return found

    def _explain(
        self,
        template: str,
        render: Callable[[], str],
        known: Iterable[str],
    ) -> str:
        try:
            return render()
        except jinja2.TemplateNotFound as error:
            name = error.name or template
            raise self._fault(error, template, f"there is no template '{name}'") from error
        except jinja2.TemplateSyntaxError as error:
            name = error.name or template
            part = self.find_part(name, error.lineno)
            raise TemplateFault(name, error.lineno, part, error.message or "is faulty") from error
        except _FAULTS_OF_TEMPLATES as error:
            message = str(error)
            unknown = _UNKNOWN_VARIABLE.fullmatch(message)
            if unknown:
                message += did_you_mean(unknown[1], known)
            raise self._fault(error, template, message) from error

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
            name = find_template_name(self._folder, Path(frame.filename))
            if name.endswith(".j2") and frame.lineno:
                places.append((name, frame.lineno))
        return places
