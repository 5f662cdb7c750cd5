"""Which column is which."""

from __future__ import annotations

import pytest
from stratagem.runtime.data import DataError
from stratagem.runtime.data.headers import distinct, field_of, find_roles, repeated

OHLC = ["open", "high", "low", "close"]


@pytest.mark.parametrize(
    ("headers", "ts", "clock"),
    [
        (["date", *OHLC], "date", ""),
        (["Time", *OHLC], "Time", ""),
        (["Date", "Time", *OHLC], "Date", "Time"),
        (["<DATE>", "<TIME>", *OHLC], "<DATE>", "<TIME>"),
        (["unix", "date", *OHLC], "unix", ""),  # an instant rather than a text without a zone
        (["date", "timestamp", *OHLC], "timestamp", ""),
        (["Open time", *OHLC, "Close time"], "Open time", ""),
        (["__index_level_0__", *OHLC], "__index_level_0__", ""),
    ],
)
def test_the_time(headers: list[str], ts: str, clock: str) -> None:
    roles = find_roles(headers, "a")
    assert (roles.ts, roles.clock) == (ts, clock)
    assert not {ts, clock} & set(roles.extra)


def test_the_plain_price_wins_over_the_adjusted_one() -> None:
    roles = find_roles(["date", "Adj Close", "Adj. Open", *OHLC], "a")
    assert (roles.close, roles.open) == ("close", "open")
    assert roles.extra == ("Adj Close", "Adj. Open")


def test_an_adjusted_close_alone_is_no_close() -> None:
    with pytest.raises(DataError, match="no column for close; its columns are .*--column close='Adj Close'"):
        find_roles(["date", "Adj Close"], "a")
    assert find_roles(["date", "Adj Close"], "a", {"close": "Adj Close"}).close == "Adj Close"


@pytest.mark.parametrize("close", ["close", "Close/Last", "price", "LAST", "settle", "value"])
def test_a_close_may_stand_alone(close: str) -> None:
    roles = find_roles(["date", close], "a")
    assert (roles.close, roles.open, roles.high, roles.low, roles.volume) == (close, "", "", "", "")


def test_a_letter_is_a_price_only_beside_the_others() -> None:
    """`c` among `a` and `b` may be anything."""
    roles = find_roles(["t", "o", "h", "l", "c", "v"], "a")
    assert (roles.open, roles.high, roles.low, roles.close, roles.volume) == ("o", "h", "l", "c", "v")
    assert find_roles(["when", "o", "h", "l", "px"], "a", {"time": "when", "close": "px"}).open == "o"
    assert find_roles(["date", "c", "price"], "a").close == "price"
    with pytest.raises(DataError, match="no column for close; its columns are 'when', 'a', 'b', 'c', 'px', 'qty'"):
        find_roles(["when", "a", "b", "c", "px", "qty"], "a", {"time": "when"})
    with pytest.raises(DataError, match="no column for open;"):
        find_roles(["date", "h", "l", "c"], "a")


@pytest.mark.parametrize("headers", [["t", "o", "h", "l", "c", "v"], ["T", "O", "H", "L", "C", "V"]])
def test_letters_beside_letters_are_what_they_are_called(headers: list[str]) -> None:
    roles = find_roles(headers, "a")
    assert (roles.ts, roles.volume, roles.extra, roles.notes) == (headers[0], headers[5], (), ())


def test_a_time_or_a_volume_of_one_letter_beside_words_is_a_guess_and_told() -> None:
    roles = find_roles(["t", *OHLC, "v"], "a")
    assert (roles.ts, roles.volume, roles.extra) == ("t", "v", ())
    told = "is taken for the {}, by its letter alone, as no other is called so: --column {}=NAME says which it is"
    assert roles.notes == tuple(f"column {name!r} " + told.format(field, field)
                                for name, field in (("t", "time"), ("v", "volume")))  # fmt: skip
    given = find_roles(["t", *OHLC, "v"], "a", {"time": "t", "volume": "v"})
    assert (given.ts, given.volume, given.notes) == ("t", "v", ())


@pytest.mark.parametrize(
    ("headers", "ts", "volume"),
    [
        (["t", "date", *OHLC, "v", "vol"], "date", "vol"),
        (["t", "time", *OHLC, "v", "volume usdt"], "time", "volume usdt"),
        (["t", "stamp", *OHLC, "v", "tick_volume"], "stamp", "tick_volume"),
    ],
)
def test_a_word_comes_before_a_letter(headers: list[str], ts: str, volume: str) -> None:
    roles = find_roles(headers, "a")
    assert (roles.ts, roles.volume, roles.extra, roles.notes) == (ts, volume, ("t", "v"), ())


def test_prices_are_complete_or_only_a_close() -> None:
    with pytest.raises(DataError, match="no column for low"):
        find_roles(["date", "open", "high", "close"], "a")
    with pytest.raises(DataError, match="no column for open"):
        find_roles(["date", "high", "close"], "a")


@pytest.mark.parametrize(
    ("header", "role"),
    [("Volume", "volume"), ("vol", "volume"), ("Volume USDT", "volume"), ("tick_volume", "volume"),
     ("Ticker", "symbol"), ("SYMBOL", "symbol"), ("instrument", "symbol")],
)  # fmt: skip
def test_volume_and_symbol(header: str, role: str) -> None:
    roles = find_roles(["date", *OHLC, header], "a")
    assert getattr(roles, role) == header
    assert roles.extra == ()


def test_of_two_volumes_the_plain_one_is_taken() -> None:
    roles = find_roles(["date", *OHLC, "Volume BTC", "Volume"], "a")
    assert (roles.volume, roles.extra) == ("Volume", ("Volume BTC",))


def test_the_message_shows_a_dozen_columns_at_most() -> None:
    with pytest.raises(DataError, match=r"'c11', …\. "):
        find_roles([f"c{n}" for n in range(40)], "a")


def test_names_that_are_all_different() -> None:
    assert distinct(["MA", "MA", "MA_2", "MA", "RSI"]) == ["MA", "MA_2", "MA_2_2", "MA_3", "RSI"]
    assert repeated(["MA", "MA", "MA_2", "MA", "RSI"]) == ["MA"]
    assert len(set(distinct(["a"] * 20_000))) == 20_000  # in linear time


@pytest.mark.parametrize(
    "header", ["Close", "<CLOSE>", "4. close", "4a. close (USD)", "CLOSE*", "Clôture", "ZAMKNIĘCIE", "收盘"]
)
def test_spellings_of_one_field(header: str) -> None:
    assert field_of(header) == "close"


@pytest.mark.parametrize("header", ["Adj Close", "Close (adj)", "close_2", "preclose", "closed", ""])
def test_what_spells_no_field(header: str) -> None:
    assert field_of(header) == ""


def test_prices_are_of_one_family() -> None:
    bid, ask = ([f"{side}_{price}" for price in OHLC] for side in ("bid", "ask"))
    roles = find_roles(["time", *ask, *bid], "a")
    assert (roles.open, roles.close) == ("bid_open", "bid_close")
    assert roles.extra == tuple(ask)
    assert find_roles(["time", *ask, "bid_open", "bid_close"], "a").close == "ask_close"  # the bid is not whole
    assert find_roles(["time", *OHLC, *bid], "a").close == "close"
    assert find_roles(["time", "openBid", "highBid", "lowBid", "closeBid"], "a").low == "lowBid"
    assert any("adjusted" in note for note in find_roles(["date", *(f"adj_{p}" for p in OHLC)], "a").notes)
