"""Guarded arithmetic: the only spelling of division, roots, powers and logarithms that a step may use.

CPython raises where native code goes on (1/0, log(-1), exp(1000)) and may call
another C function for the same name. So each of these helpers

- gives `NAN`, the one bit pattern of a missing value, where its argument is
  missing or has no result, and where the result lies outside ±`LIMIT`: it never
  raises and is never infinite;
- reaches the C library only through a name `m_…`, which native code binds to
  the very function that CPython's `math` calls;
- is otherwise plain arithmetic, comparisons and `if`, so that CPython and
  native code give the same bits.
"""

from __future__ import annotations

from math import acos as m_acos
from math import asin as m_asin
from math import atan as m_atan
from math import cos as m_cos
from math import exp as m_exp
from math import log as m_log
from math import log10 as m_log10
from math import pow as m_pow
from math import sin as m_sin
from math import sqrt as m_sqrt
from math import tan as m_tan

NAN = float("nan")
LIMIT = 1e300  # a number beyond it is missing: overflow can never reach a running sum
LOG_LIMIT = 691.0  # a little above log(LIMIT): what exp is never asked for
WHOLE = 4503599627370496.0  # 2**52: from here on every double is a whole number


# --- missing values ------------------------------------------------------------------------------


def is_missing(x: float) -> bool:
    """Whether x is missing."""
    return x != x


def finite(x: float) -> float:
    """x, or missing where x is outside ±LIMIT or not a number."""
    return x if -LIMIT <= x <= LIMIT else NAN


def negated(x: float) -> float:
    """-x; a missing value keeps its bit pattern."""
    return -x if x == x else NAN


# --- division ------------------------------------------------------------------------------------


def div(a: float, b: float) -> float:
    """a / b; missing for b = 0."""
    if b == 0.0:
        return NAN
    return finite(a / b)


def share(total: float, count: int) -> float:
    """total / count for a count known to be 1 or more and a total known not to overflow: no test is needed."""
    return total / count


def floordiv_(a: float, b: float) -> float:
    """The largest whole number not above a / b (Python's `//`); missing for b = 0."""
    if b == 0.0:
        return NAN
    return finite(a // b)


def mod_(a: float, b: float) -> float:
    """The rest of `floordiv_`, with the sign of b; missing for b = 0."""
    if b == 0.0:
        return NAN
    return finite(a % b)


# --- rounding and choice -------------------------------------------------------------------------


def floor_(x: float) -> float:
    """The largest whole number not above x."""
    if not (-WHOLE < x < WHOLE):
        return finite(x)
    towards_zero = float(int(x))
    return towards_zero - 1.0 if towards_zero > x else towards_zero


def ceil_(x: float) -> float:
    """The smallest whole number not below x."""
    if not (-WHOLE < x < WHOLE):
        return finite(x)
    towards_zero = float(int(x))
    return towards_zero + 1.0 if towards_zero < x else towards_zero


def round_half_up_(x: float) -> float:
    """The nearest whole number, halves upward: 2.5 is 3, -2.5 is -2 (as `math.round` of TradingView)."""
    down = floor_(x)
    return down + 1.0 if x - down >= 0.5 else down


def absolute(x: float) -> float:
    """x without its sign."""
    return -x if x < 0.0 else x


def sign_(x: float) -> float:
    """-1, 0 or 1; missing for a missing x."""
    if x > 0.0:
        return 1.0
    if x < 0.0:
        return -1.0
    return 0.0 if x == 0.0 else NAN


def minimum(a: float, b: float) -> float:
    """The smaller; missing if either is."""
    if a != a or b != b:
        return NAN
    return a if a < b else b


def maximum(a: float, b: float) -> float:
    """The larger; missing if either is."""
    if a != a or b != b:
        return NAN
    return a if a > b else b


# --- powers and logarithms -----------------------------------------------------------------------


def sqrt_(x: float) -> float:
    """The square root; missing for a negative x."""
    return m_sqrt(x) if 0.0 <= x <= LIMIT else NAN


def exp_(x: float) -> float:
    """e to the power x."""
    return finite(m_exp(x)) if x <= LOG_LIMIT else NAN


def log_(x: float) -> float:
    """The natural logarithm; missing unless x > 0."""
    return m_log(x) if 0.0 < x <= LIMIT else NAN


def log10_(x: float) -> float:
    """The logarithm to base 10; missing unless x > 0."""
    return m_log10(x) if 0.0 < x <= LIMIT else NAN


def pow_(x: float, y: float) -> float:
    """x to the power y; missing for a negative x with a fraction in y, for 0 to a negative power, and on overflow."""
    if not (-LIMIT <= x <= LIMIT and -LIMIT <= y <= LIMIT):
        return NAN
    if x == 0.0:
        return m_pow(x, y) if y >= 0.0 else NAN
    if x < 0.0 and y != floor_(y):
        return NAN
    if y * m_log(absolute(x)) > LOG_LIMIT:
        return NAN
    return finite(m_pow(x, y))


# --- trigonometry --------------------------------------------------------------------------------


def sin_(x: float) -> float:
    """The sine of x in radians."""
    return m_sin(x) if -LIMIT <= x <= LIMIT else NAN


def cos_(x: float) -> float:
    """The cosine of x in radians."""
    return m_cos(x) if -LIMIT <= x <= LIMIT else NAN


def tan_(x: float) -> float:
    """The tangent of x in radians."""
    return finite(m_tan(x)) if -LIMIT <= x <= LIMIT else NAN


def asin_(x: float) -> float:
    """The angle whose sine is x, in radians; missing outside -1 … 1."""
    return m_asin(x) if -1.0 <= x <= 1.0 else NAN


def acos_(x: float) -> float:
    """The angle whose cosine is x, in radians; missing outside -1 … 1."""
    return m_acos(x) if -1.0 <= x <= 1.0 else NAN


def atan_(x: float) -> float:
    """The angle whose tangent is x, in radians."""
    return m_atan(x) if -LIMIT <= x <= LIMIT else NAN
