"""Sequences that ended before their last instruction: how often, where and why; and those that the data cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ....lang.plan.model import HOLD_PLACES, Decision
from ...portfolio.order import sequences
from ...results.format import counted
from ...trading import layout as at
from ...trading.rows import (
    CANCELLED,
    ORDER_REASON,
    ORDER_STATEMENT,
    ORDER_STATUS,
    POSITION_DIFFERS,
    REASONS,
    REFUSED,
)
from .outcome import Finished

if TYPE_CHECKING:
    from ...results.output import RunOutput


def stopped(finished: Finished, left: RunOutput) -> Iterator[str]:
    """A note for each sequence that was left half done."""
    for steps in sequences(finished.machine.several.main):
        name = f"`sequence {steps[0].sequence}`"
        why = Counter(each for step in steps for each in _ends(left, step))
        if why:
            causes = ", ".join(f"{what} {count:,}" for what, count in why.most_common())
            yield (f"{name} stopped half done {counted(sum(why.values()), 'time')}: {causes}; what it had taken by "
                   "then stayed, and the instructions after that were not given")  # fmt: skip
        books = {book.symbol: book.trading.k for book in finished.books}
        for step in steps:
            k = books[step.symbol]
            if k[k[at.STATEMENTS] + step.index * at.STATEMENT_WIDTH + at.LEG] == at.TURN:
                yield (f"{name} had come to its step {step.step} when the data ended, and {step.symbol} had no bar "
                       "for it")  # fmt: skip


def _ends(left: RunOutput, step: Decision) -> Iterator[str]:
    """Why a sequence ended at a step: it was denied after others had been taken, or left another position."""
    for row in left.orders:
        if not step.index <= row[ORDER_STATEMENT] < step.index + HOLD_PLACES:
            continue
        status, reason = row[ORDER_STATUS], int(row[ORDER_REASON])
        denied = status == REFUSED and step.step > 1
        if denied or (status == CANCELLED and reason == POSITION_DIFFERS):
            yield f"step {step.step} ({step.symbol}) {REASONS[reason].replace('_', ' ')}"
