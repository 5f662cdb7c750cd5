"""The parts of the page that are plain HTML. Every text that comes from outside goes through `escape`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from ....lang.explain.model import Sentence
from ..format import counted, day_or_minute, shown
from ..metrics.definitions import DEFINITIONS, Definition, Group, Value
from ..metrics.run import Measured
from ..output import RunOutput
from ..periods import yearly
from ..rows import currencies_told, with_reasons

HEADLINES = (
    "return", "annual_return", "benchmark_return", "max_drawdown", "sharpe", "profit_factor", "trades", "win_rate",
    "exposure", "final_equity", "fees", "volatility",
)  # fmt: skip
ALERTS = ("denied", "reduced", "conflicts", "ambiguous_fills", "guard_trips", "open_trades")
SIGNED = frozenset("return annual_return benchmark_return net_profit expectancy average_return".split())
_UNITS = {"money": "money", "ratio": "%", "bars": "bars", "count": "count", "number": ""}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
STRONG = 0.10
"""A monthly return this large has the full colour of the heat map."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def escape(text: object) -> str:
    """As text of the page; what is no character, as of a file's name, is shown as one that stands for it."""
    return html.escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(text)), quote=True)


def subtitle(out: RunOutput) -> str:
    return " · ".join(f"<span>{escape(part)}</span>" for part in span_of(out))


def span_of(out: RunOutput) -> list[str]:
    """Symbol, timeframe, period, number of bars."""
    parts = [out.bars.symbol, str(out.bars.timeframe)]
    if out.tested:
        first, last = (day_or_minute(out.local(int(out.bars.ts[at])), out.bars.daily) for at in (out.first, -1))
        parts.append(f"{first} – {last} {out.shown_zone}".rstrip())
    parts.append(f"{counted(out.tested, 'bar')} tested")
    if out.first:
        parts.append(f"{out.first:,} before them warmed up")
    if out.currency:
        parts.append(f"money in {out.currency}")
    return parts


def currencies(out: RunOutput) -> str:
    """What prices and money are in, where they differ."""
    told = currencies_told(out)
    return f" {escape(told[0].upper() + told[1:])}." if told else ""


def cards(values: Mapping[str, Value]) -> str:
    return "".join(_card(DEFINITIONS[name], values[name]) for name in HEADLINES)


def _card(definition: Definition, value: Value) -> str:
    text = shown(value, definition.unit, definition.name in SIGNED)
    return (
        f'<div class="card" tabindex="0" data-tip="{escape(definition.meaning)}">'
        f'<div class="name">{escape(definition.title)}</div>'
        f'<div class="value {_tone(definition, value)}">{escape(text)}</div></div>'
    )


def _tone(definition: Definition, value: Value) -> str:
    """Whether a signed number is good or bad."""
    if definition.name not in SIGNED or not value:
        return ""
    return "gain" if value > 0 else "loss"


def alerts(out: RunOutput, values: Mapping[str, Value]) -> str:
    """What must not be overlooked, as headlines; nothing where nothing happened."""
    told = [DEFINITIONS[name] for name in ALERTS if values[name]]
    chips = "".join(
        f'<span class="chip" tabindex="0" data-tip="{escape(d.meaning)}">'
        f"<b>{escape(shown(values[d.name], d.unit))}</b> {escape(d.title.lower() + with_reasons(d.name, out))}</span>"
        for d in told
    )
    return f'<div class="alerts">{chips}</div>' if chips else ""


def statistics_table(values: Mapping[str, Value], groups: Iterable[Group]) -> str:
    """The numbers of these groups, each with its unit and definition."""
    return "".join(
        f"<h3>{escape(group.title)}</h3><table class='stats'><tbody>"
        + "".join(_statistic(definition, values[definition.name]) for definition in group.definitions)
        + "</tbody></table>"
        for group in groups
    )


def _statistic(definition: Definition, value: Value) -> str:
    return (
        f"<tr><th scope='row'>{escape(definition.title)}<code>{escape(definition.name)}</code></th>"
        f"<td class='number'>{escape(shown(value, definition.unit, definition.name in SIGNED))}</td>"
        f"<td class='unit'>{escape(_UNITS[definition.unit])}</td><td>{escape(definition.meaning)}</td></tr>"
    )


def drawn(bars: int, size: int) -> str:
    """That a long history is drawn in groups, and where every bar is; "" where each is drawn."""
    if size == 1:
        return ""
    return (
        f"<p class='quiet'>{bars:,} bars are more than a screen shows: they are drawn in groups of {size:,}, each with "
        "its highest and its lowest value. Every bar is in the table <code>equity</code> that <code>--out</code> "
        "writes, and in <code>result.equity</code>.</p>"
    )


def listed(trades: int, most: int) -> str:
    """That only the last trades are in the page, and where all are; "" where all are here."""
    if trades <= most:
        return ""
    return (
        f"<p class='quiet'>The last {most:,} of {trades:,} trades are listed and drawn. All are in the table "
        "<code>trades</code> that <code>--out</code> writes, and in <code>result.trades</code>.</p>"
    )


def explained(count: int, trades: int, missing: str) -> str:
    """How many of the trades say why, where not all of them do."""
    if not trades or count == trades:
        return ""
    told = f"the last {count:,} of {trades:,} trades do; <code>strat why --trade N</code> explains any" if count else ""
    return f"Which trades say why: {told or escape(f'none, as {missing}')}."


def months(run: Measured) -> str:
    """The heat map of monthly returns, newest year first."""
    years = yearly(run.monthly)
    if not years:
        return "<p class='quiet'>No month was tested.</p>"
    head = "".join(f"<th scope='col'>{name}</th>" for name in (*_MONTHS, "Year"))
    lines = "".join(
        f"<tr><th scope='row'>{year}</th>"
        + "".join(_month(run.monthly.get((year, month)), f"{_MONTHS[month - 1]} {year}") for month in range(1, 13))
        + _month(years[year], str(year), "year")
        + "</tr>"
        for year in reversed(years)
    )
    return f"<table class='heat'><thead><tr><th></th>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _month(value: float | None, name: str, kind: str = "") -> str:
    if value is None:
        return f"<td class='{kind}'></td>"
    strength = round(min(1.0, abs(value) / STRONG) * 100)
    tone = "gain" if value > 0 else "loss" if value < 0 else "none"
    text = f"{value * 100:.1f}".replace("-", "−")
    return f"<td class='{tone} {kind}' style='--strength:{strength}%' title='{name}: {value:+.2%}'>{text}</td>"


def pairs(values: Mapping[str, object], nothing: str) -> str:
    """Names and values, side by side."""
    if not values:
        return f"<p class='quiet'>{escape(nothing)}</p>"
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(_plain(value))}</dd>" for name, value in values.items())
    return f"<dl>{rows}</dl>"


def _plain(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def notes(texts: Iterable[str]) -> str:
    lines = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{lines}</ul>" if lines else "<p class='quiet'>Nothing to note.</p>"


def meaning(out: RunOutput) -> str:
    """What the text means in plain English, as `strat explain` tells it; "" where the program is not at hand."""
    if out.again is None:
        return ""
    explained = out.again.program.explain()
    told = f"<p>{escape(' '.join(sentence.text for sentence in explained.headline))}</p>"
    for section in explained.sections:
        told += f"<h4>{escape(section.title)}</h4>{_explained(section.sentences, 'ol' if section.numbered else 'ul')}"
    return f"<div class='panel'><h3>What it says</h3>{told}</div>"


def _explained(sentences: Iterable[Sentence], tag: str = "ul") -> str:
    """A list of sentences, their details in lists of their own."""
    lines = (escape(each.text) + (_explained(each.details) if each.details else "") for each in sentences)
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"


def source(text: str) -> str:
    """The strategy's text with line numbers, comments dimmed."""
    lines = "".join(f"<li><code>{_line(line)}</code></li>" for line in text.splitlines())
    return f"<ol class='source'>{lines}</ol>"


def _line(line: str) -> str:
    code, comment = _split_comment(line)
    dimmed = f"<i>{escape(comment)}</i>" if comment else ""
    return (escape(code) + dimmed) or " "


def _split_comment(line: str) -> tuple[str, str]:
    """A line before and from its `#`; one inside a text is no comment."""
    inside = False
    for at, character in enumerate(line):
        if character == '"':
            inside = not inside
        elif character == "#" and not inside:
            return line[:at], line[at:]
    return line, ""
