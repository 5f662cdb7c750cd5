"""Options that several commands share: data, period, parameters and assumptions."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...lang.words.table import words
from .arguments import Pairs, Sources, place
from .console import InputError, OutsideError, UsageError, settings, show_diagnostics

_ASSUMED = [word for word in words("assumption") if word.name not in ("timezone", "magnify")]
"""Those with an option of their name: a timezone is `--tz`, and `--magnify` takes the bars themselves."""


def data_options(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """`--data` and what narrows and interprets it."""
    group = parser.add_argument_group("data")
    what = "a CSV, TSV, Parquet, Arrow or DuckDB file, a folder, or sample:NAME; of several symbols once for each file"
    group.add_argument("--data", required=required, type=place, action=Sources, metavar="SRC", help=what)
    group.add_argument(
        "--column", action="append", default=[], metavar="FIELD=NAME",
        help="which column is time, date, open, high, low, close, volume or symbol (repeatable)",
    )  # fmt: skip
    group.add_argument("--symbol", help="which symbol, where the data holds several and one is meant")
    group.add_argument("--symbols", metavar="A,B", help="which of several are traded, where the program does not say")
    group.add_argument("--instruments", type=place, metavar="FILE", help="a YAML file: tick, lot and so on by symbol")
    what = "bars of a pair of currencies, EURUSD.csv or EURUSD=FILE: they convert what is in another (repeatable)"
    group.add_argument("--fx", type=place, action=Pairs, metavar="FILE", help=what)
    what = "finer bars: their path is that of a bar in which an order can be met; of several symbols as for --data"
    group.add_argument("--magnify", type=place, action=Sources, metavar="SRC", help=what)
    group.add_argument("--universe", type=place, metavar="FILE", help="a file that names the symbols that are traded")
    group.add_argument("--timeframe", help="how long a bar lasts, where it is not plain from the stamps")
    group.add_argument("--data-from", metavar="T", help="drop rows before T")
    group.add_argument("--data-to", metavar="T", help="drop rows from T on")
    group.add_argument("--data-tz", metavar="ZONE", help="zone of stamps without one (UTC)")
    group.add_argument(
        "--time-format", metavar="F",
        help="how times are to be read: s, ms, us, ns, 100ns, d (since 1970, or UNIT@DATE), excel, matlab, julian, "
        "YYYY, YYYYMM, YYYYMMDD; DMY, MDY, YMD",
    )  # fmt: skip
    group.add_argument("--resample", action="store_true", help="make the program's bars, or --timeframe's, of shorter")
    policies = ("fail", "sort", "drop", "keep")
    group.add_argument("--data-policy", choices=policies, default="fail", help="what to do with rows that break a rule")
    group.add_argument("--strict", action="store_true", help="refuse data of another symbol than the program's")
    group.add_argument("--tz", metavar="ZONE", help="the calendar: days, hours and higher bars (UTC)")


def run_options(parser: argparse.ArgumentParser, engine: bool = True, to: str = "end of the test") -> None:
    """The period tested, parameters, assumptions and, where one is to be chosen, the engine."""
    group = parser.add_argument_group("run")
    group.add_argument("--from", dest="from_", metavar="T", help="first bar that may decide; earlier rows warm up")
    group.add_argument("--to", metavar="T", help=to)
    group.add_argument("--param", action="append", default=[], metavar="K=V", help="set a parameter (repeatable)")
    if engine:
        group.add_argument("--engine", choices=("native", "interpreted"), default="native")
    group.add_argument("--close-at-end", action="store_true", help="close what is open at the last close")
    assumed = parser.add_argument_group("assumptions (they override the text)")
    for word in _ASSUMED:
        assumed.add_argument(f"--{word.name.replace('_', '-')}", metavar="V", help=word.meaning.replace("%", "%%"))
    assumed.add_argument(
        "--guard", action="append", default=[], metavar="TEXT",
        help="a limit beside the program's own, as `drawdown 20%% then halt` (repeatable)",
    )  # fmt: skip
    assumed.add_argument("--assume", action="append", default=[], metavar="NAME=VALUE", help="any assumption by name")


def metrics_options(parser: argparse.ArgumentParser) -> None:
    """Whether every metric is shown, and by which conventions."""
    parser.add_argument("--metrics", action="store_true", help="every metric, drawdowns, trades by side and so on")
    parser.add_argument(
        "--convention", action="append", default=[], metavar="NAME=VALUE",
        help="how --metrics counts: returns, deviation, year, riskless, level (repeatable)",
    )  # fmt: skip
    parser.add_argument("--benchmark", metavar="SRC", help="data that --metrics measures against (the run's own)")


def _alone(option: str, what: str) -> UsageError:
    return UsageError(f"{option} says {what}: give --metrics, too")


def conventions(arguments: argparse.Namespace) -> dict[str, str] | None:
    """The conventions that were given; None where no metrics are asked for."""
    if arguments.convention and not arguments.metrics:
        raise _alone("--convention", "how metrics are counted")
    if arguments.benchmark and not arguments.metrics:
        raise _alone("--benchmark", "what metrics are measured against")
    return settings(arguments.convention, "--convention NAME=VALUE") if arguments.metrics else None


def data_arguments(arguments: argparse.Namespace) -> dict[str, Any]:
    """The keyword arguments of `load_bars` that were given."""
    return {
        "symbol": arguments.symbol,
        "symbols": arguments.symbols,
        "universe": arguments.universe,
        "instruments": arguments.instruments,
        "fx": arguments.fx,
        "magnify": arguments.magnify,
        "timeframe": arguments.timeframe,
        "data_from": arguments.data_from,
        "data_to": arguments.data_to,
        "data_tz": arguments.data_tz,
        "time_format": arguments.time_format,
        "policy": arguments.data_policy,
        "strict": arguments.strict or None,
        "resample": arguments.resample or None,
        "columns": settings(arguments.column, "--column FIELD=NAME") or None,
    }


def run_arguments(arguments: argparse.Namespace) -> dict[str, Any]:
    """The keyword arguments of a run that were given."""
    given = {word.name: getattr(arguments, word.name) for word in _ASSUMED}
    assumed = {name: value for name, value in given.items() if value is not None}
    for name, value in settings(arguments.assume, "--assume NAME=VALUE").items():
        if name in assumed:
            raise UsageError(f"{name} is given by --{name.replace('_', '-')} and by --assume: keep one of the two")
        assumed[name] = value
    if arguments.guard:
        if "guards" in assumed:
            raise UsageError("guards are given by --guard and by --assume: keep one of the two")
        assumed["guards"] = tuple(arguments.guard)
    if arguments.tz is not None:
        if "timezone" in assumed:
            raise UsageError("timezone is given by --tz and by --assume: keep one of the two")
        assumed["timezone"] = arguments.tz
    engine = {"engine": arguments.engine} if hasattr(arguments, "engine") else {}
    return {
        **engine,
        "params": settings(arguments.param, "--param NAME=VALUE"),
        "from_": arguments.from_,
        "to": arguments.to,
        "close_at_end": arguments.close_at_end,
        "assumptions": assumed,
    }


@contextmanager
def failures() -> Iterator[None]:
    """Turns what the runtime raises into the command's own errors, with their exit codes."""
    from ...lang.diagnostics.model import CompileError, open_questions
    from ...lang.diagnostics.render import to_json
    from ...lang.inputs.errors import GivenError
    from ...runtime.data.errors import DataChoiceError, DataError, UnreadableError
    from ...runtime.errors import RunError, UsageFault
    from ...runtime.native.errors import NativeError

    try:
        yield
    except CompileError as error:
        show_diagnostics(error.diagnostics, error.sources)
        count = sum(d.is_error for d in error.diagnostics)
        told = [to_json(d, error.sources) for d in error.diagnostics]
        message = f"{count} error{'s' if count != 1 else ''}: nothing was run"
        raise InputError(message if count else open_questions(error.diagnostics), told) from None
    except (UsageFault, GivenError, DataChoiceError) as error:
        raise UsageError(str(error)) from None
    except (UnreadableError, NativeError) as error:
        raise OutsideError(str(error)) from None
    except (RunError, DataError) as error:
        raise InputError(str(error)) from None
    except OSError as error:
        raise OutsideError(f"{error.filename or 'the data'}: {error.strerror or error}") from None
