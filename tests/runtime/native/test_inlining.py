"""What a kernel calls: heavy operators always, others where the program is large."""

from __future__ import annotations

from stratagem.runtime.native.inlining import SOME, called, heavy, size
from stratagem.runtime.native.library import standard

SMALL, MIDDLE, LARGE = bytes(1900 + SOME - 1), bytes(1900 + SOME), bytes(100_000)


def text(**calls: int) -> str:
    """LLVM text that declares these operators and calls each so often."""
    declared = "".join(f"declare i64 @op_{name}(ptr)\n" for name in calls)
    return declared + "".join(f"  %r = call i64 @op_{name}(ptr %f)\n" * count for name, count in calls.items())


def test_the_size_of_an_operator_that_does_nothing_is_nothing() -> None:
    assert size(standard().bitcode("op_share")) < 200 < size(standard().bitcode("op_ema"))


def test_large_bodies_are_heavy_and_hot_ones_are_not() -> None:
    code = standard().bitcode
    for name in ("percentrank", "median", "percentile_nearest", "correlation", "stdev", "linreg", "wma"):
        assert heavy(f"op_{name}", code(f"op_{name}")), name
    for name in ("sma", "ema", "rma", "sum", "history", "changed", "rising", "crosses", "highest"):
        assert not heavy(f"op_{name}", code(f"op_{name}")), name
    assert not heavy("op_mark", LARGE), "trading functions of every bar are inlined while the program is small"


def test_a_small_program_calls_heavy_operators_only() -> None:
    codes = {"op_small": SMALL, "op_middle": MIDDLE, "op_large": LARGE, "op_mark": LARGE[:5000]}
    assert called(text(small=3, middle=3, large=1, mark=1), codes) == {"op_large"}


def test_a_large_program_calls_what_is_copied_most_but_never_the_small() -> None:
    codes = {"op_small": SMALL, "op_middle": MIDDLE, "op_mark": MIDDLE}
    program = text(small=30, middle=10, mark=4)
    assert called(program, codes, 44 * SOME) == set()
    assert called(program, codes, 43 * SOME) == {"op_middle"}
    assert called(program, codes, 20 * SOME) == {"op_middle", "op_mark"}


def test_the_larger_a_program_the_less_of_it_is_inlined() -> None:
    codes = {"op_middle": MIDDLE, "op_other": MIDDLE}
    assert called(text(middle=6, other=5), codes, 10 * SOME) == {"op_middle"}
    assert called(text(middle=12, other=5), codes, 10 * SOME) == {"op_middle", "op_other"}


def test_a_name_that_begins_another_is_not_counted_with_it() -> None:
    codes = {"op_sum": MIDDLE, "op_sum_of": MIDDLE}
    assert called(text(sum=1, sum_of=3), codes, 4 * SOME) == set()
