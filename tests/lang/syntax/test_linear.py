"""Reading takes time in proportion to the text: what is long costs what is long, whatever it is made of.

Time is not measured. Each text is so long that reading it in more than linear time would take minutes, and an alarm
ends a test that does not come back.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.diagnostics.model import CompileError
from stratagem.lang.diagnostics.render import apply_fixes, render

MANY = 90_000
PATIENCE = 60  # seconds; a linear reader needs well under one


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """Ends what takes minutes."""

    def ring(*_: object) -> None:
        raise TimeoutError(f"not read in {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


TEXTS = {
    "empty lines": "\n" * MANY + "assume feee 1",
    "carriage returns": "\r" * MANY + "let a = clos",
    "tabs": "\t" * MANY + "let a = clos" + "\t" * MANY,
    "one number": "let a = 1" + "0" * MANY + "x",
    "underscores": "let a = 1" + "_" * MANY + "5",
    "points": "let a = 1" + ".1" * MANY,
    "an exponent": "let a = 1e" + "1" * MANY,
    "exponents": "let a = " + "1e5 " * MANY,
    "one name": "let a = " + "a" * MANY,
    "one function": "let a = " + "a" * MANY + "(1)",
    "words": "a " * MANY,
    "words of a value": "let a = " + "a " * MANY,
    "arguments": "let a = max(" + "1, " * (MANY // 2) + "1 $ x y",
    "arguments on one line": "let a = max(" + "1, " * (MANY // 3) + "1) x y",
    "a line of slashes": "let a = 1 " + "// " * MANY,
    "quotes": "let a = " + "'\"\n" * MANY,
    "an open quote": "let a = '" + "a" * MANY,
    "open braces": 'alert when true "' + "{a" * MANY + '"',
    "braces": 'alert when clos "' + "{{" * MANY + '"',
    "colons": "let a = 1 " + "; " * MANY,
    "documents": "## x\n" * MANY + "let a =",
    "comparisons": "let a = " + "1 < " * (MANY // 2) + "2",
    "arrows": "fn f()" + " => 1" * (MANY // 2),
    "a domain": "param n = 5 in " + "(" * (MANY // 2),
    "a title": "strategy " + "a " * MANY,
    "a symbol": "on A" + "-B" * (MANY // 2),
    "thousands": "let a = 1" + ",000" * (MANY // 2),
    "statements": "buy when true\n" * (MANY // 4),
    "a time of day": 'let a = between("09:30' + " " * MANY + '", "10:00")',
    "a date": 'let a = time > "2024-01-01' + " " * MANY + '"',
    "a timeframe": "let a = close @ 1" + "0" * MANY + "h",
    "letters of others": "let a = " + "é " * (MANY // 2),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_long_text_is_read_told_and_mended(name: str) -> None:
    text = TEXTS[name]
    with pytest.raises(CompileError) as caught:
        compile_text(text)
    assert render(caught.value.diagnostics, caught.value.sources)
    apply_fixes(text, caught.value.diagnostics)


def test_a_long_message_is_cut_in_its_middle_where_it_is_shown() -> None:
    with pytest.raises(CompileError) as caught:
        compile_text(TEXTS["one name"])
    shown = render(caught.value.diagnostics, caught.value.sources)
    assert len(shown) < 1500 and "nothing is named `aaa" in shown and "…" in shown
