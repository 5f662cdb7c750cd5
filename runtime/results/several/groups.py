"""`result.groups`: each group of symbols of a run by its name, with what was held of it, in money and of equity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import brief
from ....lang.diagnostics.suggest import nearest
from ..metrics.run import Measured

if TYPE_CHECKING:
    import pyarrow as pa

    from ..output import Floats

COLUMNS = ("gross", "net", "long", "short", "leverage", "net_leverage")
"""What is told of a group: in money all sizes, all values with their signs, those above 0, and the sizes of those
below; and the first two of equity."""


class GroupResult:
    """What was held of a group's symbols. Arrays have a value for each row of `result.equity`, each tested event."""

    def __init__(self, run: Measured, name: str, places: tuple[int, ...]) -> None:
        self._run, self.name, self._places = run, name, places

    @property
    def symbols(self) -> tuple[str, ...]:
        """Those of it that are traded."""
        several = self._run.output.several
        assert several is not None
        return tuple(several.symbols[place] for place in self._places)

    @property
    def gross(self) -> Floats:
        """The sizes of all their values, in the account's money."""
        return self.long + self.short

    @property
    def net(self) -> Floats:
        """All their values, those held short below 0."""
        return self.long - self.short

    @property
    def long(self) -> Floats:
        """The values of those held long."""
        return self._sides[0]

    @property
    def short(self) -> Floats:
        """The sizes of the values of those held short."""
        return self._sides[1]

    @property
    def leverage(self) -> Floats:
        """`gross` / the equity of the account: a group has no money of its own."""
        made: Floats = self.gross / self._run.equity
        return made

    @property
    def net_leverage(self) -> Floats:
        """`net` / the equity of the account."""
        made: Floats = self.net / self._run.equity
        return made

    @cached_property
    def _sides(self) -> tuple[Floats, Floats]:
        """What is long and what is short, added in the order of the panel."""
        import numpy as np

        out = self._run.output
        assert out.several is not None
        long, short = np.zeros(out.tested), np.zeros(out.tested)
        for place in self._places:
            value = out.several.value(place)[out.first :]
            long += np.maximum(value, 0.0)
            short += np.maximum(-value, 0.0)
        long.flags.writeable = short.flags.writeable = False  # they are handed out, and kept
        return long, short

    @property
    def table(self) -> pa.Table:
        """These columns as Arrow, with `ts`, the open instant of the account's row, and the `group`."""
        return _table(self._run, [self])

    def __repr__(self) -> str:
        return f"<GroupResult {self.name!r}: {', '.join(self.symbols)}>"


class Groups(Mapping[str, GroupResult]):
    """Every group declared of which something is traded, by its name in small letters; a wrong one is told the
    nearest."""

    def __init__(self, run: Measured) -> None:
        self._run = run
        several = run.output.several
        declared = {} if several is None else several.groups
        self._each = {name: GroupResult(run, name, places) for name, places in declared.items()}

    def __getitem__(self, name: str) -> GroupResult:
        found = self._each.get(name.lower()) if isinstance(name, str) else None
        if found is None:
            near = nearest(name.lower(), self._each) if isinstance(name, str) else None
            hint = f"did you mean {brief(near)}?" if near else f"it has {', '.join(self._each) or 'none at all'}"
            raise KeyError(f"the run has no group {brief(name)}; {hint}")
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._each

    def __iter__(self) -> Iterator[str]:
        return iter(self._each)

    def __len__(self) -> int:
        return len(self._each)

    @property
    def table(self) -> pa.Table:
        """All of them, a row an event and a group; without rows where there is none."""
        return _table(self._run, list(self.values()))

    def __repr__(self) -> str:
        return f"<groups: {', '.join(self._each) or 'none'}>"


def _table(run: Measured, every: list[GroupResult]) -> pa.Table:
    """A row an event and a group: `ts` `group`, and `COLUMNS`."""
    import numpy as np
    import pyarrow as pa

    out, count = run.output, run.output.tested
    stamps = np.repeat(out.bars.ts[out.first :], len(every))
    names = pa.array([each.name for each in every], pa.string())
    columns = {
        name: np.stack([getattr(each, name) for each in every], axis=1).ravel() if every else np.empty(0)
        for name in COLUMNS
    }
    return pa.table({
        "ts": pa.array(stamps).cast(pa.timestamp("us", tz="UTC")),
        "group": names.take(pa.array(np.tile(np.arange(len(every)), count))),
        **columns,
    })  # fmt: skip
