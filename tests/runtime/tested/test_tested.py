"""Tests in the language, run: what passes, what fails and what is shown of it, on both engines and several symbols."""

from __future__ import annotations

from pathlib import Path

import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.tested import Tested

PROGRAM = """assume fee 1/order
param n = 2 in 1 to 10
let slow = sma(close, n)
enter long when cross_above(close, slow) and bar_index > 1
  size 10 units
  stop 5%
exit long when cross_below(close, slow)
"""
ROWS = "prices 10, 9, 8, 12, 13, 14, 100 101 90 95, 5"
HAND = f"""test "by hand"
  start "2024-01-02"
  with n = 3
  {ROWS}
  expect slow == 9.6666667 within 0.000001 at bar 3
  expect is_na(slow) at bar 1
  expect trade(1).entry_bar == 4 and trade(1).entry_price == 13 and trade(1).quantity == 10
  expect trade(1).exit_reason == "stop" and trade(1).exit_bar == 7 and trade(1).exit_price == 5
  expect trade(1).pnl == 10 * (5 - 13) - 2 and trade(1).fees == 2 and trade(1).bars == 3
  expect trade(1).long and not trade(1).short and not trade(1).open
  expect order(0).bar == 3 and order(0).fill_bar == 4 and order(0).asked == 10 and order(0).filled
  expect position.size == 0 at bar 3 expect position.size == 10 at bar 4 expect position.flat
  expect equity == 100_000 at "2024-01-05" expect equity == 99_999 at bar 4 expect cash == run.final_equity
  expect run.trades == 1 and run.open_trades == 0 and run.denied == 0 and run.fees == 2
"""


def ran(text: str, **options: object) -> Tested:
    return sg.compile(text).test(**options)  # type: ignore[arg-type]


def test_a_trade_worked_out_by_hand() -> None:
    found = ran(PROGRAM + HAND, engine="both")
    assert [outcome.engine for outcome in found] == ["interpreted", "native"]
    assert found and len(found) == 2, found.text()
    assert found.text() == "<text>: 2 passed" and repr(found) == "<tests of <text>: 2 passed>"


FAILS = {
    "expect slow == 9 at bar 3": ("bar 3, 2024-01-04T00:00:00Z", {"slow == 9": False, "slow = sma(close, n)": 10.0}),
    "expect close > 3 and volume > 0": ("bar 7", {"close > 3": True, "close": 5.0, "volume > 0": False}),
    "expect trade(2).pnl != 3": ("there is no trade 2: the run has 1", {}),
    "expect not order(9).filled": ("there is no order 9", {}),
    'expect trade(1).exit_reason == "target"': ("", {"trade(1).exit_reason": '"stop"'}),
    "expect trade(1).open": ("", {"trade(1).open": False}),
    "expect run.trades == 0 at bar 2": ("bar 2", {"run.trades": 1.0}),
    "expect abs(close - 7) > 3": ("", {"abs(close - 7)": 2.0, "close - 7": -2.0}),
    "expect slow == slow[1]": ("", {"slow[1]": 54.5}),
}


@pytest.mark.parametrize(("expect", "wanted"), FAILS.items())
def test_a_failure_shows_the_bar_and_every_part(expect: str, wanted: tuple[str, dict[str, object]]) -> None:
    found = ran(f'{PROGRAM}test "wrong" {ROWS}\n  {expect}')
    (outcome,) = found
    (failed,) = outcome.failed
    assert not found and not outcome.passed and failed.line == 9 and failed.text == expect
    said, values = wanted
    assert said in found.text() and expect in found.text()
    shown = {part.text: part.value for part in failed.parts}
    assert {name: shown[name] for name in values} == values


def test_equal_is_up_to_rounding_and_no_further() -> None:
    found = ran('test "sums" prices 0.1, 0.2 expect close[1] + close == 0.3 expect close == 0.2000001')
    assert [each.passed for each in found[0].expected] == [True, False]


def test_a_missing_number_equals_nothing() -> None:
    found = ran('let a = sma(close, 5) test "na" prices 1, 2 expect a == 1 expect a != 1 expect is_na(a)')
    assert [each.passed for each in found[0].expected] == [False, True, True]


SEVERAL = """on GLD, GDX every 1d
enter long GLD when close > 10 size 10 units
exit long GLD when close < 10
enter short GDX when close < 9 size 5 units
exit short GDX when close > 9
test "both"
  prices of GLD 10, 11, 12, 9, 8
  prices of GDX 9, 9, 8, 7, 10, 11
  expect of GLD position.size == 10 and close of GDX == 8 at bar 2
  expect of GDX position.size == -5 at bar 3
  expect trade(1).entry_bar == 2 and trade(1).entry_price == 12 and trade(1).exit_bar == 4
  expect trade(2).short and trade(2).entry_price == 7 and trade(2).exit_price == 11
  expect equity == 100_000 + 10 * (8 - 12) - 5 * (11 - 7)
  expect of GDX close == 12
"""


def test_several_symbols_share_a_test() -> None:
    (outcome,) = ran(SEVERAL)
    assert [each.passed for each in outcome.expected] == [True] * 5 + [False]
    assert "bar 5 of GDX" in "\n".join(outcome.lines())


def test_a_program_that_names_no_symbol_is_tested_over_several() -> None:
    text = "enter long when close > 11 size 1 units stop 50%"
    two = f'{text} test "two" prices of A 10, 12, 13 prices of B 9, 8, 7 expect of A position.size == 1 '
    assert ran(two + "expect of B position.flat expect run.open_trades == 1 and trade(1).open")
    for wrong, code in (("expect of C position.flat", "E801"), ("expect position.flat", "E433")):
        with pytest.raises(sg.CompileError) as refused:
            ran(two + wrong)
        assert [d.code for d in refused.value.diagnostics if d.is_error] == [code]


def test_watched_symbols_and_universes_have_prices() -> None:
    watched = "on A watch V enter long when close of V > 5 size 10 units stop 50%"
    assert ran(f'{watched} test "w" prices of A 1, 2, 3 prices of V 6, 6, 6 expect of A position.size == 10')
    rotation = 'universe "u" every 1d rebalance monthly weight if close > close[2] then 50% else 0%'
    rows = 'start "2024-01-29" prices of A 10, 11, 12, 13, 13, 13 prices of B 10, 10, 10, 10, 10, 10'
    assert ran(f'{rotation} test "r" {rows} expect of A position.size > 0 expect of B position.flat')


def test_bars_begin_and_follow_as_is_said() -> None:
    hours = 'test "h" start "2024-03-05 09:30" every 30m prices 1, 2, 3 expect time == "2024-03-05 10:30"'
    zone = 'assume timezone "America/New_York"\n' + hours + " expect hour == 10 and minute == 30"
    months = 'test "m" start "2024-01-31" every 1mo prices 1, 2 expect month == 2 and year == 2024'
    plain = 'test "d" prices 1, 2, 3, 4, 5, 6, 7, 8 expect weekday == monday and day == 8'
    for text in (hours, zone, months, plain):
        assert ran(text), ran(text).text()


def test_bars_of_a_file_beside_the_program(tmp_path: Path) -> None:
    (tmp_path / "bars.csv").write_text("time,open,high,low,close\n2024-01-02,1,2,1,2\n2024-01-03,2,3,2,3\n")
    text = 'test "file" prices "bars.csv" expect close == 3 and close[1] == 2 expect close == 2 at bar 0'
    (tmp_path / "own.strat").write_text(text)
    assert sg.compile(tmp_path / "own.strat").test()
    assert sg.compile(text).test(folder=tmp_path)
    assert "no file that it could stand beside" in ran(text).text()
    for name in ("../bars.csv", "/etc/passwd", "a\\\\b.csv", "https://x/y.csv"):
        assert "files beside its program" in ran(f'test "far" prices "{name}" expect close > 1', folder="/").text()
    missing = sg.compile('test "none" prices "no.csv" expect close > 1').test(folder=tmp_path)
    assert not missing and missing[0].error


def test_what_cannot_run_fails_its_test_alone() -> None:
    text = 'param n = 2 in 1 to 5 require n > 1 plot sma(close, n) test "not" with n = 1 prices 1, 2 expect close > 1'
    first, second = ran(text + ' test "is" prices 1, 2 expect close > 1')
    assert "n > 1" in first.error and not first.passed and second.passed


def test_one_is_chosen_by_its_name() -> None:
    text = 'test "a" prices 1 expect close == 1 test "b" prices 1 expect close == 2'
    assert ran(text, only="a") and not ran(text)
    with pytest.raises(UsageFault, match='no test "c"'):
        ran(text, only="c")
    with pytest.raises(UsageFault, match="engine"):
        ran(text, engine="fast")
    assert not len(ran("plot close")) and ran("plot close").told() == "no tests"


def test_what_is_read_in_many_places_is_looked_at_once() -> None:
    """A value that is made of itself twice, again and again, has as many ways to its end as there are atoms."""
    doubled = "let a0 = close " + " ".join(f"let a{n + 1} = a{n} + a{n}" for n in range(60))
    assert ran(f'{doubled} test "many" prices 1, 1 expect a60 == 1_152_921_504_606_846_976')


def test_a_chain_of_definitions_may_be_as_long_as_a_text_allows() -> None:
    lets = "let a0 = close\n" + "".join(f"let a{n} = a{n - 1} + 1\n" for n in range(1, 1_500))
    found = ran(lets + 'enter long when a1499 < 0 exit long when true\ntest "deep" prices 10, 11 expect a1499 == 1510')
    assert found and len(found) == 1, found.text()
