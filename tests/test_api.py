"""The public surface: everything in `stratagem.__all__` says what it takes, gives and raises, and changes are seen.

`python tests/test_api.py` writes `api.txt` anew: what changes there, changes for those who use it, and is for the
changelog.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg

FILE = Path(__file__).with_name("api.txt")
RAISES = re.compile(r"\w(Error|Fault)\b|Cancelled|[Nn]ever raises")


def members(kind: type) -> Iterator[tuple[str, Any]]:
    """The public names of a class, with what each is: a function, a property's getter, or a value."""
    for name in sorted(dir(kind)):
        if not name.startswith("_"):
            yield name, inspect.getattr_static(kind, name)


def public() -> Iterator[tuple[str, Any]]:
    """Every public function, method and property, by its full name; of exceptions and tuples their own alone."""
    for name in sg.__all__:
        found = getattr(sg, name)
        if inspect.isfunction(found):
            yield name, found
        elif inspect.isclass(found):
            inherited = {each for base in found.__mro__ if base.__module__ == "builtins" for each in vars(base)}
            for each, value in members(found):
                if each not in inherited:
                    yield f"{name}.{each}", value


def function_of(value: Any) -> Any:
    """What is called: the function below a property or a class method."""
    if isinstance(value, property):
        return value.fget
    if isinstance(value, cached_property):
        return value.func
    return getattr(value, "__func__", value)


FUNCTIONS = {name: function_of(value) for name, value in public() if inspect.isfunction(function_of(value))}
METHODS = {name: value for name, value in FUNCTIONS.items() if len(inspect.signature(value).parameters) > ("." in name)}


def signature(function: Any) -> str:
    """A signature without annotations of arguments: their names, order and defaults."""
    told = inspect.signature(function)
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in told.parameters.values()]
    result = told.return_annotation
    shown = "" if result is told.empty else f" -> {result}"
    return f"{told.replace(parameters=bare, return_annotation=told.empty)}{shown}"


def surface() -> str:
    """Every public name with its signature, one a line."""
    lines = [f"version {sg.__version__}"]
    for name in sg.__all__:
        found = getattr(sg, name)
        if inspect.isclass(found):
            bases = ", ".join(base.__name__ for base in found.__bases__ if base is not object)
            lines.append(f"class {name}({bases})" if bases else f"class {name}")
    for name, value in public():
        function = function_of(value)
        if name in METHODS or inspect.isfunction(value):
            lines.append(f"{name}{signature(function)}")
        else:
            lines.append(name)
    return "\n".join(lines) + "\n"


def test_the_surface_is_the_one_that_is_written_down() -> None:
    assert surface() == FILE.read_text(encoding="utf-8"), "see the top of this file"


@pytest.mark.parametrize("name", [name for name in sg.__all__ if name != "__version__"])
def test_every_public_name_says_what_it_is(name: str) -> None:
    found = getattr(sg, name)
    own = inspect.getdoc(found) or ""
    assert len(own) > 20 and not own.startswith(f"{name}("), "a docstring of its own, not the one of a dataclass"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_and_property_is_documented_and_typed(name: str) -> None:
    function = FUNCTIONS[name]
    assert inspect.getdoc(function), "no docstring"
    told = inspect.signature(inspect.unwrap(function))
    untyped = [p.name for p in told.parameters.values() if p.annotation is p.empty and p.name not in ("self", "cls")]
    assert not untyped and function.__annotations__.get("return"), untyped


@pytest.mark.parametrize("name", sorted(METHODS))
def test_whatever_takes_something_says_what_it_raises(name: str) -> None:
    assert RAISES.search(inspect.getdoc(METHODS[name]) or "")


if __name__ == "__main__":
    FILE.write_text(surface(), encoding="utf-8")
