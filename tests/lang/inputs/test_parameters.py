"""Values of parameters: read as they are written, checked against kind and domain, completed with defaults."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.lang.compile import compile_text
from stratagem.lang.inputs.errors import ParameterError
from stratagem.lang.inputs.parameters import checked, chosen, domain, written
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.model import Parameter


def parameter(declaration: str) -> Parameter:
    (found,) = plan(compile_text(f"param p = {declaration}\nplot close")).params
    return found


@pytest.mark.parametrize(
    ("declaration", "given", "value"),
    [
        ("20", 30, 30.0), ("20", "30", 30.0), ("20", 30.0, 30.0), ("20", "1_000", 1000.0), ("20", np.int32(7), 7.0),
        ("20", " 30 ", 30.0), ("2.5", "3", 3.0), ("2.5", -3, -3.0), ("2.5", "1e3", 1000.0), ("2.5", "+1.5", 1.5),
        ("-3 in -5 to 5", "-5", -5.0),
        ("2.0 in 1.0 to 4.0", 2.5, 2.5), ("2 in 1.0 to 4", "2.5", 2.5), ("2 in 1 to 4 step 1.0", 2.5, 2.5),
        ("2.0 in [1, 2, 3.5]", 3.5, 3.5), ("2 + 0.0", 2.5, 2.5), ("-2.0", "2.5", 2.5), ("2 * 3", 7, 7.0),
        ("2%", "3%", 0.03), ("2%", 0.03, 0.03), ("2%", "0", 0.0), ("2%", "30bp", 0.003), ("2%", "3 %", 0.03),
        ("10 bars", "12 bars", 12.0), ("10 bars", "1 bar", 1.0), ("10 bars", 12, 12.0),
        ("4h", "15m", 900.0), ("4h", "1d", 86_400.0), ("4h", 60, 60.0), ("4h", "0", 0.0), ("4h", "1.5h", 5400.0),
        ("10 in [10, 20, 50]", "50", 50.0), ("0.1 in [0.1, 0.2, 0.3]", 0.1 + 0.2, 0.1 + 0.2),
        ("true", False, False), ("true", "false", False), ("false", "TRUE", True), ("false", 1, True),
    ],
)  # fmt: skip
def test_a_value_is_read_as_it_is_written(declaration: str, given: Any, value: float) -> None:
    assert checked(parameter(declaration), given) == value


@pytest.mark.parametrize(
    ("declaration", "given", "message"),
    [
        ("20", "x", "is a number, found 'x'"),
        ("20", "", "is a number, found ''"),
        ("20", None, "is a number, found 'None'"),
        ("20", True, "is a number, found 'True'"),
        ("20", np.bool_(True), "is a number, found"),
        ("20", float("nan"), "is a number, found nan"),
        ("20", "1e999", "is a number"),
        ("20", float("inf"), "is a number up to 1e300, found inf"),
        ("20", "1e308", "is a number up to 1e300, found '1e308'"),
        ("2 in 1 to 4", 2.5, "is a whole number, found 2.5"),
        ("2 * 3", "2.5", "is a whole number, found 2.5"),
        ("20", 20.5, "is a whole number, found 20.5"),
        ("20", "3%", "is a number, found '3%'"),
        ("20", "4h", "is a number, found '4h'"),
        ("20", "12 bars", "is a number"),
        ("20", 0, "takes 1 to 1000, found 0"),
        ("20", 1001, "takes 1 to 1000, found 1001"),
        ("200", 2001, "takes 1 to 2000"),
        ("20 in 5 to 50", 4, "takes 5 to 50, found 4"),
        ("20 in 5 to 50", "51", "takes 5 to 50, found 51"),
        ("10 in [10, 20, 50]", 15, "takes one of 10, 20, 50, found 15"),
        ("2% in 1% to 3%", "4%", "takes 1% to 3%, found 4%"),
        ("2%", "12 bars", "is a ratio, as 2%, found '12 bars'"),
        ("2%", "0.03", "is a ratio, as 2%: 0.03 can mean 3% or 0.03%"),
        ("2% in 1% to 5%", "2", "is a ratio, as 2%: write 2%, not 2"),  # 200% is none of the domain
        ("2% in 1% to 5%", "500", "is a ratio, as 2%, and takes 1% to 5%, found 500"),
        ("2%", "500", "is a ratio, as 2%, and takes any number"),
        ("0.02% in 0.01% to 0.05%", "0.03", "write 0.03%, not 0.03"),
        ("4h in 1h to 36h", "2", "is a duration, as 4h: write 2h, not 2"),
        ("4h in 1h to 3d", "2", "is a duration, as 4h: 2 can mean 2h or 2d"),
        ("10 bars", "2%", "is a number of bars"),
        ("10 bars", "2.5 bars", "is a whole number"),
        ("4h in 1h to 36h", "30m", "takes 1h to 36h, found 30m"),
        ("4h", "2%", "is a duration, as 4h"),
        ("true", "maybe", "is true or false, found maybe"),
        ("true", 2, "is true or false"),
    ],
)
def test_another_kind_or_a_value_outside_the_domain_is_refused(declaration: str, given: Any, message: str) -> None:
    with pytest.raises(ParameterError, match="parameter `p` ") as caught:
        checked(parameter(declaration), given)
    assert message in str(caught.value)


def test_defaults_complete_and_unknown_names_are_taught() -> None:
    parameters = plan(compile_text("param fast = 5\nparam slow = 9\nparam on_ = true\nplot close")).params
    assert chosen(parameters, None) == {"fast": 5.0, "slow": 9.0, "on_": True}
    assert chosen(parameters, {"slow": "12"}) == {"fast": 5.0, "slow": 12.0, "on_": True}
    with pytest.raises(ParameterError, match="no parameter `fsat`: did you mean `fast`"):
        chosen(parameters, {"fsat": 1})
    with pytest.raises(ParameterError, match="no parameter `zzz`: it has fast, slow, on_"):
        chosen(parameters, {"zzz": 1})
    with pytest.raises(ParameterError, match="it has none"):
        chosen((), {"zzz": 1})


@pytest.mark.parametrize("declaration", ["20 in 5 to 50", "2.5", "2% in 0.1% to 90%", "10 bars", "4h in 1m to 30d"])
def test_what_is_shown_can_be_given(declaration: str) -> None:
    own = parameter(declaration)
    for value in (own.default, own.low, own.high):
        if value is not None:
            assert checked(own, written(own, value)) == pytest.approx(value, rel=1e-9)
    assert written(own, own.default) in declaration
    assert domain(own)


@given(st.integers(1, 10_000))
def test_a_percentage_is_the_one_of_the_text(hundredths: int) -> None:
    text = f"{hundredths / 100}%"
    assert checked(parameter("2%"), text) == parameter(text).default
