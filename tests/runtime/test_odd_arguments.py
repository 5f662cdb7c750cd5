"""Whatever a host gives for whatever argument: it is right, or one error of ours says what was expected."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import stratagem as sg
from stratagem.runtime.results.folder import WriteError
from stratagem.runtime.results.report.view import View
from stratagem.runtime.results.result import Result
from stratagem.runtime.run.backtest import backtest

OURS = (sg.RunError, sg.CompileError, sg.DataError)
TEXT = """
param n = 5 in 2 to 50
param r = 2%
param up = true
param lone = 3
plot close as "c"
enter long when close > sma(close, n) and up and close > lone size 20% stop r
exit long when close < sma(close, n)
"""


class Hostile:
    """An object that answers nothing."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")

    def __float__(self) -> float:
        raise RuntimeError("no float")

    def __len__(self) -> int:
        raise RuntimeError("no len")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no comparison")

    __hash__ = None  # type: ignore[assignment]


ODD: dict[str, Any] = {
    "None": None, "True": True, "-1": -1, "0": 0, "1.5": 1.5, "nan": float("nan"), "inf": float("inf"),
    "10**400": 10**400, "nothing": "", "x": "x", "zero": "a\0b", "1e400": "1e400", "half": "\ud800",
    "long": "9" * 5000, "bytes": b"x", "list": [], "list of 1": [1], "nested": [[1], [2]], "dict": {},
    "no name": {1: 2}, "object": object(), "array": np.array([10]), "empty": np.array([]), "matrix": np.zeros((2, 2)),
    "np nan": np.float64("nan"), "NaT": np.datetime64("NaT"), "datetime": dt.datetime(2020, 1, 1),
    "date": dt.date(2020, 1, 1), "timedelta": dt.timedelta(1), "Decimal": Decimal("NaN"), "sNaN": Decimal("sNaN"),
    "Fraction": Fraction(1, 3), "complex": 1j, "set": {1}, "lambda": lambda: 0, "type": int, "range": range(3),
    "memoryview": memoryview(b"ab"), "...": ..., "hostile": Hostile(), "half a name": {"\ud800": 1},
    "array of 1": np.array([1.0]), "no dimension": np.array(3.0), "np complex": np.complex64(3 + 1j),
    "np int": np.int64(5), "Series": pd.Series([1, 2]), "frame": pd.DataFrame({"a": [1, 2]}), "NA": pd.NA,
}  # fmt: skip
BAR = {"ts": 0, "open": 1.0, "high": 1.0, "low": 1.0, "close": 1.0, "volume": 1.0}
ASSUMED = ("capital", "fee", "slippage", "lot", "tick", "path", "fill", "bracket", "sizing", "entries", "model",
           "point_value", "timezone", "tz")  # fmt: skip
LOADING = ("symbol", "timeframe", "data_from", "data_to", "data_tz", "policy", "columns", "time_format", "resample")

PROGRAM = sg.compile(TEXT)
BARS = sg.load_bars("sample:AAPL").rows(0, 40)
RESULT = sg.compile(TEXT).backtest(BARS, engine="interpreted")
VIEW = View("a page", "<html></html>")


def run(**options: Any) -> Result:
    return PROGRAM.backtest(BARS, engine="interpreted") if not options else PROGRAM.backtest(
        BARS, **{"engine": "interpreted", **options}
    )  # fmt: skip


def session(**options: Any) -> sg.Session:
    return PROGRAM.session(**{"timeframe": "1d", **options})


def at_a_venue() -> sg.Session:
    """One that has asked for an order."""
    found = sg.compile("enter long when true").session(timeframe="1d", fills="venue")
    found.push(sg.Bar(**BAR))
    return found


def columns(name: str, value: Any) -> dict[str, Any]:
    given: dict[str, Any] = {field: getattr(BARS, field) for field in ("open", "high", "low", "close", "volume")}
    return {"ts": BARS.ts.astype("datetime64[us]"), **given, name: value}


def mixed(name: str, value: Any) -> list[Any]:
    """A column of numbers, or of times, with one other thing in it."""
    return [*np.asarray(columns("own", BARS.close)[name])[:-1].tolist(), value]


CALLS: dict[str, Callable[[Any], object]] = {
    "compile": sg.compile,
    "evaluate expression": lambda v: sg.evaluate(v, BARS, engine="interpreted"),
    "evaluate data": lambda v: sg.evaluate("close", v, engine="interpreted"),
    "evaluate engine": lambda v: sg.evaluate("close", BARS, engine=v),
    "evaluate params": lambda v: sg.evaluate("close", BARS, engine="interpreted", params=v),
    "load source": sg.load_bars,
    "zone": PROGRAM.with_zone,
    "series": lambda v: RESULT.series[v],
    "stats": lambda v: RESULT.stats[v],
    "summary colour": lambda v: RESULT.summary(colour=v),
    "summary ascii": lambda v: RESULT.summary(ascii=v),
    "report": RESULT.report,
    "write": lambda v: RESULT.write(v, report=False),
    "summary width": lambda v: RESULT.summary(width=v),
    "write format": lambda v: RESULT.write("written", report=False, format=v),
    "save": lambda v: VIEW.save(v),
    "write report": lambda v: RESULT.write("written", report=v),
    "pdf": RESULT.pdf,
    "write pdf": lambda v: RESULT.write("written", report=False, pdf=v),
    "push": lambda v: session().push(v),
    "push extra": lambda v: session().push(sg.Bar(**BAR), v),
    "push own": lambda v: sg.compile('enter long when column("own") > 1').session(timeframe="1d").push(
        sg.Bar(**BAR), {"own": v}
    ),
    "restore": lambda v: session().restore(v),
    "has run": lambda v: session().has_run(v),
    "rows first": lambda v: BARS.rows(v, 3),
    "rows stop": lambda v: BARS.rows(0, v),
    "between begin": lambda v: BARS.between(v),
    "between end": lambda v: BARS.between(None, v),
    "backtest data": lambda v: PROGRAM.backtest(v, engine="interpreted"),
    "sweep data": lambda v: PROGRAM.sweep(v, {"n": [3]}),
    "sweep grid": lambda v: PROGRAM.sweep(BARS, v),
    "sweep grid n": lambda v: PROGRAM.sweep(BARS, {"n": v}),
    "sweep grid n 1": lambda v: PROGRAM.sweep(BARS, {"n": [v]}),
    "verify data": lambda v: PROGRAM.verify(v),
}  # fmt: skip
for field in BAR:
    CALLS[f"push {field}"] = lambda v, field=field: session().push(sg.Bar(**{**BAR, field: v}))
for name in (*LOADING, "on", "tz"):
    CALLS[f"load {name}"] = lambda v, name=name: sg.load_bars("sample:AAPL", **{name: v})
for name in LOADING:
    CALLS[f"backtest {name}"] = lambda v, name=name: backtest(
        PROGRAM, "sample:AAPL", engine="interpreted", to="2010-03-01", **{name: v}
    )
for name in ("params", "engine", "monitors", "from_", "to", "close_at_end", "assumptions", "strict", *ASSUMED):
    CALLS[f"backtest {name}"] = lambda v, name=name: run(**{name: v})
for name in ("ack", "cancel", "trigger", "unknown", "reject"):
    CALLS[f"on {name}"] = lambda v, name=name: getattr(at_a_venue(), f"on_{name}")(v)
    CALLS[f"on {name} time"] = lambda v, name=name: getattr(at_a_venue(), f"on_{name}")(0, time=v)
for name in ("order", "quantity", "price", "fee", "time", "fill"):
    CALLS[f"on fill {name}"] = lambda v, name=name: at_a_venue().on_fill(
        **{"order": 0, "quantity": 1.0, "price": 9.0, name: v}
    )
CALLS["on reject reason"] = lambda v: at_a_venue().on_reject(0, v)
CALLS["on price"] = lambda v: at_a_venue().on_price(v)
CALLS["session fills"] = lambda v: session(fills=v)
CALLS["session policy"] = lambda v: session(policy=v)
for name in ("params", "engine", "monitors", "timeframe", "assumptions", "state", *ASSUMED):
    CALLS[f"session {name}"] = lambda v, name=name: session(**{name: v}).push(sg.Bar(**BAR))
for name in ("params", "engine", "from_", "to", "close_at_end", "assumptions", "threads", "metric", "where", "limit"):
    CALLS[f"sweep {name}"] = lambda v, name=name: PROGRAM.sweep(BARS, {"n": [3]}, **{name: v})
for name in ("params", "engines", "from_", "close_at_end", "assumptions", "seed", "effort", "monitors"):
    CALLS[f"verify {name}"] = lambda v, name=name: PROGRAM.verify(BARS.rows(0, 4), **{name: v})
for name in ("symbol", "timeframe", "extra", "notes", "unread", "ts", "high", "volume"):
    CALLS[f"Bars {name}"] = lambda v, name=name: PROGRAM.backtest(replace(BARS, **{name: v}), engine="interpreted")
for name in ("n", "r", "up", "lone"):
    CALLS[f"parameter {name}"] = lambda v, name=name: run(params={name: v})
for name in ("ts", "open", "close", "volume", "own"):
    CALLS[f"column {name}"] = lambda v, name=name: sg.load_bars(columns(name, v))
    CALLS[f"cells of {name}"] = lambda v, name=name: sg.load_bars(columns(name, [v] * len(BARS)))
    CALLS[f"a cell of {name}"] = lambda v, name=name: sg.load_bars(columns(name, mixed(name, v)))

ALSO: dict[str, tuple[type[Exception], ...]] = {
    "compile": (OSError,), "series": (KeyError,), "stats": (KeyError,), "report": (WriteError,),
    "save": (WriteError,), "write": (WriteError,), "pdf": (WriteError,),
}  # fmt: skip
"""What besides our errors is the answer: no file, no key, a disk that refuses."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[None]:
    """A name is a path, too: files that come to be are made elsewhere."""
    before = Path.cwd()
    os.chdir(tmp_path)
    yield
    os.chdir(before)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("call", CALLS)
def test_an_odd_argument_is_right_or_one_error_of_ours(call: str) -> None:
    for name, value in ODD.items():
        try:
            CALLS[call](value)
        except (*OURS, *ALSO.get(call, ())) as error:
            told = str(error)
            assert told and len(told) < 1500, f"{call} of {name}: {told}"
            assert isinstance(error, sg.CompileError) or "\n" not in told, f"{call} of {name}: {told}"
        except Exception as error:
            raise AssertionError(f"{call} of {name}: {type(error).__name__}: {error}") from error


@pytest.mark.parametrize(("call", "value", "message"), [
    ("push extra", 5, r"`extra` is a mapping of the data's own columns to values, found 5"),
    ("parameter n", 10**400, r"parameter `n` is a number up to 1e300, found|parameter `n` is a number, found 1000"),
    ("parameter n", np.array([10]), r"parameter `n` is a number, found array\(\[10\]\)"),
    ("backtest close_at_end", "no", r"close_at_end: expected True or False, found 'no'"),
    ("session assumptions", 5, r"`assumptions` is a mapping of names to values; found 5"),
    ("sweep threads", float("nan"), r"threads: expected a whole number of 1 or more, found nan"),
    ("parameter lone", np.complex128(3 + 1j), r"parameter `lone` is a number, found np.complex128\(3\+1j\)"),
    ("push close", np.complex128(1 + 1j), r"is no bar: .*close np.complex128\(1\+1j\)"),
    ("push close", np.array([1.0]), r"is no bar: .*close array\(\[1\.\]\)"),
    ("sweep grid n", np.array(3.0), r"the grid of `n` is a list of values, found array\(3\.\)"),
    ("backtest strict", np.zeros(2), r"strict: expected True or False, found array"),
    ("verify seed", "x", r"seed: expected a whole number of 0 or more, found 'x'"),
])  # fmt: skip
def test_the_error_says_what_was_expected(call: str, value: Any, message: str) -> None:
    with pytest.raises(sg.RunError, match=message):
        CALLS[call](value)


@pytest.mark.parametrize(("field", "value", "message"), [
    ("timeframe", "1d", r"bars: timeframe is '1d'; expected a Timeframe"),
    ("symbol", None, r"bars: symbol is None; expected a text"),
    ("extra", None, r"bars: extra is None; expected a mapping of names to columns"),
    ("notes", ["read"], r"bars: notes is \['read'\]; expected a tuple of texts"),
])  # fmt: skip
def test_bars_made_by_hand_are_of_their_kinds(field: str, value: Any, message: str) -> None:
    with pytest.raises(sg.DataError, match=message):
        replace(BARS, **{field: value})


def test_a_seed_of_numpy_is_the_seed() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = PROGRAM.verify(BARS.rows(0, 9), seed=np.int64(5))
    assert found.text() == PROGRAM.verify(BARS.rows(0, 9), seed=5).text()


def test_a_time_is_a_time_for_data_too() -> None:
    begun = sg.load_bars("sample:AAPL", data_from=dt.datetime(2011, 1, 1), data_to=dt.date(2012, 1, 1))
    assert str(begun.ts[0].astype("datetime64[us]"))[:10] == "2011-01-03"
