"""A program and its data brought together, and checked: what every kind of run begins with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...lang.inputs.assumptions import NO_CLOSE, Assumptions, read_assumptions
from ...lang.inputs.parameters import chosen
from ...lang.plan.constants import TICK, evaluate_params, refusals
from ...lang.plan.model import DAY_END, Plan
from ...lang.program.timeframe import Timeframe, makes
from ...lang.program.timeframe import timeframe as read_timeframe
from ..calendar.instants import Moment, instant, shown
from ..data.bars import NAMELESS, Bars
from ..data.finer import Finer
from ..data.instruments import read_instruments
from ..data.load import with_notes
from ..data.odd import Odd
from ..data.rates import checked
from ..data.scan import Scan
from ..errors import RunError, UsageFault, as_usage_fault
from ..given import check_given
from ..limits import check_bars
from ..machine.columns import own_column
from ..machine.engines import NATIVE
from ..machine.machine import ALL_ROWS, FEW_ROWS, MAX_ROWS, Machine, misfit, unwritten
from ..machine.transfers import Transfer
from .costs_said import costs_said
from .currencies import BENCHMARK, in_one_currency, pairs_given, with_own, with_rates
from .magnified import finer_of, said_of, source_of
from .read import as_bars
from .symbols import is_named


@dataclass(frozen=True, slots=True)
class Prepared:
    """values: of every parameter, by name. first: index of the first bar that may decide.

    borrowed: the memory of the bars is the caller's, who may write to it. odd: looks for notes that the bars do not
    have yet; nobody has to wait for it before a run. finer: bars whose path a bar goes by. transfers: money that comes
    and goes in a portfolio of strategies. declared: the groups that the symbol is in, each with it alone.
    """

    bars: Bars
    assumptions: Assumptions
    values: Mapping[str, float | bool]
    first: int
    close_at_end: bool
    borrowed: bool = True
    odd: Odd = field(default_factory=Odd)
    finer: Finer | None = None
    transfers: tuple[Transfer, ...] = ()
    declared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def digest(self) -> str:
        """A hash of everything that is assumed."""
        return self.assumptions.digest()

    def echo(self) -> dict[str, str | float]:
        """Everything that is assumed, by name."""
        return self.assumptions.echo()

    def noted(self, more: tuple[str, ...] | None = None) -> Prepared:
        """The same with every note on its bars: these, or those that are looked for now."""
        found = self.odd.notes() if more is None else more
        return replace(self, bars=with_notes(self.bars, found), odd=Odd())

    def machine(self, plan: Plan, engine: str, **options: Any) -> Machine:
        """A machine over `plan` with these bars and values."""
        if self.finer is not None:
            options["finer"] = self.finer.rows
        bars = len(self.bars)
        if engine == NATIVE and bars // 32 > MAX_ROWS and "max_rows" not in options:
            options |= {"max_rows": min(ALL_ROWS, bars // 32), "room": unwritten}
        options.setdefault("max_rows", min(MAX_ROWS, max(FEW_ROWS, bars)))
        return Machine(
            plan, self.values, engine=engine, assumptions=self.assumptions, start=self.first,
            bar_seconds=self.bars.timeframe.seconds, close_at_end=self.close_at_end, transfers=self.transfers,
            bars=bars, **options,
        )  # fmt: skip


def prepare(
    plan: Plan,
    data: object,
    params: Mapping[str, object] | None = None,
    *,
    from_: Moment | None = None,
    to: Moment | None = None,
    close_at_end: bool = False,
    assumptions: Mapping[str, object] | None = None,
    strict: bool = False,
    symbols: None = None,
    universe: None = None,
    instruments: object = None,
    fx: object = None,
    magnify: object = None,
    scan: Scan | None = None,
    **data_options: Any,
) -> Prepared:
    """Load and check; RunError or DataError says what does not fit, UsageFault what was chosen wrongly.

    instruments: what symbols are, a file or a mapping, below what the program assumes. fx: pairs of currencies.
    strict: refuse data of another symbol than the one the program is made for. symbols, universe: of a run over several
    alone. magnify: finer bars, given as the data are. scan: see `Reading`.
    """
    check_given(strict=strict)
    catalogue = read_instruments(instruments)
    assumed = assume(plan, assumptions or {})
    values = {} if catalogue.of else values_of(plan, params, assumed)
    pairs = pairs_given(fx, data_options)
    whole, odd = as_bars(plan, data, assumed.timezone, scan=scan, **data_options)
    check_bars(len(whole))
    if catalogue.of:
        assumed = assume(plan, assumptions or {}, catalogue.facts(whole.symbol))
        values = values_of(plan, params, assumed)
        whole = with_notes(whole, catalogue.notes(whole.symbol))
    money = in_one_currency(assumed, (assumed,), (whole.symbol,), catalogue, with_own(pairs, assumed, [whole]))
    assumed, whole = money.own[0], with_notes(whole, money.notes)
    bars, first = tested(whole, from_, to)
    fits(plan, bars.timeframe, resampling(plan, bars.timeframe))
    true_or_false(plan, bars)
    if (missing := lacks_volume(assumed)) and not (bars.volume > 0.0).any():
        raise RunError(f"{missing} from the volume of bars, of which the data have none")
    if money.routes:
        (bars,), told = with_rates([bars], money, [first])
        bars = with_notes(bars, told)
    elif assumed.conversion:
        bars = with_notes(bars, tuple(filter(None, [rates_of(bars, assumed.conversion, first)])))
    bars = with_notes(bars, (BENCHMARK,) if assumed.conversion else ())
    bars = with_notes(bars, tuple(costs_said([bars], [assumed], [first])))
    another = of_another_symbol(plan, bars) if strict else ""
    if another:
        raise RunError(f"{another}; without --strict (strict=True) it would be run and noted")
    fine = finer_of(plan, bars, source_of(assumed, data, magnify, data_options), assumed, data_options, strict=strict)
    assumed = said_of(assumed, fine)
    declared = {name.lower(): (bars.symbol,) for name in catalogue.groups.get(bars.symbol.lower(), ())}
    borrowed = not isinstance(data, (str, os.PathLike))
    return Prepared(bars, assumed, values, first, close_at_end, borrowed, odd, fine, declared=declared)


def rates_of(bars: Bars, name: str, first: int) -> str:
    """What is to be told of the rates that money is converted at; an error says what is wrong with them."""
    own_column(bars.extra, name, bars.unread)
    return checked(bars, name, first)


def live(assumed: Assumptions) -> None:
    """UsageFault for what is assumed of backtests alone."""
    if assumed.sizing == "fill":
        raise UsageFault("sizing fill is for backtests: a live order leaves with its quantity, before its price is "
                         'known; take sizing="decision"')  # fmt: skip
    if assumed.magnify:
        raise UsageFault("magnify is of backtests: a session is pushed whole bars and no finer ones, so that its fills "
                         'go by `path`; give assumptions={"magnify": "none"}, or push the finer bars to a program '
                         "`every` of them that reads the others by `@`")  # fmt: skip


def lacks_volume(assumed: Assumptions) -> str:
    """What of the assumptions data without volume leave without its measure, in words; "" where nothing does."""
    if assumed.slippage.root:
        return "slippage by /sqrt_volume counts"
    return "the room that assume participation leaves for fills comes" if assumed.participation else ""


def of_another_symbol(plan: Plan, bars: Bars) -> str:
    """That the data are of another symbol than the program's, in words; "" where they are not, or nobody can tell."""
    if len(plan.symbols) != 1 or not bars.symbol or bars.symbol.lower() in NAMELESS:
        return ""
    own = plan.symbols[0]
    return "" if is_named(bars.symbol, own) else f"the program is made for {own}, the data are of {bars.symbol}"


def tested(bars: Bars, from_: Moment | None, to: Moment | None) -> tuple[Bars, int]:
    """The bars before `to`, and the index of the first one that may decide."""
    import numpy as np

    begin = None if from_ is None else instant(from_, "from", daily=bars.daily)
    end = None if to is None else instant(to, "to", daily=bars.daily)
    if begin is not None and end is not None and begin >= end:
        raise UsageFault(f"the test is to begin at {from_} and to end at {to}: it must begin before it ends")
    kept = bars if end is None else bars.between(end=end)
    first = 0 if begin is None else int(np.searchsorted(kept.ts, begin))
    if len(bars) and first >= len(kept):
        span = f"{shown(int(bars.ts[0]))} to {shown(int(bars.ts[-1]))}"
        raise UsageFault(f"no bar lies in the period to be tested; the data span {span}")
    return kept, first


def assume(plan: Plan, given: Mapping[str, object], facts: Mapping[str, object] | None = None) -> Assumptions:
    """The program's assumptions, overridden by those given. facts: what an instrument is, below the program's."""
    with as_usage_fault():
        assumed = read_assumptions(facts or {}, dict(plan.assumptions), given)
    if assumed.latency and (wrong := has_no_way(plan)):
        raise UsageFault(wrong)
    return assumed


def has_no_way(plan: Plan) -> str:
    """What of a program cannot be under way for bars, in words; "" where all can."""
    if any(decision.fill == "this_close" for decision in plan.decisions):
        return NO_CLOSE.format("fill this_close")
    if any(decision.atomic for decision in plan.decisions):
        return ("latency: the legs of an `atomic` are weighed together, and under way for bars of their own symbols "
                "they need not arrive together; leave `atomic` or `assume latency` out")  # fmt: skip
    if any(decision.step for decision in plan.decisions):
        return ("latency: an instruction of a `sequence` is decided when the one before it has filled, and is not "
                "under way; leave `sequence` or `assume latency` out")  # fmt: skip
    return ""


def values_of(plan: Plan, params: Mapping[str, object] | None, assumed: Assumptions) -> dict[str, float | bool]:
    """Every parameter's value, the host's tick among them; refused where a `require` does not hold."""
    with as_usage_fault():
        values = chosen(plan.params, params)
    values |= tick_of(plan, assumed)
    known = evaluate_params(plan, values)
    shown = ", ".join(f"{n} = {v:g}" for n, v in values.items() if n != TICK)
    if broken := refusals(plan, known):
        raise UsageFault(f"the program requires {' and '.join(broken)}, which does not hold for {shown}")
    if wrong := misfit(plan, known):
        raise UsageFault(f"{wrong}, with {shown}")
    return values


def tick_of(plan: Plan, assumed: Assumptions) -> dict[str, float]:
    """How much a tick is, among the values of a program that counts in ticks; RunError where nobody said."""
    if not any(kind == "param" and name == TICK for kind, name, _ in plan.stage):
        return {}
    if not assumed.tick:
        raise RunError("the program counts in ticks: say how much a tick is, `assume tick 0.01` or --tick 0.01")
    return {TICK: assumed.tick}


def fits(plan: Plan, base: Timeframe, way_on: str = "") -> None:
    """Whether the data's timeframe is what the program is made for and divides those that it reads."""
    if plan.timeframe and read_timeframe(plan.timeframe) != base:
        raise RunError(f"the program is made for bars of {plan.timeframe}, the data has bars of {base}{way_on}")
    of_day = sorted({c.timeframe for c in plan.columns if c.source == "passed" and c.timeframe != DAY_END})
    if of_day and not base.intraday:
        raise RunError(
            f'`expire "{of_day[0]}"` names a time of day, and the data has bars of {base}: `expire day` leaves at the '
            "close of the fill's own bar, `expire next_open` at the open after it"
        )
    for clock in plan.clocks:
        higher = read_timeframe(clock.timeframe)
        if higher.seconds < base.seconds:
            raise RunError(f"the program reads bars of {higher}, which the data's bars of {base} cannot make")
        if not makes(base, higher):
            raise RunError(f"bars of {higher} cannot be made of bars of {base}: one is no multiple of the other")


def resampling(plan: Plan, base: Timeframe) -> str:
    """How to go on where the data's bars can make those of the program."""
    wanted = read_timeframe(plan.timeframe) if plan.timeframe else base
    if wanted.seconds <= base.seconds or not makes(base, wanted):
        return ""
    return f": --resample (resample=True in Python) makes bars of {wanted} of them, by the rules of `@ {wanted}`"


def conditions(plan: Plan) -> frozenset[str]:
    """The columns of the data's own that the program reads as true and false."""
    read = (plan.columns[op.at[0]] for op in plan.ops if op.kind == "column" and op.type == "bool")
    return frozenset(column.name for column in read if column.source == "data")


def true_or_false(plan: Plan, bars: Bars) -> None:
    """Refuse a column that is read as a condition and holds anything but true and false, or 1 and 0."""
    for name in sorted(conditions(plan)):
        values = own_column(bars.extra, name, bars.unread)
        for at in ((values != 0) & (values != 1)).nonzero()[0][:1]:
            found = "nothing" if values[at] != values[at] else f"{values[at]:g}"
            raise RunError(
                f"column {name!r} is read as a condition, and holds {found} at {shown(int(bars.ts[at]))}: expected "
                f'true and false, or 1 and 0; compare it with something, as in `column("{name}") > 0`'
            )
