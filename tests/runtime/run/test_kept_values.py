"""Values that are kept: the same columns, computed once, until something that they rest on is another."""

from __future__ import annotations

import numpy as np
import stratagem as sg
from stratagem.lang.compile import compile_text
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.run.evaluate import Alone, evaluated
from stratagem.runtime.run.kept_values import KeptValues

CLOSES = np.arange(1.0, 41.0)
TEXT = "param n = 3 in 2 to 9\nparam m = 3 in 2 to 9\nlet a = sma(close, n)\nlet b = sma(close, m)\n"


def bars() -> Bars:
    days = np.datetime64("2024-01-01", "us") + np.arange(len(CLOSES)) * np.timedelta64(1, "D")
    return sg.load_bars({"ts": days, "close": CLOSES}, timeframe="1d")


def value(kept: KeptValues, data: object, text: str = TEXT, name: str = "a", **options: object) -> np.ndarray:
    params = {key: options.pop(key) for key in ("n", "m") if key in options}
    found = evaluated(
        compile_text(text), name, data, engine="interpreted", params=params, kept=kept, **options  # type: ignore[arg-type]
    )  # fmt: skip
    if isinstance(found, Alone):
        return found.columns[name]
    return found.values[name][0]


def test_what_it_rests_on_is_computed_once() -> None:
    kept, data = KeptValues(), bars()
    first = value(kept, data)
    assert value(kept, data) is first
    assert value(kept, data, m=5) is first and value(kept, data, TEXT + "let c = close\nassume fee 1%") is first
    assert value(kept, data, fee="2%") is first
    assert kept.computed == 1
    assert value(kept, data, n=4) is not first and kept.computed == 2
    assert value(kept, data, name="b") is not first and kept.computed == 3
    assert value(kept, bars()) is not first and kept.computed == 4


def test_books_rest_on_all_that_is_assumed() -> None:
    kept, data = KeptValues(), bars()
    text = "enter long when close > 5 exit long when close > 30\nlet e = equity\n"
    free = value(kept, data, text, "e")
    assert value(kept, data, text, "e") is free
    dear = value(kept, data, text, "e", fee="1%")
    assert dear[-1] < free[-1]
    later = value(kept, data, text.replace("> 5", "> 9"), "e")
    assert later[-1] != free[-1]


def test_of_several_symbols_all_is_kept_or_nothing() -> None:
    kept, data = KeptValues(), {"A": bars(), "B": bars()}
    text = "param n = 3 in 2 to 9\nlet a = total(sma(close, n))\n"
    first = value(kept, data, text)
    assert value(kept, data, text) is first and first[-1] == 2 * CLOSES[-3:].mean()
    assert value(kept, data, text, n=4)[-1] == 2 * CLOSES[-4:].mean()
    assert value(kept, dict(data), text) is not first


def test_what_was_used_longest_ago_goes_first() -> None:
    kept, data = KeptValues(limit=3 * CLOSES.nbytes), bars()
    first = value(kept, data, n=2)
    for length in (3, 4, 2, 5):
        value(kept, data, n=length)
    assert value(kept, data, n=2) is first and kept.computed == 4
    value(kept, data, n=3)
    assert kept.computed == 5
