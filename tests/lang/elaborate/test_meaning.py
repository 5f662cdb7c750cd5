"""What texts mean: nodes, clocks, units, warm-up of names; compared with other texts that must mean the same."""

from __future__ import annotations

from typing import Any

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.program.nodes import BASE, Binding, Node
from stratagem.lang.program.show import show
from stratagem.lang.program.timeframe import Timeframe
from stratagem.lang.program.units import Unit
from stratagem.lang.program.verify import verify


def value(text: str, name: str = "a") -> Node:
    found = compile_text(text).lets[name]
    assert isinstance(found, Node)
    return found


@pytest.mark.parametrize(
    ("expression", "unit"),
    [
        ("close - open", Unit.DISTANCE), ("close / open", Unit.RATIO), ("close * 2", Unit.PRICE),
        ("(high + low) / 2", Unit.PRICE), ("(close - open) / close", Unit.RATIO), ("close * volume", Unit.MONEY),
        ("2 * 1%", Unit.RATIO), ("1% * 2", Unit.RATIO),
        ("atr(14)", Unit.DISTANCE), ("stdev(close, 20)", Unit.DISTANCE), ("sma(close, 5)", Unit.PRICE),
        ("2 * atr(14)", Unit.DISTANCE), ("close - 2 * atr(14)", Unit.PRICE), ("10ticks", Unit.DISTANCE),
        ("5 bars", Unit.BARS), ("2%", Unit.RATIO), ("5bp", Unit.RATIO), ("close[3]", Unit.PRICE), ("time", Unit.TIME),
        ("if close > open then close else open", Unit.PRICE), ("max(close, open)", Unit.PRICE),
        ("highest(high, 5) - lowest(low, 5)", Unit.DISTANCE), ("bb(close, 20).upper", Unit.PRICE),
        ("ema(close, 5) @ 4h", Unit.PRICE), ("equity", Unit.MONEY), ("drawdown", Unit.RATIO), ("-close", Unit.PRICE),
        ("close / 2", Unit.PRICE), ("1 + 2%", Unit.RATIO), ("kc(close, 20, 1.5).lower", Unit.PRICE),
    ],
)  # fmt: skip
def test_units_are_inferred(expression: str, unit: Unit) -> None:
    assert value(f"let a = {expression}").unit is unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("let a = sma(close, 5) + sma(close, 5)", "let x = sma(close, 5)\nlet a = x + x"),
        ("fn f(x, n = 5) = ema(x, n)\nlet a = f(close)", "let a = ema(close, 5)"),
        ("fn f(x, n = 5) = ema(x, n)\nlet a = f(n = 7, x = open)", "let a = ema(open, 7)"),
        ("let u = ema(close, 5)\nlet a = u @ 4h", "let a = ema(close, 5) @ 4h"),
        ("fn f(x) = x @ 4h\nlet a = f(ema(close, 5))", "let a = ema(close, 5) @ 4h"),
        ("let a = 2 * 3 + close", "let a = 6 + close"),
        ("on X every 4h\nlet a = ema(close, 5) @ 4h", "on X every 4h\nlet a = ema(close, 5)"),
        ("let a = close @ 240m", "let a = close @ 4h"),
        ("let a = close[0]", "let a = close"),
        ("let b = a\nlet a = close", "let a = close\nlet b = a"),
        ("let a = if true then close else open", "let a = close"),
        ('let a = between("09:00", "09:00") or close > open', "let a = close > open"),
    ],
)
def test_two_texts_of_one_meaning_give_one_program(one: str, other: str) -> None:
    def shown(text: str) -> str:
        program = compile_text(text)
        lets = {"a": program.lets["a"]}
        return show(type(program)(**{**{f: getattr(program, f) for f in program.__slots__}, "lets": lets}))

    assert shown(one) == shown(other)


def test_sampling_rereads_the_whole_expression_on_the_other_clock() -> None:
    node = value("state s = 0 then s + close\nlet a = s @ 1d")
    assert node.kind == "sample" and node.clock is BASE
    inner = node.args[0]
    assert inner.kind == "cell" and inner.clock == Timeframe(1, "d")
    assert {n.kind for n in inner.args[1].args} == {"previous", "bar"}


def test_parameters_bind_before_series() -> None:
    program = compile_text("param n = 10 in 5 to 20\nlet m = n // 2\nlet a = sma(close, m)")
    assert isinstance(program.lets["m"], Node) and program.lets["m"].binding is Binding.PARAM
    assert value("let a = 2 + 3").binding is Binding.CONST


def test_calls_do_not_share_state() -> None:
    program = compile_text(
        "fn count(e)\n  state n = 0 then if e then n + 1 else n\n  return n\n"
        "let a = count(close > open)\nlet b = count(close > open)"
    )
    assert program.lets["a"] is not program.lets["b"]
    assert len(program.cells) == 2


def test_structural_paths_do_not_depend_on_lines() -> None:
    text = "state s = 0 then s + 1\nlet a = s"
    moved = "# a comment\n\nlet unrelated = close\n\n" + text
    assert set(compile_text(text).cells) <= set(compile_text(moved).cells)


@pytest.mark.parametrize(
    ("clause", "base", "slope"),
    [
        ("stop 2%", 0.0, 0.98), ("target 3%", 0.0, 1.03), ("stop 2% target entry + 2 * (entry - stop)", None, None),
    ],
)  # fmt: skip
def test_brackets_become_lines_in_the_fill(clause: str, base: float | None, slope: float | None) -> None:
    enter = compile_text(f"enter long when close > open {clause}").enters[0]
    found = enter.stop if clause.startswith("stop") else enter.target
    assert found is not None
    if base is not None:
        assert (found.base.data[0], found.slope.data[0]) == (base, pytest.approx(slope))
    else:
        assert enter.target is not None
        assert enter.target.slope.data[0] == pytest.approx(1 + 2 * 0.02)


def test_r_counts_from_the_fill_to_the_stop() -> None:
    long = compile_text("enter long when close > open stop 1% target 2r").enters[0]
    short = compile_text("enter short when close > open stop 1% target 2r").enters[0]
    assert long.target is not None and short.target is not None
    assert long.target.slope.data[0] == pytest.approx(1.02)
    assert short.target.slope.data[0] == pytest.approx(0.98)


@pytest.mark.parametrize(
    ("clauses", "word", "slope", "below"),
    [
        ("stop 10%", "stop", 0.9, 1.1), ("target 10%", "target", 1.1, 0.9), ("trail 10%", "trail", 0.9, 1.1),
        ("stop 10% target 2r", "target", 1.2, 0.8), ("stop 10% target entry + (entry - stop)", "target", 1.1, 0.9),
        ("stop high - low", "stop", 1.0, 1.0), ("stop entry * 0.9", "stop", 0.9, 0.9),
        ("stop lowest(low, 5)", "stop", 0.0, 0.0),
        ("stop 10% target if close > open then stop + 3 else entry + 1", "target", None, None),
    ],
)  # fmt: skip
def test_a_share_of_a_price_below_zero_is_of_its_size(clauses: str, word: str, slope: Any, below: Any) -> None:
    found = getattr(compile_text(f"enter long when close > open {clauses}").enters[0], word)
    if slope is None:
        assert found.slope.name == found.slope_below.name == "select"
    else:
        assert (found.slope.data[0], found.slope_below.data[0]) == (pytest.approx(slope), pytest.approx(below))


def test_every_shipped_strategy_compiles_without_a_word_and_verifies() -> None:
    from pathlib import Path

    import stratagem

    for path in sorted((Path(stratagem.__file__).parent / "strategies").glob("*.strat")):
        program = compile_text(path.read_text(encoding="utf-8"), path.name)
        assert verify(program) > 0
        assert [d for d in program.diagnostics if d.severity != "hint"] == [], path.name
