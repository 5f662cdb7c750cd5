"""Guards of a group of symbols and of one symbol: worked out by hand, held against those of the account, refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.errors import DataError
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.results.result import Result

from ...results.several.made import panel as made_panel
from .test_told import Prices, about, table

HEAD = 'stratagem 1\nstrategy "Groups"\non A, B, C every 1d\nassume capital 1000\n'
TEXT = HEAD + """enter long A when bar_index == 0 size 30%
enter long B when bar_index == 0 size 20%
enter short C when bar_index == 0 size 10%
enter long A when bar_index == 3 size 10% scale 1
enter short C when bar_index == 3 size 10% scale 1
"""
CATALOGUE = {"A": {"group": "tech"}, "B": {"group": ["tech", "old"]}, "c": {"group": "OLD"}}
FLAT: Prices = {"A": [100.0] * 5, "B": [100.0] * 5, "C": [100.0] * 5}
RISES: Prices = FLAT | {"A": [100.0, 100.0, 150.0, 150.0, 150.0]}
Rows = list[tuple[str, str, str, float]]


def run(tmp_path: Path, text: str, prices: Prices, engine: str = "interpreted", **options: Any) -> Result:
    place = tmp_path / "prices.csv"
    place.write_text(table(prices))
    options = {"instruments": CATALOGUE, **options}
    return sg.compile(TEXT + text).backtest(place, engine=engine, **options)


def orders(result: Result) -> Rows:
    return [(r["symbol"], r["status"], r["reason"], round(r["got"], 9)) for r in result.orders.to_pylist()]


def both(tmp_path: Path, guards: str, prices: Prices) -> Rows:
    first, other = (orders(run(tmp_path, guards, prices, engine)) for engine in ("native", "interpreted"))
    assert first == other
    return first


def test_an_entry_is_cut_to_what_is_left_for_its_group(tmp_path: Path) -> None:
    """Of 40 % A takes 30 and leaves B 10; C is in no tech."""
    assert both(tmp_path, "guard exposure 40% of tech", FLAT)[:3] == [
        ("A", "filled", "", 3.0), ("B", "reduced", "exposure", 1.0), ("C", "filled", "", 1.0),
    ]  # fmt: skip
    assert both(tmp_path, "guard position 25% of tech", FLAT)[0] == ("A", "reduced", "position", 2.5)
    assert both(tmp_path, 'guard exposure 5% of "c"', FLAT)[2] == ("C", "reduced", "exposure", 0.5)


def test_net_exposure_and_positions_count_the_group_alone(tmp_path: Path) -> None:
    """Of the old ones B is 20 % long, and C's short of 10 makes room; a second position of tech is one too many."""
    rows = both(tmp_path, "guard net_exposure 15% of old\nguard positions 1 of tech", FLAT)
    assert rows[:3] == [("A", "filled", "", 3.0), ("B", "denied", "positions", 0.0), ("C", "filled", "", 1.0)]
    assert both(tmp_path, "guard net_exposure 15% of old", FLAT)[1] == ("B", "reduced", "net_exposure", 1.5)


def test_what_is_too_much_leaves_in_the_group_alone_each_in_proportion(tmp_path: Path) -> None:
    """450 and 200 of 1,150: 575 may stay. Of the 75 A takes 450 / 650; C's 100 stay."""
    left = both(tmp_path, "guard exposure 50% of tech then reduce", RISES)[3:5]
    assert left == [("A", "filled", "exposure", round(75 * 450 / 650 / 150, 9)),
                    ("B", "filled", "exposure", round(75 * 200 / 650 / 100, 9))]  # fmt: skip
    (alone,) = both(tmp_path, "guard net_exposure 34.5% of A then reduce", RISES)[3:4]
    assert alone == ("A", "filled", "net_exposure", round((450 - 0.345 * 1150) / 150, 9))


def test_it_halts_and_flattens_the_group_and_says_so(tmp_path: Path) -> None:
    halted = both(tmp_path, "guard exposure 50.1% of tech then halt", RISES)
    assert halted[3:] == [
        ("A", "halted", "exposure", 0.0), ("B", "halted", "exposure", 0.0), ("A", "denied", "halted", 0.0),
        ("C", "filled", "", 1.15),
    ]  # fmt: skip
    flat = run(tmp_path, "guard exposure 50.1% of tech then flatten", RISES)
    assert orders(flat)[3:5] == [("A", "filled", "exposure", 3.0), ("B", "filled", "exposure", 2.0)]
    assert [row["symbol"] for row in flat.trades.to_pylist() if row["exit_reason"] == "guard"] == ["A", "B"]
    assert about(flat, "guard exposure of tech halted A, B for good on 2024-01-03")
    assert not about(flat, "halted trading")


def test_the_account_keeps_the_limit_that_is_implied_for_it(tmp_path: Path) -> None:
    result = run(tmp_path, "guard exposure 500% of tech", FLAT)
    assert about(result, "guard exposure 100% is implied, of the account")
    assert result.output.assumptions["group tech"] == "A, B"
    other = run(tmp_path, "guard exposure 500% of tech", FLAT, instruments=CATALOGUE | {"B": {"group": "old"}})
    assert result.output.assumptions_hash != other.output.assumptions_hash


def test_a_run_may_be_given_them(tmp_path: Path) -> None:
    result = run(tmp_path, "", FLAT, guards=["exposure 40% of tech", "exposure 40%"])
    assert orders(result)[:2] == [("A", "filled", "", 3.0), ("B", "reduced", "exposure", 1.0)]
    found = result.why(order=1, symbol="B")
    limits = {each["of"]: each for each in found.to_json()["bar"]["statements"][0]["limits"]}
    assert limits["tech"]["before"] == pytest.approx(0.3) and limits["tech"]["verdict"] == "cuts"
    told = " ".join(found.text().split())
    assert "guard exposure 40% of tech (given to the run): 30.00% before it, 50.00% as asked, 40.00% after it" in told
    assert "when its turn came: guard exposure 40% of tech (given to the run): at 30.00%, 10.00% left" in told
    other = result.why(order=2, symbol="C").to_json()["bar"]["statements"][0]["limits"]
    assert [each["of"] for each in other] == ["", ""]  # that of tech does not look at C


def test_a_session_takes_the_catalogue_and_goes_on_from_a_snapshot() -> None:
    program = sg.compile(TEXT + "guard exposure 50.1% of tech then halt\n")
    live = program.session(instruments=CATALOGUE)
    other = program.session(instruments=CATALOGUE, engine="native")
    told = []
    for day in range(5):
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day)
        event = {s: sg.Bar(at, *[closes[day]] * 4) for s, closes in RISES.items()}
        told += [(e.data["symbol"], e.data["status"]) for e in live.push(event) if e.kind == "order"]
        other.push(event)
        if day == 2:
            kept = live.snapshot()
            live = program.session(instruments=CATALOGUE)
            live.restore(kept)
    assert told[-2:] == [("A", "denied"), ("C", "filled")] or told[-1] == ("A", "denied")
    assert live.equity == other.equity
    with pytest.raises(RunError, match="no group is called that"):
        program.session()


STRATEGY = """stratagem 1
strategy "Law"
let up = close > sma(close, 5)
enter long when up size 30% stop 5% scale 1
enter short when not up size 25%
exit long when close < lowest(low, 5)[1]
{}"""
GUARDS = ("exposure 60% then reduce", "net_exposure 30% then reduce", "open_risk 2% then reduce", "positions 2",
          "position 20% then reduce", "leverage 0.5 then flatten", "margin_use 55% then halt")  # fmt: skip


@pytest.mark.parametrize("guard", GUARDS)
def test_of_a_group_of_all_symbols_it_is_that_of_the_account(guard: str) -> None:
    """But for a halt: it is of the symbols, each of which has a row."""
    name, _, rest = guard.partition(" ")
    limit, _, action = rest.partition(" then ")
    of_all = f"guard {name} {limit} of pack" + f" then {action}" * bool(action)
    told = {"WHOLE": {"group": "pack"}, "LATE": {"group": "pack"}, "EARLY": {"group": "pack"}}
    whole, group = (
        sg.compile(STRATEGY.format(f"{each}\nguard exposure 100% then deny\n" if " of " in each or name != "exposure"
                                   else each))
        .backtest(made_panel(), engine="interpreted", instruments=told, symbols=["WHOLE", "LATE", "EARLY"])
        for each in (f"guard {guard}", of_all)
    )  # fmt: skip
    rows = [[(r["symbol"], r["statement"], r["status"], r["reason"], r["time"], r["asked"], r["got"])
             for r in each.orders.to_pylist() if r["status"] != "halted"] for each in (whole, group)]  # fmt: skip
    assert rows[0] == rows[1] and whole.stats["guard_trips"] == group.stats["guard_trips"]
    assert whole.equity.column("equity").equals(group.equity.column("equity"))


def test_all_ways_of_running_agree() -> None:
    text = STRATEGY.format("guard exposure 30% of few then reduce\nguard open_risk 1% of LATE\n"
                           "guard net_exposure 20% of few then flatten\n")  # fmt: skip
    told = {"WHOLE": {"group": "few"}, "EARLY": {"group": "few"}}
    assert sg.compile(text).verify(made_panel(), instruments=told, symbols=["WHOLE", "LATE", "EARLY"])


@pytest.mark.parametrize(("guards", "part"), [
    ("guard exposure 5% of tehc", r"guard exposure of 'tehc': .* did you mean tech\?"),
    ("guard exposure 5% of banks", "groups are declared by `group: tech` of a symbol"),
    ("guard exposure 5% of empty", "no symbol that is traded is in the group, which has x: trade one"),
    ("guard exposure 5% of A", "that is a symbol that is traded, and a group"),
])  # fmt: skip
def test_a_group_that_is_none_is_refused(tmp_path: Path, guards: str, part: str) -> None:
    told = {**CATALOGUE, "x": {"group": ["empty", "a"]}}
    with pytest.raises(RunError, match=part):
        run(tmp_path, guards, FLAT, instruments=told)


def test_a_run_of_one_symbol_has_no_groups() -> None:
    bars = {"ts": ["2024-01-01", "2024-01-02"], **{key: [1.0, 1.0] for key in ("open", "high", "low", "close")}}
    program = sg.compile("on A\nenter long when close > 0\nexit long when close < 0\n")
    with pytest.raises(UsageFault, match="the run is of one symbol, and has no groups: leave `of tech` out"):
        program.backtest(bars, timeframe="1d", guards="exposure 5% of tech", engine="interpreted")


def test_a_universe_declares_groups_too(tmp_path: Path) -> None:
    place = tmp_path / "three.yaml"
    place.write_text("symbols:\n  - symbol: A\n    group: tech\n  - symbol: B\n    group: [tech, old]\n  - C\n")
    rows = orders(run(tmp_path, "guard exposure 40% of tech", FLAT, universe=place, instruments=None))
    assert rows[1] == ("B", "reduced", "exposure", 1.0)
    place.write_text("symbols:\n  - symbol: A\n    group: {a: b}\n")
    with pytest.raises(DataError, match=r"line 3: expected a name of a group, or a list of names"):
        run(tmp_path, "guard exposure 40% of tech", FLAT, universe=place)


def test_where_money_comes_and_goes_guards_and_parameters_are_those_of_what_trades(tmp_path: Path) -> None:
    """The plan of the account's flows has neither: what trades is the last of a program's plans."""
    flows = "param part = 40% in 5% to 50%\ndeposit 1 cash when bar_index == 4\n"
    assert both(tmp_path, f"{flows}guard exposure 40% of tech", FLAT)[1] == ("B", "reduced", "exposure", 1.0)
    program = sg.compile(HEAD + flows + "enter long B when bar_index == 0 size part\n")
    assert program.several.plans[-1] is program.plan
    got = program.backtest(tmp_path / "prices.csv", params={"part": "10%"}).orders.to_pylist()
    assert [row["got"] for row in got if row["symbol"]] == [1.0]


def test_halts_of_the_account_and_of_a_group_end_with_the_week() -> None:
    """On a Thursday A halves, or doubles, and a guard acts. From Monday on the account counts from what there is."""
    days = np.array([f"2024-01-0{day}" for day in (2, 3, 4, 5, 8, 9)], "datetime64[D]")
    text = ('stratagem 1\nstrategy "g"\non A, C every 1d\nguard exposure 100%\nenter long A when true\n  size 50%\n'
            "enter long C when bar_index >= 3\n  size 5%\n")  # fmt: skip
    for guard, price, entered in (
        ("drawdown 20% then flatten until week", 50.0, {"A": [1, 5], "C": [5]}),
        ("drawdown 20% then flatten", 50.0, {"A": [1], "C": []}),
        ("position 40% of tech then flatten until week", 200.0, {"A": [1, 5], "C": [4]}),
        ("position 40% of tech then flatten", 200.0, {"A": [1], "C": [4]}),
    ):
        closes = {"A": np.array([100.0, 100.0, *[price] * 4]), "C": np.full(6, 100.0)}
        data = {name: {"time": days, **dict.fromkeys(("open", "high", "low", "close"), prices)}
                for name, prices in closes.items()}  # fmt: skip
        program, told = sg.compile(text + f"guard {guard}\n"), {"A": {"group": "tech"}}
        for engine in ("native", "interpreted"):
            trades = program.backtest(data, engine=engine, instruments=told).trades.to_pylist()
            found: dict[str, list[int]] = {"A": [], "C": []}
            for row in trades:
                found[row["symbol"]].append(int(np.searchsorted(days, np.datetime64(row["entry_time"].date()))))
            assert found == entered, (guard, engine)
    assert program.verify(data, instruments=told)
