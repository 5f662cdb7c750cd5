"""What a program did: run, param, trades, why, report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import named, one_line
from ....runtime.results.format import counted, price, shown
from ...terminal.console import INPUT, UsageError, aligned
from ...terminal.options import run_arguments, run_options
from .. import programs, runs
from ..reply import Reply, failed, painted, told, with_warnings
from .arguments import Arguments, path_of, words
from .files import may_write

if TYPE_CHECKING:
    from ..session import Session

TRADES = 10


def run_parser() -> Arguments:
    """The options of `run`."""
    parser = Arguments("run")
    run_options(parser, engine=False)
    parser.add_argument("--tz")
    return parser


def run(session: Session, rest: str) -> Reply:
    """The program over the data; with options of `strat backtest`, which hold for this run and those made again."""
    options: dict[str, Any] = {}
    if rest:
        options = run_arguments(run_parser().parse(words(rest)))
        if options.pop("params"):
            raise UsageError("`run` takes the parameters as they are: `.param fast=20` moves one")
        assumed = {**(session.options.get("assumptions") or {}), **options.pop("assumptions")}
        options = {name: value for name, value in options.items() if value not in (None, False)}
        options["assumptions"] = assumed
    made = runs.ran(session, options)
    look = session.look
    text = made.result.summary(colour=look.colour, ascii=not look.unicode, width=look.width)
    reply = painted("run", text, **runs.document(made))
    if session.program is None:
        return reply
    lacks = [each for each in session.program.diagnostics if each.code in programs.MISSING]
    return with_warnings(reply, lacks, session.program.sources, look)


def param(session: Session, rest: str) -> Reply:
    """The parameters; `fast=20 slow=100` moves them."""
    if not rest:
        if session.program is None or not session.program.params:
            return failed("the program has no parameter: `param fast = 20 in 5 to 100` makes one")
        return programs.told_params(session)
    wanted: dict[str, str] = {}
    for part in words(rest.replace(" =", "=").replace("= ", "=")):
        name, equals, value = part.partition("=")
        if not equals or not name or not value:
            return failed(f"expected NAME=VALUE, found {part!r}: `.param fast=20`")
        wanted[name] = value
    return programs.move(session, wanted)


def trades(session: Session, rest: str) -> Reply:
    """The last trades of the run."""
    if rest and not rest.isdigit():
        return failed(f"expected how many trades to show, found {rest[:40]!r}: `.trades 20`")
    made = runs.ran(session, _options(session))
    table = made.result.trades
    count = min(int(rest[:9]) if rest else TRADES, table.num_rows)
    rows = table.slice(table.num_rows - count).to_pylist()
    if not rows:
        return told("trades", ["no trades"], trades=[])
    lines = list(_trades(rows, several=len(session.needed().parts) > 1))
    more = table.num_rows - count
    lines += [f"and {counted(more, 'earlier one')}"] if more else []
    return told("trades", lines, trades=[{name: _plain(value) for name, value in row.items()} for row in rows])


def _trades(rows: list[dict[str, Any]], *, several: bool) -> Iterator[str]:
    names = ["#", *(["symbol"] if several else []), "side", "entry", "price", "exit", "price", "return", "pnl", "why"]
    table = [names]
    for row in rows:
        own = [one_line(str(row["symbol"]), 8)] if several else []
        table.append([
            str(row["id"]), *own, row["side"], f"{row['entry_time']:%Y-%m-%d %H:%M}".removesuffix(" 00:00"),
            price(row["entry_price"]), f"{row['exit_time']:%Y-%m-%d %H:%M}".removesuffix(" 00:00"),
            price(row["exit_price"]), shown(row["return"], "ratio", True), shown(row["pnl"], "money", True),
            row["exit_reason"],
        ])  # fmt: skip
    yield from aligned(table)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if value == value else None
    return value.isoformat() if hasattr(value, "isoformat") else value


def _options(session: Session) -> dict[str, Any]:
    """Those of the run that was made last: what is asked of it is asked of the same."""
    return dict(session.ran.options) if session.ran else {}


def why(session: Session, rest: str) -> Reply:
    """`why 3`: a trade; `why order 4`; `why 2009-05-14 [TO]`: a bar or a span; `why not TIME [TO]`; of
    several symbols with `of SYMBOL` at the end."""
    parts = words(rest)
    if not parts:
        return failed("expected a trade or a time: `why 3`, `why 2009-05-14`, `why not 2010-01-01 2010-02-01`")
    asked: dict[str, Any] = {}
    if parts[-2:-1] == ["of"]:
        asked["symbol"], parts = parts[-1], parts[:-2]
    if parts[:1] == ["not"]:
        asked["why_not"], parts = True, parts[1:]
    if parts[:1] == ["order"] and len(parts) == 2:
        asked["order"] = parts[1]
    elif len(parts) == 1 and parts[0].isdigit() and len(parts[0]) < 4 and "why_not" not in asked:
        asked["trade"] = parts[0]
    elif len(parts) in (1, 2):
        asked |= {"at": parts[0], **({"to": parts[1]} if len(parts) == 2 else {})}
    else:
        return failed("expected a trade, `order N`, or one or two times, and of several symbols `of SYMBOL`")
    found = runs.ran(session, _options(session)).result.why(**asked)
    look = session.look
    return painted("why", found.text(colour=look.colour, ascii=not look.unicode, width=look.width), **found.to_json())


def test(session: Session, rest: str) -> Reply:
    """The tests of the program, each on its own bars, or the one of a name."""
    program = runs.compiled(session)
    names = [each.name for each in program.typed.tests]
    only = rest.strip().strip('"')
    if not names:
        return failed('the program has no test: `test "up" prices 10, 11 expect close > open`')
    if only and only not in names:
        return failed(f"there is no test {named(only)!r}; there are {', '.join(names)}")
    found = program.test(only or None)
    reply = told("tests", found.text().splitlines(), **found.to_json())
    return reply if found.passed else replace(reply, exit=INPUT)


def report(session: Session, rest: str) -> Reply:
    """The run as a page that opens offline."""
    path, over = path_of(rest)
    path = path or "report.html"
    may_write(session, path, over)
    made = runs.ran(session, _options(session)).result.report(path)
    session.wrote.add(os.path.abspath(made))
    return told("saved", [f"report: {made}"], file=str(made))
