"""`strat functions` and `strat grammar`: what there is to write with."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.lang.compile import compile_text
from stratagem.tools.assistant.grammar import grammar

from .conftest import ROOT, Strat


def test_every_function_is_described(strat: Strat) -> None:
    rows = strat("functions", "--json").json
    names = {row["name"] for row in rows}
    assert {"sma", "ema", "rsi", "macd", "atr", "cross_above", "supertrend", "vwap", "linreg"} <= names
    assert all(row["signature"] and row["meaning"] and row["unit"] for row in rows)


def test_a_query_finds_by_name_and_by_meaning(strat: Strat) -> None:
    assert strat("functions", "rsi", "--json").json[0]["name"] == "rsi"
    assert "average" in strat("functions", "smoothing").out.lower()
    assert len(strat("functions", "average", "--json").json) < len(strat("functions", "--json").json)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ema", ["ema", "dema", "tema"]),  # and not what is of the family "mathEMAtics"
        ("EMA", ["ema"]), ("cross", ["cross", "crosses", "cross_above", "cross_below"]), ("rsi", ["rsi", "stoch_rsi"]),
        ("crossover", ["crosses"]), ("cross above", ["cross_above"]), ("standard deviation", ["stdev"]),
        ("bollinger", ["bb", "bbw"]), ("wilder", ["rma"]),
    ],
)  # fmt: skip
def test_the_name_comes_first_then_the_meaning(strat: Strat, query: str, names: list[str]) -> None:
    found = [row["name"] for row in strat("functions", query, "--json").json]
    assert found[: len(names)] == names or (set(names) <= set(found[:6]) and len(names) == 1), found


def test_formula_unit_and_warm_up_are_shown(strat: Strat) -> None:
    shown = strat("functions", "atr").out
    for part in ("formula: rma(tr(), length)", "unit distance", "warm-up 13", "volatility", "example: atr(14)"):
        assert part in shown, shown


def test_text_and_json_list_the_same_functions(strat: Strat) -> None:
    signatures = [row["signature"] for row in strat("functions", "--json").json]
    lines = strat("functions").out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == signatures


def test_a_query_that_finds_nothing(strat: Strat) -> None:
    strat("functions", "zzzz").failed(1, "'zzzz'")
    assert strat("functions", "zzzz", "--json").json == []


def test_every_example_compiles(strat: Strat) -> None:
    for row in strat("functions", "--json").json:
        if row["example"]:
            found = compile_text(f"let shown = {row['example']}", "<example>").diagnostics
            assert not [d for d in found if d.severity != "hint"], row["example"]


def test_the_grammar_is_the_file(strat: Strat) -> None:
    done = strat("grammar")
    assert (done.code, done.err) == (0, "")
    assert done.out == (ROOT / "lang" / "syntax" / "grammar.lark").read_text(encoding="utf-8")


def test_the_edition_for_models_is_typed_from_the_library(strat: Strat) -> None:
    done = strat("grammar", "--llm")
    assert (done.code, done.err, done.out) == (0, "", grammar())
    few = strat("grammar", "--llm", "--functions", "ema, rsi").out
    assert '"ema(" source ", " length ")"' in few and '"sma("' not in few
    strat("grammar", "--llm", "--functions", "emma").failed(2, "there is no function `emma`", "`ema`")
    strat("grammar", "--llm", "--functions", " ,").failed(2, "found none")
    strat("grammar", "--functions", "ema").failed(2, "goes with `--llm`")


@pytest.mark.parametrize("command", ["functions", "grammar"])
def test_they_need_no_folder_of_their_own(
    spawn: Strat, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert spawn(command).code == 0
