"""Catalogues of instruments: what they say, where they stand among assumptions, and each fault at its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.errors import DataError
from stratagem.runtime.data.instruments import NONE, read_instruments
from stratagem.runtime.errors import RunError, UsageFault

CATALOGUE = """# futures and shares
instruments:
  ES:
    tick: 0.25
    lot: 1
    point_value: 50
    fee: 2.5/order
    margin: 10%
    currency: USD
  AAPL: {tick: 0.01, minimum: 100}
"""
DAY = np.timedelta64(1, "D")
TEXT = "enter long when bar_index == 0 size 100%\nexit long when bar_index == 2\n"


def bars(price: float = 100.0) -> dict[str, Any]:
    return {"ts": np.datetime64("2024-01-01", "us") + np.arange(4) * DAY, "close": np.full(4, price)}


def written(folder: Path, text: str) -> str:
    (folder / "instruments.yaml").write_text(text)
    return str(folder / "instruments.yaml")


def test_what_a_catalogue_says(tmp_path: Path) -> None:
    found = read_instruments(written(tmp_path, CATALOGUE))
    assert found.facts("es") == found.facts("ES") == {
        "tick": "0.25", "lot": "1", "point_value": "50", "fee": "2.5/order", "margin": "10%",
        "quote_currency": "USD",
    }  # fmt: skip
    assert found.facts("AAPL") == {"tick": "0.01", "minimum": "100"} and found.facts("MSFT") == {}
    assert found.currencies == {"es": "USD"} and found.source == "instruments.yaml"
    assert found.notes("AAPL") == () and "says nothing of 'APPL': did you mean AAPL?" in found.notes("APPL")[0]


def test_nothing_is_declared() -> None:
    assert read_instruments(None) is NONE and NONE.facts("ES") == {} and NONE.notes("ES") == ()


def test_a_mapping_of_python() -> None:
    found = read_instruments({"ES": {"tick": 0.25, "fee": 0.001}})
    assert found.facts("ES") == {"tick": 0.25, "fee": 0.001} and read_instruments(found) is found


FAULTS = [
    ("instruments:\n  ES:\n    tik: 0.25\n", 3, "tik is not known: did you mean tick?"),
    ("instruments:\n  ES:\n    session: RTH\n", 3, "of ES there may be tick, lot"),
    ("instruments:\n  ES:\n    currency: [USD]\n", 3, "currency: expected a text; found ['USD']"),
    ("instruments:\n  ES:\n    tick: small\n", 3, "tick: expected a number, found 'small'"),
    ("instruments:\n  ES:\n    lot: 1\n    fee: 0.1\n", 4, "0.1 can mean"),
    ("instruments:\n  ES:\n    lot: -1\n", 3, "lot: expected 0 or more"),
    ("instruments:\n  ES:\n    lot: yes\n", 3, "lot: expected a"),
    ("instruments:\n  ES:\n    margin: 120%\n", 3, "margin: expected at most 100%"),
    ("instruments:\n  ES:\n    currency: dollars\n", 3, "'dollars' is no currency"),
    ("instruments:\n  ES: 0.25\n", 2, "expected what is known of ES, such as `tick: 0.01`; found '0.25'"),
    ("instruments: 5\n", 1, "expected symbols, each with what is known of it; found '5'"),
    ("instruments: {}\n", 1, "no instrument is declared"),
    ("symbols:\n  ES: {tick: 1}\n", 1, "expected `instruments:`"),
    ("instruments:\n  ES: {tick: 1}\n  ' ': {tick: 1}\n", 3, "an instrument has no name"),
    ("instruments:\n  ES: {tick: 1}\n  es: {tick: 1}\n", 3, "es stands twice, in other letters"),
    ("instruments:\n  ES: {tick: 1}\n  ES: {tick: 1}\n", 3, "'ES' stands twice"),
    ("instruments:\n  ES: {tick: 1\n", 3, "expected"),
]


@pytest.mark.parametrize("text, line, told", FAULTS)
def test_a_fault_is_told_at_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    with pytest.raises(DataError) as caught:
        read_instruments(written(tmp_path, text))
    assert f"instruments.yaml, line {line}: " in str(caught.value) and told in str(caught.value)


def test_a_fault_of_a_mapping_has_no_line() -> None:
    with pytest.raises(DataError, match="instruments: tik is not known: did you mean tick?"):
        read_instruments({"ES": {"tik": 1}})


@pytest.mark.parametrize("given", [5, ["ES"], True])
def test_what_is_no_catalogue_is_refused(given: object) -> None:
    with pytest.raises(UsageFault, match="expected the path of a YAML file or a mapping by symbol"):
        read_instruments(given)


@pytest.mark.parametrize("name", ["tick", "lot", "point_value", "minimum", "fee", "slippage", "spread", "margin"])
def test_true_and_false_are_no_numbers(name: str) -> None:
    for value in (True, False):
        with pytest.raises(DataError, match=f"{name}: expected a text or a number, found {value}"):
            read_instruments({"A": {name: value}})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere.yaml"):
        read_instruments(str(tmp_path / "nowhere.yaml"))
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match="folder is a folder"):
        read_instruments(tmp_path / "folder")


def test_it_lies_below_the_program_and_what_is_given(tmp_path: Path) -> None:
    """Catalogue, then the text, then the argument: each over the one before."""
    place = written(tmp_path, CATALOGUE)
    for text, given, lot, fee in (
        ("", {}, 1.0, "2.5/order"),
        ("assume fee 1/order\n", {}, 1.0, "1/order"),
        ("assume fee 1/order\n", {"fee": "3/order", "lot": 2}, 2.0, "3/order"),
    ):
        result = sg.compile(text + TEXT).backtest(bars(), symbol="ES", instruments=place, **given)
        assumed = result.stats["assumptions"]
        assert (assumed["lot"], assumed["fee"], assumed["tick"]) == (lot, fee, 0.25)


def test_a_run_counts_in_what_it_says(tmp_path: Path) -> None:
    """A contract at 100 is 5,000: of 1,000,000 less 2.5 there are 199 whole ones."""
    result = sg.compile(TEXT).backtest(bars(), symbol="ES", instruments=written(tmp_path, CATALOGUE), capital=1_000_000)
    (trade,) = result.trades.to_pylist()
    assert (trade["quantity"], trade["fees"]) == (199.0, 5.0)


def test_a_symbol_that_is_not_there_is_noted(tmp_path: Path) -> None:
    result = sg.compile(TEXT).backtest(bars(), symbol="MSFT", instruments=written(tmp_path, CATALOGUE))
    assert "instruments.yaml says nothing of 'MSFT'" in " ".join(result.notes)
    assert result.stats["assumptions"]["tick"] == 0.0


def test_ticks_of_a_program_are_those_of_the_catalogue(tmp_path: Path) -> None:
    text = "enter long when bar_index == 0 size 1 units stop 2ticks\n"
    with pytest.raises(RunError, match="say how much a tick is"):
        sg.compile(text).backtest(bars(), symbol="ES")
    result = sg.compile(text).backtest(bars(), symbol="ES", instruments=written(tmp_path, CATALOGUE))
    assert result.trades.to_pylist()[0]["stop"] == 99.5


@pytest.mark.parametrize("metric", ["return", "sharpe"])
def test_sweeps_and_verify_know_it(tmp_path: Path, metric: str) -> None:
    place = written(tmp_path, CATALOGUE)
    program = sg.compile("param n = 1 in 1 to 2\nenter long when bar_index == 0 size n * 10 units\n"
                         "exit long when bar_index == 2")  # fmt: skip
    table = program.sweep(bars(), {"n": [1, 2]}, metric=metric, symbol="ES", instruments=place)
    assert table["final_equity"].to_pylist() == [99_995.0, 99_995.0]
    assert program.verify(bars(), symbol="ES", instruments=place)


def test_several_symbols_have_their_own(tmp_path: Path) -> None:
    place = written(tmp_path, "instruments:\n  A: {lot: 10, currency: USD}\n  B: {lot: 3, currency: USD}\n")
    text = "on A, B\nenter long when bar_index == 0 size 25 units\n"
    result = sg.compile(text).backtest({"A": bars(), "B": bars()}, timeframe="1d", instruments=place)
    assert {row["symbol"]: row["quantity"] for row in result.trades.to_pylist()} == {"A": 20.0, "B": 24.0}
    other = written(tmp_path, "instruments:\n  A: {currency: USD}\n  B: {currency: EUR}\n")
    with pytest.raises(RunError, match="not converted: A is in USD, B is in EUR"):
        sg.compile(text).backtest({"A": bars(), "B": bars()}, timeframe="1d", instruments=other)


DOLLARS = "instruments:\n  A: {currency: USD}\n  B: {currency: EUR}\n  C: {tick: 1}\n"
ONE, TWO = "enter long when bar_index == 0 size 1 units\n", "on A, C\nenter long when bar_index == 0 size 1 units\n"
CURRENCIES = [  # the program, the symbol or symbols, the option, and the currency of money or what is told
    (ONE, "A", None, "USD"),
    (ONE, "A", "USD", "USD"),
    (ONE, "C", None, None),
    ("assume currency USD\n" + ONE, "A", None, "USD"),
    ("assume currency USD\n" + ONE, "B", "EUR", "EUR"),
    (TWO, "AC", None, "USD"),
    (TWO, "AC", "USD", "USD"),
    (ONE, "A", "EUR", "is not converted: A is in USD, the account in EUR"),
    ("assume currency EUR\n" + ONE, "A", None, "is not converted: A is in USD, the account in EUR"),
    (TWO, "AC", "EUR", "is not converted: A is in USD, the account in EUR"),
    (TWO.replace("C", "B"), "AB", "EUR", "is not converted: A is in USD, B is in EUR, the account in EUR"),
]


@pytest.mark.parametrize("text, symbols, given, told", CURRENCIES)
def test_money_is_in_one_currency(tmp_path: Path, text: str, symbols: str, given: str | None, told: str | None) -> None:
    data: Any = {symbol: bars() for symbol in symbols} if len(symbols) > 1 else bars()
    options: Any = {"timeframe": "1d"} if len(symbols) > 1 else {"symbol": symbols}
    options |= {"instruments": written(tmp_path, DOLLARS), "currency": given, "engine": "interpreted"}
    if told and len(told) > 3:
        with pytest.raises(RunError, match=told):
            sg.compile(text).backtest(data, **options)
        return
    result = sg.compile(text).backtest(data, **options)
    assert result.stats["assumptions"].get("currency") == told
    assert not told or f"currency {told}" in " ".join(result.summary().split())
    noted = f"gives 'C' no currency: its prices are taken to be in {told}" in " ".join(result.notes)
    assert noted == (len(symbols) > 1)


def test_a_symbol_that_is_only_read_may_be_in_another_currency(tmp_path: Path) -> None:
    text = "on A\nwatch B\nenter long when close of B > 0 size 1 units\n"
    place = written(tmp_path, DOLLARS)
    data: Any = {"A": bars(), "B": bars()}
    result = sg.compile(text).backtest(data, timeframe="1d", instruments=place, engine="interpreted")
    assert result.stats["assumptions"]["currency"] == "USD"


def test_strategies_of_a_portfolio_are_in_one_currency(tmp_path: Path) -> None:
    place = written(tmp_path, DOLLARS)

    def both(one: str, two: str) -> Any:
        told = {"one": {"program": sg.compile(one + ONE), "symbol": "A", "instruments": place}}
        return sg.portfolio(told | {"two": {"program": sg.compile(two + ONE)}})

    for one in ("", "assume currency USD\n"):
        with pytest.raises(RunError, match="not converted: one is in USD, two is in EUR"):
            both(one, "assume currency EUR\n").backtest(bars())
    result = both("", "assume currency USD\n").backtest(bars(), engine="interpreted")
    assert result.stats["assumptions"]["currency"] == "USD"
