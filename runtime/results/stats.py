"""The statistics of a run as one mapping, and single metrics of a sweep by the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.suggest import nearest
from ..beside import beside
from ..limits import look
from .metrics.definitions import DEFINITIONS, Definition, Value
from .metrics.run import Measured
from .output import RunOutput
from .periods import Periods
from .rows import cuts, denials


class Stats(Mapping[str, Any]):
    """The document of `strat backtest --json` as a mapping; a wrong name is told the nearest."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = dict(document)

    def __getitem__(self, name: str) -> Any:
        if not isinstance(name, str):
            raise KeyError(f"a statistic is called by a name, found {brief(name)}")
        if name not in self._document:
            near = nearest(name, self._document)
            hint = f"; did you mean {near}?" if near else ""
            raise KeyError(f"no statistic is called {brief(name)}{hint}")
        return self._document[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._document)

    def __len__(self) -> int:
        return len(self._document)

    def __repr__(self) -> str:
        """A line: the few that everybody asks for, and how many there are besides."""
        told = [f"{name}={text}" for name in TOLD if name in self._document and (text := self._text(name))]
        more = len(self._document) - len(told)
        return f"<{type(self).__name__}: {', '.join(told)}{' and ' if told else ''}{more} more>"

    def _repr_html_(self) -> str:
        """For notebooks: a table of every figure, each with what it means where the pointer rests on it."""
        import html

        from .metrics.wider import METRICS

        rows = "".join(
            f"<tr><th style='text-align:left' title='{html.escape(METRICS[name].meaning, quote=True)}'>"
            f"{html.escape(METRICS[name].title)}</th><td>{self._text(name)}</td></tr>"
            for name in self._document if name in METRICS
        )
        return f"<table>{rows}</table>"

    def _text(self, name: str) -> str:
        """A figure in its unit; "" of what is none."""
        from .format import shown
        from .metrics.wider import METRICS

        return shown(self._document[name], METRICS[name].unit) if name in METRICS else ""


TOLD = ("return", "max_drawdown", "sharpe", "trades")
"""What is told of a run in a line."""


OF_BARS = frozenset("max_drawdown max_drawdown_money max_drawdown_bars calmar recovery_factor exposure".split())
"""Statistics that look at every bar: its equity, and what is held. The others look at periods and trades."""


def statistics(run: Measured, also: Callable[[], object] = lambda: None) -> dict[str, Value]:
    """Every defined statistic, in the order of the definitions.

    also: what else looks at every bar; what it raises counts before anything else.
    """
    import numpy as np

    def look_at_bars() -> None:
        also()
        with np.errstate(over="raise"), suppress(OverflowError, FloatingPointError):  # told where a statistic asks
            _ = run.falls, run.held_bars  # kept there

    with np.errstate(over="raise"):
        with beside(look_at_bars, run.output.tested):
            others = {name: _value(DEFINITIONS[name], run) for name in DEFINITIONS if name not in OF_BARS}
        return {name: others[name] if name in others else _value(DEFINITIONS[name], run) for name in DEFINITIONS}


def metric(name: str, output: RunOutput, periods: Periods | None = None) -> Value:
    """One metric alone: the same function on the same run as `statistics`. KeyError names the nearest.

    A sweep passes the `Periods` of its bars, so that days are found once and not for each run.
    """
    from .metrics.wider import METRICS  # here: the statistics of a result need none of them

    return value_of(name, Measured(output, periods), METRICS)


def value_of(name: str, run: Measured, defined: Mapping[str, Definition] = DEFINITIONS) -> Value:
    """The value of a defined statistic; None where it lies beyond the numbers. LimitError, Cancelled as `look`."""
    if name not in defined:
        near = nearest(name, defined)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(defined)}"
        raise KeyError(f"no metric is called {name!r}; {hint}")
    import numpy as np

    with np.errstate(over="raise"):
        return _value(defined[name], run)


def _value(definition: Definition, run: Measured) -> Value:
    """The value, where numpy raises what overflows."""
    look()
    try:
        return definition.value(run)
    except (OverflowError, FloatingPointError):
        return None


def summary_document(run: Measured, stats: Mapping[str, Value] | None = None) -> dict[str, object]:
    """What `--json` prints and `result.json` keeps: facts of the run, its statistics, what it rests on.

    `from` and `to` are the open instants of the first and the last tested bar.
    """
    out = run.output
    stamps = [instant(int(out.bars.ts[at])) for at in (out.first, -1)] if out.tested else [None, None]
    return {
        "strategy": out.strategy,
        "source_hash": out.source_hash,
        "symbol": out.bars.symbol,
        **_by_strategy(run),
        **_by_symbol(run),
        "timeframe": str(out.bars.timeframe),
        "bars": out.tested,
        "from": stamps[0],
        "to": stamps[1],
        "warmup": dict(out.warmup),
        "params": dict(out.params),
        **(statistics(run) if stats is None else stats),
        "denied_by": denials(out),
        "reduced_by": cuts(out),
        "monthly": [[year, month, value] for (year, month), value in run.monthly.items()],
        "assumptions": dict(out.assumptions),
        "assumptions_hash": out.assumptions_hash,
        **({} if out.magnify is None else {"magnify": dict(out.magnify)}),
        "notes": list(out.notes),
        "elapsed": dict(out.elapsed),
    }


def _by_symbol(run: Measured) -> dict[str, object]:
    """What each of several symbols brought, and what none did; nothing where there is one."""
    from .several.attribution import attribution, other  # here: a run of one symbol needs none of it

    if run.output.several is None:
        return {}
    parts = attribution(run)
    told = [_whose(run, at) | {name: getattr(part, name) for name in part.__dataclass_fields__ if name != "symbol"}
            for at, part in enumerate(parts)]  # fmt: skip
    return {"symbols": told, "other_pnl": other(run, parts)}


def _whose(run: Measured, place: int) -> dict[str, object]:
    """The symbol at a place, and the strategy that traded it where there are several."""
    several, strategies = run.output.several, run.output.strategies
    assert several is not None
    if strategies is None:
        return {"symbol": several.symbols[place]}
    return {"strategy": strategies.names[strategies.owners[place]], "symbol": strategies.symbols[place]}


def _by_strategy(run: Measured) -> dict[str, object]:
    """What each strategy of a portfolio brought, and what its limits did; nothing where it is none."""
    if run.output.strategies is None:
        return {}
    from .strategies.attribution import strategies_document

    return strategies_document(run)


def instant(ts: int) -> str:
    """ISO 8601 in UTC, with a fraction only where there is one."""
    import numpy as np

    seconds, micros = divmod(ts, 1_000_000)
    text = str(np.datetime64(seconds, "s"))
    return f"{text}.{micros:06d}Z" if micros else f"{text}Z"
