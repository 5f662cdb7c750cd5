"""`result.symbols`: each symbol of a run by its name, with what was held of it and what it brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import brief
from ....lang.diagnostics.suggest import nearest
from ..metrics.run import Measured
from ..tables import orders_table, trades_table
from .attribution import Part, attribution, weights

if TYPE_CHECKING:
    import pyarrow as pa

    from ...data.bars import Bars
    from ..output import Floats, Series


class SymbolResult:
    """A symbol's part of a run. Arrays have a value for each row of `result.equity`, each tested event."""

    def __init__(self, run: Measured, place: int) -> None:
        self._run, self._place = run, place

    @property
    def symbol(self) -> str:
        return self.bars.symbol

    @property
    def bars(self) -> Bars:
        """Its own bars, all that were given."""
        several = self._run.output.several
        return self._run.output.bars if several is None else several.bars[self._place]

    @cached_property
    def quantity(self) -> Floats:
        """What was held, signed."""
        out = self._run.output
        return out.quantity[out.first :] if out.several is None else out.several.held(self._place)[out.first :]

    @cached_property
    def value(self) -> Floats:
        """What that was worth at its last known close, signed."""
        out = self._run.output
        if out.several is None:
            return (out.quantity * out.bars.close * out.points)[out.first :]
        return out.several.value(self._place)[out.first :]

    @cached_property
    def pnl(self) -> Floats:
        """What it had brought by then, in money: of closed trades and of open ones, after fees."""
        run = self._run
        if run.output.several is None:
            return run.worth - run.capital
        return run.output.several.brought(self._place)[run.output.first :]

    @cached_property
    def weight(self) -> Floats:
        """Its value / the equity of the account."""
        several = self._run.output.several
        return self.value / self._run.equity if several is None else weights(self._run, several, self._place)

    @cached_property
    def table(self) -> pa.Table:
        """These columns as Arrow, with `ts`, the open instant of the account's row."""
        import pyarrow as pa

        out = self._run.output
        stamps = pa.array(out.bars.ts[out.first :]).cast(pa.timestamp("us", tz="UTC"))
        return pa.table({
            "ts": stamps, "quantity": self.quantity, "value": self.value, "weight": self.weight, "pnl": self.pnl,
        })  # fmt: skip

    @cached_property
    def trades(self) -> pa.Table:
        """Its trades, with the numbers that they have in `result.trades`."""
        return self._own(trades_table(self._run.output), "trades")

    @cached_property
    def orders(self) -> pa.Table:
        return self._own(orders_table(self._run.output), "orders")

    @cached_property
    def part(self) -> Part | None:
        """What it brought, as in `result.attribution`; None where it is the only symbol."""
        return attribution(self._run)[self._place] if self._run.output.several is not None else None

    @property
    def series(self) -> Mapping[str, Series]:
        """Any let, signal or plot of the program on this symbol, one value per bar of its own."""
        several = self._run.output.several
        return self._run.output.series if several is None else several.series(self._place)

    def _own(self, table: pa.Table, kind: str) -> pa.Table:
        import pyarrow as pa

        several = self._run.output.several
        return table if several is None else table.filter(pa.array(getattr(several, kind) == self._place))

    def __repr__(self) -> str:
        part = self.part
        told = "" if part is None else f": pnl {part.pnl:+,.2f}, {part.trades} trades"
        return f"<SymbolResult {self.symbol!r}{told}>"


class Symbols(Mapping[str, SymbolResult]):
    """Every symbol traded, in the order of the panel; a wrong name is told the nearest."""

    def __init__(self, run: Measured) -> None:
        self._run = run
        self._found: dict[str, SymbolResult] = {}

    @cached_property
    def _places(self) -> dict[str, int]:
        several = self._run.output.several
        names = (self._run.output.bars.symbol,) if several is None else several.symbols
        return {name: place for place, name in enumerate(names)}

    def __getitem__(self, name: str) -> SymbolResult:
        if not isinstance(name, str) or name not in self._places:
            near = nearest(name, self._places) if isinstance(name, str) else None
            hint = f"did you mean {brief(near)}?" if near else f"it traded {_few(list(self._places))}"
            raise KeyError(f"the run has no symbol {brief(name)}; {hint}")
        if name not in self._found:
            self._found[name] = SymbolResult(self._run, self._places[name])
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return f"<symbols: {_few(list(self))}>"


def _few(names: list[str], most: int = 10) -> str:
    told = ", ".join(names[:most])
    return f"{told} and {len(names) - most} others" if len(names) > most else told

