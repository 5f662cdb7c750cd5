"""A compiled program, as a host application holds it: compile once, run many times."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from ...lang.diagnostics.brief import abridged, brief
from .. import given
from ..errors import ProgramFileError, ProgramNotFoundError, UsageFault
from ..limits import Cancel, Limits, Meter, check, engine_of, look, text_limits, within
from ..run.options import Assumed, Options, listed
from .compiled import Compiled

NATIVE, INTERPRETED = given.ENGINES

if TYPE_CHECKING:
    import pyarrow as pa

    from ...lang.program.timeframe import Timeframe
    from ..calendar.instants import Moment
    from ..results.result import Result
    from ..run.session import Session
    from ..sweep.about import Announce
    from ..tested.model import Tested
    from ..verify.draw import Effort
    from ..verify.verdict import Verdict
    from ..why.why import Why


def compile(text_or_path: str | bytes | os.PathLike[str], *, limits: Limits | None = None) -> CompiledProgram:
    """The program of a text, or of the file at a path.

    text_or_path: a string of one line that ends in `.strat` and any PathLike is a path; any other string is a text, and
        so are bytes (of UTF-8), always: a host gives the text of a stranger as bytes, so that it names no file.
    limits: of the text (`source`, `state`, `cost`, `code`, and `seconds` for compiling), and of every run of the
        program that is given no others.

    CompileError holds the diagnostics, of a limit that was passed as well; ProgramFileError, an OSError, if the file
    cannot be read; UsageFault for what is no text.
    """
    return CompiledProgram(*content_of(text_or_path, limits, path=is_path(text_or_path)), limits=limits)


def content_of(
    text: str | bytes | os.PathLike[str], limits: Limits | None, *, path: bool = False, taker: str = "compile"
) -> tuple[bytes, str]:
    """The bytes of a text, or of the file at a path, and what they are called.

    path: a string is one. taker: the function that a fault is told of.
    """
    check(limits)
    if isinstance(text, bytes):
        return text, "<text>"
    if path or isinstance(text, os.PathLike):
        name = given.path(taker, text)
        return _content(name, text_limits(limits).source, taker), name
    if not isinstance(text, str):
        raise UsageFault(f"`{taker}` takes the text of a program or a path, found {brief(text)}")
    return text.encode("utf-8", "surrogatepass"), "<text>"


def _content(path: str, longest: int, taker: str) -> bytes:
    """What the file holds; a byte more than there may be tells that it is too long."""
    try:
        with open(path, "rb") as file:
            return file.read(longest + 1)
    except OSError as error:
        kind = ProgramNotFoundError if isinstance(error, FileNotFoundError) else ProgramFileError
        way_on = f"`{taker}` takes the path of a `.strat` file, or the text of a program"
        raise kind(f"{abridged(repr(path))} cannot be read: {error.strerror or error}; {way_on}", error) from None


def is_path(text: object) -> bool:
    """Whether `compile` takes it as a path and not as a text, if it is a string."""
    return isinstance(text, str) and text.endswith(".strat") and len(text.splitlines()) == 1


class CompiledProgram(Compiled):
    """A program and the ways to run it, as `compile` gives it. Safe to share between threads.

    Every way to run takes `limits` (those of the program if None) and a `cancel` token: LimitError, Cancelled.
    """

    @contextmanager
    def _held(self, limits: Limits | None, cancel: Cancel | None) -> Iterator[None]:
        """What is run inside keeps to these limits, or to those of the program."""
        with within(self.limits if limits is None else limits, cancel):
            yield
            look()

    def _engine(self, engine: str | None) -> str:
        """The engine asked for, or the native one where limits and the host's functions allow it."""
        if engine is None and self.registry is not None and self.registry.interpreted(self.text):
            return INTERPRETED
        return engine_of(engine)

    @listed(Options)
    def backtest(
        self,
        data: object,
        params: Mapping[str, object] | None = None,
        *,
        engine: str | None = None,
        monitors: bool = False,
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        gate: str = "warn",
        assumptions: Mapping[str, object] | None = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **options: Unpack[Options],
    ) -> Result:
        """Run over history: the `Result` of this program on these data, whatever engine runs it.

        data: a path, `sample:NAME`, `Bars`, `Panel`, anything with the Arrow PyCapsule interface, or a mapping of
            arrays (`ts`, `open`, `high`, `low`, `close`, `volume`), never copied where it need not be.
        params: values by name, {"fast": 20, "risk": "1%"}; those left out keep their defaults.
        engine: "native", or "interpreted", which gives the same bits without machine code; None: what `limits` allow.
        from_, to: the period that may trade, as text, datetime or µs since 1970 (UTC); earlier bars warm up.
        monitors: keep every reading of the monitors. close_at_end: close what is open at the last close.
        gate: "warn", or "strict": what the quality gate finds is raised.
        Further options say how the data are read (symbol, timeframe, data_from, data_tz …) or what is assumed
        (capital, fee, slippage …: 0.001 is 0.1 %, "0.1%" as well).

        DataError: data that cannot be read or break a rule. UsageFault: an option or a value that cannot be.
        RunError: what does not fit. LimitError, Cancelled: stopped; nothing is left of the run.
        """
        from ..run.backtest import backtest

        with self._held(limits, cancel):
            return backtest(
                self, data, params, engine=self._engine(engine), monitors=monitors, from_=from_, to=to,
                close_at_end=close_at_end, gate=gate, assumptions=assumptions, **options,
            )  # fmt: skip

    @listed(Options)
    def why(
        self,
        data: object,
        params: Mapping[str, object] | None = None,
        *,
        trade: int | None = None,
        order: int | None = None,
        at: Moment | None = None,
        to: Moment | None = None,
        statement: int | str | None = None,
        why_not: bool = False,
        engine: str | None = None,
        from_: Moment | None = None,
        close_at_end: bool = False,
        assumptions: Mapping[str, object] | None = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **options: Unpack[Options],
    ) -> Why:
        """Run over history, and say why it did what it did; `help(stratagem.Result.why)` says what may be asked.

        trade, order: a number, as in the tables of the result. at: a bar, as text, datetime or µs since 1970.
        symbol: where the program, `symbols` or `universe` make it a run over several, of which of them; else, as for
        `backtest`, the one of the data that is run alone. Other options are those of `backtest`.

        UsageFault: a trade, an order or a bar that there is not; DataError, RunError, LimitError, Cancelled.
        """
        with self._held(limits, cancel):
            return self._why(
                data, params, self._engine(engine), from_, to, close_at_end, assumptions, options,
                trade=trade, order=order, at=at, statement=statement, why_not=why_not,
            )  # fmt: skip

    def _why(
        self, data: object, params: Mapping[str, object] | None, engine: str, from_: Moment | None, to: Moment | None,
        close_at_end: bool, assumptions: Mapping[str, object] | None, options: Options, *, at: Moment | None,
        **asked: Any,
    ) -> Why:  # fmt: skip
        """One run, and what is asked of it. options: those of the data, and what is assumed."""
        several = self.is_several or any(options.get(name) is not None for name in ("symbols", "universe"))
        of = options.pop("symbol", None) if several else None
        result = self.backtest(
            data, params, engine=engine, from_=from_, to=None if at is not None else to, close_at_end=close_at_end,
            assumptions=assumptions, **options,
        )  # fmt: skip
        found = result.why(at=at, to=to if at is not None else None, symbol=of, **asked)
        if options.get("symbol") is None or self.symbols:
            return found
        told = ("the run is of this symbol alone, as --symbol (symbol=) says for a program that names none: with "
                "--symbols A,B it is of several, and --symbol says of which of them")  # fmt: skip
        return replace(found, notes=(*found.notes, told))

    @listed(Assumed)
    def session(
        self,
        params: Mapping[str, object] | None = None,
        *,
        timeframe: str | Timeframe | None = None,
        engine: str = "interpreted",
        monitors: bool = False,
        fills: str = "simulated",
        policy: str = "fail",
        assumptions: Mapping[str, object] | None = None,
        state: str | None = None,
        symbols: Iterable[str] | str | None = None,
        universe: object = None,
        instruments: object = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **assumed: Unpack[Assumed],
    ) -> Session:
        """A live run, one bar at a time; `help(stratagem.Session)` says more.

        Of a program of several symbols, or with `symbols` or `universe`, one event at a time: the bars by symbol that
        close at one instant.

        timeframe: how long a bar lasts, "1d", where the program does not say. engine: "interpreted" needs neither
            numba nor LLVM nor numpy; "native" gives the same bits. fills: "simulated", or "venue". policy: "fail", or
            "keep", which takes prices of 0 and less.
        limits: `bars` and `rows` (events) of the session, and the `seconds` that all its pushes may take together; of
            one push the cost is bounded by the limits of the text. Further names are assumptions.

        UsageFault: an option that cannot be; RunError: what does not fit.
        """
        own = self.limits if limits is None else limits
        with within(own and replace(own, seconds=None), cancel):  # the time is that of its pushes
            made = self._session(
                params, timeframe=timeframe, engine=engine, monitors=monitors, fills=fills, policy=policy,
                assumptions=assumptions, state=state, symbols=symbols, universe=universe, instruments=instruments,
                assumed=assumed,
            )  # fmt: skip
        made.meter = None if own is None and cancel is None else Meter(own, cancel)
        return made

    def _session(
        self, params: Mapping[str, object] | None, *, symbols: Iterable[str] | str | None, universe: object,
        instruments: object, assumed: Assumed, **made: Any,
    ) -> Session:  # fmt: skip
        if self.is_several or symbols is not None or universe is not None:
            from ..run.several.session import SeveralSession

            return SeveralSession(
                self, params, symbols=symbols, universe=universe, instruments=instruments, **made, **assumed
            )
        if instruments is not None:
            raise UsageFault("instruments: a session of one symbol takes what is assumed of it by name: tick=, lot= …")
        from ..run.session import Session

        return Session(self, params, **made, **assumed)

    @listed(Options)
    def sweep(
        self,
        data: object,
        grid: Mapping[str, Iterable[object] | None],
        *,
        metric: str = "return",
        where: str | Iterable[str] = (),
        limit: int | None = None,
        params: Mapping[str, object] | None = None,
        engine: str | None = None,
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        assumptions: Mapping[str, object] | None = None,
        threads: int | None = None,
        progress: Callable[[int, int], None] | None = None,
        announce: Announce | None = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **options: Unpack[Options],
    ) -> pa.Table:
        """Every combination of `grid`, a row for each, in the order of the grid; the last name varies fastest.

        grid: values by the name of a parameter, {"fast": range(5, 25)}; None is its whole domain, in its steps.
        metric: what is measured beside final_equity, return, max_drawdown and trades. where: conditions on these,
            "trades >= 30"; other rows are left out. limit: the most combinations, a million if None.
        params: values of parameters that stay. threads: all processors if None.
        progress: called with how much is done, and of how much. announce: called once, with what it will take.
        Further options are those of `backtest`.

        The table has a float64 column for each parameter and metric, in the metric's own unit (a return of 0.12 is
        12 %); its metadata hold notes and counts, as JSON.
        UsageFault: a grid, a metric or a condition that cannot be; DataError, RunError, LimitError, Cancelled.
        """
        from ..sweep import sweep

        with self._held(limits, cancel):
            return sweep(
                self, data, grid, metric=metric, where=where, limit=limit, params=params, engine=self._engine(engine),
                from_=from_, to=to, close_at_end=close_at_end, assumptions=assumptions, threads=threads,
                progress=progress, announce=announce, **options,
            )  # fmt: skip

    def test(
        self, only: str | None = None, *, engine: str = "interpreted", folder: str | os.PathLike[str] | None = None
    ) -> Tested:
        """What came of the tests in its text, true if all have passed, within the program's limits.

        only: the name of one test. folder: where the files are that tests name; they reach no other. UsageFault: there
        is no such test, or no such file; LimitError.
        """
        from ..tested import tested

        with self._held(None, None):
            return tested(self, only, engine=engine, folder=folder)

    @listed(Options)
    def verify(
        self,
        data: object,
        params: Mapping[str, object] | None = None,
        *,
        seed: int | None = None,
        effort: Effort | None = None,
        engines: Sequence[str] | None = None,
        from_: Moment | None = None,
        to: Moment | None = None,
        close_at_end: bool = False,
        assumptions: Mapping[str, object] | None = None,
        limits: Limits | None = None,
        cancel: Cancel | None = None,
        **options: Unpack[Options],
    ) -> Verdict:
        """Batch = stream = restart = truncated history, bit for bit: the verdict is truthy, or says where they part.

        seed: the points at which runs are cut are drawn from it. effort: how much of long data the dear ways run.
        engines: those that are compared, both if None and `limits` allow native code. Further options are those of
        `backtest`.

        DataError, UsageFault, RunError, LimitError, Cancelled as in `backtest`.
        """
        from ..verify import SEED, verify

        with self._held(limits, cancel):
            both = (NATIVE, INTERPRETED) if self._engine(None) == NATIVE else (INTERPRETED,)
            return verify(
                self, data, params, seed=SEED if seed is None else seed, effort=effort,
                engines=both if engines is None else engines, from_=from_, to=to, close_at_end=close_at_end,
                assumptions=assumptions, **options,
            )  # fmt: skip
