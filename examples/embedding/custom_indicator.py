"""An indicator of one's own, and columns of one's own data, in strategies: run, verified and explained like any other.

python examples/embedding/custom_indicator.py
"""

from __future__ import annotations

import numpy as np
import stratagem as sg
from stratagem.stdlib.arith import NAN, absolute, div

host = sg.Host()


@host.function(unit="source", floats=2, ints=[1], missing="recursive", example="kalman(close, 0.01)")
def kalman(f: list[float], k: list[int], w: list[float], source: float, trust: float = 0.01) -> float:
    """A Kalman filter of a level that wanders: `trust` is how much it wanders against how much the price is noise.

    f[0] is the level, f[1] how uncertain it is, k[0] whether there was a price before.
    """
    if source != source:  # missing: the state holds and resumes
        return NAN
    if k[0] == 0:
        k[0] = 1
        f[0] = source
        f[1] = 1.0
        return source
    uncertain = f[1] + trust
    gain = div(uncertain, uncertain + 1.0)
    f[0] += gain * (source - f[0])
    f[1] = (1.0 - gain) * uncertain
    return f[0]


@host.function(
    floats=2, ints=[lambda length: length - 1, lambda length: length], window=lambda length: length,
    warmup=lambda length: length, missing="windowed", range=(0.0, 1.0), example="efficiency(close, 20)",
)  # fmt: skip
def efficiency(f: list[float], k: list[int], w: list[float], source: float, length: int = 10) -> float:
    """How straight the way of the last `length` bars was: 1 is a straight line, near 0 went to and fro.

    w is a ring of the last prices, k[0] the place of the oldest, k[1] how many there are.
    """
    oldest = w[k[0]]
    w[k[0]] = source
    k[0] = k[0] + 1 if k[0] + 1 < length else 0
    if k[1] < length:
        k[1] += 1
        return NAN
    way = 0.0
    before = oldest
    for step in range(length):
        place = k[0] + step
        now = w[place if place < length else place - length]
        way += absolute(now - before)
        before = now
    return div(absolute(source - oldest), way)


host.column("sentiment", "ratio", meaning="What the desk thinks of tomorrow, from -100% to 100%.")

STRATEGY = """
strategy "Filtered trend"

param trust = 0.02 in 0.005 to 0.2
let level = kalman(close, trust)

enter long when cross_above(close, level) and efficiency(close, 20) > 0.2 and sentiment > 0%
exit long when cross_below(close, level)
"""


def main() -> None:
    for row in host.functions():
        if row.written_in == "host":
            print(f"{row.signature}: {row.meaning.splitlines()[0]}")
    bars = sg.load_bars("sample:AAPL", data_from="2010")
    names = ("ts", "open", "high", "low", "close", "volume")
    data: dict[str, object] = {name: getattr(bars, name) for name in names}
    data["ts"] = bars.ts.astype("datetime64[us]")
    data["sentiment"] = np.sin(np.arange(len(bars)) / 40)  # a column of your own
    program = host.compile(STRATEGY)
    result = program.backtest(data, fee="0.1%")
    print(f"{result.stats['trades']} trades, {result.stats['return']:+.1%}")
    print(f"the same bits in every engine, in one piece, bar by bar and restarted: {bool(program.verify(data))}")
    try:
        sg.compile(STRATEGY)
    except sg.CompileError as error:
        print(f"without this host: {error.diagnostics[0].message}")


if __name__ == "__main__":
    main()
