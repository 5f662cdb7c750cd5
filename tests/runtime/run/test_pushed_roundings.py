"""A live bar is refused for what loaded bars are refused for, and taken with what they are taken with."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg


def session() -> sg.Session:
    return sg.compile("stratagem 1\nenter long when close > open\n").session(timeframe="1d")


def test_a_price_beyond_high_by_a_rounding_is_taken() -> None:
    above = float(np.nextafter(102.0, 200.0))
    taken = session()
    taken.push(sg.Bar("2024-01-02", 100.0, 102.0, 99.0, above))
    assert taken.bars == 1


@pytest.mark.parametrize("close", [102.01, 98.99, float("nan"), -1.0])
def test_a_price_beyond_high_or_low_is_refused(close: float) -> None:
    with pytest.raises(sg.RunError, match="is no bar"):
        session().push(sg.Bar("2024-01-02", 100.0, 102.0, 99.0, close))
