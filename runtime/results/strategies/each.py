"""`result.strategies`: each strategy of a portfolio by its name, a result of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import brief
from ....lang.diagnostics.suggest import nearest

if TYPE_CHECKING:
    from ..output import RunOutput
    from ..result import Result
    from .model import Strategies


class EachStrategy(Mapping[str, "Result"]):
    """In the order of the portfolio; a wrong name is told the nearest. Empty where the run is no portfolio of them."""

    def __init__(self, strategies: Strategies | None, make: Callable[[RunOutput], Result]) -> None:
        self._strategies, self._make = strategies, make
        self._found: dict[str, Result] = {}

    @property
    def _names(self) -> tuple[str, ...]:
        return () if self._strategies is None else self._strategies.names

    def __getitem__(self, name: str) -> Result:
        if not isinstance(name, str) or self._strategies is None or name not in self._names:
            near = nearest(name, self._names) if isinstance(name, str) else None
            there = ", ".join(self._names) or "none: it is no portfolio of strategies"
            hint = f"did you mean {near}?" if near else f"it has {there}"
            raise KeyError(f"the run has no strategy {brief(name)}; {hint}")
        if name not in self._found:
            self._found[name] = self._make(self._strategies.outputs[self._names.index(name)])
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<strategies: {', '.join(self) or 'none'}>"
