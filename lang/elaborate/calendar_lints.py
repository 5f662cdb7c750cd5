"""Facts of the calendar that bars of some length all have alike: the hour of a day's bar, the weekday of a week's."""

from __future__ import annotations

from ..diagnostics.reports import LIBRARY, Reports
from ..diagnostics.span import Span
from ..program.nodes import Clock
from ..program.timeframe import Timeframe
from .context import Context

_TIME = "have no time of day"
_ALIKE = {
    "hour": _TIME, "minute": _TIME, "decision_minute": _TIME, "weekday": "all begin on a Monday",
    "day": "all begin with the month",
}  # fmt: skip


def alike(reports: Reports, context: Context, span: Span, field: str, clock: Clock | None) -> None:
    """`hour == 9`, `between("09:30", "16:00")` on bars of a day. field: which fact; clock: whose bars."""
    frame = clock if isinstance(clock, Timeframe) else context.timeframe
    if frame is None or span.source.startswith(LIBRARY) or not _is_alike(field, frame):
        return
    if field == "decision_minute":
        what, shorter = "this holds on none of them, or on all", "of an hour: `every 1h`"
    else:
        what = f"`{field}` is the same on every one"
        shorter = "of an hour: `every 1h`" if _ALIKE[field] is _TIME else "of a day: `every 1d`"
    reports.warning("W404", f"bars of {frame} {_ALIKE[field]}: {what}", span, help=f"it takes bars {shorter}")


def _is_alike(field: str, frame: Timeframe) -> bool:
    unit = frame.canonical().unit
    if _ALIKE.get(field) is _TIME:
        return not frame.intraday
    return (field == "weekday" and unit == "w") or (field == "day" and unit == "mo")
