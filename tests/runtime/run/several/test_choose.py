"""Which symbols of the data are traded and which are read: what the program names, its universe, or all."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.runtime.data.universe import Spell, Universe
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.run.several.choose import Wishes, choose, universe_of

DATA = ["AAPL", "IBM", "MSFT", "VIX"]


def test_what_the_program_names_is_traded_in_its_order() -> None:
    found = choose(Wishes(on=("MSFT", "AAPL")), DATA, "bars")
    assert found.traded == ("MSFT", "AAPL") and found.others == ()
    assert found.notes == ("not traded, as the program names others: IBM, VIX",)


def test_one_that_is_missing_is_named_with_the_nearest() -> None:
    with pytest.raises(RunError) as caught:
        choose(Wishes(on=("AAPL", "MSTF")), DATA, "bars")
    assert str(caught.value) == (
        "the program trades AAPL, MSTF, and bars holds no symbol 'MSTF' (did you mean 'MSFT'?); it holds AAPL, IBM, "
        "MSFT, VIX"
    )


def test_case_does_not_matter_and_the_names_are_the_programs() -> None:
    found = choose(Wishes(on=("aapl", "IBM")), DATA, "bars")
    assert found.traded == ("aapl", "IBM") and found.names == {"aapl": "AAPL", "IBM": "IBM"}
    assert "aapl: the data call it AAPL" in found.notes


def test_data_whose_name_holds_more_than_the_symbol() -> None:
    found = choose(Wishes(on=("EURUSD", "GBPUSD")), ["EURUSD_1h", "GBPUSD_1h"], "bars")
    assert dict(found.names) == {"EURUSD": "EURUSD_1h", "GBPUSD": "GBPUSD_1h"}
    assert found.notes == ("EURUSD: the data call it EURUSD_1h", "GBPUSD: the data call it GBPUSD_1h")
    with pytest.raises(RunError, match="'EURUSD' may be 'EURUSD_1h' or 'EURUSD_4h' of bars"):
        choose(Wishes(on=("EURUSD", "X")), ["EURUSD_1h", "EURUSD_4h", "X"], "bars")


def test_symbols_that_are_watched_are_read_alone() -> None:
    found = choose(Wishes(watches=("VIX",)), DATA, "bars")
    assert found.traded == ("AAPL", "IBM", "MSFT") and found.others == ("VIX",)
    assert found.notes == (
        "the program names no symbol: each statement runs for each of the 3 of the data, which share one account",
    )


def test_symbols_that_are_read_must_be_there() -> None:
    with pytest.raises(RunError, match=r"the program reads VIXX, and bars holds no symbol 'VIXX' \(did you"):
        choose(Wishes(on=("AAPL",), reads=("VIXX",)), DATA, "bars")


def test_a_symbol_that_is_read_may_be_traded() -> None:
    found = choose(Wishes(reads=("ibm",)), DATA, "bars")
    assert found.traded == ("AAPL", "ibm", "MSFT", "VIX") and found.others == ()
    named = choose(Wishes(on=("AAPL", "MSFT"), reads=("IBM",)), DATA, "bars")
    assert named.traded == ("AAPL", "MSFT") and named.others == ("IBM",)
    assert named.notes == ("not traded, as the program names others: VIX",)


def test_nothing_is_left_to_trade() -> None:
    with pytest.raises(RunError, match="bars holds no symbol that is not only watched"):
        choose(Wishes(watches=("VIX",)), ["VIX"], "bars")


def test_data_of_one_symbol_need_no_note() -> None:
    assert choose(Wishes(), ["AAPL"], "bars").notes == ()


UNIVERSE = Universe("tech", {"AAPL": (Spell(),), "MSFT": (Spell(0, 20_000),), "WANG": (Spell(),)})


def test_a_universe_is_traded_as_far_as_the_data_hold_it() -> None:
    found = choose(Wishes(universe="tech"), DATA, "bars", UNIVERSE)
    assert found.traded == ("AAPL", "MSFT") and found.universe is UNIVERSE
    assert found.notes == (
        "1 of the 3 symbols of the universe tech are not among the data, and cannot be traded: WANG",
        "not traded, as the universe tech has others: IBM, VIX",
    )


def test_a_universe_none_of_which_is_there() -> None:
    with pytest.raises(RunError, match="no symbol of the universe 'tech' is among the data: bars holds no"):
        choose(Wishes(universe="tech"), ["XOM"], "bars", UNIVERSE)


def test_a_universe_that_is_declared_nowhere_is_all_of_the_data() -> None:
    found = choose(Wishes(universe="tech"), DATA, "bars")
    assert found.traded == tuple(DATA)
    assert "the universe 'tech' is declared nowhere: all 4 symbols of the data are traded" in found.notes[0]


def test_of_data_of_one_symbol_a_universe_is_that_one() -> None:
    told = choose(Wishes(universe="tech"), ["AAPL"], "bars").notes[0]
    assert "the universe 'tech' is declared nowhere: the only symbol of the data is traded" in told


def test_the_caller_chooses_where_the_program_does_not() -> None:
    assert choose(Wishes(), DATA, "bars", asked=["VIX", "IBM"]).traded == ("VIX", "IBM")
    assert choose(Wishes(universe="tech"), DATA, "bars", UNIVERSE, ["MSFT"]).traded == ("MSFT",)
    with pytest.raises(UsageFault, match=r"the universe 'tech' holds no symbol 'IBM'"):
        choose(Wishes(universe="tech"), DATA, "bars", UNIVERSE, ["IBM"])
    with pytest.raises(UsageFault, match="the program says which it trades, `on IBM, VIX`"):
        choose(Wishes(on=("IBM", "VIX")), DATA, "bars", asked=["IBM"])
    assert choose(Wishes(on=("IBM", "VIX")), DATA, "bars", asked=["ibm", "vix"]).traded == ("IBM", "VIX")
    with pytest.raises(RunError, match="symbols: bars holds no symbol 'IBMM'"):
        choose(Wishes(), DATA, "bars", asked=["IBMM"])


def test_a_universe_beside_the_symbols_of_the_program_says_only_when_they_belong() -> None:
    both = choose(Wishes(on=("MSFT", "AAPL")), DATA, "bars", UNIVERSE)
    assert both.traded == ("MSFT", "AAPL") and both.universe is UNIVERSE
    assert both.notes == (
        "traded is what the program names, not the universe tech: of it the dates alone are taken, for rank, top and "
        "other functions across symbols",
        "not traded, as the program names others: IBM, VIX",
    )
    undated = Universe("always", {"AAPL": (Spell(),), "IBM": (Spell(),)})
    assert choose(Wishes(on=("IBM",)), DATA, "bars", undated).notes[0].endswith(
        "not the universe always; it names no dates, so it changes nothing")
    with pytest.raises(RunError, match="the program trades AAPL, IBM, and the universe 'tech' holds no symbol 'IBM'"):
        choose(Wishes(on=("AAPL", "IBM")), DATA, "bars", UNIVERSE)


def test_symbols_that_differ_only_in_case_are_one() -> None:
    for wishes in (Wishes(), Wishes(on=("A",)), Wishes(on=("B",), reads=("a",)), Wishes(on=("A", "a"))):
        with pytest.raises(RunError, match="bars holds A and a, which are one symbol, as upper and lower case are"):
            choose(wishes, ["A", "a", "B"], "bars")
    assert choose(Wishes(on=("B",)), ["A", "a", "B"], "bars").traded == ("B",), "nobody needs them"
    with pytest.raises(UsageFault, match="symbols: IBM and ibm are one"):
        choose(Wishes(), DATA, "bars", asked=["IBM", "ibm"])
    assert choose(Wishes(), DATA, "bars", UNIVERSE, ["aapl"]).traded == ("AAPL",)


def test_a_universe_is_found_beside_the_program(tmp_path: Path) -> None:
    (tmp_path / "sp20.txt").write_text("AAPL\nIBM\n")
    found = universe_of("sp20", None, str(tmp_path / "x.strat"))
    assert found is not None and found.symbols == ("AAPL", "IBM")
    assert universe_of("sp21", None, str(tmp_path / "x.strat")) is None
    assert universe_of("", None, "<text>") is None


def test_a_universe_given_goes_before_one_that_is_found(tmp_path: Path) -> None:
    (tmp_path / "sp20.txt").write_text("AAPL\n")
    (tmp_path / "other.yaml").write_text("symbols: [IBM]\n")
    found = universe_of("sp20", tmp_path / "other.yaml", str(tmp_path / "x.strat"))
    assert found is not None and found.symbols == ("IBM",)
    assert universe_of("sp20", UNIVERSE, "<text>") is UNIVERSE
    with pytest.raises(UsageFault, match="universe: expected the path of a file that names symbols"):
        universe_of("sp20", 7, "<text>")
