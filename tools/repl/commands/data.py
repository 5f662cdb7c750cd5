"""The data: what they are, or others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import one_line
from ....runtime.results.summary import wrapped
from ...terminal.options import data_arguments, data_options
from ..data import Loaded, load
from ..reply import Reply, failed, told
from .arguments import Arguments, words

if TYPE_CHECKING:
    from ..session import Session


def data_parser() -> Arguments:
    """The options of `data`; a source stands alone, before them."""
    parser = Arguments("data")
    data_options(parser, required=False)
    return parser


def data(session: Session, rest: str) -> Reply:
    """`data`: what is loaded. `data sample:AAPL`, `data prices.csv --timeframe 15m`: others, with options of `--data`.

    Where they cannot be read, those that are loaded stay.
    """
    if not rest:
        if session.data is None:
            return failed("no data are loaded: `data sample:AAPL`, or `data prices.csv`")
        return described(session.data, session.look.width)
    parts = words(rest)
    sources = 0
    while sources < len(parts) and not parts[sources].startswith("--"):
        sources += 1
    given = data_parser().parse([*(word for part in parts[:sources] for word in ("--data", part)), *parts[sources:]])
    if given.data is None:
        return failed("expected a file, a folder or sample:NAME: `data sample:AAPL --timeframe 1d`")
    options = {**session.read, **{name: value for name, value in data_arguments(given).items() if value is not None}}
    if given.tz is not None:
        options["tz"] = given.tz
    session.take(load(given.data, options))
    assert session.data is not None
    return described(session.data, session.look.width)


def described(loaded: Loaded, width: int) -> Reply:
    """What data are, and what is to be known of them."""
    lines = [loaded.told(), *(line for note in loaded.notes for line in wrapped(one_line(f"note: {note}"), width))]
    if len(loaded.parts) > 1:
        lines.insert(1, "  " + ", ".join(bars.symbol for bars in loaded.parts))
    return told("data", lines, **loaded.document())
