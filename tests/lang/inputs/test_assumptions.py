"""Assumptions: every spelling, every refusal, the models, the echo and its hash."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from stratagem.lang.inputs.assumptions import Assumptions, read_assumptions
from stratagem.lang.inputs.costs import Fee, Series, Slippage, Spread, read_fee, read_slippage, read_spread
from stratagem.lang.inputs.errors import AssumptionError, UnclearError
from stratagem.lang.inputs.readers import MODELS
from stratagem.lang.words.vocabulary import ASSUMPTIONS

FEES = [
    ("0.1%", Fee(0.001)),
    (0.001, Fee(0.001)),
    (0, Fee()),
    ("0", Fee()),
    ("10bp", Fee(0.001)),
    ("5/order", Fee(0.0, 5.0)),
    ("5/order+0.1%", Fee(0.001, 5.0)),
    ("0.1% + 5 / order", Fee(0.001, 5.0)),
    ("0.005/unit", Fee(0.0, 0.0, 0.005)),
    ("1/order+0.005/unit+2bp", Fee(0.0002, 1.0, 0.005)),
]


@pytest.mark.parametrize("text, fee", FEES)
def test_fees(text: object, fee: Fee) -> None:
    read = read_fee(text)
    assert (read.fraction, read.per_order, read.per_unit) == pytest.approx((fee.fraction, fee.per_order, fee.per_unit))


@pytest.mark.parametrize("text, fee", FEES)
def test_a_fee_reads_what_it_writes(text: object, fee: Fee) -> None:
    again = read_fee(str(fee))
    assert (again.fraction, again.per_order, again.per_unit) == pytest.approx(
        (fee.fraction, fee.per_order, fee.per_unit)
    )


SLIPPAGES = [
    ("1bp", Slippage(0.0001)),
    ("0.01%", Slippage(0.0001)),
    (0.0001, Slippage(0.0001)),
    ("10ticks", Slippage(0.0, 10.0)),
    ("1 tick", Slippage(0.0, 1.0)),
    ("0.02/unit", Slippage(0.0, 0.0, 0.02)),
    ("2ticks+1bp", Slippage(0.0001, 2.0)),
    ("10%/range", Slippage(range=0.1)),
    ("1%/sqrt_volume + 50bp / range", Slippage(range=0.005, root=0.01)),
    ("1bp+2ticks+10%/range", Slippage(0.0001, 2.0, range=0.1)),
]


@pytest.mark.parametrize("text, slippage", SLIPPAGES)
def test_slippages(text: object, slippage: Slippage) -> None:
    for read in (read_slippage(text), read_slippage(str(slippage))):
        assert astuple(read) == pytest.approx(astuple(slippage))


CLAUSES = [
    ("fee", "0.1% min 1", Fee(0.001, least=1.0)),
    ("fee", "0.1%  min 1/order", Fee(0.001, least=1.0)),
    ("fee", "0.005/unit min 1 max 1%", Fee(0.0, 0.0, 0.005, 1.0, None, 0.01)),
    ("fee", "0.1% max 5/order min 2 on entries", Fee(0.001, 0.0, 0.0, 2.0, 5.0, None, "entries")),
    ("fee", "0.1% max 500", Fee(0.001, most=500.0)),  # no share of a fill
    ("fee", "1% after 1_000 5bp + 1/order min 2 after 5e3 0%",
     Fee(0.01, least=2.0, tiers=((1e3, Fee(0.0005, 1.0)), (5e3, Fee())))),
    ("fee", "1% after 1_000 5bp over 30d on exits", Fee(0.01, on="exits", tiers=((1e3, Fee(0.0005)),), over=30)),
    ("fee", "0.02%/maker + 5bp/taker", Fee(maker=0.0002, taker=0.0005)),
    ("fee", "0.05%/taker+1/order+0.01% min 2 on entries", Fee(0.0001, 1.0, 0.0, 2.0, on="entries", taker=0.0005)),
    ("fee", "5/order on exits", Fee(0.0, 5.0, on="exits")),
    ("spread", "2ticks", Spread(0.0, 2.0)),
    ("spread", "0.02% on entries", Spread(0.0002, on="entries")),
    ("spread", "0.5/unit+1tick on exits", Spread(0.0, 1.0, 0.5, "exits")),
    ("spread", 0.0002, Spread(0.0002)),
    ("spread", '"spread"', Spread(series=Series(("spread",)))),
    ("spread", "spread", Spread(series=Series(("spread",)))),
    ("spread", '"my spread" in ticks + 1bp on exits',
     Spread(0.0001, on="exits", series=Series(("my spread",), "ticks"))),
    ("spread", '"bid"  to "ask"+0.5/unit', Spread(distance=0.5, series=Series(("bid", "ask")))),
]


@pytest.mark.parametrize("name, written, value", CLAUSES)
def test_clauses_of_a_cost(name: str, written: object, value: object) -> None:
    read = {"fee": read_fee, "spread": read_spread}[name]
    assert read(written) == value == read(str(value))


UNCLEAR = [
    ("fee", "0.005/unit max 1", ("0.005/unit max 1%", "0.005/unit max 1/order")),
    ("fee", "0.1 min 1 on exits", ("0.1% min 1 on exits", "0.1/order min 1 on exits", "0.1/unit min 1 on exits")),
    ("spread", "1 on exits", ("1% on exits", "1ticks on exits", "1/unit on exits")),
    ("fee", "5", ("5%", "5/order", "5/unit")),
    ("fee", "0.1", ("0.1%", "0.1/order", "0.1/unit")),
    ("fee", "0.001", ("0.1%", "0.001%", "0.001/order", "0.001/unit")),  # a fraction as in Python, or a percentage
    ("fee", "1/order+0.1", ("1/order+0.1%", "1/order+0.1/order", "1/order+0.1/unit")),
    ("fee", "500", ("500/order", "500/unit")),  # no share of a fill
    ("fee", "0.02/maker", ("2%/maker", "0.02%/maker")),
    ("interest", "3", ("3%",)),
    ("borrow", "0.05", ("5%", "0.05%")),
    ("funding", "0.01", ("1%", "0.01%")),
    ("margin", "5", ("5%",)),
    ("maintenance", "0.1", ("10%", "0.1%")),
    ("participation", "0.1", ("10%", "0.1%")),
    ("slippage", "10/range", ("10%/range",)),
    ("slippage", "0.1/sqrt_volume", ("10%/sqrt_volume", "0.1%/sqrt_volume")),
    ("slippage", "5", ("5%", "5ticks", "5/unit")),
    ("slippage", "2ticks+1", ("2ticks+1%", "2ticks+1ticks", "2ticks+1/unit")),
]


@pytest.mark.parametrize("name, text, readings", UNCLEAR)
def test_a_bare_number_in_a_text_is_refused_with_its_readings(name: str, text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(UnclearError, match="can mean .* or |has no unit") as caught:
        read_assumptions({name: text, "tick": 0.01})
    assert caught.value.readings == readings
    for reading in readings:
        read_assumptions({name: reading, "tick": 0.01})


@pytest.mark.parametrize("name", ["fee", "slippage"])
def test_a_number_of_python_is_a_fraction_and_0_is_nothing_however_it_is_written(name: str) -> None:
    assert getattr(read_assumptions({name: 0.001}), name).fraction == 0.001
    assert read_assumptions({name: "0"}) == read_assumptions({name: 0}) == read_assumptions({name: "0%"})


REFUSED = [
    ({"fee": "0.1% after 1000"}, "`after 1_000_000 0.08%`, found after '1000'"),
    ({"fee": "0.1% after 0 0.05%"}, "fee: expected more than 0"),
    ({"fee": "0.1% after 1% 0.05%"}, "what was traded in the month"),
    ({"fee": "0.1% after 1000 0.05"}, "'0.05' after 1000 could mean several things; write a unit, such as"),
    ({"fee": "0.1% over 30d"}, "`over` says the days that tiers go by"),
    ({"fee": "0.1% after 1000 0.05% over 12h"}, "a number of days from 1d to 366d, such as over 30d, found over '12h'"),
    ({"fee": "0.1% after 1000 0.05% over 400d"}, "from 1d to 366d"),
    ({"fee": "0.1% after 2000 0.05% after 1000 0.02%"}, "tiers in rising order, found after 1000 behind after 2"),
    ({"fee": "0.1%" + "".join(f" after {n} 0%" for n in range(1, 11))}, "at most 9 tiers, found 10"),
    ({"spread": '"spread" in ticks', "tick": 0}, "spread in ticks needs `assume tick`"),
    ({"spread": '"spread" in pips'}, "a column in price, ticks, bp or percent, found in 'pips'"),
    ({"spread": '"bid" to "ask" in ticks'}, "bid and ask are prices"),
    ({"spread": '"a"+"b"'}, "expected one column, or one of bids to one of asks"),
    ({"spread": '"a" of "b"'}, "the name of a column in quotes"),
    ({"spread": '"spread"+1'}, "1 can mean 1%, 1ticks or 1/unit"),
    ({"slippage": '"slip"'}, "slippage: expected a number"),
    ({"fee": '"fee"'}, "fee: expected a number"),
    ({"slippage": "1bp after 1000 2bp"}, "there is no `after` of slippage"),
    ({"fee": "0.1 percent"}, "fee: expected a number"),
    ({"fee": "5/share"}, "expected /order or /unit"),
    ({"fee": "5/order+"}, "each side of"),
    ({"fee": -1}, "0 or more"),
    ({"fee": "nan"}, "expected a number, found 'nan'"),
    ({"fee": True}, "a text or a number"),
    ({"fee": None}, "a text or a number"),
    ({"slippage": "fast"}, "expected a number"),
    ({"slippage": "10ticks"}, "needs `assume tick`"),
    ({"slippage": "100%"}, "less than 100%"),
    ({"fee": "150%/taker"}, "at most 100%/taker"),
    ({"fee": "1%/makers"}, "or /maker or /taker after a share, found '1%/makers'"),
    ({"interest": "fast"}, "interest: expected a number, found 'fast'; write 3%"),
    ({"interest": -0.01}, "interest: expected 0 or more"),
    ({"margin": 0}, "margin: expected more than 0"),
    ({"margin": "120%"}, "margin: expected at most 100%"),
    ({"margin": "10%", "maintenance": "10%"}, "less than the margin of 10%, found 10%"),
    ({"maintenance": "100%"}, "less than the margin of 100%"),
    ({"participation": 0}, "participation: expected more than 0, found 0; none is no limit at all"),
    ({"participation": "150%"}, "participation: expected at most 100%"),
    ({"magnify": "AAPL_1m.csv"}, "magnify: expected a timeframe such as 30s, 15m"),
    ({"magnify": 5}, "what bars they are is said beside the data, --magnify FILE"),
    ({"latency": 1}, "latency: expected a number of bars, such as 1 bar, found 1; a shorter one needs shorter bars"),
    ({"latency": "200ms"}, "such as 1 bar, found '200ms'"),
    ({"latency": "1.5 bars"}, "latency: expected a whole number of bars from 0 to 100, found '1.5 bars'"),
    ({"latency": "101 bars"}, "latency: expected a whole number of bars from 0 to 100"),
    ({"latency": "1 bar", "fill": "this_close"}, "fills at the close that decides"),
    ({"leverage": "0.5"}, "leverage: expected a number of 1 or more, such as 5, found '0.5'"),
    ({"leverage": "20%"}, "leverage: expected a number, found '20%'; write 5, which is margin 20%"),
    ({"leverage": 5, "margin": "20%"}, "leverage and margin say the same"),
    ({"leverage": 20, "maintenance": "5%"}, "less than the margin of 5%, found 5%"),
    ({"borrow": "150%"}, "borrow: expected at most 100%, found '150%'"),
    ({"borrow": "5%/order"}, "borrow: expected a number"),
    ({"borrow": "-5%"}, "borrow: expected"),
    ({"borrow": ""}, 'such as 5%, or the name of a column in quotes, "borrow_rate"'),
    ({"funding": "-2ticks"}, "expected a share such as -0.01%, found '-2ticks'"),
    ({"funding": ""}, "the name of a column in quotes"),
    ({"funding": -1.5}, "expected at most 100%"),
    ({"slippage": "150%/range"}, "at most 100%/range"),
    ({"slippage": "2ticks/range"}, "expected a number, found '2ticks/range'"),
    ({"slippage": "1%/volume"}, "or /range after a share"),
    ({"spread": "1%/range"}, "expected /unit after a number, found"),
    ({"slippage": "1bp on entries"}, "there is no `on` of slippage"),
    ({"spread": "1% min 5"}, "there is no `min` of spread"),
    ({"spread": "2ticks"}, "spread in ticks needs `assume tick`"),
    ({"fee": "0.1% min 1 min 2"}, "`min` is said twice"),
    ({"fee": "0.1% min 5 max 1/order"}, "a maximum of 5 or more"),
    ({"fee": "0.1% min 1%"}, "expected min and a number"),
    ({"fee": "0.1% min"}, "expected min and a number"),
    ({"fee": "0.1% max 0"}, "more than 0"),
    ({"fee": "0.1% on both"}, "expected `on entries` or `on exits`"),
    ({"capital": 0}, "capital: expected more than 0, up to 1e300, found 0"),
    ({"capital": -1}, "capital: expected more than 0, up to 1e300, found -1"),
    ({"lot": -1}, "lot: expected 0 or more, up to 1e300, found -1"),
    ({"lot": True}, "lot: expected a text or a number, found True"),
    ({"interest": "10"}, "interest: 10 has no unit: write 10%"),
    ({"participation": "500"}, "participation: expected a share of at most 100%, written with its %, found 500"),
    ({"funding": "500"}, "funding: expected a share of at most 100%"),
    ({"slippage": "500/range"}, "slippage: expected a share of at most 100%"),
    ({"capital": ""}, "capital: expected a value, found an empty text"),
    ({"capital": np.bool_(True)}, "capital: expected a text or a number"),
    ({"capital": "much"}, "capital: expected a number"),
    ({"capital": "inf"}, "expected a number, found 'inf'"),
    ({"capital": "1e308"}, "up to 1e300, found '1e308'"),
    ({"point_value": 0}, "more than 0"),
    ({"fill": "next open"}, "did you mean next_open"),
    ({"path": "wrost"}, "did you mean worst"),
    ({"bracket": "now"}, "entry_bar, next_bar or next_decision"),
    ({"sizing": "later"}, "decision or fill"),
    ({"entries": "oco"}, "independent or one_cancels_other"),
    ({"model": "metatrader"}, "stratagem or tradingview"),
    ({"slipage": "1bp"}, "did you mean slippage"),
    ({"colour": "red"}, "unknown assumption 'colour'"),
    ({"session": "09:30-16:00"}, "not available yet"),
    ({"timezone": ""}, "America/New_York"),
    ({"currency": "euro"}, "currency: expected three to five capital letters, such as EUR, found 'euro'$"),
    ({"currency": "eur"}, "such as EUR, found 'eur'; write EUR"),
    ({"conversion": 0.9}, "the name of a column of the data in quotes"),
    ({"conversion": ""}, "of a rate that never moves write point_value 0.9"),
    ({"currency": 3}, "three to five capital letters"),
    ({"quote_currency": "dollar"}, "quote_currency: expected three to five capital letters"),
    ({"lot": "a few"}, "lot: expected a number"),
    ({"lot": 1e-310}, "lot: expected 1e-30 or more, or 0 for none, found 1e-310"),
    ({"tick": "1e-310"}, "tick: expected 1e-30 or more"),
]


@pytest.mark.parametrize("values, message", REFUSED)
def test_what_cannot_be_understood_is_refused_with_a_hint(values: dict[str, object], message: str) -> None:
    with pytest.raises(AssumptionError, match=message):
        read_assumptions(values)


def test_defaults_are_the_published_ones() -> None:
    echo = read_assumptions().echo()
    assert echo == {
        "model": "stratagem", "capital": 100_000.0, "fee": "0%", "slippage": "0%", "spread": "0%", "interest": "0%",
        "borrow": "0%", "funding": "0%", "margin": "100%", "maintenance": "0%",
        "participation": "none", "latency": "none", "fill": "next_open",
        "path": "worst", "bracket": "entry_bar", "sizing": "decision", "entries": "independent",
        "opens": "any_time", "lot": 0.0,
        "tick": 0.0, "minimum": 0.0, "point_value": 1.0, "timezone": "UTC",
    }  # fmt: skip
    unsaid = ("model", "leverage", "currency", "quote_currency", "conversion", "magnify")
    assert tuple(echo) == ("model", *[name for name in ASSUMPTIONS if name not in unsaid])


@pytest.mark.parametrize("name, written, said", [
    ("interest", "3%", "3%"), ("interest", 0.03, "3%"), ("borrow", "25bp", "0.25%"),
    ("borrow", '"rate"', "rate"), ("funding", "0.01%", "0.01%"),
    ("funding", -0.0001, "-0.01%"), ("funding", "-1bp", "-0.01%"), ("funding", '"funding rate"', "funding rate"),
    ("funding", "rate", "rate"), ("funding", 0, "0%"),
])  # fmt: skip
def test_what_holding_costs_reads_what_it_writes(name: str, written: object, said: str) -> None:
    made = read_assumptions({name: written})
    assert made.echo()[name] == said and read_assumptions({name: said}) == made
    assert made.digest() != read_assumptions({}).digest() or not written


def test_later_layers_override_earlier_ones() -> None:
    made = read_assumptions({"fee": "1%", "tick": "0.01"}, {"fee": "0.2%"}, {"capital": "50_000"})
    assert (made.fee.fraction, made.tick, made.capital) == (pytest.approx(0.002), 0.01, 50_000)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_sets_its_names_together(name: str) -> None:
    echo = read_assumptions({"model": name}).echo()
    assert all(echo[key] == value for key, value in MODELS[name].items()) and echo["model"] == name


def test_what_is_written_beside_a_model_overrides_it_in_any_order() -> None:
    made = read_assumptions({"path": "best", "model": "tradingview"})
    assert (made.path, made.capital) == ("best", 1_000_000)


def test_a_tick_may_come_in_a_later_layer_as_long_as_slippage_does_too() -> None:
    assert read_assumptions({"tick": 0.01}, {"slippage": "2ticks"}).slippage.ticks == 2


def test_the_hash_tells_assumptions_apart_and_nothing_else() -> None:
    base = read_assumptions({"fee": "0.1%"})
    assert base.digest() == read_assumptions({"fee": 0.001}).digest() and len(base.digest()) == 64
    others = [{"fee": "0.1001%"}, {"capital": 1}, {"path": "best"}, {"timezone": "Asia/Tokyo"}, {"slippage": 1e-15},
              {"fee": "0.1% min 1"}, {"fee": "0.1% max 1%"}, {"fee": "0.1% on exits"}, {"spread": 1e-15}]  # fmt: skip
    assert len({base.digest(), *(read_assumptions({"fee": "0.1%"}, other).digest() for other in others)}) == 10


def test_none_is_no_grid() -> None:
    assert read_assumptions({"lot": "none", "tick": None}) == Assumptions()


def test_a_leverage_is_a_margin_said_otherwise() -> None:
    """1 / 5 is 20 %; of several layers the last one counts, whichever it says."""
    for value in ("5", 5, 5.0):
        assert read_assumptions({"leverage": value}) == read_assumptions({"margin": "20%"})
    assert read_assumptions({"leverage": 1}).margin == 1.0
    assert read_assumptions({"margin": "20%"}, {"leverage": 2}).margin == 0.5
    assert read_assumptions({"leverage": 2}, {"margin": "20%"}).margin == 0.2
    assert read_assumptions({"leverage": "4"}).echo()["margin"] == "25%"
    assert read_assumptions({"leverage": "4"}).digest() == read_assumptions({"margin": "25%"}).digest()


def test_numbers_of_numpy_are_numbers() -> None:
    for value in (np.int64(5), np.float32(5), np.float64(5)):
        made = read_assumptions({"capital": value, "leverage": value, "fee": f"{value}%"})
        assert type(made.capital) is float and (made.capital, made.margin) == (5.0, 0.2)


def test_a_currency_is_told_where_one_is_said() -> None:
    plain, made = read_assumptions(), read_assumptions({"currency": '"EUR"'})
    assert made.echo() == plain.echo() | {"currency": "EUR"} and "currency" not in plain.echo()
    assert made.digest() != plain.digest()


def test_what_prices_are_in_is_the_accounts_unless_said() -> None:
    made = read_assumptions({"currency": "EUR"}, {"quote_currency": '"USD"'})
    assert made.echo() == read_assumptions().echo() | {"currency": "EUR", "quote_currency": "USD"}
    assert read_assumptions({"quote_currency": "USD"}, {"quote_currency": "none"}) == read_assumptions()


def test_a_conversion_is_a_column() -> None:
    made = read_assumptions({"conversion": '"usd eur"'})
    assert made.conversion == "usd eur" and made.echo()["conversion"] == "usd eur"
    assert read_assumptions({"conversion": '"usd"'}, {"conversion": "none"}) == read_assumptions()
