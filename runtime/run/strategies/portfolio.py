"""`portfolio`: several strategies that share a capital, as a host program holds them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from ...calendar.instants import Moment
from ...errors import OptionError, UsageFault
from ...given import check_given
from ...limits import Cancel, Limits, Meter, engine_of, within
from .. import gate as gates
from ..options import ASSUMED, Assumed, Options, listed, split_options
from .model import Declared
from .read import of_python, read_portfolio

if TYPE_CHECKING:
    from ...results.result import Result
    from ...verify.draw import Effort
    from ...verify.strategies import PortfolioVerdict
    from .session import PortfolioSession


def portfolio(
    strategies: str | os.PathLike[str] | Mapping[str, object] | Sequence[object],
    *,
    shares: Mapping[str, object] | None = None,
    capital: object = None,
    limits: Mapping[str, object] | None = None,
    rebalance: str | None = None,
    title: str = "",
) -> StrategyPortfolio:
    """Several strategies in one portfolio, each with a share of its capital.

    strategies: the path of a YAML file; or programs by name, each compiled, its text or its path, or a mapping with
        `program` and what a file may say of a strategy (`share`, `data`, `params`, `assume` …); or a list of programs,
        called as their files or titles.
    shares: by name, "60%" or 0.6; those without one have equal parts of what is left. capital: 100,000 unless said.
    limits: by measure a level and what it does, {"drawdown": "15% then flatten", "exposure": "150%", "positions": 4}.
    rebalance: how often the shares are set anew, "monthly"; money then moves between the strategies.
    DataError names what is wrong, in a file with its line.
    """
    if isinstance(strategies, (str, os.PathLike)):
        for name, given in (
            ("shares", shares), ("limits", limits), ("rebalance", rebalance), ("title", title or None),
        ):
            if given is not None:
                raise UsageFault(f"{name}: the file says it")
        declared = read_portfolio(strategies)
        return StrategyPortfolio(declared if capital is None else _with(declared, capital))
    return StrategyPortfolio(of_python(strategies, shares, capital, limits, title, rebalance))


def _with(declared: Declared, capital: object) -> Declared:
    return replace(declared, capital=capital)


def _split(
    options: Mapping[str, object], assumptions: Mapping[str, object] | None
) -> tuple[dict[str, object], dict[str, object]]:
    """Options of the data, and assumptions, of all strategies; parameters are of each."""
    if "params" in options:
        raise OptionError('`params` are of each strategy: say them of it, as in {"trend": {"program": program, '
                          '"params": {"fast": 20}}}, or below `params:` in the file')  # fmt: skip
    return split_options(options, assumptions, beside=("from_", "to"))


class StrategyPortfolio:
    """Several strategies with shares of one capital, and limits over all of them."""

    def __init__(self, declared: Declared) -> None:
        self.declared = declared

    def __repr__(self) -> str:
        told = ", ".join(f"{each.name} {float(each.share):.4g}" for each in self.declared.strategies)
        return f"<StrategyPortfolio {self.declared.title!r}: {told}>"

    @property
    def shares(self) -> dict[str, float]:
        """The part of the capital that each strategy begins with."""
        return {each.name: float(each.share) for each in self.declared.strategies}

    @listed(Options)
    def backtest(
        self,
        data: object = None,
        *,
        engine: str | None = None,
        monitors: bool = False,
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        gate: str = gates.WARN,
        assumptions: Mapping[str, object] | None = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **options: Unpack[Options],
    ) -> Result:
        """Run every strategy over its own data, or over `data` where it says none, and the limits over all of them.

        The options are those of `program.backtest`, for all strategies; what is given here goes before what the
        portfolio says a strategy assumes, but not before its own data. `result.strategies["trend"]` is the result of
        one of them, `result.attribution` what each brought, `result.limits` what the limits did.

        DataError: data that cannot be read. UsageFault, RunError: what cannot be, or does not fit. LimitError,
        Cancelled: stopped; `rows` are those of each strategy.
        """
        from .backtest import backtest

        with within(limits, cancel):
            engine = engine_of(engine)
            check_given(engine=engine, monitors=monitors, close_at_end=close_at_end, gate=gate)
            data_options, given = _split(options, assumptions)
            return backtest(
                self.declared, data, engine=engine, monitors=monitors, from_=from_, to=to, close_at_end=close_at_end,
                gate=gate, given=given, options=data_options,
            )  # fmt: skip

    @listed(Assumed)
    def session(
        self,
        *,
        timeframe: object = None,
        symbols: object = None,
        engine: str = "interpreted",
        monitors: bool = False,
        policy: str = "fail",
        assumptions: Mapping[str, object] | None = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **assumed: Unpack[Assumed],
    ) -> PortfolioSession:
        """A live run: the bars of all strategies that close at one instant, one event at a time.

        timeframe: how long a bar lasts, where neither program nor portfolio says it; symbols: what a strategy trades,
        where they do not. Both for all, or by strategy: {"trend": "1d", "pullbacks": "1h"}. Further names are
        assumptions over what the portfolio says. limits, cancel: of all its pushes together, as of `program.session`;
        its bars are events. UsageFault, RunError: what cannot be, or does not fit.
        """
        from .session import PortfolioSession

        check_given(engine=engine, monitors=monitors)
        _, given = split_options(assumed, assumptions, ASSUMED)
        with within(limits and replace(limits, seconds=None), cancel):  # the time is that of its pushes
            made = PortfolioSession(
                self.declared, timeframe=timeframe, symbols=symbols, engine=engine, monitors=monitors, policy=policy,
                given=given,
            )  # fmt: skip
        made.meter = None if limits is None and cancel is None else Meter(limits, cancel)
        return made

    @listed(Options)
    def verify(
        self,
        data: object = None,
        *,
        seed: int | None = None,
        effort: Effort | None = None,
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        assumptions: Mapping[str, object] | None = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **options: Unpack[Options],
    ) -> PortfolioVerdict:
        """Every strategy verified as `program.verify` does, and the portfolio run in every way there is, bit for bit.

        In both engines, in one piece and event by event; each strategy that no limit touched beside itself alone; and
        with history cut off. The verdict is truthy if all of it was equal. DataError, RunError, LimitError
        and Cancelled as `backtest`.
        """
        from ...verify.check import SEED
        from ...verify.draw import Effort
        from ...verify.strategies import verify_portfolio

        check_given(seed=SEED if seed is None else seed, close_at_end=close_at_end)
        data_options, given = _split(options, assumptions)
        period = {"from_": from_, "to": to, "close_at_end": close_at_end}
        with within(limits, cancel):
            return verify_portfolio(
                self.declared, data, seed=SEED if seed is None else int(seed), effort=effort or Effort(),
                period=period, given=given, options=data_options,
            )  # fmt: skip
