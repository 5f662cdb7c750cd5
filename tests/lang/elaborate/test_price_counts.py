"""What a sum of prices is: a level again, where it comes to about one price, else the way between prices."""

from __future__ import annotations

import pytest
import stratagem as sg
from stratagem.lang.compile import check_text

_PROGRAM = """param k = 0.02 in 0.01 to 0.1
param m = 2.0 in 1.5 to 3.0
enter long when close > open
  {clause}
exit long when close < open
"""


def _said(clause: str) -> str:
    """What the explanation says of the clause, in one line."""
    text = " ".join(str(sg.compile(_PROGRAM.format(clause=clause)).explain()).split())
    return text.split("estimated costs of entry included. - ")[1].split(" 2. Leaves")[0]


@pytest.mark.parametrize("level", [
    "close - 2% * close", "close - 0.02 * close", "close - k * close", "2 * close - high", "high + low - close",
    "m * close - high", "3 * hl2() - high - low", "2 * wma(close, 5) - wma(close, 10)", "(2 * close - high)[1]",
    "close / 2 + high / 2", "2 * (close + high) / 2 - low", "close - 50% * close", "2 * close - (high - low) - close",
])  # fmt: skip
def test_what_comes_to_a_price_is_a_level(level: str) -> None:
    assert "below the fill" not in _said(f"stop {level}")


@pytest.mark.parametrize("way", [
    "high - low", "close - 0.98 * close", "1.02 * close - close", "2 * close - high - low", "close - (close - 6)",
    "close - (high + low) / 2", "2 * (high - low)", "open + close - high - low", "(high + low + close) / 3 - low",
])  # fmt: skip
def test_what_comes_to_none_is_a_distance_from_the_fill(way: str) -> None:
    assert "below the fill" in _said(f"stop {way}")


def test_a_stop_so_far_below_the_close_is_there() -> None:
    """At 100 `close - 2% * close` is 98; as a distance from the fill it would be 98 below it, and never met."""
    result = sg.compile("""enter long when bar_index == 0
  size 1 units
  stop close - 2% * close
test "stopped" prices 100, 100, 97, 97 expect trade(1).exit_reason == "stop" and trade(1).exit_price == 97
""").test()
    assert result


def test_a_pivot_of_the_day_before_is_a_price_to_buy_at() -> None:
    assert "buys at `s1` or better" in _explained("let s1 = 2 * typical()[1] - high[1]\nenter long when close > s1\n"
                                                  "  limit s1\nexit long when close < open\n")  # fmt: skip


def _explained(text: str) -> str:
    return " ".join(str(sg.compile(text).explain()).split())


@pytest.mark.parametrize(("clause", "instead"), [
    ("stop 2% * close", "entry - (2% * close)"), ("target close / 50", "entry + (close / 50)"),
    ("stop k * close", "entry - (k * close)"), ("limit 1% * close", "close - (1% * close)"),
    ("trigger 1% * close", "close + (1% * close)"),
])  # fmt: skip
def test_a_small_part_of_a_price_is_told_with_the_way_that_may_be_meant(clause: str, instead: str) -> None:
    found = [each for each in check_text(_PROGRAM.format(clause=clause)).diagnostics if each.code == "W509"]
    assert [edit.text for each in found for fix in each.fixes for edit in fix.edits] == [instead]


@pytest.mark.parametrize("clause", ["stop close - 2% * close", "stop 98% * close", "limit 99% * close", "stop 2%"])
def test_a_level_is_not_told(clause: str) -> None:
    assert all(each.code != "W509" for each in check_text(_PROGRAM.format(clause=clause)).diagnostics)


def test_a_trail_of_a_part_of_a_price_has_the_distance_as_a_fix() -> None:
    told = check_text(_PROGRAM.format(clause="trail 2% * close")).diagnostics
    found, = (each for each in told if each.code == "E408")
    text = [edit.text for fix in found.fixes for edit in fix.edits]
    assert text == ["close - (close - (2% * close))"]
    assert "behind" in _said(f"trail {text[0]}") or "below the best price" in _said(f"trail {text[0]}")
