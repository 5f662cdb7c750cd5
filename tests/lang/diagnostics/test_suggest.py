"""Did you mean."""

from __future__ import annotations

from stratagem.lang.diagnostics.suggest import nearest

NAMES = ["close", "open", "crossover", "cross_above", "cross_below", "ema", "sma", "True"]


def test_near_names() -> None:
    assert nearest("clos", NAMES) == "close"
    assert nearest("cros_abov", NAMES) == "cross_above"
    assert nearest("emaa", NAMES) == "ema"


def test_case_alone() -> None:
    assert nearest("CLOSE", NAMES) == "close" and nearest("true", NAMES) == "True"


def test_nothing_is_near() -> None:
    assert nearest("xyzzy", NAMES) is None and nearest("a", []) is None


def test_the_first_of_equals() -> None:
    assert nearest("AB", ["ab", "Ab"]) == "ab"
