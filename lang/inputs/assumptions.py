"""What a result rests on: every assumption with its name and its default.

`Assumptions` is made from `assume` texts, command-line flags and API arguments alike, later ones overriding
earlier ones. Every name is echoed in a result, with a hash of them all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from ..diagnostics.brief import brief
from ..diagnostics.suggest import option
from ..words.amounts import plain
from ..words.vocabulary import ASSUMPTIONS, ASSUMPTIONS_LATER
from .carry import NO_RATE, Rate
from .costs import NO_FEE, NO_SLIPPAGE, NO_SPREAD, Distance, Fee, Slippage, Spread, exact
from .currency import with_currency
from .errors import AssumptionError
from .guards import GivenGuard, read_guards
from .latency import bars_of
from .readers import MODELS, READERS, either, read_one

BOTH_MARGINS = "leverage and margin say the same: leverage 5 is margin 20%; keep one of them"
NO_CLOSE = ("latency: `{}` fills at the close that decides, and an order that is under way for bars has not arrived "
            "by then; keep one of the two")  # fmt: skip
NEEDS_TICK = "{} in ticks needs `assume tick`: how much a tick is"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything a result rests on, by name. lot and tick 0: no grid; participation 0: no limit; latency in bars."""

    model: str = "stratagem"
    capital: float = 100_000.0
    fee: Fee = NO_FEE
    slippage: Slippage = NO_SLIPPAGE
    spread: Spread = NO_SPREAD
    interest: float = 0.0
    borrow: Rate = NO_RATE
    funding: Rate = NO_RATE
    margin: float = 1.0
    maintenance: float = 0.0
    participation: float = 0.0
    latency: int = 0
    fill: str = "next_open"
    path: str = "worst"
    bracket: str = "entry_bar"
    sizing: str = "decision"
    entries: str = "independent"
    opens: str = "any_time"
    lot: float = 0.0
    tick: float = 0.0
    minimum: float = 0.0
    point_value: float = 1.0
    timezone: str = "UTC"
    guards: tuple[GivenGuard, ...] = ()
    """Limits beside those of the program; a text has no `assume` of them."""
    currency: str = ""
    """What money is in; "": nobody has said."""
    quote_currency: str = ""
    """What the instrument's prices are in; "": what money is in."""
    conversion: str = ""
    """The column that says at each open what one unit of the instrument's currency is worth in that; "": it is that."""
    magnify: str = ""
    """How long the finer bars are whose path is that of a bar; "": it is the assumed one."""

    def __post_init__(self) -> None:
        for name in ("slippage", "spread"):
            if getattr(self, name).in_ticks and not self.tick:
                raise AssumptionError(NEEDS_TICK.format(name))
        if self.maintenance >= self.margin:
            raise AssumptionError(
                f"maintenance: expected less than the margin of {_share(self.margin)}, found {_share(self.maintenance)}"
            )
        if self.latency and self.fill == "this_close":
            raise AssumptionError(NO_CLOSE.format("assume fill this_close"))

    def with_values(self, values: Mapping[str, object]) -> Assumptions:
        """These assumptions with others in their place, each a text or a number; `model` is applied first."""
        known: dict[str, object] = {}
        named = with_currency({_known(name): value for name, value in values.items()})
        if "margin" in named and "leverage" in named:
            raise AssumptionError(BOTH_MARGINS)
        if "model" in named:
            model = read_one("model", named["model"])
            known.update(_read_all(MODELS[str(model)]), model=model)
        known.update(_read_all({name: value for name, value in named.items() if name != "model"}))
        return replace(self, **known)  # type: ignore[arg-type]

    def echo(self) -> dict[str, str | float]:
        """Every assumption by name, as plain text or number."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for unsaid in ("guards", "currency", "quote_currency", "conversion", "magnify"):
            if not values[unsaid]:
                del values[unsaid]
        return {name: _plainly(name, value) for name, value in values.items()}

    def digest(self) -> str:
        """A hash of all of them: equal for equal assumptions, on every machine."""
        every = self.echo() | {name: exact(getattr(self, name)) for name in ("fee", "slippage", "spread")}
        text = json.dumps(every, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def read_assumptions(*layers: Mapping[str, object]) -> Assumptions:
    """Defaults, then each layer over the ones before it: the text's, then flags', then arguments'."""
    assumptions = Assumptions()
    for layer in layers:
        assumptions = assumptions.with_values(layer)
    return assumptions


def check_one(name: str, value: object) -> None:
    """AssumptionError where there is no such assumption, or its value says nothing even by itself."""
    if _known(name) == "model":
        read_one(name, value)
    else:
        _read_all({name: value})


def _read_all(values: Mapping[str, object]) -> dict[str, object]:
    read = {name: read_guards(value) if name == "guards" else READERS[name](value) for name, value in values.items()}
    if "leverage" in read:
        read["margin"] = read.pop("leverage")
    return read


def _share(value: float) -> str:
    return f"{plain(value, 2)}%"


def _plainly(name: str, value: Any) -> str | float:
    if name == "guards":
        return "; ".join(map(str, value))
    if name in ("interest", "margin", "maintenance"):
        return _share(value)
    if name == "participation":
        return _share(value) if value else "none"
    if name == "latency":
        return bars_of(value)
    told: str | float = str(value) if isinstance(value, (Fee, Distance, Rate)) else value
    return told


def _known(name: str) -> str:
    """The name itself if it is one; the error names the nearest."""
    if name in ASSUMPTIONS or name == "guards":
        return name
    if name in ASSUMPTIONS_LATER:
        raise AssumptionError(f"assume {name} is not available yet; known are {either(ASSUMPTIONS)}")
    near = option(name, ASSUMPTIONS)
    hint = f"did you mean {near}?" if near else f"known are {either(ASSUMPTIONS)}"
    raise AssumptionError(f"unknown assumption {brief(name)}; {hint}")
