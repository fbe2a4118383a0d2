"""A sandbox for templates of others: what loops or grows without end is stopped, and named.

Whatever a template can repeat is counted: rounds of loops, calls, and the characters that
operators, filters and calls make. So a template that does too much stops at the same place on every
system, and the line is known.
"""

from __future__ import annotations

import functools
import re
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar

from jinja2 import nodes
from jinja2.runtime import markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from inspector_app.report.values import CONTEXT_VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import jinja2

MOST_STEPS = 5_000_000
MOST_CHARACTERS = 400_000_000
MOST_SECONDS = 20.0
"""Of the processor, for one report."""
_LARGEST_NUMBER = 1_000_000
"""As an argument: how wide, how often, how many."""
_MOST_BITS = 4_000
_WIDTH = re.compile(r"\d{5,}")
_SIZED = (str, bytes, list, tuple, dict)
_LOOK = 1_000
"""Steps between two looks at the clock."""


class TooMuch(ArithmeticError):
    """A template does more than any report needs."""


class _Budget:
    """What one rendering may still use."""

    def __init__(self, seconds: float) -> None:
        self._steps = 0
        self._size = 0
        self._seconds = seconds
        self._until = time.thread_time() + seconds

    def step(self) -> None:
        """Note a round of a loop, or a call."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooMuch(f"this repeats more than {MOST_STEPS:,} times")
        if not self._steps % _LOOK and time.thread_time() > self._until:
            raise TooMuch(f"this takes longer than {self._seconds:.0f} seconds")

    def add(self, size: int) -> None:
        """Note that so many characters, or items, are made."""
        self._size += size
        if self._size > MOST_CHARACTERS:
            raise TooMuch(f"this makes more than {MOST_CHARACTERS:,} characters")


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


def render_within_limits(
    template: jinja2.Template, context: Mapping[str, Any], seconds: float | None = None
) -> str:
    """Return what a template renders.

    Args:
        template: The template.
        context: What it can use.
        seconds: How many of the processor it may take; None: as many as one report.

    Raises:
        TooMuch: It does more than any report needs.
    """
    budget = _Budget(MOST_SECONDS if seconds is None else seconds)
    token = _budget.set(budget)
    try:
        return "".join(_count(template.generate(context), budget))
    except MemoryError as error:
        raise TooMuch("this needs more memory than there is") from error
    finally:
        _budget.reset(token)


def _count(pieces: Iterator[str], budget: _Budget) -> Iterator[str]:
    for piece in pieces:
        budget.add(len(piece))
        yield piece


class _Counting(NodeTransformer):
    """Has loops and macros count, and texts be joined where their size is looked at."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        return self._count(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 - Jinja's name
        return self._count(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _call("join_parts", nodes.List(node.nodes, lineno=node.lineno))

    def _count(self, node: nodes.For | nodes.Macro) -> nodes.Node:
        self.generic_visit(node)
        step = nodes.ExprStmt(_call("count_step"), lineno=node.lineno)
        node.body.insert(0, step.set_lineno(node.lineno))
        return node


def _call(name: str, *arguments: nodes.Expr) -> nodes.Call:
    line = arguments[0].lineno if arguments else 1
    function = nodes.EnvironmentAttribute(name, lineno=line)
    return nodes.Call(function, list(arguments), [], None, None, lineno=line)


class LimitedSandbox(ImmutableSandboxedEnvironment):
    """The sandbox, with limits, and a short way for the plain values of the context."""

    intercepted_binops: ClassVar[frozenset[str]] = frozenset(["*", "**", "+", "%"])  # type: ignore[misc]

    def limit_filters(self) -> None:
        """Have the filters that there are now stay within the limits."""
        for name, function in self.filters.items():
            self.filters[name] = _limit(function)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """See `jinja2.sandbox.SandboxedEnvironment.is_safe_attribute`."""
        if isinstance(obj, CONTEXT_VALUES):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        counting: nodes.Template = _Counting().visit(source)
        counting.set_environment(self)
        return super()._generate(counting, *arguments, **options)

    def count_step(self) -> None:
        """Count a round of a loop, or a call."""
        if (budget := _budget.get()) is not None:
            budget.step()

    def join_parts(self, parts: list[Any]) -> str:
        """Join what stands on both sides of “~”."""
        _add_size(sum(len(part) for part in parts if isinstance(part, str)))
        return markup_join(parts)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute, once it is certain that the result has a size to be had."""
        if operator == "*":
            _guard_product(left, right)
        elif operator == "**" and isinstance(left, int) and isinstance(right, int):
            _guard_bits(left.bit_length() * max(right, 0))
        elif operator == "%" and isinstance(left, str):
            _guard_format(left)
        elif operator == "+" and isinstance(left, _SIZED) and isinstance(right, _SIZED):
            _add_size(len(left) + len(right))
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, function: Any, *arguments: Any, **options: Any) -> Any:
        """Call what a template calls, with arguments that are not too large."""
        if function == self.count_step or function == self.join_parts:
            return function(*arguments)
        self.count_step()
        owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
        _guard_arguments(*arguments, *options.values())
        if isinstance(owner, str) and name in {"format", "format_map"}:
            _guard_format(owner)
        if isinstance(owner, str) and name in {"replace", "join"}:
            _guard_text(name, owner, *arguments)
        return count_size(super().call(context, function, *arguments, **options))


def _limit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that does nothing without end."""
    name = function.__name__

    def limited(*arguments: Any, **options: Any) -> Any:
        _guard_arguments(*arguments, *options.values())
        texts = [item for item in arguments if isinstance(item, str)]
        if name == "do_format" and texts:
            _guard_format(texts[0])
        if name == "do_replace":
            _guard_text("replace", *texts)
        return count_size(function(*arguments, **options))

    # With the marks by which Jinja knows what wants the context, or the environment.
    return functools.update_wrapper(limited, function)


def _guard_arguments(*arguments: Any) -> None:
    for item in arguments:
        if isinstance(item, int | float) and abs(item) > _LARGEST_NUMBER:
            raise TooMuch(f"a number here is larger than {_LARGEST_NUMBER:,}")


def _guard_product(left: Any, right: Any) -> None:
    for many, often in ((left, right), (right, left)):
        if isinstance(many, _SIZED) and isinstance(often, int):
            _add_size(len(many) * max(often, 0))
    if isinstance(left, int) and isinstance(right, int):
        _guard_bits(left.bit_length() + right.bit_length())


def _guard_bits(bits: int) -> None:
    if bits > _MOST_BITS:
        raise TooMuch("a number here is too large")


def _guard_format(text: str) -> None:
    if _WIDTH.search(text):
        raise TooMuch("a width here is too large")


def _guard_text(method: str, text: str, *arguments: Any) -> None:
    """Refuse a replacement, or a join, whose result nobody could hold."""
    first, second = (*arguments, "", "")[:2]
    if method == "join" and isinstance(first, list | tuple):
        _add_size(len(first) * len(text))
    elif isinstance(first, str) and isinstance(second, str):
        _add_size((text.count(first) if first else len(text) + 1) * len(second))


def count_size(result: Any) -> Any:
    """Note the size of what was made, and return it."""
    _add_size(len(result) if isinstance(result, _SIZED) else 0)
    return result


def _add_size(size: int) -> None:
    if (budget := _budget.get()) is not None:
        budget.add(size)
    elif size > MOST_CHARACTERS:
        # A constant that Jinja computes while it compiles.
        raise TooMuch(f"this makes more than {MOST_CHARACTERS:,} characters")
