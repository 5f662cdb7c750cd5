"""Values in words: no two read alike, whatever is changed in a call; what is long or deep stays short and quick."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.explain.explain import explain
from stratagem.lang.explain.layout import paragraph
from stratagem.lang.explain.meaning import Keys
from stratagem.lang.explain.words import Words
from stratagem.lang.program.nodes import Node
from stratagem.lang.program.program import Program
from stratagem.stdlib import library

SERIES = {"true": "false", "false": "true"}


def calls(name: str) -> Iterator[str]:
    """A call with every argument, and the same with another value for each of them."""
    entry = library.find(name)
    assert entry is not None
    series = iter(("close", "open", "low", "high"))
    given = {parameter: next(series) if default is None else default for parameter, default in entry.parameters}
    given |= {"market": "open / low - 1"} if "market" in given else {}
    yield _call(name, given)
    for parameter, value in given.items():
        if value in SERIES:
            other = SERIES[value]
        elif value[0].isdigit():
            other = "90%" if value.endswith("%") else f"{float(value) / 2 if '.' in value else int(value) + 1}"
        elif parameter in ("returns", "market"):
            other = "high / low - 1"
        else:
            other = "volume" if "(" not in value or "close" in value else value.replace("()", "() * 2")
        yield _call(name, {**given, parameter: other if parameter != "anchor" else "new_week()"})


def _call(name: str, given: dict[str, str]) -> str:
    return f"let v = {name}({', '.join(f'{parameter} = {value}' for parameter, value in given.items())})\n"


def values(program: Program) -> dict[str, Node]:
    value = program.lets["v"]
    return {"": value} if isinstance(value, Node) else dict(value.items())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", library.names())
def test_an_argument_is_told_exactly_where_the_value_depends_on_it(name: str) -> None:
    """Of `dmi(14, 20).plus` the 20 is not told: it is the value of `dmi(14, 14).plus`."""
    first, *others = (compile_text(text) for text in calls(name))
    for other in others:
        for field, node in values(first).items():
            changed = values(other)[field]
            told = Words(first).inside(node), Words(other).inside(changed)
            assert (told[0] != told[1]) is (Keys(first).of(node) != Keys(other).of(changed)), (field, told)


def test_what_a_function_repeats_is_told_once() -> None:
    """A value that would be thousands of characters is told in parts, each under a name."""
    text = "fn a(x) = x * x + x\nfn b(x) = a(a(a(x)))\nfn c(x) = b(b(x))\nemit s when c(c(close)) > 1"
    told = explain(compile_text(text)).text()
    assert "`value 1`" in told and len(told) < 4000


def test_deep_chains_are_told() -> None:
    lines = ["let a0 = close + 1", *(f"let a{n} = a{n - 1} + open" for n in range(1, 900)), "emit s when a899 > 1"]
    assert len(explain(compile_text("\n".join(lines))).sections[0].sentences) == 900


@pytest.mark.parametrize("text", ["a b  c   d", "word " * 40 + "end", "x" * 200, ""])
def test_lines_joined_again_are_the_text(text: str) -> None:
    lines = list(paragraph(text, 20))
    assert " ".join(lines) == text
    assert all(len(line) <= 20 or " " not in line.strip() for line in lines)
