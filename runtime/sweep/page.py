"""The map of a sweep as a page that opens anywhere: one table, its cells coloured, the best rows below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import one_line
from ..results.format import counted, shown
from ..results.metrics.definitions import Value
from ..results.metrics.wider import METRICS
from .surface import Surface

if TYPE_CHECKING:
    import pyarrow as pa

BEST = 100
"""Rows listed below the map."""

_STYLE = """
body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;margin:1rem 0}
th,td{padding:.25rem .6rem;text-align:right;font-variant-numeric:tabular-nums}
.map td{border:1px solid #fff;min-width:3.5rem}th{font-weight:600;color:#57606a}.none{color:#aaa}
p{color:#57606a}
"""


def page(
    title: str, table: pa.Table, map_: Surface | None, about: Iterable[str], written: Callable[[str, float | bool], str]
) -> str:
    """table: best first. about: what was run, what it rests on, what was left out. written: a parameter in words."""
    heading = escape(one_line(title))
    drawn = _map(map_, written) if map_ else ()
    told = (f"<p>{escape(one_line(line))}</p>" for line in about)
    parts = [f"<h1>{heading}</h1>", *told, *drawn, *_rows(table, written)]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{heading}</title>'
        f"<style>{_STYLE}</style>{''.join(parts)}</html>\n"
    )


def _map(map_: Surface, written: Callable[[str, float | bool], str]) -> Iterator[str]:
    over = f", each cell the best over {' and '.join(map_.over)}" if map_.over else ""
    yield f"<h2>{escape(METRICS[map_.metric].title)}</h2>"
    yield f"<p>{escape(map_.down)} down, {escape(map_.across)} across{escape(over)}</p><table class=map><tr><th></th>"
    yield from (f"<th>{escape(written(map_.across, value))}</th>" for value in map_.columns)
    for row, line in zip(map_.rows, map_.values, strict=True):
        yield f"</tr><tr><th>{escape(written(map_.down, row))}</th>"
        yield from (_cell(map_, value) for value in line)
    yield "</tr></table>"


def _cell(map_: Surface, value: Value) -> str:
    if value is None:
        return "<td class=none>–</td>"
    hue = round(120 * map_.rank(value))  # from red, the worst, to green
    return f'<td style="background:hsl({hue},70%,72%)">{shown(value, METRICS[map_.metric].unit)}</td>'


def _rows(table: pa.Table, written: Callable[[str, float | bool], str]) -> Iterator[str]:
    best = table.slice(0, BEST)
    yield f"<h2>The best {counted(best.num_rows, 'row')} of {table.num_rows:,}</h2><table><tr>"
    yield from (f"<th>{escape(name)}</th>" for name in table.column_names)
    for row in best.to_pylist():
        cells = (cell(name, value, written) for name, value in row.items())
        yield f"</tr><tr>{''.join(f'<td>{escape(text)}</td>' for text in cells)}"
    yield "</tr></table>"


def cell(name: str, value: Value | bool, written: Callable[[str, float | bool], str]) -> str:
    """A value of the table for a person: a statistic in its unit, a parameter as the program writes it."""
    definition = METRICS.get(name.removeprefix("result_")) if name.startswith("result_") else METRICS.get(name)
    if definition is None and value is not None:
        return written(name, value)
    return shown(None if value is None else float(value), definition.unit if definition else "")
