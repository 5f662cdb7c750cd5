"""`Result`: what a backtest returns to a program. Everything is made when it is asked for, and then kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .. import given
from ..given import check_given
from .format import shown
from .gate import GateVerdict, verdict
from .metrics.definitions import DEFINITIONS, Value
from .metrics.run import Measured
from .output import RunOutput
from .stats import TOLD, Stats, statistics, summary_document
from .summary import WIDTH, summary

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from ..calendar.instants import Moment
    from ..why.why import Why
    from .figures import Metrics
    from .interval import Interval
    from .output import Series
    from .report.view import View
    from .several.groups import Groups
    from .several.symbols import Symbols


class Result:
    """One finished backtest, as `CompiledProgram.backtest` gives it.

    Money is in the account's currency, ratios are plain (0.12 is 12 %), times are UTC; tables are pyarrow's, columns of
    one bar each are float64. Every table is made when it is asked for, and then kept.
    """

    def __init__(self, output: RunOutput) -> None:
        self._output = output
        self._run = Measured(output)

    @property
    def output(self) -> RunOutput:
        """Raw columns and rows; RunError where the times of the bars have been changed since."""
        self._intact()
        return self._output

    @property
    def run(self) -> Measured:
        """The run as statistics see it; RunError where the times of the bars have been changed since."""
        self._intact()
        return self._run

    def _intact(self) -> None:
        """Nothing but the times is read again of the bars, except for `series`, which checks them all."""
        if self._output.seal is not None:
            self._output.seal.check("ts")

    @cached_property
    def values(self) -> dict[str, Value]:
        """The defined statistics alone."""
        return statistics(self._run, self._intact)

    @cached_property
    def stats(self) -> Stats:
        """Facts of the run, its statistics and what it rests on, as the JSON of `strat backtest --json`."""
        if "values" in self.__dict__:  # made before: the data may have been changed since
            self._intact()
        return Stats(summary_document(self._run, self.values))

    def metrics(self, benchmark: object = None, **conventions: object) -> Metrics:
        """Every metric by name, the statistics among them, and the tables beside them; made when it is asked for.

        benchmark: Bars of another symbol, or what `load_bars` takes, to be bought and held instead of the run's own.
        conventions: `returns`, `deviation`, `year`, `riskless`, `level` where they shall not be as in `stats`.
        UsageFault: there is no such convention, it cannot be that, or the benchmark does not fit the tested bars.
        """
        from .figures import metrics

        return metrics(self._output, conventions, benchmark)

    @cached_property
    def interval(self) -> Interval:
        """The least and greatest headline figures under the three paths, and the share of trades that the path decided.

        Runs again, where an order may have a level.
        """
        from .interval import interval

        return interval(self.run)

    @cached_property
    def trades(self) -> pa.Table:
        """A row for each lot, or part of one, that was closed: its side, fills, `pnl` in money, `return`, reasons."""
        from .tables import trades_table

        return trades_table(self._output)

    @cached_property
    def orders(self) -> pa.Table:
        """A row for each order that was decided: what it asked for and got, its status, and why where it was denied."""
        from .tables import orders_table

        return orders_table(self._output)

    @cached_property
    def equity(self) -> pa.Table:
        """A row for each tested bar, at its close: `ts`, `equity` and `cash` in money, `position` held, `drawdown`."""
        from .tables import equity_table

        return equity_table(self.run)

    @cached_property
    def flows(self) -> pa.Table:
        """Deposits and withdrawals, a row each; without rows where the program has none."""
        from .tables import flows_table

        return flows_table(self._output)

    @cached_property
    def monitors(self) -> pa.Table:
        """Every reading of the monitors, a row each; RunError of a run without `monitors=True`."""
        from .tables import monitors_table

        return monitors_table(self.output)

    @cached_property
    def daily(self) -> pa.Table:
        """What each day brought, a row a day; of a run with `monitors=True` also of what that is made."""
        from .daily import daily_table

        return daily_table(self.run)

    @cached_property
    def daily_parts(self) -> pa.Table:
        """What each of several symbols, or each strategy of a portfolio, brought on each day; what none of them did is
        a row without a name, so that the rows of a day are its `pnl`."""
        from .daily import daily_parts_table

        return daily_parts_table(self.run)

    @cached_property
    def symbols(self) -> Symbols:
        """Each symbol traded by its name: what was held of it, what it was worth and brought, its trades and orders."""
        from .several.symbols import Symbols

        return Symbols(self.run)

    @cached_property
    def groups(self) -> Groups:
        """Each group of symbols that a catalogue of instruments or a universe declares, by its name: what was held of
        it after each event, in money and of equity. Of a portfolio of strategies what all of them hold. Empty where
        none is declared, or one symbol is traded."""
        from .several.groups import Groups

        return Groups(self.run)

    @cached_property
    def attribution(self) -> pa.Table:
        """What each of several symbols brought, a row each; with `stats["other_pnl"]` the money adds up to the net
        profit. Without rows where the run has one symbol; of a portfolio of strategies a row a symbol of each."""
        from .several.attribution import attribution_table

        return attribution_table(self.run)

    @cached_property
    def strategies(self) -> Mapping[str, Result]:
        """Each strategy of a portfolio by its name, a result of its own account; empty of any other run."""
        from .strategies.each import EachStrategy

        self._intact()
        return EachStrategy(self._output.strategies, Result)

    @cached_property
    def by_strategy(self) -> pa.Table:
        """What each strategy of a portfolio brought, a row each; with `stats["unattributed_pnl"]`, which is rounding,
        the money adds up to the net profit."""
        from .strategies.attribution import strategies_table

        return strategies_table(self.run)

    @cached_property
    def limits(self) -> pa.Table:
        """What the limits of a portfolio of strategies did, a row an act: `ts`, `limit`, `level`, `what`, `reading`,
        `strategy`, `orders`."""
        from .strategies.attribution import limits_table

        return limits_table(self.run)

    @property
    def series(self) -> Mapping[str, Series]:
        """Any let, signal or plot of the program by name, one value per bar of the data; made when it is asked for.

        Of several symbols each has its own: `result.symbols["SPY"].series`.
        """
        return self.output.series

    def why(
        self, *, trade: int | None = None, order: int | None = None, at: Moment | None = None, to: Moment | None = None,
        symbol: str | None = None, statement: int | str | None = None, why_not: bool = False,
    ) -> Why:  # fmt: skip
        """Why it did what it did, and why not: every part of the conditions with its value, the order, the readings.

        trade: by its `id`. order: by its number in `orders`, also a denied one. at: the bar that holds a time; with
        `to`, the bars from there to before that time. symbol: whose bars, where several are traded. statement: by its
        number from 1, or "long", "exit", "enter long" … why_not: tell only of what did not act. UsageFault says what
        there is to be asked.
        """
        from ..why.why import why

        check_given(why_not=why_not)
        return why(
            self.output, trade=trade, order=order, at=at, to=to, symbol=symbol, statement=statement, why_not=why_not
        )

    @property
    def effects(self) -> pa.Table:
        """What each order did to every limit, a row for each limit of each order that was weighed or that left: `order`
        `symbol` `statement` `kind` `settled`, `guard` `action` `limit` `verdict`, and its reading `before` the order,
        as `asked` and `after`. It is computed by running again."""
        from ..why.effects_table import effects_table

        return effects_table(self.output)

    def summary(self, *, colour: bool = False, ascii: bool = False, width: int = WIDTH) -> str:
        """The result on one screen of a terminal of so many columns. UsageFault: no width."""
        check_given(colour=colour, ascii=ascii, width=width)
        return summary(self.run, colour=colour, ascii=ascii, width=width)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know beside the numbers: what was inferred, dropped or assumed, and what looks odd."""
        return self.output.notes

    @property
    def gate(self) -> GateVerdict:
        """Whether the run says anything of its strategy: each check of the quality gate, with what was found."""
        return verdict(self.output)

    def plot(self) -> View:
        """Charts, trades, statistics as one page: a notebook shows it, `.show()` opens it, `.save(path)` writes it.

        RunError where the data have been changed since. `.save` raises OSError where the place cannot be written."""
        from .report.page import page
        from .report.view import View

        return View(self.output.strategy, page(self.run))

    def report(self, path: str | os.PathLike[str] = "report.html") -> Path:
        """Write a self-contained page that opens offline; gives its path. OSError: it cannot be written there."""
        place = given.path("report", path)  # before the page is made, which takes a while
        return self.plot().save(place)

    def pdf(self, path: str | os.PathLike[str] = "report.pdf") -> Path:
        """Write a report that is printed or sent; gives its path. UsageFault without ReportLab, which
        `pip install 'stratagem[pdf]'` brings."""
        from .folder import write_file
        from .printed.document import printed

        place = given.path("pdf", path)
        made = printed(self.run)
        return write_file(Path(place), lambda file: file.write(made))

    def write(
        self, folder: str | os.PathLike[str], *, report: bool = True, format: str = "csv", pdf: bool = False
    ) -> tuple[Path, ...]:  # fmt: skip
        """Write `result.json`, the tables trades, orders, equity and daily, and `report.html` unless told not to: all
        of them or none.

        format: of the tables, "csv" or "parquet". pdf: `report.pdf`, too, which needs `stratagem[pdf]`. Of a portfolio
        of strategies also the tables strategies and limits, and the same of each strategy in `strategies/NAME`, which
        takes its place on its own. UsageFault: no such format; OSError: it cannot be written there.
        """
        from .report.page import page
        from .write import write

        check_given(report=report, format=format, pdf=pdf)
        folder = given.path("folder", folder)
        made = None
        if pdf:
            from .printed.document import printed

            made = printed(self.run)
        paths = write(self.run, folder, page(self.run) if report else None, format, made)
        if not self.strategies:
            return paths
        from .strategies.write import write_each

        return paths + write_each(Path(folder), self.strategies, report=report, format=format, pdf=pdf)

    def to_pandas(self, table: str = "equity") -> pd.DataFrame:
        """A table of the result as a pandas.DataFrame, its times as the index where each row has one of its own.

        table: "equity", "trades", "orders", "daily", "flows", "groups" … UsageFault: there is none, or no pandas.
        """
        from .frames import to_pandas

        return to_pandas(self, table)

    def to_polars(self, table: str = "equity") -> pl.DataFrame:
        """The same as a polars.DataFrame, whose columns are those of the table. UsageFault: there is none, or no
        polars."""
        from .frames import to_polars

        return to_polars(self, table)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={_text(self.values[name], name)}" for name in TOLD)
        return f"<Result {self.output.strategy!r} {self.output.bars.symbol} {self.output.bars.timeframe}: {told}>"

    def _repr_html_(self) -> str:
        """A small table for notebooks."""
        import html

        rows = "".join(
            f"<tr><th style='text-align:left' title='{html.escape(DEFINITIONS[name].meaning, quote=True)}'>"
            f"{html.escape(DEFINITIONS[name].title)}</th><td>{_text(self.values[name], name)}</td></tr>"
            for name in _SHOWN
        )
        title = f"{self.output.strategy} · {self.output.bars.symbol} {self.output.bars.timeframe}"
        return f"<table><caption>{html.escape(title)}</caption>{rows}</table>"


_SHOWN = (
    "return", "annual_return", "benchmark_return", "max_drawdown", "sharpe", "trades", "win_rate", "profit_factor",
    "exposure", "fees", "denied", "reduced", "conflicts", "ambiguous_fills",
)  # fmt: skip


def _text(value: Value, name: str) -> str:
    return shown(value, DEFINITIONS[name].unit)
