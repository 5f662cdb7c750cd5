"""A program and the data of several symbols brought together, and checked: panel, assumptions, who belongs when."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ....lang.inputs.assumptions import Assumptions, read_assumptions
from ....lang.plan.constants import TICK
from ....lang.plan.model import Plan
from ....lang.program.timeframe import Timeframe
from ....lang.program.timeframe import timeframe as read_timeframe
from ...calendar.instants import Moment, instant, shown
from ...data.bars import Bars
from ...data.errors import DataError
from ...data.finer import Finer
from ...data.instruments import NONE as NO_INSTRUMENTS
from ...data.instruments import Instruments, read_instruments
from ...data.load import Reading
from ...data.panel import Panel, load_panel
from ...data.panel.parts import Parts, parts_of
from ...errors import RunError, UsageFault, as_usage_fault
from ...given import check_given
from ...limits import check_bars
from ...machine.transfers import Transfer
from ..costs_said import costs_said
from ..currencies import BENCHMARK, in_one_currency, pairs_given, with_own, with_rates
from ..magnified import said_of, source_of
from ..prepare import assume, fits, lacks_volume, rates_of, resampling, tick_of, true_or_false, values_of
from ..read import timeframe_of
from .choose import Chosen, Wishes, choose, universe_of
from .groups import declared_groups, groups_of
from .magnified import finer_of_all
from .magnified import timeframe_of as timeframe_of_finer
from .said import names_of
from .timeline import account_bars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...data.universe import Universe

Assumed = Sequence[tuple[str, str, str]]
"""(symbol, name, value) of each assumption of one symbol."""


@dataclass(frozen=True, eq=False)
class PreparedSeveral:
    """panel: the symbols traded, `traded` of them, then those that are only read. first: the first event tested.

    assumptions: of the account; own: of each symbol traded. values: of every parameter by name, without the host's
    tick, which is each symbol's own. universe: where membership is declared, None where all belong at all times.
    borrowed: the memory of some bars is the caller's. finer: the finer bars of each symbol traded, () without any.
    groups: the symbols of each group that a guard is of; declared: those of every group.
    """

    panel: Panel
    traded: int
    assumptions: Assumptions
    own: tuple[Assumptions, ...]
    values: Mapping[str, float | bool]
    first: int
    close_at_end: bool = False
    universe: Universe | None = None
    borrowed: bool = True
    notes: tuple[str, ...] = ()
    finer: tuple[Finer | None, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    declared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    transfers: tuple[Transfer, ...] = ()

    @property
    def symbols(self) -> tuple[str, ...]:
        """Those traded."""
        return self.panel.symbols[: self.traded]

    def valued(self, values: Mapping[str, float | bool]) -> PreparedSeveral:
        """The same with other values of the parameters; what was made of the data alone is not made again."""
        found = replace(self, values=values)
        found.__dict__.update({name: self.__dict__[name] for name in _OF_DATA if name in self.__dict__})
        return found

    def under(self, path: str) -> PreparedSeveral:
        """The same under another path inside bars."""
        own = tuple(replace(each, path=path) for each in self.own)
        return replace(self, assumptions=replace(self.assumptions, path=path), own=own)

    def digest(self) -> str:
        """A hash of everything that is assumed, of the account and of each symbol."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        if not self.groups and all(own == self.assumptions for own in self.own):
            return self.assumptions.digest()
        each = [self.assumptions.digest(), *(f"{s} {o.digest()}" for s, o in zip(self.symbols, self.own, strict=True))]
        each += [f"group {name} {' '.join(symbols)}" for name, symbols in self.groups.items()]
        return hashlib.sha256("\n".join(each).encode()).hexdigest()

    def echo(self) -> dict[str, str | float]:
        """The account's assumptions, then what is assumed otherwise of a symbol, as `lot of SPY`."""
        return dict(self._echo)

    @cached_property
    def _echo(self) -> dict[str, str | float]:
        account = self.assumptions.echo()
        found = dict(account)
        for symbol, own in zip(self.symbols, self.own, strict=True):
            found |= {f"{name} of {symbol}": value for name, value in own.echo().items() if value != account.get(name)}
        return found | {f"group {name}": ", ".join(symbols) for name, symbols in self.groups.items()}

    @cached_property
    def bars(self) -> Bars:
        """The account's timeline, a bar for each event; its notes are those of the run and of the data as a whole."""
        made = account_bars(self.panel, self.traded, self.first, self.universe.name if self.universe else "")
        return replace(made, notes=(*self.notes, *made.notes, *self.panel.notes))

    @cached_property
    def members(self) -> NDArray[np.bool_] | None:
        """Which of the symbols traded belong to the universe at each event, bool[events, symbols]; None: all do."""
        import numpy as np

        if self.universe is None:
            return None
        names, zone = {name.lower(): name for name in self.universe.symbols}, self.assumptions.timezone
        known = [names.get(s.lower(), s) for s in self.symbols]  # a symbol of `on` that it does not hold is refused
        return np.column_stack([self.universe.at_closes(self.panel, symbol, zone) for symbol in known])


_OF_DATA = ("bars", "members", "_echo", "_digest")
"""What no parameter changes."""


def prepare_several(
    wishes: Wishes,
    plans: Sequence[Plan],
    assumed: Assumed,
    data: object,
    params: Mapping[str, object] | None = None,
    **options: Any,
) -> PreparedSeveral:
    """All that a run takes; options: those of `gather`. Errors are those of `gather` and `values_of_all`."""
    gathered = gather(wishes, plans, assumed, data, **options)
    return gathered.valued(values_of_all(plans[-1], params, gathered.own, gathered.symbols))


def gather(
    wishes: Wishes,
    plans: Sequence[Plan],
    assumed: Assumed,
    data: object,
    *,
    program: str = "",
    symbols: object = None,
    universe: object = None,
    from_: Moment | None = None,
    to: Moment | None = None,
    close_at_end: bool = False,
    assumptions: Mapping[str, object] | None = None,
    instruments: object = None,
    fx: object = None,
    magnify: object = None,
    **data_options: Any,
) -> PreparedSeveral:
    """Load, choose and check all but the parameters, which have no values yet; RunError or DataError says what does
    not fit, UsageFault what was chosen wrongly.

    plans: all of the program, the one that trades last. program: where its text is from. symbols: those that are to be
    traded, where the program does not say. universe: one, or the path of its file. fx: pairs of currencies. magnify:
    finer bars of the symbols traded, given as the data are.
    """
    plan, given = plans[-1], assumptions or {}
    account = assume(plan, given)
    pairs = pairs_given(fx, data_options)
    panel, chosen = _panel(wishes, plan, account.timezone, data, universe_of(wishes.universe, universe, program),
                           names_of(symbols), data_options)  # fmt: skip
    check_bars(max(map(len, panel.bars), default=0))
    traded = len(chosen.traded)
    catalogue = read_instruments(instruments)
    own, notes = own_assumptions(plan, given, account, assumed, panel.symbols[:traded], catalogue)
    pairs = with_own(pairs, account, panel.bars[:traded])
    money = in_one_currency(account, own, panel.symbols[:traded], catalogue, pairs)
    account, own, notes = money.account, money.own, [*notes, *money.notes]
    for account_of, bars in zip(own, panel, strict=False):
        if (missing := lacks_volume(account_of)) and not (bars.volume > 0.0).any():
            raise RunError(f"{missing} from the volume of bars, of which {bars.symbol} has none")
    _once_an_instant(panel)
    panel, first = _tested(panel, from_, to)
    if money.routes:
        made, told = with_rates(panel.bars[:traded], money, firsts_of(panel, traded, first))
        panel, notes = Panel((*made, *panel.bars[traded:]), panel.notes), [*notes, *told]
    elif account.conversion:
        notes += _rates(panel, traded, account.conversion, first)
    notes += [BENCHMARK] if account.conversion else []
    notes += costs_said(panel.bars[:traded], own, firsts_of(panel, traded, first))
    for each in plans:
        fits(each, panel.timeframe, resampling(each, panel.timeframe))
        _conditions(each, panel if each is not plan else Panel(panel.bars[:traded]))
    source = source_of(account, data, magnify, data_options)
    fine = finer_of_all(panel.bars[:traded], source, account, data_options)
    account, *each_own = (said_of(each, timeframe_of_finer(fine)) for each in (account, *own))
    borrowed = not isinstance(data, str | os.PathLike)
    groups = groups_of(plan, account, panel.symbols[:traded], catalogue, chosen.universe)
    declared = declared_groups(panel.symbols[:traded], catalogue, chosen.universe)
    return PreparedSeveral(panel, traded, account, tuple(each_own), {}, first, close_at_end, chosen.universe, borrowed,
                           (*chosen.notes, *notes), fine, groups, declared)  # fmt: skip


def _rates(panel: Panel, traded: int, name: str, first: int) -> list[str]:
    """What is to be told of the rates of each symbol traded, from the first event tested on."""
    firsts = [min(at, max(len(bars) - 1, 0)) for at, bars in zip(firsts_of(panel, traded, first), panel, strict=False)]
    told = [rates_of(bars, name, at) for bars, at in zip(panel, firsts, strict=False)]
    return [*filter(None, told)]


def firsts_of(panel: Panel, traded: int, first: int) -> list[int]:
    """The first bar of each symbol traded at or after the first event tested."""
    begin = panel.events.instants[first] if len(panel.events) else 0
    return [int(bars.closes.searchsorted(begin)) for bars in panel.bars[:traded]]


# --- the panel -----------------------------------------------------------------------------------------


def _panel(
    wishes: Wishes, plan: Plan, zone: str, data: object, universe: Universe | None, asked: Sequence[str],
    options: dict[str, Any],
) -> tuple[Panel, Chosen]:  # fmt: skip
    """The bars of the symbols chosen, those traded first, under the program's names."""
    options = _options(plan, zone, options)
    check_given(columns=options.get("columns"))
    held = parts_of(data, Reading(columns=options.get("columns"), policy=options.get("policy", "fail")))
    if held.nameless:
        raise DataError(f"{held.called}: it holds no bar of any symbol: a header at most, and no row below it")
    there = [part.symbol for part in held.parts]
    chosen = choose(wishes, there if isinstance(data, Panel) else sorted(there), held.called, universe, asked)
    own = {data_name: name for name, data_name in chosen.names.items()}
    found = load_panel(_without(held), symbols=[chosen.names[n] for n in (*chosen.traded, *chosen.others)], **options)
    renamed = tuple(b if b.symbol == own[b.symbol] else replace(b, symbol=own[b.symbol]) for b in found)
    return Panel(renamed, (*held.notes, *found.notes)), chosen


def _without(held: Parts) -> Parts:
    """The parts without their notes: those are told once."""
    return replace(held, notes=())


def _options(plan: Plan, zone: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options of `load_panel`."""
    strict = options.pop("strict", None)
    if options.pop("symbol", None) is not None:
        if len(plan.symbols) > 1:
            raise UsageFault("symbol names one of several, and the program trades all of "
                             f"`on {', '.join(plan.symbols)}`: leave --symbol (symbol=) out, or name one symbol in "
                             "that line of the program")  # fmt: skip
        raise UsageFault("symbol names one of several, and the run is over several: give --symbols A,B on the command "
                         "line, symbols='A,B' in Python")  # fmt: skip
    if strict:
        raise UsageFault("strict refuses data of another symbol than the one that a program is made for; over several "
                         "symbols each is looked up by its name")  # fmt: skip
    if options.get("timeframe") is not None and not isinstance(options["timeframe"], Timeframe):
        check_given(timeframe=options["timeframe"])
        options["timeframe"] = timeframe_of(options["timeframe"])
    if options.get("resample"):
        target = read_timeframe(plan.timeframe) if plan.timeframe else options.get("timeframe")
        if target is None:
            raise UsageFault("resample: say what bars to make, `every 1d` in the program or --timeframe 1d")
        options |= {"timeframe": target, "tz": zone}
    return options


def _tested(panel: Panel, from_: Moment | None, to: Moment | None) -> tuple[Panel, int]:
    """The bars before `to`, and the first event that may decide."""
    import numpy as np

    daily = panel.bars[0].daily
    begin = None if from_ is None else instant(from_, "from", daily=daily)
    end = None if to is None else instant(to, "to", daily=daily)
    if begin is not None and end is not None and begin >= end:
        raise UsageFault(f"the test is to begin at {from_} and to end at {to}: it must begin before it ends")
    kept = panel if end is None else Panel(tuple(bars.between(end=end) for bars in panel), panel.notes)
    whole, opens = panel.opens.instants, kept.opens.instants
    if len(whole) and not len(opens[opens >= (begin or opens[0])] if len(opens) else opens):
        span = f"{shown(int(whole[0]))} to {shown(int(whole[-1]))}"
        raise UsageFault(f"no bar lies in the period to be tested; the data span {span}")
    if begin is None:
        return kept, 0
    closes = [bars.closes[bars.ts >= begin] for bars in kept]
    first = min(int(each[0]) for each in closes if len(each))
    return kept, int(np.searchsorted(kept.events.instants, first))


def _once_an_instant(panel: Panel) -> None:
    """An event has one bar of a symbol; DataError names two that close at one instant, as `keep` may leave them."""
    for bars in panel:
        again = (bars.closes[1:] <= bars.closes[:-1]).nonzero()[0]
        if len(again):
            one, other = (shown(int(bars.ts[row])).removesuffix("T00:00:00Z") for row in (again[0], again[0] + 1))
            raise DataError(f"{bars.symbol}: the bars of {one} and {other} close at one instant, at which several "
                            "symbols decide once; mend the data, or leave one of them out (--data-policy drop leaves "
                            "out those that repeat a row)")  # fmt: skip


def _conditions(plan: Plan, panel: Panel) -> None:
    """Every symbol's own columns that are read as conditions hold true and false alone."""
    for bars in panel:
        try:
            true_or_false(plan, bars)
        except (RunError, UsageFault) as error:
            raise type(error)(f"{bars.symbol}: {error}") from None


# --- what is assumed -----------------------------------------------------------------------------------


def own_assumptions(
    plan: Plan, given: Mapping[str, object], account: Assumptions, assumed: Assumed, symbols: Sequence[str],
    catalogue: Instruments = NO_INSTRUMENTS,
) -> tuple[tuple[Assumptions, ...], list[str]]:
    """The assumptions of each symbol: what the caller gives goes before what the program says of one, and is told;
    what the catalogue says of one comes after all."""
    by_symbol: dict[str, dict[str, str]] = {}
    for symbol, name, value in assumed:
        by_symbol.setdefault(symbol, {})[name] = value
    made: list[Assumptions] = []
    notes: list[str] = []
    for symbol in symbols:
        own = by_symbol.pop(next((name for name in by_symbol if name.lower() == symbol.lower()), ""), {})
        facts = catalogue.facts(symbol)
        with as_usage_fault():
            made.append(read_assumptions(facts, {**dict(plan.assumptions), **own}, given) if own or facts else account)
        if made[-1].margin != account.margin:
            raise UsageFault(f"{symbol} has a margin of its own; that of an account over several symbols is one")
        notes += catalogue.notes(symbol)
        over = [name for name in own if name in given]
        if over:
            notes.append(f"{', '.join(over)} of {symbol}: as given, not as the program assumes of it")
    notes += [f"assumptions of {name} change nothing: it is not traded" for name in by_symbol]
    if len({each.spread.series and each.spread.series.columns for each in made}) > 1:
        raise UsageFault("spread: of several symbols every one has the same columns of it, or none has: name one for "
                         "all, and give 0 in the data of those that pay none")  # fmt: skip
    return _over_one_time(made), notes


def _over_one_time(own: Sequence[Assumptions]) -> tuple[Assumptions, ...]:
    """Tiers of a fee go by what all symbols have traded, each of which counts its own over the same time."""
    over = {each.fee.over for each in own if each.fee.tiers}
    if len(over) > 1:
        raise UsageFault("fee: tiers go by what all symbols have traded, over one time: say the same `over` for each")
    days = next(iter(over), None)
    return tuple(each if each.fee.over == days else replace(each, fee=replace(each.fee, over=days)) for each in own)


def values_of_all(
    plan: Plan, params: Mapping[str, object] | None, own: Sequence[Assumptions], symbols: Sequence[str]
) -> dict[str, float | bool]:
    """Every parameter's value but the host's tick, which is each symbol's own.

    Refused where a `require` does not hold, or a symbol's tick is needed and not known.
    """
    ticks_of(plan, own, symbols)
    found: dict[str, float | bool] = {}
    for assumed in own:
        found = values_of(plan, params, assumed)
    return {name: value for name, value in found.items() if name != TICK}


def ticks_of(plan: Plan, own: Sequence[Assumptions], symbols: Sequence[str]) -> list[dict[str, float]]:
    """How much a tick of each symbol is, where the program counts in ticks; RunError names one that has none."""
    found = []
    for assumed, symbol in zip(own, symbols, strict=False):
        try:
            found.append(tick_of(plan, assumed))
        except RunError as error:
            raise RunError(f"{symbol}: {error}; of it alone, `assume tick of {symbol} 0.01`") from None
    return found
