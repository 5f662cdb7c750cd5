"""Guarded arithmetic: right where there is a result, missing where there is none, never an exception or infinity."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.stdlib import arith

from .native import native

NAN = math.nan
ANY = st.floats() | st.sampled_from([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e300, -1e300, 1e308, 5e-324, 709.0, 691.0, 690.0])
NUMBERS = st.floats(-1e300, 1e300)
ONE = ["finite", "negated", "floor_", "ceil_", "round_half_up_", "absolute", "sign_", "sqrt_", "exp_", "log_", "log10_",
       "sin_", "cos_", "tan_", "asin_", "acos_", "atan_"]  # fmt: skip
TWO = ["div", "floordiv_", "mod_", "minimum", "maximum", "pow_"]


def bits(x: float) -> bytes:
    return struct.pack("<d", x)


def helper(name: str) -> Callable[..., float]:
    return getattr(arith, name)  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", ONE)
@given(x=ANY)
def test_one_argument_never_fails(name: str, x: float) -> None:
    result = helper(name)(x)
    if name in ("negated", "absolute"):  # these change a sign and look at nothing else
        return
    assert bits(result) == bits(NAN) or abs(result) <= 1e300
    if abs(x) > 1e300 and name not in ("exp_", "sign_"):
        assert result != result
    if x != x:
        assert result != result


@pytest.mark.parametrize("name", TWO)
@given(a=ANY, b=ANY)
def test_two_arguments_never_fail(name: str, a: float, b: float) -> None:
    result = helper(name)(a, b)
    if a != a or b != b:
        assert result != result
    elif name not in ("minimum", "maximum"):
        assert bits(result) == bits(NAN) or abs(result) <= 1e300


@pytest.mark.parametrize("name", ONE)
@settings(deadline=None)  # the first call compiles
@given(x=ANY)
def test_native_code_gives_the_same_bits(name: str, x: float) -> None:
    got, expected = native(f"op_{name}")(x), helper(name)(x)
    assert bits(got) == bits(expected) or (got != got and expected != expected)


@pytest.mark.parametrize("name", TWO)
@settings(deadline=None)  # the first call compiles
@given(a=ANY, b=ANY)
def test_native_code_gives_the_same_bits_of_two(name: str, a: float, b: float) -> None:
    got, expected = native(f"op_{name}")(a, b), helper(name)(a, b)
    assert bits(got) == bits(expected) or (got != got and expected != expected)


@given(NUMBERS, NUMBERS)
def test_division(a: float, b: float) -> None:
    result = arith.div(a, b)
    if b == 0.0 or abs(Fraction(a) / Fraction(b)) > Fraction(10) ** 300 * (1 + Fraction(1, 10**15)):
        assert result != result
    elif result == result:
        assert result == a / b


@given(st.integers(-(10**9), 10**9), st.integers(-(10**6), 10**6))
def test_floor_division_and_its_rest(a: int, b: int) -> None:
    whole, rest = arith.floordiv_(float(a), float(b)), arith.mod_(float(a), float(b))
    if b == 0:
        assert whole != whole and rest != rest
    else:
        assert whole == a // b and rest == a % b
        assert rest == 0 or (rest > 0) == (b > 0)


@given(NUMBERS)
def test_rounding(x: float) -> None:
    assert arith.floor_(x) == math.floor(Fraction(x))
    assert arith.ceil_(x) == math.ceil(Fraction(x))
    assert arith.round_half_up_(x) == float(math.floor(Fraction(x) + Fraction(1, 2)))


@pytest.mark.parametrize(
    ("x", "rounded"), [(2.5, 3.0), (-2.5, -2.0), (0.49999999999999994, 0.0), (0.5, 1.0), (-0.5, 0.0), (-0.51, -1.0)]
)
def test_halves_are_rounded_upward(x: float, rounded: float) -> None:
    assert arith.round_half_up_(x) == rounded


@given(NUMBERS, NUMBERS)
def test_extremes_and_sign(a: float, b: float) -> None:
    assert arith.minimum(a, b) == min(a, b) and arith.maximum(a, b) == max(a, b)
    assert arith.absolute(a) == abs(a) and arith.sign_(a) == (a > 0) - (a < 0)
    assert arith.negated(a) == -a


@pytest.mark.parametrize("pair", [(NAN, 1.0), (1.0, NAN), (NAN, NAN)])
def test_extremes_are_missing_if_either_is(pair: tuple[float, float]) -> None:
    assert arith.is_missing(arith.minimum(*pair)) and arith.is_missing(arith.maximum(*pair))


@given(st.floats(1e-300, 1e300))
def test_roots_and_logarithms_are_those_of_the_c_library(x: float) -> None:
    assert arith.sqrt_(x) == math.sqrt(x)
    assert arith.log_(x) == math.log(x)
    assert arith.log10_(x) == math.log10(x)


@pytest.mark.parametrize("x", [0.0, -0.0, -1.0, -1e-300])
def test_what_has_no_logarithm(x: float) -> None:
    assert arith.is_missing(arith.log_(x)) and arith.is_missing(arith.log10_(x))


@given(st.floats(-1e6, 1e6))
def test_exponential(x: float) -> None:
    result = arith.exp_(x)
    if x < 690.7:
        assert result == math.exp(x)
    if x > 690.8:
        assert result != result


@pytest.mark.parametrize(
    ("x", "y", "power"),
    [(2.0, 10.0, 1024.0), (-2.0, 3.0, -8.0), (-8.0, 1 / 3, NAN), (0.0, -1.0, NAN), (0.0, 0.0, 1.0), (10.0, 301.0, NAN),
     (NAN, 0.0, NAN), (1.0, NAN, NAN), (10.0, -400.0, 0.0), (-10.0, 301.0, NAN), (1e-300, -2.0, NAN)],
)  # fmt: skip
def test_powers(x: float, y: float, power: float) -> None:
    result = arith.pow_(x, y)
    assert result == power or (result != result and power != power)


@given(st.floats(1e-3, 1e3), st.floats(-50, 50))
def test_powers_are_those_of_the_c_library(x: float, y: float) -> None:
    assert arith.pow_(x, y) == math.pow(x, y)


@given(st.floats(-1e3, 1e3))
def test_trigonometry(x: float) -> None:
    assert arith.sin_(x) == math.sin(x) and arith.cos_(x) == math.cos(x)
    assert arith.tan_(x) == math.tan(x) and arith.atan_(x) == math.atan(x)
    inside = -1.0 <= x <= 1.0
    assert arith.is_missing(arith.asin_(x)) != inside and arith.is_missing(arith.acos_(x)) != inside
    if inside:
        assert arith.asin_(x) == math.asin(x) and arith.acos_(x) == math.acos(x)


def test_the_missing_value_is_one_pattern() -> None:
    assert bits(arith.NAN) == bytes.fromhex("000000000000f87f")
