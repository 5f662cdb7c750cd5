"""The bars of one symbol, from whatever a run is given as its data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...lang.plan.model import Plan
from ...lang.program.timeframe import Timeframe
from ...lang.program.timeframe import timeframe as read_timeframe
from ..data.bars import Bars
from ..data.load import Reading, read_bars, with_notes
from ..data.odd import Odd
from ..data.panel.model import Panel
from ..data.panel.parts import by_symbol, parts_of
from ..data.resample import resample as make_longer
from ..data.scan import Scan
from ..data.table import Wanted, choose_symbol
from ..errors import UsageFault
from ..given import check_given


def as_bars(
    plan: Plan, data: object, zone: str, *, resample: bool = False, scan: Scan | None = None, **options: Any
) -> tuple[Bars, Odd]:  # fmt: skip
    """`Bars` as they are, anything else read; with `resample`, those that the program is made for made of them.

    scan: see `Reading`.
    """
    if options.get("timeframe") is not None and not isinstance(options["timeframe"], Timeframe):
        check_given(timeframe=options["timeframe"])
        options["timeframe"] = timeframe_of(options["timeframe"])
    target = options.get("timeframe")
    if plan.timeframe:
        target = read_timeframe(plan.timeframe)
    if resample and target == options.get("timeframe"):
        options.pop("timeframe", None)  # what is to be made, not what the data hold
    own = plan.symbols[0] if len(plan.symbols) == 1 else ""
    if isinstance(data, Panel) or (isinstance(data, Mapping) and by_symbol(data)):
        bars, odd = _one_of(data, own, options), Odd()
    else:
        read = Reading(on=own, scan=scan, **options)
        bars, odd = (data, Odd()) if isinstance(data, Bars) else read_bars(data, read)
    if not resample:
        return bars, odd
    if target is None:
        raise UsageFault("resample: say what bars to make, `every 15m` in the program or --timeframe 15m")
    return make_longer(with_notes(bars, odd.notes()), target, zone), Odd()


def _one_of(data: object, own: str, options: dict[str, Any]) -> Bars:
    """The bars of one symbol of several in memory: of the one asked for, or the program's own."""
    from ..data.panel import load_panel

    given = {name: value for name, value in options.items() if name != "symbol"}
    held = parts_of(data, Reading(columns=given.get("columns")))
    wanted = Wanted(options.get("symbol"), own)
    name, notes = choose_symbol([part.symbol for part in held.parts], wanted, held.called)
    return with_notes(load_panel(held, symbols=[name], **given).bars[0], notes)


def timeframe_of(text: str) -> Timeframe:
    """A timeframe that the caller wrote."""
    try:
        return read_timeframe(text)
    except ValueError as error:
        raise UsageFault(str(error)) from None
