"""Both engines against the ledger of legs: random programs of `atomic` and `sequence` over bars of several symbols."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.machine.engines import ENGINES

from .legs import LegLedger
from .legs_program import Group, Leg, Plain, Play, Row

SEEDS, SOAKED, DAYS = 60, 4_000, 14
FIRST = datetime(2024, 1, 1)


def drawn(seed: int) -> Play:
    """Groups and sequences of symbols of their own, exits and entries beside them."""
    random = Random(seed)
    symbols = tuple("ABCDE"[: random.randint(2, 5)])
    whole = random.random() < 0.5
    price = {name: random.choice([5.0, 20.0, 50.0, 100.0]) for name in symbols}
    bars: dict[str, dict[int, tuple[float, float]]] = {name: {} for name in symbols}
    for day in range(DAYS):
        for name in symbols:
            opened = round(price[name] * random.uniform(0.95, 1.05), 2)
            price[name] = round(opened * random.uniform(0.93, 1.07), 2)
            if whole or day == 0 or random.random() < 0.7:
                bars[name][day] = opened, price[name]
    limits: dict[str, float] = {"exposure": random.choice([1.0, 1.0, 0.8, 1.5, 3.0])}
    if random.random() < 0.3:
        limits["position"] = random.choice([0.3, 0.6])
    if random.random() < 0.3:
        limits["positions"] = float(random.randint(1, 3))
    return Play(
        symbols, bars, tuple(_statements(random, symbols, whole)), limits, fee=random.choice([0.0, 0.0, 0.01]),
        lot=random.choice([0.0, 0.0, 1.0]), at_close=random.random() < 0.25,
    )  # fmt: skip


def _statements(random: Random, symbols: tuple[str, ...], whole: bool) -> list[Group | Plain]:
    """Each group has symbols of its own; what comes between is an exit, and where no bar is missing an entry."""
    left, found = list(symbols), []
    random.shuffle(left)
    while left:
        mine, left = left[:2], left[2:]
        word = random.choice(["atomic", "sequence"]) if len(mine) > 1 else "sequence"
        legs = mine if word == "atomic" else [random.choice(mine) for _ in range(random.randint(1, 3))]
        found.append(Group(word, _days(random, 0.5), tuple(_leg(random, name) for name in legs)))
    for name in symbols:
        if random.random() < 0.3:
            found.append(Plain("exit", random.choice([1, -1]), name, _days(random, 0.25)))
        if whole and random.random() < 0.2:
            found.append(Plain("enter", random.choice([1, -1]), name, _days(random, 0.2), random.choice([1.0, 3.0])))
    return found


def _days(random: Random, share: float) -> frozenset[int]:
    return frozenset(day for day in range(DAYS) if random.random() < share)


def _leg(random: Random, name: str) -> Leg:
    word = random.choice(["buy", "sell", "flatten", "hold"])
    if word == "flatten":
        return Leg(word, name)
    sizing = random.choice(["percent", "percent", "units", "cash"])
    sizes = {"percent": (0.2, 0.3, 0.5, 0.9), "units": (1.0, 2.5, 6.0), "cash": (100.0, 333.0)}[sizing]
    signs = (1, -1) if word == "hold" else (1,)
    return Leg(word, name, sizing, {day: random.choice(sizes) * random.choice(signs) for day in range(DAYS)})


# --- as a program -------------------------------------------------------------------------------------


def text_of(play: Play) -> str:
    lines = [f"on {', '.join(play.symbols)} every 1d", f"assume capital {play.capital:g}"]
    lines += [f"assume fee {play.fee * 100:g}%"] if play.fee else []
    lines += [f"assume lot {play.lot:g}"] if play.lot else []
    lines += ["assume fill this_close"] if play.at_close else []
    for name, limit in play.limits.items():
        lines.append(f"guard {name} {limit:g}" if name == "positions" else f"guard {name} {limit * 100:g}%")
    for place, each in enumerate(play.statements):
        when = f'when column("w{place}") > 0'
        if isinstance(each, Plain):
            size = f" size {each.units:g} units" if each.word == "enter" else ""
            lines.append(f"{each.word} {'long' if each.side > 0 else 'short'} {each.symbol} {when}{size}")
            continue
        lines.append(f"{each.word} {when}")
        for nth, leg in enumerate(each.legs):
            written = {"percent": " * 100%", "units": " units", "cash": " cash"}[leg.sizing]
            size = f' size column("s{place}_{nth}"){written}' if leg.size else ""
            lines.append(f"  {leg.word} {leg.symbol}{size}")
    return "\n".join(lines) + "\n"


def data_of(play: Play) -> dict[str, dict[str, Any]]:
    found = {}
    for name in play.symbols:
        days = sorted(play.bars[name])
        opened, closed = (np.array([play.bars[name][day][at] for day in days]) for at in (0, 1))
        columns: dict[str, Any] = {
            "ts": np.datetime64(FIRST, "us") + np.array(days) * np.timedelta64(1, "D"), "open": opened,
            "high": np.maximum(opened, closed), "low": np.minimum(opened, closed), "close": closed,
        }  # fmt: skip
        for place, each in enumerate(play.statements):
            columns[f"w{place}"] = np.array([float(day in each.when) for day in days])
            for nth, leg in enumerate(each.legs if isinstance(each, Group) else ()):
                if leg.size:
                    columns[f"s{place}_{nth}"] = np.array([leg.size[day] for day in days])
        found[name] = columns
    return found


def rows_of(result: sg.Result) -> list[Row]:
    """The rows of orders, as the ledger has them."""

    def day(time: datetime | None) -> int:
        return -1 if time is None else (time.replace(tzinfo=None) - FIRST).days

    return [
        Row(row["symbol"], row["statement"], day(row["time"]), row["asked"] or 0.0, row["status"], row["reason"],
            row["got"] or 0.0, day(row["fill_time"]), row["fill_price"] or 0.0)
        for row in result.orders.to_pylist()
    ]  # fmt: skip


def told(row: Row) -> tuple[Any, ...]:
    """A row to compare: quantities and prices in seven digits."""
    numbers = (float(f"{value:.7g}") for value in (row.asked, row.got, row.price))
    return row.symbol, row.statement, row.day, row.status, row.reason, row.filled, *numbers


def faults(play: Play, engines: tuple[str, ...] = ENGINES) -> list[str]:
    """Where an engine and the ledger differ."""
    program, data, found = sg.compile(text_of(play)), data_of(play), []
    ledger = LegLedger(play).end()
    for engine in engines:
        result = program.backtest(data, timeframe="1d", engine=engine)
        mine, theirs = sorted(map(told, ledger.rows), key=str), sorted(map(told, rows_of(result)), key=str)
        found += [f"ledger      {row}" for row in mine if row not in theirs]
        found += [f"{engine:11} {row}" for row in theirs if row not in mine]
        equity = result.equity.to_pydict()["equity"]
        if not np.allclose(equity, ledger.equity, rtol=1e-9, atol=1e-6):
            found.append(f"{engine}: equity {equity}, ledger {ledger.equity}")
    return found


def smaller(play: Play) -> Play:
    """The same with as few statements as still differ."""
    for place in range(len(play.statements) - 1, -1, -1):
        fewer = replace(play, statements=play.statements[:place] + play.statements[place + 1 :])
        if any(isinstance(each, Group) for each in fewer.statements) and faults(fewer, ENGINES[:1]):
            play = fewer
    return play


def hold(seed: int, engines: tuple[str, ...] = ENGINES) -> None:
    if faults(drawn(seed), engines):
        play = smaller(drawn(seed))
        bars = [f"{name} {dict(days)}" for name, days in play.bars.items()]
        when = [f"{place}: {sorted(each.when)}" for place, each in enumerate(play.statements)]
        pytest.fail("\n".join([f"seed {seed}", text_of(play), *bars, *when, *faults(play)]), pytrace=False)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_legs_are_played_as_the_ledger_does(seed: int) -> None:
    hold(seed, ENGINES if seed % 10 == 0 else ENGINES[-1:])


@pytest.mark.soak
def test_legs_are_played_as_the_ledger_does_many_times() -> None:
    for seed in range(SEEDS, SOAKED):
        hold(seed, ENGINES[-1:])
