"""Which operators a kernel inlines, and which it calls in objects of their own (see `called_operators`).

Generating code takes most of the time of making a kernel, about in step with its size. A heavy operator is always
called: it spends so long in itself on every bar that a call is not felt. Any other is inlined, unless the program
is so large that its making would be felt: then those whose copies take most are called, the mark of the books among
them, and the larger the program the less of it is inlined. A bar then takes up to a sixth longer, and no bit of the
results changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import symbols

HEAVY = 2500
"""Bytes of bitcode (see `size`) from which an operator is heavy: averages and extremes are below."""

BUDGET = 16_000
"""Bytes of bitcode that the copies in one kernel may take; less, by the square, where they would take more."""

SOME = 1000
"""Bytes of bitcode from which a large program may call an operator."""

VERY_LARGE = 4
"""Times the budget beyond which smaller ones may be called as well, the smaller the larger it is: nothing is copied
thousands of times."""

CALM = symbols.INLINE + "mark_calm"
"""What is always inlined, once: a call would take the books out of the registers that they are kept in."""

_EMPTY = 1900
"""Bytes of bitcode around an operator that does nothing; what is beyond them measures its size."""


def size(code: bytes) -> int:
    """Bytes of bitcode that the operator itself takes: in step with its instructions."""
    return max(0, len(code) - _EMPTY)


def heavy(symbol: str, code: bytes) -> bool:
    """Whether every kernel calls the operator; trading functions of every bar are not operators."""
    return size(code) >= HEAVY and symbol.removeprefix(symbols.INLINE) not in symbols.hot()


def called(text: str, bitcode: Mapping[str, bytes], budget: int = BUDGET) -> set[str]:
    """Those of the symbols that LLVM text declares, given with their bitcode, that its kernel calls."""
    chosen = {symbol for symbol, code in bitcode.items() if heavy(symbol, code)}
    small = bitcode.keys() - chosen - {CALM}
    copies = {symbol: size(bitcode[symbol]) * (text.count(f"@{symbol}(") - 1) for symbol in small}
    total = sum(copies.values())
    allowed = budget**3 // max(budget, total) ** 2
    some = SOME * VERY_LARGE * budget // max(VERY_LARGE * budget, total)
    for symbol in sorted(copies, key=lambda symbol: (-copies[symbol], symbol)):
        if total > allowed and size(bitcode[symbol]) >= some:
            chosen.add(symbol)
            total -= copies[symbol]
    return chosen
