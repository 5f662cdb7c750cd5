"""A program and the data of several symbols: what is loaded, in which order, from which event on; what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stratagem.runtime.compiled.compiled import Compiled
from stratagem.runtime.data import Bars
from stratagem.runtime.data.errors import DataError
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.run.several.choose import Wishes
from stratagem.runtime.run.several.prepare import PreparedSeveral, prepare_several

from ...data.panel.made import DAY, JANUARY, bars, daily

TEXT = """stratagem 1
strategy "made"
param length = 3 in 1 to 50
let quick = sma(close, length)
enter long when close > quick
exit long when close < quick
"""
ANY = Wishes()
PANEL = Panel((daily("A", 1, 2, 3, 4, 5), daily("B", 3, 4, 5), daily("VIX", 1, 2, 3, 4, 5)))


def prepared(
    data: object = PANEL, wishes: Wishes = ANY, text: str = TEXT, assumed: Any = (), **options: Any
) -> PreparedSeveral:  # fmt: skip
    return prepare_several(wishes, [Compiled(text.encode()).plan], assumed, data, **options)


def test_those_traded_stand_first_in_the_programs_order() -> None:
    found = prepared(wishes=Wishes(on=("B", "A"), watches=("VIX",)))
    assert found.panel.symbols == ("B", "A", "VIX") and found.symbols == ("B", "A") and found.traded == 2
    assert found.bars.symbol == "B, A" and len(found.bars) == 5
    assert found.values == {"length": 3.0} and found.first == 0


def test_notes_tell_what_was_chosen_and_what_is_ragged() -> None:
    notes = prepared(wishes=Wishes(on=("A", "B"))).bars.notes
    assert notes[0] == "not traded, as the program names others: VIX"
    assert notes[1].startswith("the benchmark is an index of 2 symbols")
    assert "1 symbol begins after the first bar of all, 2024-01-01: B 2024-01-03" in notes


def test_the_test_begins_at_the_first_event_of_its_day() -> None:
    found = prepared(from_="2024-01-03", to="2024-01-05")
    assert found.first == 2 and len(found.panel.events) == 4
    assert found.bars.close[2] == pytest.approx(100.0)


def test_a_symbol_that_ends_before_the_test_is_still_there() -> None:
    panel = Panel((daily("A", 1, 2), daily("B", 1, 2, 3, 4)))
    found = prepared(panel, from_="2024-01-03")
    assert found.first == 2 and found.symbols == ("A", "B")


@pytest.mark.parametrize("options", [{"from_": "2025"}, {"to": "2023"}])
def test_a_period_without_bars_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(UsageFault, match="no bar lies in the period to be tested; the data span 2024-01-01"):
        prepared(**options)
    with pytest.raises(UsageFault, match="it must begin before it ends"):
        prepared(from_="2024-01-04", to="2024-01-02")


def test_two_bars_of_a_symbol_at_one_instant_are_refused() -> None:
    """Two of one month, and what `keep` leaves of rows that repeat: an event has one bar of a symbol."""
    months = Panel((bars("A", [JANUARY], "1mo"), bars("B", [JANUARY, JANUARY + 30 * DAY], "1mo")))
    with pytest.raises(DataError, match="B: the bars of 2024-01-01 and 2024-01-31 close at one instant"):
        prepared(months)
    with pytest.raises(DataError, match="A: the bars of 2024-01-02 and 2024-01-02 close at one instant"):
        prepared(Panel((daily("A", 1, 2, 2, 3), daily("B", 1, 2, 3))))


def test_timeframes_must_fit() -> None:
    with pytest.raises(RunError, match="the program is made for bars of 1h, the data has bars of 1d"):
        prepared(text=TEXT.replace('"made"', '"made"\non A every 1h'), wishes=Wishes(on=("A", "B")))


def test_longer_bars_are_made_of_shorter_ones() -> None:
    hours = [JANUARY + hour * 3_600_000_000 for hour in range(72)]
    panel = Panel((bars("A", hours, "1h"), bars("B", hours, "1h")))
    found = prepared(panel, timeframe="1d", resample=True)
    assert str(found.panel.timeframe) == "1d" and len(found.bars) == 3
    daily_text = TEXT.replace('"made"', '"made"\non A every 1d')
    own = prepared(panel, text=daily_text, wishes=Wishes(on=("A", "B")), resample=True)
    assert str(own.panel.timeframe) == "1d"
    with pytest.raises(UsageFault, match="resample: say what bars to make"):
        prepared(panel, resample=True)


def test_what_is_assumed_of_one_symbol_is_of_it_alone() -> None:
    found = prepared(assumed=[("A", "lot", "1"), ("B", "tick", "0.01"), ("Z", "tick", "1")])
    a, b, vix = found.own
    assert (a.lot, a.point_value, a.tick) == (1.0, 1.0, 0.0)
    assert b.tick == 0.01 and vix == found.assumptions
    assert "assumptions of Z change nothing: it is not traded" in found.notes


def test_what_is_given_goes_before_what_the_program_assumes_of_one() -> None:
    found = prepared(assumed=[("A", "fee", "1%")], assumptions={"fee": "0.5%"})
    assert {str(each.fee) for each in found.own} == {"0.5%"}
    assert "fee of A: as given, not as the program assumes of it" in found.notes


TICKS = TEXT.replace("sma(close, length)", "sma(close, length) + 1ticks")


def test_a_program_that_counts_in_ticks_needs_each_symbols_tick() -> None:
    with pytest.raises(RunError, match=r"B: the program counts in ticks: .*; of it alone, `assume tick of B 0.01`"):
        prepared(text=TICKS, wishes=Wishes(on=("A", "B")), assumed=[("A", "tick", "0.1")])
    found = prepared(text=TICKS, wishes=Wishes(on=("A", "B")), assumed=[("A", "tick", "0.1"), ("B", "tick", "1")])
    assert [each.tick for each in found.own] == [0.1, 1.0] and "$tick" not in found.values


def test_members_of_a_universe_by_event(tmp_path: Path) -> None:
    place = tmp_path / "two.txt"
    place.write_text("A - 2024-01-03\nB\nVIX 2024-01-02\n")
    found = prepared(wishes=Wishes(universe="two"), universe=place)
    assert found.bars.symbol == "two" and found.symbols == ("A", "B", "VIX")
    assert found.members is not None
    assert found.members.T.tolist() == [[True, True, False, False, False], [True] * 5, [False, True, True, True, True]]
    assert prepared().members is None


def test_a_symbol_of_the_program_that_a_universe_lacks_is_named(tmp_path: Path) -> None:
    place = tmp_path / "one.txt"
    place.write_text("A\n")
    with pytest.raises(RunError, match="and the universe 'one' holds no symbol 'B'; it holds A"):
        prepared(wishes=Wishes(on=("A", "B")), universe=place)


def test_a_table_of_symbols_without_a_row_is_told_as_one(tmp_path: Path) -> None:
    place = tmp_path / "h.csv"
    place.write_text("symbol,date,open,high,low,close\n")
    with pytest.raises(DataError, match=r"h.csv: it holds no bar of any symbol: a header at most"):
        prepared(place, wishes=Wishes(on=("A", "B")))


def test_symbols_are_chosen_by_the_caller() -> None:
    assert prepared(symbols="VIX, A").symbols == ("VIX", "A")
    assert prepared(symbols=["B"]).symbols == ("B",)
    for wrong in (7, [], [""], [3]):
        with pytest.raises(UsageFault, match="symbols: expected names of symbols"):
            prepared(symbols=wrong)


def test_options_of_one_symbol_are_refused() -> None:
    with pytest.raises(UsageFault, match="symbol names one of several"):
        prepared(symbol="A")
    with pytest.raises(UsageFault, match="strict refuses data of another symbol"):
        prepared(strict=True)


def test_folders_and_files_and_mappings(tmp_path: Path) -> None:
    for each in PANEL:
        dates = each.ts.astype("datetime64[us]").astype("datetime64[D]")
        columns = (dates, each.open, each.high, each.low, each.close, each.volume)
        lines = [",".join(map(str, row)) for row in zip(*columns, strict=True)]
        (tmp_path / f"{each.symbol}_1d.csv").write_text("\n".join(["date,open,high,low,close,volume", *lines]) + "\n")
    found = prepared(tmp_path, wishes=Wishes(on=("A", "B")))
    assert found.symbols == ("A", "B") and not found.borrowed
    assert "A: the data call it A_1d" in found.notes and len(found.panel["B"]) == 3
    mapped = prepared({"A": str(tmp_path / "A_1d.csv"), "B": PANEL["B"]})
    assert mapped.symbols == ("A", "B") and mapped.borrowed


def test_a_condition_of_the_datas_own_is_looked_at_in_every_symbol() -> None:
    def with_flag(own: Bars, *values: float) -> Bars:
        return Bars(own.symbol, own.timeframe, own.ts, own.open, own.high, own.low, own.close, own.volume,
                    {"flag": np.array(values)})  # fmt: skip

    text = TEXT.replace("close > quick", 'column("flag")')
    good = with_flag(daily("A", 1, 2), 1.0, 0.0)
    assert prepared(Panel((good,)), text=text).symbols == ("A",)
    with pytest.raises(RunError, match=r"B: column 'flag' is read as a condition, and holds 2"):
        prepared(Panel((good, with_flag(daily("B", 1, 2), 1.0, 2.0))), text=text)
    with pytest.raises(RunError, match=r"C: the data has no column 'flag' of its own"):
        prepared(Panel((good, daily("C", 1, 2))), text=text)
    assert JANUARY % DAY == 0
