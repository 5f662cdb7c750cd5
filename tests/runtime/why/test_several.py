"""`why` over several symbols: held against runs of one symbol alone, against what the run itself left, and by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.result import Result
from stratagem.runtime.why import evaluated
from stratagem.runtime.why.answer import BarAnswer, StatementAnswer
from stratagem.runtime.why.many import explained

from ..portfolio.kit import make_panel
from .made import bar, history, part, statement
from .test_many import answered, values_of

DAYS = 6


def run(text: str, closes: dict[str, list[float]], lacks: str = "", **options: Any) -> Result:
    """Daily bars from 2024-01-01 on whose prices are the close; lacks: `B4`, the fourth day of B."""
    data = {}
    for symbol, values in closes.items():
        kept = [day for day in range(len(values)) if f"{symbol}{day + 1}" not in lacks.split()]
        made = history(values)
        data[symbol] = {name: np.asarray(column)[kept] for name, column in made.items()}
    return sg.compile(f"stratagem 1\n{text}").backtest(data, **{"engine": "interpreted", **options})


def only(answer: BarAnswer) -> StatementAnswer:
    (found,) = answer.statements
    return found


# --- held against one symbol alone ---------------------------------------------------------------------

ALONE = """
param length = 10 in 2 to 50
let mean = sma(close, length)
enter long when cross_above(close, mean) and close @ 1w > 0
  size 20 units
  stop mean - 4%
exit long when cross_below(close, mean)
"""


def plainly(answer: StatementAnswer) -> StatementAnswer:
    """Without what is the account's: the order's number, and its share of the account."""
    order = None if answer.order is None else {**answer.order, "order": 0}
    return replace(answer, order=order, turn=None, limits=())


def test_where_books_do_not_compete_a_trade_is_explained_as_of_its_symbol_alone() -> None:
    panel, program = make_panel(3, 3, 150), sg.compile(ALONE.replace("stop mean - 4%", "stop 30%"))
    together = program.backtest(panel, capital=1_000_000)
    alone = {bars.symbol: program.backtest(bars, capital=1_000_000) for bars in panel}
    counts = dict.fromkeys(alone, 0)
    for number, symbol in enumerate(together.trades["symbol"].to_pylist(), 1):
        counts[symbol] += 1
        if number % 8:
            continue
        rows = [row["id"] for row in alone[symbol].trades.to_pylist()
                if row["entry_time"] == together.trades["entry_time"][number - 1].as_py()]  # fmt: skip
        one, other = together.why(trade=number), alone[symbol].why(trade=rows[0])
        assert one.symbol == symbol and one.trade is not None and other.trade is not None
        assert one.trade.exit == other.trade.exit and one.trade.level == other.trade.level
        for mine, theirs in ((one.trade.entered, other.trade.entered), (one.trade.left, other.trade.left)):
            if mine is None or theirs is None:  # open at the end
                assert mine is theirs
                continue
            assert (mine.time, mine.index, mine.close) == (theirs.time, theirs.index, theirs.close)
            assert [plainly(each) for each in mine.statements] == [plainly(each) for each in theirs.statements]
    assert min(counts.values()) > 3
    span, single = (r.why(at="2024-02-01", to="2024-04-01", symbol="B") for r in (together, alone["B"]))
    assert span.span == single.span and span.to_json()["span"] == single.to_json()["span"]


# --- held against what the run left --------------------------------------------------------------------

CROSSED = """
watch D
let strength = close / close[3]
let ahead    = rank(strength)
let calm     = close of D > sma(close, 4) of D
enter long when ahead <= 2 and calm
  size 70%
exit long when cross_above(close of D, 100) or ahead > 2
plot ahead as "ahead"
plot close of D as "other"
"""


@pytest.fixture(scope="module")
def crossed() -> Result:
    return sg.compile(CROSSED).backtest(make_panel(11, 4, 90), engine="interpreted", capital=50_000)


@pytest.mark.parametrize("symbol", ["A", "B", "C"])
def test_values_are_those_of_the_series(crossed: Result, symbol: str) -> None:
    several = crossed.output.several
    assert several is not None
    own = crossed.symbols[symbol]
    place = several.symbols.index(symbol)
    seen = 0
    for index in (5, 20, 21, 40, 60):
        if index >= len(own.bars):
            continue
        found = crossed.why(at=int(own.bars.ts[index]), symbol=symbol)
        answer, leaves = statement(found), statement(found, 2)
        for name in ("strength", "ahead"):
            assert str(part(answer, name).value) == str(own.series[name][index])
        close = part(leaves, "close of D")
        assert str(close.value) == str(own.series["other"][index]) and close.symbol == "D"
        assert str(close.before) == str(own.series["other"][index - 1])
        event = int(several.panel.events.instants.searchsorted(own.bars.closes[index]))
        assert bar(found).readings.equity == crossed.equity["equity"][event].as_py()
        assert bar(found).readings.position == several.held(place)[event]
        ranked = part(answer, "ahead").across
        assert [each.symbol for each in ranked] == ["A", "B", "C"]
        mine = next(each for each in ranked if each.symbol == symbol)
        if mine.part:
            before = sum(each.value > mine.value for each in ranked if each.part)
            assert part(answer, "ahead").value == before + 1
            seen += 1
    assert seen


def test_stretches_of_events_do_not_show(crossed: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = [{"trade": 4}, {"at": "2024-02-01", "to": "2024-03-20", "symbol": "B"}]
    whole = [crossed.why(**each).to_json() for each in asked]
    monkeypatch.setattr(evaluated, "CELLS", 1)
    assert [crossed.why(**each).to_json() for each in asked] == whole


def test_every_order_is_explained_as_what_it_was(crossed: Result) -> None:
    orders = [row for row in crossed.orders.to_pylist() if row["kind"] in ("enter", "exit")]
    codes = set()
    refused = [row for row in orders if row["status"] == "denied"]
    assert refused
    for row in (*orders[::3], *refused[:2]):
        answer = crossed.why(order=row["order"])
        (found,) = bar(answer).statements
        assert answer.symbol == row["symbol"] and found.order is not None and found.order["order"] == row["order"]
        assert found.condition.holds
        codes.add(found.verdict.code)
    assert {"acted", "denied"} <= codes


def test_the_page_of_a_report_has_the_values_that_why_tells(crossed: Result) -> None:
    found = explained(crossed.output)
    trades = len(crossed.output.trades)
    assert found.count == trades and found.missing == ""
    for number in range(1, trades + 1, 5):
        answer = crossed.why(trade=number).trade
        assert answer is not None
        place, row = found.entered[number - 1]
        told, expected = values_of(found.statements[place], row), answered(answer.entered)
        assert told and all(str(expected[text]) == str(values) for text, values in told.items() if text in expected)
        assert "strength = close / close[3]" in told


# --- by hand -------------------------------------------------------------------------------------------

FLAT = {"A": [10.0] * DAYS, "B": [20.0] * DAYS, "C": [30.0] * DAYS}


def test_a_place_that_another_symbol_took() -> None:
    """C goes first, as it is preferred, and takes the only place; then B is denied, then A."""
    result = run("guard positions 1\nprefer close\nenter long when close > 5\n  size 10%", FLAT)
    found = result.why(at="2024-01-01", symbol="A")
    answer = only(bar(found))
    assert answer.verdict.code == "denied" and answer.turn is not None
    guard = next(guard for guard in answer.turn.guards if guard.guard == "positions")
    assert (guard.value, guard.limit, guard.left) == (1.0, 1.0, 0.0)
    assert [(each.symbol, each.counts) for each in answer.turn.holdings] == [("C", True)]
    assert [(row["symbol"], row["status"]) for row in answer.turn.before] == [("C", "filled"), ("B", "denied")]
    text = " ".join(found.text(width=120).split())
    assert "when its turn came: guard positions 1: at 1, at or beyond its limit; taken by C" in text
    assert "before it at this close: C enter long (order 0, filled), B enter long (order 1, denied)" in text
    first = only(bar(result.why(order=0)))
    assert first.turn is not None and first.turn.guards[0].value == 0.0 and first.turn.before == ()


def test_exposure_that_another_symbol_took() -> None:
    """Of 100,000 A claims 60 %: 6,000 at 10. B asks for as much and gets the 40 % that are left; C gets nothing."""
    result = run("enter long when close > 5\n  size 60%", FLAT)
    cut = only(bar(result.why(order=1)))
    assert cut.order is not None and cut.turn is not None
    assert (cut.order["symbol"], cut.order["status"], cut.order["got"]) == ("B", "reduced", 2_000.0)
    guard = next(guard for guard in cut.turn.guards if guard.guard == "exposure")
    assert (guard.value, guard.limit, guard.implied) == (0.6, 1.0, True)
    assert [(each.symbol, each.held, each.claim) for each in cut.turn.holdings] == [("A", 0.0, 0.6)]
    denied = result.why(order=2)
    assert denied.symbol == "C" and "taken by A 60.00%, B 40.00%" in denied.text(width=200)
    later = bar(result.why(at="2024-01-03", symbol="C"))
    assert [(each.symbol, each.quantity, each.held) for each in later.holdings] == [
        ("A", 6_000.0, 0.6), ("B", 2_000.0, 0.4)
    ]  # fmt: skip
    assert "beside it the account has A 6,000 (60.00%), B 2,000 (40.00%)" in result.why(
        at="2024-01-03", symbol="C").text(width=200)  # fmt: skip


def test_a_position_to_hold_says_what_it_asked_for() -> None:
    """The page on portfolios works it out: on 1 February half of 104,500 is 475 A at 110, of which 500 are held."""
    closes = {"A": [100.0, 104.0, 110.0, 106.0, 107.0], "B": [50.0, 49.5, 49.5, 50.0, 52.0]}
    data = {symbol: history(values, start="2024-01-30") for symbol, values in closes.items()}
    data["A"]["open"], data["B"]["open"] = np.array([100.0, 102, 105, 108, 106]), np.array([50.0, 49, 49.5, 50, 51])
    for made in data.values():
        made["low"] = np.minimum(made["open"], made["close"])
        made["high"] = np.maximum(made["open"], made["close"])
    kept = [0, 1, 3, 4]  # B has no bar on the first of the month
    data["B"] = {name: column[kept] for name, column in data["B"].items()}
    half = "if close > 0 then 50% else 0%"
    text = f"rebalance monthly\n  weight of A {half}\n  weight {half}\n  band 2%"
    program = sg.compile(f"stratagem 1\non A, B every 1d\n{text}")
    result = program.backtest(data)
    answer = only(bar(result.why(at="2024-02-01", symbol="A")))
    assert answer.wish is not None and answer.order is not None
    assert (answer.wish.basis, answer.wish.target, answer.wish.held) == (104_500.0, 475.0, 500.0)
    assert answer.wish.difference == pytest.approx(-25 * 110 / 104_500) and answer.wish.band == 0.02
    assert answer.order["asked"] == 25.0 and answer.order["kind"] == "exit"
    other = only(bar(result.why(at="2024-02-02", symbol="B")))
    assert [clause.word for clause in answer.clauses] == ["weight of A"]
    assert [clause.word for clause in other.clauses] == ["weight"]
    assert other.wish is not None and other.wish.target == 1_030.5 and other.verdict.code == "within_band"
    assert "it asks for 475 at 110, of 104,500.00; held 500: -2.63% of it to go, band 2.00%" in result.why(
        at="2024-02-01", symbol="A").text(width=120)  # fmt: skip
    span = result.why(at="2024-01-30", to="2024-03-01", symbol="A").span
    assert span is not None and span.statements[0].orders == {"filled": 2} and span.statements[0].held == 2


LEGS = "on A, B every 1d\natomic when close of A > 5\n  buy A size 50%\n  buy B size 20%"


def test_legs_tell_of_each_other() -> None:
    """At the second event B has no bar: A's leg is denied for that, and told so; at the third both are placed."""
    result = run(LEGS.replace("> 5", "> 10"), {"A": [10.0, 11, 12, 12, 12], "B": [20.0] * 5}, lacks="B2")
    absent = only(bar(result.why(at="2024-01-02", symbol="A")))
    assert absent.verdict.code == "denied" and absent.order is not None and absent.order["reason"] == "leg_absent"
    assert [(leg.symbol, leg.verdict.code, leg.order) for leg in absent.legs] == [("B", "absent", None)]
    placed = only(bar(result.why(at="2024-01-03", symbol="A")))
    assert placed.verdict.code == "acted" and placed.wish is not None
    (leg,) = placed.legs
    assert leg.order is not None and (leg.symbol, leg.verdict.code, leg.order["symbol"]) == ("B", "acted", "B")
    text = result.why(at="2024-01-03", symbol="A").text(width=160)
    assert "with it atomic B: it acted; order" in text
    denied = run(LEGS.replace("50%", "90%"), FLAT)
    first = only(bar(denied.why(at="2024-01-01", symbol="A")))
    assert (first.order or {})["reason"] == "other_leg" and first.legs[0].verdict.code == "denied"
    assert (first.legs[0].order or {})["reason"] == "exposure"
    cause = only(bar(denied.why(at="2024-01-01", symbol="B")))
    assert cause.turn is not None and cause.turn.holdings[0].symbol == "A"


def test_a_halt_is_the_accounts_own() -> None:
    """A loses a fifth of what is all in it: the guard halts the account."""
    text = """on A, B every 1d
guard loss 10% then halt
enter long A when bar_index == 0
  size 100%
enter long B when bar_index == 4"""
    result = run(text, {"A": [10.0, 10, 8, 8, 8, 8], "B": [20.0] * DAYS})
    halts = [row["order"] for row in result.orders.to_pylist() if row["status"] == "halted"]
    assert halts
    found = result.why(order=halts[0])
    assert found.symbol == "A" and any(row["status"] == "halted" for row in bar(found).others)
    other = bar(result.why(order=halts[0], symbol="B"))
    assert any(row["status"] == "halted" for row in other.others) and other.readings.halted == "for good"
    entry = result.why(at="2024-01-05", symbol="B")
    assert [each.statement for each in bar(entry).statements] == ["enter long B"]  # A's is not for it
    assert statement(entry, 2).verdict.text == "its order was denied: a guard had halted trading"


def test_a_bar_of_another_symbol_is_named_where_it_is_an_older_one() -> None:
    text = "on A every 1d\nwatch V\nenter long when close of V > 5"
    result = run(text, {"A": [10.0] * 5, "V": [7.0] * 5}, lacks="V3")
    now, old = (part(only(bar(result.why(at=f"2024-01-0{day}"))), "close of V") for day in (2, 3))
    assert now.bar_opened is None and old.bar_opened == int(np.datetime64("2024-01-02", "us").astype(int))
    assert "of V's bar of 2024-01-02" in result.why(at="2024-01-03").text(width=120)


def test_conditions_over_all_symbols_tell_for_whom_they_hold() -> None:
    closes = {"A": [10.0, 12], "B": [20.0, 19], "C": [30.0, 31]}
    result = run("enter long when count(close > close[1]) >= 2\n  size 10%", closes, lacks="C2")
    found = result.why(at="2024-01-02", symbol="B")
    counted = part(only(bar(found)), "count(close > close[1])")
    assert [(each.symbol, each.value, each.part) for each in counted.across] == [
        ("A", 1.0, True), ("B", 0.0, True), ("C", 0.0, True)
    ]  # fmt: skip
    assert "of 3 symbols it holds for A" in found.text(width=120)


@pytest.mark.parametrize(("asked", "says"), [
    ({"at": "2024-01-02"}, "say of which symbol: --symbol A .*one of A, B, C"),
    ({"at": "2024-01-02", "symbol": "Q"}, "'Q' is not traded"),
    ({"trade": 1, "symbol": "B"}, "trade 1 is of A, not of 'B'"),
    ({"order": 900}, "there is no order 900"),
    ({"at": "2024-02-02", "symbol": "A"}, "no bar of the data holds 2024-02-02"),
])  # fmt: skip
def test_what_cannot_be_asked_says_what_can(asked: dict[str, Any], says: str) -> None:
    result = run("enter long when close > 5\n  size 60%", FLAT)
    with pytest.raises(UsageFault, match=says):
        result.why(**asked)


def test_the_document_and_the_program_ask_alike() -> None:
    text = "stratagem 1\non A, B every 1d\nenter long when rank(close) == 1\n  size 40%"
    data = {symbol: history(values) for symbol, values in FLAT.items() if symbol != "C"}
    program = sg.compile(text)
    found = program.why(data, at="2024-01-01", symbol="B", engine="interpreted")
    assert found == program.backtest(data, engine="interpreted").why(at="2024-01-01", symbol="b")
    told = found.to_json()
    assert told["symbol"] == "B" and told["bar"]["statements"][0]["turn"]["guards"][0]["guard"] == "exposure"
    native = program.why(data, at="2024-01-01", symbol="B")
    assert native.to_json() == told
    none = sg.compile("enter long when close > 5\n  size 10%")
    alone = none.why(data, at="2024-01-01", symbol="A")
    assert "the run is of this symbol alone" in alone.notes[-1] and "turn" in alone.to_json()["bar"]["statements"][0]


def test_what_crosses_within_a_higher_timeframe() -> None:
    text = """stratagem 1
let weekly = rank(close) @ 1w
let other  = (close of B) @ 1w
enter long when weekly <= 2 and other > 0
  size 10%
plot weekly as "weekly"
plot other as "other"
"""
    result = sg.compile(text).backtest(make_panel(5, 3, 60), engine="interpreted")
    own = result.symbols["A"]
    for index in (8, 30, 45):
        answer = statement(result.why(at=int(own.bars.ts[index]), symbol="A"))
        for name in ("weekly", "other"):
            assert str(part(answer, name).value) == str(own.series[name][index])
    assert [each.symbol for each in part(answer, "weekly").across] == ["A", "B", "C"]
