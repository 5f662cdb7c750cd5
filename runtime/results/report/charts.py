"""The figures of the report as Bokeh models, without data.

Every pane shares one horizontal range, counted in bars, so that nights and weekends leave no holes. The sources
are empty and named: `charts.js` fills them with what is in view, drawn from the page's packed columns, each time
the range moves. So a page never holds more than some thousand shapes, however long the history is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from bokeh.core.serialization import Serializer
from bokeh.document import Document
from bokeh.layouts import column
from bokeh.models import (
    BasicTicker,
    BasicTickFormatter,
    ColumnDataSource,
    CrosshairTool,
    FixedTicker,
    NumeralTickFormatter,
    PanTool,
    Range1d,
    WheelZoomTool,
)
from bokeh.models.annotations import BoxAnnotation, Label, Span
from bokeh.plotting import figure
from bokeh.resources import Resources

HEIGHTS = {
    "price": 430, "beside": 240, "volume": 70, "equity": 190, "drawdown": 110, "exposure": 90, "chosen": 120,
}  # fmt: skip
TITLES = {"volume": "volume", "equity": "equity", "drawdown": "drawdown", "exposure": "net value / equity"}
"""What stands in the corner of a pane; of others the page's script says it."""
_END, _WARM, _LEFT, _RIGHT, _TOP = (9e15 + at for at in range(5))
_COLOUR = "#010203"
"""What stands in a figure that is made once, for each value that differs by page."""
INDICATOR_HEIGHT = 120
EQUITY = "#3b82c4"
PALETTE = ("#d98e04", "#8a63d2", "#4d9221", "#c2518f", "#1f9ab8", "#8c6d4f")
"""Colours of plots, told from those of gains, losses and equity."""


def bokeh_script() -> str:
    """Bokeh's own JavaScript, to be put inline; the core alone, which is what these figures need."""
    return "\n".join(Resources(mode="inline", components=["bokeh"]).js_raw)


def panes(bars: int, warm: int, over: tuple[str, ...], below: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Price with its plots, candles beside them, volume, a pane for each plot that is no price, equity, drawdown,
    exposure, and one of the reader's choice.

    over, below: colours of the plots, in order, of those below with their titles. warm: bars that only warmed up,
    shaded. They hold no data, and are most of the time that a page takes: reports with the same plots are made of one.
    """
    made: dict[str, Any] = filled(_panes(over, below), {_END: _end(bars), _WARM: warm - 0.5})
    return made


@lru_cache(maxsize=16)
def _panes(over: tuple[str, ...], below: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return item(panes_model(_END, _WARM, over, below), "panes")


def _end(bars: int) -> float:
    return max(bars, 1) - 0.5


def panes_model(end: float, warm: float, over: tuple[str, ...], below: tuple[tuple[str, str], ...]) -> Any:
    """The panes up to the place `end`, shaded up to `warm`."""
    shared = _Shared(end)
    price = shared.pane("price", HEIGHTS["price"], BasicTickFormatter(use_scientific=False))
    price.add_layout(BoxAnnotation(right=warm, fill_color="#888888", fill_alpha=0.08, name="warm"))
    for at, colour in enumerate(over):
        price.line("x", "y", source=_source(f"over{at}", "x y"), line_color=colour, line_width=1.4)
    _candles(price, "candles")
    _trades(price)
    made = [price, _beside(shared), _volume(shared)]
    for at, (title, colour) in enumerate(below):
        pane = shared.pane(f"below{at}", INDICATOR_HEIGHT, BasicTickFormatter(use_scientific=False), title)
        pane.line("x", "y", source=_source(f"below{at}_line", "x y"), line_color=colour, line_width=1.3)
        made.append(pane)
    made += [_equity(shared), _drawdown(shared), _exposure(shared), _chosen(shared)]
    for pane in made[:-1]:
        pane.xaxis.visible = False
    return column(*made, sizing_mode="stretch_width", spacing=0)


class _Shared:
    """What all panes have in common: the range, its ticks, the crosshair."""

    def __init__(self, end: float) -> None:
        self.range = Range1d(start=-0.5, end=end, bounds=(-0.5, end), min_interval=5, name="bars")
        self.ticker = FixedTicker(ticks=[], name="ticks")
        self.across = Span(dimension="height", line_dash="dotted", line_width=1, line_color="#888888")

    def pane(self, name: str, height: int, labels: Any, title: str = "") -> Any:
        made = figure(
            name=name, height=height, sizing_mode="stretch_width", x_range=self.range, y_range=Range1d(start=0, end=1),
            tools=[], toolbar_location=None, y_axis_location="right", outline_line_color=None,
            background_fill_alpha=0, border_fill_alpha=0, min_border_left=4, min_border_right=78, min_border_top=6,
            min_border_bottom=6 if name != "chosen" else 28, output_backend="canvas",
        )  # fmt: skip
        zoom = WheelZoomTool(dimensions="width", modifiers={"ctrl": True})
        made.add_tools(PanTool(dimensions="width"), zoom, CrosshairTool(overlay=self.across))
        made.xaxis.ticker = made.xgrid.ticker = self.ticker
        made.yaxis.formatter = labels
        made.yaxis.ticker = BasicTicker(desired_num_ticks=max(2, height // 55))
        if name != "price":
            top = height - (48 if name == "chosen" else 26)  # the last pane has the calendar beneath
            made.add_layout(_corner(f"{name}_title", top, TITLES.get(name, title)))
        return _plain(made)


def _corner(name: str, top: float, text: str) -> Label:
    """What a pane is of, in its upper corner."""
    return Label(
        x=6, y=top, x_units="screen", y_units="screen", text=text, name=name, text_color="#888888",
        text_font_size="11px", text_font="system-ui, sans-serif",
    )  # fmt: skip


def _plain(made: Any) -> Any:
    """No frame, no tick marks: the page's style colours what is left."""
    made.axis.axis_line_color = made.axis.major_tick_line_color = made.axis.minor_tick_line_color = None
    made.axis.major_label_text_font_size = "11px"
    made.axis.major_label_text_font = "system-ui, sans-serif"
    return made


def _source(name: str, columns: str) -> ColumnDataSource:
    return ColumnDataSource({column: [] for column in columns.split()}, name=name)


def _candles(pane: Any, name: str) -> None:
    source = _source(name, "x width open high low close colour")
    pane.segment("x", "low", "x", "high", source=source, line_color="colour", line_width=1)
    pane.vbar("x", "width", "open", "close", source=source, fill_color="colour", line_color="colour", line_width=1)


def _trades(pane: Any) -> None:
    """Stops and targets, a line from each entry to its exit, and marks at both ends."""
    levels = _source("levels", "x0 x1 y colour")
    pane.segment("x0", "y", "x1", "y", source=levels, line_color="colour", line_dash=[3, 3], line_width=1.2)
    links = _source("links", "x0 y0 x1 y1 colour")
    pane.segment("x0", "y0", "x1", "y1", source=links, line_color="colour", line_width=1.6, line_alpha=0.75)
    marks = _source("marks", "x y marker colour edge size")
    pane.scatter(
        "x", "y", source=marks, marker="marker", size="size", fill_color="colour", line_color="edge", line_width=1
    )


def _equity(shared: _Shared) -> Any:
    pane = shared.pane("equity", HEIGHTS["equity"], NumeralTickFormatter(format="0,0.[00]"))
    pane.line("x", "y", source=_source("held", "x y"), line_color="#888888", line_width=1.1, line_dash=[4, 3])
    pane.line("x", "y", source=_source("equity_line", "x y"), line_color=EQUITY, line_width=1.6)
    return pane


def _drawdown(shared: _Shared) -> Any:
    pane = shared.pane("drawdown", HEIGHTS["drawdown"], NumeralTickFormatter(format="0.[0]%"))
    source = _source("under", "x y")
    pane.varea("x", y1="y", y2=0, source=source, fill_color="#d1495b", fill_alpha=0.3)
    pane.line("x", "y", source=source, line_color="#d1495b", line_width=1.1)
    return pane


def _beside(shared: _Shared) -> Any:
    """Candles of a higher timeframe, or of another symbol; hidden until the reader picks one."""
    pane = shared.pane("beside", HEIGHTS["beside"], BasicTickFormatter(use_scientific=False))
    _candles(pane, "beside_candles")
    pane.visible = False
    return pane


def _volume(shared: _Shared) -> Any:
    pane = shared.pane("volume", HEIGHTS["volume"], NumeralTickFormatter(format="0.[0]a"))
    source = _source("volumes", "x width y")
    pane.vbar("x", "width", "y", 0, source=source, fill_color="#888888", fill_alpha=0.55, line_color=None)
    return pane


def _exposure(shared: _Shared) -> Any:
    """Net value / equity, and where there are several symbols gross value / equity, dashed."""
    pane = shared.pane("exposure", HEIGHTS["exposure"], NumeralTickFormatter(format="0.[0]%"))
    dashed = {"line_color": "#888888", "line_width": 1.1, "line_dash": [4, 3]}
    pane.line("x", "y", source=_source("gross_line", "x y"), **dashed)
    pane.line("x", "y", source=_source("net_line", "x y"), line_color=EQUITY, line_width=1.2)
    return pane


def _chosen(shared: _Shared) -> Any:
    """The pane whose column the reader picks."""
    pane = shared.pane("chosen", HEIGHTS["chosen"], BasicTickFormatter(use_scientific=False))
    pane.line("x", "y", source=_source("chosen_line", "x y"), line_color=EQUITY, line_width=1.2)
    return pane


def distribution(edges: Sequence[float], counts: Sequence[int]) -> dict[str, Any]:
    """A histogram of trade returns; bins do not straddle 0."""
    left, right, top = list(edges[:-1]), list(edges[1:]), list(counts)
    values: dict[float | str, Any] = {_LEFT: left, _RIGHT: right, _TOP: top}
    values |= {_COLOUR: bin_colours(left), _END: top_of(top)}
    made: dict[str, Any] = filled(_distribution(), values)
    return made


@lru_cache(maxsize=1)
def _distribution() -> dict[str, Any]:
    return item(distribution_model([_LEFT], [_RIGHT], [_TOP], [_COLOUR], _END), "distribution")


def bin_colours(left: Sequence[float]) -> list[str]:
    return ["#d1495b" if edge < 0.0 else "#0f8b8d" for edge in left]


def top_of(counts: Sequence[int]) -> float:
    """Where the axis of counts ends."""
    return max(counts) * 1.08


def distribution_model(
    left: Sequence[float], right: Sequence[float], top: Sequence[float], colours: Sequence[str], end: float
) -> Any:
    """The histogram; the axis ends at `end`."""
    made = figure(
        name="distribution", height=260, sizing_mode="stretch_width", tools=[], toolbar_location=None,
        outline_line_color=None, background_fill_alpha=0, border_fill_alpha=0, y_range=Range1d(start=0, end=end),
    )  # fmt: skip
    made.quad(
        left=left, right=right, top=top, bottom=0, fill_color=colours, fill_alpha=0.85, line_color=None,
    )  # fmt: skip
    made.xaxis.formatter = NumeralTickFormatter(format="0.[00]%")
    made.yaxis.ticker = BasicTicker(min_interval=1)  # trades are counted
    made.yaxis.formatter = NumeralTickFormatter(format="0,0")
    made.xgrid.grid_line_color = None
    return _plain(made)


def item(model: Any, target: str) -> dict[str, Any]:
    """A model as Bokeh's JSON, its names counted from 1, so that equal runs give equal pages.

    It is what `json_item` gives, which goes through all models three times more, for faults and callbacks that none of
    ours has: half of its time.
    """
    empty = Document(title="").to_json(deferred=False)
    told = {**empty, "roots": Serializer(deferred=False).encode([model])}
    return counted({"target_id": target, "root_id": model.id, "doc": told, "version": empty["version"]})


def counted(told: Any) -> dict[str, Any]:
    """The same with the names of its models counted from 1."""
    numbers: dict[str, str] = {}
    made: dict[str, Any] = json.loads(
        re.sub(r'"p(\d+)"', lambda match: f'"{numbers.setdefault(match[1], f"m{len(numbers) + 1}")}"', json.dumps(told))
    )
    return made


def filled(figure: Any, values: Mapping[float | str, Any]) -> Any:
    """A copy of a figure with what it stands for in place of each mark; a list of one mark is the list it stands for.

    Marks are no numbers of any bar, and a colour that is none of ours: a text is a mark only where it is alone in a
    list.
    """
    if isinstance(figure, dict):
        return {name: filled(value, values) for name, value in figure.items()}
    if isinstance(figure, list):
        mark = figure[0] if len(figure) == 1 else None
        if isinstance(mark, (float, str)) and isinstance(values.get(mark), list):
            return list(values[mark])
        return [filled(value, values) for value in figure]
    return values.get(figure, figure) if isinstance(figure, float) else figure
