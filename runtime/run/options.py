"""The options that every way of running takes, by name: how data are read, and what the result rests on.

They are declared once, as types: a type checker finds a name that is none, `split_options` finds it at run time and
says the nearest, and `listed` puts every one into the signature that `help` and completion show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from ...lang.diagnostics.brief import brief, named
from ...lang.program.timeframe import Timeframe
from ..calendar.instants import Moment
from ..errors import OptionError, UsageFault
from ..given import check_given, no_option

if TYPE_CHECKING:
    from ..compiled.compiled import Compiled

Number = float | str
"""A number, or as the language writes it: 0.001, "0.1%"."""


class DataOptions(TypedDict, total=False):
    """How data are read; what each means is said by `load_bars`. None is as if it were not given."""

    symbol: str | None
    symbols: Iterable[str] | str | None
    universe: object
    instruments: object
    fx: object
    magnify: object
    timeframe: Timeframe | str | None
    data_from: Moment | None
    data_to: Moment | None
    data_tz: str | None
    time_format: str | None
    policy: str | None
    columns: Mapping[str, str] | None
    resample: bool | None
    strict: bool | None


class Assumed(TypedDict, total=False):
    """What the result rests on, over what the program assumes; None is as if it were not given."""

    capital: Number | None
    currency: str | None
    quote_currency: str | None
    conversion: str | None
    fee: Number | None
    slippage: Number | None
    spread: Number | None
    interest: Number | None
    borrow: Number | None
    funding: Number | None
    margin: Number | None
    leverage: Number | None
    maintenance: Number | None
    participation: Number | None
    latency: str | None
    fill: str | None
    path: str | None
    bracket: str | None
    sizing: str | None
    entries: str | None
    opens: str | None
    lot: Number | None
    tick: Number | None
    minimum: Number | None
    point_value: Number | None
    guards: Iterable[str] | str | None
    timezone: str | None
    tz: str | None
    model: str | None


class Options(DataOptions, Assumed):
    """Both."""


DATA_OPTIONS = frozenset(DataOptions.__annotations__)
ASSUMED = frozenset(Assumed.__annotations__)

_F = TypeVar("_F", bound=Callable[..., Any])


def split_options(
    options: Mapping[str, Any],
    assumptions: Mapping[str, object] | None,
    known: frozenset[str] = DATA_OPTIONS | ASSUMED,
    beside: Iterable[str] = (),
    program: Compiled | None = None,
) -> tuple[dict[str, Any], dict[str, object]]:
    """Options of the data, and assumptions. UsageFault names an option that there is not, with the nearest there is.

    beside: options that the function takes by name, and that may be meant. program: whose parameters may be meant.
    """
    if "data_policy" in options:
        raise UsageFault(f"`data_policy` is called `policy` here: policy={brief(options['data_policy'])}")
    for name in options:
        if name == "fx" and name not in known:
            raise UsageFault("fx is of history: live, the rate is pushed with each bar, in a column that "
                             'conversion="fx_rate" names')  # fmt: skip
        if name not in known:
            if program is not None and name in {parameter.name for parameter in program.plan.params}:
                raise OptionError(f"there is no option `{name}`: it is a parameter of the program, "
                                  f'params={{"{name}": {brief(options[name])}}}')  # fmt: skip
            raise no_option(name, {*known, *beside})
    check_given(assumptions=assumptions, resample=options.get("resample"))
    data = {name: value for name, value in options.items() if name in DATA_OPTIONS and value is not None}
    assumed = dict(assumptions or {})
    for name, value in options.items():
        if name in ASSUMED and value is not None:
            if name in assumed:
                raise UsageFault(f"{named(name)} is given by itself and in `assumptions`: keep one of the two")
            assumed[name] = value
    if "tz" in assumed:
        if "timezone" in assumed:
            raise UsageFault("`tz` and `timezone` are the same: keep one of the two")
        assumed["timezone"] = assumed.pop("tz")
    check_given(timezone=assumed.get("timezone"))
    return data, assumed


def _written(annotation: Any) -> str:
    """A type as it is written; a TypedDict keeps it as a reference."""
    return str(getattr(annotation, "__forward_arg__", annotation))


def listed(*types: type) -> Callable[[_F], _F]:
    """A function whose `**options` are of these types, shown with every one of them by name."""

    def wrap(function: _F) -> _F:
        told = signature(function)
        fixed = [p for p in told.parameters.values() if p.kind is not Parameter.VAR_KEYWORD]
        names = [name for kind in types for name in kind.__annotations__ if name not in told.parameters]
        types_of = {name: _written(of) for kind in types for name, of in kind.__annotations__.items()}
        options = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=types_of[name]) for name in names
        ]
        function.__signature__ = told.replace(parameters=[*fixed, *options])  # type: ignore[attr-defined]
        return function

    return wrap
