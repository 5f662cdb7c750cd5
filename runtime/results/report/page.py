"""The page: its parts put into the frame, its numbers packed beside them, all scripts and styles inside."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...limits import look
from ...progress import stage
from ...trading.rows import EXIT_REASONS
from ..figures import Metrics
from ..format import counted
from ..metrics.definitions import DEFINITIONS, GROUPS
from ..metrics.run import Measured
from ..metrics.wider import WIDER
from ..output import Plot, RunOutput
from ..rows import closed_count, reasons, trade_column
from . import by_day, by_strategy, by_symbol, sections, tables
from .charts import PALETTE, bokeh_script, distribution, panes
from .choices import choices, exposure
from .drawn import LISTED, Drawn, drawn
from .frames import frames
from .hashes import hashes, versions
from .pack import COARSE_DIGITS, DRAWN_DIGITS, packed, volumes
from .sections import escape
from .whys import whys

if TYPE_CHECKING:
    from ..output import Floats

_FOLDER = Path(__file__).parent
_SCRIPTS = "unpack.js", "charts.js", "why.js", "trades.js", "main.js"


def page(run: Measured) -> str:
    """The whole report as one HTML text."""
    stage("making the report")
    out, metrics, groups = run.output, Metrics(run), drawn(len(run.output.bars))
    values = {name: metrics[name] for name in DEFINITIONS}
    over, below = _plots(out)
    data = _data(run, groups, over, below)
    look()
    parts = {
        "title": escape(out.strategy),
        "subtitle": sections.subtitle(out),
        "zone": escape(f", in {out.shown_zone}" if out.shown_zone else ""),
        "cards": sections.cards(values),
        "alerts": sections.alerts(out, values),
        "drawn": sections.drawn(len(out.bars), groups.size),
        "listed": sections.listed(len(out.trades), LISTED),
        "months": sections.months(run),
        "symbols": by_strategy.section(run) + by_symbol.section(run),
        "symbols_link": by_strategy.link(run) + by_symbol.link(run),
        "symbol_choice": by_symbol.choice(run),
        "days": by_day.section(run, groups),
        "flows": tables.flows(out),
        "drawdowns": tables.drawdowns(metrics, groups),
        "shares": tables.shares(metrics),
        "intervals": tables.intervals(metrics),
        "costs": tables.costs(metrics),
        "decided": tables.decided(metrics),
        "statistics": sections.statistics_table(values, GROUPS),
        "metrics": sections.statistics_table(metrics, WIDER),
        "assumptions": sections.pairs(out.assumptions, "None."),
        "params": sections.pairs(out.params, "The strategy has no parameters."),
        "warmup": sections.pairs({clock: counted(bars, "bar") for clock, bars in out.warmup.items()}, "None needed."),
        "notes": sections.notes(out.notes),
        "elapsed": sections.pairs({name: f"{value * 1000:,.1f} ms" for name, value in out.elapsed.items()}, "–"),
        "source": sections.source(out.source),
        "meaning": sections.meaning(out),
        "hashes": sections.pairs({**hashes(out), **versions()}, "–"),
        "style": _asset("style.css"),
        "bokeh": _script(bokeh_script()),
        "scripts": "\n".join(_script(_asset(name)) for name in _SCRIPTS),
        "currencies": sections.currencies(out),
        "explained": sections.explained(data["why"]["count"], len(out.trades), data["why"]["missing"]),
        "data": _json(data),
    }
    look()
    return re.sub(r"\{\{(\w+)\}\}", lambda mark: parts[mark[1]], _asset("page.html"))


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _script(text: str) -> str:
    """A script that cannot end its own element."""
    return text.replace("</script", "<\\/script")


def _json(value: object) -> str:
    """JSON that is safe inside a script element."""
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _plots(out: RunOutput) -> tuple[list[Plot], list[Plot]]:
    """Plots over the candles and below them."""
    return [p for p in out.plots if p.unit == "price"], [p for p in out.plots if p.unit != "price"]


def _data(run: Measured, groups: Drawn, over: Sequence[Plot], below: Sequence[Plot]) -> dict[str, Any]:
    """Everything the scripts draw."""
    out = run.output
    colours = [PALETTE[at % len(PALETTE)] for at in range(len(over) + len(below))]
    over_colours, below_colours = colours[: len(over)], colours[len(over) :]
    titled = [(plot.title, colour) for plot, colour in zip(below, below_colours, strict=True)]
    returns = trade_column(out, "return")[: closed_count(out)].tolist()
    return {
        "daily": out.bars.daily,
        "group": groups.size,
        "first": out.first // groups.size,
        "capital": out.capital,
        "timeframe": str(out.bars.timeframe),
        "columns": _columns(run, groups),
        **by_symbol.data(run, groups, over, below),
        "frames": frames(out, groups),
        "over": [_plot(out, groups, plot, colour) for plot, colour in zip(over, over_colours, strict=True)],
        "below": [_plot(out, groups, plot, colour) for plot, colour in zip(below, below_colours, strict=True)],
        "choices": [
            {"title": choice.title, "columns": _line("values", choice.values, groups, COARSE_DIGITS)}
            for choice in choices(run)
        ],
        "trades": _trades(out, groups),
        "why": whys(out),
        "definitions": {name: d.meaning for name, d in DEFINITIONS.items()},
        "panes": panes(len(groups), out.first // groups.size, tuple(over_colours), tuple(titled)),
        "distribution": distribution(*bins(returns)) if returns else None,
    }


def _columns(run: Measured, groups: Drawn) -> dict[str, Any]:
    import numpy as np

    out = run.output
    before = np.full(out.first, np.nan)
    return {
        "seconds": packed(groups.first(out.local(out.bars.ts) / 1e6)),
        "open": packed(groups.first(out.bars.open)),
        "high": packed(groups.highest(out.bars.high)),
        "low": packed(groups.lowest(out.bars.low)),
        "close": packed(groups.last(out.bars.close)),
        **_line("equity", np.concatenate([before, run.equity]), groups),
        **_line("drawdown", np.concatenate([before, -np.round(run.drawdown, 6)]), groups),
        "quantity": packed(groups.last(out.quantity)),
        **volumes(groups, out.bars.volume),
        **{name: line for what, values in exposure(run).items() for name, line in _line(what, values, groups).items()},
        **_flow(run, groups),
    }


def _flow(run: Measured, groups: Drawn) -> dict[str, Any]:
    """What was paid in less what was taken out, where any was."""
    import numpy as np

    if run.flows is None:
        return {}
    return {"flow": packed(groups.summed(np.concatenate([np.zeros(run.output.first), run.flows])))}


def _line(name: str, values: Floats, groups: Drawn, digits: int = DRAWN_DIGITS) -> dict[str, Any]:
    """A column as a line needs it: the last value of each group and, where there are groups, their extremes."""
    made = {name: packed(groups.last(values))}
    if groups.size > 1:
        made |= {
            f"{name}_low": packed(groups.lowest(values), digits),
            f"{name}_high": packed(groups.highest(values), digits),
        }
    return made


def _plot(out: RunOutput, groups: Drawn, plot: Plot, colour: str) -> dict[str, Any]:
    import numpy as np

    if out.several is not None:  # each symbol has its own
        return {"title": plot.title, "colour": colour, "columns": {}}
    values = np.asarray(out.series[plot.title], dtype=np.float64)
    return {"title": plot.title, "colour": colour, "columns": _line("values", values, groups)}


_TRADE_NUMBERS = (
    "side", "quantity", "entry_index", "entry_price", "exit_index", "exit_price", "fees", "pnl", "return", "bars",
    "mae", "mfe", "stop", "target", "reason", "ambiguous", "entry_moment", "exit_moment",
)  # fmt: skip


def _trades(out: RunOutput, groups: Drawn) -> dict[str, Any]:
    """Columns of the last trades; their reasons as places in a list of the distinct ones."""
    import numpy as np

    why, skipped = reasons(out), max(0, len(out.trades) - LISTED)
    shown = {name: trade_column(out, name)[skipped:] for name in (*_TRADE_NUMBERS, "entry_order", "exit_order")}
    used, places = np.unique(
        np.concatenate([why.of(shown.pop("entry_order")), why.of(shown.pop("exit_order"))]), return_inverse=True
    )
    distinct: dict[str, int] = {}
    merged = np.array([distinct.setdefault(why.words[at], len(distinct)) for at in used.tolist()], dtype=np.int64)
    entries, exits = np.split(merged[places], 2)
    if out.several is not None:
        shown["symbol"] = out.several.trades[skipped:].astype(np.float64)
    for end in ("entry", "exit"):
        shown[f"{end}_index"] = groups.group(shown[f"{end}_index"])
        shown[f"{end}_seconds"] = out.local(trade_column(out, f"{end}_time")[skipped:].astype(np.int64)) / 1e6
    return {
        "skipped": skipped,
        "closed": closed_count(out) - skipped,
        "columns": {name: packed(values) for name, values in shown.items()},
        "entry_text": entries.tolist(),
        "exit_text": exits.tolist(),
        "texts": list(distinct),
        "reasons": EXIT_REASONS,
    }


def bins(returns: Sequence[float], about: int = 40) -> tuple[list[float], list[int]]:
    """Edges and counts of a histogram with round edges, 0 among them."""
    low, high = min(*returns, 0.0), max(*returns, 0.0)
    width = _round_up((high - low) / about) if high > low else 0.001
    first, last = math.floor(low / width), max(math.ceil(high / width), math.floor(low / width) + 1)
    counts = [0] * (last - first)
    for value in returns:
        counts[min(max(math.floor(value / width) - first, 0), len(counts) - 1)] += 1
    return [at * width for at in range(first, last + 1)], counts


def _round_up(width: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= width * (1.0 - 1e-9))
