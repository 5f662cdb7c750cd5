"""Numbers and times of an answer as people read them: sensible digits, and more where two values would look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..results.format import NOTHING, counted, day_or_minute, percent, shown
from .answer import Part

if TYPE_CHECKING:
    from ..results.output import RunOutput

_DIGITS, _MOST = 6, 17


def number(value: float, unit: str = "", digits: int = _DIGITS) -> str:
    """A value in its unit, a missing one as `na`."""
    if value != value:
        return "na"
    if unit == "ratio" and digits == _DIGITS:
        return percent(value)
    if unit == "money":
        return shown(value, "money")
    if unit == "bars" and value == int(value):
        return counted(int(value), "bar")
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    if unit == "ratio":
        return f"{value * 100.0:.{digits}g}%"
    return f"{value:,.{digits}g}" if 1e-5 <= abs(value) < 1e15 else f"{value:.{digits}g}"


def apart(left: Part, right: Part) -> tuple[str, str]:
    """Two values that are compared, in as many digits as tell them apart."""
    one, two = (part.value if part.value is not None else float("nan") for part in (left, right))
    unit = left.unit if left.unit != "number" else right.unit
    unit = unit if unit == "ratio" and {left.unit, right.unit} <= {"ratio", "number"} else ""
    for digits in range(_DIGITS, _MOST + 1):
        texts = number(one, unit, digits), number(two, unit, digits)
        if texts[0] != texts[1] or one == two or one != one or two != two:
            break
    return texts


def truth(value: float | bool | None, unit: str) -> str:
    """A condition or a number."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value, unit)


def of_day(minutes: float) -> str:
    """Minutes since midnight as a time of day."""
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}" if minutes == minutes else "na"


def when(output: RunOutput, instant: int) -> str:
    """An open instant in the program's zone."""
    return day_or_minute(int(output.local(instant)), output.bars.daily)
