"""Small histories made by hand, and the parts of an answer by what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import stratagem as sg
from stratagem.runtime.results.result import Result
from stratagem.runtime.why.answer import BarAnswer, Part, StatementAnswer
from stratagem.runtime.why.why import Why


def history(closes: Sequence[float], *, start: str = "2024-01-01", hours: int = 24, **columns: Any) -> dict[str, Any]:
    """Bars whose four prices are the close, unless columns say otherwise."""
    close = np.array(closes, dtype=float)
    ts = np.datetime64(start, "us") + np.arange(len(close)) * np.timedelta64(hours, "h")
    prices = dict.fromkeys(("open", "high", "low", "close"), close)
    return {"ts": ts, **prices, "volume": np.ones(len(close)), **{n: np.array(v) for n, v in columns.items()}}


def run(text: str, data: object, **options: Any) -> Result:
    return sg.compile(text).backtest(data, **{"engine": "interpreted", **options})


def bar(why: Why) -> BarAnswer:
    assert why.bar is not None
    return why.bar


def statement(why: Why, number: int = 1) -> StatementAnswer:
    return next(s for s in bar(why).statements if s.number == number)


def part(answer: StatementAnswer, called: str) -> Part:
    """The part of this name or text."""
    every = [p for tree in (answer.condition, *(c.part for c in answer.clauses)) for p in tree.all()]
    return next(p for p in every if called in (p.name, p.text))


def when(text: str) -> int:
    """µs since 1970."""
    return int(np.datetime64(text, "us").astype("int64"))
