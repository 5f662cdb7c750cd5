"""The grid of a sweep: which values each parameter takes, and the combinations that `require` allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ...lang.diagnostics.suggest import nearest
from ...lang.plan.constants import evaluate_params, refusals
from ...lang.plan.model import Parameter, Plan
from ..errors import UsageFault
from ..machine.machine import misfit
from ..run.parameters import checked, chosen

Value = float | bool
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Grid:
    """names: the parameters swept. values: of every parameter, for each combination kept; the last name varies fastest.

    skipped: combinations that break a `require`.
    """

    names: tuple[str, ...]
    values: tuple[Values, ...]
    skipped: int

    def greatest(self) -> dict[str, float]:
        """The largest value of each number swept: what buffers are sized by."""
        found = {name: [values[name] for values in self.values] for name in self.names}
        return {name: float(max(held)) for name, held in found.items() if not isinstance(held[0], bool)}


def read_grid(
    plan: Plan, grid: Mapping[str, Iterable[object]], params: Mapping[str, object] | None, host: Values
) -> Grid:
    """The combinations of `grid`, with `params` for the parameters that stay.

    host: values that the text cannot give, the tick among them. UsageFault says what is wrong.
    """
    if not grid:
        raise UsageFault("a sweep needs a grid: name at least one parameter with its values")
    twice = sorted(set(grid) & set(params or {}))
    if twice:
        raise UsageFault(f"`{twice[0]}` is in the grid and given a single value as well: keep one of the two")
    fixed = dict(chosen(plan.params, params)) | dict(host)
    axes = [_axis(plan.params, name, values) for name, values in grid.items()]
    kept: list[Values] = []
    skipped = 0
    for combination in product(*axes):
        values = fixed | dict(zip(grid, combination, strict=True))
        known = evaluate_params(plan, values)
        if refusals(plan, known):
            skipped += 1
        elif wrong := misfit(plan, known):
            raise UsageFault(f"{wrong}, with {', '.join(f'{name} = {values[name]:g}' for name in grid)}")
        else:
            kept.append(values)
    if not kept:
        rules = " and ".join(rule.text for rule in plan.requires)
        raise UsageFault(f"the program requires {rules}, which holds for none of the {skipped} combinations")
    return Grid(tuple(grid), tuple(kept), skipped)


def _axis(parameters: Sequence[Parameter], name: str, given: Iterable[object]) -> list[Value]:
    """The values of one parameter, each checked, in the order given."""
    known = {parameter.name: parameter for parameter in parameters}
    if name not in known:
        close = nearest(name, sorted(known))
        there = f"did you mean `{close}`?" if close else f"it has {', '.join(known) or 'none'}"
        raise UsageFault(f"the program has no parameter `{name}` to sweep: {there}")
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise UsageFault(f"the grid of `{name}` is a list of values, found {given!r}")
    values = [checked(known[name], value) for value in given]
    if not values:
        raise UsageFault(f"the grid of `{name}` has no values")
    repeated = next((value for place, value in enumerate(values) if value in values[:place]), None)
    if repeated is not None:
        raise UsageFault(f"the grid of `{name}` has {repeated:g} twice: each value makes its own row")
    return values
