"""Which operators a kernel inlines: all of them, unless the program is so large that it would be felt.

Generating code takes most of the time of making a kernel, about in step with its size. An operator that is used
many times is then generated once and called, dearest first, until the rest is within the budget. A call costs a
few nanoseconds a bar and changes no bit of the results.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from .symbols import INLINE

_CALLED = re.compile(r"\bcall [^@\n]*@(" + INLINE + r"\w+)\(")
_EMPTY = 1900
"""Bytes of bitcode around an operator that does nothing; what is beyond them measures its size."""


def size(code: bytes) -> int:
    """Bytes of bitcode that the operator itself takes: in step with its instructions."""
    return max(0, len(code) - _EMPTY)


def inlined(text: str, bitcode: Mapping[str, bytes], budget: int | None) -> set[str]:
    """The symbols to inline so that their copies in the kernel take `budget` bytes of bitcode; None: all."""
    chosen = set(bitcode)
    if budget is None:
        return chosen
    calls = Counter(_CALLED.findall(text))
    sizes = {symbol: size(code) for symbol, code in bitcode.items()}
    saved = {symbol: (calls[symbol] - 1) * sizes[symbol] for symbol in bitcode}
    total = sum(calls[symbol] * sizes[symbol] for symbol in bitcode)
    for symbol in sorted(bitcode, key=lambda symbol: (-saved[symbol], symbol)):
        if total <= budget or saved[symbol] <= 0:
            break
        chosen.remove(symbol)
        total -= saved[symbol]
    return chosen
