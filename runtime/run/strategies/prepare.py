"""Every strategy of a portfolio brought together with its data, its share of the capital, and what it assumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ....lang.inputs.assumptions import Assumptions
from ....lang.inputs.errors import AssumptionError
from ....lang.inputs.guards import beside, read_guards
from ....lang.inputs.readers import read_one
from ...compiled.compiled import Compiled
from ...data.errors import DataError
from ...errors import AssumedFault, RunError, UsageFault
from ..prepare import Prepared
from ..together import brought_together
from .alone import Alone
from .model import Declared, Strategy
from .shares import capitals
from .sharing import Sharing

if TYPE_CHECKING:
    from ..several.prepare import PreparedSeveral
    from .running import Backtested

CAPITAL = 100_000.0


@dataclass(frozen=True, slots=True)
class Ready:
    """A strategy with its data. program: read in the zone of the run."""

    strategy: Strategy
    program: Compiled
    prepared: Prepared | PreparedSeveral

    def running(self, engine: str, *, keep_records: bool, path: str = "") -> Backtested:
        """It at the beginning of its data. path: another inside bars than it assumes."""
        prepared = under(self.prepared, path) if path else self.prepared
        kind: Any = Alone if isinstance(prepared, Prepared) else Sharing
        return cast("Backtested", kind(self.strategy.name, self.program, prepared, engine, keep_records=keep_records))


@dataclass(frozen=True, slots=True)
class PreparedPortfolio:
    """cash: what no strategy has. zone: of all calendars."""

    declared: Declared
    strategies: tuple[Ready, ...]
    capital: float
    cash: float
    zone: str
    notes: tuple[str, ...]


def prepare(
    declared: Declared, data: object, period: dict[str, Any], given: Mapping[str, object], options: dict[str, Any]
) -> PreparedPortfolio:
    """Load and check every strategy. period: `from_`, `to`, `close_at_end`. given: assumptions over all that is said.

    options: of data, for strategies that say none of their own.
    """
    capital = capital_of(given.get("capital", declared.capital))
    given = {name: value for name, value in given.items() if name != "capital"}
    own, cash = capitals([each.share for each in declared.strategies], capital)
    notes = [f"{cash:,.2f} of the capital are no strategy's, and stay in cash"] if cash else []
    if declared.equal and len(own) > 1:
        notes.append(f"each of the {len(own)} strategies has an equal share of the capital, as no share is said")
    ready = []
    for each, part in zip(declared.strategies, own, strict=True):
        notes += over(each, part, given)
        with_zone, assumed = assumed_of(each, part, given)
        source = data if each.data is None else each.data
        if source is None:
            raise UsageFault(f"{each.name} has no data: say `data:` of it, or give --data SRC (data=) for all")
        try:
            prepared = brought_together(
                with_zone, source, each.params, {**period, "assumptions": assumed}, {**options, **each.options}
            )  # fmt: skip
        except AssumedFault as error:
            place = each.place(str(error), given)
            raise of(f"{place}: {each.name}" if place else each.name, error) from None
        except (RunError, DataError) as error:
            raise of(each.name, error) from None
        allowed(each.name, prepared.assumptions)
        ready.append(Ready(each, with_zone, prepared))
    assumptions = {each.strategy.name: each.prepared.assumptions for each in ready}
    one_currency(assumptions)
    return PreparedPortfolio(declared, tuple(ready), capital, cash, zone_of(declared, assumptions), tuple(notes))


def assumed_of(
    strategy: Strategy, capital: float, given: Mapping[str, object]
) -> tuple[Compiled, dict[str, object]]:  # fmt: skip
    """The program of a strategy in the zone of the run, and what is assumed of it. given: over all that is said."""
    program = strategy.program.with_zone(str(given["timezone"])) if "timezone" in given else strategy.program
    return program, {**strategy.assumptions, **given, "capital": capital, **_guards(strategy, given)}


def allowed(name: str, assumptions: Assumptions) -> None:
    """UsageFault for what is assumed of a strategy and what a portfolio of them does not have."""
    if assumptions.fee.tiers:
        raise UsageFault(f"{name}: tiers of a fee are of an account, which strategies share; say the fee of "
                         "the tier that is met, without `after`")  # fmt: skip


def under(prepared: Prepared | PreparedSeveral, path: str) -> Prepared | PreparedSeveral:
    """The same under another path inside bars."""
    from dataclasses import replace

    if isinstance(prepared, Prepared):
        return replace(prepared, assumptions=replace(prepared.assumptions, path=path))
    return prepared.under(path)


def capital_of(given: object) -> float:
    if given is None:
        return CAPITAL
    try:
        return float(cast("float", read_one("capital", given)))
    except AssumptionError as error:
        raise UsageFault(str(error)) from None


def _guards(strategy: Strategy, given: Mapping[str, object]) -> dict[str, object]:
    """Limits stand beside each other: those of a strategy beside those that are given for all."""
    both = [said["guards"] for said in (strategy.assumptions, given) if said.get("guards")]
    if len(both) < 2:
        return {}
    try:
        return {"guards": beside(*map(read_guards, both))}
    except AssumptionError as error:
        raise UsageFault(str(error)) from None


def over(strategy: Strategy, capital: float, given: Mapping[str, object]) -> list[str]:
    """What of a strategy gives way to what is said of all."""
    notes = []
    if over := [name for name in strategy.assumptions if name in given and name != "guards"]:
        notes.append(f"{', '.join(over)} of {strategy.name}: as given, not as the portfolio says of it")
    if own := dict(strategy.program.plan.assumptions).get("capital"):
        notes.append(f"{strategy.name} has its share of the capital, {capital:,.2f}, not the {own} that it assumes")
    return notes


def of(name: str, error: Exception) -> Exception:
    """The same error, which says whose it is."""
    try:
        made = type(error)(f"{name}: {error}")
        made.__dict__.update(error.__dict__)  # the limit that a LimitError names
        return made
    except TypeError:
        return RunError(f"{name}: {error}")


def zone_of(declared: Declared, assumptions: Mapping[str, Assumptions]) -> str:
    """The zone of the portfolio's days. assumptions: by strategy."""
    zones = {each.timezone: name for name, each in assumptions.items()}
    if len(zones) > 1 and any(limit.daily for limit in declared.limits):
        told = ", ".join(f"{name} {zone}" for zone, name in zones.items())
        raise UsageFault(f"daily_loss counts days in one time zone, and the strategies have {told}: --tz ZONE "
                         "(timezone=) is for all")  # fmt: skip
    return next(iter(zones)) if len(zones) == 1 else "UTC"


def one_currency(assumptions: Mapping[str, Assumptions]) -> None:
    """RunError where the accounts of strategies are in different currencies, as far as anybody says."""
    found = {name: each.currency for name, each in assumptions.items()}
    told = [f"{name} is in {currency}" for name, currency in found.items() if currency]
    if len({*found.values()} - {""}) > 1:
        raise RunError(f"money of different currencies is not converted: {', '.join(told)}")
