"""A run on one screen of a terminal: as wide as it is, 40 lines, colour only if asked, plain ASCII if asked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...lang.diagnostics.brief import one_line
from ...lang.words.amounts import plain
from ..calendar.civil import DAY
from ..trading.rows import EXIT_REASONS
from .chart import hanging_chart, line_chart
from .daily import Days
from .format import counted, day_or_minute, percent, price, shown
from .interval import Interval, interval
from .metrics.definitions import DEFINITIONS, Value
from .metrics.run import Measured
from .output import RunOutput
from .periods import yearly
from .rows import currencies_told, trade_column, with_reasons
from .stats import statistics

WIDTH, HEIGHT = 80, 40
"""Columns where nobody says, and lines."""

NARROW, WIDE = 40, 160
"""Columns, fewer or more than which are not used."""

_HEADLINE, _APART, _MONTHS_WIDE = 24, 3, 72

# Three columns of headlines: a name, and whether it is shown with its sign.
_HEADLINES = (
    (("return", True), ("annual_return", True), ("benchmark_return", True)),
    (("max_drawdown", False), ("sharpe", False), ("exposure", False)),
    (("trades", False), ("win_rate", False), ("profit_factor", False)),
    (("net_profit", True), ("expectancy", True), ("fees", False)),
)
_COUNTS = ("denied", "reduced", "conflicts", "ambiguous_fills", "guard_trips")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

_ASCII = str.maketrans({
    "–": "-", "·": "|", "→": ">", "─": "-", "…": ".", "┤": "|", "×": "x", "−": "-", "✓": "+", "✗": "-",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How the summary may look."""

    colour: bool = False
    ascii: bool = False
    width: int = WIDTH

    def paint(self, text: str, value: float | None) -> str:
        """Green above 0, red below; the text itself without colour."""
        if not self.colour or not value:
            return text
        return f"\x1b[{32 if value > 0 else 31}m{text}\x1b[0m"

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


def summary(
    run: Measured, *, colour: bool = False, ascii: bool = False, width: int = WIDTH, height: int = HEIGHT
) -> str:
    """The run as text of at most `height` lines of `width` columns, without a line end after the last."""
    style, stats = Style(colour, ascii, min(max(width, NARROW), WIDE)), statistics(run)
    before = [*_title(run.output, style), *_headlines(stats, style), *_charts(run, style)]
    out = run.output
    after = [*_symbols(run, style), *_trades(out, style), *_money(run, stats, style)]
    after += [*_days(run, style), *_counts(out, stats, style), *_path(run)]
    after += _rests_on(out, style)
    months = _monthly(run, style, height - len(before) - len(after))
    lines = [*before, *months, *after][:height]
    text = "\n".join(line.rstrip() for line in lines)
    return as_ascii(text) if ascii else text


def as_ascii(text: str) -> str:
    """The text in plain ASCII."""
    return text.translate(_ASCII).encode("ascii", "replace").decode()


def _title(out: RunOutput, style: Style) -> Iterator[str]:
    ts, daily = out.bars.ts, out.bars.daily
    span = "no bars"
    if out.tested:
        first, last = (day_or_minute(out.local(int(ts[at])), daily)[:10] for at in (out.first, -1))
        span = f"{first} → {last} · {counted(out.tested, 'bar')}{f' · {out.currency}' * bool(out.currency)}"
    about = f" · {one_line(out.bars.symbol, 16 if out.several is None else 24)} {out.bars.timeframe} · {span}"
    yield style.bold(one_line(out.strategy, max(8, style.width - len(about)))) + about
    yield style.dim("─" * style.width)


def _headlines(stats: Mapping[str, Value], style: Style) -> Iterator[str]:
    fits = min(len(_HEADLINES[0]), max(1, (style.width + _APART) // (_HEADLINE + _APART)))
    open_ = f" + {stats['open_trades']:,} open" if stats["open_trades"] else ""
    every = [
        _headline(name, stats[name], signed, style, open_ if name == "trades" else "")
        for line in _HEADLINES for name, signed in line
    ]  # fmt: skip
    for first in range(0, len(every), fits):
        yield (" " * _APART).join(every[first : first + fits])
    yield ""


def _headline(name: str, value: Value, signed: bool, style: Style, further: str = "") -> str:
    definition = DEFINITIONS[name]
    text = f"{shown(value, definition.unit, signed)}{further}".rjust(_HEADLINE - len(definition.title))
    return f"{definition.title}{style.paint(text, value if signed else None)}"


def _charts(run: Measured, style: Style) -> Iterator[str]:
    """Equity over six lines with its scale, drawdown over two."""
    equity = run.equity
    if not len(equity):
        return
    top, bottom = (_scale(float(edge)) for edge in (equity.max(), equity.min()))
    margin = max(len(top), len(bottom), 8)
    labels = {0: top, 5: bottom if bottom != top else "", 2: "equity"}
    for at, line in enumerate(line_chart(equity, style.width - margin - 2, 6, style.ascii)):
        yield f"{labels.get(at, ''):>{margin}} ┤{line}"
    drawdown = run.drawdown
    deepest = -float(drawdown.max())
    labels = {0: "drawdown", 1: percent(deepest)}
    for at, line in enumerate(hanging_chart(drawdown, style.width - margin - 2, 2, style.ascii)):
        yield f"{labels[at]:>{margin}} ┤{style.paint(line, deepest)}"
    yield ""


def _scale(value: float) -> str:
    return f"{value:,.0f}" if abs(value) < 1e9 else f"{value:.6g}"


def _monthly(run: Measured, style: Style, room: int) -> list[str]:
    """The last years that fit, a line each: the months and the year, in percent."""
    years = yearly(run.monthly)
    fitting = list(years)[-(room - 2) :] if room > 2 else []
    if not fitting or style.width < _MONTHS_WIDE:
        return []
    more = f"  (the last {len(fitting)} of {len(years)} years)" if len(fitting) < len(years) else ""
    head = "%   " + "".join(f"{name:>5}" for name in _MONTHS) + f"{'year':>8}"
    lines = [style.dim(head)]
    for year in fitting:
        months = (_cell(run.monthly.get((year, month)), 5, style) for month in range(1, 13))
        lines.append(f"{year}{''.join(months)}{_cell(years[year], 8, style)}")
    return [*lines, style.dim(more)]


def _cell(value: float | None, width: int, style: Style) -> str:
    if value is None:
        return " " * width
    scaled = value * 100.0
    text = f"{scaled:.1f}" if abs(scaled) < 9.95 else f"{scaled:.0f}"
    return style.paint(text.replace("-0.0", "0.0").rjust(width), round(scaled, 1))


def _symbols(run: Measured, style: Style) -> list[str]:
    """What each of several symbols brought."""
    several, strategies = run.output.several, run.output.strategies
    if several is None:
        return []
    from .several.lines import symbol_lines

    if strategies is None:
        return symbol_lines(run, style)
    from .strategies.lines import strategy_lines

    return strategy_lines(run, style) + (symbol_lines(run, style) if several.traded > len(strategies.names) else [])


def _trades(out: RunOutput, style: Style, count: int = 5) -> Iterator[str]:
    """The last trades, those still open at the end among them, in the program's own time."""
    total = len(out.trades)
    if not total:
        yield "no trades"
        return
    for number in range(max(0, total - count), total):
        yield _trade(out, number, style)
    if out.shown_zone not in ("", "UTC"):
        yield style.dim(f"times are those of {out.shown_zone}")
    if told := currencies_told(out):
        yield from map(style.dim, wrapped(told, style.width))
    yield ""


def _trade(out: RunOutput, number: int, style: Style) -> str:
    cell = {name: float(trade_column(out, name)[number]) for name in _TRADE_CELLS}
    daily = out.bars.daily
    entry, left = (day_or_minute(out.local(int(cell[f"{end}_time"])), daily) for end in ("entry", "exit"))
    paid, got = (price(cell[f"{end}_price"]) for end in ("entry", "exit"))
    side = "short" if cell["side"] < 0 else "long"
    gain = style.paint(f"{shown(cell['return'], 'ratio', True):>8}", cell["return"])
    left = left if daily else left[5:]  # an intraday trade seldom outlives its year, and the line is short
    what = f"#{number + 1:<5}"
    if out.several is not None:
        symbol = one_line(_whose(out, number), _TICKER)
        what, entry = f"#{number + 1:<4} {symbol:<{_TICKER}}", entry if daily else entry[5:]
    return f"{what} {side:<5} {entry} {paid:>9} → {left} {got:>9} {gain} {EXIT_REASONS[int(cell['reason'])]}"


def _whose(out: RunOutput, number: int) -> str:
    """The symbol of a trade; of a portfolio of strategies the strategy."""
    if out.strategies is not None:
        return out.strategies.names[int(out.strategies.trades[number])]
    return out.several.symbols[int(out.several.trades[number])] if out.several is not None else out.bars.symbol


_KEPT = "\N{NO-BREAK SPACE}"
"""In place of a blank at which no line is to end."""
_TICKER = 6
"""Columns of a symbol in a line of a trade."""
_TRADE_CELLS = ("side", "entry_time", "entry_price", "exit_time", "exit_price", "return", "reason")


def _path(run: Measured) -> Iterator[str]:
    """How far the figures depend on the path inside bars, where they do."""
    found = interval(run)
    told = {name: _ends(found, name) for name in ("return", "max_drawdown")}
    if any(least != greatest for least, greatest in told.values()):
        decided = percent(found.decided).lstrip("+")
        yield f"the path inside bars decided {decided} of the trades; under worst, proximity and best:"
        yield "  " + ", ".join(f"{DEFINITIONS[name].title.lower()} {' to '.join(ends)}" for name, ends in told.items())


def _ends(found: Interval, name: str) -> tuple[str, ...]:
    return tuple(shown(value, DEFINITIONS[name].unit, name == "return") for value in found.figures[name])


def _money(run: Measured, stats: Mapping[str, Value], style: Style) -> Iterator[str]:
    """What was paid in and taken out, and the return of that money, where any was: the headlines are time-weighted."""
    if run.flows is None:
        return
    told = [f"{DEFINITIONS[name].title.lower()} {shown(stats[name], 'money')}" for name in ("deposited", "withdrawn")]
    rate = shown(stats["money_weighted_return"], "ratio", True)
    yield from wrapped(f"{' · '.join(told)} · money-weighted {rate} a year, return time-weighted", style.width)


def _days(run: Measured, style: Style) -> list[str]:
    """Days with a profit, the best and the worst; nothing where no bar lasts a day or less, or nothing was made."""
    days = Days(run)
    if run.output.bars.timeframe.seconds * 1_000_000 > DAY or not days.pnl.any():
        return []
    told = [f"{counted(len(days.pnl), 'day')}, {(days.pnl > 0.0).mean():.0%} up"]
    for name, at in (("best", int(days.pnl.argmax())), ("worst", int(days.pnl.argmin()))):
        when = day_or_minute(int(days.numbers[at]) * DAY, daily=True)
        told.append(f"{name} {when} {shown(float(days.pnl[at]), 'money', True)}")
    lines = wrapped(" · ".join(part.replace(" ", _KEPT) for part in told), style.width)
    return [line.replace(_KEPT, " ") for line in lines]


def _counts(out: RunOutput, stats: Mapping[str, Value], style: Style) -> Iterator[str]:
    """What a reader must not overlook; nothing where nothing happened."""
    told = [
        f"{DEFINITIONS[name].title.lower()} {shown(stats[name], 'count')}{with_reasons(name, out)}"
        for name in _COUNTS if stats[name]
    ]  # fmt: skip
    yield from (style.bold(line) for line in wrapped(" · ".join(told), style.width))


def _rests_on(out: RunOutput, style: Style) -> Iterator[str]:
    """Assumptions and notes: at most ten lines, whole notes only."""
    lines = wrapped(assumed(out.assumptions), style.width)
    for at, note in enumerate(out.notes):
        more = wrapped(one_line(f"note: {note}"), style.width)
        last = at + 1 == len(out.notes)
        if len(lines) + len(more) + (not last) > _FOOT:
            left = counted(len(out.notes) - at, "more note")
            lines.append(f"… {left}: in the report that `--out` writes, and in `--json`")
            break
        lines += more
    yield from map(style.dim, lines)


def assumed(assumptions: Mapping[str, object]) -> str:
    """What a result rests on, on one line. No grid or spread, a point of 1, independent entries go without saying."""
    told = {name: value for name, value in assumptions.items() if (name, value) not in _UNSAID}
    return "assumes " + " · ".join(f"{name} {_plain(value)}" for name, value in told.items())


_FOOT = 10
_UNSAID = (
    ("spread", "0%"), ("interest", "0%"), ("borrow", "0%"), ("funding", "0%"), ("margin", "100%"),
    ("maintenance", "0%"), ("participation", "none"), ("latency", "none"), ("lot", 0.0), ("tick", 0.0),
    ("minimum", 0.0), ("point_value", 1.0), ("entries", "independent"), ("opens", "any_time"),
)  # fmt: skip


def _plain(value: object) -> str:
    """A value as `assume` takes it back."""
    if isinstance(value, float):
        return f"{value:_.10g}" if value == float(f"{value:.10g}") and 1e-4 <= value < 1e10 else plain(value)
    text = str(value)
    return one_line(text, 60) if text.isidentifier() or text[:1].isdigit() else f'"{text}"'


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Lines of at most so many columns, broken between words."""
    return textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
