"""Everything public says what it does; what overrides something inherits what that says."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import inspector_app


def _list_classes() -> Iterator[type]:
    for found in pkgutil.walk_packages(inspector_app.__path__, "inspector_app."):
        if not found.name.endswith("__main__"):
            module = importlib.import_module(found.name)
            yield from (
                value
                for name, value in vars(module).items()
                if inspect.isclass(value)
                and value.__module__ == module.__name__
                and not name.startswith("_")
            )


def _list_silent(kind: type) -> Iterator[str]:
    for name, value in vars(kind).items():
        inherits = any(name in vars(base) for base in kind.__mro__[1:])
        function = value.fget if isinstance(value, property) else value
        function = getattr(function, "__func__", function)
        is_own = inspect.isfunction(function) and function.__qualname__ == f"{kind.__name__}.{name}"
        if is_own and not name.startswith("_") and not inherits and not function.__doc__:
            yield f"{kind.__module__}.{kind.__name__}.{name}"


def test_each_public_method_says_what_it_does() -> None:
    silent = [name for kind in _list_classes() for name in _list_silent(kind)]
    assert not silent, f"say what these do in a docstring: {', '.join(silent)}"


def test_a_method_that_says_nothing_is_found() -> None:
    class Base:
        def tell(self) -> None:
            """Tell."""

    class Kind(Base):
        def tell(self) -> None: ...
        def hide(self) -> None: ...

    Kind.__qualname__ = "Kind"
    Kind.hide.__qualname__, Kind.tell.__qualname__ = "Kind.hide", "Kind.tell"
    assert [name.rpartition(".")[2] for name in _list_silent(Kind)] == ["hide"]
