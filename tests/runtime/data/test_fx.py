"""Rates by hand: the pair, its inverse, a cross, what was known at an open, and never what came after."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.fx import Pairs, pair_of, read_pairs

from ..why.made import history, when

NAN = float("nan")
DAY = 86_400_000_000
BARS = {"symbol": "A", "timeframe": "1d"}


def pairs(**given: Any) -> Pairs:
    return read_pairs(given, {})


def rates(fx: Pairs, source: str, target: str, bars: sg.Bars, zone: str = "UTC") -> list[float]:
    return fx.route(source, target, "A").rates(bars, zone)[0].tolist()


def days(count: int, start: str = "2024-01-01") -> sg.Bars:
    return sg.load_bars(history([1.0] * count, start=start), **BARS)


@pytest.mark.parametrize("name, told", [
    ("EURUSD", ("EUR", "USD")), ("eur/usd", ("EUR", "USD")), ("EUR_USD_1h", ("EUR", "USD")),
    ("gbp-jpy", ("GBP", "JPY")),
    ("EURUSD=X", ("EUR", "USD")), ("OANDA:EURUSD", ("EUR", "USD")), ("DAT_ASCII_EURUSD_M1_2023", ("EUR", "USD")),
    ("rates", None), ("EUR", None), ("EURUSDX", None), ("EURUSD GBPUSD", None),
])  # fmt: skip
def test_a_pair_by_its_name(name: str, told: tuple[str, str] | None) -> None:
    assert pair_of(name) == told


def test_direct_inverse_and_cross() -> None:
    """The close of the day before is known at an open; 1.25 dollars a euro are 0.8 euros a dollar."""
    fx = pairs(EURUSD=history([2.0, 1.25, 4.0]), GBPUSD=history([4.0, 2.5, 2.0]), EURCHF=history([0.5, 0.5, 0.5]))
    bars = days(4)
    assert rates(fx, "EUR", "USD", bars)[1:] == [2.0, 1.25, 4.0]
    assert rates(fx, "USD", "EUR", bars)[1:] == [0.5, 0.8, 0.25]
    assert rates(fx, "GBP", "EUR", bars)[1:] == [2.0, 2.0, 0.5]  # GBPUSD over EURUSD
    assert rates(fx, "USD", "CHF", bars)[1:] == [0.25, 0.4, 0.125]
    asked = (("EUR", "USD"), ("USD", "EUR"), ("GBP", "EUR"), ("USD", "CHF"))
    told = [str(fx.route(*pair, "A")) for pair in asked]
    assert told == ["EURUSD", "1/EURUSD", "GBPUSD x 1/EURUSD", "1/EURUSD x EURCHF"]
    assert np.isnan(rates(fx, "EUR", "USD", bars)[0])


def test_the_pair_goes_before_its_inverse_and_both_before_a_cross() -> None:
    one = history([1.0, 1.0])
    fx = pairs(USDEUR=history([0.5, 0.5]), EURUSD=history([1.25, 1.25]))
    assert rates(fx, "EUR", "USD", days(2))[1] == 1.25 and rates(fx, "USD", "EUR", days(2))[1] == 0.5
    fx = pairs(USDCHF=one, EURCHF=one, GBPUSD=one, EURGBP=one, EURUSD=one)
    assert str(fx.route("EUR", "USD", "A")) == "EURUSD" and str(fx.route("GBP", "CHF", "A")) == "GBPUSD x USDCHF"
    with pytest.raises(sg.RunError, match="converts JPY, the money of A, to EUR, the account's: looked for JPYEUR, "
                                          "EURJPY, and a third .*; given are USDCHF, EURCHF, GBPUSD"):  # fmt: skip
        fx.route("JPY", "EUR", "A")


def test_a_close_counts_from_its_close_on() -> None:
    """Bars of two hours: that of 10:00 has closed at 12:00, no minute before."""
    fx = pairs(EURUSD=history([2.0, 4.0, 8.0], start="2024-01-02T08:00", hours=2))
    opens = ["2024-01-02T09:00", "2024-01-02T10:00", "2024-01-02T11:00", "2024-01-02T12:00", "2024-01-03T00:00"]
    table = {"ts": np.array(opens, "M8[us]"), **{n: np.ones(5) for n in ("open", "high", "low", "close", "volume")}}
    bars = sg.load_bars(table, symbol="A", timeframe="1h")
    rate, age = fx.route("EUR", "USD", "A").rates(bars, "UTC")
    assert np.isnan(rate[0]) and rate[1:].tolist() == [2.0, 2.0, 4.0, 8.0]
    assert age.tolist() == [-1, 0, DAY // 24, 0, DAY * 10 // 24]


def test_a_missing_close_and_a_gap_leave_the_last_one() -> None:
    fx = pairs(EURUSD=sg.load_bars(history([2.0, NAN, 4.0]), **BARS, policy="keep"))
    rate, age = fx.route("EUR", "USD", "A").rates(days(7), "UTC")
    assert rate[1:].tolist() == [2.0, 2.0, 4.0, 4.0, 4.0, 4.0] and (age // DAY).tolist() == [-1, 0, 1, 0, 1, 2, 3]


def test_of_a_cross_each_is_the_last_one_known_and_the_older_tells_the_age() -> None:
    fx = pairs(GBPUSD=history([4.0, 4.0], start="2023-12-24"), EURUSD=history([2.0, 1.0], start="2023-12-31"))
    rate, age = fx.route("GBP", "EUR", "A").rates(days(3), "UTC")
    assert rate.tolist() == [2.0, 4.0, 4.0] and (age // DAY).tolist() == [6, 7, 8]


@pytest.mark.parametrize("zone, known", [
    ("UTC", [1.0, 2.0]), ("America/New_York", [1.0, 1.0]), ("Asia/Tokyo", [1.0, 2.0]),
])  # fmt: skip
def test_dates_of_a_pair_beside_bars_of_hours(zone: str, known: list[float]) -> None:
    """The 2nd has passed at midnight of UTC, and in New York's calendar at 5:00 of the 3rd, UTC."""
    fx = pairs(EURUSD=sg.load_bars(history([1.0, 2.0]), **BARS))
    bars = sg.load_bars(history([1.0] * 5, start="2024-01-02T23:00", hours=1), symbol="A", timeframe="1h")
    assert rates(fx, "EUR", "USD", bars, zone)[:2] == known
    assert rates(fx, "EUR", "USD", sg.load_bars(history([1.0] * 5, start="2024-01-03T05:00", hours=1), symbol="A",
                                                timeframe="1h"), zone) == [2.0] * 5  # fmt: skip


@pytest.mark.parametrize("start, tz", [
    ("2024-01-01T22:00", None), ("2024-01-01T22:00", "America/New_York"), ("2024-01-01T05:00", None),
])  # fmt: skip
def test_a_day_that_is_stamped_off_midnight_counts_from_the_end_of_the_next(start: str, tz: str | None) -> None:
    """That of 22:00 of the 1st is under way until 22:00 of the 2nd, so that the 3rd is the first that knows it."""
    stamps = [str(each) + "Z" for each in history([1.0, 2.0, 4.0], start=start)["ts"]]
    prices = {name: np.array([1.0, 2.0, 4.0]) for name in ("open", "high", "low", "close")}
    for given in ({"ts": stamps, **prices}, sg.load_bars({"ts": stamps, **prices}, symbol="x", data_tz=tz)):
        fx = read_pairs({"EURUSD": given}, {"data_tz": tz})
        assert fx.every[0].off
        assert rates(fx, "EUR", "USD", days(5))[2:] == [1.0, 2.0, 4.0]
        assert np.isnan(rates(fx, "EUR", "USD", days(5))[1])


def test_hours_of_a_pair_beside_dates() -> None:
    """The 2nd begins at 17:00 in New York on the 1st, 22:00 of UTC; in Tokyo's calendar at 15:00 of UTC."""
    fx = pairs(EURUSD=history(np.arange(1.0, 49.0), start="2024-01-01", hours=1))
    assert rates(fx, "EUR", "USD", days(2))[1] == 22.0  # the bar of 21:00, which closed at 22:00
    assert rates(fx, "EUR", "USD", days(2), "Asia/Tokyo")[1] == 15.0
    assert rates(fx, "EUR", "USD", days(2), "America/Los_Angeles")[1] == 22.0


@pytest.mark.parametrize("hours, own", [(24, 24), (1, 1), (24, 1), (1, 24), (4, 1)])
def test_nothing_that_closed_after_an_open_is_read(hours: int, own: int) -> None:
    """Law 2: whatever comes after changes no rate before it."""
    closes = np.random.default_rng(7).uniform(0.5, 2.0, 24 * 12 // hours)
    bars = sg.load_bars(history([1.0] * (240 // own), start="2024-01-02", hours=own), symbol="A",
                        timeframe=f"{own}h" if own < 24 else "1d")  # fmt: skip
    whole = pairs(EURUSD=history(closes, hours=hours)).route("EUR", "USD", "A").rates(bars, "UTC")[0]
    seen = 0
    for cut in range(1, len(closes), 1 + len(closes) // 17):
        later = np.where(np.arange(len(closes)) >= cut, closes + 5.0, closes)
        made = pairs(EURUSD=history(later, hours=hours)).route("EUR", "USD", "A").rates(bars, "UTC")[0]
        closed = when("2024-01-01") + (cut + 1) * hours * DAY // 24
        before = bars.ts < closed
        assert np.array_equal(made[before], whole[before], equal_nan=True)
        changed = bars.ts >= closed + (DAY if hours != own else 0)
        assert (made[changed] != whole[changed]).all()
        seen += int(changed.sum())
    assert seen


@pytest.mark.parametrize("given, told", [
    (3, "expected the path of a pair's bars, or pairs by name, found 3"),
    ({"rates": history([1.0])}, "rates names no pair of two currencies, such as EURUSD: name it"),
    (history([1.0]), "names no pair"),
    ({"EUREUR": history([1.0, 1.0])}, "'?EUREUR'? is of one currency"),
    ([{"EURUSD": history([1.0, 1.0])}, {"eur/usd": history([1.0, 1.0])}], "EURUSD is given twice"),
    ({"EURUSD": history([1.0])}, "how long a bar of EURUSD lasts cannot be told from so few: give more"),
    ("nowhere.csv", "fx: 'nowhere.csv' cannot be read"),
    ({"EURUSD": sg.load_bars(history([1.0, 0.0]), **BARS, policy="keep")},
     "a close of EURUSD is 0, of the bar that closed at 2024-01-03"),
])  # fmt: skip
def test_what_is_no_pair_is_told(given: Any, told: str) -> None:
    with pytest.raises((sg.RunError, ValueError), match=told):
        read_pairs(given, {})


def test_every_way_to_give_pairs(tmp_path: Any) -> None:
    text = "date,open,high,low,close\n2024-01-01,2,2,2,2\n2024-01-02,4,4,4,4\n"
    for name in ("EURUSD.csv", "GBPUSD.csv"):
        (tmp_path / name).write_text(text)
    table = tmp_path.parent / f"{tmp_path.name}.csv"
    table.write_text("symbol," + text.replace("2024", "EURUSD,2024", 1).replace("\n2024", "\nGBPUSD,2024"))
    bars = sg.load_bars(history([1.0]), symbol="EURUSD", timeframe="1d")
    told = [(str(tmp_path / "EURUSD.csv"), "EURUSD"), (tmp_path, "EURUSD, GBPUSD"), (bars, "EURUSD"),
            ([bars, tmp_path / "GBPUSD.csv"], "EURUSD, GBPUSD"), ({"GBPUSD": tmp_path / "EURUSD.csv"}, "GBPUSD"),
            (sg.Panel((bars,)), "EURUSD"), (str(table), "EURUSD, GBPUSD")]  # fmt: skip
    for given, names in told:
        assert str(read_pairs(given, {"timeframe": "1d"})) == names
