"""Changes of how a text is written, and that what it means stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.lang.analysis.analysis import Analysis, analyse
from stratagem.lang.analysis.refactoring import refactorings
from stratagem.lang.diagnostics.edits import edited
from stratagem.lang.explain.meaning import meaning
from stratagem.lang.format.format import formatted

STRATEGIES = sorted((Path(__file__).resolve().parents[3] / "strategies").glob("*.strat"))


def after(text: str, kind: str) -> str | None:
    """A text in which `[` and `]` mark what is selected, or `|` a place, once it has been refactored."""
    start = text.index("«") if "«" in text else text.index("¦")
    end = text.index("»") - 1 if "»" in text else start
    bare = text.replace("«", "").replace("»", "").replace("¦", "")
    found = {each.kind: each for each in refactorings(analyse(bare), start, end)}
    return edited(bare, found[kind].edits) if kind in found else None


@pytest.mark.parametrize(("text", "changed"), [
    ("# top\n\nenter long when close > «sma(close, 20)»\n",
     "# top\n\nlet sma_20 = sma(close, 20)\nenter long when close > sma_20\n"),
    ("enter long when «(close > open)» and up(3)\nfn up(n) = close > close[n]\n",
     "let condition = close > open\nenter long when condition and up(3)\nfn up(n) = close > close[n]\n"),
    ("## the mean\nlet m = « close * 2 » + 1\n", "let value = close * 2\n## the mean\nlet m =  value  + 1\n"),
    ("let sma_20 = close\nlet b = s¦ma(sma_20, 20)\n",
     "let sma_20 = close\nlet sma_20_2 = sma(sma_20, 20)\nlet b = sma_20_2\n"),
    ("let b = sma(«close[1]» + (1), 3)\n", "let value = close[1]\nlet b = sma(value + (1), 3)\n"),
    ("let a = close plot «sma(a, 3)» as \"x\"\n", "let a = close let sma_3 = sma(a, 3)\nplot sma_3 as \"x\"\n"),
])  # fmt: skip
def test_extract(text: str, changed: str) -> None:
    assert after(text, "extract") == changed


@pytest.mark.parametrize("text", [
    "let a = «close +» 1\n",  # no expression
    "fn f(x) = «x * 2»\nlet a = f(close)\n",  # of a function's own names
    "enter long when true\n  target «entry + 5»\n",  # of an order's own words
    "enter long when true\n  size «50%»\n",  # a number alone is what a parameter is for
    "let a = «clse + 1»\n",  # broken
    "enter long when close > open and «close > low»\nplot «",
])  # fmt: skip
def test_what_has_no_name_of_its_own_is_not_extracted(text: str) -> None:
    assert after(text, "extract") is None


@pytest.mark.parametrize(("text", "changed"), [
    ("let m = sma(close, ¦20)\n", "param length = 20\nlet m = sma(close, length)\n"),
    ("enter long when close > open\n  stop «2%»\n",
     "param value = 2%\nenter long when close > open\n  stop value\n"),
    ("param length = 3\nlet m = rsi(close, ¦14) < length\n",
     "param length = 3\nparam length_2 = 14\nlet m = rsi(close, length_2) < length\n"),
    ("let m = sma(close, 20) @ ¦4h\n", None),  # a timeframe is no parameter
    ("let m = close[¦1]\n", "param value = 1\nlet m = close[value]\n"),
    ("param n = ¦20\nlet m = sma(close, n)\n", None),
])  # fmt: skip
def test_make_a_parameter(text: str, changed: str | None) -> None:
    assert after(text, "parameter") == changed


@pytest.mark.parametrize(("text", "changed"), [
    ("# top\n\n## the sum\nlet ¦s = close + 1\nlet b = s * 2\n", "# top\n\nlet b = (close + 1) * 2\n"),
    ("let s = sma(close, 3)\nlet b = ¦s * s\n", "let b = sma(close, 3) * sma(close, 3)\n"),
    ("let s = close\nplot close as \"{s}\" let ¦t = s let b = t", "let s = close\nplot close as \"{s}\"  let b = s"),
    ("let ¦s = close\nlet b = 1\n", None),  # nothing reads it
    ("fn f(a) let ¦x = a * 2 return x\nlet b = f(close)\n", None),
])  # fmt: skip
def test_inline(text: str, changed: str | None) -> None:
    assert after(text, "inline") == changed


def test_a_text_with_a_value_is_left() -> None:
    """What a text says would be another expression: refused, unless it means and is the same."""
    text = 'let ¦s = close + 1\nenter long when s > open\n  because "at {s}"\n'
    changed = after(text, "inline")
    assert changed is None or "{(close + 1)}" in changed


def _everything(text: str) -> list[tuple[str, str]]:
    analysis = analyse(text)
    starts = [token.start for token in analysis.tokens]
    return [(each.kind, edited(text, each.edits)) for at in starts for each in refactorings(analysis, at, at)]


@pytest.mark.parametrize("file", STRATEGIES[::4], ids=lambda file: file.stem)
def test_shipped_strategies_mean_the_same_afterwards(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    before = meaning_of(analyse(text))
    kinds = set()
    for kind, changed in dict.fromkeys(_everything(text)):
        analysis = analyse(changed)
        assert analysis.program is not None, changed
        assert kind == "parameter" or meaning_of(analysis) == before, changed
        kinds.add(kind)
    assert kinds == {"extract", "parameter", "inline"}


def meaning_of(analysis: Analysis) -> object:
    assert analysis.program is not None
    return meaning(analysis.program)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("let a = close\nenter long when a > open", "let b = close\n# x\nenter long when (b > open)", True),
    ("enter long when close > open", "enter long when close >= open", False),
    ("enter long when close > open", "enter short when close > open", False),
    ("enter long when close > open stop 2%", "enter long when close > open stop 0.02", False),
    ("enter long when close > open stop 2%", "enter long when close > open stop 3%", False),
    ("enter long when close > open", "enter long when close > open assume fee 0.1%", False),
    ("state n = 0 then n + 1\nenter long when n > 3", "state m = 0 then m + 1\nenter long when m > 3", True),
    ("state n = 0 then n + 1\nenter long when n > 3", "state n = 1 then n + 1\nenter long when n > 3", False),
    ("let a = close\nlet b = open\nenter long when a > b", "enter long when close > open", True),
    ("enter long when close > open\nexit long when true", "exit long when true\nenter long when close > open", False),
    ("param n = 3\nenter long when close > close[n]", "param n = 4\nenter long when close > close[n]", False),
    ("plot na", "plot na", True),
])  # fmt: skip
def test_meaning(one: str, other: str, same: bool) -> None:
    assert (meaning_of(analyse(one)) == meaning_of(analyse(other))) is same


def test_meaning_is_of_any_layout_and_depth() -> None:
    for file in STRATEGIES:
        text = file.read_text(encoding="utf-8")
        assert meaning_of(analyse(text)) == meaning_of(analyse(formatted(text, "<text>").text))
    long = "let a0 = close\n" + "".join(f"let a{n} = a{n - 1} + 1\n" for n in range(1, 3_000)) + "plot a2999"
    assert meaning_of(analyse(long)) == meaning_of(analyse(long))
