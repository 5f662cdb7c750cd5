"""`Metrics`: every metric of a run by name, and the tables beside them. Made when it is asked for, by conventions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief
from ..errors import UsageFault
from .beside import Beside
from .metrics.bootstrap import SAMPLES, Interval, intervals
from .metrics.breakdown import KEYS, Share, breakdown
from .metrics.conventions import conventions
from .metrics.deflated import expected_best
from .metrics.rolling import rolling
from .metrics.run import Measured
from .metrics.shape import above
from .metrics.trailing import trailing
from .metrics.wider import METRICS
from .output import RunOutput
from .stats import Stats, instant, value_of

if TYPE_CHECKING:
    import pyarrow as pa

DEEPEST, WINDOW = 10, 63
"""Drawdowns of a table, and periods of a rolling figure, where nobody says how many: a quarter of trading days."""


def metrics(output: RunOutput, given: Mapping[str, object], benchmark: object = None) -> Metrics:
    """The metrics of a run by the conventions given, beside its own data or other ones.

    UsageFault: there is no such convention, or the benchmark does not fit. DataError: it cannot be read. RunError: the
    data of the run have changed since.
    """
    from ..data.bars import Bars
    from ..data.load import load_bars

    chosen = conventions(given)
    if output.seal is not None:
        output.seal.check("ts", "close")
    if benchmark is None:
        return Metrics(Measured(output, conventions=chosen), output.bars.symbol)
    other = benchmark if isinstance(benchmark, Bars) else load_bars(benchmark)
    return Metrics(Beside(output, other, chosen), other.symbol, other.notes)


class Metrics(Stats):
    """A value of each metric by its name; what has no meaning in this run is None. A wrong name is told the nearest."""

    def __init__(self, run: Measured, benchmark: str = "", notes: tuple[str, ...] = ()) -> None:
        """benchmark: the symbol of what the run is measured against. notes: what is to be known of its data."""
        super().__init__({name: value_of(name, run, METRICS) for name in METRICS})
        self.run, self.benchmark, self.notes = run, benchmark, notes

    @property
    def conventions(self) -> dict[str, str | float]:
        """What was chosen where people differ."""
        return self.run.conventions.told()

    def drawdowns(self, most: int = DEEPEST) -> pa.Table:
        """The deepest drawdowns, deepest first: `start`, `trough`, `end` as open instants, `depth`, `money`, `bars`.

        start: the last bar at the high, the first tested one where that is the capital. end: the bar that reached the
        high again, empty where none did; `bars` then counts to the last one.
        """
        import numpy as np
        import pyarrow as pa

        drops = self.run.drops
        chosen = drops.deepest_first(_count("most", most, 1))
        ts = self.run.output.bars.ts[self.run.output.first :]
        stamp = pa.timestamp("us", tz="UTC")
        end = pa.array(ts[drops.end[chosen]], mask=drops.recovered[chosen] == 0).cast(stamp)
        return pa.table({
            "start": pa.array(ts[np.maximum(drops.start[chosen], 0)]).cast(stamp),
            "trough": pa.array(ts[drops.trough[chosen]]).cast(stamp),
            "end": end,
            "depth": drops.depth[chosen],
            "money": drops.money[chosen],
            "bars": drops.bars[chosen],
        })  # fmt: skip

    def monthly(self) -> pa.Table:
        """The return of each calendar month: `year`, `month` from 1, `return`; null where equity had been lost."""
        import pyarrow as pa

        months = self.run.monthly
        return pa.table({
            "year": pa.array([year for year, _ in months], pa.int64()),
            "month": pa.array([month for _, month in months], pa.int64()),
            "return": pa.array(list(months.values()), pa.float64()),
        })  # fmt: skip

    def rolling(self, window: int = WINDOW) -> pa.Table:
        """`ts`, then `return`, `volatility`, `sharpe`, `sortino`, `beta` of the last `window` periods, a row a period.

        ts: the open instant of the bar that ends it. Null where the window is not full, or where there is none.
        """
        import pyarrow as pa

        run = self.run
        found = rolling(run, _count("window", window, 2))
        ends = run.periods.ends[: len(found["return"])]
        columns = {name: pa.array(values, from_pandas=True) for name, values in found.items()}
        stamps = pa.array(run.output.bars.ts[run.output.first :][ends]).cast(pa.timestamp("us", tz="UTC"))
        return pa.table({"ts": stamps, **columns})

    def trailing(self) -> pa.Table:
        """Returns up to the end of the test: `span`, the day on which it `begins`, `return`, `annual_return`.

        Of the month and the year under way, and of the last 3 and 6 months, 1, 3, 5 and 10 years. Null where the test
        is shorter; the yearly growth of less than a year, too.
        """
        import pyarrow as pa

        found = trailing(self.run)
        return pa.table({
            "span": pa.array([span.name for span in found], pa.string()),
            "begins": pa.array([span.begins for span in found], pa.date32()),
            "return": pa.array([span.gained for span in found], pa.float64()),
            "annual_return": pa.array([span.yearly for span in found], pa.float64()),
        })  # fmt: skip

    def by(self, key: str) -> pa.Table:
        """Closed trades by `side`, `exit_reason`, or the `weekday`, `hour`, `month`, `year` of their entry.

        Times are those of the program's zone. A row has the value, then `trades`, `win_rate`, `profit_factor`, `money`,
        `expectancy`, `average_return`, `average_bars` as the statistics define them.
        """
        import pyarrow as pa

        if not isinstance(key, str) or key not in KEYS:
            raise UsageFault(f"by: expected one of {', '.join(KEYS)}, found {brief(key)}")
        shares = breakdown(self.run, key)
        kinds = {"name": pa.string(), "trades": pa.int64()}
        names = {"name": key}
        return pa.table({
            names.get(field, field): pa.array([getattr(s, field) for s in shares], kinds.get(field, pa.float64()))
            for field in Share.__dataclass_fields__
        })  # fmt: skip

    def intervals(self, level: float = 0.9, samples: int = SAMPLES, block: int | None = None) -> dict[str, Interval]:
        """Between which values `return`, `annual_return`, `sharpe`, `max_drawdown` lie, had the periods come otherwise.

        The middle `level` of so many histories put together of blocks of the measured periods (stationary bootstrap);
        block: their mean length in periods, the cube root of the number of periods where None. The same data give the
        same intervals.
        """
        if isinstance(level, bool) or not isinstance(level, int | float) or not 0.0 < level < 1.0:
            raise UsageFault(f"level: expected a share between 0 and 1, such as 0.9, found {brief(level)}")
        length = None if block is None else _count("block", block, 1)
        return intervals(self.run, float(level), _count("samples", samples, 20), length)

    def deflated_sharpe(self, tried: object) -> float | None:
        """How probable it is that the true Sharpe ratio beats the best to be expected of as many tries without skill.

        tried: the yearly Sharpe ratios of every variant that was tried, or the table of a sweep that has them. Variants
        count as independent; where they are alike the true value is higher (Bailey and López de Prado 2014).
        """
        import numpy as np

        run, ratios = self.run, _ratios(tried)
        if not run.per_year or len(ratios) < 2:
            return None
        spread = run.deviation(np.array(ratios)) or 0.0
        return above(run, expected_best(len(ratios), spread / math.sqrt(run.per_year)))

    def document(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        return {
            "benchmark": self.benchmark,
            "notes": list(self.notes),
            "conventions": self.conventions,
            "values": dict(self),
            "drawdowns": [_plain(row) for row in self.drawdowns().to_pylist()],
            "trailing": [
                row | {"begins": row["begins"].isoformat()} for row in self.trailing().to_pylist()
            ],
            "by": {key: self.by(key).to_pylist() for key in KEYS},
            "intervals": {n: [i.value, i.low, i.high] for n, i in self.intervals().items()},
        }


def _ratios(tried: object) -> list[float]:
    """Sharpe ratios as they are given; those of variants that have none are left out."""
    column = tried
    if hasattr(tried, "column_names") and hasattr(tried, "schema"):
        told = tried.schema.metadata or {}
        name = next((n for n in ("result_sharpe", "sharpe") if n in tried.column_names), None)
        if name is None:
            raise UsageFault("the sweep has no column `sharpe`: sweep with metric=\"sharpe\"")
        if told.get(b"left_out", b"0") != b"0":
            raise UsageFault("the sweep left out rows (`where`), and every variant tried counts: sweep without it")
        column = tried.column(name).to_pylist()  # type: ignore[attr-defined]
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        raise UsageFault(f"tried: expected Sharpe ratios or the table of a sweep, found {brief(tried)}")
    found = [value for value in column if value is not None]
    for value in found:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise UsageFault(f"tried: expected Sharpe ratios, which are numbers, found {brief(value)}")
    return [float(value) for value in found]


def _count(name: str, value: object, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise UsageFault(f"{name}: expected a whole number of {least} or more, found {brief(value)}")
    return value


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its instants as texts."""
    import datetime

    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    micro = datetime.timedelta(microseconds=1)
    return {
        name: instant((value - epoch) // micro) if isinstance(value, datetime.datetime) else value
        for name, value in row.items()
    }
