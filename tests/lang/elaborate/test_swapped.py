"""Two numbers of a call in each other's place are told, with the call that may be meant; near ones are not."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.stdlib import library

HEAD = "param factor = 3 in 1 to 5\nparam length = 10 in 7 to 20\nplot factor + length\n"


def told(call: str) -> list[Diagnostic]:
    return list(check_text(f"{HEAD}let a = {call}").diagnostics)


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        ("supertrend(10, 3)", "supertrend(3, 10)"), ("supertrend(14)", "supertrend(length = 14)"),
        ("bb(close, 2, 20)", "bb(close, 20, 2)"), ("bb(close, 1, 0.5 * 20)", "bb(close, 0.5 * 20, 1)"),
        ("kc(close, 2, 20)", "kc(close, 20, 2)"), ("kcw(close, 2, 20, false)", "kcw(close, 20, 2, false)"),
        ("bbw(close, 2, 20)", "bbw(close, 20, 2)"), ("macd(close, 26, 12)", "macd(close, 12, 26)"),
        ("tsi(close, slow = 13, fast = 25)", "tsi(close, slow = 25, fast = 13)"), ("macd(close, 30)", ""),
        ("clamp(close, 100, 0)", "clamp(close, 0, 100)"), ("supertrend(length, factor)", "supertrend(factor, length)"),
    ],
)  # fmt: skip
def test_numbers_in_each_others_place_are_told_and_changed_if_asked(call: str, meant: str) -> None:
    (warning,) = told(call)
    (fix,) = warning.fixes
    assert (warning.code, fix.safe) == ("W206", False)
    mended = apply_fixes(f"{HEAD}let a = {call}", [warning])
    assert mended == f"{HEAD}let a = {meant or 'macd(close, slow = 30)'}"
    assert told(mended.removeprefix(f"{HEAD}let a = ")) == []


@pytest.mark.parametrize(
    "call",
    [
        "supertrend(3, 10)", "supertrend(3, 3)", "supertrend(factor = 12)", "bb(close, 2)", "bb(close, 5, 3)",
        "kc(close)", "macd(close, 12, 26, 9)", "macd(close, 12, 12)", "supertrend(factor, length)", "tsi(close)",
        "clamp(close, open, high)", "sar(0.02, 0.02, 0.2)",
    ],
)  # fmt: skip
def test_what_may_be_meant_is_let_be(call: str) -> None:
    assert told(call) == []


def test_no_default_of_the_library_is_told() -> None:
    for name in library.names():
        entry = library.find(name)
        assert entry is not None
        assert not [d for d in told(f"{name}({', '.join('close' for _, d in entry.parameters if d is None)})")
                    if d.code == "W206"], name  # fmt: skip
