"""The data of the shell: read once, and then in memory, whatever becomes of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import named
from ...runtime.calendar.instants import shown
from ...runtime.results.format import counted, day_or_minute

if TYPE_CHECKING:
    from ...runtime.data.bars import Bars
    from ...runtime.data.panel.model import Panel

_READ = ("symbol", "timeframe", "data_from", "data_to", "data_tz", "time_format", "policy", "columns")
"""Options of reading, which are done with when data are read; the others go along with every run."""
_OF_SEVERAL = tuple(name for name in _READ if name != "symbol")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Bars, or those of several symbols; source: what they were read from; options: that every run is given besides."""

    source: object
    held: Bars | Panel
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Bars, ...]:
        """The bars of each symbol."""
        from ...runtime.data.panel.model import Panel

        return self.held.bars if isinstance(self.held, Panel) else (self.held,)

    @property
    def name(self) -> str:
        """`AAPL 1d`, or `5 symbols 1d`."""
        parts = self.parts
        what = named(parts[0].symbol) if len(parts) == 1 else f"{len(parts)} symbols"
        return f"{what} {parts[0].timeframe}"

    @property
    def bars(self) -> int:
        return sum(map(len, self.parts))

    @property
    def span(self) -> str:
        """`2000-03-01 → 2013-03-01`, "" without bars."""
        known = [bars for bars in self.parts if len(bars)]
        if not known:
            return ""
        first, last = min(int(bars.ts[0]) for bars in known), max(int(bars.ts[-1]) for bars in known)
        daily = known[0].daily
        return f"{day_or_minute(first, daily)} → {day_or_minute(last, daily)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of them; of several symbols with whose it is."""
        if len(self.parts) == 1:
            return self.parts[0].notes
        told: tuple[str, ...] = getattr(self.held, "notes", ())
        return told or tuple(f"{bars.symbol}: {note}" for bars in self.parts for note in bars.notes)

    def told(self) -> str:
        return f"{self.name} · {counted(self.bars, 'bar')} · {self.span}"

    def document(self) -> dict[str, Any]:
        """The symbols with their bars, times in ISO 8601."""
        each = [
            {"symbol": bars.symbol, "timeframe": str(bars.timeframe), "bars": len(bars),
             "from": shown(int(bars.ts[0])) if len(bars) else None,
             "to": shown(int(bars.ts[-1])) if len(bars) else None}
            for bars in self.parts
        ]  # fmt: skip
        return {"data": each, "notes": list(self.notes)}


def load(source: object, options: Mapping[str, Any]) -> Loaded:
    """Read data, of one symbol or of several; DataError and its kinds say what is wrong with them."""
    from ...runtime.data.errors import SeveralSymbolsError
    from ...runtime.data.load import load_bars
    from ...runtime.data.panel import load_panel

    given = {name: value for name, value in options.items() if value is not None}
    rest = {name: value for name, value in given.items() if name not in _READ}
    read = {name: value for name, value in given.items() if name in _READ}
    several = isinstance(source, Mapping) or "symbols" in rest or "universe" in rest
    if not several:
        try:
            return Loaded(source, load_bars(source, **read), rest)
        except SeveralSymbolsError:
            pass
    of_each = {name: value for name, value in read.items() if name in _OF_SEVERAL}
    return Loaded(source, load_panel(source, **of_each), rest)
