"""One analysis of a text: its words and what they are, its names, what is said of it."""

from __future__ import annotations

import subprocess
import sys

from stratagem.lang.analysis.analysis import analyse
from stratagem.lang.analysis.kinds import Class, painted
from stratagem.lang.analysis.renaming import outline, renamed
from stratagem.lang.diagnostics.edits import edited

from .marked import marked

TEXT = """# about
strategy "A"
assume fee 1bp
param n = 20 in 5 to 50
let calm = sma(close, n) @ 4h
fn f(a) = a * position.pnl
enter long when close > calm and f(1) > 0
  stop 2%
  because "above {calm}, {n}"
guard drawdown 20% then flatten
"""


def test_every_word_is_something() -> None:
    found = [(TEXT[p.span.start : p.span.end], p.kind, p.defines) for p in painted(analyse(TEXT))]
    assert found[:2] == [("# about", Class.COMMENT, False), ("strategy", Class.STATEMENT, False)]
    for wanted in (
        ('"A"', Class.TEXT, False),
        ("fee", Class.NAME, False), ("1bp", Class.NUMBER, False), ("n", Class.PARAMETER, True),
        ("to", Class.WORD, False),
        ("n", Class.PARAMETER, False), ("calm", Class.DEFINITION, True), ("sma", Class.BUILT_IN, False),
        ("close", Class.SERIES, False), ("@", Class.SIGN, False), ("f", Class.FUNCTION, True),
        ("f", Class.FUNCTION, False),
        ("pnl", Class.SERIES, False), ("when", Class.WORD, False), ("and", Class.WORD, False),
        ("long", Class.CLAUSE, False), ("stop", Class.CLAUSE, False), ("drawdown", Class.NAME, False),
    ):  # fmt: skip
        assert wanted in found, wanted


def test_broken_texts_are_analysed_as_far_as_they_can_be_read() -> None:
    analysis = analyse("let a = close\nlet b = (\nlet c = a + clse\n")
    assert analysis.program is None
    assert [d.code for d in analysis.diagnostics if d.is_error] != []
    assert {"a", "c"} <= {d.name for d in analysis.resolution.definitions}
    assert [span.start for span in analysis.references(4)] == [4, 32]
    assert analyse("x" * 2_000_000).tokens == ()
    assert analyse(b"\xff").program is None


def test_a_name_is_renamed_in_texts_too() -> None:
    analysis = analyse(TEXT)
    at = TEXT.index("calm")
    done = renamed(analysis, at, "slow")
    assert edited(TEXT, done.edits) == TEXT.replace("calm", "slow")
    for name in ("1x", "let", "close", "n", "a b", ""):
        assert renamed(analysis, at, name).refused, name
    assert renamed(analysis, TEXT.index("sma"), "x").refused
    assert renamed(analysis, at, "calm").edits == ()


def test_an_outline_has_what_a_text_defines_and_does() -> None:
    found = [(each.kind, each.name) for each in outline(analyse(TEXT))]
    assert found == [
        ("param", "n"), ("let", "calm"), ("fn", "f"), ("enter", "long when close > calm and f(1) > 0"),
        ("guard", "drawdown"),
    ]  # fmt: skip


def test_values_are_known_by_their_places() -> None:
    analysis, offset = marked("let x = close + |2")
    assert analysis.value_at(offset, offset + 1) is not None
    assert analysis.value_at(offset, offset + 5) is None


def test_it_needs_neither_engine_nor_numpy() -> None:
    code = (
        "import sys\nfrom stratagem.lang.analysis import analysis, calls, hover, kinds, offers, renaming\n"
        "a = analysis.analyse('let x = ema(close, 3)')\noffers.may_stand(a, 8); hover.standing_at(a, 8)\n"
        "print([m for m in ('numba', 'llvmlite', 'numpy', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
