"""The grid of a sweep: which values each parameter takes, and the combinations that `require` allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product
from math import prod

from ...lang.diagnostics.brief import brief, named
from ...lang.diagnostics.suggest import nearest
from ...lang.inputs.parameters import checked, chosen
from ...lang.plan.constants import evaluate_params, refusals
from ...lang.plan.model import Parameter, Plan
from ..errors import UsageFault, as_usage_fault
from ..given import mapping, several
from ..limits import COMBINATIONS, check_combinations, look
from ..machine.machine import misfit

MOST = COMBINATIONS
"""Combinations of a sweep unless its caller says otherwise."""

_AT_ONCE = 4096  # combinations between two looks at whether to go on

Value = float | bool
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Grid:
    """names: the parameters swept. values: of every parameter of the text, for each combination kept; the last name
    varies fastest.

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
    plan: Plan, grid: Mapping[str, Iterable[object] | None], params: Mapping[str, object] | None,
    hosts: Sequence[Values], limit: int = MOST,
) -> Grid:  # fmt: skip
    """The combinations of `grid`, with `params` for the parameters that stay; None in the grid is the whole domain.

    hosts: values that the text cannot give, the tick among them; several where symbols have others: a combination is
    one that all of them allow. limit: combinations, `require` or not.
    UsageFault says what is wrong.
    """
    names_of(grid)
    mapping("params", params)
    twice = sorted(set(grid) & set(params or {}))
    if twice:
        raise UsageFault(f"`{twice[0]}` is in the grid and given a single value as well: keep one of the two")
    with as_usage_fault():
        fixed = dict(chosen(plan.params, params))
    axes = [_axis(plan.params, name, values) for name, values in grid.items()]
    _within(axes, limit)
    kept: list[Values] = []
    skipped = 0
    for number, combination in enumerate(product(*axes)):
        if number % _AT_ONCE == 0:
            look()
        values = fixed | dict(zip(grid, combination, strict=True))
        each = [evaluate_params(plan, {**values, **host}) for host in hosts]
        if any(refusals(plan, known) for known in each):
            skipped += 1
        elif wrong := next(filter(None, (misfit(plan, known) for known in each)), ""):
            raise UsageFault(f"{wrong}, with {', '.join(f'{name} = {values[name]:g}' for name in grid)}")
        else:
            kept.append(values)
    if not kept:
        rules = " and ".join(rule.text for rule in plan.requires)
        raise UsageFault(f"the program requires {rules}, which holds for none of the {skipped} combinations")
    return Grid(tuple(grid), tuple(kept), skipped)


def names_of(grid: object) -> tuple[str, ...]:
    """The parameters that a grid sweeps; UsageFault where it is none."""
    if not isinstance(grid, Mapping):
        raise UsageFault(f"a grid is a mapping of names to values, such as {{'fast': [10, 20]}}; found {brief(grid)}")
    mapping("grid", grid)
    if not grid:
        raise UsageFault("a sweep needs a grid: name at least one parameter with its values")
    return tuple(grid)


def _within(axes: Sequence[Sequence[Value]], limit: int) -> None:
    count = prod(len(axis) for axis in axes)
    check_combinations(count)
    if count > limit:
        raise UsageFault(
            f"the grid has {count:,} combinations, more than the limit of {limit:,}: take fewer values, "
            "or raise the limit (--limit N, limit=N) if the time and about a kilobyte for each are there"
        )


def step_of(parameter: Parameter) -> float | None:
    """The distance between values that a sweep tries, in the parameter's unit; None where nothing says it."""
    if parameter.step is not None or isinstance(parameter.default, bool):
        return parameter.step
    return 1.0 if parameter.whole else None


def domain_values(parameter: Parameter) -> list[Value]:
    """Every value of the domain, in its steps; UsageFault where it does not say enough."""
    if isinstance(parameter.default, bool):
        return [False, True]
    if parameter.choices:
        return list(parameter.choices)
    step = step_of(parameter)
    if parameter.low is None or parameter.high is None or step is None:
        lacks = "a domain" if parameter.low is None else "a step"
        raise UsageFault(f"the parameter `{parameter.name}` has no {lacks[2:]}: say its values, or give it {lacks} "
                         f"in the program: `in LO to HI step STEP`")  # fmt: skip
    count = int((parameter.high - parameter.low) / step * (1 + 1e-12)) + 1
    if count > MOST:
        raise UsageFault(f"the domain of `{parameter.name}` has {count:,} values in its steps: say which to take")
    return [_stepped(parameter, step, at) for at in range(count)]


def _stepped(parameter: Parameter, step: float, at: int) -> float:
    """low + at * step in decimals, so that 0.1 + 2 * 0.1 is 0.3."""
    return float(Decimal(repr(parameter.low)) + at * Decimal(repr(step)))


def _axis(parameters: Sequence[Parameter], name: str, given: Iterable[object] | None) -> list[Value]:
    """The values of one parameter, each checked, in the order given."""
    known = {parameter.name: parameter for parameter in parameters}
    if name not in known:
        close = nearest(name, sorted(known))
        there = f"did you mean `{close}`?" if close else f"it has {', '.join(known) or 'none'}"
        raise UsageFault(f"the program has no parameter `{named(name)}` to sweep: {there}")
    if given is None:
        return domain_values(known[name])
    if isinstance(given, str) or not several(given):
        raise UsageFault(f"the grid of `{name}` is a list of values, found {brief(given)}")
    with as_usage_fault():
        values = [checked(known[name], value) for value in islice(given, MOST + 1)]
    if len(values) > MOST:
        raise UsageFault(f"the grid of `{name}` has more than {MOST:,} values")
    if not values:
        raise UsageFault(f"the grid of `{name}` has no values")
    repeated = next((value for value, count in Counter(values).items() if count > 1), None)
    if repeated is not None:
        raise UsageFault(f"the grid of `{name}` has {repeated:g} twice: each value makes its own row")
    return values
